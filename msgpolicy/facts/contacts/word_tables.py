"""Tables of words and short phrases, asked word by word: quick however long the table is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from types import ModuleType
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.chat_invitations import without_accents
from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.look import look
from msgpolicy.scan import Scanner

_WORD = regex.compile(r"[^\W\d_](?:[^\W\d_]|\p{M}|['’-](?=[^\W\d_]))*+")


class TextWord(NamedTuple):
    """A word of a text, in lower case, and its place."""

    text: str
    start: int
    end: int


@lru_cache(16)  # one sentence is asked about many things
def words_of(text: str) -> Sequence[TextWord]:
    return tuple(TextWord(match.group().lower(), *match.span()) for match in _WORD.finditer(text))


class WordTable:
    """Entries are parted by `|`, in lower case, of at most three words. `*` stands for further letters, of a word of
    two letters at least."""

    def __init__(self, table: str) -> None:
        entries = {form for entry in phrases(table) for form in (look(entry), without_accents(look(entry)))}
        stems = sorted(entry[:-1] for entry in entries if entry.endswith("*"))
        self._phrases = entries.difference(f"{stem}*" for stem in stems)
        self._openings = frozenset(entry.partition(" ")[0] for entry in entries if " " in entry)
        self._stems = {key: tuple(group) for key, group in groupby(stems, lambda stem: stem[:2])}

    def length_at(self, words: Sequence[TextWord], index: int) -> int:
        """How many words from `index` on are an entry; 0 if none is."""
        first = words[index].text
        for count in (3, 2) if first in self._openings else ():
            if self._holds(" ".join(word.text for word in words[index : index + count])):
                return min(count, len(words) - index)
        return int(self._holds(first))

    def _holds(self, said: str) -> bool:
        if said in self._phrases:
            return True
        stems = self._stems.get(said[:2])
        return stems is not None and said.startswith(stems)

    def first(self, words: Sequence[TextWord], start: int = 0) -> int | None:
        """The index of the first entry from `start` on."""
        for index in range(start, len(words)):
            if self.length_at(words, index):
                return index
        return None

    def ends(self, words: Sequence[TextWord]) -> bool:
        """Whether the last words are an entry."""
        return any(self.length_at(words, len(words) - count) == count for count in (1, 2, 3) if count <= len(words))


class TextTable:
    """Entries of scripts that write no spaces, or grow other words onto theirs: they count wherever they stand."""

    def __init__(self, table: str) -> None:
        self._scanner = Scanner({look(entry) for entry in phrases(table)})

    def is_in(self, text: str) -> bool:
        return bool(self._scanner.find(text))


class Tables:
    """The tables of a data module, by name; those of text have names that end in `_WITHIN`. Made when first needed."""

    def __init__(self, data: ModuleType) -> None:
        self.words = cache(lambda name: WordTable(getattr(data, name)))
        self.within = cache(lambda name: TextTable(getattr(data, f"{name}_WITHIN")))

    def hold(self, name: str, words: Sequence[TextWord], text: str) -> bool:
        """Whether a text, in lower case, has an entry among its words or anywhere."""
        return self.words(name).first(words) is not None or self.within(name).is_in(text)
