"""E-mail addresses written in a text, also as "name at host dot com", with brackets, spaces, in many languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.data.address_words import AT_WORDS, HYPHEN_WORDS, NO_LOCAL_PARTS, ROLES, UNDERSCORE_WORDS
from msgpolicy.facts.contacts.data.domain_endings import MAIL_PROVIDERS, UNMISTAKABLE_PROVIDERS
from msgpolicy.facts.contacts.labels import Labels
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.hosts import host_in, public_suffix
from msgpolicy.facts.links.written_hosts import (
    ENCLOSING,
    SPACED,
    SPACED_LETTERS,
    UNSPACED,
    WrittenHost,
    alternatives,
    existing_ending,
    path_behind,
    spelled_dot,
)
from msgpolicy.later import regex_later

# Addresses of the marketplaces' own relays: no way around them.
# "com.be" is no public suffix, so that the store in Belgium is named.
RELAY_HOSTS = frozenset({"marketplace.amazon.*", "marketplace.amazon.com.be", "members.ebay.*"})


class Email(NamedTuple):
    """An address and its place in the view."""

    start: int
    end: int
    address: str
    relay: bool
    obfuscated: bool
    confidence: float


def emails_in(view: ContactView, hosts: Iterable[WrittenHost]) -> Iterator[Email]:
    """The addresses before these hosts, and those whose host has no known ending but a provider's name."""
    labels: Labels | None = None
    starts: set[int] = set()
    for host in hosts:
        starts.add(host.start)
        match = _before().match(view.text, max(host.start - 120, 0), host.start)
        if match is None:
            continue
        labels = labels or Labels(view, lambda word: word.tag == "mail")
        certain = _certainty(view.text, match, host, labels)
        if certain:
            start = match.start("local")
            local = match["local"].lower()
            name = _plain_name(local)
            place = host.looks.ascii  # of a mailbox only the looks count: nobody writes to what they cannot read
            disguised = host.disguised or (
                view.text[start : host.end].isascii() and not view.written(start, host.end).isascii()
            )
            if disguised and match["at"] == "@" and not host.spelled:
                name, _, place = _read_as_meant(view, start, host.end).rpartition("@")
            yield Email(
                start,
                host.end,
                f"{name}@{place}",
                host_in(host.host.ascii, RELAY_HOSTS),
                match["at"] != "@" or host.spelled or name != local or disguised,
                certain,
            )
    if "@" in view.text:
        yield from _slips(view, starts)
    yield from _at_providers(view, starts)


def _read_as_meant(view: ContactView, start: int, end: int) -> str:
    """An address in disguise, in lower case. A bar of another alphabet may be "l" or "i": what can be said tells.

    A foreign letter that looks like a capital "I" looks like "l" beside small letters.
    """
    text = view.text[start:end]
    places = [
        match.start()
        for match in _BAR.finditer(text)
        if not view.written(start + match.start(), start + match.end()).isascii()
    ]
    chars = list(text)
    for place in places:
        if text[place] == "I" and any(
            0 <= beside < len(text)
            and text[beside].islower()
            and view.written(start + beside, start + beside + 1).isascii()
            for beside in (place - 1, place + 1)
        ):
            chars[place] = "l"
    for place in places:
        odd = view.written(start + place, start + place + 1)
        if unicodedata.normalize("NFKC", odd) != "l" and _BETWEEN_CONSONANTS.match("".join(chars).lower(), place):
            chars[place] = "i"
    read = "".join(chars).lower()
    name, _, host = read.rpartition("@")
    provider, dot, ending = host.partition(".")
    at = len(name) + 1
    foreign = [place - at for place in places if at <= place < at + len(provider)]
    for swapped in ("i", "l"):
        other = "".join(swapped if place in foreign else char for place, char in enumerate(provider))
        if provider not in MAIL_PROVIDERS and other in MAIL_PROVIDERS:
            provider = other
    return f"{name}@{provider}{dot}{existing_ending(ending)}"


