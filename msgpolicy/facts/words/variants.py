"""How one phrase is matched: from a literal of it outwards.

Of each phrase one literal is looked for (or, where the rarest part of it is a group, one for each alternative). What
must stand before and after that is a pattern, matched only where the literal was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import randrange
from typing import NamedTuple

import regex

from msgpolicy.facts.views import FoldTable, translated
from msgpolicy.facts.words.packed_patterns import packed_patterns
from msgpolicy.facts.words.phrase_ends import CLOSING, OPENING, Ends, beginnings, endings
from msgpolicy.facts.words.phrases import (
    LETTER,
    Gap,
    Group,
    Joined,
    Literal,
    Number,
    PhraseError,
    Star,
    Stretch,
    Token,
    is_letter,
    spellings,
)

# Code points around a literal within which its phrase must stand.
REACH = 400
# Common abbreviations, with a full stop after which a sentence goes on.
ABBREVIATIONS = "no|nr|ca|inkl|bzw|tel|ul|incl|approx"

# Where a word begins or ends: not between two letters.
_EDGE = rf"(?:(?<!{LETTER})|(?!{LETTER}))"
_OPENED = frozenset(f" {mark}" for mark in OPENING)
_CLOSED = frozenset(f"{mark} " for mark in CLOSING)
# A space of the phrase; where something optional was left out, two of them meet at one space of the text.
_SPACE = rf"(?:[{CLOSING}]?[ ][{OPENING}]?|(?<=[ ][{OPENING}]?)|(?=[ ]))"
# Marks that end a sentence wherever they stand.
FULL_STOPS = "。！？।॥؟۔"
# What may stand between a word and the gap after it, and a word of a gap: a full stop inside it (24.90, 12.05.2026) or
# after a common abbreviation ends no sentence.
_PAUSE = r"[,;:)\"”“»،؛]*+"
_GAP_WORD = rf"(?:[^\s.!?{FULL_STOPS}]++|[.!?](?=[^\s]))++(?:(?<=[ ](?:{ABBREVIATIONS}))\.(?=[ ]))?"
# A literal at least this long is rare enough to be looked for.
_LONG_ENOUGH = 5
# Further parts of a phrase that have to stand near its literal before it is matched.
_COMPANIONS = 2
_SENTENCE_END = regex.compile(rf"[.!?{FULL_STOPS}]")
_SENTENCE_ENDS_INSIDE = regex.compile(rf"(?V1)(?<=[.!?])(?=[ ])|(?<=[{FULL_STOPS}])")

Tokens = tuple[Token, ...]

_WORDS = FoldTable(lambda char: char if is_letter(char) else " ")


def words(text: str) -> str:
    """A text of the phrase view as words between spaces, code point by code point: all that is no letter of a script
    with spaces is a space."""
    return translated(text, _WORDS)


# The same literals stand in many phrases.
_words = lru_cache(maxsize=1 << 15)(words)


class Variant:
    """A phrase seen from one of its literals. What stands around it is a pattern, compiled when it is first needed."""

    __slots__ = (
        "_after",
        "_before",
        "_beginnings",
        "_behind",
        "_endings",
        "_front",
        "literal",
        "space_after",
        "space_before",
    )

    def __init__(self, before: Tokens, literal: str, after: Tokens, language: str) -> None:
        self.literal = literal
        self._before = before
        self._after = after
        self._front = _side(before, language, backwards=True)
        self._behind = _side(after, language, backwards=False)
        self._beginnings: Ends | None = beginnings(after)
        self._endings: Ends | None = endings(before)
        # Whether a space must be there; its absence spares the pattern.
        self.space_before = bool(before) and isinstance(last := before[-1], Literal) and last.text.endswith(" ")
        self.space_after = bool(after) and isinstance(first := after[0], Literal) and first.text.startswith(" ")

    @property
    def lead(self) -> int:
        """Code points before the literal in what is sought."""
        return int((self.space_before or not self._before) and is_letter(self.literal[0]))

    @property
    def sought(self) -> str:
        """The literal as it is looked for among the words of a text (see `words`): with the spaces that surely stand
        beside it there."""
        is_end = self.space_after or not self._after or isinstance(self._after[0], Gap)
        return _words(f"{' ' * self.lead}{self.literal}{' ' * (is_end and is_letter(self.literal[-1]))}")

    def sought_in(self, *, in_words: bool) -> str:
        """The literal as it is looked for among the words of a text, or in the text as it is."""
        return self.sought if in_words else self.literal

    def match(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The whole phrase around its literal at text[start:end], or None."""
        if self.space_before and text[start - 1 : start] != " " and text[max(start - 2, 0) : start] not in _OPENED:
            return None
        if self.space_after and text[end : end + 1] != " " and text[end : end + 2] not in _CLOSED:
            return None
        if not self._before and start and is_letter(text[start]) and is_letter(text[start - 1]):
            return None
        if self._beginnings is not None and not self._beginnings.may_follow(text, end):
            return None
        if self._endings is not None and not self._endings.may_precede(text, start):
            return None
        if self._after:
            after = self._match_after(text, end)
            if after is None:
                return None
            end = after.end()
        elif end < len(text) and is_letter(text[end]) and is_letter(text[end - 1]):
            return None
        if self._before:
            before = self._match_before(text, start)
            if before is None:
                return None
            # Where all that may stand before is absent, the pattern does not see that it is inside a word.
            if before.start() == start and start and is_letter(text[start]) and is_letter(text[start - 1]):
                return None
            start = before.start()
        return start, end

    def _match_before(self, text: str, start: int) -> regex.Match[str] | None:
        return self._front.pattern().match(text, max(start - REACH, 0), start)

    def _match_after(self, text: str, end: int) -> regex.Match[str] | None:
        return self._behind.pattern().match(text, end, end + REACH)


