"""Finds images wider than a share of the message.

The declared width counts (`width` as attribute or style, within `max-width` and `min-width`), measured against the
width of the message: the widest box around that declares one. Widths in px where no box does are measured against an
assumed width, and the hit is then a warning at most. An image without a declared width is as wide as its file, which is
not read.
Images that are not displayed, and lines at most `max_line` pixels high, are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.declared import PICTURES, Declared, by_place
from msgpolicy.facts.style.page_shares import PageShare, PageShares
from msgpolicy.facts.style.styles import declared_size
from msgpolicy.report import Edit, Fix

# The number of a declaration such as "width: 31.5em" or of an attribute such as width="600".
_NUMBER = regex.compile(r"[:=][^\d.]{0,20}+(\d{1,9}+(?:\.\d{0,9}+)?)")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `wide-image`."""

    most: Annotated[float, Meta(gt=0, description="Percent of the message's width that an image may take.")]
    assumed_width: Annotated[
        float, Meta(gt=0, description="Width in CSS px of a message in which no box declares one.")
    ] = 600
    max_line: Annotated[float, Meta(ge=0, description="CSS px up to which an image is a line, however wide.")] = 2


FILLS = {"share": "percent of the message's width that the image takes", "most": "what is allowed, in percent"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    declared = facts.declared
    shares = facts.page_shares(params.assumed_width)
    widest: dict[tuple[int, int], PageShare] = {}

    def wide() -> Iterator[tuple[int, str, Winner]]:
        for index in facts.document.find(*PICTURES) if facts.document else ():
            height = declared_size(shares.declared.document, index)[1]
            if declared.computed[index].hidden is not None or (height is not None and height <= params.max_line):
                continue
            known = _width(shares, index)
            if known is not None and known[1].exceeds(params.most):
                name, share = known
                winner = declared.winners[index][name]
                place = winner.start, winner.end
                widest[place] = max(share, widest.get(place, share), key=lambda found: found.share)
                yield index, name, winner

    for found in by_place(wide()):
        winner = found.winner
        share = widest[winner.start, winner.end]
        fills = {"share": f"{100 * share.share:.3g}", "most": f"{params.most:g}"}
        evidence = {"value": winner.value, "origin": winner.origin, "elements": len(found.elements)}
        yield Hit(
            Place("html", winner.start, winner.end),
            fills,
            evidence | share.evidence(params.most),
            severity="warning" if share.assumed else None,
            fix=_narrowed(shares, found, params.most),
        )


def _narrowed(shares: PageShares, found: Declared, most: float) -> Fix | None:
    """The width written smaller; None where a declared height would then distort the image."""
    document = shares.declared.document
    if any(declared_size(document, index)[1] is not None for index in found.elements) or not document.reliable:
        return None
    number = _NUMBER.search(document.source, found.winner.start, found.winner.end)
    widest = max(share.share for index in found.elements if (share := shares.of(index, found.names[0])))
    if number is None:
        return None
    smaller = int(float(number[1]) * most / (widest * 100))
    edit = Edit(part="html", start=number.start(1), end=number.end(1), replacement=str(smaller))
    return Fix(safe=True, edits=(edit,)) if smaller > 0 else None


def _width(shares: PageShares, index: int) -> tuple[str, PageShare] | None:
    """The width that an image declares, and by which property; None where it declares none."""
    width, most, least = (shares.of(index, name) for name in ("width", "max-width", "min-width"))
    found = None if width is None else ("width", width)
    if found is not None and most is not None and most.share < found[1].share:
        found = "width", most
    if least is not None and (found is None or least.share > found[1].share):
        found = "min-width", least
    return found
