"""Finds images that are there to report that the mail was opened.

An image that is loaded from somewhere and cannot be seen: declared at most `max_size` pixels wide and high, or without
any width or height, or not displayed; or one that a known open-tracking host serves. A thin line across the page is
layout, and images that travel with the mail report nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.link import normalized
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.found_links import FoundImage
from msgpolicy.facts.links import host_in
from msgpolicy.mending import without_element
from msgpolicy.report import Fix


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `tracking-pixel`."""

    trackers: Annotated[ListName, Meta(description="List of hosts that serve tracking pixels.")]
    max_size: Annotated[
        float, Meta(ge=0, description="CSS pixels up to which width and height are too little to be seen.")
    ] = 2


FILLS = {"host": "the host that serves the image"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for image in facts.images:
        if not image.link.host:
            continue
        if host_in(image.link, facts.lists[params.trackers]):
            reason: str | None = "known tracker"
        else:
            reason = image.too_small(params.max_size) or image.hidden
        if reason:
            evidence = {"host": image.link.host, "why": reason, "normalized": normalized(image.link)}
            unseen = reason != "known tracker" or bool(image.too_small(params.max_size) or image.hidden)
            yield Hit(image.place, {"host": image.link.host}, evidence, fix=_fix(facts, image, unseen), acts=True)


def _fix(facts: Facts, image: FoundImage, unseen: bool) -> Fix | None:
    """The image removed; that says the same where nothing of it is seen, its alternative text neither."""
    assert facts.document is not None
    edit = without_element(facts.document, image.element)
    silent = not (facts.document.elements[image.element].get("alt") or "").strip()
    return Fix(safe=unseen and silent, edits=(edit,)) if edit else None
