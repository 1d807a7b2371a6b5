"""Where the digits of a text stand together: all searches for numbers look only there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

# A number seldom has more signs or letters than this between two of its digits.
GAP = 6

_RUN = regex.compile(r"[0-9]+")


class Cluster(NamedTuple):
    """From the first digit to behind the last one, on one line; `digits` is how many there are."""

    start: int
    end: int
    digits: int


def digit_clusters(text: str) -> Iterator[Cluster]:
    """All clusters of ASCII digits, in order."""
    start = end = digits = 0
    for match in _RUN.finditer(text):
        at, stop = match.span()
        if digits and (at - end > GAP or "\n" in text[end:at]):
            yield Cluster(start, end, digits)
            digits = 0
        if not digits:
            start = at
        end = stop
        digits += stop - at
    if digits:
        yield Cluster(start, end, digits)
