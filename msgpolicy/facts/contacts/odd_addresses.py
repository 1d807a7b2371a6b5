"""Hosts that no search for dots finds: "www shop com", "shop|com"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.text_urls import TextUrl, is_named
from msgpolicy.facts.links.urls import classify_url
from msgpolicy.later import re_later, regex_later

_ENDING = r"(?P<ending>com|net|org|info|shop|store|eu|de|fr|es|it|nl|pl|se|uk|ru|cn|jp|in|br)"
_LABEL = r"(?P<label>[A-Za-z0-9][A-Za-z0-9-]{1,40})"
_GAP = r"[\s,;:_*|/\\-]{1,3}"
_WWW = regex_later(rf"(?i)(?<!\w)(?:www|w w w|vvvvvv){_GAP}{_LABEL}{_GAP}{_ENDING}(?![\w@-]|\.\w)")
_WWW_SIGN = re_later(r"[wWvV] ?[wWvV] ?[wWvV]")
_BROKEN = regex_later(
    rf"(?<![\w@./-]){_LABEL}(?:(?:[*|]|\\\.?)(?-i:(?:com|net|org))|\((?:com|net|org)\)|,(?:com|net|org)(?!\s\p{{Ll}}))(?![\w@-]|\.\w)"
)

# Where such a host may go on, found by Python's own engine, which is the faster one here; and its label before.
_SIGN = re_later(r"[*|\\(,]\.?(?:com|net|org)")
_LABEL_BEFORE = regex_later(r"(?r)(?<![\w@./-])[A-Za-z0-9][A-Za-z0-9-]{1,40}")


def odd_urls(view: ContactView) -> Iterator[TextUrl]:
    """The hosts of a view that are written without a dot."""
    for match in _WWW.finditer(view.text) if _WWW_SIGN.search(view.text) else ():
        yield _url(view, *match.span(), f"www.{match['label']}.{match['ending']}")
    for match in _broken_hosts(view.text):
        if is_named(view, match.start()):
            ending = regex.sub(r"\W", "", match.group()[len(match["label"]) :])
            yield _url(view, *match.span(), f"{match['label']}.{ending}")


def _broken_hosts(text: str) -> Iterator[regex.Match[str]]:
    at = 0
    for sign in _SIGN.finditer(text):
        label = _LABEL_BEFORE.match(text, max(at, sign.start() - 41), sign.start())
        match = label and _BROKEN.match(text, label.start())
        if match:
            yield match
            at = match.end()


def _url(view: ContactView, start: int, end: int, host: str) -> TextUrl:
    link = classify_url(f"//{host.lower()}")
    return TextUrl(start, end, link._replace(raw=view.written(start, end), obfuscated=True), 0.9)
