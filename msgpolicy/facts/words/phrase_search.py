"""Finds the phrases of one language in a text, many thousand at once.

A text is cut into pieces, sentence by sentence. One scan finds the literals in a piece. A phrase is a candidate there
where each of a few of its parts has a literal in the piece: that is told for all phrases at once, with a bit for each
phrase. Which phrases are looked for by which literals is an `Index`; how one is matched is read when it is a candidate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

from msgpolicy.facts.limits import MAX_CANDIDATES, TooLargeError
from msgpolicy.facts.words.variants import (
    ABBREVIATIONS,
    FULL_STOPS,
    REACH,
    Sought,
    Variant,
    sought_of,
    variants,
    words,
)
from msgpolicy.scan import Scanner

Span = tuple[int, int]
# A phrase seen from one literal: how, and how many code points stand before the literal in what was found.
_Seen = tuple[Variant, int]
# What is seen from literals, and where in the text each was found: two lists of the same length.
Candidates = tuple[list[list[_Seen]], list[int]]
Key = TypeVar("Key")
# Which literal of a piece, what is seen from it, and where that is gathered.
_Anchored = tuple[int, list[_Seen], Candidates]
Count = Annotated[int, Meta(ge=0)]

# Where no phrase goes on, but those that have such a sign themselves; the phrase view has no other white space.
# Python's own engine is the faster one here, with a set to begin with.
_NO_ABBREVIATION = "".join(rf"(?<![ ]{word}.)" for word in ABBREVIATIONS.split("|"))
_END = re.compile(rf"[\n.!?{FULL_STOPS}](?:(?<=[\n{FULL_STOPS}])|(?=[ \n]){_NO_ABBREVIATION})")
# Parts of a phrase that are looked for.
_PARTS = 3
# Different pieces of a text whose candidates are remembered.
_KNOWN = 1000
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


def matched(text: str, candidates: Candidates, most: int | None = None) -> set[Span]:
    """Where the candidates do stand in the text; only `most` places, and one more, if there are more."""
    spans: set[Span] = set()
    for seen, place in zip(*candidates, strict=True):
        for variant, lead in seen:
            start = place + lead
            # Punctuation inside the literal was not looked at so far.
            if text.startswith(variant.literal, start):
                span = variant.match(text, start, start + len(variant.literal))
                if span is not None:
                    spans.add(span)
        if most is not None and len(spans) > most:
            break
    return spans


_LITERAL = itemgetter(0)


def _near(numbers: Sequence[int], index: int, cut: Set[int]) -> Iterator[int]:
    """Which of the pieces with these numbers stand beside one of them in the same sentence."""
    number = numbers[index]
    if index and numbers[index - 1] == number - 1 and number - 1 in cut:
        yield index - 1
    if index + 1 < len(numbers) and numbers[index + 1] == number + 1 and number in cut:
        yield index + 1


class Index(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Phrases by the literals of their parts: all that is looked for before any of them is read.

    A number has a bit for each spelling and part: spelling 2's part 1 is bit 2 + 1 * (number of spellings).
    """

    # Of which phrase each spelling is.
    phrases: list[Count]
    literals: list[Annotated[str, Meta(min_length=1)]]
    # The bits of what each literal is a literal of.
    parts: list[Annotated[list[Count], Meta(min_length=1)]]
    # The bits of the parts that spellings do not have, as a number, the lowest byte first.
    absent: bytes

    def fits(self, phrases: int) -> bool:
        """Whether it can be an index of so many phrases."""
        bits = _PARTS * len(self.phrases)
        return (
            bool(self.literals)
            and len(self.literals) == len(self.parts)
            and len(set(self.literals)) == len(self.literals)
            and max(map(max, self.parts)) < bits
            and max(self.phrases) < phrases
            and len(self.absent) == bits // 8 + 1
        )


