"""Declarations as a style attribute (or the body of a CSS rule) writes them, read as browsers read them.

A declaration that a browser would drop must not count: of `display:none; display:unset-me` the first wins. So the
values of those properties that decide what is seen are checked; of all others the last declaration wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgpolicy.facts.style.colors import css_color
from msgpolicy.later import re_later


class Declaration(NamedTuple):
    """One declaration: its value (lower case but for strings and addresses), and its span in the style text."""

    value: str
    important: bool
    start: int
    end: int


_SPACE = "\t\n\f\r "
_COMMENT = r"/\*(?s:.)*?(?:\*/|\Z)"
_STRING = r"\"(?:[^\"\\\n]|\\(?s:.))*+\"?|'(?:[^'\\\n]|\\(?s:.))*+'?"


def _letter(upper: str, lower: str) -> str:
    """A letter of a name, which may be escaped."""
    return rf"(?:[{upper}{lower}]|\\(?:[{upper}{lower}]|0{{0,4}}(?:{ord(upper):x}|{ord(lower):x})[\t\n\f\r ]?))"


# `url(`, as a word of its own; without quotes all up to the parenthesis belongs to the address.
_URL = rf"(?:(?<![\w-])|(?<=<!--)){_letter('U', 'u')}{_letter('R', 'r')}(?i:{_letter('L', 'l')})\("
_ADDRESS = rf"{_URL}(?![\t\n\f\r ]*+[\"'])(?:[^)\\]|\\(?s:.))*+\)?"
# What parts declarations and rules: comments, strings and addresses are passed over whole.
SIGNS = re_later(rf"{_COMMENT}|{_STRING}|{_ADDRESS}|\\(?s:.)[\w-]*+|[;:(){{}}\[\]]")
_KEPT = re_later(rf"({_STRING}|{_ADDRESS})|{_COMMENT}|\\([0-9a-fA-F]{{1,6}})[\t\n\f\r ]?|\\((?s:.))")
_GAP = re_later(rf"(?:[\t\n\f\r ]|{_COMMENT})*+")
# Without any of these, every colon and semicolon parts declarations.
_ODD = re_later(r"[\"'\\(){}\[\]]|/\*")
_CLOSING = {"(": ")", "[": "]", "{": "}"}

_EVERYWHERE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_DISPLAYS = """
    none contents block inline flow flow-root run-in list-item inline-block table inline-table flex inline-flex grid
    inline-grid ruby math table-row-group table-header-group table-footer-group table-row table-cell table-column-group
    table-column table-caption ruby-base ruby-text -webkit-box -webkit-inline-box
"""
_OVERFLOWS = frozenset({"visible", "hidden", "clip", "scroll", "auto", "overlay"})
_WORDS = {
    "display": frozenset(_DISPLAYS.split()),
    "visibility": frozenset({"visible", "hidden", "collapse"}),
    "overflow": _OVERFLOWS,
    "overflow-x": _OVERFLOWS,
    "overflow-y": _OVERFLOWS,
    "position": frozenset({"static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"}),
    "white-space": frozenset({"normal", "pre", "nowrap", "pre-wrap", "pre-line", "break-spaces"}),
}
_LENGTHS = """
    font-size width height min-width min-height max-width max-height left right top bottom text-indent margin-left
    margin-right margin-top margin-bottom padding-left padding-right padding-top padding-bottom
