"""Finds images that are there to report that the mail was opened.

An image that is loaded from somewhere and cannot be seen: declared at most `max_size` pixels wide or high, or not
displayed; or one that a known open-tracking host serves. Images that travel with the mail report nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.link import normalized
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links import host_in


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `tracking-pixel`."""

    trackers: Annotated[ListName, Meta(description="List of hosts that serve tracking pixels.")]
    max_size: Annotated[float, Meta(ge=0, description="CSS pixels up to which a side counts as invisible.")] = 2


FILLS = {"host": "the host that serves the image"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for image in facts.images:
        if image.link.kind != "web" or not image.link.host:
            continue
        sides = [side for side in image.size if side is not None]
        reason = None
        if host_in(image.link, facts.lists[params.trackers]):
            reason = "known tracker"
        elif sides and min(sides) <= params.max_size and (len(sides) == 2 or min(sides) == 0):
            reason = f"size {image.size[0] or 0:g} x {image.size[1] or 0:g}"
        elif image.hidden:
            reason = image.hidden
        if reason:
            evidence = {"host": image.link.host, "why": reason, "normalized": normalized(image.link)}
            yield Hit(image.place, {"host": image.link.host}, evidence)
