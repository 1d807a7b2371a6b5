"""The ways in which a style takes an element off the page, with all that is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.presentation import REPLACED
from msgpolicy.later import re_later

# Nothing of a page reaches so far (px) out of it; what is moved there is meant not to be seen. A window's width is 800.
_FAR_OUT = -800.0
_FAR_RIGHT = 5000.0
# What a share (%) of the page is taken of (px).
_WINDOW = 700.0
# A box of this extent (px) shows no letter.
_SLIT = 1.0
# An image or text of this share of its size is a speck.
_SPECK = 0.01
_PADDING = ("padding-top", "padding-bottom", "padding-left", "padding-right")
_CUTS_OFF = frozenset({"hidden", "clip", "scroll", "auto", "overlay"})
# A height or overflow has no effect on these.
_UNSIZED = ("inline-table", "table", "contents", "ruby")
_NUMBER = r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
_RECT = re_later(r"rect\(([^()]{0,200})\)")
_INSET = re_later(r"inset\(([^()]{0,200})\)")
_NO_SHAPE = re_later(r"(?:circle|ellipse)\(\s*0(?:px|%)?[\s,)]|polygon\([0\s,px%]++\)")
_ZERO = r"(?:0++(?:\.0*+)?|\.0++)"
_SCALE = re_later(rf"scale(?:3d|x|y)?\(\s*+({_NUMBER})(%?)\s*+[,)]")
_SCALED = re_later(rf"({_NUMBER})(%?)(?:\s[^()]*+)?")
_EDGEWISE = re_later(r"rotate[xy]\(\s*+[+-]?(?:90|270)(?:\.0*+)?deg")
_MATRIX = re_later(rf"matrix\(\s*+({_NUMBER})\s*+,\s*+({_NUMBER})\s*+,\s*+({_NUMBER})\s*+,\s*+({_NUMBER})\s*+,")
_MOVE = re_later(rf"translate(?:3d|x|y)?\(\s*+({_NUMBER}[a-z%]{{0,5}})(?:\s*+,\s*+({_NUMBER}[a-z%]{{0,5}}))?")
_NO_OPACITY = re_later(rf"opacity\(\s*+{_ZERO}%?\s*+\)")


def gone_reason(tag: str, display: str, values: Mapping[str, str], font_size: float) -> str | None:
    """Why an element with these declared values is not on the page, such as "max-height: 0"; None if it is."""
    if display == "none":
        return "display: none"
    if not values:
        return None
    if values.get("content-visibility") == "hidden":
        return "content-visibility: hidden"
    if _NO_OPACITY.search(values.get("filter", "")):
        return "filter: opacity(0)"
    return (
        _no_room(tag, display, values, font_size)
        or _moved_away(values, font_size)
        or _clipped(values)
        or _shrunk(values)
    )


def _no_room(tag: str, display: str, values: Mapping[str, str], font_size: float) -> str | None:
    if tag in REPLACED or display == "inline" or display.startswith(_UNSIZED):
        return None
    if not any(values.get(name) in _CUTS_OFF for name in ("overflow", "overflow-x", "overflow-y")):
        return None
    # Overflow is cut off outside the padding: in padding, text still shows.
    if any((length(values.get(name), font_size, whole=_WINDOW) or 0) > _SLIT for name in _PADDING):
        return None
    for name in ("height", "max-height", "width", "max-width"):
        extent = length(values.get(name), font_size)
        least = length(values.get("min-" + name.removeprefix("max-")), font_size) or 0
        if extent is not None and max(extent, least) <= _SLIT:
            return f"{name}: {values[name]}"
    return None


def _moved_away(values: Mapping[str, str], font_size: float) -> str | None:
    if values.get("position") in ("absolute", "fixed", "relative"):
        for side in ("left", "top", "right", "bottom", "inset"):
            for part in values.get(side, "").split():
                shift = length(part, font_size, whole=_WINDOW)
                if shift is not None and (shift <= _FAR_OUT or shift >= _FAR_RIGHT):
                    return f"{side}: {values[side]}"
    for side in ("margin-left", "margin-top"):
        shift = length(values.get(side), font_size)
        if shift is not None and shift <= _FAR_OUT:
            return f"{side}: {values[side]}"
    return None


def _clipped(values: Mapping[str, str]) -> str | None:
    if values.get("position") in ("absolute", "fixed"):
        rect = _RECT.fullmatch(values.get("clip", ""))
        edges = [length(edge) for edge in re.split(r"[\s,]+", rect[1].strip())] if rect else []
        if len(edges) == 4:
            top, right, bottom, left = edges
            for low, high in ((top, bottom), (left, right)):
                if high is not None and high - (low or 0) <= _SLIT:
                    return f"clip: {values['clip']}"
    shape = values.get("clip-path", "")
    inset = _INSET.match(shape)
    if inset:
        # As shares of a whole of 100: opposite insets that meet leave nothing.
        parts = [
            length(edge, whole=100.0) or 0 if edge.endswith("%") else 0 for edge in inset[1].split(" round ")[0].split()
        ]
        if parts:
            top, right, bottom, left = (parts * 4)[:4] if len(parts) != 3 else (*parts, parts[1])
            if top + bottom >= 100 or left + right >= 100:
                return f"clip-path: {shape}"
    return f"clip-path: {shape}" if _NO_SHAPE.match(shape) else None


def _shrunk(values: Mapping[str, str]) -> str | None:
    for name in ("scale", "zoom"):
        scaled = _SCALED.fullmatch(values.get(name, ""))
        # A zoom of nothing is none.
        if scaled and _is_speck(*scaled.groups()) and (name == "scale" or float(scaled[1])):
            return f"{name}: {values[name]}"
    if any((length(part) or 0) <= _FAR_OUT for part in values.get("translate", "").split()):
        return f"translate: {values['translate'][:80]}"
    transform = values.get("transform")
    if transform is None:
        return None
    matrix = _MATRIX.search(transform)
    if _EDGEWISE.search(transform):
        return f"transform: {transform[:80]}"
    is_flat = matrix is not None and _is_flat(*map(float, matrix.groups()))
    if is_flat or any(_is_speck(*scale.groups()) for scale in _SCALE.finditer(transform)):
        return f"transform: {transform[:80]}"
    for move in _MOVE.finditer(transform):
        if any((length(part) or 0) <= _FAR_OUT for part in move.groups() if part):
            return f"transform: {transform[:80]}"
    return None


def _is_speck(number: str, percent: str) -> bool:
    return abs(float(number)) / (100 if percent else 1) <= _SPECK


def _is_flat(a: float, b: float, c: float, d: float) -> bool:
    """Whether a matrix leaves nothing of what it is applied to."""
    return abs(a * d - b * c) <= _SPECK * _SPECK
