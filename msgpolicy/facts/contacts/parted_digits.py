"""Digits in groups with signs between them that no phone number is written with, or line breaks.

"0171|234|5678", "[0] [1] [7] …", one digit a line, "plus 49 171 …".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from msgpolicy.facts.contacts.data.digit_words import PLUS_WORDS
from msgpolicy.facts.contacts.digit_clusters import Cluster
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.spelled_digits import LEAST, MANY, SpelledRun
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

# Digits of a phone number; of one part of those that nobody announces.
_MOST = 15
_PART = 6
# Code points between two parts: two line breaks and what stands around them.
_FAR = 16

_DIGITS = regex_later(r"[0-9]+")
_DIALLED = regex_later(r"[0-9](?:[ ()./-]{0,2}+[0-9]){7,14}+(?!\w)")
_BRACKETS = regex_later(r"[\s()\[\]{}<>]+")
# Signs between the digits of numbers as everybody writes them; phones.py reads those.
_USUAL = regex_later(r"[ \t()./~·•∙*_-]{1,3}")
# What stands around the first and the last digit where each is enclosed.
_PAIRS = ("[]", "()", "{}", "<>", '""', "''", "«»", "“”", "【】")
_LINE_ENDS = regex_later(r"[^\S\n]*+(?:\n|$)")


def parted_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """The runs of a view. Most are weak: meant only if the number exists, or a word announces it."""
    for start, end in _regions(view.clusters.found):
        for match in _parted().finditer(view.text, start, end):
            run = _run(match)
            if run:
                around = view.text[run.start - 1 : run.start] + view.text[run.end : run.end + 1]
                yield (run._replace(start=run.start - 1, end=run.end + 1) if around in _PAIRS else run,)
    for cluster in view.clusters.found:
        if cluster.digits > LEAST:
            yield from _with_plus(view.text, cluster.start)


def _regions(clusters: Iterable[Cluster]) -> Iterator[tuple[int, int]]:
    """Where enough digits for a number stand together, on whatever lines."""
    start = end = digits = 0
    for cluster in clusters:
        if digits and cluster.start - end > _FAR:
            if digits >= LEAST:
                yield start, end
            digits = 0
        if not digits:
            start = max(cluster.start - 1, 0)  # a plus sign
        end, digits = cluster.end, digits + cluster.digits
    if digits >= LEAST:
        yield start, end


def _with_plus(text: str, start: int) -> Iterator[tuple[SpelledRun, ...]]:
    """Digits at a place, if a word for a plus sign stands before them."""
    plus = _plus_before().match(text, max(start - 12, 0), start)
    number = _DIALLED.match(text, start) if plus else None
    if plus and number:
        digits = "".join(_DIGITS.findall(number.group()))
        yield (SpelledRun(plus.start(), number.end(), f"+{digits}", True, f"+{number.group()}"),)


def _run(match: regex.Match[str]) -> SpelledRun | None:
    groups, gaps = match.captures("group"), match.captures("gap")
    digits = "".join(groups)
    if not LEAST <= len(digits) <= _MOST or all(map(_USUAL.fullmatch, gaps)):
        return None
    # One sign everywhere, or spaces, and brackets around
    if len({_BRACKETS.sub("", gap) for gap in gaps} - {""}) > 1:
        return None
    if not _is_one(match, groups, gaps):
        return None
    sign = "+" if match.group().startswith("+") else ""
    grouped = max(map(len, groups)) > 1
    told = not (grouped or "\n" in match.group())
    weak = not (told and (sign or digits[0] == "0") and len(digits) >= MANY)
    by_lines = grouped and "\n" in match.group() and match.group()[0] not in "+0"
    listed = not grouped and digits[0] != "0" and not sign and any(char in gap for gap in gaps for char in ",;")
    listed = listed or by_lines
    told_by = " ".join(groups) if by_lines else ""
    return SpelledRun(*match.span(), sign + digits, weak or listed, told_by, grouped, listed)


def _is_one(match: regex.Match[str], groups: list[str], gaps: list[str]) -> bool:
    """Whether what is parted is no number each: short, a code of an area and the rest, or a rest on its own line."""
    lengths = [len(groups[0])]
    for gap, group in zip(gaps, groups[1:], strict=True):
        if _USUAL.fullmatch(gap):
            lengths[-1] += len(group)
        else:
            lengths.append(len(group))
    two, lines = len(lengths) == 2, "\n" in match.group()
    if lines and max(lengths) == 1:
        return sum(lengths) > MANY
    if lines and (sum(lengths) < MANY or (match.group()[0] not in "+0" and not _in_groups(lengths))):
        return False
    if max(lengths) <= _PART or (two and lengths[0] < _PART):
        return True
    return lines and two and lengths[0] <= _PART + 2 and bool(_LINE_ENDS.match(match.string, match.end()))


def _in_groups(lengths: list[int]) -> bool:
    """Whether lines are as long as the groups of a number: 503, 555, 0177."""
    return len(lengths) > 2 and min(lengths) > 1 and max(lengths) < _PART


@cache
def _parted() -> regex.Pattern[str]:
    signs = r"[^\w\n%$€£¥°&@]{1,7}+"
    lines = r"[^\w\n]{0,4}+\n[^\w\n]{0,4}+(?:\n[^\w\n]{0,4}+){0,2}"
    gap = rf"(?P<gap>{lines}|{signs}(?!\n))"
    joined = r"[\w--[\u0e00-\u0e7f\u3000-\ud7ff]]"
    return regex.compile(
        rf"(?V1i)(?=[+0-9])(?<!{joined}|[0-9][.,])\+?(?P<group>[0-9]{{1,8}})(?:{gap}(?P<group>[0-9]{{1,8}})){{1,19}}+(?!{joined})"
    )


@cache
def _plus_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?ri)(?<!\w)(?:{look(PLUS_WORDS)})[\s:]{{0,2}}")
