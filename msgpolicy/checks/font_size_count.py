"""Counts the font sizes of the text that is shown.

Sizes are compared in whole CSS pixels, after all that makes them: headings, `<small>`, `<sub>`, `<font size>`, style
attributes and sheets. The violation stands at the first element whose size is one too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.declared import DeclaredStyles


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `font-size-count`."""

    most: Annotated[int, Meta(ge=1, description="Font sizes that a message may have.")]


FILLS = {"count": "the number of font sizes", "most": "what is allowed", "sizes": "the sizes in pixels"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    declared = facts.declared
    first: dict[int, int] = {}
    for index in sorted(declared.shown):
        first.setdefault(_pixels(declared, index), index)
    if len(first) <= params.most:
        return
    sizes = list(first)
    element = facts.document.elements[_origin(declared, first[sizes[params.most]])]
    fills = {"count": len(sizes), "most": params.most, "sizes": ", ".join(f"{size}" for size in sorted(sizes))}
    yield Hit(Place("html", element.start, element.end), fills, {"sizes": sorted(sizes), "most": params.most})


def _pixels(declared: DeclaredStyles, index: int) -> int:
    return int(declared.computed[index].font_size + 0.5)


def _origin(declared: DeclaredStyles, index: int) -> int:
    """The outermost element around that has the size first: the one that gives it."""
    size = _pixels(declared, index)
    elements = declared.document.elements
    while (parent := elements[index].parent) >= 0 and elements[parent].start is not None:
        if _pixels(declared, parent) != size:
            break
        index = parent
    return index