_BAR = regex_later("[Iil]")
# Nobody can say "tlzun", "zltimo" or "kodl24"; "world" and "milk" can be said.
_BETWEEN_CONSONANTS = regex_later(r"(?<=[bcdfghjkmnpqstvwxz])l(?![aeiouy])")


def _certainty(text: str, match: regex.Match[str], host: WrittenHost, labels: Labels) -> float:
    """How sure it is that "x at host" is an address; 0 for "find us at shop.example"."""
    name, sign = match["local"].lower(), match["at"].strip().lower()
    if match["at"] == "@":
        return 0.99
    if sign == "@" and name not in NO_LOCAL_PARTS and (match["at"][0] == "@" or host.spelled):
        return 0.95  # "anna@ mugs.example"
    if sign not in _WEAK_SIGNS and match["at"] != " (a) ":
        return 0.97  # in brackets, or a word that means nothing else
    if name in NO_LOCAL_PARTS or (host.spelled and path_behind().match(text, host.end)):
        return 0.0
    if _is_enclosed(text, match.start("local"), host.end) or (
        sign == "at" and match["at"].strip() == "AT" != name.upper()
    ):
        return 0.95
    provider = host.host.ascii.partition(".")[0] in MAIL_PROVIDERS
    account = bool(_ACCOUNT.search(_plain_name(name))) or name in ROLES
    announced = labels.before(match.start("local")) is not None
    if sign == "et" and _ET_IS_AT.search(text, host.start, host.end):
        return 0.9
    if sign in _PLACE_SIGNS:
        return 0.85 if host.spelled and (provider or announced) and (account or announced) else 0.0
    if sign == "@":
        return 0.9 if provider or account or announced else 0.0
    if host.spelled:  # "anna at shop dot example"
        return 0.95 if provider or account or announced else 0.8
    return 0.85 if announced or provider or account else 0.0


