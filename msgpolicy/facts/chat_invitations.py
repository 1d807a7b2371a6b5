"""Whether the words around a messenger's name ask the reader to use it: "add us on …", "…で友だち追加"."""

from __future__ import annotations

from functools import cache

import regex

from msgpolicy.facts.contact_data import chat_invitations as data
from msgpolicy.facts.contact_data import phrases
from msgpolicy.facts.look import look


def is_invitation(before: str, behind: str) -> bool:
    """Whether a sentence's text before and behind a name, in lower case, makes an invitation of it.

    "Please do not write to us on …" and "we do not use …" are none.
    """
    if _taken_back_before().search(before) or _taken_back_behind().search(behind):
        return False
    return is_asked(before) or bool(_behind().match(behind))


def is_asked(before: str) -> bool:
    """Whether the text before a name, in lower case, ends in the words of an invitation."""
    return bool(_before().search(before))


def is_own_place(before: str, behind: str) -> bool:
    """Whether the name is that of one's own page or group: "our … channel"."""
    if _taken_back_before().search(before) or _taken_back_behind().search(behind):
        return False
    return bool(_own().search(before) and _place().match(behind))


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
def _before() -> regex.Pattern[str]:
    patterns = []
    for language, invitations in data.BEFORE.items():
        spaced = language not in ("zh", "ja", "ko", "th")
        for verbs, links, own in invitations:
            start = whole(verbs) if spaced else f"(?:{either(verbs)})"
            if links:
                patterns.append(
                    rf"{start}{_BETWEEN}{{0,45}}?(?<![^\W\d_])(?:{either(links)})\s(?:(?:{either(own)})\s)?"
                    if own
                    else rf"{start}{_BETWEEN}{{0,45}}?(?<![^\W\d_])(?:{either(links)})\s"
                )
            else:
                patterns.append(rf"{start}{_BETWEEN}{{0,{25 if spaced else 10}}}?")
    return regex.compile(rf"(?:{'|'.join(patterns)})[\"'(]?$")


@cache
def _behind() -> regex.Pattern[str]:
    patterns = [rf"\s(?:{either(data.NAME_AS_VERB)})\b(?! (?:is|are|was)\b)"]
    for verbs, joins in data.AFTER.values():
        join = rf"\s?(?:{either(joins)})?" if joins else ""
        patterns.append(rf"{join}{_BETWEEN}{{0,25}}?(?<![A-Za-z])(?:{either(verbs)})(?![A-Za-z])")
    return regex.compile("|".join(patterns))


@cache
def _taken_back_before() -> regex.Pattern[str]:
    return regex.compile(rf"{whole(data.NOT_BEFORE)}|n't\b|n’t\b|{either(data.NOT_BEFORE_UNSPACED)}")


@cache
def _taken_back_behind() -> regex.Pattern[str]:
    return regex.compile(rf"{whole(data.NOT_AFTER)}|m[ıi]yor|{either(data.NOT_AFTER_UNSPACED)}")


@cache
def _own() -> regex.Pattern[str]:
    return regex.compile(rf"{whole(data.OWN)}\s(?:own |official )?$")


@cache
def _place() -> regex.Pattern[str]:
    return regex.compile(rf"[\s-](?:{either(data.PLACES)})(?![^\W\d_])")
