"""The grammar of HTML source: where tags, attributes, comments and character references begin and end.

Both HTML readers take the tree from a parser and the positions from here. The patterns are the tokenizer of the WHATWG
standard; every one is linear: character classes exclude what follows them, repetition is possessive. They use `re`,
three to six times faster than `regex` on them, and need nothing that only `regex` has.
"""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import NamedTuple

from msgpolicy.facts.spans import OffsetMap, Piece
from msgpolicy.later import re_later

SPACE = "\t\n\f\r "
# No end tag, no content.
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Content is not markup; in the second group character references still count.
RAW_TEXT = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"])
ESCAPABLE_TEXT = frozenset({"title", "textarea"})
# A browser drops one line break right after these start tags.
DROPS_NEWLINE = frozenset({"pre", "textarea", "listing"})


def _attribute(group: str) -> str:
    """The pattern of one attribute, what stands before it included; `group` opens the groups name and value."""
    value = rf"""(?:"{group}[^"]*+)(?:"|\Z)|'{group}[^']*+)(?:'|\Z)|{group}[^\t\n\f\r >]*+))"""
    name = rf"[\t\n\f\r /]*+{group}[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    return rf"{name}(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+{value})?"


ATTRIBUTE = re_later(_attribute("("))
START_TAG = re_later(rf"<[A-Za-z][^\t\n\f\r />]*+(?:{_attribute('(?:')})*+[\t\n\f\r /]*+>")
END_TAG = re_later(START_TAG.pattern.replace("<", "</", 1))
# An end tag alone; attributes in an end tag are too odd to be met outside hostile markup.
PLAIN_END_TAG = re_later(r"</([A-Za-z][^\t\n\f\r />]*+)[\t\n\f\r ]*+>")
# Comments, and all that a browser takes for one: <! ... >, <? ... >, </ ... > where no tag name follows.
COMMENT = re_later(r"<!--(?:-?>|(?s:.)*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</(?![A-Za-z])[^>]+>")
DOCTYPE = re_later(r"<!doctype[^>]*+(?:>|\Z)", re.IGNORECASE)
_NAME_END = re_later(r"[\t\n\f\r />]")
# Where text ends. A "<" before anything else is text itself.
MARKUP = re_later(r"<(?:[A-Za-z!?]|/(?s:.))")
LINE_BREAK = re_later(r"\r\n?|\n")

_REFERENCE = r"&(?:#(?:[xX][0-9a-fA-F]++|[0-9]++);?|[A-Za-z][A-Za-z0-9]{0,31}+;?)"
_FOLDED = re_later(r"\r\n?|\0")
_TO_DECODE = re_later(rf"{_REFERENCE}|{_FOLDED.pattern}")
# What browsers read numeric references to the C1 controls as: the windows-1252 characters of those bytes.
_C1 = {
    0x80 + offset: character
    for offset, character in enumerate(
        "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
        "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"
    )
}
_NO_REFERENCE_BEFORE = frozenset(ascii_letters + digits + "=")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Attribute(NamedTuple):
    """One attribute as written. Spans are in the source; the value span excludes quotes (empty when valueless)."""

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


def lower(name: str) -> str:
    """A tag or attribute name as HTML compares it: ASCII letters in lower case, others untouched."""
    lowered = name.lower() if name.isascii() else name.translate(_ASCII_LOWER)
    return lowered.replace("\0", "\ufffd")


def attributes(source: str, start: int, end: int) -> dict[str, Attribute]:
    """The attributes of the start tag source[start:end] by name; of a repeated one the first counts."""
    found: dict[str, Attribute] = {}
    tag_name = _NAME_END.search(source, start + 1, end)
    if tag_name is None:
        return found
    for match in ATTRIBUTE.finditer(source, tag_name.start(), end - 1):
        name = match[1]
        if not name.islower() or not name.isascii() or "\0" in name:
            name = lower(name)
        if name in found:
            continue
        group = match.lastindex or 1
        (_, attribute_end), (attribute_start, value_end), *_ = spans = match.regs
        if group == 1:
            value, value_start, value_end = "", attribute_end, attribute_end
        else:
            value_start, value_end = spans[group]
            value = source[value_start:value_end]
            if "&" in value or "\r" in value or "\0" in value:
                value = decode(source, value_start, value_end, attribute=True)[0]
        found[name] = Attribute(name, value, attribute_start, attribute_end, value_start, value_end)
    return found


def decode(
    source: str, start: int, end: int, *, attribute: bool = False, raw: bool = False, nul: str = "\ufffd"
) -> tuple[str, list[Piece]]:
    """The text of source[start:end] as the browser holds it, and the pieces that map it to the source.

    Character references are replaced (not in `raw` text), line breaks folded to LF, NUL replaced by `nul`.
    """
    parts: list[str] = []
    pieces: list[Piece] = []
    at, size = start, 0
    # What each reference stands for, and how much of it is one: texts repeat them.
    known: dict[str, tuple[str, int]] = {"\0": (nul, 1), "\r": ("\n", 1), "\r\n": ("\n", 2)}
    for match in (_FOLDED if raw else _TO_DECODE).finditer(source, start, end):
        reference = match[0]
        text, length = known.get(reference) or known.setdefault(reference, _referred(reference))
        stop = match.start()
        resume = stop + length
        if length == 0 or (
            # "?a=1&copy=2" in an address holds no copyright sign.
            attribute
            and source[resume - 1] != ";"
            and reference[0] == "&"
            and reference[1] != "#"
            and source[resume : resume + 1] in _NO_REFERENCE_BEFORE
        ):
            continue
        if stop > at:
            parts.append(source[at:stop])
            pieces.append(Piece(size, at, stop, True))
            size += stop - at
        parts.append(text)
        pieces.append(Piece(size, stop, resume, False))
        size += len(text)
        at = resume
    if at < end:
        parts.append(source[at:end])
        pieces.append(Piece(size, at, end, True))
    return "".join(parts), pieces


def _referred(reference: str) -> tuple[str, int]:
    """What a reference stands for, and how many of its code points are one: none where no name is known.

    Of "&name" counts the longest known name that it begins with; without ";" only the names that HTML knows so.
    """
    if reference[1] == "#":
        return _numeric(reference), len(reference)
    from html.entities import html5  # with what comes with it dear to import; most messages have no reference

    name = reference[1:]
    while name and name not in html5:
        name = name[:-1]
    return (html5[name], len(name) + 1) if name else ("", 0)


def _numeric(reference: str) -> str:
    number, base = reference[2:].rstrip(";"), 10
    if number[0] in "xX":
        number, base = number[1:], 16
    number = number.lstrip("0")
    # More digits than the last code point has: int() takes quadratic time for very many.
    code = int(number or "0", base) if len(number) <= 7 else 0x110000
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return _C1.get(code) or chr(code)


def value_map(source: str, attribute: Attribute) -> OffsetMap:
    """Maps spans of an attribute's value to the source."""
    return OffsetMap(decode(source, attribute.value_start, attribute.value_end, attribute=True)[1])