"""
_MEASURED = frozenset(_LENGTHS.split())
_MEASURE = re_later(
    r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?(?:%|[a-z]{1,5})?"
    r"|auto|none|normal|(?:min|max|fit)-content|(?:x{1,3}-|)(?:small|large)|medium|smaller|larger|stretch|math"
)
# What only a browser can work out.
_FUNCTION = re_later(
    r"(?:calc|env|min|max|clamp|attr|color|color-mix|lab|lch|oklab|oklch|hwb|light-dark|fit-content)\("
)
# What makes a background more than a colour.
_PICTURES = ("url(", "gradient(", "image-set(")
# One value of a shorthand.
_PART = re_later(r"[^\s(]++(?:\((?:[^()]|\([^()]*+\))*+\))?")
_COLORED = frozenset({"color", "background-color"})
_SIZE_IN_FONT = re_later(
    r"(?:\A|(?<=\s))([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:%|[a-z]{1,5})?|(?:x{1,3}-|)(?:small|large)|medium"
    r"|smaller|larger)(?:\s*/\s*([^\s,]+))?\s+(\S(?s:.)*)"
)


def parse_declarations(text: str) -> dict[str, Declaration]:
    """The declarations that count, by property, in lower case; shorthands that set what is seen are also spelled out.

    Never raises; linear in the length of the text.
    """
    found: dict[str, Declaration] = {}
    for name, declaration in _declarations(text):
        value, important, start, end = declaration
        if not is_valid(name, value):
            continue
        _add(found, name, declaration)
        if name == "font":
            for part, share in _font(value):
                _add(found, part, Declaration(share, important, start, end))
        elif name == "background":
            _add(found, "background-color", Declaration(_ground(value), important, start, end))
            image = "url" if any(mark in value for mark in _PICTURES) else "none"
            _add(found, "background-image", Declaration(image, important, start, end))
        elif name in ("margin", "padding"):
            for side, share in _sides(value):
                _add(found, f"{name}-{side}", Declaration(share, important, start, end))
    return found


def _add(found: dict[str, Declaration], name: str, declaration: Declaration) -> None:
    before = found.get(name)
    if before is not None and before.important and not declaration.important:
        return
    # The last one stands last: after an `all` that it comes after.
    found.pop(name, None)
    found[name] = declaration


def is_valid(name: str, value: str) -> bool:
    """Whether a browser accepts the value; True for properties that are not checked here."""
    if value in _EVERYWHERE or "var(" in value or _FUNCTION.match(value):
        return True
    words = _WORDS.get(name)
    if words is not None:
        return bool(value) and words.issuperset(value.split())
    if name in ("margin", "padding"):
        sides = _PART.findall(value)
        return 1 <= len(sides) <= 4 and all(is_valid(f"{name}-top", side) for side in sides)
    if name in _MEASURED:
        return _MEASURE.fullmatch(value) is not None
    if name in _COLORED:
        return value == "currentcolor" or css_color(value) is not None
    if name == "opacity":
        return re.fullmatch(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?%?", value) is not None
    return bool(value)


def _declarations(text: str) -> Iterator[tuple[str, Declaration]]:
    """Each `name: value` of the text, as written, whether it counts or not."""
    for start, colon, end in _cuts(text) if _ODD.search(text) else _plain_cuts(text):
        name = _clean(text[start:colon]).lower()
        value = _clean(text[colon + 1 : end])
        sign = value.rfind("!")
        important = sign >= 0 and value[sign + 1 :].strip(_SPACE).lower() == "important" and value[sign - 1] != "\\"
        if important:
            value = value[:sign].rstrip(_SPACE)
        if name and value:
            gap = _GAP.match(text, start)
            first = gap.end() if gap else start
            while text[end - 1] in _SPACE:
                end -= 1
            yield name, Declaration(_lower(value), important, first, end)


def _cuts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each declaration of a text starts, has its colon, and ends."""
    start, colon = 0, -1
    awaited: list[str] = []
    for match in SIGNS.finditer(text):
        sign = match[0]
        if len(sign) > 1:
            continue
        if sign in _CLOSING:
            awaited.append(_CLOSING[sign])
        elif awaited:
            if sign == awaited[-1]:
                awaited.pop()
        elif sign == ":" and colon < 0:
            colon = match.start()
        elif sign == ";":
            if colon >= 0:
                yield start, colon, match.start()
            start, colon = match.end(), -1
    if colon >= 0:
        yield start, colon, len(text)


def _plain_cuts(text: str) -> Iterator[tuple[int, int, int]]:
    """The same of a text in which nothing is _ODD."""
    start = 0
    for piece in text.split(";"):
        colon = piece.find(":")
        if colon >= 0:
            yield start, start + colon, start + len(piece)
        start += len(piece) + 1


def _clean(text: str) -> str:
    """Without comments, with escapes replaced."""
    if "\\" in text or "/*" in text:
        text = _KEPT.sub(_unescape, text)
    return text.strip(_SPACE)


def _unescape(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    if match[2] is not None:
        code = int(match[2], 16)
        letter = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    elif match[3]:
        letter = match[3]
    else:
        # A comment parts words, though it is no space.
        return " "
    # An escaped sign or digit is a letter of a name: no number begins with it, and no "!" is one.
    return letter if letter.isalpha() or letter in "-_" or letter > "\x7f" else f"\\{letter}"


def _lower(value: str) -> str:
    """In lower case but for strings and addresses."""
    if "(" not in value and '"' not in value and "'" not in value:
        return value.lower()
    return "".join(part if number % 2 else part.lower() for number, part in enumerate(_VERBATIM.split(value)))


_VERBATIM = re_later(rf"({_STRING}|{_ADDRESS})")


def _font(value: str) -> Iterator[tuple[str, str]]:
    match = _SIZE_IN_FONT.search(value)
    if match:
        yield "font-size", match[1]
        yield "line-height", match[2] or "normal"
        yield "font-family", match[3]


def _ground(value: str) -> str:
    """The colour in a `background` shorthand, which resets it when it names none."""
    for word in _PART.findall(value):
        if word == "currentcolor" or css_color(word) is not None:
            return str(word)
    return "transparent"


def _sides(value: str) -> Iterator[tuple[str, str]]:
    """The values of a `margin` or `padding` shorthand by side."""
    words = _PART.findall(value)
    # One value is for all sides, two are vertical and horizontal, of three the second is for both sides.
    values = (*words, words[1]) if len(words) == 3 else (words * 4)[:4]
    yield from zip(("top", "right", "bottom", "left"), values, strict=True)
