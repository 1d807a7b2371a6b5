"""Digits that are not simply written as digits: words ("five five five"), letters ("O6O1"), one by one ("5 5 5 - 0").

Gives runs of digits with the plain digits that they stand for; phones.py judges them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data.digit_words import PLUS_WORDS
from msgpolicy.facts.contacts.digit_clusters import GAP, Cluster
from msgpolicy.facts.contacts.view import ContactView

LEAST, MOST = 7, 20
# From so many words for single digits on nothing but a number is meant.
_PLAINLY_SPOKEN = 4


class SpelledRun(NamedTuple):
    """A run of digits and its place in the view; `digits` starts with + where one is written.

    `weak`: it may be something else, unless such a number exists or a word announces it. `grouped`: of letters that
    stand for digits, the digits with the separators between them. `groups`: between words, groups of digits are written
    as such, so that none of them may be a date or the like.
    """

    start: int
    end: int
    digits: str
    weak: bool
    grouped: str = ""
    groups: bool = False


def spelled_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """All runs of digits in disguise, each with its readings: meant is the first that is a number, else the first.

    Runs may overlap. Counting ("1 2 3 4 5 6 7") and repetition are no numbers.
    """
    for readings in _all_runs(view):
        runs = tuple(run for run in readings if not _is_counting(run.digits))
        if runs:
            yield runs


def _all_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    for cluster in view.clusters.found:
        if cluster.digits >= _REAL:
            yield from _single_digits(view.text, cluster)
            yield from _letters(view.text, cluster)
    yield from _words(view)


# A letter or digit of a script that parts words by spaces; a Han letter ends a number as a space does.
_JOINED_TO = r"[\w--[\u0e00-\u0e7f\u3000-\ud7ff]]"
_SINGLE = regex.compile(
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
        yield (SpelledRun(*match.span(), digits, "," in match.group() and digits[0] not in "+0"),)


# What is written for a digit because it looks like it; the bar only beside another.
_LIKE = "OoQIil|ZzSsGbBgq"
_DIGIT_OF = str.maketrans(_LIKE, "0001111225566899")
_MIXED = regex.compile(rf"[0-9][ ./-]?[{_LIKE}]|[{_LIKE}][ ./-]?[0-9]")
_ONE = r"[0-9OoQIilZzSsGbBgq]"
_SOME = rf"(?:{_ONE}|\|(?={_ONE})|(?<={_ONE})\|(?=[ .)-]{{1,2}}{_ONE})){{1,15}}+(?!{_JOINED_TO})"
_LETTERS = regex.compile(
    rf"(?V1)(?<!{_JOINED_TO}|[@.])(?:\+[ (]{{0,2}}+|\()?{_SOME}(?:[ \t()./~·•∙*_-]{{1,3}}+{_SOME}(?!@)){{0,12}}+"
)
_GROUP = regex.compile(rf"[0-9{_LIKE}]+")
# Bars that part groups stand for no digit.
_BARS_BETWEEN = regex.compile(r"\+?[0-9]{3,8}(?:\|[0-9]{3,8})+")
# What no word is.
_CERTAIN = regex.compile(r"[0-9]|(?<![A-Za-z])(?:OO+|oo+)(?![A-Za-z])")
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


class _Token(NamedTuple):
    """Digits in a text, spoken or written; `times` counts for the next ones. `spoken` tells words."""

    start: int
    end: int
    digits: str
    spoken: bool
    times: int = 1


# Between two digits of a number that is read out.
_APART = 6
_BETWEEN = regex.compile(r"[^\w%$€£¥+]{0,2}+[のノ에의之]?[^\w%$€£¥+]{0,6}")
_WRITTEN = regex.compile(r"(?<![0-9])[0-9]{1,8}(?![0-9])|(?<!\w)[oO](?!\w)")
# Japanese particles that sound like digits; no number begins with these.
_PARTICLES = frozenset({"に", "ご"})
_PLUS = regex.compile(rf"(?ri)(?:\+|(?<!\w)(?:{PLUS_WORDS}))[\s,.:/_*·•∙|-]{{0,4}}")


def _words(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """five five five, oh one hundred: language by language, together with digits in between"""
    by_language: dict[str, list[_Token]] = {}
    for word in view.words:
        if word.tag == "digit":
            language, _, digits = word.detail.partition(":")
            by_language.setdefault(language, []).append(_Token(word.start, word.end, digits, True))
        elif word.tag == "repeat":
            language, _, times = word.detail.partition(":")
            by_language.setdefault(language, []).append(_Token(word.start, word.end, "", True, int(times)))
    written: _Written | None = None
    for language, tokens in by_language.items():
        if not any(token.digits for token in tokens):
            continue
        if written is None:
            written = _Written(view.text)
        # A single letter O is a nought in English; elsewhere it is a word.
        own = [token for token in written.beside(tokens) if language == "en" or token.digits.isdigit()]
        for chain in _chains(view.text, sorted([*tokens, *own], key=lambda token: (token.start, -token.end))):
            yield tuple(_read(view.text, chain))


class _Written:
    """The written digits of a text in runs, each with less than _APART between one and the next."""

    def __init__(self, text: str) -> None:
        self._runs: list[list[_Token]] = []
        for match in _WRITTEN.finditer(text):
            token = _Token(*match.span(), match.group(), False)
            if self._runs and token.start - self._runs[-1][-1].end <= _APART:
                self._runs[-1].append(token)
            else:
                self._runs.append([token])
        self._ends = [run[-1].end for run in self._runs]

    def beside(self, spoken: list[_Token]) -> Iterator[_Token]:
        """The runs next to a spoken digit: texts have many numbers, and few of them are read out."""
        taken = 0
        for token in spoken:
            index = max(bisect_left(self._ends, token.start - _APART), taken)
            while index < len(self._runs) and self._runs[index][0].start <= token.end + _APART:
                yield from self._runs[index]
                index += 1
            taken = max(taken, index)


def _chains(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Digits that follow each other with nothing but separators in between; of two at one place the longer."""
    chain: list[_Token] = []
    for token in tokens:
        if chain:
            end = chain[-1].end
            if token.start < end:
                continue
            if token.start - end > _APART or not _BETWEEN.fullmatch(text, end, token.start):
                yield chain
                chain = []
        chain.append(token)
    yield chain


