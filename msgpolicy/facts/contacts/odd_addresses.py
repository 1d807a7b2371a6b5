"""Addresses that no search for dots finds: "s h o p . c o m", "www shop com", "shop|com"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.contacts.emails import Email
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.hosts import read_host
from msgpolicy.facts.links.text_urls import TextUrl, is_named
from msgpolicy.facts.links.urls import classify_url

_SPACED_OUT = regex.compile(r"(?<![\w@.])(?:[A-Za-z0-9@._-] ){5,80}[A-Za-z](?!\w)")
_PLAIN = regex.compile(r"(?i)(?:(?P<name>[\w.+-]{1,64}+)@)?(?P<host>(?:[a-z0-9-]{1,63}+\.){1,4}[a-z]{2,10})")
_ENDING = r"(?P<ending>com|net|org|info|shop|store|eu|de|fr|es|it|nl|pl|se|uk|ru|cn|jp|in|br)"
_LABEL = r"(?P<label>[A-Za-z0-9][A-Za-z0-9-]{1,40})"
_WWW = regex.compile(
    rf"(?i)(?<!\w)(?:www|w w w|vvvvvv)(?:[\s,;_*|/\\]{{1,3}}){_LABEL}(?:[\s,;_*|/\\]{{1,3}}){_ENDING}(?![\w@-]|\.\w)"
)
_BROKEN = regex.compile(
    rf"(?<![\w@./-]){_LABEL}(?:(?:[*|]|\\\.?)(?-i:(?:com|net|org))|\((?:com|net|org)\)|,(?:com|net|org)(?!\s\p{{Ll}}))(?![\w@-]|\.\w)"
)


def odd_urls(view: ContactView) -> Iterator[TextUrl]:
    """The hosts of a view that are written without a dot, or with spaces between all letters."""
    for start, end, name, host in _spaced_out(view):
        if not name:
            yield _url(view, start, end, host)
    for match in _WWW.finditer(view.text):
        yield _url(view, *match.span(), f"www.{match['label']}.{match['ending']}")
    for match in _BROKEN.finditer(view.text):
        if is_named(view, match.start()):
            ending = regex.sub(r"\W", "", match.group()[len(match["label"]) :])
            yield _url(view, *match.span(), f"{match['label']}.{ending}")


def odd_emails(view: ContactView) -> Iterator[Email]:
    """The addresses of a view with spaces between all letters."""
    for start, end, name, host in _spaced_out(view):
        if name:
            yield Email(start, end, f"{name}@{host}".lower(), False, True, 0.95)


def _spaced_out(view: ContactView) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, mailbox or "", host) of each address with spaces between its letters."""
    for match in _SPACED_OUT.finditer(view.text):
        plain = _PLAIN.fullmatch(match.group().replace(" ", ""))
        host = read_host(plain["host"]) if plain else None
        if plain and host and host.registrable:
            yield *match.span(), plain["name"] or "", host.ascii


def _url(view: ContactView, start: int, end: int, host: str) -> TextUrl:
    link = classify_url(f"//{host.lower()}")
    return TextUrl(start, end, link._replace(raw=view.written(start, end), obfuscated=True), 0.9)
