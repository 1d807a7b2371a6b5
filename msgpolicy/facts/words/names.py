"""Brand names: what a ruleset takes for a name is no word of any phrase.

A name counts as it is written in the ruleset, or all in capitals ("Five Star", "FIVE STAR", never "five star"), with
any white space between its words, as whole words (in scripts without spaces: anywhere). Right before a word for a
review it is read as an attribute of it and not as a name: "a Five Star review" asks for five stars.

A mask blanks the letters of names in the phrase view; spaces and punctuation stay, so that positions, words of gaps and
sentences are the same as before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex

from msgpolicy.facts.views import View, fold_phrase
from msgpolicy.facts.words.phrases import is_letter
from msgpolicy.scan import Scanner

# What stands for each letter of a name; no lexicon and no fold table yields it.
BLANK = "\ue000"
# Code points after a name in which a word for a review may begin.
NEXT_WORDS = 40

_COVERED = regex.compile(r"[^\s\p{P}]")
_UNSEEN = regex.compile(r"[\p{Cf}\ufe00-\ufe0f]")
_HYPHENS = regex.compile(r"[\u2010\u2011]")
_APOSTROPHES = regex.compile(r"[`\u00b4\u02bc\u2018\u2019\u201b]")

Span = tuple[int, int]


class Names:
    """The names that a rule knows. Immutable, safe between threads."""

    __slots__ = ("_scanner", "_spellings")

    def __init__(self, names: Iterable[str]) -> None:
        spellings: dict[str, set[str]] = {}
        for name in names:
            spelling = _spelling(name)
            if folded := fold_phrase(name):
                spellings.setdefault(folded, set()).update((spelling, spelling.upper()))
        self._spellings = list(spellings.values())
        self._scanner = Scanner(spellings)

    def find(self, view: View, text: str) -> list[Span]:
        """Spans in the phrase view of the names in a text, in order; names that overlap are one."""
        found = [
            (start, end)
            for index, start, end in self._scanner.find(view.text)
            if _is_whole(view.text, start, end)
            and _spelling(text[slice(*view.span(start, end))]) in self._spellings[index]
        ]
        joined: list[Span] = []
        for start, end in sorted(found):
            if joined and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined


def masked(text: str, spans: Iterable[Span]) -> str:
    """A text of the phrase view in which the letters of some spans are blanked; of the same length."""
    out: list[str] = []
    at = 0
    for start, end in spans:
        out += (text[at:start], _COVERED.sub(BLANK, text[start:end]))
        at = end
    out.append(text[at:])
    return "".join(out)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span of the view begins and ends where words do."""
    cut_before = start > 0 and is_letter(text[start]) and is_letter(text[start - 1])
    cut_after = end < len(text) and is_letter(text[end]) and is_letter(text[end - 1])
    return not cut_before and not cut_after


def _spelling(text: str) -> str:
    """A name as it is compared: one spelling for what looks the same, one space for white space of any kind."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(_APOSTROPHES.sub("'", _HYPHENS.sub("-", plain)).split())
