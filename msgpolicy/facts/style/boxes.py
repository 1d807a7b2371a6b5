"""How large something is shown, as far as it matters whether it is seen at all: shares (%) of small boxes."""

from __future__ import annotations

import re

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.style.styles import declarations, declared_size

Size = tuple[float | None, float | None]
# The widest box that a share is taken of where no box around says how wide it is (CSS px).
_PAGE = 800.0
_SHARE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})%")
_PIXELS = re.compile(r"\s{0,9}([0-9]{1,9}(?:\.[0-9]{0,9})?)(?:px)?\s{0,9}")
# Their height is what is left for them, not what they hold.
_STRETCHED = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})


class Boxes:
    """How large the elements of one document are shown; `most` px both ways are too little to be seen."""

    def __init__(self, document: Document, most: float) -> None:
        self.document = document
        self.most = most
        # By element, "width" or "height", and whether a bound is asked for.
        self._sides: dict[tuple[int, str, bool], float | None] = {}

    def size(self, index: int) -> Size:
        """Declared width and height in CSS px; a share counts where it comes to `most` px or less, else None."""
        width, height = declared_size(self.document, index)
        if width is None:
            width = self._small_share(index, "width")
        if height is None:
            height = self._small_share(index, "height")
        if width is not None and height is None and width <= self.most:
            height = self._small_by_proportion(index, "height")
        elif height is not None and width is None and height <= self.most:
            width = self._small_by_proportion(index, "width")
        return width, height

    def _small_by_proportion(self, index: int, name: str) -> float | None:
        """A side that style sheets leave to the proportions of the image (`img {height: auto}`, as most mail tools
        write), by the attribute that tells these proportions; None where it is more than `most` px."""
        if declarations(self.document, index).get(name) != "auto":
            return None
        attribute = self.document.elements[index].attrs.get(name)
        match = _PIXELS.fullmatch(attribute.value) if attribute else None
        return float(match[1]) if match and float(match[1]) <= self.most else None

    def _small_share(self, index: int, name: str) -> float | None:
        values = declarations(self.document, index)
        if name not in values and f"max-{name}" not in values:
            return None
        part, bound = _share(values.get(name)), False
        if part is None:
            part, bound = _share(values.get(f"max-{name}")), True
        if part is None:
            return None
        whole = self._side(self.document.elements[index].parent, name, bound)
        if whole is None:
            whole = None if bound else _PAGE
        return part * whole if whole is not None and part * whole <= self.most else None

    def _side(self, index: int, name: str, bound: bool) -> float | None:
        """The width or height of a box in px, as far as it is declared on it or around it."""
        elements = self.document.elements
        asked: list[int] = []
        while index >= 0 and (index, name, bound) not in self._sides:
            asked.append(index)
            index = elements[index].parent
        side = self._sides[index, name, bound] if index >= 0 else None
        for inner in reversed(asked):
            side = self._sides[inner, name, bound] = self._own_side(inner, name, bound, side)
        return side

    def _own_side(self, index: int, name: str, bound: bool, around: float | None) -> float | None:
        is_stretched = self.document.elements[index].tag in _STRETCHED
        if bound and is_stretched:  # it grows with what it holds
            return None
        side = declared_size(self.document, index)[name == "height"]
        if side is not None:
            return side
        part = _share(declarations(self.document, index).get(name))
        if part is not None:
            return None if around is None else part * around
        return around if name == "width" or is_stretched else None


def too_small(size: Size, most: float) -> str | None:
    """What makes something of a declared width and height too small to be seen; None if not sure that it is."""
    width, height = size
    if width == 0 or height == 0:
        return "no width" if width == 0 else "no height"
    if width is not None and height is not None and max(width, height) <= most:
        return f"size {width:g} x {height:g}"
    return None


def is_share(document: Document, index: int, name: str) -> bool:
    """Whether an element declares its width or height as a share of what is around."""
    return declarations(document, index).get(name, "").endswith("%")


def _share(value: str | None) -> float | None:
    """What a value such as "50%" is of one; None for any other."""
    match = _SHARE.fullmatch(value) if value else None
    return float(match[1]) / 100 if match else None
