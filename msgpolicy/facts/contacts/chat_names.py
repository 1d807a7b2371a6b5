"""Where a text names messengers: by the tables, with slips of the pen and endings, and in disguise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from string import ascii_lowercase

import regex

from msgpolicy.facts.contacts.data import chat_services, name_shapes, phrases, words
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.contacts.words import Word
from msgpolicy.facts.limits import MAX_WORDS

# A word of Latin letters as long as a name with a slip may be; and what such a word is found by, with Python's own
# engine, which is the faster one here.
_TOKEN = regex.compile(r"(?<![^\W_])[a-z]{6,11}+(?![^\W_])")
_LETTERS = re.compile(r"[a-z]{6,}")
# What stands between the letters of a name spelled out.
_BETWEEN = r"(?:[^\w\n]|_){0,3}?"


def chat_names(view: ContactView) -> list[Word]:
    """Names of services, by place, the longest at each; `chat?` are those that have other senses.

    Of each way to write them MAX_WORDS at most: more are never looked at.
    """
    found = [word for word in view.words if word.tag in ("chat", "chat?")]
    lowered = view.text.lower()
    for writing in (_slips, _inflected, _disguised, _parted):
        found += islice(writing(lowered), MAX_WORDS)
    found.sort(key=lambda word: (word.start, -word.end, word.tag))
    names: list[Word] = []
    for word in found:
        if not names or word.start >= names[-1].end:
            names.append(word)
    return names


def _slips(text: str) -> Iterator[Word]:
    slips = _slip_table()
    if slips.keys().isdisjoint(_LETTERS.findall(text)):
        return
    for match in _TOKEN.finditer(text):
        if match.group() in slips:
            yield Word(match.start(), match.end(), "chat", slips[match.group()])


def _inflected(text: str) -> Iterator[Word]:
    services = _long_names()
    if not any(name in text for name in services):
        return
    for match in _ending_pattern().finditer(text):
        yield Word(match.start(), match.end(), "chat", services[match["name"]])


def _disguised(text: str) -> Iterator[Word]:
    names = list(_long_names())
    at = 0
    for start in _disguise_start().finditer("\n" + text):
        match = _disguise_pattern().match(text, start.start()) if start.start() >= at else None
        if match is None:
            continue
        at = match.end()
        written, name = match.group(), names[match.lastindex - 1 if match.lastindex else 0]
        if written == name:
            continue
        # "face book" may be two words; "f a c e book" and "face-book" are none.
        tag = "chat?" if written.count(" ") == 1 and written.replace(" ", "").isalpha() else "chat"
        yield Word(match.start(), match.end(), tag, _long_names()[name])


def _parted(text: str) -> Iterator[Word]:
    """ "L-I-N-E", "s k y p e": short names, one sign between all letters."""
    if _parted_start().search(text) is None:
        return
    for match in _parted_pattern().finditer(text):
        yield Word(match.start(), match.end(), "chat", _short_names()[_PARTS.sub("", match.group())])


_PARTS = regex.compile(r"[^\w]|_")


@cache
def _short_names() -> dict[str, str]:
    return {name: service.name for service in chat_services.SERVICES for name in phrases(service.parted)}


_BY = "[-._* /~]"


@cache
def _parted_start() -> re.Pattern[str]:
    """The first two letters of such a name, or of several; for Python's own engine, the faster one here."""
    first, second = ({name[at] for name in _short_names()} for at in (0, 1))
    return re.compile(f"[{''.join(sorted(first))}]{_BY}[{''.join(sorted(second))}]{_BY}")


@cache
def _parted_pattern() -> regex.Pattern[str]:
    spelled = "|".join(f"{name[0]}(?P<by>{_BY}){'(?P=by)'.join(name[1:])}" for name in _short_names())
    return regex.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])")


@cache
def _long_names() -> dict[str, str]:
    return {name: service.name for service in chat_services.SERVICES for name in phrases(service.written)}


@cache
def _slip_table() -> dict[str, str]:
    """One letter left out, put in or changed, or two exchanged."""
    slips = {}
    for name, service in _long_names().items():
        if len(name) < name_shapes.LEAST_FOR_SLIPS:
            continue
        for at in range(len(name) + 1):
            before, behind = name[:at], name[at:]
            slips.update(dict.fromkeys((before + letter + behind for letter in ascii_lowercase), service))
            if behind:
                slips[before + behind[1:]] = service
                slips.update(dict.fromkeys((before + letter + behind[1:] for letter in ascii_lowercase), service))
            if len(behind) > 1:
                slips[before + behind[1] + behind[0] + behind[2:]] = service
    for word in words(name_shapes.OTHER_WORDS):
        slips.pop(word, None)
    return slips


@cache
def _ending_pattern() -> regex.Pattern[str]:
    endings = "|".join(phrases(name_shapes.ENDINGS))
    return regex.compile(rf"(?<![^\W_])(?P<name>{'|'.join(_long_names())})(?:{endings})(?![^\W_])")


@cache
def _disguise_pattern() -> regex.Pattern[str]:
    spelled = (f"({_BETWEEN.join(map(_like, name))})" for name in _long_names())
    return regex.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])")


@cache
def _disguise_start() -> re.Pattern[str]:
    """What may begin a name in disguise, behind what may stand before one; for Python's own engine, the faster one."""
    starts = {r"[^A-Za-z0-9\n]{0,3}?".join(map(_like, name[:4])) for name in _long_names()}
    return re.compile(rf"[^A-Za-z0-9](?={'|'.join(sorted(starts))})")


def _like(letter: str) -> str:
    """A set of all that is taken for a letter."""
    return f"[{regex.escape(name_shapes.LIKE.get(letter, letter))}]"
