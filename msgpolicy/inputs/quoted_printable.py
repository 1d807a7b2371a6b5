"""Quoted-printable (RFC 2045, 6.7) edited where it stands: lines that an edit does not touch keep their bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from msgpolicy.facts.mail.decoding import decode_quoted_printable
from msgpolicy.inputs.splices import Splice

# Characters of a line, without its end.
LONGEST_LINE = 76

_LINE = regex.compile(rb"[^\r\n]*+(?:\r\n|[\r\n])|[^\r\n]++")
_NEWLINE = regex.compile(rb"\r\n|[\r\n]")
_SOFT_BREAK = rb"=[ \t]*+(?:\r\n|[\r\n]|\Z)"
_TOKEN = regex.compile(rb"=[0-9A-Fa-f]{2}|" + _SOFT_BREAK + rb"|\r\n|[\x00-\xff]")


class _Token(NamedTuple):
    """Bytes as written that stand for `size` bytes of content. A line ends with one that is a `stop`."""

    written: bytes
    size: int
    stop: bool = False


def quoted_printable_splices(raw: bytes, splices: Sequence[Splice]) -> list[Splice]:
    """What splices of the decoded content (in order, without overlaps) do to `raw`."""
    starts: list[int] = []  # of lines in raw
    contents: list[int] = []  # of lines in the content
    size = 0
    for line in _LINE.finditer(raw):
        starts.append(line.start())
        contents.append(size)
        size += len(decode_quoted_printable(line[0]))
    if not starts:
        starts, contents = [0], [0]
    newline = _NEWLINE.search(raw)
    mark = newline[0] if newline else b"\r\n"

    out: list[Splice] = []
    for first, last, group in _grouped(splices, contents):
        start = starts[first]
        end = starts[last + 1] if last + 1 < len(starts) else len(raw)
        tokens = list(_edited(raw, start, end, contents[first], group, mark))
        out.append(Splice(start, end, b"".join(_lines(tokens, mark))))
    return out


def _grouped(splices: Sequence[Splice], contents: list[int]) -> Iterator[tuple[int, int, list[Splice]]]:
    """First and last line of each run of lines that splices touch, with these."""
    first = last = -1
    group: list[Splice] = []
    for splice in splices:
        begin = bisect_right(contents, splice.start) - 1
        stop = max(bisect_left(contents, splice.end) - 1, begin)
        if group and begin > last:
            yield first, last, group
            group = []
        first = first if group else begin
        last = max(last, stop)
        group.append(splice)
    if group:
        yield first, last, group


def _edited(
    raw: bytes, start: int, end: int, position: int, splices: Sequence[Splice], newline: bytes
) -> Iterator[_Token]:
    """The tokens of raw[start:end], whose content begins at `position`, after splices."""
    borders = {border for splice in splices for border in splice[:2]}
    queue = list(reversed(splices))
    removed = position  # up to where content is gone
    for token in _tokens(raw, start, end):
        if not token.size:
            if position >= removed:
                yield token
            continue
        halves = (_Token(b"=0D", 1), _Token(b"=0A", 1))
        for piece in halves if token.size == 2 and position + 1 in borders else (token,):
            while queue and queue[-1].start <= position:
                splice = queue.pop()
                removed = max(removed, splice.end)
                yield from _encoded(splice.replacement, newline)
            if position >= removed:
                yield piece
            position += piece.size
    for splice in reversed(queue):
        yield from _encoded(splice.replacement, newline)


def _tokens(raw: bytes, start: int, end: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(raw, start, end):
        written = match[0]
        if written in (b"\r\n", b"\r", b"\n"):
            yield _Token(written, len(written), stop=True)
        elif written[0] == 0x3D and len(written) > 1 and written[-1] in b"\r\n":
            yield _Token(written, 0, stop=True)
        elif written[0] == 0x3D and match.end() == len(raw) and len(written) != 3:
            continue  # a soft break at the very end breaks nothing
        else:
            # A sign of a broken encoder would begin an escape if something else came to stand after it.
            yield _Token(b"=3D" if written == b"=" else written, 1)


def _encoded(content: bytes, newline: bytes) -> Iterator[_Token]:
    for index, line in enumerate(content.split(newline)):
        if index:
            yield _Token(newline, len(newline), stop=True)
        for byte in line:
            plain = 32 <= byte <= 126 and byte != 0x3D
            yield _Token(bytes([byte]) if plain else b"=%02X" % byte, 1)


def _lines(tokens: list[_Token], newline: bytes) -> Iterator[bytes]:
    """Tokens written in lines that are not too long, and that do not end in white space."""
    line: list[bytes] = []
    for token in (*tokens, _Token(b"", 0, stop=True)):
        if not token.stop:
            line.append(token.written)
            continue
        soft = token.written.startswith(b"=")
        if line and line[-1] in (b" ", b"\t") and not soft:
            line[-1] = b"=%02X" % line[-1][0]
        yield from _folded(line, LONGEST_LINE - soft, newline)
        yield token.written
        line = []


def _folded(line: list[bytes], room: int, newline: bytes) -> Iterator[bytes]:
    """The tokens of a line, with soft breaks where it would be longer than `room`."""
    left = sum(map(len, line))
    length = 0
    for written in line:
        # The last piece of the line needs no room for a soft break of its own.
        if left > room and length + len(written) > LONGEST_LINE - 1:
            yield b"=" + newline
            left -= length
            length = 0
        yield written
        length += len(written)
