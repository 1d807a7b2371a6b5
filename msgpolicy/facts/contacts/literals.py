"""Patterns that begin with one of many words, tried only where one of these stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from msgpolicy.facts.contacts.look import look
from msgpolicy.scan import Scanner


class Opened:
    """A pattern, whatever the case, of which each match begins with one of the words: one scan finds where."""

    __slots__ = ("_pattern", "_scanner")

    def __init__(self, pattern: regex.Pattern[str], words: Iterable[str]) -> None:
        self._pattern = pattern
        # A word folds by its case: that of "ı" is "i".
        self._scanner = Scanner({look(form).lower() for word in words for form in (word, word.upper())})

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """What the pattern finds in a text of the contact view."""
        end = 0
        for start in sorted({start for _, start, _ in self._scanner.find(text.lower())}):
            match = self._pattern.match(text, start) if start >= end else None
            if match:
                yield match
                end = match.end()

    def is_in(self, text: str) -> bool:
        """Whether the pattern finds anything."""
        return next(self.finditer(text), None) is not None
