"""Where the digits of a text stand together: all searches for numbers look only there."""

from __future__ import annotations

from typing import NamedTuple

import regex

from msgpolicy.facts.limits import MAX_DIGITS

# A number seldom has more signs or letters than this between two of its digits.
GAP = 6
# Fewer digits than this are part of no number that anybody looks for by its digits.
_FEW = 4

_CLUSTER = regex.compile(rf"[0-9]+(?:[^0-9\n]{{1,{GAP}}}[0-9]+)*+")
_DIGITS = b"0123456789"


class Cluster(NamedTuple):
    """From the first digit to behind the last one, on one line; `digits` is how many there are."""

    start: int
    end: int
    digits: int


class Clusters(NamedTuple):
    """All clusters in order; `complete` is False if there were more digits than are looked at."""

    found: list[Cluster]
    complete: bool


def digit_clusters(text: str) -> Clusters:
    """The clusters of ASCII digits: MAX_DIGITS at most, and so many digits in those long enough to be a number."""
    found: list[Cluster] = []
    left = MAX_DIGITS
    for match in _CLUSTER.finditer(text):
        if len(found) == MAX_DIGITS:
            return Clusters(found, False)
        start, end = match.span()
        written = match.group().encode(errors="surrogatepass")
        digits = len(written) - len(written.translate(None, _DIGITS))
        if digits > left:
            found.append(Cluster(start, start + left, sum(map(str.isdigit, text[start : start + left]))))
            return Clusters(found, False)
        if digits >= _FEW:
            left -= digits
        found.append(Cluster(start, end, digits))
    return Clusters(found, True)
