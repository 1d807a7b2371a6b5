"""Judges whether the text of a link says where it leads.

A link without any text (nor an image with an alternative text), one whose text is a bare address, and one whose text is
only a word such as "here" are unclear. The unclear words of each language are a list of the ruleset.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.views import fold_phrase

_ADDRESS = regex.compile(r"(?:https?://|www\.)\S++|[\w-]++(?:\.[\w-]++)++(?:/\S*+)?", regex.IGNORECASE)
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
    for found in links:
        assert found.text is not None
        text = fold_phrase(found.text).strip(_TRIM)
        if not text or text in unclear or _ADDRESS.fullmatch(text.replace(" ", "")):
            yield Hit(found.place, {"text": found.text.strip()}, {"text": found.text.strip(), "host": found.link.host})
