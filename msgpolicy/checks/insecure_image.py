"""Finds images that are loaded over http: in `src` and `srcset`, as backgrounds, and in the styles that apply.

An address without a scheme (`//host/…`) is loaded as the mail program likes and is no violation; images that travel
with the message are none either. On the marketplace's own hosts https is known to work, so the fix is safe there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.link import normalized
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import host_in
from msgpolicy.facts.spans import Place
from msgpolicy.mending import secured
from msgpolicy.report import Fix


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `insecure-image`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that belong to the marketplace.")] = ()


FILLS = {"host": "the host that the image is loaded from"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    for image in (*facts.image_sources, *facts.outlook_image_sources):
        link = image.link
        if link.scheme != "http":
            continue
        is_own = any(host_in(link, facts.lists[name]) for name in params.own_hosts)
        evidence = {"host": link.host, "normalized": normalized(link), "attribute": image.how}
        place = Place("html", image.start, image.end)
        edit = secured(facts.document.source, place) if is_own else None
        yield Hit(place, {"host": link.host}, evidence, fix=Fix(safe=True, edits=(edit,)) if edit else None)
