"""Which phrases of a list are covered by others: whatever they match, another one matches as a whole.

A phrase is written out in all the texts that it stands for, as far as they can be told apart: each alternative, a gap
of every length, a star with and without further letters. It is covered when others match all of each text.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import islice, product

from msgpolicy.facts.words.phrases import Gap, Group, Joined, Literal, Number, Stretch, Token, spellings
from msgpolicy.facts.words.variants import Variant, variants
from msgpolicy.scan import Scanner

# Texts that one phrase is written out in; what has more is not looked at.
MAX_TEXTS = 300

# A word and letters that no phrase has, for what stands in a gap or for a star.
_WORD = "xqzx"
_NUMBERS = ("7", "12.50")


def covered(phrases: Sequence[str], language: str) -> dict[int, int]:
    """The index of each phrase that others cover, with that of one that matches its first text.

    Of phrases that cover each other the last ones are named, so that those which are not named match all the same.

    Raises:
        PhraseError: one of them cannot be read.
    """
    by_literal: dict[str, list[tuple[int, Variant]]] = {}
    for index, phrase in enumerate(phrases):
        for variant in variants(phrase, language):
            by_literal.setdefault(variant.literal, []).append((index, variant))
    entries = list(by_literal.values())
    scanner = Scanner(by_literal)
    found: dict[int, int] = {}
    for index in reversed(range(len(phrases))):
        first: int | None = None
        for text in _texts(phrases[index], language):
            other = next(_matching(text, scanner, entries, {index, *found}), None)
            if other is None:
                first = None
                break
            if first is None:
                first = other
        if first is not None:
            found[index] = first
    return found


def _matching(
    text: str, scanner: Scanner, entries: Sequence[Sequence[tuple[int, Variant]]], without: Container[int]
) -> Iterator[int]:
    """The phrases, but some, that match all of a text."""
    for literal, start, end in scanner.find(text):
        for index, variant in entries[literal]:
            if index not in without and variant.match(text, start, end) == (0, len(text)):
                yield index


def _texts(phrase: str, language: str) -> Sequence[str]:
    """The texts that a phrase stands for; none where they are too many."""
    texts: dict[str, None] = {}
    for tokens in spellings(phrase, language):
        for text in islice(_written_out(tokens), MAX_TEXTS + 1):
            texts[" ".join(text.split())] = None
    return [] if len(texts) > MAX_TEXTS else list(texts)


def _written_out(tokens: Sequence[Token]) -> Iterator[str]:
    # Products are made of lists: each token's own are bounded, and what is taken of the product is.
    return ("".join(parts) for parts in product(*(_options(token) for token in tokens)))


def _options(token: Token) -> list[str]:
    if isinstance(token, Literal):
        return [token.text]
    if isinstance(token, Number):
        return list(_NUMBERS)
    if isinstance(token, Joined):
        return [""]
    if isinstance(token, Gap):
        return [f" {_WORD}" * count for count in range(token.words + 1)]
    if isinstance(token, Stretch):
        return ["", "的" * token.letters]
    if isinstance(token, Group):
        texts = [text for option in token.options for text in islice(_written_out(option), MAX_TEXTS + 1)]
        return [*texts, ""] if token.optional else texts
    return ["", _WORD]