# Patterns that are ready, some 24 KB each; texts in all languages would have several times as many in the end.
MAX_PATTERNS = 4_000


class _Side:
    """What stands before or behind a literal. Its pattern is made when it is needed, and again if it was given up
    because so many others were since then."""

    __slots__ = ("_backwards", "_language", "_pattern", "_tokens")

    def __init__(self, tokens: Tokens, language: str, backwards: bool) -> None:
        self._tokens = tokens
        self._language = language
        self._backwards = backwards
        self._pattern: regex.Pattern[str] | None = None

    def pattern(self) -> regex.Pattern[str]:
        known = self._pattern
        if known is None:
            written = _pattern(self._tokens)
            whole = rf"(?V1r){_EDGE}{written}" if self._backwards else rf"(?V1){written}{_EDGE}"
            known = self._pattern = packed_patterns(self._language).pattern(whole)
            if len(_READY) < MAX_PATTERNS:
                _READY.append(self)
            else:  # whichever: giving up the oldest would give up all in turn, where a few too many are needed again
                place = randrange(MAX_PATTERNS)  # noqa: S311, which one is no secret
                _READY[place]._pattern = None
                _READY[place] = self
        return known


# Those whose pattern is ready. Threads may both make one; then it may be given up too early, and is made again.
_READY: list[_Side] = []


# Alternatives of a group, and phrases of several concepts, have the same around them.
@lru_cache(maxsize=1 << 15)
def _side(tokens: Tokens, language: str, *, backwards: bool) -> _Side:
    return _Side(tokens, language, backwards)


class Spelling(NamedTuple):
    """A phrase in one spelling: seen from its rarest literals, and what else of it must stand near them."""

    variants: tuple[Variant, ...]
    # For each of a few further parts of the phrase: literals of which one stands wherever the phrase does.
    companions: tuple[tuple[Variant, ...], ...]


class Sought(NamedTuple):
    """What is looked for of a phrase in one spelling: texts hold one literal of each part wherever they hold it."""

    # Whether it is looked for among the words of a text (see `words`), else in the text as it is.
    in_words: bool
    # The first part is the one that the phrase is matched from.
    parts: tuple[tuple[str, ...], ...]


# Few of many phrases stand in the texts of one process: those that do are read in full.
@lru_cache(maxsize=1 << 13)
def read_phrase(phrase: str, language: str) -> tuple[Spelling, ...]:
    """The phrase in each of its spellings.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    return tuple(_spelling(tokens, language) for tokens in spellings(phrase, language))


# Rulesets share their lexicons, and what a phrase means depends on nothing else: each is looked at once in a process.
@lru_cache(maxsize=1 << 16)
def sought_of(phrase: str, language: str) -> tuple[Sought, ...]:
    """What is looked for of each spelling of a phrase, in the order of `read_phrase`.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    return tuple(_sought(_spelling(tokens, language)) for tokens in spellings(phrase, language))


