"""Finds margins wider than a share of the message: `margin` and `padding` to the left and right of what is shown.

Each is measured against the width of the message: the widest box around that declares one. Lengths in px and em where
no box does are measured against an assumed width, and the hit is then a warning at most. `auto`, which centres a box,
and margins inside a line of text are no margins of the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.declared import by_place
from msgpolicy.facts.style.page_shares import PageShare
from msgpolicy.style_mending import without_declaration

_SIDES = ("margin-left", "margin-right", "padding-left", "padding-right")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `wide-margin`."""

    most: Annotated[float, Meta(gt=0, description="Percent of the message's width that a margin may take.")]
    assumed_width: Annotated[
        float, Meta(gt=0, description="Width in CSS px of a message in which no box declares one.")
    ] = 600


FILLS = {"share": "percent of the message's width that the margin takes", "most": "what is allowed, in percent"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    declared = facts.declared
    shares = facts.page_shares(params.assumed_width)
    widest: dict[tuple[int, int], PageShare] = {}

    def wide() -> Iterator[tuple[int, str, Winner]]:
        for element in facts.document.elements if facts.document else ():
            winners = declared.winners[element.index]
            names = [name for name in _SIDES if name in winners]
            if not names or declared.computed[element.index].flow not in ("block", "cell", "gap"):
                continue
            for name in names:
                share = shares.of(element.index, name)
                if share is not None and share.exceeds(params.most) and declared.shows(element.index):
                    winner = winners[name]
                    place = winner.start, winner.end
                    widest[place] = max(share, widest.get(place, share), key=lambda found: found.share)
                    yield element.index, name, winner

    for found in by_place(wide()):
        winner = found.winner
        share = widest[winner.start, winner.end]
        fills = {"share": f"{100 * share.share:.3g}", "most": f"{params.most:g}"}
        evidence: dict[str, Any] = {
            "properties": list(found.names),
            "value": winner.value,
            "origin": winner.origin,
            "elements": len(found.elements),
            **share.evidence(params.most),
        }
        fix = without_declaration(facts.document, found.elements[0], winner)
        yield Hit(
            Place("html", winner.start, winner.end),
            fills,
            evidence,
            severity="warning" if share.assumed else None,
            fix=fix,
        )
