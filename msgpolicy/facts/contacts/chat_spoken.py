"""Whether a writer speaks of using a messenger with the reader: "WhatsApp wäre mir lieber", "my Snap is quicker"."""

from __future__ import annotations

from functools import cache

import regex

from msgpolicy.facts.contacts.chat_invitations import either, is_free, is_its_place, is_of_goods, is_reported
from msgpolicy.facts.contacts.contact_sentences import TABLES as SENTENCES
from msgpolicy.facts.contacts.contact_sentences import is_denied
from msgpolicy.facts.contacts.data import chat_spoken as data
from msgpolicy.facts.contacts.word_tables import Tables, words_of

_TABLES = Tables(data)
# "Al grupo de …"
_GROUP_OF = regex.compile(
    r"\b(?:group|groupe|grupo|gruppo|canal|canale|comunidad|grupp)\s(?:of|de|du|di|do|da|del)\s?$"
)
_CLAUSE = regex.compile(r"[,;:.\n，；：،؛、]|\s[-–—]\s")


def is_spoken_of(before: str, behind: str, *, certain: bool, is_feed: bool) -> bool:
    """Whether a sentence's text before and behind a name, in lower case, offers to talk there.

    certain: the name means nothing else; else more has to be said. is_feed: so it has of a network that people read.
    """
    sentence = f"{before}\0{behind}"
    if (
        is_of_goods(f"{before}|{behind}")
        or is_about_goods(sentence)
        or is_reported(before)
        or not _is_place(before, behind)
    ):
        return False
    if is_warned_of(sentence):
        return False
    clauses = [_CLAUSE.split(before)[-1], *_CLAUSE.split(behind)[:2]]
    if any(is_denied(clause) for clause in clauses):
        return False
    easier, mine = _holds("EASIER", sentence), _holds("ME", sentence)
    if not certain:
        return (easier and mine) or (is_its_place(behind) and _holds("JOINING", sentence))
    if is_feed:
        return (easier and mine) or _holds("JOINING", sentence)
    return easier or _holds("JOINING", sentence) or (mine and _is_done(sentence))


def is_about_goods(text: str) -> bool:
    """Whether a text speaks of goods on which a service's name stands, or that show or need it."""
    return bool(_goods().search(text))


def is_warned_of(text: str) -> bool:
    """Whether a text warns of fraud, or tells of rules."""
    return _holds("WARNING", text)


def _is_place(before: str, behind: str) -> bool:
    """Whether the name stands for a place to talk at: no noun follows, and nothing comes from there."""
    words = words_of(before)
    if _TABLES.words("FROM").ends(words) and not before[words[-1].end :].strip():
        return bool(_GROUP_OF.search(before)) and is_free(behind)
    if is_free(behind) or is_its_place(behind):
        return True
    following = words_of(behind)[:1]
    return (
        bool(following)
        and not behind[: following[0].start].strip()
        and _TABLES.words("VERBS_BEHIND").first(following) == 0
    )


def _is_done(sentence: str) -> bool:
    return SENTENCES.hold("DOING", words_of(sentence), sentence)


def _holds(name: str, text: str) -> bool:
    return _TABLES.hold(name, words_of(text), text)


@cache
def _goods() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![A-Za-z0-9_@])(?:{either(data.GOODS)})(?![A-Za-z0-9_])")
