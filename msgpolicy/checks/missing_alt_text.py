"""Finds images without an alternative text (WCAG 2.2, success criterion 1.1.1).

An empty one (`alt=""`) says that the image is decoration, which is fine; so do `role="presentation"` and `aria-hidden`.
`aria-label` and `title` name an image too. Images that are not displayed, or too small to be seen, have nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.html.reading import Document, Element
from msgpolicy.facts.spans import Place

_NAMING = ("aria-label", "aria-labelledby", "title")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `missing-alt-text`."""

    max_pixel: Annotated[float, Meta(ge=0, description="CSS pixels up to which an image is too small to be seen.")] = 2


FILLS = {"source": "where the image comes from"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    document = facts.document
    if document is None:
        return
    pixels = {image.element for image in facts.images if image.too_small(params.max_pixel)}
    links = {index for index in document.find("a") if "href" in document.elements[index].attrs}
    for index in document.find("img", "area", "input"):
        element = document.elements[index]
        if element.start is None or element.copy_of is not None or index in pixels or not _needs_text(element):
            continue
        if element.tag != "area" and facts.hidden_reason(index) is not None:
            continue
        source = (element.get("src") or element.get("href") or "").strip()
        evidence = {"linked": element.tag == "area" or _is_linked(document, index, links)}
        yield Hit(Place("html", element.start, element.end), {"source": source}, evidence)


def _needs_text(element: Element) -> bool:
    if element.tag == "area" and "href" not in element.attrs:
        return False
    if element.tag == "input" and (element.get("type") or "").strip().lower() != "image":
        return False
    is_decoration = (element.get("role") or "").strip().lower() in ("presentation", "none")
    is_decoration = is_decoration or (element.get("aria-hidden") or "").strip().lower() == "true"
    return "alt" not in element.attrs and not is_decoration and not any((element.get(n) or "").strip() for n in _NAMING)


def _is_linked(document: Document, index: int, links: set[int]) -> bool:
    return bool(links) and any(around in links for around in document.ancestors(index))
