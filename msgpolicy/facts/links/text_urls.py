"""URLs written in running text: with a scheme, with "www.", or as a bare host that is more than a missing space."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from ipaddress import IPv4Address
from itertools import islice
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data.address_words import ENDINGS_AS_WORDS, HOST_PREPOSITIONS
from msgpolicy.facts.contacts.data.chat_services import SERVICES
from msgpolicy.facts.contacts.data.domain_endings import (
    ALSO_FILES,
    ALSO_WORDS,
    NO_HOSTS,
    PLAIN,
    RESERVED,
    SENTENCE_ENDS,
)
from msgpolicy.facts.contacts.labels import Labels, is_link
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.urls import Link, classify_url
from msgpolicy.facts.links.written_hosts import WrittenHost, host_at, path_behind
from msgpolicy.later import regex_later


class TextUrl(NamedTuple):
    """A URL and its place in the view."""

    start: int
    end: int
    link: Link
    confidence: float


# What a URL goes on with behind its host; letters of scripts that write no spaces end it.
_TAIL = regex_later(
    r"(?::\d{1,5}+)?+(?:[/?#\\][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{}|\\^\u00a1-\u02ff\u0370-\u0dff]{0,2000}+)?+"
)
_AUTHORITY = regex_later(r"(?:[^\s/\\?#<>|^\"'`«»\u2018-\u201f\u3000-\u303f()]|\([^\s/\\?#<>()]{0,40}+\)){1,1000}+")
_BRACKETED_DOT = regex_later(r"\s?[\[({<]\s?(?:\.|dot|punkt|punto|ponto|point|kropka)\s?[\])}>]\s?", regex.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


def schemed_urls(view: ContactView) -> Iterator[TextUrl]:
    """URLs with a scheme, also `hxxp` and `http[:]//`, and those of messengers' own schemes."""
    at = 0
    for colon in _COLON.finditer(view.text):
        scheme = _scheme().match(view.text, at, colon.start()) if colon.start() >= at else None
        found = _schemed(view, scheme.start(), scheme["scheme"].lower(), colon) if scheme else None
        if found:
            yield found
            at = found.end


def _schemed(view: ContactView, start: int, scheme: str, colon: regex.Match[str]) -> TextUrl | None:
    text, begin = view.text, colon.end()
    http = _HTTP.fullmatch(scheme)
    disguised = http is not None and scheme not in ("http", "https")
    if http:
        scheme = f"http{http[1]}"
    authority = _AUTHORITY.match(text, begin)
    if authority is None or (scheme in _APP_SCHEMES and colon.group() != "://"):
        return None
    end = authority.end()
    host = host_at(view, begin)
    if host and host.spelled and host.end > _trimmed(text, begin, end):
        place, end = host.host.name, host.end
    else:
        end = end if _tail_end(text, end) > end else _trimmed(text, begin, end)
        end = begin + len(text[begin:end].rstrip("-"))  # no host ends in a hyphen
        place = _BRACKETED_DOT.sub(".", view.written(begin, end))
        if host and host.disguised and host.end == end:
            place = host.host.name
    if not place:
        return None
    behind = end
    end = _trimmed(text, behind, _tail_end(text, behind))
    link = classify_url(f"{scheme}://{place}{text[behind:end]}")
    if link.kind == "other" and not link.host and scheme in ("http", "https", "ftp"):
        return None
    odd = (
        disguised
        or text[colon.start() - 1] in "[({ "
        or colon.group() != "://"
        or bool(_BRACKETED_DOT.search(text, begin, end))
    )
    odd = odd or (host is not None and (host.spelled or host.disguised) and host.end <= end)
    link = link._replace(raw=view.written(start, end), obfuscated=link.obfuscated or odd)
    return TextUrl(start, end, link, 0.99)


def bare_urls(view: ContactView, hosts: Iterable[WrittenHost]) -> Iterator[TextUrl]:
    """The hosts that are meant as an address, with what follows them."""
    labels: Labels | None = None
    at = 0
    for host in hosts:
        if host.start < at or _is_handle(view, host.start):  # in the path of the one before
            continue
        labels = labels or Labels(view, lambda word: word.tag == "site")
        end = _trimmed(view.text, host.end, _tail_end(view.text, host.end))
        confidence = _confidence(view.text, host, end, labels)
        if confidence:
            at = end
            link = classify_url(f"//{host.host.name}{view.text[host.end : end]}")
            if host.spelled and end == host.end and (path := path_behind().match(view.text, end)):
                end = at = path.end()
                link = classify_url(f"//{host.host.name}/{path['path']}")
            odd = link.obfuscated or host.spelled or host.disguised
            written = view.written(host.start, end)
            yield TextUrl(host.start, end, link._replace(raw=written, obfuscated=odd), confidence)


def is_named(view: ContactView, start: int) -> bool:
    """Whether a small word, or one for a web site, stands right before a place: "on …", "our shop: …"."""
    before = view.text[max(start - 24, 0) : start]
    return bool(_preposition().match(view.text, 0, start)) or bool(_SITE_BEFORE.search(before))


