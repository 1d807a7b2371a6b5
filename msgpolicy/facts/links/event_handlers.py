"""Addresses that an element opens by a script of its own: `<td onclick="window.open('https://…')">`.

Mail programs leave such scripts out. Who writes one means to lead the buyer there all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.html.markup import value_map
from msgpolicy.facts.html.reading import Attribute, Document
from msgpolicy.facts.links.urls import Link, classify_url

_HANDLER = regex.compile(r"(?<=[\s\"'/])on[a-z]{3,20}(?=\s*+=)", regex.IGNORECASE)
# What sends the reader elsewhere, not only loads an image or counts.
_OPENS = regex.compile(r"location|open\s*\(|href|navigate|action", regex.IGNORECASE)
_URL = regex.compile(r"(?:https?:)?//[^\s'\"`<>\\);,]{4,2000}+", regex.IGNORECASE)


def handler_links(document: Document) -> Iterator[tuple[int, str, Link, tuple[int, int]]]:
    """(element, attribute, link, span of the source) of each address that a handler opens."""
    seen: set[tuple[int, str]] = set()
    for match in _HANDLER.finditer(document.source):
        index = document.element_at(match.start())
        name = match.group().lower()
        if index < 0 or (index, name) in seen:
            continue
        seen.add((index, name))
        attribute: Attribute | None = document.elements[index].attrs.get(name)
        if attribute is None or attribute.start > match.start() or not _OPENS.search(attribute.value):
            continue
        offsets = value_map(document.source, attribute)
        for url in _URL.finditer(attribute.value):
            link = classify_url(url.group())
            if link.kind in ("web", "messenger"):
                yield index, name, link, offsets.span(*url.span())
