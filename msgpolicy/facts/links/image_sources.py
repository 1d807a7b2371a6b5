"""Every address that a document loads an image from: attributes, lists of candidates, backgrounds and styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from msgpolicy.facts.html.markup import Attribute, value_map
from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.links.finding import Link, classify_url
from msgpolicy.facts.links.placed import base_of, link_in
from msgpolicy.facts.style.declared import IMAGE_PROPERTIES, DeclaredStyles, by_place
from msgpolicy.later import regex_later

# Attributes that hold one address, by tag; `background` is read on all.
_SINGLE = {
    "img": ("src", "lowsrc", "dynsrc"),
    "input": ("src",),
    "amp-img": ("src",),
    "amp-anim": ("src",),
    "amp-pixel": ("src",),
    "video": ("poster",),
    "image": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    # Outlook's own, in conditional comments.
    "v:fill": ("src",),
    "v:imagedata": ("src", "o:href"),
    "v:image": ("src",),
    "v:stroke": ("src",),
}
_LISTS = {"img": "srcset", "source": "srcset", "amp-img": "srcset", "amp-anim": "srcset"}
# A candidate is an address, then what it is for, up to a comma.
_CANDIDATE = regex_later(r"([^\s,]\S*+)[^,]*+")
# An address in a style as written in HTML, where quotes may be character references.
_QUOTE = r"(?:[\"']|&(?:quot|apos|\#34|\#39|\#x22|\#x27);)"
_ADDRESS = regex_later(rf"url\(\s*+{_QUOTE}?+\s*+((?:(?!{_QUOTE})[^\s)])++)", regex.IGNORECASE)
# Candidates of image-set(), which need no url() around; type("image/avif") is none.
_CANDIDATES = regex_later(rf"(?<=image-set\(|,)\s*+{_QUOTE}\s*+((?:(?!{_QUOTE})[^\s)])++)", regex.IGNORECASE)


# Values that name an address; of `background` it is only known that one does.
_LOADS = regex_later("url|image-set")
_SET = regex_later("image-set\\(", regex.IGNORECASE)


class ImageSource(NamedTuple):
    """An address that an image is loaded from, as source[start:end]; `how` names the attribute, or is `style`."""

    link: Link
    start: int
    end: int
    element: int
    how: str


def image_sources(declared: DeclaredStyles) -> Iterator[ImageSource]:
    """The addresses, those of attributes in the order of the document, then those of styles in the order of places."""
    document = declared.document
    base = base_of(document)
    for element in document.elements:
        if not element.attrs or element.copy_of is not None:
            continue
        for name in (*_SINGLE.get(element.tag, ()), "background"):
            attribute = element.attrs.get(name)
            if attribute is None or not attribute.value.strip():
                continue
            if element.tag != "input" or (element.get("type") or "").strip().lower() == "image":
                link = link_in(document, attribute.value)
                yield ImageSource(link, attribute.value_start, attribute.value_end, element.index, name)
        candidates = element.attrs.get(_LISTS.get(element.tag, ""))
        if candidates is not None:
            yield from _candidates(document, candidates, element.index)
    yield from _styled(declared, base)


def _candidates(document: Document, attribute: Attribute, index: int) -> Iterator[ImageSource]:
    offsets = value_map(document.source, attribute)
    for match in _CANDIDATE.finditer(attribute.value):
        address = match[1].rstrip(",")
        start, end = offsets.span(match.start(1), match.start(1) + len(address))
        yield ImageSource(link_in(document, address), start, end, index, attribute.name)


def _styled(declared: DeclaredStyles, base: str | None) -> Iterator[ImageSource]:
    source = declared.document.source
    winning = (
        (index, name, winners[name])
        for index, winners in enumerate(declared.winners)
        if winners and declared.computed[index].gone is None
        for name in sorted(IMAGE_PROPERTIES)
        if name in winners and winners[name].origin != "attribute" and _LOADS.search(winners[name].value)
    )
    for found in by_place(winning):
        for link, span in addresses_in(source, found.winner.start, found.winner.end, base):
            yield ImageSource(link, *span, found.elements[0], "style")


def addresses_in(source: str, start: int, end: int, base: str | None) -> Iterator[tuple[Link, tuple[int, int]]]:
    """The addresses that a declaration at source[start:end] names, each with its place."""
    for match in _ADDRESS.finditer(source, start, end):
        yield classify_url(match[1], base=base), match.span(1)
    if _SET.search(source, start, end):
        for match in _CANDIDATES.finditer(source, start, end):
            yield classify_url(match[1], base=base), match.span(1)