class Indexes(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The phrases of a language that are looked for among the words of a text, and those in the text as it is."""

    spaced: Index | None
    unspaced: Index | None

    def fit(self, phrases: int) -> bool:
        """Whether they can be of so many phrases."""
        return all(index.fits(phrases) for index in (self.spaced, self.unspaced) if index)


def index_phrases(phrases: Iterable[str], language: str) -> Indexes:
    """What is looked for to find phrases.

    Raises:
        PhraseError: a phrase cannot be read.
    """
    spaced: list[tuple[int, Sought]] = []
    unspaced: list[tuple[int, Sought]] = []
    for phrase, text in enumerate(phrases):
        for sought in sought_of(text, language):
            (spaced if sought.in_words else unspaced).append((phrase, sought))
    return Indexes(_index(spaced) if spaced else None, _index(unspaced) if unspaced else None)


def _index(listed: Sequence[tuple[int, Sought]]) -> Index:
    parts: dict[str, list[int]] = {}
    absent = 0
    for index, (_, sought) in enumerate(listed):
        for number in range(_PARTS):
            bit = index + number * len(listed)
            if number >= len(sought.parts):
                absent |= 1 << bit
                continue
            for literal in sought.parts[number]:
                parts.setdefault(literal, []).append(bit)
    return Index(
        phrases=[phrase for phrase, _ in listed],
        literals=list(parts),
        parts=list(parts.values()),
        absent=absent.to_bytes(_PARTS * len(listed) // 8 + 1, "little"),
    )


class PhraseSearch(Generic[Key]):
    """The phrases of a language, each with a key. Immutable, safe between threads."""

    def __init__(self, phrases: Iterable[tuple[Key, str]], language: str, indexes: Indexes | None = None) -> None:
        """`indexes` are those of the phrases, where they were made before.

        Raises:
            PhraseError: a phrase cannot be read.
        """
        listed = tuple(phrases)
        if indexes is None:
            indexes = index_phrases((phrase for _, phrase in listed), language)
        spaced, unspaced = indexes.spaced, indexes.unspaced
        self._spaced = _Scan(spaced, listed, language, in_words=True) if spaced else None
        self._unspaced = _Scan(unspaced, listed, language, in_words=False) if unspaced else None

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


class _Bits(dict[int, int]):
    """By literal the bits of its parts, made when it is first found: most never are."""

    def __init__(self, parts: Sequence[Sequence[int]]) -> None:
        self._listed = parts

    def __missing__(self, literal: int) -> int:
        bits = 0
        for bit in self._listed[literal]:
            bits |= 1 << bit
        self[literal] = bits
        return bits


class _Scan(Generic[Key]):
    """Finds the candidates of an index. What is found for the first time is read then."""

    def __init__(self, index: Index, phrases: Sequence[tuple[Key, str]], language: str, *, in_words: bool) -> None:
        self._phrases = [phrases[phrase] for phrase in index.phrases]
        self._language = language
        self._in_words = in_words
        self._literals = index.literals
        self._count = len(index.phrases)
        self._every = (1 << self._count) - 1
        self._absent = int.from_bytes(index.absent, "little")
        self._scanner = Scanner(index.literals)
        self._parts = _Bits(index.parts)
        self._seen: dict[tuple[int, int], list[_Seen]] = {}
        # How far before the end of what is found stands its last code point that is no space.
        self._last = [len(literal) - len(literal.rstrip()) + 1 for literal in index.literals]

    def _seen_from(self, literal: int, index: int) -> list[_Seen]:
        """How the phrase of a spelling is seen from a literal."""
        known = self._seen.get((literal, index))
        if known is None:
            sought = self._literals[literal]
            known = self._seen[literal, index] = [
                (variant, variant.lead if self._in_words else 0)
                for variant in variants(self._phrases[index][1], self._language)
                if variant.sought_in(in_words=self._in_words) == sought
            ]
        return known

    def collect(self, text: PhraseText, scanned: str, start: int, end: int, into: dict[Key, Candidates]) -> None:
        """Adds the candidates in lines of a text; `scanned` is it with one more code point at either end."""
        found = self._of_candidates(self._scanner.find(scanned[start : end + 2]))
        # What the same literals give in one piece they give in all; a flood repeats itself.
        known: dict[tuple[int, ...], list[_Anchored]] = {}
        presents: dict[tuple[int, ...], int] = {}
        listed = list(map(_LITERAL, found))
        numbers, firsts = self._pieces(text, found, start)
        for index, (first, behind) in enumerate(pairwise(firsts)):
            literals = tuple(listed[first:behind])
            # What of a long piece was cut off before and after may hold other parts of the same phrase.
            near = (
                [tuple(listed[slice(*firsts[i : i + 2])]) for i in _near(numbers, index, text.cut)] if text.cut else []
            )
            anchored = None if near else known.get(literals)
            if anchored is None:
                present = 0
                for each in (literals, *near):
                    present |= self._present(each, presents)
                anchored = list(self._anchored(literals, self._candidates(present), into))
                if not near and len(known) < _KNOWN:
                    known[literals] = anchored
            if anchored:
                for offset, variants_seen, (seen, places) in anchored:
                    seen.append(variants_seen)
                    places.append(start - 1 + found[first + offset][1])
                text.candidates += len(anchored)
                if text.candidates > MAX_CANDIDATES:
                    raise TooLargeError(f"more than {MAX_CANDIDATES:,} places to look for phrases at")

    def _of_candidates(self, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """What of the literals that were found belongs to spellings of which every part is somewhere."""
        parts = {literal: self._parts[literal] for literal in set(map(_LITERAL, found))}
        present = self._absent
        for bits in parts.values():
            present |= bits
        candidates = self._candidates(present)
        if not candidates:
            return []
        wanted = candidates
        for number in range(1, _PARTS):
            wanted |= candidates << (number * self._count)
        kept = {literal for literal, bits in parts.items() if bits & wanted}
        return found if len(kept) == len(parts) else [item for item in found if item[0] in kept]

    def _pieces(self, text: PhraseText, found: list[tuple[int, int, int]], start: int) -> tuple[list[int], list[int]]:
        """The numbers of the pieces of a text that have literals, and which literal is the first of each; behind it all
        how many there are."""
        ends, last = text.ends, self._last
        numbers: list[int] = []
        firsts: list[int] = []
        number, piece_end = -1, -1
        for count, (literal, _, after) in enumerate(found):
            at = start + after - 1 - last[literal]
            if at >= piece_end:
                number += 1
                if number == 0 or at >= ends[number]:
                    number = bisect_right(ends, at)
                piece_end = ends[number]
                numbers.append(number)
                firsts.append(count)
        firsts.append(len(found))
        return numbers, firsts

    def _present(self, literals: tuple[int, ...], known: dict[tuple[int, ...], int]) -> int:
        """The bits of all parts that some literals are literals of."""
        present = known.get(literals)
        if present is None:
            present = self._absent
            for literal in set(literals):
                present |= self._parts[literal]
            if len(known) < _KNOWN:
                known[literals] = present
        return present

    def _anchored(self, literals: Sequence[int], candidates: int, into: dict[Key, Candidates]) -> Iterator[_Anchored]:
        """From which literals of a piece which candidates are matched."""
        if not candidates:
            return
        for offset, literal in enumerate(literals):
            chosen = candidates & self._parts[literal]
            while chosen:
                spelling = chosen.bit_length() - 1
                chosen ^= 1 << spelling
                yield offset, self._seen_from(literal, spelling), into[self._phrases[spelling][0]]

    def _candidates(self, present: int) -> int:
        """The spellings, a bit for each, of which every part is present."""
        candidates = self._every
        for number in range(_PARTS):
            candidates &= present >> (number * self._count)
        return candidates
