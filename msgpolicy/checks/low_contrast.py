"""Finds text that stands out too little from its ground (WCAG 2.2, success criterion 1.4.3, level AA).

The ratio must be 4.5 to 1, for large text (24 px, or 18.66 px in bold) 3 to 1. Judged only where both colours are
known: no image behind, no function that only a browser works out; where nothing is declared, black on white. Text that
cannot be seen at all is hidden text and judged as such. Each pair of colours is reported once, at its first text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.colors import Color
from msgpolicy.facts.style.contrast import contrast
from msgpolicy.facts.style.declared import DeclaredStyles
from msgpolicy.facts.style.lengths import length

_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
# CSS px from which text is large: 18 pt, and 14 pt in bold.
_LARGE = 24.0
_LARGE_BOLD = 14 * 96 / 72


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `low-contrast`."""

    least: Annotated[float, Meta(ge=1, description="Contrast ratio that text needs.")] = 4.5
    least_large: Annotated[float, Meta(ge=1, description="Contrast ratio that large text needs.")] = 3.0


FILLS = {
    "ratio": "the contrast ratio",
    "least": "the ratio that is needed",
    "color": "the colour of the text",
    "ground": "the colour behind it",
}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    declared = facts.declared
    bold = _bold(declared)
    first: dict[tuple[Color, Color, bool], int] = {}
    counts: dict[tuple[Color, Color, bool], int] = {}
    for index in sorted(declared.shown):
        style = declared.computed[index]
        if style.color is None or style.ground is None or style.opacity < 1:
            continue
        large = style.font_size >= (_LARGE_BOLD if bold[index] else _LARGE) - 0.01
        look = style.color, style.ground, large
        first.setdefault(look, index)
        counts[look] = counts.get(look, 0) + 1
    for look, index in first.items():
        color, ground, large = look
        least = params.least_large if large else params.least
        ratio = contrast(color, ground)
        if ratio >= least:
            continue
        names = color.over(ground).hex, ground.hex
        # Rounded down: a ratio of 4.49 is not told as 4.5.
        told = int(ratio * 100) / 100
        fills = {"ratio": f"{told:.3g}", "least": f"{least:g}", "color": names[0], "ground": names[1]}
        evidence = {
            "ratio": told,
            "least": least,
            "large": large,
            "color": names[0],
            "ground": names[1],
            "elements": counts[look],
        }
        start, end = declared.text_span(index)
        yield Hit(Place("html", start, end), fills, evidence)


def _bold(declared: DeclaredStyles) -> list[bool]:
    """Whether the text of each element is bold."""
    found: list[bool] = []
    for element in declared.document.elements:
        around = element.parent >= 0 and found[element.parent]
        winner = declared.winners[element.index].get("font-weight")
        if winner is None or winner.value in ("inherit", "unset"):
            found.append(around or element.tag in _BOLD_TAGS)
        elif winner.value in ("bold", "bolder"):
            found.append(True)
        else:
            found.append((length(winner.value) or 0) >= 700)
    return found
