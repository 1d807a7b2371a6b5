"""Digits that are not simply written as digits: letters ("O6O1"), one by one ("5 5 5 - 0").

Gives runs of digits with the plain digits that they stand for; phones.py judges them. Words: read_out.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.digit_clusters import GAP, Cluster
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

LEAST, MOST = 7, 20
# From so many on, other numbers seldom are as long.
MANY = 9


class SpelledRun(NamedTuple):
    """A run of digits and its place in the view; `digits` starts with + where one is written.

    `weak`: it may be something else, unless such a number exists or a word announces it. `listed`: it may be a list of
    amounts, unless a telephone is spoken of. `grouped`: of letters that
    stand for digits, the digits with the separators between them. `groups`: between words, groups of digits are written
    as such, so that none of them may be a date or the like.
    """

    start: int
    end: int
    digits: str
    weak: bool
    grouped: str = ""
    groups: bool = False
    listed: bool = False


def spelled_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """All runs of digits in disguise, each with its readings: meant is the first that is a number, else the first.

    Runs may overlap.
    """
    for cluster in view.clusters.found:
        if cluster.digits >= _REAL:
            yield from _single_digits(view.text, cluster)
            yield from _letters(view.text, cluster)


# A letter or digit of a script that parts words by spaces; a Han letter ends a number as a space does.
_JOINED_TO = r"[\w--[\u0e00-\u0e7f\u3000-\ud7ff]]"
_SINGLE = regex_later(
    rf"(?V1)(?<!{_JOINED_TO}|[.,])(?:\+[ _.,/*·•∙|-]{{0,4}}+)?[0-9](?:[ \t_.,/*·•∙|()-]{{1,4}}+[0-9]){{6,19}}"
    rf"(?!{_JOINED_TO}|[.,]\d)"
)


def _single_digits(text: str, cluster: Cluster) -> Iterator[tuple[SpelledRun, ...]]:
    """5 5 5 - 0 1 0 0"""
    if cluster.digits < LEAST:
        return
    for match in _SINGLE.finditer(text, max(cluster.start - GAP, 0), cluster.end + 2):
        digits = _plain(match.group())
        # "5, 4, 5, 3" may be what people gave.
        listed = "," in match.group() and digits[0] not in "+0"
        yield (SpelledRun(*match.span(), digits, listed, listed=listed),)


# What is written for a digit because it looks like it; the bar only beside another.
_LIKE = "OoQIil|ZzSsGbBgq"
_DIGIT_OF = str.maketrans(_LIKE, "0001111225566899")
_MIXED = regex_later(rf"[0-9][ ./-]?[{_LIKE}]|[{_LIKE}][ ./-]?[0-9]")
_ONE = r"[0-9OoQIilZzSsGbBgq]"
_SOME = rf"(?:{_ONE}|\|(?={_ONE})|(?<={_ONE})\|(?=[ .)-]{{1,2}}{_ONE})){{1,15}}+(?!{_JOINED_TO})"
_LETTERS = regex_later(
    rf"(?V1)(?<!{_JOINED_TO}|[@.])(?:\+[ (]{{0,2}}+|\()?{_SOME}(?:[ \t()./~·•∙*_-]{{1,3}}+{_SOME}(?!@)){{0,12}}+"
)
_GROUP = regex_later(rf"[0-9{_LIKE}]+")
# Bars that part groups stand for no digit.
_BARS_BETWEEN = regex_later(r"\+?[0-9]{3,8}(?:\|[0-9]{3,8})+")
# What no word is.
_CERTAIN = regex_later(r"[0-9]|(?<![A-Za-z])(?:OO+|oo+)(?![A-Za-z])")
# Digits that stay digits, at least; others would read numbers into words.
_REAL = 3
# Groups of nothing but letters at an edge that may be digits.
_EDGE = 2


def _letters(text: str, cluster: Cluster) -> Iterator[tuple[SpelledRun, ...]]:
    """O6O1 234 567"""
    start, end = max(cluster.start - 2 * GAP, 0), cluster.end + 2 * GAP
    if not _MIXED.search(text, start, end):
        return
    for match in _LETTERS.finditer(text, start, end):
        if _may_be_number(match.group()) and not _BARS_BETWEEN.fullmatch(match.group()):
            runs = (_as_digits(text, *span) for span in _without_words(text, *match.span()))
            yield tuple(run for run in runs if LEAST <= len(run.digits) <= MOST)


def _may_be_number(written: str) -> bool:
    real = sum(map(str.isdigit, written))
    fake = sum(char in _LIKE for char in written)
    return 0 < 2 * fake <= 3 * real and real >= _REAL


def _without_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span that ends with its first and last group of digits, then with groups of letters at its edges, up to all.

    "so 0I7 6l2 345 I": the letters at the edges may be words of the sentence around it.
    """
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    certain = [index for index, span in enumerate(groups) if _CERTAIN.search(text, *span)]
    first = 0 if text[start] == "+" else max(certain[0] - _EDGE, 0)
    last = min(certain[-1] + _EDGE, len(groups) - 1)
    starts = [start if index == 0 else groups[index][0] for index in range(first, certain[0] + 1)]
    if text[start] == "+":
        starts = [start]
    for stop in range(certain[-1], last + 1):
        for begin in reversed(starts):
            yield begin, groups[stop][1]


def _as_digits(text: str, start: int, end: int) -> SpelledRun:
    grouped = text[start:end].translate(_DIGIT_OF)
    return SpelledRun(start, end, _plain(grouped), True, grouped)


def _plain(text: str) -> str:
    return regex.sub(r"[^0-9+]", "", text)


def begins_to_count(digits: str) -> bool:
    """Whether the first digits count up, as in a list of steps."""
    values = [int(char) for char in digits[:_COUNTED] if char.isdigit()]
    return values[0] > 0 and values == [*range(values[0], values[0] + _COUNTED)]


# So many digits in a row tell that somebody counts.
_COUNTED = 6


def is_counting(digits: str) -> bool:
    """Whether the digits only count up or down, or repeat one digit."""
    values = [int(char) for char in digits if char.isdigit()]
    if not values:
        return True
    if values[:2] == [0, 9]:
        return False
    steps = {(after - before) % 10 for before, after in pairwise(values)}
    return len(steps) == 1
