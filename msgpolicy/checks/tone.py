"""Finds an impolite tone: phrases of the concepts named, sentences in capitals, and runs of exclamation marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import regex
from msgspec import Meta

from msgpolicy.checks import phrases
from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

_WORD = regex.compile(r"\p{L}{2,}")
_MARKS = regex.compile(r"[!?\uff01\uff1f]{2,}+")
_SENTENCE = regex.compile(r"[^.!?\n]++[.!?]*+")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `tone`."""

    concepts: Annotated[tuple[ConceptName, ...], Meta(min_length=1, description="Concepts that sound impolite.")]
    shouted_words: Annotated[
        int, Meta(ge=2, description="A sentence with at least so many words, nearly all in capitals, is shouted.")
    ] = 5
    exclamations: Annotated[
        int, Meta(ge=0, description="So many exclamation marks in a row are shouted; 0: no number of them is.")
    ] = 0


FILLS = {"found": "the impolite words"}


class Prepared(NamedTuple):
    params: Params
    phrases: phrases.Prepared


def prepare(params: Params) -> Prepared:
    return Prepared(params, phrases.prepare(phrases.Params(any=params.concepts)))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    yield from phrases.check(facts, prepared.phrases)
    most = prepared.params.exclamations
    for reading in facts.bodies:
        text = reading.reading.text
        for marks in _MARKS.finditer(text) if most else ():
            if marks.group().count("!") + marks.group().count("\uff01") >= most:
                yield Hit(
                    Place.of(reading.reading, *marks.span()), {"found": marks.group()}, {"marks": len(marks.group())}
                )
        # So many words of two letters, and what parts them.
        shortest = 3 * prepared.params.shouted_words - 1
        for sentence in _SENTENCE.finditer(text):
            if sentence.end() - sentence.start() < shortest:
                continue
            words = _WORD.findall(text, sentence.start(), sentence.end())
            shouted = [word for word in words if word.isupper()]
            # Codes and brands are written in capitals; a sentence of them is not.
            if len(shouted) >= prepared.params.shouted_words and len(shouted) > 0.85 * len(words):
                start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
                found = text[start : sentence.end()]
                yield Hit(Place.of(reading.reading, start, sentence.end()), {"found": found}, {"shouted": len(shouted)})
