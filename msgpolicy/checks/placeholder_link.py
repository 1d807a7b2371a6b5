"""Finds placeholders inside the target of a link or the source of an image: where it leads cannot be judged.

In templates only (`--template`). A placeholder behind a host of `own_hosts` (the order id in a link to the order, the
parcel number in a link to the carrier) changes the page, not the site, and passes. A condition inside a target is
pointed out wherever it leads: only one of its branches can be judged. Each target is reported once, at its first
placeholder. A link to a mail address or a messenger is `contact-data`'s, whoever it reaches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Annotated, NamedTuple

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import Link, host_in
from msgpolicy.facts.spans import Place
from msgpolicy.facts.templates import Found

# A place on the same page, a picture that travels with the mail, and what is contact data whatever is filled in.
_JUDGED = frozenset({"anchor", "cid", "email", "messenger"})


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `placeholder-link`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a link may lead to.")] = ()


FILLS = {"found": "the placeholder as written"}


class Target(NamedTuple):
    """Where a link leads or an image is loaded from, at a place of the message; in HTML with the attribute's name."""

    part: str
    start: int
    end: int
    link: Link
    attribute: str | None


class Targets:
    """The targets of a message, for looking up what stands in them."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = sorted(targets, key=lambda target: target[:3])
        self._starts = [target[:2] for target in self._targets]

    def at(self, found: Found) -> Target | None:
        """The target that a placeholder stands in."""
        index = bisect_right(self._starts, (found.part, found.placeholder.start)) - 1
        if index < 0:
            return None
        target = self._targets[index]
        return target if target.part == found.part and found.placeholder.end <= target.end else None


def targets_of(facts: Facts) -> Targets:
    """Targets of links in text and in elements, and the sources of images."""
    named = [(item.place, item.link, item.attribute) for item in facts.links]
    named += [(item.place, item.link, "src") for item in facts.images]
    return Targets(
        Target(place.part, place.start, place.end, link, attribute)
        for place, link, attribute in named
        if place.start is not None and place.end is not None
    )


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if not facts.placeholders:
        return
    targets = targets_of(facts)
    reported: set[tuple[str, int]] = set()
    for found in facts.placeholders:
        target = targets.at(found)
        if target is None or found.placeholder.kind == "comment" or target.link.kind in _JUDGED:
            continue
        if target[:2] in reported:
            continue
        own = any(host_in(target.link, facts.lists[name]) for name in params.own_hosts)
        if own and found.placeholder.kind == "value":
            continue
        place = Place(found.part, found.placeholder.start, found.placeholder.end)
        reported.add(target[:2])
        evidence = {"attribute": target.attribute} if target.attribute else {}
        yield Hit(place, {"found": found.written}, evidence)
