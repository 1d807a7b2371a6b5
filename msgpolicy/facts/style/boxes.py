"""How large something is shown, as far as it matters whether it is seen at all: shares (%) of small boxes."""

from __future__ import annotations

import re
from itertools import islice

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.style.styles import declarations, declared_size

Size = tuple[float | None, float | None]
# The widest box that a share is taken of where no box around says how wide it is (CSS px).
_PAGE = 800.0
# Elements around one that are asked how large they are.
_AROUND = 20
_SHARE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})%")
# Their height is what is left for them, not what they hold.
_STRETCHED = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})


def shown_size(document: Document, index: int, most: float) -> Size:
    """Declared width and height in CSS px; a share counts where it comes to `most` px or less. None where not known."""
    width, height = declared_size(document, index)
    if width is None:
        width = _small_share(document, index, "width", most)
    if height is None:
        height = _small_share(document, index, "height", most)
    return width, height


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


def _small_share(document: Document, index: int, name: str, most: float) -> float | None:
    values = declarations(document, index)
    part = _share(values.get(name))
    bound = part is None
    if part is None:
        part = _share(values.get(f"max-{name}"))
    if part is None:
        return None
    if not bound and part * _PAGE <= most:
        return part * _PAGE
    for around in islice(document.ancestors(index), _AROUND):
        tag = document.elements[around].tag
        if bound and tag in _STRETCHED:  # it grows with what it holds
            return None
        side = declared_size(document, around)[name == "height"]
        if side is not None:
            return part * side if part * side <= most else None
        further = _share(declarations(document, around).get(name))
        if further is not None:
            part *= further
        elif name == "height" and tag not in _STRETCHED:
            return None
    return None


def _share(value: str | None) -> float | None:
    """What a value such as "50%" is of one; None for any other."""
    match = _SHARE.fullmatch(value) if value else None
    return float(match[1]) / 100 if match else None
