"""What surely stands right before or right behind a literal of a phrase: a look that spares most patterns."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgpolicy.facts.words.phrases import Group, Literal, Token

# Quotation marks and brackets that may stand around the words of a phrase: reply "stop" is reply stop.
OPENING = "\"'“„«‘("
CLOSING = "\"'”“»’)"
_MARKS = frozenset(OPENING + CLOSING)
# Beyond so many texts the pattern tells as fast.
_MOST = 300


class Ends(NamedTuple):
    """The texts of which one stands there: directly beside the literal, and with a space in between."""

    joined: tuple[str, ...]
    spaced: tuple[str, ...]

    def may_follow(self, text: str, place: int) -> bool:
        """Whether one of them may begin at a place, but for marks."""
        beside = text[place : place + 1]
        if beside == " ":
            return text.startswith(self.spaced, place + 1) or text[place + 1 : place + 2] in _MARKS
        return beside in _MARKS or text.startswith(self.joined, place)

    def may_precede(self, text: str, place: int) -> bool:
        """Whether one of them may end at a place, but for marks."""
        beside = text[place - 1 : place]
        if beside == " ":
            return text.endswith(self.spaced, 0, place - 1) or text[max(place - 2, 0) : place - 1] in _MARKS
        return beside in _MARKS or text.endswith(self.joined, 0, place)


# Alternatives of a group, and phrases of several concepts, have the same around them.
@lru_cache(maxsize=1 << 15)
def beginnings(tokens: tuple[Token, ...]) -> Ends | None:
    """What the tokens begin with; None where that may be anything."""
    return _ends(_texts(tokens, 1))


@lru_cache(maxsize=1 << 15)
def endings(tokens: tuple[Token, ...]) -> Ends | None:
    """What the tokens end with; None where that may be anything."""
    return _ends(_texts(tokens, -1))


def _ends(texts: set[str] | None) -> Ends | None:
    if texts is None:
        return None
    joined = tuple(text for text in texts if text == text.strip())
    return Ends(joined, tuple(text.strip() for text in texts if text != text.strip()))


def _texts(tokens: tuple[Token, ...], step: int) -> set[str] | None:
    """The first texts from the left (step 1) or from the right (-1), those behind a space with it."""
    if not tokens:
        return None
    first, rest = (tokens[0], tokens[1:]) if step > 0 else (tokens[-1], tokens[:-1])
    if isinstance(first, Literal):
        if word := first.text.strip():
            return {f" {word}" if first.text[::step][0] == " " else word}
        behind = _texts(rest, step)
        return None if behind is None else {f" {text.strip()}" for text in behind}
    if not isinstance(first, Group):
        return None
    texts: set[str] = set()
    for option in (*first.options, *[()] * first.optional):
        more = _texts(option + rest if step > 0 else rest + option, step)
        if more is None or len(texts) > _MOST:
            return None
        texts |= more
    return texts
