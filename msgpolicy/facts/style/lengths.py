"""Lengths of CSS in pixels (CSS px, 1/96 inch)."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"([+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))[0-9]*(?:e([+-]?[0-9]{1,3}))?(%|[a-z]{0,5})")
_FUNCTION = re.compile(r"(calc|min|max|clamp)\(([^()]{1,100})\)")
_SIGN = re.compile(r"\s([+-])\s")
_TIMES = re.compile(r"([*/])")
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

    A bare number counts as px, as mail programs and old page modes take it. Zero percent is zero of anything. Of
    functions `calc()`, `min()`, `max()` and `clamp()` of plain lengths are worked out.
    """
    match = _LENGTH.fullmatch(value) if value else None
    if match is None:
        return _function(value, font_size, whole) if value and value[-1] == ")" else None
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


def _function(value: str, font_size: float, whole: float | None) -> float | None:
    match = _FUNCTION.fullmatch(value)
    if match is None:
        return None
    parts = [_sum(part, font_size, whole) for part in match[2].split(",")]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if match[1] == "clamp":
        found = max(known[0], min(known[1:])) if len(known) == 3 else None
    elif match[1] == "calc":
        found = known[0] if len(known) == 1 else None
    else:
        found = min(known) if match[1] == "min" else max(known)
    return None if found is None else max(min(found, _LARGEST), -_LARGEST)


def _sum(written: str, font_size: float, whole: float | None) -> float | None:
    """What terms such as "2px", "10px - 9px" and "0.5 * 2px" come to."""
    first, *rest = _SIGN.split(written.strip())
    total = _product(first, font_size, whole)
    for sign, term in zip(rest[::2], rest[1::2], strict=True):
        part = _product(term, font_size, whole)
        total = None if total is None or part is None else total + (part if sign == "+" else -part)
    return total


def _product(written: str, font_size: float, whole: float | None) -> float | None:
    first, *rest = _TIMES.split(written)
    found = length(first.strip(), font_size, whole)
    for sign, factor in zip(rest[::2], rest[1::2], strict=True):
        number = length(factor.strip(), font_size, whole)
        if found is None or number is None or (sign == "/" and not number):
            return None
        found = found * number if sign == "*" else found / number
    return found


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
