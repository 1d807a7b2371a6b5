"""What a mail program may fetch when a mail is opened, besides its images: frames, sounds, style sheets, icons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

from msgpolicy.facts.links.finding import Link, classify_url
from msgpolicy.facts.links.image_sources import addresses_in
from msgpolicy.facts.links.placed import base_of
from msgpolicy.facts.style.declared import DeclaredStyles
from msgpolicy.facts.style.styles import styles_of

LoadKind = Literal["frame", "media", "script", "sheet", "style"]
# Attributes that are fetched, by tag. What stands in <source> is for the <audio> or <video> around, or for a <picture>.
_FETCHED: dict[str, tuple[LoadKind, str]] = {
    "iframe": ("frame", "src"),
    "frame": ("frame", "src"),
    "embed": ("frame", "src"),
    "object": ("frame", "data"),
    "bgsound": ("media", "src"),
    "audio": ("media", "src"),
    "video": ("media", "src"),
    "source": ("media", "src"),
    "track": ("media", "src"),
    "link": ("sheet", "href"),
    "script": ("script", "src"),
    "html": ("script", "manifest"),
}
_RELS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "preload", "prefetch", "prerender", "image_src"}
    | {"dns-prefetch", "preconnect"}
)
_IMPORT = regex.compile(r"@import\s*+(?:url\(\s*+)?+[\"']?+([^\s\"')]++)", regex.IGNORECASE)


_NAMES_ADDRESS = regex.compile(r"url\(|image-set\(")


class Load(NamedTuple):
    """An address as source[start:end] that is fetched for an element; `how` names the attribute or the at-rule.

    `style`: an address in a style, whether the style applies or not.
    """

    kind: LoadKind
    link: Link
    start: int
    end: int
    element: int
    how: str


def remote_loads(declared: DeclaredStyles) -> Iterator[Load]:
    """What may be fetched, attributes in the order of the document, then addresses in styles.

    Raises:
        TooLargeError: the style sheets hold more than is read.
    """
    document = declared.document
    base = base_of(document)
    for index in document.find(*_FETCHED):
        element = document.elements[index]
        kind, name = _FETCHED[element.tag]
        attribute = element.attrs.get(name)
        if attribute is None or element.copy_of is not None or not attribute.value.strip():
            continue
        if element.tag != "link" or _RELS & set((element.get("rel") or "").lower().split()):
            link = classify_url(attribute.value, base=base)
            yield Load(kind, link, attribute.value_start, attribute.value_end, index, name)
    yield from _in_styles(declared, base)


def _in_styles(declared: DeclaredStyles, base: str | None) -> Iterator[Load]:
    """What is imported, and the addresses that `image_sources` leaves out: nothing that is shown has them."""
    document = declared.document
    for index, winners in enumerate(declared.winners):
        if winners and declared.computed[index].gone is not None:
            spans = {(found.start, found.end) for found in winners.values() if _NAMES_ADDRESS.search(found.value)}
            for start, end in sorted(spans):
                for link, place in addresses_in(document.source, start, end, base):
                    yield Load("style", link, *place, index, "style")
    styles = styles_of(document)
    for rule in styles.sheet_rules:
        spans = {(found.start, found.end) for found in rule.declarations.values() if _NAMES_ADDRESS.search(found.value)}
        for start, end in sorted(spans):
            for link, place in addresses_in(document.source, start, end, base):
                yield Load("style", link, *place, rule.element, "style")
    for noted in styles.sheets.noted if styles.sheets else ():
        index = document.element_at(noted.start)
        if noted.name == "import":
            match = _IMPORT.match(document.source, noted.start, noted.end)
            if match:
                yield Load("sheet", classify_url(match[1], base=base), *match.span(1), index, "@import")
        else:
            for link, place in addresses_in(document.source, noted.start, noted.end, base):
                yield Load("style", link, *place, index, f"@{noted.name}")
