"""Judges whether anything remains of a message when thanks, greetings, good wishes and offers of help are set aside.

Sentence by sentence: one that holds a concept of `set_aside` and none of `substance` is set aside, and so is everything
after a closing, a line with only the order id, a name or a title, and a sentence too short to say anything. The rule
fires when nothing is left, and a concept of `core` (thanks, an offer of help) was there. A message with an attachment
does something else. Text and HTML are two readings of one message: it is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import regex
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.concepts import ConceptReading
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}']++")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `thanks-only`."""

    set_aside: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts whose sentences say nothing by themselves.")
    ]
    core: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of which one must be there.")]
    closing: Annotated[ConceptName, Meta(description="What ends the message; a signature follows.")]
    substance: Annotated[tuple[ConceptName, ...], Meta(description="Concepts whose sentences always count.")] = ()
    words: Annotated[int, Meta(ge=0, description="A sentence of at most so many words says nothing.")] = 4


FILLS: dict[str, str] = {}


def nominate(facts: Facts, params: Params) -> bool:
    """Whether one of the core concepts has a hit anywhere."""
    return any(facts.has_concepts(frozenset((name,))) for name in params.core)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.message.attachments:
        return
    bodies = [reading for reading in facts.bodies if reading.view.text.strip()]
    if not bodies or not all(_says_nothing(reading, params) for reading in bodies):
        return
    if not any(reading.hits(name) for reading in facts.visible for name in params.core):
        return
    reading = bodies[0].reading
    # An attachment that nobody mentions may still be what the message is for.
    unknown = facts.message.attachments is None
    yield Hit(
        Place.of(reading, 0, len(reading.text)),
        evidence={"attachments": "unknown"} if unknown else {},
        confidence=0.8 if unknown else 0.9,
    )


def _says_nothing(reading: ConceptReading, params: Params) -> bool:
    """Whether no sentence of the reading is left."""
    aside = {reading.sentence_index(hit.start) for name in params.set_aside for hit in reading.hits(name)}
    counts = {reading.sentence_index(hit.start) for name in params.substance for hit in reading.hits(name)}
    closings = [reading.sentence_index(hit.start) for hit in reading.hits(params.closing)]
    text = reading.view.text
    last = len(reading.sentences)
    if closings and closings[-1] >= last // 2:
        last = closings[-1]
    for index, (start, end) in enumerate(reading.sentences[:last]):
        if index in counts:
            return False
        if index not in aside and len(_WORD.findall(text, start, end)) > params.words:
            return False
    return True
