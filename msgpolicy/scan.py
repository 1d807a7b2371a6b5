"""The one shared scan: where any of many literals stands in a text, all at once, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick_rs


class Scanner:
    """Finds all places of all literals in one pass. Overlapping places are all reported; positions are code points."""

    __slots__ = ("_automaton",)

    def __init__(self, literals: Iterable[str]) -> None:
        patterns = list(literals)
        self._automaton = ahocorasick_rs.AhoCorasick(patterns, store_patterns=False) if patterns else None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(index of the literal, start, end) of every place, in the order of their ends."""
        if self._automaton is None:
            return []
        return self._automaton.find_matches_as_indexes(text, overlapping=True)