_SITE_BEFORE = regex_later(
    r"(?i)(?:https?|hxxps?|site|shop|store|web|url|link|visit|check|see|to|look|webseite|sklep|tienda|boutique):?\s$"
)


def _is_handle(view: ContactView, start: int) -> bool:
    """Whether "@" stands before a name right behind a messenger's: "Insta: @mugs.shop"."""
    if view.text[start - 1 : start] != "@":
        return False
    before = bisect_right(view.words, start, key=lambda word: word.start)
    return any(
        word.tag in ("chat", "chat?") and start - 8 < word.end < start and is_link(view.text[word.end : start - 1])
        for word in view.words[max(before - 8, 0) : before]
    )


def bare_ip_addresses(view: ContactView, most: int) -> Iterator[TextUrl]:
    """IPv4 addresses without a scheme that anybody can reach: those of home networks and versions are none.

    At most the first `most` that are written are looked at.
    """
    for match in islice(IP_ADDRESS.finditer(view.text), most):
        start, behind = match.span()
        end = _trimmed(view.text, behind, _tail_end(view.text, behind))
        link = classify_url(f"//{view.text[start:end]}")
        if not link.is_ip or link.ascii_host != match.group() or not IPv4Address(link.ascii_host).is_global:
            continue
        if end - behind > 1:
            confidence = 0.95
        elif _VERSION_BEFORE.match(view.text, 0, start) or max(map(int, match.group().split("."))) < _LARGE:
            continue
        else:
            confidence = 0.6
        written = view.written(start, end)
        yield TextUrl(start, end, link._replace(raw=written, obfuscated=not written.isascii()), confidence)


def _confidence(text: str, host: WrittenHost, end: int, labels: Labels) -> float:
    """How sure it is that a host in running text is meant as one; 0 for "soon.it", "photo.zip", "arrived.At"."""
    name, ending = host.labels[0].lower(), host.ending
    if _is_file_or_type(text, host, end):
        return 0.0
    if host.host.ascii in NO_HOSTS or text[host.start - 1 : host.start] == "#":  # a hashtag
        return 0.0
    if name.startswith("www") and len(host.labels) > 2:
        return 0.98
    if end - host.end > 1:  # more than a slash
        return 0.97
    if (
        ending in ALSO_FILES
        or (_is_joined(host.labels) and not (host.disguised or host.spelled))
        or _MANUAL_SECTION.match(text, host.end)
    ):
        return 0.0
    if _MORE_OF_A_FILE.match(text, host.end) and not (host.spelled or host.disguised):
        return 0.0
    if len(set(host.labels)) == 1 or (name in _REVERSED and ending not in PLAIN):  # "xxx.xxx.xxx", "org.gnome.shell"
        return 0.0
    owner = host.labels[len(host.labels) - (host.host.suffix or "").count(".") - 2].lower()
    if (len(owner) == 1 and ending not in _SHORT) or (owner.isdigit() and (len(owner) < 3 or ending not in PLAIN)):
        return 0.0
    if host.spelled or host.disguised:
        return 0.9
    telling = "-" in owner or any(char.isdigit() for char in owner)
    deep = len(host.labels) > 2 and (len(owner) > 2 or ending in PLAIN)
    site = labels.before(host.start) is not None
    small_word = _preposition().match(text, 0, host.start)
    goes_on = _SENTENCE_GOES_ON.match(text, end) is not None
    if goes_on and not (site or telling or deep):
        if small_word:
            languages = _languages_of(small_word.group())
            if any(ending in ENDINGS_AS_WORDS[language] for language in languages):
                return 0.0
        elif not owner.isascii() or _is_word_around(text, ending, host.start):
            return 0.0
    if (site or small_word or telling or deep) and not (owner in SENTENCE_ENDS and ending in ALSO_WORDS):
        return 0.95
    plain = ending in PLAIN or ending in RESERVED or not ending.isascii()
    if plain and ending not in ALSO_WORDS:
        return 0.95 if owner not in SENTENCE_ENDS or ending in _NEVER_A_WORD else 0.0
    if owner in SENTENCE_ENDS or _GOES_ON.match(text, end):
        return 0.0
    return 0.7 if len(owner) > 3 else 0.0


def _is_file_or_type(text: str, host: WrittenHost, end: int) -> bool:
    """Whether a bare "run.pl" stands among files, or a bare "TX.de" among names of types."""
    if len(host.labels) > 2 or host.spelled or host.disguised or end - host.end > 1:
        return False
    before = text[max(host.start - _NEAR_FILES, 0) : host.start]
    if host.ending in _FILES and _FILE.search(f"{before} {text[end : end + _NEAR_FILES]}"):
        return True
    return bool(_TYPE.fullmatch(text, host.start, host.end)) and not _AT_A_SITE.search(before)


