"""Finds the phrases of one language in a text, many thousand at once.

A text is cut into pieces, sentence by sentence. One scan finds the literals in a piece. A phrase is a candidate there
where each of a few of its parts has a literal in the piece: that is told for all phrases at once, with a bit for each
phrase XX"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

import regex

from msgpolicy.facts.limits import MAX_CANDIDATES, TooLargeError
from msgpolicy.facts.words.variants import ABBREVIATIONS, FULL_STOPS, REACH, Spelling, Variant, read_phrase, words
from msgpolicy.scan import Scanner

Span = tuple[int, int]
# A phrase seen from one literal: how, and how many code points stand before the literal in what was found.
_Seen = tuple[Variant, int]
# What is seen from literals, and where in the text each was found: two lists of the same length.
Candidates = tuple[list[list[_Seen]], list[int]]
Key = TypeVar("Key")

# Where no phrase goes on, but those that have such a sign themselves.
_END = regex.compile(rf"\n|[{FULL_STOPS}]|(?<![ ](?:{ABBREVIATIONS}))[.!?](?=\s)")
# Parts of a phrase that are looked for.
_PARTS = 3
# Code points before and after its literal within which all of a phrase stands. A literal is shorter than REACH.
_NEAR = 2 * REACH


class PhraseText:
    """A text of the phrase view in which phrases are looked for, and how many candidates it has so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.candidates = 0
        # The numbers of the pieces that end because they are long.
        self.cut: set[int] = set()

    @cached_property
    def ends(self) -> list[int]:
        """Where each piece ends; one begins where the one before it ends. No phrase stands in two, unless it has a sign
        of a sentence's end itself, or the first was `cut`."""
        ends: list[int] = []
        start = 0
        for end in (*(match.end() for match in _END.finditer(self.text)), len(self.text)):
            if end - start > _NEAR:
                pieces = range(start + _NEAR, end, _NEAR)
                self.cut.update(range(len(ends), len(ends) + len(pieces)))
                ends += pieces
            ends.append(end)
            start = end
        return ends

    # What literals are looked for in, with a space before the start and after the end.

    @cached_property
    def words(self) -> str:
        return f" {words(self.text)} "

    @cached_property
    def letters(self) -> str:
        return f" {self.text} "


def matched(text: str, candidates: Candidates) -> set[Span]:
    """Where the candidates do stand in the text."""
    spans = set()
    for seen, place in zip(*candidates, strict=True):
        for variant, lead in seen:
            start = place + lead
            # Punctuation inside the literal was not looked at so far.
            if text.startswith(variant.literal, start):
                span = variant.match(text, start, start + len(variant.literal))
                if span is not None:
                    spans.add(span)
    return spans


class PhraseSearch(Generic[Key]):
    """The phrases of a language, each with a key. Immutable, safe between threads."""

    def __init__(self, phrases: Iterable[tuple[Key, str]], language: str) -> None:
        """
        Raises:
            PhraseError: a phrase cannot be read.
        """
        spaced: list[tuple[Key, Spelling]] = []
        unspaced: list[tuple[Key, Spelling]] = []
        for key, phrase in phrases:
            for spelling in read_phrase(phrase, language):
                in_words = all(variant.sought.strip() for variant in spelling.variants)
                (spaced if in_words else unspaced).append((key, spelling))
        self._spaced = _Index(spaced, in_words=True) if spaced else None
        self._unspaced = _Index(unspaced, in_words=False) if unspaced else None

    def candidates(self, text: PhraseText, spans: Iterable[Span]) -> Mapping[Key, Candidates]:
        """By key what is to be matched in some lines of a text; the same may be there twice.

        Raises:
            TooLargeError: there are more than MAX_CANDIDATES in the text.
        """
        found: dict[Key, Candidates] = defaultdict(lambda: ([], []))
        for start, end in spans:
            if self._spaced is not None:
                self._spaced.collect(text, text.words, start, end, found)
            if self._unspaced is not None:
                self._unspaced.collect(text, text.letters, start, end, found)
        return found


