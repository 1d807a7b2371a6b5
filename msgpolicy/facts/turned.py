"""Text that is shown in the reverse of the order in which it is written.

A right-to-left override (U+202E, `<bdo dir="rtl">`, CSS `unicode-bidi`) draws "moc.pohs@anna" as "anna@shop.com". Such
stretches are read as they are shown. Letters of scripts that run from right to left are read in the order in which they
are written, with an override as without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import regex

from msgpolicy.facts.spans import Reading

Span = tuple[int, int]

_OVERRIDE = "\u202e"
# From an override to what ends it: its own end, another embedding, the end of the line.
_OVERRIDDEN = regex.compile(r"\u202e([^\u202a-\u202e\u2066-\u2069\r\n\u2028\u2029]++)")
# What an ordinary text draws from left to right; an override turns it.
_TURNED = regex.compile(r"(?!\p{bc=NSM})[^\p{bc=R}\p{bc=AL}\r\n\t]{2,}+")
_SAYS = regex.compile(r"[\p{L}\p{N}]")


class TurnedReading(Reading):
    """A reading with stretches of it in reverse order; positions are mapped through the turn."""

    __slots__ = ("_base", "_starts", "_stretches")

    def __init__(self, base: Reading, stretches: Sequence[Span]) -> None:
        """`stretches`: spans of `base.text` in order, without overlap."""
        parts, at = [], 0
        for start, end in stretches:
            parts += [base.text[at:start], base.text[start:end][::-1]]
            at = end
        parts.append(base.text[at:])
        super().__init__(base.part, "".join(parts), base.source, shown=base.shown, page=base.page)
        self._base = base
        self._stretches = stretches
        self._starts = [start for start, _ in stretches]

    def with_text(self, text: str) -> Reading:
        turned = TurnedReading(self._base, self._stretches)
        turned.text = text
        return turned

    def span(self, start: int, end: int) -> Span:
        found = list(self._unturned(start, end))
        if not found:
            return self._base.span(start, end)
        return self._base.span(min(found)[0], max(stop for _, stop in found))

    def spans(self, start: int, end: int) -> list[Span]:
        return [span for piece in self._unturned(start, end) for span in self._base.spans(*piece)]

    def _unturned(self, start: int, end: int) -> Iterator[Span]:
        """What text[start:end] is in the text that is not turned, stretch by stretch."""
        index = max(bisect_left(self._starts, start) - 1, 0)
        while start < end:
            first, last = self._stretches[index] if index < len(self._stretches) else (end, end)
            if start < first:
                yield start, min(first, end)
            if max(start, first) < min(last, end):
                yield first + last - min(last, end), first + last - max(start, first)
            start = max(start, last)
            index += 1


def as_shown(reading: Reading, overridden: Iterable[Span] = ()) -> Reading:
    """The reading with what an override turns in the order in which it is shown.

    `overridden`: spans of its text that markup turns, in order; an override character turns the rest of its line.
    """
    spans = [match.span(1) for match in _OVERRIDDEN.finditer(reading.text)] if _OVERRIDE in reading.text else []
    spans = _without_overlap(sorted([*spans, *overridden]))
    stretches = [
        match.span()
        for span in spans
        for match in _TURNED.finditer(reading.text, *span)
        if _SAYS.search(reading.text, *match.span())
    ]
    return TurnedReading(reading, stretches) if stretches else reading


def _without_overlap(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that begin inside the one before."""
    out: list[Span] = []
    for start, end in spans:
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out
