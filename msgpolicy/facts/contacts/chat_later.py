"""An account or an invitation some words behind a messenger's name: "I only use Signal. My name there is …"."""

from __future__ import annotations

from typing import NamedTuple

from msgpolicy.facts.contacts.contact_sentences import TABLES as SENTENCES
from msgpolicy.facts.contacts.contact_sentences import is_denied
from msgpolicy.facts.contacts.data import chat_later as data
from msgpolicy.facts.contacts.word_tables import Tables, words_of
from msgpolicy.later import regex_later

_TABLES = Tables(data)
# Code points behind the name that are read, of the sentence that it stands in and the next.
REACH = 110
_CLAUSE = regex_later(r"[,;:.!?\n，；：。！？،؛、]|\s[-–—]\s")
_THERE_IS = regex_later(
    r"(?i)(?:^|(?<=[,;:.!?]\s)|(?<=\b(?:if|that|and|but|so|as)\s))there(?:'s| (?:is|are|was|were|will be|has|seems))\b"
)
_ENDS = regex_later(r"[.!?](?=\s|$)|[。！？؟।]|\n")
_ACCOUNT = r"[A-Za-z0-9][A-Za-z0-9._-]{2,30}[A-Za-z0-9]"
# An account's name is told by a sign or digit in it, or stands in quotation marks.
_TOLD = regex_later(
    r"(?<![A-Za-z0-9_@:/-])(?<![A-Za-z0-9]\.)(?P<id>@?(?=[A-Za-z0-9][A-Za-z0-9.-]*(?:_|[A-Za-z]{2}[.-]?[0-9]|[a-z]{3}\.[a-z]{2}))(?:[A-Za-z0-9]|[._-](?=[A-Za-z0-9])){4,32}+)(?![@/])"
)
_QUOTED = regex_later(r"[\"'“”„«»‘’「『](?P<id>[^\"'“”„«»‘’」』\n]{3,40})[\"'“”«»‘’」』]")
_TELLING = regex_later(r"[0-9_@]|\w[.-]\w")
_PLAIN = regex_later(
    rf"(?:\s(?:there|here|da|dort|is|ist|est|es|è|är|to|jest|é)){{0,2}}[\s:：=-]{{1,4}}[\"'“„«]?(?P<id>@?{_ACCOUNT})"
)


class Account(NamedTuple):
    """Where an account is told behind a name. is_named: by a word such as "username", with a sign or digit in it."""

    start: int
    end: int
    is_named: bool


class Later:
    """What is said behind a name."""

    def __init__(self, behind: str) -> None:
        """`behind`: the text behind the name, as far as REACH."""
        self._text = _THERE_IS.sub(lambda found: "·" * len(found.group()), _two_sentences(behind))
        self._words = words_of(self._text)
        kept = [clause for clause in _CLAUSE.split(self._text.lower()) if not is_denied(clause)]
        self._kept = "\n".join(kept)
        self._kept_words = words_of(self._kept)

    def searches(self) -> bool:
        """Whether the reader is asked to look for the writer."""
        return self._holds("SEARCHING")

    def leads_there(self, *, to_write: bool = False) -> bool:
        """Whether something is to be done in the place that was named; `to_write`: more than to look."""
        if not self._holds("THERE"):
            return False
        if to_write:
            return self._holds("WRITING")
        return SENTENCES.hold("DOING", self._kept_words, self._kept)

    def account(self) -> Account | None:
        """The name of an account that is told."""
        named = _TABLES.words("NAMED")
        plain = None
        for index in range(len(self._words)):
            count = named.length_at(self._words, index)
            found = _PLAIN.match(self._text, self._words[index + count - 1].end) if count else None
            if found and _TELLING.search(found["id"]):
                return Account(*found.span("id"), is_named=True)
            if found and not plain and not named.length_at(words_of(found["id"]) or self._words, 0):
                plain = found
        told = _TOLD.search(self._text) or _QUOTED.search(self._text) or plain
        return Account(*told.span("id"), is_named=False) if told else None

    def _holds(self, name: str) -> bool:
        return _TABLES.hold(name, self._kept_words, self._kept)


def is_to_write(text: str) -> bool:
    """Whether a text, in lower case, speaks of writing, asking or ordering."""
    return _TABLES.hold("WRITING", words_of(text), text)


def _two_sentences(text: str) -> str:
    ends = [match.end() for match in _ENDS.finditer(text)]
    return text[: ends[1]] if len(ends) > 1 else text
