"""What the rewordings of addresses have in common: their shape, and how it is told that a host ends."""

from __future__ import annotations

from typing import NamedTuple

from msgpolicy.later import regex_later


class Rewording(NamedTuple):
    """A span of a contact view, and what is meant there; never nothing."""

    start: int
    end: int
    text: str


# What no sentence goes on with in which "com" is the Portuguese word, or "de" the Spanish one.
_CLAUSE_ENDS = regex_later(
    r"[^\S\n]*+(?:$|\n|[^\p{L}\d\s]|[\u0370-\u1dff\u2e80-\uffff]|(?<=\s)(?:has|have|is|for|and|or|to|if|we|you|there|"
    r"they|in|on|was|will|can|which|that|the|where|when|with|from|sells|offers|now|today|then|but|this|our|my|please|"
    r"pls|thanks|und|für|oder|hat|gibt|ist|dort|wo|findest|finden|schauen|einfach)(?!\w))"
)


def ends_clause(text: str, place: int) -> bool:
    """Whether a clause ends at a place, or goes on in a language in which the ending before is no word."""
    return _CLAUSE_ENDS.match(text, place) is not None


def is_telling(label: str) -> bool:
    """Whether a word is hardly one of a sentence, so that it may name a host."""
    return "-" in label.strip("-") or any(map(str.isdigit, label))
