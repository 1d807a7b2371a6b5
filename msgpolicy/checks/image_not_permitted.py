"""Finds images that may not be of the kind that is permitted: a plain logo, or what belongs to the brand or company.

What an image shows is not read. A logo is known by its words (alternative text, tooltip, file name); a product picture
by its place on the marketplace's image hosts. Any other image that is shown is reported with little confidence, for a
person to look at. Lines, bullets and spacers, images that are not displayed, and messages for which pictures are needed
(`exempt_reasons`) are left alone, and so are images whose address a template fills in later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Pattern, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.files.file_names import words_of_name
from msgpolicy.facts.html.reading import Element
from msgpolicy.facts.links.finding import host_in
from msgpolicy.facts.links.placed import FoundImage
from msgpolicy.facts.templates import STAND_IN


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `image-not-permitted`."""

    logo_words: Annotated[ListName, Meta(description="List of words that name a logo.")]
    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that belong to the marketplace.")] = ()
    product_paths: Annotated[
        tuple[Pattern, ...], Meta(description="Paths of product pictures on the marketplace's hosts.")
    ] = ()
    exempt_reasons: Annotated[
        tuple[str, ...], Meta(description="Reasons for writing for which pictures are needed.")
    ] = ()
    min_side: Annotated[
        float, Meta(ge=0, description="CSS pixels; with a declared side below, an image is a line, bullet or spacer.")
    ] = 16


FILLS = {"source": "where the image comes from"}


class Prepared(NamedTuple):
    params: Params
    paths: tuple[Any, ...]


def prepare(params: Params) -> Prepared:
    return Prepared(params, tuple(regex.compile(path, regex.IGNORECASE) for path in params.product_paths))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    params = prepared.params
    if facts.document is None or facts.lookup("reason") in params.exempt_reasons:
        return
    words = tuple(facts.lists[params.logo_words])
    for image in facts.images:
        if image.hidden or any(side is not None and side < params.min_side for side in image.size):
            continue
        if _is_filled_in_later(facts, image):
            continue
        is_product = _is_product(facts, prepared, image)
        if is_product or not _is_logo(facts.document.elements[image.element], image, words):
            source = "data:" if image.link.kind == "data" else image.link.raw.strip()
            evidence = {"why": "product picture" if is_product else "no logo by its words"}
            yield Hit(image.place, {"source": source}, evidence, confidence=0.9 if is_product else 0.5)


def _is_filled_in_later(facts: Facts, image: FoundImage) -> bool:
    return facts.template is not None and STAND_IN.search(image.link.raw) is not None


def _is_product(facts: Facts, prepared: Prepared, image: FoundImage) -> bool:
    own = any(host_in(image.link, facts.lists[name]) for name in prepared.params.own_hosts)
    return own and any(path.search(image.link.path) for path in prepared.paths)


def _is_logo(element: Element, image: FoundImage, logo_words: tuple[str, ...]) -> bool:
    """Whether a word of a text is one of the words, whole or at the start of a compound."""
    name = image.link.path if image.link.kind != "cid" else image.link.raw.partition(":")[2].partition("@")[0]
    texts = (element.get("alt"), element.get("title"), name.rpartition("/")[2])
    return any(word.startswith(logo_words) for text in texts if text for word in words_of_name(text))