_NEAR_FILES = 40
_FILES = frozenset({"pl", "rs", "cc", "is", "in", "so", "mk", "pm", "st", "ml", "hr"})
_FILE = regex_later(
    r"(?i)\b[\w-]+\.(?:py|sh|exe|bat|txt|js|css|cfg|ini|json|xml|cpp|h|pm|rb|php|ino|toml|yaml|yml|bin|hex)\b|"
    r"\b(?:file|files|script|scripts|rename|compile|datei|skript|fichier|archivo|plik|skrypt|bestand|dosya)\b"
)
# "manual.de.pdf": none of these is a domain.
_MORE_OF_A_FILE = regex_later(
    r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|xml|json|html?|jpe?g|png|gif|tiff?|webp|heic|svg|mp[34]|wav|"
    r"avi|stl|dxf|dwg|step|eml|msg|exe|bin|hex|dll|apk|iso|log|ini|cfg|ya?ml|tar|rar|7z)(?![\w-]|\.\w)"
)
_TYPE = regex_later(r"[A-Z]{1,3}\.[a-z]{2}")
_AT_A_SITE = regex_later(
    r"(?i)(?<!\w)(?:https?|www|site|shop|store|url|link|visit|check|see|webseite|at|on|bei|auf|sur|en|su|op|na|på):?\s$"
)


def _languages_of(preposition: str) -> list[str]:
    """The languages in which the small word before a host is one."""
    word = preposition.strip(" \n\t\"'(").lower()
    return [language for language, listed in HOST_PREPOSITIONS.items() if word in listed]


def _is_word_around(text: str, ending: str, start: int) -> bool:
    """Whether an ending stands as a word of its own near a place, as "de" does in French and "com" in Portuguese."""
    around = text[max(start - _AROUND, 0) : start + _AROUND]
    return bool(regex.search(rf"(?<!\S){regex.escape(ending)}\s", around, regex.IGNORECASE))


_AROUND = 400
_SENTENCE_GOES_ON = regex_later(r"\s\p{Ll}")
IP_ADDRESS = regex_later(r"(?<![\w.:/@+%,-])\d{1,3}(?:\.\d{1,3}){3}(?![\w@-]|\.\d)")
_VERSION_BEFORE = regex_later(
    r"(?ri)(?<!\p{L})(?:v|ver|version|versión|versione|wersja|firmware|fw|release|build|rev)[.: ]{0,3}"
)
# The numbers of a version, or of a section of a book, are smaller.
_LARGE = 100
_NEVER_A_WORD = frozenset({"net", "org", "info", "biz", "example", "eu", "co", "io", "uk", "shop", "store", "com"})
# Names of settings and programs begin with what ends a host.
_REVERSED = frozenset({"com", "net", "org"})
# "systemd.link(5)"
_MANUAL_SECTION = regex_later(r"\(\d\)")
# Where even names of one letter are registered: "x.com".
_SHORT = frozenset({"com", "net", "org", "co", "io"})


def _is_joined(labels: tuple[str, ...]) -> bool:
    """Whether the case of the labels tells two sentences: "arrived.We", "Obrigado.Com", "here.IT"."""
    last, before = labels[-1], labels[-2]
    if last.islower() or last.lower() == last.upper():
        return False
    return not (last.isupper() and before.isupper())


_GOES_ON = regex_later(r"\s\p{L}")
_COLON = regex_later(r":[\])}]?\s?(?:[/\\]\s?){1,6}+[\])}]?")
_APP_SCHEMES = frozenset(scheme for service in SERVICES for scheme in service.schemes)


# "hxxp", "h**p", "hXtps", "h t t p s"
_DISGUISED_HTTP = r"h(?:tt|xx|tx|xt|\*\*|__|--)ps?|h\s?(?:t\s?t|x\s?x)\s?p(?:\s?s)?"
_HTTP = regex_later(r"h(?:\W|_|[tx]){2,5}p\s?(s?)", regex.IGNORECASE)


@cache
def _scheme() -> regex.Pattern[str]:
    """A scheme before a colon, read backwards from it."""
    apps = "|".join(sorted(_APP_SCHEMES, key=len, reverse=True))
    return regex.compile(rf"(?r)(?<![A-Za-z0-9])(?P<scheme>{_DISGUISED_HTTP}|ftp|{apps})\s?[\[({{]?", regex.IGNORECASE)


@cache
def _preposition() -> regex.Pattern[str]:
    """A small word right before a host, read backwards from it."""
    prepositions = sorted({word for listed in HOST_PREPOSITIONS.values() for word in listed}, key=len, reverse=True)
    words = "|".join(map(regex.escape, prepositions))
    return regex.compile(rf"(?r)(?<![^\W_])(?:{words})\s[\"'(]?", regex.IGNORECASE)


def _tail_end(text: str, place: int) -> int:
    match = _TAIL.match(text, place)
    if match is None:
        return place
    return _closing_bracket(text, *match.span()) if ")" in match.group() else match.end()


def _closing_bracket(text: str, start: int, end: int) -> int:
    """Where a bracket closes that was opened before a span; else its end."""
    depth = 0
    for at in range(start, end):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
            if depth < 0:
                return at
    return end


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without the punctuation of the sentence around it; a closing bracket stays if it was opened inside."""
    while end > start:
        char = text[end - 1]
        if (
            char in _CLOSING and text.count(_CLOSING[char], start, end) < text.count(char, start, end)
        ) or char in ".,;:!?'*_|~^":
            end -= 1
        else:
            break
    return end
