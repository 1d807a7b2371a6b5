"""How wide things are declared to be, as a share of what they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.presentation import REPLACED
from msgpolicy.facts.style.styles import styles_of

_EXTENTS = frozenset({"width", "max-width", "min-width"}) | {
    f"{box}-{side}" for box in ("margin", "padding") for side in ("left", "right", "top", "bottom")
}


class Extent(NamedTuple):
    """A declared length: in CSS px, and as a share (1.0 is all) of the declared width of the box that it stands in.

    Either is None where it is not known: keywords and functions, px where no box around declares a width.
    """

    px: float | None
    share: float | None


class Widths:
    """The declared widths in one document.

    `boxes` holds for each element the width in px that what is in it stands in: its own declared one, or that of the
    nearest box around that declares one; None where none does, or where it depends on other cells of a row.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._styles = styles_of(document)
        self.boxes: list[float | None] = []
        cells = _cells(document)
        for element in document.elements:
            around = self.boxes[element.parent] if element.parent >= 0 else None
            shared = element.tag in ("td", "th") and cells[element.parent] > 1
            self.boxes.append(self._declared(element.index, around, None if shared else around))

    def extent(self, index: int, name: str) -> Extent:
        """What an element declares for a property such as `margin-left`, `padding-right` or `width`."""
        parent = self.document.elements[index].parent
        around = self.boxes[parent] if parent >= 0 else None
        winner = self._styles.winning(index, _EXTENTS).get(name)
        value = None if winner is None else winner.value
        px = length(value, self._styles.computed[index].font_size, whole=around)
        if value is not None and value.endswith("%"):
            part = length(value, whole=1.0)
            return Extent(px, part)
        return Extent(px, px / around if px is not None and around else None)

    def _declared(self, index: int, around: float | None, automatic: float | None) -> float | None:
        """The width of an element's box where `around` is that of the box around, and `automatic` what `auto` gives."""
        computed = self._styles.computed[index]
        if computed.display in ("inline", "contents") and self.document.elements[index].tag not in REPLACED:
            return around
        values = self._styles.declarations(index)
        if _EXTENTS.isdisjoint(values):
            return automatic
        size = computed.font_size
        own = length(values.get("width"), size, whole=around)
        width = automatic if own is None else own
        for bound, choose in (("max-width", min), ("min-width", max)):
            limit = length(values.get(bound), size, whole=around)
            if limit is not None and (width is not None or bound == "max-width"):
                width = limit if width is None else choose(width, limit)
        return width


def _cells(document: Document) -> Mapping[int, int]:
    """How many cells each table row has, by the row's index."""
    counts: dict[int, int] = {}
    for index in document.find("td", "th"):
        parent = document.elements[index].parent
        counts[parent] = counts.get(parent, 0) + 1
    return counts
