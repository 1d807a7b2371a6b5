"""Finds the words that speak of contact data: all tables of contact_data in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.cache import kept
from msgpolicy.facts.contacts.data import (
    address_words,
    chat_services,
    domain_endings,
    number_labels,
    phone_words,
    phrases,
    thing_words,
)
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.spoken_numbers import digit_phrases, repeat_phrases
from msgpolicy.facts.limits import MAX_WORDS
from msgpolicy.scan import Scanner


class Word(NamedTuple):
    """A word of the tables. `tag` says of which table; `detail` what it means there.

    phone · invites (to get in touch, in whatever way) · mail · site · at · dot · carrier
    provider: of mailboxes; its name, or its host where the word is not that name
    chat: the service; chat?: the service, of a name that has other senses
    digit: language and digits, such as `en:5`; repeat: language and how often the next digit counts
    inscription: that something is written on a thing
    number: the kind of number that it announces, `any` for a word that says no more than "number", `thing` for what
    has a number of its own
    """

    start: int
    end: int
    tag: str
    detail: str


class Words(NamedTuple):
    """By start, the longer first; they may overlap. `complete` is False if there were more than MAX_WORDS."""

    found: list[Word]
    complete: bool


def find_words(text: str) -> Words:
    """The words of the tables in a text of the contact view."""
    lowered = text.lower()
    if len(lowered) != len(text):  # not in a contact view; then case is told apart rather than places be wrong
        lowered = text
    finder = _finder()
    found: list[Word] = []
    inside: list[Word] = []
    ends: set[int] = set()
    count = 0
    for index, start, end in finder.find(lowered):
        if count > MAX_WORDS:
            break
        entry = finder.entry(index)
        meanings = entry.meanings
        if entry.is_name and _is_inside_a_loan(lowered, start, end):
            continue
        joined = entry.left and start > 0 and _joins(lowered[start - 1])
        goes_on = entry.right and end < len(lowered) and _joins(lowered[end])
        if joined and not goes_on and lowered[start:end] in number_labels.NUMBER_ENDINGS:
            meanings = _COMPOUND
        elif joined or goes_on:
            count += len(entry.digits)
            # Only what begins a word, or goes on where another ended, may be run together.
            if entry.digits and (not joined or start in ends):
                ends.add(end)
                inside += [Word(start, end, tag, detail) for tag, detail in entry.digits]
            continue
        count += len(meanings)
        found += [Word(start, end, tag, detail) for tag, detail in meanings]
    found += _run_together(lowered, inside)
    found.sort(key=lambda word: (word.start, -word.end))
    return Words(found, count <= MAX_WORDS)


# A character beyond Latin letters and their marks.
_NOT_LATIN = re.compile("[\u0370-\U0010ffff]")
# The letters that loan words are written in, in Japanese and Korean.
_LOAN = re.compile("[ァ-ヺー가-힣]")
# What a Japanese name of a messenger may go on with.
_GOES_ON = re.compile("(?:アプリ|アカウント|メッセージ|メッセンジャー|グループ|トーク|チャット|ペイ)|[^ァ-ヺー]|$")


def _is_inside_a_loan(text: str, start: int, end: int) -> bool:
    """Whether a name is a piece of a longer word: of オンライン and 온라인 ("online"), of ラインナップ ("line-up")."""
    before = text[start - 1 : start]
    if "가" <= text[start] <= "힣":
        return "가" <= before <= "힣"
    return bool(before and _LOAN.match(before)) or not _GOES_ON.match(text, end)


def _run_together(text: str, inside: list[Word]) -> Iterator[Word]:
    """Of words inside of others those that make up a whole one: "nulleinssieben".

    Of several ways to part a word, the one with the longest at its end.
    """
    reached: dict[tuple[str, int], Word] = {}
    for word in sorted(inside, key=lambda word: (word.end, word.start)):
        place = (word.detail.partition(":")[0], word.end)
        begins = not _joins(text[word.start - 1 : word.start] or " ")
        if (begins or (place[0], word.start) in reached) and place not in reached:
            reached[place] = word
    for (language, end), last in reached.items():
        if _joins(text[end : end + 1] or " ") or last.start == end:
            continue
        part: Word | None = last
        while part:
            yield part
            part = reached.get((language, part.start))


# "Zählernummer", whatever it counts
_COMPOUND = [("number", "reference")]


# What a word means: each (tag, detail).
_Meanings = list[tuple[str, str]]


class _Entries(msgspec.Struct, frozen=True, array_like=True):
    """The words of all tables, each once, as they stand in a contact view. Few have meanings of their own."""

    literals: list[Annotated[str, Meta(min_length=1)]]
    # How many literals are in Latin letters alone; they come first.
    latin: Annotated[int, Meta(ge=0)]
    # Of each literal: which meanings it has.
    senses: list[Annotated[int, Meta(ge=0)]]
    meanings: list[_Meanings]

    def fit(self) -> bool:
        """Whether each literal has meanings."""
        return (
            0 < len(self.literals) == len(self.senses)
            and max(self.senses) < len(self.meanings)
            and self.latin <= len(self.literals)
        )


class _Entry(NamedTuple):
    """Whether letters may join a literal to a longer word at its left and right edge; what it means, and says there."""

    left: bool
    right: bool
    meanings: _Meanings
    digits: _Meanings
    # Whether it names a messenger, with other senses, in a script that writes loan words without spaces.
    is_name: bool


class _Finder:
    """Finds the literals; what one means is told when it is first met, for a text has a few dozen of thousands."""

    def __init__(self, known: _Entries) -> None:
        self._known = known
        self._entries: dict[int, _Entry] = {}
        self._latin = Scanner(known.literals[: known.latin])

    @cached_property
    def _others(self) -> Scanner:
        """A text in Latin letters has no word with others in it: half of the words, and most of the automaton."""
        return Scanner(self._known.literals[self._known.latin :])

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the literal, start, end) of every place, in the order of their ends, the longer first."""
        found = self._latin.find(text)
        if _NOT_LATIN.search(text):
            found += [(self._known.latin + index, start, end) for index, start, end in self._others.find(text)]
            found.sort(key=lambda place: (place[2], place[1]))
        return found

    def entry(self, index: int) -> _Entry:
        """Of the literal with this number."""
        entry = self._entries.get(index)
        if entry is None:
            entry = self._entries[index] = self._read(self._known.literals[index], self._known.senses[index])
        return entry

    def _read(self, literal: str, sense: int) -> _Entry:
        meanings = self._known.meanings[sense]
        return _Entry(
            left=_joins(literal[0]),
            right=_joins(literal[-1]),
            meanings=meanings,
            digits=[meaning for meaning in meanings if meaning[0] == "digit"],
            is_name=bool(_LOAN.match(literal)) and all(tag == "chat?" for tag, _ in meanings),
        )


