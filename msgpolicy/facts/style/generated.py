"""Text that style sheets write on the page: the strings of `content` in rules for `::before` and `::after`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.spans import OffsetMap, Piece, Reading
from msgpolicy.facts.style.styles import styles_of
from msgpolicy.later import re_later

# What stands in brackets is no text; an address of a picture, most often.
_STRING = re_later(
    r"\b[a-z-]{1,20}\((?:[^)\"']|\"[^\"]*+\"|'[^']*+')*+\)?+"
    r"|\"((?:[^\"\\\n]|\\(?s:.))*+)\"|'((?:[^'\\\n]|\\(?s:.))*+)'",
    re.IGNORECASE,
)
_ESCAPE = re_later(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\r\f]?|(\r\n|[\n\r\f])|((?s:.)))")
_WORD = re_later(r"\w\w")
_LAST = 0x10FFFF


def generated_texts(document: Document, part: str) -> Iterator[Reading]:
    """What each declaration of `content` in a style sheet writes, at its place; icons and marks are left out."""
    source = document.source
    for rule in styles_of(document).sheet_rules:
        found = rule.declarations.get("content")
        if found is None:
            continue
        texts: list[str] = []
        pieces: list[Piece] = []
        size = 0
        for match in _STRING.finditer(source, found.start, found.end):
            if match.lastindex is None:
                continue
            for text, piece in _decoded(source, *match.span(match.lastindex), size):
                texts.append(text)
                pieces.append(piece)
                size += len(text)
        written = "".join(texts)
        if _WORD.search(written):
            yield Reading(part, written, source, OffsetMap(pieces), shown="generated")


def _decoded(source: str, start: int, end: int, size: int) -> Iterator[tuple[str, Piece]]:
    """The text of a string without its quotes, in pieces; `size` is where it begins in the whole."""
    at = start
    for match in _ESCAPE.finditer(source, start, end):
        if match.start() > at:
            yield source[at : match.start()], Piece(size, at, match.start(), True)
            size += match.start() - at
        text = _letter(match)
        if text:
            yield text, Piece(size, *match.span(), False)
            size += len(text)
        at = match.end()
    if at < end:
        yield source[at:end], Piece(size, at, end, True)


def _letter(match: re.Match[str]) -> str:
    """What an escape stands for; a line break that is escaped stands for nothing."""
    if match[1] is None:
        return match[3] or ""
    code = int(match[1], 16)
    return "\ufffd" if code == 0 or code > _LAST or 0xD800 <= code <= 0xDFFF else chr(code)