def _is_enclosed(text: str, start: int, end: int) -> bool:
    """Whether nothing but "x at host" stands in brackets."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return before in _ENCLOSING and _ENCLOSING[before] == behind


_ENCLOSING = {"<": ">", "(": ")", "[": "]", "{": "}"}


def _slips(view: ContactView, hosts: Container[int]) -> Iterator[Email]:
    """ "name@gmail.con", "name@mugs,com": no host has this ending or dot, the address is meant all the same.

    `hosts`: where a host begins.
    """
    for match in _BROKEN_DOT.finditer(view.text):
        if match.start("host") not in hosts and match["host"].lower() not in UNMISTAKABLE_PROVIDERS:
            address = f"{match['local']}@{match['host']}.{match['ending']}".lower()
            yield Email(*match.span(), address, False, True, 0.85)
    for match in _SLIP.finditer(view.text):
        ending = match["ending"].lower()
        if match["provider"].lower() in MAIL_PROVIDERS and (public_suffix(ending) is None or "," in match.group()):
            yield Email(*match.span(), match.group().lower(), False, False, 0.8)


def _at_providers(view: ContactView, hosts: Container[int]) -> Iterator[Email]:
    """ "name@gmail", "name at gmail com": a provider whose name is nothing else, without a dot or an ending.

    `hosts`: where a host begins.
    """
    lowered = view.text.lower()
    if not any(name in lowered for name in UNMISTAKABLE_PROVIDERS):
        return
    labels: Labels | None = None
    for provider in _PROVIDER.finditer(view.text):
        if provider.start() in hosts:
            continue
        match = _before().match(view.text, max(provider.start() - 120, 0), provider.start())
        if match is None:
            continue
        name, weak = match["local"].lower(), match["at"] != "@" and match["at"].strip().lower() in _WEAK_SIGNS
        if weak and not provider["ending"]:
            labels = labels or Labels(view, lambda word: word.tag == "mail")
            weak = not (_ACCOUNT.search(name) or labels.before(match.start("local")) is not None)
        elif weak:
            weak = name in NO_LOCAL_PARTS
        if not weak:
            name = _plain_name(name)
            ending = f".{provider['ending'].lower()}" if provider["ending"] else ""
            address = f"{name}@{provider['name'].lower()}{ending}"
            yield Email(match.start("local"), provider.end(), address, False, True, 0.85)


# Signs for "@" that may also be the word or the sign of a place.
_PLACE_SIGNS = frozenset({"bei", "chez", "presso", "bij", "et", "在"})
# Beside these words "et" is how Turks and Indonesians say "@".
_ET_IS_AT = regex_later(r"\s(?:nokta|titik)\s", regex.IGNORECASE)
_WEAK_SIGNS = frozenset({"@", "at", "a t"}) | _PLACE_SIGNS
_SLIP = regex_later(
    r"(?<![\w.+-])[\w.+-]{1,64}+@(?P<provider>[A-Za-z0-9-]{2,20}+)\.(?P<ending>[A-Za-z]{2,6}+)(?![\w@]|[.-]\w)"
)
# A name that is that of a mailbox rather than a word.
_ACCOUNT = regex_later(r"[\d._-]")
_PLAIN_ENDING = "com|net|org|eu|co|de|pl|nl|fr|it|es|se|ru|jp|cn"
_BROKEN_DOT = regex_later(
    r"(?<![\w.+@-])(?P<local>[A-Za-z][\w.+-]{0,63}+)@(?P<host>[A-Za-z][A-Za-z0-9-]{1,40}+)"
    rf"(?:\.\.|\s?[,;:|*\u00b7\u2022]\s?|[/\\_]|\s)(?-i:(?P<ending>{_PLAIN_ENDING}))(?![\w@-]|\.\w|\s\p{{Ll}})"
)
_PROVIDER = regex_later(
    rf"(?<![\w.-])(?P<name>{alternatives(UNMISTAKABLE_PROVIDERS)})"
    rf"(?:\s?[,;:\u00b7\u2022]?+\s?(?P<ending>{_PLAIN_ENDING})(?!\w))?+(?![\w@]|[.-]\w)",
    regex.IGNORECASE,
)


def _plain_name(name: str) -> str:
    """The name of a mailbox with its signs as signs: "anna underscore k"."""
    for signs, sign in ((UNDERSCORE_WORDS, "_"), (HYPHEN_WORDS, "-")):
        name = _spoken(signs).sub(sign, name)
    return _spelled_dot().sub(".", name)


@cache
def _spoken(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)[\s_](?:{alternatives(map(look, phrases(words)))})[\s_]")


@cache
def _spelled_dot() -> regex.Pattern[str]:
    return regex.compile(spelled_dot(), regex.IGNORECASE)


@cache
def _before() -> regex.Pattern[str]:
    """What stands before a host, read backwards from it."""
    words = {look(word) for table in AT_WORDS.values() for word in phrases(table)}
    unspaced = alternatives(word for word in words if regex.match(UNSPACED, word))
    spaced = alternatives([*(word for word in words if not regex.match(UNSPACED, word)), *_PLACE_SIGNS])
    bracketed = rf"\s?{ENCLOSING}\s?(?:@|{spaced}|{unspaced})\s?{ENCLOSING}\s?"
    sign = rf"(?:@|\s?[\[({{][aàáâ][\])}}]\s?|{bracketed}|\s(?:{spaced})\s|\s?(?:{unspaced})\s?|\s{{0,3}}@\s{{0,3}})"
    inner = rf"[{SPACED_LETTERS}_.+%'&-]"
    part = rf"{SPACED}(?:{inner}{{0,62}}{SPACED})?"
    between = alternatives(map(look, phrases(f"{UNDERSCORE_WORDS}|{HYPHEN_WORDS}")))
    name = rf"(?<!{inner}){part}(?:(?:{spelled_dot()}|[\s_](?:{between})[\s_]){part}){{0,3}}"
    return regex.compile(rf"(?r)(?P<local>{name})(?P<at>{sign})", regex.IGNORECASE)
