"""Which lines of a text are an older message that it only quotes.

Quoted is what a reader sees as quoted: lines that begin with `>` (or `|`), blocks that are set off (`Layout`), and all
that follows the head of an older message, up to the end. Where set-off lines follow a head, only they are quoted: an
answer between them is the writer's own. Linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.quotes import words
from msgpolicy.facts.quotes.heads import (
    MOST_LABELLED,
    MOST_LENGTH,
    MOST_LINES,
    Labelled,
    fold,
    is_footer,
    is_rule,
    is_separator,
    is_wrapped_line,
    is_writers_line,
    labelled_lines,
    labels_of,
)
from msgpolicy.later import regex_later

Span = tuple[int, int]
# Lines of an answer in which quotes are looked for, empty ones apart.
MAX_LINES = 50_000


class Quote(NamedTuple):
    """text[start:end] is quoted; its head ("On … wrote:") is text[start:body], empty where there is none."""

    start: int
    body: int
    end: int


class Layout(NamedTuple):
    """What HTML tells of a text beyond its lines, as spans of it, each kind in order.

    `set_off`: blocks that a reader sees as quoted. `blocks`: blocks that are only quoted right below a head. `within`:
    what mail programs wrap an older message in: it ends there. `heads`: what they mark as its head.
    """

    set_off: Sequence[Span] = ()
    blocks: Sequence[Span] = ()
    within: Sequence[Span] = ()
    heads: Sequence[Span] = ()


_LINE = regex_later(r"[^\r\n\u2028]++")
_MARK = regex_later(r"[ \t\u00a0]{0,4}>")
_BAR = regex_later(r"[ \t\u00a0]{0,4}\|[ \t][^|]++")
# Lines that begin with ">" and quote nothing: amounts (">20 EUR", "> 5 kg"), ">= 3", faces, ">> SALE <<".
_AMOUNT = regex_later(r"\s*+>{1,3}+(?:=|\s?[+-]?[\p{Sc}\d])[^\n]*+")
_FIGURE = regex_later(r"\s*+>(?:[:;._oO<-]\S{0,3}|>{1,9}[^\n<]{1,80}+<{1,9})\s*+")
# A quoted line that a program wrapped leaves a rest without ">": the line was long, the rest is short.
_WRAPPED_FROM, _WRAPPED_REST = 60, 40

_QUOTATION = r"\"„“”«»「」『』"
_SAID_PHRASES = [phrase for table in words.SAID.values() for phrase in phrases(table)]
_SAID_BEFORE = 40
# What leads to a quotation mark, up to it; and what stands between two.
_SAID = regex_later(
    r"(?i)(?<![\p{L}\p{M}])(?:"
    + "|".join(regex.escape(phrase).replace(r"\ ", r"\s") for phrase in _SAID_PHRASES)
    + rf")[^\n{_QUOTATION}]{{0,{_SAID_BEFORE}}}+[{_QUOTATION}]"
)
_IN_MARKS = regex_later(rf"[{_QUOTATION}][^\n{_QUOTATION}]{{1,600}}+[{_QUOTATION}]")
_MARKS = regex_later(rf"[{_QUOTATION}]")
# No phrase and its rest stand further from the mark (code points).
_SAID_REACH = max(map(len, _SAID_PHRASES)) + _SAID_BEFORE


def said_spans(text: str) -> list[Span]:
    """What stands between quotation marks right after "you wrote", "Sie fragten" and the like, marks included."""
    spans: list[Span] = []
    passed = 0
    for mark in _MARKS.finditer(text):
        start, end = mark.span()
        if start >= passed:
            said = _IN_MARKS.match(text, start) if _SAID.search(text, max(passed, start - _SAID_REACH), end) else None
            if said:
                spans.append(said.span())
                end = said.end()
            passed = end
    return spans


def find_quotes(text: str, layout: Layout | None = None) -> list[Quote]:
    """The older messages that a text quotes, in order and apart from each other.

    Raises:
        TooLargeError: the text has more than MAX_LINES.
    """
    return _Reader(text, layout or Layout()).quotes()


class _Reader:
    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._layout = layout
        self._lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
        if len(self._lines) > MAX_LINES:
            raise TooLargeError(f"there are more than {MAX_LINES:,} lines in which quotes are looked for")
        self._starts = [start for start, _ in self._lines]
        # For each line the number of the run of ">" lines that it belongs to, -1 for none.
        self._run_of = [-1] * len(self._lines)
        self._runs: list[tuple[int, int]] = []
        self._folds: dict[int, str] = {}
        self._labelled: dict[int, Labelled] = {}
        self._read_runs()

    def quotes(self) -> list[Quote]:
        found = [Quote(start, start, end) for start, end in self._layout.set_off]
        below_head: set[int] = set()
        line = 0
        while line < len(self._lines):
            is_own = not self._is_set_off(line)
            last = self._head(line) if is_own else None
            if last is None:
                if is_own and is_footer(self._folded(line)):
                    start, end = self._lines[line]
                    found.append(Quote(start, start, end))
                line += 1
                continue
            first = self._with_rule(line)
            start, body = self._lines[first][0], self._lines[last - 1][1]
            following = self._lines[last][0] if last < len(self._lines) else None
            end = self._end_of(start)
            line = last
            if following is None or following >= end:
                found.append(Quote(start, body, body))
            elif self._run_of[last] >= 0:
                below_head.add(self._run_of[last])
                found.append(Quote(start, body, body))
            elif block := _at(self._layout.set_off, following) or _at(self._layout.blocks, following):
                found.append(Quote(start, body, max(block[1], body)))
            else:
                found.append(Quote(start, body, end))
                line = bisect_left(self._starts, end)
        for number, (first, last) in enumerate(self._runs):
            if number in below_head or self._is_quoted(first, last):
                start = self._lines[first][0]
                found.append(Quote(start, start, self._lines[last - 1][1]))
        return list(_apart(found))

    # --- lines set off by a mark --------------------------------------------------------------------------------------

    def _read_runs(self) -> None:
        number = 0
        while number < len(self._lines):
            last = self._run_end(number, _MARK)
            if last == number:
                last = self._run_end(number, _BAR)
                if last < number + 2:
                    last = number
            if last > number:
                self._run_of[number:last] = [len(self._runs)] * (last - number)
                self._runs.append((number, last))
            number = max(last, number + 1)

    def _run_end(self, number: int, mark: regex.Pattern[str]) -> int:
        """The line after the run of marked lines that begins at a line; the line itself where none does."""
        while number < len(self._lines):
            if not self._matches(mark, number):
                wrapped = mark is _MARK and self._is_rest(number)
                if not wrapped:
                    break
            number += 1
        return number

    def _matches(self, pattern: regex.Pattern[str], number: int) -> bool:
        start, end = self._lines[number]
        if pattern is _BAR:
            return pattern.fullmatch(self._text, start, end) is not None
        return pattern.match(self._text, start, end) is not None

    def _is_rest(self, number: int) -> bool:
        """Whether a line is what a program broke off the marked line above it."""
        if number == 0 or number + 1 >= len(self._lines):
            return False
        (above, above_end), (start, end), (below, _) = self._lines[number - 1 : number + 2]
        if not self._matches(_MARK, number - 1) or not self._matches(_MARK, number + 1):
            return False
        # No empty line between them.
        close = _breaks(self._text[above_end:start]) == 1 and _breaks(self._text[end:below]) == 1
        return close and above_end - above >= _WRAPPED_FROM and end - start <= _WRAPPED_REST

    def _is_quoted(self, first: int, last: int) -> bool:
        """Whether a run of lines with no head above it quotes something."""
        spans = self._lines[first:last]
        if all(_AMOUNT.fullmatch(self._text, start, end) for start, end in spans):
            return False
        return len(spans) > 1 or _FIGURE.fullmatch(self._text, *spans[0]) is None

    # --- heads --------------------------------------------------------------------------------------------------------

    def _head(self, number: int) -> int | None:
        """The line after the head that begins at a line, None where none does."""
        start, end = self._lines[number]
        marked = _at(self._layout.heads, start)
        if marked is not None:
            return max(bisect_left(self._starts, marked[1]), number + 1)
        if end - start > MOST_LENGTH:
            return None
        folded = self._folded(number)
        if is_separator(folded):
            # The labels below it are part of the head.
            last = self._head(number + 1) if number + 1 < len(self._lines) and self._run_of[number + 1] < 0 else None
            return last or number + 1
        if is_writers_line(folded):
            return number + 1
        if self._labels(number).kinds:
            lines = [self._labels(at) for at in range(number, min(number + MOST_LABELLED, len(self._lines)))]
            if size := labelled_lines(lines):
                return number + size
        return self._wrapped_head(number, folded)

    def _wrapped_head(self, number: int, first: str) -> int | None:
        parts = [first]
        for last in range(number + 1, min(number + MOST_LINES, len(self._lines))):
            start = self._lines[last][0]
            if self._run_of[last] >= 0 or _breaks(self._text[self._lines[last - 1][1] : start]) != 1:
                return None
            parts.append(self._folded(last))
            if parts[-1].endswith(":"):
                return last + 1 if is_wrapped_line(parts) else None
        return None

    def _with_rule(self, number: int) -> int:
        """The line that a head begins with, a line drawn above it included."""
        return number - 1 if number and self._run_of[number - 1] < 0 and is_rule(self._folded(number - 1)) else number

    def _folded(self, number: int) -> str:
        folded = self._folds.get(number)
        if folded is None:
            start, end = self._lines[number]
            folded = self._folds[number] = fold(self._text[start : min(end, start + 3 * MOST_LENGTH)])
        return folded

    def _labels(self, number: int) -> Labelled:
        found = self._labelled.get(number)
        if found is None:
            found = self._labelled[number] = labels_of(self._folded(number))
        return found

    def _is_set_off(self, number: int) -> bool:
        return self._run_of[number] >= 0 or _at(self._layout.set_off, self._lines[number][0]) is not None

    def _end_of(self, start: int) -> int:
        """Where an older message ends whose head begins at `start`."""
        around = _at(self._layout.within, start)
        return around[1] if around else len(self._text)


def _at(spans: Sequence[Span], position: int) -> Span | None:
    """The one of the spans (in order, apart from each other) that a position stands in."""
    index = bisect_right(spans, (position, len(spans) and spans[-1][1] + 1)) - 1
    return spans[index] if index >= 0 and position < spans[index][1] else None


def _breaks(between: str) -> int:
    return between.count("\n") or between.count("\r") or between.count("\u2028")


def _apart(found: Iterable[Quote]) -> Iterator[Quote]:
    """Quotes in order; of those that overlap the first, as long as both."""
    kept: Quote | None = None
    for quote in sorted(found):
        if kept is None or quote.start >= kept.end:
            if kept is not None:
                yield kept
            kept = quote
        elif quote.end > kept.end:
            kept = kept._replace(end=quote.end)
    if kept is not None:
        yield kept
