"""Looks whether a message has a subject that says what it is about.

A subject of nothing but marks and phrases of the concepts under `generic` ("Question", "Hello!") says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import regex
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `subject`."""

    generic: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of words that say nothing.")] = ()


FILLS: dict[str, str] = {}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for reading in facts.visible:
        if reading.reading.part != "subject":
            continue
        text = reading.view.text
        mentions = facts.lexicon.mentions(text)  # in whatever language
        spans = [(hit.start, hit.end) for name in params.generic for hit in mentions.hits(name)]
        if any(not any(a <= word.start() < b for a, b in spans) for word in _WORD.finditer(text)):
            return
        yield Hit(Place.of(reading.reading, 0, len(reading.reading.text)) if text.strip() else Place("subject"))
        return
    yield Hit(Place("subject"))
