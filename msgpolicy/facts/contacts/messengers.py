"""Messengers as a way to get in touch: a name with a handle, a number or an invitation. A mere mention is none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.chat_invitations import (
    either,
    is_asked,
    is_free,
    is_invitation,
    is_its_place,
    is_of_goods,
    is_own,
    is_own_place,
    is_refused,
    is_reported,
    is_to_follow,
    is_to_look,
    parting,
    whole,
)
from msgpolicy.facts.contacts.chat_later import REACH as LATER
from msgpolicy.facts.contacts.chat_later import Later, is_to_write
from msgpolicy.facts.contacts.chat_names import chat_names
from msgpolicy.facts.contacts.chat_spoken import is_about_goods, is_spoken_of, is_warned_of
from msgpolicy.facts.contacts.contact_sentences import is_denied, is_taken_back
from msgpolicy.facts.contacts.data import chat_invitations as data
from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.labels import REACH, is_link
from msgpolicy.facts.contacts.phones import Phone
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.contacts.words import Word
from msgpolicy.facts.limits import MAX_CHAT_NAMES
from msgpolicy.facts.links.text_urls import TextUrl
from msgpolicy.later import regex_later


class Messenger(NamedTuple):
    """A way to get in touch and its place in the view, from the name to the handle. `handle` may be a number, or "".

    asked: whether the reader is invited to use it
    """

    start: int
    end: int
    service: str
    handle: str
    confidence: float
    asked: bool = False


# How far from the name a handle or an invitation is looked for.
_WINDOW = 70


class Messengers(NamedTuple):
    """The messengers of a view. `complete` is False if more names than MAX_CHAT_NAMES stand there."""

    found: list[Messenger]
    complete: bool


def messengers_in(view: ContactView, phones: Sequence[Phone], urls: Sequence[TextUrl]) -> Messengers:
    """The messengers of a view. `phones` and `urls` are what was found in it; a chat link alone is not our matter."""
    names = chat_names(view)
    if not names:
        return Messengers([], True)
    search = _Search(view, phones, urls)
    messengers: list[Messenger] = []
    end = -1
    for word in names[:MAX_CHAT_NAMES]:
        if word.start < end:
            continue
        found = search.judge(word)
        if found:
            asked = found.asked or (bool(found.handle) and search.is_asked_around(found, word))
            messengers.append(found._replace(asked=asked))
            end = found.end
    return Messengers(messengers, len(names) <= MAX_CHAT_NAMES)


def _could_be_meant(text: str, word: Word) -> bool:
    """ "LINE", "IG:", "Signal": such a name is written in capitals, as a name, or stands before a sign."""
    written = text[word.start : word.end]
    behind = text[word.end : word.end + 2].lstrip()[:1]
    return not (written.isascii() and written.islower()) or behind in (":", "：", "@")


def _is_part(text: str, word: Word) -> bool:
    """Whether the name is part of another word: "Instagram-ready", "Line 6", "メッセ" of "メッセージ"."""
    if _COMPOUND.match(text, word.end):
        return True
    return word.tag != "chat" and bool(_KATAKANA.match(text, word.end - 1) and _KATAKANA.match(text, word.end))


def _is_only_followed(around: str) -> bool:
    """Whether the words around the name of a network ask to follow it or to have a look, and for nothing else."""
    return (is_to_follow(around) or is_to_look(around)) and not is_to_write(around)


class _Search:
    def __init__(self, view: ContactView, phones: Sequence[Phone], urls: Sequence[TextUrl]) -> None:
        self.text = view.text
        self.lowered = view.text.lower()
        self.phones = phones
        self.urls = urls
        self._phone_starts = [phone.start for phone in phones]
        self._url_starts = [url.start for url in urls]

    def judge(self, word: Word) -> Messenger | None:
        """What makes this name a contact, if anything does."""
        if self._in_url(word) or _is_part(self.text, word) or _PAYMENT.match(self.lowered, word.end):
            return None
        if self._is_opinion(word):
            return None
        if _NEITHER.match(self.lowered, word.end):
            return None
        certain = word.tag == "chat"
        # "line" or "wa" in small letters is a messenger only where somebody is asked to write there.
        if not certain and not _could_be_meant(self.text, word) and not self._asked(word):
            number = self._with_number(word, certain=False) if word.detail in _SHORT_LABELS else None
            return number or self._told_later(word, certain=False)
        url = self._url_behind(word)
        if url and url.link.kind == "messenger":  # a chat link speaks for itself
            return None
        if self._is_refused(word) or self._is_telephone_line(word):
            return None
        if url and (url.link.scheme or url.link.path.strip("/")):  # "Skype: mugs.shop" is a handle
            return Messenger(word.start, url.end, word.detail, url.link.path.strip("/"), 0.85)
        return (
            self._with_handle(word, certain=certain)
            or self._with_number(word, certain=certain)
            or self._invited_or_told(word, certain=certain)
        )

    def is_asked_around(self, found: Messenger, word: Word) -> bool:
        """Whether the words around a name with its handle or number invite the reader."""
        before = self._sentence_before(found.start)
        return (
            bool(_ADD.match(self.text, word.start))
            or is_own(before)
            or is_invitation(before, self._sentence_behind(found.end))
            or is_invitation(self._sentence_before(word.start), self._sentence_behind(word.end))
        )

    def _is_refused(self, word: Word) -> bool:
        """Whether the name stands in a question that is answered with a refusal: "… on WhatsApp? No, sorry."."""
        end = word.end + len(self._sentence_behind(word.end))
        return self.text[end : end + 1] in ("?", "？", "؟") and is_refused(self.lowered[end + 1 : end + _WINDOW])

    def _is_opinion(self, word: Word) -> bool:
        """ "Contact us, IMO, before …": in my opinion, an aside. (In a list of services the others tell.)"""
        return (
            self.text[word.start : word.end] == "IMO"
            and not _CLAUSE_END.split(self.text[max(word.start - _WINDOW, 0) : word.start])[-1].strip()
            and bool(_NO_MORE.match(self.text, word.end))
        )

    def _is_telephone_line(self, word: Word) -> bool:
        """ "My line: 0601 …" """
        if self.text[word.start : word.end] != "line":
            return False
        index = bisect_left(self._phone_starts, word.end)
        return index < len(self.phones) and is_link(self.text[word.end : self.phones[index].start][: REACH + 1])

    def _in_url(self, word: Word) -> bool:
        index = bisect_right(self._url_starts, word.start) - 1
        return index >= 0 and word.start < self.urls[index].end

    def _with_handle(self, word: Word, *, certain: bool) -> Messenger | None:
        match = _handle_behind().match(self.text, word.end, min(word.end + _WINDOW, len(self.text)))
        if match and self._is_handle(match, word):
            return Messenger(word.start, match.end("id"), word.detail, match["id"], 0.95 if certain else 0.85)
        match = _AT_HANDLE.match(self.text, word.end, min(word.end + _WINDOW, len(self.text)))
        if match and (certain or self._asked(word)):
            return Messenger(word.start, match.end(), word.detail, match["id"], 0.9 if certain else 0.8)
        match = _handle_before().match(self.text, max(word.start - _WINDOW, 0), word.start)
        if match and (certain or match["id"].startswith("@") or self._asked(word)):
            return Messenger(match.start("id"), word.end, word.detail, match["id"], 0.9 if certain else 0.8)
        return None

    def _is_handle(self, match: regex.Match[str], word: Word) -> bool:
        """Whether what follows the name of a service is an account there, not just the next word."""
        handle, link = match["id"], match["link"].lower()
        if _MAILBOX.match(self.lowered, match.end("id")):
            return False
        if handle.startswith("@"):
            return True
        index = bisect_left(self._phone_starts, match.start("id"))
        if index < len(self.phones) and self.phones[index].start < match.end("id"):
            return False
        said = bool(_said().search(link))
        if _ACCOUNT_NUMBER.fullmatch(handle):
            return said or ":" in link or word.detail == "qq"
        telling = bool(_TELLING.search(handle)) and not _PLAIN_NUMBER.fullmatch(handle)
        closed = word.tag == "chat" and link.strip() == "(" and self.text[match.end("id") :][:1] == ")"
        if closed and handle.lower() not in _states() and self._asked(word):  # "on Insta (mugshop)"
            return True
        if said:
            return telling or len(handle) > 3
        if ":" in link or "=" in link:
            return telling or (word.tag == "chat" and self._stands_alone(match))
        if not telling or not handle[0].isalpha():
            return False
        return not link.strip(" (") or bool(_is().search(link)) or self._asked(word)

    def _stands_alone(self, match: regex.Match[str]) -> bool:
        """Whether a plain word behind "Instagram:" is all there is: no state, and no sentence goes on."""
        handle = match["id"].lower()
        return handle not in _states() and bool(_NO_MORE.match(self.text, match.end("id")))

    def _with_number(self, word: Word, *, certain: bool) -> Messenger | None:
        index = bisect_left(self._phone_starts, word.end)
        if index < len(self.phones):
            phone = self.phones[index]
            gap = self.text[word.end : min(phone.start, word.end + REACH + 1)]
            sure = certain or bool(gap.strip()) or word.detail in _SHORT_LABELS
            if is_link(gap) and (sure or self._asked(word)):
                return Messenger(word.start, phone.end, word.detail, phone.number, 0.97 if certain else 0.8)
        if index:
            phone = self.phones[index - 1]
            if _NUMBER_THEN_NAME.fullmatch(self.lowered, phone.end, word.start):
                end = self._closed(phone.end, word.end)
                return Messenger(phone.start, end, word.detail, phone.number, 0.95 if certain else 0.75)
        return None

    def _closed(self, start: int, end: int) -> int:
        """`end`, or behind the bracket that closes one opened since `start`."""
        opened = self.text[start:end].strip()[:1]
        return end + 1 if opened and self.text[end : end + 1] == {"(": ")", "[": "]"}.get(opened) else end

    def _url_behind(self, word: Word) -> TextUrl | None:
        """The link that the name announces: "Telegram: https://…"."""
        index = bisect_left(self._url_starts, word.end)
        if index == len(self.urls):
            return None
        url = self.urls[index]
        gap = self.text[word.end : min(url.start, word.end + REACH + 1)]
        return url if is_link(gap) and (":" in gap or url.link.kind == "messenger") else None

    def _sentence_before(self, place: int) -> str:
        before = self.lowered[max(place - _WINDOW, 0) : place]
        return before[_last_end(before) :]

    def _sentence_behind(self, place: int, reach: int = 40) -> str:
        behind = self.lowered[place : place + reach]
        return behind[: _first_end(behind)]

    def _asked(self, word: Word) -> bool:
        before, behind = self._sentence_before(word.start), self._sentence_behind(word.end)
        name = self.lowered[word.start : word.end]
        # "The green app" has an article of its own.
        if (" " not in name and _ARTICLE.search(before)) or not is_free(behind) or not is_invitation(before, behind):
            return False
        return name not in _ordinary() or is_asked(before) or bool(_ON.search(before))

    def _invited(self, word: Word, *, certain: bool) -> Messenger | None:
        before, behind = self._sentence_before(word.start), self._sentence_behind(word.end)
        alone = certain and not _CLAUSE_END.split(before)[-1].strip() and bool(_ALONE.match(self.text, word.end))
        asked = alone or is_invitation(before, behind, certain=certain)
        is_feed = word.detail in _feeds()
        further = self._sentence_behind(word.end, LATER)
        asked = asked or self._is_verb(word, before) or is_spoken_of(before, further, certain=certain, is_feed=is_feed)
        own = not asked and is_own_place(before, behind)
        if not asked and not own:
            return None
        is_ordinary = self.lowered[word.start : word.end] in _ordinary() and word.detail != "whatsapp"
        if is_ordinary and _OTHER_ARTICLE.search(before) and not is_its_place(behind):
            return None
        if not certain and not self.text[word.start : word.end].isupper() and not asked:
            return None
        # To follow or to look is advertising; a contact only with an account.
        if is_feed and _is_only_followed(before + behind):
            return None
        confidence = (0.8 if asked else 0.7) - (0 if certain else 0.1)
        return Messenger(word.start, word.end, word.detail, "", confidence, asked)

    def _is_verb(self, word: Word, before: str) -> bool:
        """ "Whatsup us", where nothing takes it back."""
        return bool(_TO_US.match(self.text, word.start)) and not is_denied(_CLAUSE_END.split(before)[-1])

    def _invited_or_told(self, word: Word, *, certain: bool) -> Messenger | None:
        later = self._told_later(word, certain=certain)
        return later if later and later.handle else self._invited(word, certain=certain) or later

    def _told_later(self, word: Word, *, certain: bool) -> Messenger | None:
        """An account or an invitation that comes some words behind the name."""
        before = self._sentence_before(word.start)
        behind = self.text[word.end : word.end + LATER]
        clause = _CLAUSE_END.split(behind.lower(), 1)[0]
        if is_reported(before) or is_of_goods(f"{before}|{clause}") or is_taken_back(before):
            return None
        if is_about_goods(f"{before}|{clause}") or is_warned_of(before + behind.lower()):
            return None
        later = Later(behind)
        account = later.account()
        if account is None and not (certain or _could_be_meant(self.text, word)):
            return None
        searches = later.searches() and (certain or account is not None)
        is_feed = word.detail in _feeds()
        if is_feed and not (account and account.is_named) and _is_only_followed(before + behind.lower()):
            return None
        if not (account and account.is_named) and not searches:
            # "… I can't type the name, but message me there": what parts a "not" from the rest ends it.
            told = _CLAUSE_END.split(before)[-1]
            denied = is_denied(told) and not parting().search(told.lower())
            if denied or not later.leads_there(to_write=is_feed):
                return None
        end = word.end + account.end if account else word.end
        handle = behind[account.start : account.end] if account else ""
        return Messenger(word.start, end, word.detail, handle, 0.8 if certain else 0.7, asked=True)


# "… is best for us: @mugs": an account in the same sentence.
_AT_HANDLE = regex_later(r"[^.!?\n@]{0,30}[\s:：](?P<id>@[A-Za-z0-9_][\w.]{1,30}\w)(?![\w@])")
# "Instagram-ready", "Line 6": the name is part of another.
_COMPOUND = regex_later(
    r"-(?!id\b|gro(?:up|ep)|grupp|nummer|kanal|konto|account|chat|kontakt)\p{Ll}|\s[0-9](?![0-9 ]|[./-][0-9][./-])",
    regex.IGNORECASE,
)
# "WeChat Pay" is a way to pay.
_PAYMENT = regex_later(r"\s?(?:pay\b|转账|轉帳|轉賬|支付|付款|红包|紅包|ペイ|페이)")
# Services whose short names ("wsp", "ig") are no words of their own: a number right behind one is an account there.
_SHORT_LABELS = frozenset({"whatsapp", "wechat", "qq", "telegram"})
# Behind the name of a mailbox
_MAILBOX = regex_later(
    r"\s?[(\[{<]\s?(?:@|at|ät|małpa|malpa|arroba|arobase|chiocciola|apenstaartje|snabel-a)\s?[)\]}>]"
)
# "Zit je op signal?"
_ON = regex_later(r"(?<![^\W\d_])(?:on|op|auf|bei|sur|su|na|på)\s$")
# "I may not write on WhatsApp nor call"
_NEITHER = regex_later(r"\s(?:nor|ni|né|nem|ani)\s")
# Names that ask to be added.
_ADD = regex_later(r"加|有薇|有微|add (?:my )?v\b", regex.IGNORECASE)
_TO_US = regex_later(r"w\w+ (?:me|us)\b", regex.IGNORECASE)
# "WhatsApp?" is all that is said.
_ALONE = regex_later(r"\s*\?")
_NUMBER_THEN_NAME = regex_later(
    r"[\s,]{0,2}[(\[/-]?\s?"
    r"(?:(?:on|via|auf|per|sur|en|su|op|na|på|no|or|and|und|oder|et|e|y|i|also|auch)\s)?(?:(?:our|by)\s)?"
)
_TELLING = regex_later(r"[0-9_#]|\w[.-]\w")
_ACCOUNT_NUMBER = regex_later(r"[0-9]{6,12}")
_PLAIN_NUMBER = regex_later(r"[0-9]+(?:[.,-][0-9]+)*")
_KATAKANA = regex_later(r"[\u30a1-\u30fa\u30fc]")
# "Drop us a line", "on the line".
_ARTICLE = regex_later(r"(?<![^\W\d_])(?:an?|the|this|that|every|each|one|bottom|first|last)\s$")
# "Ein Signal": before names that are ordinary words elsewhere too.
_OTHER_ARTICLE = regex_later(r"(?<![^\W\d_])(?:eine?|einem|einen|kein|das|dem|une?|la|el|una|il|een|het|ett|uma?)\s$")
_NO_MORE = regex_later(r"\s*+(?:$|[\n,;)/|!?.](?:\s|$)|\n)")
_CLAUSE_END = regex_later(r"[,;:.!?\n，；：。！？]")
_SENTENCE_END = regex_later(r"[.!?。！？؟।](?=\s|$)|[。！？]|[!?](?=[\u3040-\ud7af])|\n\s*\n")


@cache
def _states() -> frozenset[str]:
    return frozenset(phrases(data.STATES))


@cache
def _feeds() -> frozenset[str]:
    return frozenset(phrases(data.FEEDS))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(phrases(data.ORDINARY))


@cache
def _handle_before() -> regex.Pattern[str]:
    """ "@mugs on Telegram", "mug_shop88 on …": read from the name backwards."""
    return regex.compile(
        r"(?ri)(?<![\w.@/-])(?P<id>@[\w.]{2,31}\w|(?=\w*(?:_|[a-z]{3}[0-9]{2}))[a-z][a-z0-9_]{3,30})"
        rf"\s?[(\[]?\s?(?:(?:{either(data.HANDLE_LINKS)})\s?)?(?:my\s)?"
    )


@cache
def _handle_behind() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?i)(?P<link>[™®]?[\s.,;()\[\]-]{{0,3}}(?:(?:{either(data.HANDLE_WORDS)})(?![A-Za-z])[\s.,:]{{0,2}}){{0,4}}"
        r"[\s:=(\[\"'-]{0,4})(?<![A-Za-z0-9_])"
        r"(?P<id>(?:live:|@)?[A-Za-z0-9_][A-Za-z0-9_.-]{1,30}[A-Za-z0-9_](?:#[0-9]{4})?)(?![A-Za-z0-9_@])"
    )


@cache
def _said() -> regex.Pattern[str]:
    return regex.compile(whole(data.HANDLE_SAID))


@cache
def _is() -> regex.Pattern[str]:
    return regex.compile(whole(data.IS))


def _last_end(text: str) -> int:
    """Where the last sentence of a text begins."""
    last = 0
    for match in _SENTENCE_END.finditer(text):
        last = match.end()
    return last


def _first_end(text: str) -> int:
    """Where the first sentence of a text ends."""
    match = _SENTENCE_END.search(text)
    return match.start() if match else len(text)
