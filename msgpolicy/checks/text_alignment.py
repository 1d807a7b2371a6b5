"""Finds declarations that change the default alignment of text: centred, justified, or pushed to the other side.

`text-align`, the attribute `align` and `<center>` count where they reach text that is shown; an image or an empty cell
may stand where it likes, and so may a table (`align` on `<table>` moves the box, not its text). Aligning text to the
side where it begins anyway is no change: left, and right where the direction is right to left, by `dir` or by the
letters themselves. A declaration is reported once, however many elements it shapes.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.declared import DeclaredStyles, Shown, by_place
from msgpolicy.style_mending import without_declaration


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `text-alignment` has no options."""


FILLS = {"align": "the alignment that the text gets"}

_ELSEWHERE = frozenset({"center", "-webkit-center", "-moz-center", "justify", "end"})
_LEFT = frozenset({"left", "-webkit-left", "-moz-left"})
_RIGHT = frozenset({"right", "-webkit-right", "-moz-right"})


def check(facts: Facts, _params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    declared = facts.declared
    directions = _directions(declared)

    def is_override(index: int, winner: Winner, shown: Shown) -> bool:
        value = winner.value
        if value in _LEFT:
            return directions[index] == "rtl" and shown.leftwards >= shown.rightwards
        if value in _RIGHT:
            return directions[index] != "rtl" and shown.leftwards <= shown.rightwards
        # Browsers read the attribute's "middle" as centre; in a style sheet it is no value.
        return value in _ELSEWHERE or (value == "middle" and winner.origin == "attribute")

    def applies(index: int) -> bool:
        return declared.computed[index].flow != "inline"

    for found in by_place(declared.reaching("text-align", is_override, applies)):
        winner = found.winner
        evidence = {"align": winner.value, "origin": winner.origin, "elements": len(found.elements)}
        fix = without_declaration(facts.document, found.elements[0], winner)
        yield Hit(Place("html", winner.start, winner.end), {"align": winner.value}, evidence, fix=fix)


def _directions(declared: DeclaredStyles) -> list[str | None]:
    """The declared direction of each element: `ltr`, `rtl`, or None where the text decides."""
    found: list[str | None] = []
    for element in declared.document.elements:
        around = found[element.parent] if element.parent >= 0 else None
        winner = declared.winners[element.index].get("direction")
        value = winner.value if winner is not None else (element.get("dir") or "").strip().lower()
        if value in ("ltr", "rtl"):
            around = value
        elif value == "auto":
            around = None
        found.append(around)
    return found
