"""Where each code point of a text stands in the source that it was read from.

Everything that is found is found in some view of the source: HTML without its markup, a text folded for searching.
A position in a view is mapped back to the source, never searched for again. All positions are code-point offsets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple


class Piece(NamedTuple):
    """A run of a view: from `start` (up to the next piece's start) it comes from source[source_start:source_end].

    `literal` runs stand in the source code point by code point; others (an entity, a folded letter) as a whole.
    """

    start: int
    source_start: int
    source_end: int
    literal: bool


class OffsetMap:
    """Maps spans of a view to spans of its source. Pieces are in the order of the view and cover all of it.

    The source positions need not ascend: the text of a misplaced table cell stands elsewhere in the source.
    """

    __slots__ = ("_pieces", "_starts")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = list(pieces)
        self._starts = [piece.start for piece in self._pieces]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that view[start:end] was read from; an empty span maps to an empty one.

        Where the two ends stand in reverse order in the source, only the first piece's share is given.
        """
        if not self._pieces:
            return 0, 0
        index = max(bisect_right(self._starts, start) - 1, 0)
        first = self._pieces[index]
        if first.literal:
            source_start = min(first.source_start + start - first.start, first.source_end)
        else:
            source_start = first.source_start
        if end <= start:
            return source_start, source_start
        last_index = bisect_right(self._starts, end - 1) - 1
        last = self._pieces[last_index]
        source_end = last.source_start + end - last.start if last.literal else last.source_end
        if source_end < source_start:
            source_end = first.source_end
        return source_start, source_end

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The source spans of each piece of view[start:end], in the order of the view."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while start < end and index < len(self._pieces):
            piece = self._pieces[index]
            stop = min(end, self._starts[index + 1]) if index + 1 < len(self._pieces) else end
            if piece.literal:
                source_start = piece.source_start + start - piece.start
                yield source_start, source_start + stop - start
            else:
                yield piece.source_start, piece.source_end
            start = stop
            index += 1

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces, in the order of the view."""
        return self._pieces

    def cut(self, start: int, end: int) -> OffsetMap:
        """The map of view[start:end] as a view of its own."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        pieces = []
        for piece in self._pieces[first : bisect_left(self._starts, end)]:
            skip = max(start - piece.start, 0)
            source_start = piece.source_start + (skip if piece.literal else 0)
            pieces.append(Piece(max(piece.start - start, 0), source_start, piece.source_end, piece.literal))
        return OffsetMap(pieces)


class EditMap:
    """Maps spans of a view to spans of its source, from which it was made by edits; in between it is copied.

    Like an OffsetMap of the same pieces, but made in a fraction of the time: invisible characters may stand everywhere.
    """

    __slots__ = ("_ends", "_sizes", "_starts", "_view", "_view_starts")

    def __init__(self, length: int, edits: Iterable[tuple[int, int, int]]) -> None:
        self._starts, self._ends, self._sizes = zip(*edits, strict=True)
        removed = [end - start - size for start, end, size in zip(self._starts, self._ends, self._sizes, strict=True)]
        before = accumulate(removed, initial=0)
        self._view_starts = [start - shift for start, shift in zip(self._starts, before, strict=False)]
        self._view = length - sum(removed)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that view[start:end] was made from; an empty span maps to an empty one."""
        if not self._view:
            return 0, 0
        # Nothing stands at the end of the view: it is where the code point before it ends.
        source_start = self._at(start)[0] if start < self._view else self._at(self._view - 1)[1]
        return source_start, self._at(end - 1)[1] if end > start else source_start

    def _at(self, place: int) -> tuple[int, int]:
        """The source span of one code point of the view."""
        index = bisect_right(self._view_starts, place) - 1
        if index < 0:
            return place, place + 1
        behind = place - self._view_starts[index] - self._sizes[index]
        if behind < 0:
            return self._starts[index], self._ends[index]
        return self._ends[index] + behind, self._ends[index] + behind + 1


def rewritten(length: int, edits: Iterable[tuple[int, int, int]]) -> EditMap | None:
    """The map of a view made from a source of `length` by edits (source_start, source_end, length of replacement).

    Edits are in order and do not overlap; what lies between them is copied. None when there are no edits: the view is
    the source.
    """
    listed = list(edits)
    return EditMap(length, listed) if listed else None


class Reading:
    """A text that a person (or a mail program) reads in one part of a message.

    `text` is what is read; `source` is the part as given; `shown` says how it reaches the reader: `visible`, `hidden`
    (markup that is not displayed), `alt` (of an image, or a label that is read out), `title` (a tooltip), `field` (of a
    form), `generated` (by a style sheet). `page` counts from 1 in attachments.
    """

    __slots__ = ("_map", "page", "part", "shown", "source", "text")

    def __init__(
        self,
        part: str,
        text: str,
        source: str,
        offsets: OffsetMap | None = None,
        *,
        shown: str = "visible",
        page: int | None = None,
    ) -> None:
        self.part = part
        self.text = text
        self.source = source
        self.shown = shown
        self.page = page
        self._map = offsets

    def with_text(self, text: str) -> Reading:
        """The same reading with other code points, as many, each in the place of the old one."""
        return Reading(self.part, text, self.source, self._map, shown=self.shown, page=self.page)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `source` that text[start:end] was read from."""
        return (start, end) if self._map is None else self._map.span(start, end)

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of `source` that text[start:end] was read from, one for each run without markup in between."""
        return [(start, end)] if self._map is None else list(self._map.spans(start, end))

    def cut(self, start: int, end: int, *, shown: str) -> Reading:
        """text[start:end] as a reading of its own."""
        offsets = (self._map or OffsetMap(self.pieces)).cut(start, end)
        return Reading(self.part, self.text[start:end], self.source, offsets, shown=shown, page=self.page)

    @property
    def pieces(self) -> Sequence[Piece]:
        """How the text maps to the source."""
        return self._map.pieces if self._map is not None else (Piece(0, 0, len(self.text), True),)

    def __repr__(self) -> str:
        return f"Reading({self.part!r}, {self.shown}, {len(self.text)} code points)"


class Place(NamedTuple):
    """Where something stands: source offsets of a part (code points), or a field as a whole (no offsets)."""

    part: str
    start: int | None = None
    end: int | None = None
    page: int | None = None

    @classmethod
    def of(cls, reading: Reading, start: int, end: int) -> Place:
        """The source place of reading.text[start:end]."""
        return cls(reading.part, *reading.span(start, end), reading.page)
