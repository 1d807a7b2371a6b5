"""Digits that are not simply written as digits: words ("five five five"), letters ("O6O1"), one by one ("5 5 5 - 0").

Gives runs of seven digits and more with the plain digits that they stand for; phones.py judges them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.digit_clusters import Cluster
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.contacts.words import Word

LEAST = 7


class SpelledRun(NamedTuple):
    """A run of digits and its place in the view; `digits` starts with + where one is written."""

    start: int
    end: int
    digits: str


def spelled_runs(view: ContactView) -> Iterator[SpelledRun]:
    """All runs of digits in disguise. Counting ("1 2 3 4 5 6 7") and repetition are no numbers."""
    for cluster in view.clusters:
        if cluster.digits <= LEAST // 2:
            continue
        for run in (*_single_digits(view.text, cluster), *_letters(view.text, cluster)):
            if not _is_counting(run.digits):
                yield run
    for run in _words(view):
        if not _is_counting(run.digits):
            yield run


_SINGLE = regex.compile(r"(?<![\w.,])\+?\s?(?:[0-9][ _.*·•∙/()-]{1,3}+){6,19}[0-9](?![\w,])(?!\.\d)")


def _single_digits(text: str, cluster: Cluster) -> Iterator[SpelledRun]:
    """5 5 5 - 0 1 0 0"""
    if cluster.digits < LEAST:
        return
    for match in _SINGLE.finditer(text, max(cluster.start - 2, 0), cluster.end + 2):
        yield SpelledRun(*match.span(), _plain(match.group()))


_MIXED = regex.compile(r"(?<=[0-9])[OoIl]|[OoIl](?=[0-9])")
_LETTERS = regex.compile(r"(?<![\w@.])[+(]?[0-9OoIl](?:[ ()./-]{0,2}[0-9OoIl]){6,16}(?![\w@])")
_DIGIT_OF = str.maketrans("OoIl", "0011")


def _letters(text: str, cluster: Cluster) -> Iterator[SpelledRun]:
    """O6O1 234 567"""
    start, end = max(cluster.start - 2, 0), cluster.end + 6
    if not _MIXED.search(text, start, end):
        return
    for match in _LETTERS.finditer(text, start, end):
        written = match.group()
        real = sum(map(str.isdigit, written))
        fake = sum(char in "OoIl" for char in written)
        # Every group holds a real digit, or is zeros alone: "Ill" is a word.
        groups = regex.findall(r"[0-9OoIl]+", written)
        if fake and real >= fake and all(regex.search(r"[0-9]|^[Oo]+$", group) for group in groups):
            yield SpelledRun(*match.span(), _plain(written.translate(_DIGIT_OF)))


# Between two spelled digits: separators, or digits written as such.
_BETWEEN = regex.compile(r"[\s,./()-]{0,3}(?:[0-9]{1,4}[\s,./()-]{1,3}){0,6}")
_PLUS = regex.compile(r"(?ri)(?:\+|plus)\s?")


def _words(view: ContactView) -> Iterator[SpelledRun]:
    """five five five, oh one hundred — the last two are none"""
    if sum(word.tag == "digit" for word in view.words) < 4:
        return
    by_language: dict[str, list[Word]] = {}
    for word in view.words:
        if word.tag == "digit":
            by_language.setdefault(word.detail[:2], []).append(word)
        elif word.tag == "repeat":
            for words in by_language.values():
                words.append(word)
    for words in by_language.values():
        yield from _chains(view.text, words)


def _chains(text: str, words: list[Word]) -> Iterator[SpelledRun]:
    start = end = times = 0
    digits = ""
    for word in words:
        if digits or times > 1:
            gap = text[end : word.start]
            if word.start < end or len(gap) > 40 or not _BETWEEN.fullmatch(gap):
                if word.start < end:
                    continue
                yield from _run(text, start, end, digits)
                digits, times = "", 0
            else:
                digits += _plain(gap)
        if not digits and times <= 1:
            start = word.start
        end = word.end
        if word.tag == "repeat":
            times = int(word.detail)
        else:
            digits += word.detail[2] * max(times, 1)
            times = 1
    yield from _run(text, start, end, digits)


def _run(text: str, start: int, end: int, digits: str) -> Iterator[SpelledRun]:
    if LEAST <= len(digits) <= 20:
        plus = _PLUS.match(text, max(start - 6, 0), start)
        yield SpelledRun(plus.start() if plus else start, end, ("+" if plus else "") + digits)


def _plain(text: str) -> str:
    return regex.sub(r"[^0-9+]", "", text)


def _is_counting(digits: str) -> bool:
    """Whether the digits only count up or down, or repeat one digit."""
    values = [int(char) for char in digits if char.isdigit()]
    steps = {(after - before) % 10 for before, after in pairwise(values)}
    return len(steps) == 1 or not values
