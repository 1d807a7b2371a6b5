"""The source of a part with the places of findings marked, cut to their neighbourhood, for the HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from msgpolicy.reporters.display import Cell, Terminal

# A part of at most this many code points is shown in full.
WHOLE = 600
# Code points that are shown on each side of the start and of the end of a place.
AROUND = 160

_RANK = {"info": 0, "warning": 1, "error": 2}
_LINE_END = regex.compile(r"\r\n|\r|\n")
# They join emoji, and letters of Arabic and Indic scripts: seen behind such a letter, else written out.
_JOINERS = "\u200c\u200d\ufe0f"


class Place(NamedTuple):
    """source[start:end] (code points), the number of the finding there, and its severity."""

    start: int
    end: int
    number: int
    severity: str


class Piece(NamedTuple):
    """A run of one line. `severity` is that of the worst finding it is in, `refs` are the findings that end with it.

    `escaped`: it is a sign written out, not what stands in the source. A place without extent has an empty text.
    """

    text: str
    severity: str | None = None
    escaped: bool = False
    refs: tuple[int, ...] = ()


class Row(NamedTuple):
    """A line of the source (`number` from 1) or a part of one; or, with `gap`, so many code points left out."""

    number: int = 0
    pieces: tuple[Piece, ...] = ()
    gap: int = 0


def source_rows(source: str, places: Sequence[Place], terminal: Terminal) -> list[Row]:
    """The lines of `source` around `places`; `terminal` tells what of it can be seen."""
    rows: list[Row] = []
    at = 0
    line = 1
    for start, end in _windows(len(source), places):
        if start > at:
            rows.append(Row(gap=start - at))
        line += _lines_ended(source, at, start)
        window = _Window(source, start, end, line, terminal)
        rows += window.rows([place for place in places if place.start <= end and place.end >= start])
        line += _lines_ended(source, start, end)
        at = end
    if at < len(source):
        rows.append(Row(gap=len(source) - at))
    return rows


def _windows(length: int, places: Sequence[Place]) -> list[tuple[int, int]]:
    """What is shown: in order, without overlap, and nothing short left out between."""
    if length <= WHOLE:
        return [(0, length)]
    ends = sorted(point for place in places for point in (place.start, place.end))
    out: list[tuple[int, int]] = []
    for point in ends:
        start, end = max(point - AROUND, 0), min(point + AROUND, length)
        if out and start <= out[-1][1] + AROUND // 2:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _lines_ended(source: str, start: int, end: int) -> int:
    """Line ends in source[start:end]; one that is cut in the middle counts with its second half."""
    count = source.count("\n", start, end) + source.count("\r", start, end) - source.count("\r\n", start, end)
    if source[end - 1 : end + 1] == "\r\n" and end > start:
        count -= 1
    return count


class _Window:
    """One stretch of a source that is shown."""

    def __init__(self, source: str, start: int, end: int, line: int, terminal: Terminal) -> None:
        self._text = source[start:end]
        self._start = start
        self._end = end
        self._line = line
        self._cells = _cells(self._text, terminal)
        self._breaks = {match.start(): match.end() for match in _LINE_END.finditer(self._text)}

    def rows(self, places: Iterable[Place]) -> Iterator[Row]:
        """The lines, with these places marked."""
        inside = [
            place._replace(start=max(place.start - self._start, 0), end=min(place.end, self._end) - self._start)
            for place in places
        ]
        cuts = {0, len(self._text), *self._breaks, *self._breaks.values()}
        cuts.update(point for place in inside for point in (place.start, place.end))
        points = sorted(cuts)
        number = self._line
        pieces: list[Piece] = [*_empty(inside, 0)]
        for start, end in pairwise(points):
            around = [place for place in inside if place.start < end and place.end > start]
            severity = max((place.severity for place in around), key=_RANK.__getitem__, default=None)
            ended = tuple(place.number for place in around if place.end == end)
            ends_line = start in self._breaks and self._breaks[start] == end
            if ends_line:
                run = [Piece("↵", severity, escaped=True)] if severity else []
            else:
                run = [Piece(text, severity, escaped) for text, escaped in _runs(self._text, self._cells, start, end)]
            if run and ended:
                run[-1] = run[-1]._replace(refs=ended)
            pieces += run
            if ends_line:
                yield Row(number, tuple(pieces))
                number += 1
                pieces = []
            pieces += _empty(inside, end)
        if pieces or not self._text:
            yield Row(number, tuple(pieces))


def _empty(places: Iterable[Place], at: int) -> list[Piece]:
    return [Piece("", place.severity, refs=(place.number,)) for place in places if place.start == place.end == at]


def _cells(text: str, terminal: Terminal) -> list[Cell]:
    cells = terminal.cells(text)
    for index, char in enumerate(text):
        if cells[index].shown.isspace():
            cells[index] = Cell(char, 1)
        elif char in _JOINERS and index and not text[index - 1].isascii() and not _is_escape(text, cells, index - 1):
            cells[index] = Cell(char, 0)
    return cells


def _is_escape(text: str, cells: list[Cell], index: int) -> bool:
    return cells[index].shown != text[index]


def _runs(text: str, cells: list[Cell], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """text[start:end] in runs that are shown as they are, or written out."""
    at = start
    while at < end:
        escaped = _is_escape(text, cells, at)
        to = at + 1
        while to < end and _is_escape(text, cells, to) == escaped:
            to += 1
        yield "".join(cell.shown for cell in cells[at:to]), escaped
        at = to
