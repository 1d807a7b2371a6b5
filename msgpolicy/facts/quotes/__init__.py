"""What a message only quotes: the words of an older one above or below an answer, or between quotation marks.

What is found there is told, and not held against the writer of the answer. `Quotes` holds it for one part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from msgpolicy.facts.quotes.lines import Layout, Quote, find_quotes, said_spans
from msgpolicy.facts.spans import Reading

if TYPE_CHECKING:
    from msgpolicy.facts.html.tree import Document
    from msgpolicy.facts.quotes.earlier import Earlier

__all__ = ["Layout", "Quote", "Quotes", "find_quotes", "said_spans"]

Span = tuple[int, int]
_WORD = regex.compile(r"[\p{L}\p{N}]")
_NOT_BREAKS = regex.compile(r"[^\r\n]")


class Quotes:
    """The quotes of one part, as spans of its source and of the reading that a person sees."""

    def __init__(self, reading: Reading, document: Document | None, *, earlier: Earlier | None, answers: bool) -> None:
        """`document`: that of the reading, where it is HTML. `earlier`: what was written before, where that is known.

        `answers`: whether the message says something elsewhere (an attachment). Where nothing but quotes would be left,
        nothing is a quote: there is no answer.
        """
        text = reading.text
        layout = None
        if document is not None:
            from msgpolicy.facts.quotes.markup import layout_of

            layout = layout_of(document, text)
        blocks = list(_verified(text, find_quotes(text, layout), earlier))
        said = said_spans(text)
        if not answers and _WORD.search(_blanked(text, blocks)) is None:
            blocks = []
        self._blocks = self._in_source(reading, document, blocks)
        self._said = self._in_source(reading, document, said)
        self.spans = _united(text, [*blocks, *said])

    @staticmethod
    def _in_source(reading: Reading, document: Document | None, spans: Sequence[Span]) -> list[Span]:
        if document is None or not spans:
            return list(spans)
        from msgpolicy.facts.quotes.markup import source_spans

        return source_spans(reading, document, spans)

    def hold(self, start: int, end: int, *, contact: bool) -> bool:
        """Whether source[start:end] is quoted. Between quotation marks a `contact` is the writer's own: it is given."""
        return _holds(self._blocks, start, end) or (not contact and _holds(self._said, start, end))

    def without(self, text: str) -> str:
        """The text of the reading with blanks in place of what it quotes; lines and positions stay."""
        return _blanked(text, self.spans)


def _verified(text: str, quotes: Sequence[Quote], earlier: Earlier | None) -> list[Span]:
    """The spans of quotes; where earlier messages are known only heads, and what stands in those messages."""
    spans: list[Span] = []
    for quote in quotes:
        if earlier is None:
            spans.append((quote.start, quote.end))
        else:
            if quote.body > quote.start:
                spans.append((quote.start, quote.body))
            spans.extend(earlier.known(text, quote.body, quote.end))
    return _united(text, spans)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += text[at:start], _NOT_BREAKS.sub(" ", text[start:end])
        at = end
    return "".join((*parts, text[at:]))


def _united(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those with nothing but white space between them made one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and (start <= united[-1][1] or text[united[-1][1] : start].isspace()):
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


def _holds(spans: Sequence[Span], start: int, end: int) -> bool:
    index = bisect_right(spans, (start, spans[-1][1] + 1)) - 1 if spans else -1
    return index >= 0 and end <= spans[index][1]
