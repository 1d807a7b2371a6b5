"""Whether the words around a messenger's name ask the reader to use it: "add us on …", "…で友だち追加"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from msgpolicy.facts.contacts.data import chat_invitations as data
from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.look import look
from msgpolicy.scan import Scanner


def is_invitation(before: str, behind: str) -> bool:
    """Whether a sentence's text before and behind a name, in lower case, makes an invitation of it.

    "Please do not write to us on …" and "we do not use …" are none.
    """
    if _taken_back_behind().search(behind):
        return False
    return is_asked(before) or bool(_behind().match(behind) and not _taken_back(before, data.NOT_BEFORE))


def is_asked(before: str) -> bool:
    """Whether the text before a name, in lower case, ends in the words of an invitation."""
    if not _verbs().find(before):
        return False
    languages = [language for language, pattern in _before().items() if pattern.search(before)]
    return bool(languages) and not _taken_back(before, languages)


def is_own_place(before: str, behind: str) -> bool:
    """Whether the name is that of one's own page or group: "our … channel"."""
    own = _own().search(before) and _place().match(behind)
    return bool(own) and not _taken_back(before, data.NOT_BEFORE) and not _taken_back_behind().search(behind)


def _taken_back(before: str, languages: Iterable[str]) -> bool:
    """Whether there is a "not" in one of the languages: Portuguese "no" is no Spanish one."""
    patterns = _not_before()
    return any(patterns[language].search(before) for language in languages if language in patterns) or bool(
        _not_unspaced().search(before)
    )


# Within one clause, few words in between.
_BETWEEN = r"[^.!?。！？؟।\n]"


def either(table: str) -> str:
    """A pattern of the entries of a table; `*` stands for any further letters."""
    entries = sorted(phrases(table), key=lambda entry: (-len(entry), entry))
    return "|".join(regex.escape(look(entry)).replace(r"\*", r"\w*") for entry in entries)


def whole(table: str) -> str:
    """The same, as whole words in scripts that write spaces."""
    return rf"(?<![^\W\d_])(?:{either(table)})(?![^\W\d_])"


@cache
def _verbs() -> Scanner:
    """All verbs up to where any letters may follow: without one of them the patterns need not be tried."""
    entries = (entry for invitations in data.BEFORE.values() for each in invitations for entry in phrases(each.verbs))
    return Scanner({look(entry.partition("*")[0]) for entry in entries})


@cache
def _before() -> dict[str, regex.Pattern[str]]:
    """For each language, what ends right before the name."""
    return {
        language: regex.compile(rf"(?:{'|'.join(_pattern(entry, language) for entry in invitations)})[\"'(]?$")
        for language, invitations in data.BEFORE.items()
    }


def _pattern(invitation: data.Invitation, language: str) -> str:
    verbs, links, own, reach = invitation
    start = f"(?:{either(verbs)})" if language in ("zh", "ja", "ko", "th") else whole(verbs)
    if not links:
        return rf"{start}{_BETWEEN}{{0,{reach}}}?"
    owned = rf"(?:(?:{either(own)})\s)?" if own else ""
    return rf"{start}{_BETWEEN}{{0,45}}?(?<![^\W\d_])(?:{either(links)})\s{owned}"


@cache
def _behind() -> regex.Pattern[str]:
    patterns = [rf"\s(?:{either(data.NAME_AS_VERB)})\b(?! (?:is|are|was)\b)"]
    for verbs, joins in data.AFTER.values():
        join = rf"\s?(?:{either(joins)})?" if joins else ""
        patterns.append(rf"{join}{_BETWEEN}{{0,25}}?(?<![A-Za-z])(?:{either(verbs)})(?![A-Za-z])")
    return regex.compile("|".join(patterns))


@cache
def _not_before() -> dict[str, regex.Pattern[str]]:
    return {language: regex.compile(whole(table)) for language, table in data.NOT_BEFORE.items()}


@cache
def _not_unspaced() -> regex.Pattern[str]:
    return regex.compile(either(data.NOT_BEFORE_UNSPACED))


@cache
def _taken_back_behind() -> regex.Pattern[str]:
    return regex.compile(rf"{whole(data.NOT_AFTER)}|m[ıi]yor|{either(data.NOT_AFTER_UNSPACED)}")


@cache
def _own() -> regex.Pattern[str]:
    return regex.compile(rf"{whole(data.OWN)}\s(?:own |official )?$")


@cache
def _place() -> regex.Pattern[str]:
    return regex.compile(rf"[\s-](?:{either(data.PLACES)})(?![^\W\d_])")
