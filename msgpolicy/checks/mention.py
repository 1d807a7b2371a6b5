"""Looks for what a message has to say: a phrase of one of the concepts named, in its subject or its visible text.

What is absent has no place: the rule reports once, at the field that `at` names. Where the message is in a language for
which none of the concepts has phrases, the rule says so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.conditions import field_paths
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.languages import is_surely


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `mention`."""

    any: Annotated[tuple[ConceptName, ...], Meta(min_length=1, description="Concepts of which one must be found.")]
    at: Annotated[str, Meta(description="The field that the violation points to, such as `text`.")] = "text"

    def __post_init__(self) -> None:
        if self.at not in field_paths():
            raise ValueError(f"`at` names {self.at!r}, which is not a field of a message")


FILLS: dict[str, str] = {}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if any(reading.hits(concept) for reading in facts.visible for concept in params.any):
        return
    language = is_surely(facts.evidence, words=2)
    if language is None or not any(facts.lexicon.speaks(concept, language) for concept in params.any):
        yield Unknown(why="undetermined", detail="the words for it are not known in the language of the message")
        return
    yield Hit(Place(params.at), confidence=0.8)
