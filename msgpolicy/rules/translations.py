"""What the rules of shipped rulesets say in languages other than the one that they were written in.

`rulesets/texts/<language>.yaml` holds messages and suggestions by ruleset and rule, and the words that checks fill in.
A file is read when its language is first asked for. A ruleset of a user has its texts beside each rule; they come
first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import regex

from msgpolicy.rules.files import load_bytes, shipped_folder
from msgpolicy.rules.texts import PLACEHOLDER, is_language

Kind = Literal["message", "suggestion"]


class RuleTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one rule says."""

    message: str | None = None
    suggestion: str | None = None


class Translation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: texts by ruleset and rule, and words of checks by their English form."""

    language: str
    reviewed: str
    rules: dict[str, dict[str, RuleTexts]]
    words: dict[str, str] = {}


def translated_languages() -> list[str]:
    """The languages that there is a file for, in the order of their tags."""
    return sorted(path.stem for path in (shipped_folder() / "texts").glob("*.yaml"))


def translation(language: str) -> Translation | None:
    """The texts in a language, or None where there are none."""
    if not is_language(language):
        return None
    return _read(shipped_folder() / "texts" / f"{language}.yaml")


@lru_cache(maxsize=64)
def _read(path: Path) -> Translation | None:
    # Known before it is read: a language tag is no path.
    if not path.is_file():
        return None
    return msgspec.yaml.decode(load_bytes(path), type=Translation)


class Texts(Mapping[str, str]):
    """What a rule says, by language: its own texts, then those of the shipped rulesets that it comes from."""

    __slots__ = ("_kind", "_rule", "own", "rulesets")

    def __init__(self, own: Mapping[str, str], rulesets: tuple[str, ...], rule: str, kind: Kind) -> None:
        self.own = own
        self.rulesets = rulesets
        self._rule = rule
        self._kind = kind

    def _translated(self, language: str) -> str | None:
        texts = translation(language) if self.own and self.rulesets else None
        if texts is None:
            return None
        for ruleset in self.rulesets:
            rule = texts.rules.get(ruleset, {}).get(self._rule)
            if rule is not None and (text := getattr(rule, self._kind)) is not None:
                return str(text)
        return None

    def __getitem__(self, language: str) -> str:
        if language in self.own:
            return self.own[language]
        text = self._translated(language)
        if text is None:
            raise KeyError(language)
        return text

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        for language in translated_languages():
            if language not in self.own and self._translated(language) is not None:
                yield language

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, language: object) -> bool:
        return isinstance(language, str) and (language in self.own or self._translated(language) is not None)

    def __repr__(self) -> str:
        return f"Texts({dict(self)!r})"


def in_words_of(language: str, english: str) -> str:
    """What a check fills in, in another language; as it is where there is no translation.

    Several, with ", " between them, are translated one by one. A word with a placeholder ("named {name}, but it is
    {type}") stands for every value of it.
    """
    texts = translation(language)
    if texts is None:
        return english
    exact = texts.words.get(english)
    if exact is not None:
        return exact
    for pattern, translated in _patterns(language):
        if match := pattern.fullmatch(english):
            return PLACEHOLDER.sub(lambda name: match[name[1]], translated)
    if ", " in english:
        return ", ".join(in_words_of(language, part) for part in english.split(", "))
    return english


def _patterns(language: str) -> tuple[tuple[regex.Pattern[str], str], ...]:
    return _compiled(shipped_folder() / "texts" / f"{language}.yaml")


@lru_cache(maxsize=64)
def _compiled(path: Path) -> tuple[tuple[regex.Pattern[str], str], ...]:
    texts = _read(path)
    found = []
    for english, translated in texts.words.items() if texts else ():
        parts = PLACEHOLDER.split(english)
        if len(parts) > 1:
            # Every second part is the name of a placeholder.
            pattern = "".join(
                f"(?P<{part}>.+?)" if index % 2 else regex.escape(part) for index, part in enumerate(parts)
            )
            found.append((regex.compile(pattern), translated))
    return tuple(found)
