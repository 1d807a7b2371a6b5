"""The links and images of a message with the place that each stands at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.html.reading import Document, Element, value_map
from msgpolicy.facts.links.event_handlers import handler_links
from msgpolicy.facts.links.finding import Link, classify_url, find_text_links
from msgpolicy.facts.placeholders import named_in
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.facts.style.boxes import too_small
from msgpolicy.facts.style.styles import declared_size
from msgpolicy.later import regex_later

# Shapes that Outlook draws in conditional comments.
VML_SHAPES = tuple(f"v:{name}" for name in ("rect", "roundrect", "oval", "shape", "image", "group", "line", "polyline"))
# Elements that lead somewhere or show another page, and the attributes that say where; the first one counts.
_BEARERS = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "form": ("action",),
    "base": ("href",),
    "button": ("formaction",),
    "input": ("formaction",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    **dict.fromkeys(VML_SHAPES, ("href",)),
}
# What <meta http-equiv="refresh"> opens: "0; url=https://…".
_REFRESH = regex.compile(r"\s*+[\d.]*+\s*+[;,]?+\s*+(?:url\s*+=\s*+)?[\"']?([^\s\"']\S*?)[\"']?\s*+", regex.IGNORECASE)


_IMAGES = frozenset({"img", "svg", "image", "amp-img", "amp-anim"})


class FoundLink(NamedTuple):
    """A link with the place that it stands at.

    `reading` and `span` (offsets in its text) say what of a text it is: as written in running text, or as shown by the
    `<a>` around it. In HTML `element` bears it in `attribute`, `text` is what the reader sees of it (for `<a>` only),
    `holds_image` whether an image is in it, and `image_only` whether that is all that is in it.
    """

    link: Link
    place: Place
    confidence: float = 1.0
    reading: Reading | None = None
    span: tuple[int, int] | None = None
    element: int | None = None
    attribute: str | None = None
    text: str | None = None
    holds_image: bool = False
    image_only: bool = False


class FoundImage(NamedTuple):
    """An image that the HTML names: where it is loaded from, its size in CSS pixels, and why it is not displayed.

    A side is None where none is declared.
    """

    link: Link
    place: Place
    element: int
    size: tuple[float | None, float | None]
    hidden: str | None

    def too_small(self, most: float) -> str | None:
        """What is declared that makes it too small to be seen: no extent, or `most` px both ways; None if not sure."""
        return too_small(self.size, most)


def text_links(reading: Reading, view: ContactView) -> Iterator[FoundLink]:
    """Links written in running text; `view` is its contact view. The path that a placeholder names is none."""
    found = find_text_links(view)
    named = named_in(reading.text) if found else []
    for start, end, link, confidence in found:
        index = bisect_right(named, start, key=itemgetter(0)) - 1
        if index >= 0 and end <= named[index][1]:
            continue
        yield FoundLink(link, Place.of(reading, start, end), confidence, reading, (start, end))


def html_links(document: Document, visible: Reading | None) -> Iterator[FoundLink]:
    """Links that elements bear. `visible` is the document's visible reading, None where it has none of its own."""
    base = base_of(document)
    maps = _image_maps(document)
    yield from _refreshes(document, base)
    yield from _handlers(document, base)
    for index in document.find(*_BEARERS):
        element = document.elements[index]
        name = next((name for name in _BEARERS[element.tag] if name in element.attrs), "")
        attribute = element.attrs.get(name)
        if attribute is None or element.copy_of is not None or not attribute.value.strip():
            continue
        link = classify_url(attribute.value) if element.tag == "base" else link_in(document, attribute.value)
        place = Place("html", attribute.value_start, attribute.value_end)
        if element.tag != "a":
            drawn = element.tag == "area" and _covers_image(document, element, maps)
            yield FoundLink(link, place, element=index, attribute=name, holds_image=drawn, image_only=drawn)
            continue
        span = document.visible_span(index) if visible is not None else None
        images = [child for child in document.elements[index + 1 : element.last] if _is_image(child)]
        if visible is None:
            text = "".join(node.text for node in document.texts[element.first_text : element.last_text])
        else:
            text = "" if span is None else visible.text[slice(*span)]
        alternative = " ".join(child.get("alt") or "" for child in images)
        yield FoundLink(
            link,
            place,
            reading=visible if span is not None else None,
            span=span,
            element=index,
            attribute=name,
            text=text if text.strip() else alternative,
            holds_image=bool(images),
            image_only=bool(images) and not text.strip(),
        )


def _image_maps(document: Document) -> dict[str, int]:
    """The names of maps of links that lie over an image, with the image."""
    images = {_map_of(document.elements[index]): index for index in document.find("img", "object")}
    return {name: index for name, index in images.items() if name}


