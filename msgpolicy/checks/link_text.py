"""Judges whether the text of a link says where it leads.

A link without any text (nor an image with an alternative text), one whose text is a bare address, and one whose text is
only a word such as "here" are unclear. The unclear words of each language are a list of the ruleset. A link that is not
displayed has nobody to be unclear to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import find_text_links
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import fold_phrase

_TRIM = " .!:>»→-–…"


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `link-text`."""

    unclear: Annotated[ListName, Meta(description="List of texts that do not say where a link leads.")]


FILLS = {"text": "the text of the link"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    links = [found for found in facts.links if found.text is not None and found.link.kind == "web"]
    if not links:
        return
    unclear = {fold_phrase(word) for word in facts.lists[params.unclear]}
    known: dict[str, bool] = {}  # a mail has many links of the same text
    for found in links:
        assert found.text is not None
        assert found.element is not None
        if facts.hidden_reason(found.element) is not None:
            continue
        is_unclear = known.get(found.text)
        if is_unclear is None:
            text = fold_phrase(found.text).strip(_TRIM)
            is_unclear = known[found.text] = not text or text in unclear or _is_address(found.text)
        if is_unclear:
            yield Hit(found.place, {"text": found.text.strip()}, {"text": found.text.strip(), "host": found.link.host})


def _is_address(text: str) -> bool:
    """Whether a text is an address and nothing else; the name of a file is none."""
    text = text.strip().strip(_TRIM)
    if len(text.split()) != 1:
        return False
    return any(link.start == 0 and link.end == len(text) for link in find_text_links(Reading("html", text, text)))
