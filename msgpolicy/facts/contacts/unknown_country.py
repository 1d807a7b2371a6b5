"""Phone numbers in the notation of a country that nobody names, and that no word announces.

Almost any digits are a number somewhere, so that plans of numbers tell nothing. What tells is how the number stands in
the text: behind a question or a farewell, for itself, and in groups that are no years, sizes or round amounts.
"""

from __future__ import annotations

from itertools import pairwise

from msgpolicy.facts.contacts.labels import Labels, is_link
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

# Digits of a number that is dialled inside a country.
_LEAST, _MOST = 7, 12
# From so many digits on, in so many groups, what stands for itself is a phone number without any word for one.
_MANY, _GROUPS = 8, 3
# How far before a number, and behind it, a word that invites may stand.
_BEFORE, _AFTER = 60, 30

_GROUP = regex_later(r"[0-9]+")
_GAPS = regex_later(r"[^0-9]+")
_YEAR_OR_ROUND = regex_later(r"(?:19|20)\d\d|\d+00|0{1,3}")
_OPENS = regex_later(r"(?r)(?:[\n:,;(|•·?!.\u2013\u2014。、，：；？！؟،।]|(?<!\w)-)[ \t\"'«“]*+")
_CLOSES = regex_later(r"[ \t\"'»”]*+(?:$|[\n.,;:)!?|•·\u2013\u2014。、，：；？！؟،।]|-(?!\w))")
# A name does not say what digits are.
_WORD_BEFORE = regex_later(r"(?r)(?<!\p{L})\p{Ll}+[ \t]+")
# A line of its own below the last words, where people sign.
_SIGNED, _ENDS = regex_later(r"(?r)\p{L}[^\n\p{L}0-9]{0,10}\n[ \t]*+"), regex_later(r"\s*+$")
# Scripts without spaces, where particles stand beside a number.
_PARTICLE = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_PARTICLE_BEFORE, _PARTICLE_BEHIND = regex_later(rf"(?r){_PARTICLE} ?"), regex_later(rf" ?{_PARTICLE}")
_ASKED = regex_later(r"(?r)[?？؟][\s\"'(:–—-]*+")


class Bystanders:
    """The words of a view that invite to get in touch: "questions", "help", "kind regards", "call"."""

    __slots__ = ("_invites", "_text")

    def __init__(self, view: ContactView) -> None:
        self._text = view.text
        self._invites = Labels(view, lambda word: word.tag in ("invites", "phone"))

    def confidence(self, start: int, end: int) -> float:
        """How sure it is that the digits of a span are meant as a phone number; 0 for no."""
        groups = _GROUP.findall(self._text, start, end)
        digits = sum(map(len, groups))
        if not _LEAST <= digits <= _MOST or not _may_be_dialled(self._text[start:end], groups):
            return 0.0
        opens, closes = _OPENS.match(self._text, 0, start), _CLOSES.match(self._text, end)
        if not (closes or self._has_particles(start, end)) or self._is_said_to_be(start):
            return 0.0
        ends = bool(_ENDS.match(self._text, end))
        if self._invited(start, end) or (ends and _SIGNED.match(self._text, 0, start)):
            return 0.65
        return 0.5 if opens and digits >= _MANY and (ends or len(groups) >= _GROUPS) else 0.0

    def _is_said_to_be(self, start: int) -> bool:
        """Whether a word right before says what the digits are: "size 1200 1500", but not "at 1200 1500"."""
        word = _WORD_BEFORE.match(self._text, max(start - 30, 0), start)
        return word is not None and not is_link(word.group())

    def _invited(self, start: int, end: int) -> bool:
        if _ASKED.match(self._text, max(start - 6, 0), start):
            return True
        return self._invites.near(start, end, _BEFORE, _AFTER) is not None

    def _has_particles(self, start: int, end: int) -> bool:
        """Whether particles stand on both sides, as they do in scripts without spaces."""
        return bool(_PARTICLE_BEFORE.match(self._text, 0, start) and _PARTICLE_BEHIND.match(self._text, end))


def may_be_sizes(groups: list[str]) -> bool:
    """Short groups of which each is greater than the one before: 34 36 38 40."""
    return max(map(len, groups)) < 4 and all(int(before) < int(after) for before, after in pairwise(groups))


def _may_be_dialled(written: str, groups: list[str]) -> bool:
    """Whether digits stand in groups of one kind of gap that are no years, round amounts, sizes or single digits."""
    gaps = {gap.strip() or " " for gap in _GAPS.findall(written)} - {"(", ")"}
    return (
        1 < len(groups) < 6
        and len(gaps) <= 2
        and max(map(len, groups)) > 1
        and not all(_YEAR_OR_ROUND.fullmatch(group) for group in groups)
        and not may_be_sizes(groups)
    )
