"""Which word announces what stands at a place: "call us at …", "order number: …", "… is our WhatsApp"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache

import regex

from msgpolicy.facts.contacts.data.phone_words import LINKING_WORDS
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.contacts.words import Word

# Code points between a word and what it announces.
REACH = 40

_WORD = regex.compile(r"[^\W\d_]+")
# Scripts without spaces: a few letters in between are particles, whatever they are.
_UNSPACED = regex.compile(r"[\u0e00-\u0e7f\u3000-\u9fff\uac00-\ud7af]{1,8}")
SENTENCE_END = regex.compile(r"[.!?](?:\s|$)|\n\s*\n")


class Labels:
    """The words of a view by place, to be asked for the one that announces something."""

    __slots__ = ("_by_end", "_ends", "_starts", "_text", "_words")

    def __init__(self, view: ContactView, announces: Callable[[Word], bool]) -> None:
        """Only the words for which `announces` holds are asked."""
        self._text = view.text
        self._words = [word for word in view.words if announces(word)]
        self._starts = [word.start for word in self._words]
        # Of words with one end the longest stands last, where `before` meets it first.
        self._by_end = sorted(self._words, key=lambda word: (word.end, -word.start))
        self._ends = [word.end for word in self._by_end]

    def before(self, place: int) -> Word | None:
        """The word that announces what starts at `place`: nothing but small words and punctuation in between.

        Of words that announce it alike, the nearest; of several that end there, the longest. A word that says no more
        than "number", or names a thing, gives way to one that says more.
        """
        index = bisect_right(self._ends, place) - 1
        general: Word | None = None
        while index >= 0 and place - self._ends[index] <= REACH:
            word = self._by_end[index]
            if not is_link(self._text[word.end : place]) or self._ends_sentence(word, place):
                return general
            if word.detail not in ("any", "thing"):
                return word
            if general is None or general.detail == "any":
                general = word
            index -= 1
        return general

    def _ends_sentence(self, word: Word, place: int) -> bool:
        """Whether the full stop behind a word ends a sentence; behind an abbreviation it does not."""
        if not _FULL_STOP.match(self._text, word.end, place):
            return False
        written = self._text[word.start : word.end].lower()
        return len(written) > _LONGEST_ABBREVIATION and not written.endswith(_ABBREVIATED)

    def after(self, place: int, reach: int = 16) -> Word | None:
        """The word right behind `place`, as in "0601 234567 anrufen" or "(WhatsApp)"; `before` the other way round."""
        index = bisect_left(self._starts, place)
        general: Word | None = None
        while index < len(self._words) and self._starts[index] - place <= reach:
            word = self._words[index]
            if not is_link(self._text[place : word.start]):
                return general
            if word.detail not in ("any", "thing"):
                return word
            general = general or word
            index += 1
        return general

    def over(self, start: int, end: int) -> Word | None:
        """The word that a span is a part of."""
        index = bisect_left(self._ends, end)
        while index < len(self._by_end) and self._ends[index] - end <= _LONGEST_BEHIND:
            if self._by_end[index].start <= start:
                return self._by_end[index]
            index += 1
        return None

    def near(self, start: int, end: int, before: int = 60, after: int = 24) -> Word | None:
        """A word in the same sentence not far before or behind a span."""
        index = bisect_right(self._ends, start) - 1
        if index >= 0 and start - self._ends[index] <= before:
            word = self._by_end[index]
            if not SENTENCE_END.search(self._text, word.end, start):
                return word
        index = bisect_left(self._starts, end)
        if index < len(self._words) and self._starts[index] - end <= after:
            word = self._words[index]
            if not SENTENCE_END.search(self._text, end, word.start):
                return word
        return None


# How much further a word may reach than a part of it.
_LONGEST_BEHIND = 10
_FULL_STOP = regex.compile(r"[.。]\s")
# "Rechnung. 601…" begins anew, "Tel. 601…", "Sendungsnr. 12…" and "num. 7" do not.
_LONGEST_ABBREVIATION = 4
_ABBREVIATED = ("nr", "no", "num", "tel", "fax", "ref", "mob", "kom", "art", "id")


def is_link(gap: str) -> bool:
    """Whether the text between a word and a number joins the two: small words, punctuation, one line break at most."""
    if not gap:
        return True
    if len(gap) > REACH or "!" in gap or "?" in gap or gap.count("\n") > 1 or any(char.isdigit() for char in gap):
        return False
    linking = _linking_words()
    return all(token in linking or _UNSPACED.fullmatch(token) for token in _WORD.findall(gap.lower()))


@cache
def _linking_words() -> frozenset[str]:
    words = LINKING_WORDS.split()
    return frozenset(look(form).lower() for word in words for form in (word, word.upper(), word.capitalize()))
