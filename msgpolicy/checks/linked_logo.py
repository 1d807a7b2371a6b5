"""Finds images that are links to somewhere else than the marketplace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.link import link_hit
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import host_in
from msgpolicy.facts.links.placed import FoundLink
from msgpolicy.mending import unlinked
from msgpolicy.report import Fix


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `linked-logo`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that belong to the marketplace.")] = ()


FILLS = {"host": "the host that the image links to"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for found in facts.links:
        if (
            found.holds_image
            and found.link.kind == "web"
            and not any(host_in(found.link, facts.lists[name]) for name in params.own_hosts)
        ):
            yield link_hit(found, facts, fix=_fix(facts, found))


def _fix(facts: Facts, found: FoundLink) -> Fix | None:
    """The link around the image removed. Where it is around words too, they were a link that was meant."""
    if facts.document is None or found.element is None:
        return None
    edits = unlinked(facts.document, found.element)
    return Fix(safe=found.image_only, edits=edits) if edits else None