def _read(text: str, chain: list[_Token]) -> Iterator[SpelledRun]:
    """A chain as digits, and without the digits that were written before or behind the words."""
    while chain and not chain[-1].digits:
        chain = chain[:-1]
    while chain and text[chain[0].start : chain[0].end] in _PARTICLES:
        chain = chain[1:]
    spoken = [index for index, token in enumerate(chain) if token.spoken]
    if not spoken:
        return
    groups = any(len(token.digits) > 1 and not token.spoken for token in chain)
    spaced = " " in text[chain[0].start : chain[-1].end]
    plus = _PLUS.match(text, max(chain[0].start - 12, 0), chain[0].start)
    # "17.11.26 um 18:20": "um" is one in Portuguese
    needed = 3 if spaced and not plus and not chain[0].digits.startswith("0") else 2
    if groups and len(spoken) < needed and not _is_inside(chain, spoken):
        return
    weak = sum(len(token.digits) == 1 for token in chain if token.spoken) < _PLAINLY_SPOKEN
    core = chain[spoken[0] : spoken[-1] + 1]
    for tokens in (chain, core) if len(core) < len(chain) else (chain,):
        digits = _joined(tokens)
        if LEAST <= len(digits) <= MOST:
            start, sign = tokens[0].start, ""
            plus = _PLUS.match(text, max(start - 12, 0), start)
            if plus:
                start, sign = plus.start(), "+"
            yield SpelledRun(start, tokens[-1].end, sign + digits, weak or len(tokens) > len(core), groups=groups)


def _is_inside(chain: list[_Token], spoken: list[int]) -> bool:
    """Whether digits are stuck to both sides of a word: "23456seven8"."""
    return any(
        0 < index < len(chain) - 1
        and chain[index - 1].end == chain[index].start
        and chain[index].end == chain[index + 1].start
        for index in spoken
    )


def _joined(tokens: list[_Token]) -> str:
    digits: list[str] = []
    times = 1
    for token in tokens:
        if not token.digits:
            times = token.times
            continue
        said = token.digits.translate(_DIGIT_OF)
        digits += (said[0] * (times - 1), said)
        times = 1
    return "".join(digits)


def _plain(text: str) -> str:
    return regex.sub(r"[^0-9+]", "", text)


def _is_counting(digits: str) -> bool:
    """Whether the digits only count up or down, or repeat one digit."""
    values = [int(char) for char in digits if char.isdigit()]
    if values[:2] == [0, 9]:
        return False
    steps = {(after - before) % 10 for before, after in pairwise(values)}
    return len(steps) == 1 or not values
