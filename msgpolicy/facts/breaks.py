"""Runs of line breaks: how many ends of lines stand in a row, with nothing to be seen between them.

One parts two lines, two leave an empty line between them, three leave two. Lines of spaces are empty. In HTML, ends of
paragraphs, <br>, kept newlines and empty paragraphs count alike; the margins that a program gives to paragraphs do not.
Empty cells and rows of a table are layout and count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from msgpolicy.facts.html.markup import SPACE
from msgpolicy.facts.html.tree import Document, Element, TextNode
from msgpolicy.facts.style.presentation import REPLACED
from msgpolicy.facts.style.styles import styles_of
from msgpolicy.later import regex_later

_NEWLINE = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
# Nothing of a line that holds only spaces and these is seen.
_UNSEEN = r"\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060\u2800\u3164\ufeff"
_BLANK = rf"[[\s--[\r\n\x85\u2028\u2029]]{_UNSEEN}]*+"
_RUN = regex_later(rf"{_NEWLINE}(?:{_BLANK}{_NEWLINE})*+", regex.VERSION1)
# Of two and more: most ends of lines stand alone.
_LONG_RUN = regex_later(rf"{_NEWLINE}(?:{_BLANK}{_NEWLINE})++", regex.VERSION1)
_ONE = regex_later(_NEWLINE)
_BLANK_END = regex_later(rf"(?r)[\s{_UNSEEN}]*+")
_ALL_BLANK = regex_later(rf"[\s{_UNSEEN}]*+")
# A paragraph with nothing in it shows as an empty line in many mail programs; an empty <div> is layout.
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"script", "style", "title"})

Span = tuple[int, int]


class BreakRun(NamedTuple):
    """Line breaks in a row, as source[start:end]. `breaks` are spans that can be taken out to have one break less."""

    start: int
    end: int
    total: int
    breaks: tuple[Span, ...]


def text_breaks(text: str, more_than: int = 0) -> Iterator[BreakRun]:
    """Runs of more than so many line breaks in plain text, but for the one at its end: nobody sees that."""
    end = _BLANK_END.match(text)
    assert end is not None
    for match in (_LONG_RUN if more_than else _RUN).finditer(text, 0, end.start()):
        start, stop = match.span()
        if stop - start > more_than:
            spans = tuple(one.span() for one in _ONE.finditer(text, start, stop))
            if len(spans) > more_than:
                yield BreakRun(start, stop, len(spans), spans)


def html_breaks(document: Document, more_than: int = 0) -> Iterator[BreakRun]:
    """Runs of more than so many line breaks in what is displayed of a document, but for the one at its end."""
    walk = _Walk(document, more_than)
    walk.run()
    yield from walk.found


class _Block(NamedTuple):
    """An open block, and what had been shown and counted when it began."""

    element: Element
    shown: int
    total: int
    breaks: int


class _Walk:
    """Goes through elements and texts in order and counts the ends of lines since something was last seen."""

    def __init__(self, document: Document, more_than: int) -> None:
        self.document = document
        self.more_than = more_than
        self.computed = styles_of(document).computed
        self.found: list[BreakRun] = []
        self.blocks: list[_Block] = []
        # How many things have been seen, and what has been counted since the last one.
        self.shown = 0
        self.total = 0
        self.breaks: list[Span] = []
        # Whether nothing, not even spaces, stands on the line yet.
        self.at_start = True

    def run(self) -> None:
        texts = self.document.texts
        number = 0
        skipped = 0
        for element in self.document.elements:
            while number < len(texts) and texts[number].before <= element.index:
                self._text(number, texts[number])
                number += 1
            while self.blocks and self.blocks[-1].element.last <= element.index:
                self._close(self.blocks.pop())
            if element.index < skipped:
                continue
            if self.computed[element.index].gone:
                skipped = element.last
            else:
                self._open(element)
        for rest in range(number, len(texts)):
            self._text(rest, texts[rest])

    def _open(self, element: Element) -> None:
        style = self.computed[element.index]
        if style.flow == "break":
            self._break(element.start, element.end)
        elif style.flow in ("block", "cell"):
            self._end_line()
            self.blocks.append(_Block(element, self.shown, self.total, len(self.breaks)))
        if element.tag in REPLACED and style.hidden is None and (element.tag != "img" or style.flow != "inline"):
            self._show()

    def _close(self, block: _Block) -> None:
        element = block.element
        is_bare = self.at_start and self.total == block.total
        self._end_line()
        if block.shown != self.shown:
            return
        if self.computed[element.index].flow == "cell":
            self.total = block.total
            del self.breaks[block.breaks :]
            return
        if is_bare and element.tag in _PARAGRAPHS:
            self.total += 1
        # An empty block that makes one line break is taken out as a whole.
        if self.total == block.total + 1:
            del self.breaks[block.breaks :]
            if element.start is not None and element.outer_end is not None:
                self.breaks.append((element.start, element.outer_end))

    def _text(self, number: int, node: TextNode) -> None:
        while self.blocks and self.blocks[-1].element.last_text <= number:
            self._close(self.blocks.pop())
        style = self.computed[node.parent] if node.parent >= 0 else None
        if style is not None and (style.hidden or self.document.elements[node.parent].tag in _UNREAD):
            return
        start = 0
        if style is not None and style.white_space != "normal":
            while (stop := node.text.find("\n", start)) >= 0:
                self._line(node.text[start:stop])
                self._break(*node.span(stop, stop + 1))
                start = stop + 1
        self._line(node.text[start:])

    def _line(self, text: str) -> None:
        """Text on the present line."""
        if not _ALL_BLANK.fullmatch(text):
            self._show()
        elif text.strip(SPACE):
            self.at_start = False

    def _break(self, start: int | None, end: int | None) -> None:
        self.total += 1
        self.at_start = True
        if start is not None and end is not None:
            self.breaks.append((start, end))

    def _end_line(self) -> None:
        if not self.at_start:
            self.total += 1
            self.at_start = True

    def _show(self) -> None:
        """Something is seen: the breaks before it are a run."""
        if self.breaks:
            if self.total > self.more_than:
                start, end = min(self.breaks)[0], max(end for _, end in self.breaks)
                self.found.append(BreakRun(start, end, self.total, tuple(self.breaks)))
            self.breaks = []
        self.shown += 1
        self.total = 0
        self.at_start = False