class _Index(Generic[Key]):
    """Phrases by the literals of their parts.

    A number has a bit for each phrase and part: phrase 2's part 1 is bit 2 + 1 * (number of phrases).
    """

    def __init__(self, phrases: Sequence[tuple[Key, Spelling]], *, in_words: bool) -> None:
        self._keys = [key for key, _ in phrases]
        self._count = len(phrases)
        # The bits of the parts that phrases do not have.
        self._absent = 0
        # By literal: the bits of what it is a literal of; and the phrases that are matched from it.
        parts: dict[str, int] = {}
        anchored: dict[str, dict[int, list[_Seen]]] = {}
        for index, (_, spelling) in enumerate(phrases):
            for variant in spelling.variants:
                sought, lead = (variant.sought, variant.lead) if in_words else (variant.literal, 0)
                anchored.setdefault(sought, {}).setdefault(index, []).append((variant, lead))
            sought_of = [
                {variant.sought if in_words else variant.literal for variant in part}
                for part in (spelling.variants, *spelling.companions)
            ]
            listed = [part for part in sought_of if all(map(str.strip, part))]
            for number in range(_PARTS):
                bit = 1 << (index + number * self._count)
                if number >= len(listed):
                    self._absent |= bit
                    continue
                for literal in listed[number]:
                    parts[literal] = parts.get(literal, 0) | bit
        self._scanner = Scanner(parts)
        self._parts = list(parts.values())
        self._anchored = [anchored.get(literal, {}) for literal in parts]
        self._anchors = [sum(1 << index for index in by_phrase) for by_phrase in self._anchored]
        # How far before the end of what is found stands its last code point that is no space.
        self._last = [len(literal) - len(literal.rstrip()) + 1 for literal in parts]

    def collect(self, text: PhraseText, scanned: str, start: int, end: int, into: dict[Key, Candidates]) -> None:
        """Adds the candidates in lines of a text; `scanned` is it with one more code point at either end."""
        found = self._scanner.find(scanned[start : end + 2])
        # Of each piece that has literals its number, the bits of all their parts, and where they end in `found`.
        numbers: list[int] = []
        presents: list[int] = []
        stops: list[int] = []
        ends, parts, last = text.ends, self._parts, self._last
        piece_end, present = -1, self._absent
        for count, (literal, _, after) in enumerate(found):
            at = start + after - 1 - last[literal]
            if at >= piece_end:
                if numbers:
                    presents.append(present)
                    stops.append(count)
                numbers.append(bisect_right(ends, at))
                piece_end, present = ends[numbers[-1]], self._absent
            present |= parts[literal]
        presents.append(present)
        stops.append(len(found))
        first = 0
        same, candidates = 0, 0
        for index, number in enumerate(numbers):
            present = presents[index]
            # What of a long piece was cut off before and after may hold other parts of the same phrase.
            if index and numbers[index - 1] == number - 1 and number - 1 in text.cut:
                present |= presents[index - 1]
            if index + 1 < len(numbers) and numbers[index + 1] == number + 1 and number in text.cut:
                present |= presents[index + 1]
            if present != same:  # a flood has the same in all pieces
                same, candidates = present, self._candidates(present)
            if candidates:
                for literal, place, _ in found[first : stops[index]]:
                    chosen = candidates & self._anchors[literal]
                    while chosen:
                        phrase = chosen.bit_length() - 1
                        chosen ^= 1 << phrase
                        seen, places = into[self._keys[phrase]]
                        seen.append(self._anchored[literal][phrase])
                        places.append(start - 1 + place)
                        text.candidates += 1
                if text.candidates > MAX_CANDIDATES:
                    raise TooLargeError(f"more than {MAX_CANDIDATES:,} places to look for phrases at")
            first = stops[index]

    def _candidates(self, present: int) -> int:
        """The phrases, a bit for each, of which every part is present."""
        candidates = (1 << self._count) - 1
        for number in range(_PARTS):
            candidates &= present >> (number * self._count)
        return candidates
