"""Lengths of CSS in pixels (CSS px, 1/96 inch)."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"([+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))[0-9]*(?:e([+-]?[0-9]{1,3}))?(%|[a-z]{0,5})")
_ABSOLUTE = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54,
}
_FONT_RELATIVE = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "cap": 0.7, "lh": 1.2}
# Parts of the window, taken as 800 by 600.
_WINDOW = {"vw": 8.0, "vi": 8.0, "vh": 6.0, "vb": 6.0, "vmin": 6.0, "vmax": 8.0}
ROOT_FONT_SIZE = 16.0
# Beyond this no page is; it keeps products of nested sizes finite.
_LARGEST = 1e6

FONT_KEYWORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "xxx-large": 48.0,
    "initial": 16.0,
}


def length(value: str | None, font_size: float = ROOT_FONT_SIZE, whole: float | None = None) -> float | None:
    """A length in px; None for keywords and functions, and for a share (%) unless `whole` says of what.

    A bare number counts as px, as mail programs and old page modes take it. Zero percent is zero of anything.
    """
    match = _LENGTH.fullmatch(value) if value else None
    if match is None:
        return None
    number = float(match[1])
    if match[2]:
        number *= 10.0 ** max(min(int(match[2]), 9), -9)
    unit = match[3]
    if unit == "%":
        if number and whole is None:
            return None
        factor = (whole or 0.0) / 100
    elif unit in _ABSOLUTE:
        factor = _ABSOLUTE[unit]
    elif unit in _FONT_RELATIVE:
        factor = _FONT_RELATIVE[unit] * font_size
    elif unit == "rem":
        factor = ROOT_FONT_SIZE
    elif unit.lstrip("sld") in _WINDOW:
        factor = _WINDOW[unit.lstrip("sld")]
    else:
        return None
    return max(min(number * factor, _LARGEST), -_LARGEST)


def font_size(value: str | None, parent: float) -> float:
    """The font size that a value gives inside a parent of a size, both in px."""
    if value is None:
        return parent
    if value in FONT_KEYWORDS:
        return FONT_KEYWORDS[value]
    if value == "smaller":
        return parent / 1.2
    if value == "larger":
        return min(parent * 1.2, _LARGEST)
    size = length(value, parent, parent)
    return parent if size is None or size < 0 else size
