"""Counts the questions of a message: the sentences that end with a question mark of any script, or in Japanese with か.

Several marks in a row are one question, and so is a sentence that is asked twice. A sentence with a phrase of a concept
under `set_aside` ("how are you?") is a courtesy. What an answer quotes is another writer's.
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
from msgpolicy.facts.words.concepts import ConceptReading

_QUESTION = regex.compile(r"(?:[?؟][!?؟]*+|か。?)[\"')\]»”’」』）\s]*+$")
_WORD = regex.compile(r"\w")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `question-count`."""

    at_most: Annotated[int, Meta(ge=0, description="So many questions are fine.")] = 1
    set_aside: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of questions that ask nothing.")] = ()


FILLS = {"count": "how many questions there are", "at_most": "how many are fine"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for reading in facts.own_bodies:
        asked = _questions(reading, params.set_aside)
        if len(asked) > params.at_most:
            start, end = reading.view.span(*asked[params.at_most])
            numbers = {"count": len(asked), "at_most": params.at_most}
            yield Hit(Place.of(reading.reading, start, end), numbers, numbers, 0.8)


def _questions(reading: ConceptReading, set_aside: tuple[str, ...]) -> list[tuple[int, int]]:
    """The sentences of the reading's view that ask something, each once."""
    courtesies = {reading.sentence_index(hit.start) for name in set_aside for hit in reading.hits(name)}
    asked: dict[str, tuple[int, int]] = {}
    for index, (start, end) in enumerate(reading.sentences):
        text = reading.view.text
        if index not in courtesies and _QUESTION.search(text, start, end) and _WORD.search(text, start, end):
            asked.setdefault(" ".join(text[start:end].split()), (start, end))
    return list(asked.values())