def _covers_image(document: Document, area: Element, maps: dict[str, int]) -> bool:
    """Whether an area of a map is all of an image, so that the image leads there: not one place on a drawing."""
    image = maps.get(document.elements[area.parent].get("name") or "") if area.parent >= 0 else None
    if image is None:
        return False
    if (area.get("shape") or "").strip().lower() == "default" or not (area.get("coords") or "").strip():
        return True  # without coordinates the whole image is meant
    # Coordinates are of the size in the attributes, whatever a sheet makes of it.
    sides = [_PIXELS.fullmatch((document.elements[image].get(side) or "").strip()) for side in ("width", "height")]
    width, height = (float(side[1]) if side else None for side in sides)
    corners = [float(number) for number in _NUMBERS.findall((area.get("coords") or "")[:_MAX_COORDS])]
    if len(corners) != 4 or width is None or height is None:
        return False
    return corners[2] - corners[0] >= _MOST_OF * width and corners[3] - corners[1] >= _MOST_OF * height


_NUMBERS = regex_later(r"[0-9]{1,6}")
_PIXELS = regex_later(r"([0-9]{1,5})(?:px)?")
_MAX_COORDS = 100
_MOST_OF = 0.8


def _map_of(element: Element) -> str:
    return (element.get("usemap") or "").strip().removeprefix("#")


def _is_image(element: Element) -> bool:
    """Whether an element is a picture that a link around it leads from."""
    is_button = element.tag == "input" and (element.get("type") or "").strip().lower() == "image"
    return is_button or element.tag in _IMAGES


def _handlers(document: Document, base: str | None) -> Iterator[FoundLink]:
    """What elements open by scripts of their own, unless they bear the same link."""
    for index, name, link, (start, end) in handler_links(document):
        element = document.elements[index]
        borne = next((element.get(bearer) for bearer in _BEARERS.get(element.tag, ()) if element.get(bearer)), None)
        if borne is None or site_of(classify_url(borne, base=base)) != site_of(link):
            is_image = _is_image(element)
            place = Place("html", start, end)
            yield FoundLink(link, place, element=index, attribute=name, holds_image=is_image, image_only=is_image)


def _refreshes(document: Document, base: str | None) -> Iterator[FoundLink]:
    """Pages that open by themselves."""
    for index in document.find("meta"):
        element = document.elements[index]
        content = element.attrs.get("content")
        if content is None or (element.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        match = _REFRESH.fullmatch(content.value[:_MAX_REFRESH])
        if match:
            start, end = value_map(document.source, content).span(*match.span(1))
            yield FoundLink(
                classify_url(match[1], base=base), Place("html", start, end), element=index, attribute="content"
            )


_MAX_REFRESH = 10_000


def html_images(document: Document, hidden: Callable[[int], str | None]) -> Iterator[FoundImage]:
    """Images that elements load."""
    for index in document.find("img"):
        element: Element = document.elements[index]
        attribute = element.attrs.get("src")
        if attribute is None or not attribute.value.strip():
            continue
        place = Place("html", attribute.value_start, attribute.value_end)
        link = link_in(document, attribute.value)
        yield FoundImage(link, place, index, declared_size(document, index), hidden(index))


def detached(found: FoundLink) -> FoundLink:
    """A link of what only Outlook shows: its place in the source, without the element, which is of another document."""
    return found._replace(reading=None, span=None, element=None, text=None)


def without_repeats(links: list[FoundLink], document: Document | None) -> list[FoundLink]:
    """Without links written as the text of an `<a>` that leads to the same site: that is one link."""
    if document is None:
        return links
    anchors = sorted(
        (element.start, element.outer_end or element.start, site_of(found.link))
        for found in links
        if found.element is not None
        and (element := document.elements[found.element]).tag == "a"
        and element.start is not None
    )
    starts = [start for start, _, _ in anchors]

    def is_repeat(found: FoundLink) -> bool:
        start = found.place.start
        if found.element is not None or found.place.part != "html" or start is None:
            return False
        index = bisect_right(starts, start) - 1
        return index >= 0 and start < anchors[index][1] and anchors[index][2] == site_of(found.link)

    return [found for found in links if not is_repeat(found)]


def site_of(link: Link) -> str:
    """The domain that somebody registered: "www.shop.example" and "shop.example" are one."""
    return link.registrable or link.ascii_host


def link_in(document: Document, address: str) -> Link:
    """What an address in an attribute leads to; several facts ask for each, and a mail repeats many."""
    link = document.links.get(address)
    if link is None:
        link = document.links[address] = classify_url(address, base=base_of(document))
    return link


def base_of(document: Document) -> str | None:
    """The address that relative ones in a document begin with, None where it names none."""
    for index in document.find("base"):
        href = document.elements[index].get("href")
        if href:
            return href
    return None