def variants(phrase: str, language: str) -> tuple[Variant, ...]:
    """The literals that the phrase is found by, each with what stands around it.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    return tuple(variant for spelling in read_phrase(phrase, language) for variant in spelling.variants)


def check_phrase(phrase: str, language: str) -> str | None:
    """What is wrong with a phrase of a lexicon, or None."""
    try:
        sought_of(phrase, language)
    except PhraseError as error:
        return str(error)
    return None


def _spelling(tokens: Tokens, language: str) -> Spelling:
    anchor = _rarest(tokens)
    companions = []
    if not any(_crosses_sentences(token) for token in tokens):
        lengths = {index: _shortest(token) for index, token in enumerate(tokens) if index != anchor}
        ranked = sorted((index for index in lengths if lengths[index]), key=lambda index: -lengths[index])
        for index in ranked[:_COMPANIONS]:
            around = tokens[max(index - 1, 0) : index], tokens[index + 1 : index + 2]
            companions.append(tuple(_seen_from(around[0], tokens[index], around[1], language)))
    seen = _seen_from(tokens[:anchor], tokens[anchor], tokens[anchor + 1 :], language)
    return Spelling(tuple(seen), tuple(companions))


def _sought(spelling: Spelling) -> Sought:
    in_words = all(variant.sought.strip() for variant in spelling.variants)
    parts = (
        tuple({variant.sought_in(in_words=in_words): None for variant in part})
        for part in (spelling.variants, *spelling.companions)
    )
    return Sought(in_words, tuple(part for part in parts if all(map(str.strip, part))))


def _seen_from(before: Tokens, anchor: Token, after: Tokens, language: str) -> Iterator[Variant]:
    """The phrase (before, anchor, after) seen from a literal of its anchor, or from one of each alternative."""
    if isinstance(anchor, Group):
        for option in anchor.options:
            index = _rarest(option)
            yield from _seen_from(before + option[:index], option[index], option[index + 1 :] + after, language)
    elif isinstance(anchor, Literal):
        text = anchor.text
        if _SENTENCE_END.search(text):  # texts are searched sentence by sentence
            text = max(_SENTENCE_ENDS_INSIDE.split(text), key=len)
        literal = text.strip()
        start = anchor.text.index(text) + text.index(literal)
        left, right = anchor.text[:start], anchor.text[start + len(literal) :]
        sides = (*before, Literal(left)) if left else before, (Literal(right), *after) if right else after
        yield Variant(sides[0], literal, sides[1], language)


def _rarest(tokens: Tokens) -> int:
    """Which token the phrase is looked for by.

    Raises:
        PhraseError: none has a literal.
    """
    best, score = -1, (0, 0)
    for index, token in enumerate(tokens):
        length = _shortest(token)
        rarity = (min(length, _LONG_ENOUGH), 0 if isinstance(token, Group) else length)
        if length and rarity > score:
            best, score = index, rarity
    if best < 0:
        raise PhraseError("has no words")
    return best


def _shortest(token: Token) -> int:
    """Length of the literal that surely stands where this token matches; 0 when there is none."""
    if isinstance(token, Literal):
        return len(token.text.strip())
    if isinstance(token, Group) and not token.optional:
        return min(max(map(_shortest, option)) for option in token.options)
    return 0


def _crosses_sentences(token: Token) -> bool:
    """Whether the phrase may go on after the end of a sentence."""
    if isinstance(token, Literal):
        return _SENTENCE_END.search(token.text) is not None
    return isinstance(token, Group) and any(_crosses_sentences(inner) for option in token.options for inner in option)


def _pattern(tokens: Tokens) -> str:
    out = []
    for token in tokens:
        if isinstance(token, Literal):
            text = token.text.strip()
            start = _SPACE if token.text.startswith(" ") else ""
            out.append(f"{start}{regex.escape(text)}{_SPACE if text and token.text.endswith(' ') else ''}")
        elif isinstance(token, Star):
            out.append(rf"{LETTER}*")
        elif isinstance(token, Number):
            out.append(r"\d+(?:[.,]\d+)*")
        elif isinstance(token, Joined):
            out.append(_joined(token.letters))
        elif isinstance(token, Stretch):
            out.append(rf"[^\n.!?{FULL_STOPS}]{{0,{token.letters}}}?")
        elif isinstance(token, Gap):
            out.append(rf"{_PAUSE}(?:[ ]{_GAP_WORD}){{0,{token.words}}}")
        else:
            options = "|".join(_options(token.options))
            out.append(f"(?:{options})" + ("?" if token.optional else ""))
    return "".join(out)


def _options(options: tuple[Tokens, ...]) -> Iterator[str]:
    """Patterns of alternatives; what may be joined to the front of many of them is written once."""
    together: dict[str, list[str]] = {}
    for option in options:
        joined = _joined(option[0].letters) if isinstance(option[0], Joined) else ""
        together.setdefault(joined, []).append(_pattern(option[1:] if joined else option))
    for joined, patterns in together.items():
        yield f"{joined}(?:{'|'.join(patterns)})" if joined else "|".join(patterns)


def _joined(letters: int) -> str:
    """What may be joined to the front of an Arabic word: and, so; with, for, as, the, on the, this; will and the like.

    The shorter the word, the more of it would only look joined (كان, "was", is no "as that").
    """
    if letters <= 2:
        return "[وف]?"
    if letters == 3:
        return "[وف]?(?:ال|لل|بال|[بل])?"
    return "[وف]?(?:ال|لل|بال|كال|عال|هال|[بلك]|[سهح](?=[يتنا]))?"