@cache
def _finder() -> _Finder:
    # The tables are files of this package: whatever they hold is part of every key.
    return _Finder(kept("contacts", None, _Entries, _entries, _Entries.fit))


def _entries() -> _Entries:
    meanings: dict[str, dict[tuple[str, str], None]] = {}
    for word, tag, detail in _tables():
        # A word folds by its case: the look of В is B, that of в is в.
        for form in {word, word.upper(), word.capitalize()}:
            meanings.setdefault(look(form).lower(), {})[tag, detail] = None
    latin = [literal for literal in meanings if not _NOT_LATIN.search(literal)]
    literals = latin + [literal for literal in meanings if _NOT_LATIN.search(literal)]
    numbers: dict[tuple[tuple[str, str], ...], int] = {}
    senses = [numbers.setdefault(tuple(meanings[literal]), len(numbers)) for literal in literals]
    return _Entries(literals, len(latin), senses, [list(listed) for listed in numbers])


def _tables() -> Iterator[tuple[str, str, str]]:
    """(word, tag, detail) of every entry of every table."""
    yield from _tagged(phone_words.PHONE_WORDS.values(), "phone")
    # "and", "so", "for" are one letter in front of the word.
    yield from ((prefix + word, "phone", "") for word in phrases(phone_words.PHONE_WORDS["ar"]) for prefix in "وفلب")
    yield from _tagged(phone_words.INVITING_WORDS.values(), "invites")
    yield from _tagged(address_words.AT_WORDS.values(), "at")
    yield from _tagged(address_words.DOT_WORDS.values(), "dot")
    yield from _tagged([address_words.MAIL_WORDS], "mail")
    yield from _tagged([address_words.SITE_WORDS], "site")
    yield from _tagged([number_labels.CARRIERS], "carrier")
    for provider in domain_endings.UNMISTAKABLE_PROVIDERS:
        yield provider, "provider", provider
    for spoken, host in domain_endings.SPOKEN_PROVIDERS.items():
        yield spoken, "provider", host
    for kind, table in number_labels.NUMBER_LABELS.items():
        yield from _tagged([table], "number", kind)
    yield from _tagged([number_labels.NUMBER_WORDS], "number", "any")
    yield from _tagged(thing_words.THING_WORDS.values(), "number", "thing")
    yield from _tagged(thing_words.INSCRIPTION_WORDS.values(), "inscription")
    for service in chat_services.SERVICES:
        for names, tag in ((service.names, "chat"), (service.other_senses, "chat?")):
            for name in phrases(names):
                prefixes = chat_services.ARABIC_PREFIXES if "\u0600" <= name[0] <= "\u06ff" else ("",)
                yield from ((prefix + name, tag, service.name) for prefix in prefixes)
    for language, word, digits in digit_phrases():
        yield word, "digit", f"{language}:{digits}"
    for language, word, times in repeat_phrases():
        yield word, "repeat", f"{language}:{times}"


def _tagged(tables: Iterable[str], tag: str, detail: str = "") -> Iterator[tuple[str, str, str]]:
    for table in tables:
        for word in phrases(table):
            yield word, tag, detail


def _joins(char: str) -> bool:
    """Whether the character belongs to the same word as a letter beside it, in a script that writes spaces."""
    return char == "_" or (char.isalpha() and (char < "\u0e00" or "\u1e00" <= char < "\u2000"))
