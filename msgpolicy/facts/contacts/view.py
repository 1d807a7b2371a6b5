"""The contact view: a text as it looks, and the words in it that speak of contact data.

An address may be written with Cyrillic or full-width letters, with circled digits, with invisible characters in
between, or simply with the digits and the full stop of another script. All of these are searched as what they look
like; the way back to the text as written stays known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from msgpolicy.facts.contacts.digit_clusters import Clusters, digit_clusters
from msgpolicy.facts.contacts.look import LOOK
from msgpolicy.facts.contacts.words import Word, Words, find_words
from msgpolicy.facts.spans import EditMap, Reading
from msgpolicy.facts.views import View, folded

if TYPE_CHECKING:
    from msgpolicy.facts.contacts.addresses import Addresses
    from msgpolicy.facts.contacts.numbers import Numbers

# Marks that the view leaves out, such as the frame of a keycap.
_MARKS = regex.compile(r"[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]++")


class ContactView:
    """A text as it looks. `original` is the text that it was made from; positions are mapped back by `span`."""

    __slots__ = ("_clusters", "_has_marks", "_view", "_words", "addresses", "numbers", "original", "text")

    def __init__(self, original: str, view: View | None = None) -> None:
        """`view`: the text as it looks, where it is known already."""
        if view is None:
            view = View(original, ()) if original.isascii() else folded(original, LOOK)
        self.original = original
        self.text = view.text
        self._view = view
        self._has_marks = not original.isascii() and _MARKS.search(original) is not None
        # What addresses.py read: contacts and links both ask for it.
        self.addresses: Addresses | None = None
        # What numbers.py read: the checks of contacts and of secrets both ask for it.
        self.numbers: Numbers | None = None
        self._words: Words | None = None
        self._clusters: Clusters | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that text[start:end] stands for, with the marks over its last character."""
        start, end = self._view.span(start, end)
        marks = _MARKS.match(self.original, end) if self._has_marks else None
        return start, marks.end() if marks else end

    def reworded(self, text: str, offsets: EditMap) -> ContactView:
        """The same original as another text; `offsets`: where that stands in the text of this view."""
        return ContactView(self.original, self._view.viewed(text, offsets))

    def written(self, start: int, end: int) -> str:
        """What stands in the original for text[start:end]."""
        start, end = self.span(start, end)
        return self.original[start:end]

    @property
    def words(self) -> list[Word]:
        """Names of messengers, "phone", "at", "dot", digits spelled out …: all places, in order; found once."""
        return self._found_words().found

    @property
    def all_words(self) -> bool:
        """Whether `words` are all that there are."""
        return self._found_words().complete

    def _found_words(self) -> Words:
        if self._words is None:
            self._words = find_words(self.text)
        return self._words

    def words_at(self, start: int) -> Iterator[Word]:
        """The words that begin at a place, the longest first."""
        words = self.words
        index = bisect_left(words, start, key=lambda word: word.start)
        while index < len(words) and words[index].start == start:
            yield words[index]
            index += 1

    @property
    def clusters(self) -> Clusters:
        """Where digits stand together; found once."""
        if self._clusters is None:
            self._clusters = digit_clusters(self.text)
        return self._clusters


def contact_view(source: Reading | ContactView) -> ContactView:
    """The reading as contact data is searched for in it. Upper and lower case stay: they tell sentence ends."""
    return source if isinstance(source, ContactView) else ContactView(source.text)
