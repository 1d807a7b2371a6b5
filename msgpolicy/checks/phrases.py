"""Finds combinations of concepts in what a message says.

A concept is a lexicon of phrases in several languages. The rule fires where, within one clause, sentence or message,
all concepts of `all` and at least one of `any` are found in the same language, unless a concept of `unless` stands
there too. `either` lists several such combinations. Negation is an `unless` with a reach:
`{concept: negation, near: reward, words: 5}`.

Subject, text and HTML are read; text that is hidden or stands in an image's alternative text counts as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.concepts import ConceptHit, ConceptReading
from msgpolicy.facts.words.counting import words_between
from msgpolicy.facts.words.languages import VERB_LAST
from msgpolicy.facts.words.variants import REACH

Scope = Literal["clause", "sentence", "two sentences", "message"]
Part = Literal["subject", "text", "html"]

# Combinations looked at in one scope and language; people write a few, and what a hostile text adds is cut.
MAX_COMBINATIONS = 200
# Code points; a stretch without this many spaces holds no words that anybody counts.
LONGEST_WORD = 60


class Unless(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A concept that makes a combination harmless, in the combination's own language."""

    concept: ConceptName
    near: Annotated[str | None, Meta(description="Only near a hit of this concept of the combination.")] = None
    words: Annotated[int, Meta(ge=0, description="At most so many words away from it.")] | None = None
    side: Annotated[
        Literal["any", "before", "after"],
        Meta(description="On which side of it (before: earlier in the text; either side where the verb comes last)."),
    ] = "any"
    within: Annotated[Scope | None, Meta(description="Where it counts; by default the rule's own scope.")] = None
    also: Annotated[ConceptName | None, Meta(description="Only where this one stands in the rule's own scope too.")] = (
        None
    )


class Alternative(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One combination of concepts."""

    all: Annotated[tuple[ConceptName, ...], Meta(description="Concepts that must all be found.")] = ()
    any: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of which one must be found.")] = ()
    unless: Annotated[tuple[ConceptName | Unless, ...], Meta(description="Concepts that make it harmless.")] = ()
    within: Annotated[Scope, Meta(description="How close together the concepts must stand.")] = "sentence"
    ordered: Annotated[bool, Meta(description="Whether they must stand in the order in which `all` names them.")] = (
        False
    )
    kind: Annotated[
        Literal["proactive", "reply"] | None,
        Meta(description="Only in messages of this kind, or of none that is known."),
    ] = None

    @property
    def concepts(self) -> tuple[str, ...]:
        return (*self.all, *self.any)


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `phrases`: one combination, or several of which `either` breaks the rule."""

    all: Annotated[tuple[ConceptName, ...], Meta(description="Concepts that must all be found.")] = ()
    any: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of which one must be found.")] = ()
    unless: Annotated[
        tuple[ConceptName | Unless, ...], Meta(description="Concepts that make it harmless, in every alternative.")
    ] = ()
    within: Annotated[Scope, Meta(description="How close together the concepts must stand.")] = "sentence"
    ordered: Annotated[bool, Meta(description="Whether they must stand in the order in which `all` names them.")] = (
        False
    )
    either: Annotated[tuple[Alternative, ...], Meta(description="Combinations of which each breaks the rule.")] = ()
    parts: Annotated[tuple[Part, ...], Meta(description="Parts of the message that are read.")] = (
        "subject",
        "text",
        "html",
    )
    mention_unless: Annotated[
        tuple[ConceptName, ...] | None,
        Meta(
            description="What stands wholly in quotation marks is a title, an inscription or what somebody else said,"
            " and breaks nothing unless one of these concepts is found outside of them in the same sentence. By"
            " default it counts as if there were no marks."
        ),
    ] = None

    def __post_init__(self) -> None:
        for number, alternative in enumerate(alternatives(self)):
            if not alternative.concepts:
                raise ValueError("names no concept: give `all`, `any` or `either`")
            chosen = alternative.concepts
            for unless in alternative.unless:
                if isinstance(unless, Unless) and unless.near not in (None, *chosen) and number == 0:
                    raise ValueError(f"`unless` is near {unless.near!r}, which the combination does not look for")


def alternatives(params: Params) -> tuple[Alternative, ...]:
    """Each combination that breaks the rule."""
    if params.either:
        return tuple(
            msgspec.structs.replace(alternative, unless=alternative.unless + params.unless)
            for alternative in params.either
        )
    return (
        Alternative(all=params.all, any=params.any, unless=params.unless, within=params.within, ordered=params.ordered),
    )


FILLS: dict[str, str] = {"found": "the words found, from the first concept to the last"}


def fills(params: Params) -> Mapping[str, str]:
    """A concept that every combination looks for can be named in a message by what was written for it."""
    always = set.intersection(*(set(alternative.concepts) for alternative in alternatives(params)))
    return FILLS | {name: f"the words found for the concept `{name}`" for name in sorted(always)}


class Prepared(NamedTuple):
    alternatives: tuple[Alternative, ...]
    # The sets of concepts of which one has to be found whole: for each alternative, with each of its `any`.
    wanted: tuple[frozenset[str], ...]
    parts: tuple[Part, ...]
    mention_unless: tuple[ConceptName, ...] | None


def prepare(params: Params) -> Prepared:
    either = alternatives(params)
    wanted = tuple(chain.from_iterable(map(_wanted, either)))
    return Prepared(either, wanted, params.parts, params.mention_unless)


def _wanted(alternative: Alternative) -> Iterator[frozenset[str]]:
    for name in alternative.any or (None,):
        yield frozenset(alternative.all if name is None else (*alternative.all, name))


def nominate(facts: Facts, params: Prepared) -> bool:
    """Whether each concept of a combination has a hit anywhere, in any language."""
    return any(facts.has_concepts(names) for names in params.wanted)


class Combination(NamedTuple):
    """Hits, one for each concept, that stand together in one scope; positions of the phrase view."""

    hits: tuple[tuple[str, ConceptHit], ...]
    scope: tuple[int, int]

    @property
    def language(self) -> str:
        return self.hits[0][1].language

    @property
    def span(self) -> tuple[int, int]:
        return min(hit.start for _, hit in self.hits), max(hit.end for _, hit in self.hits)


def check(facts: Facts, params: Prepared) -> Iterator[Hit | Unknown]:
    kind = facts.message.kind
    applicable = [it for it in params.alternatives if it.kind is None or kind in (None, it.kind)]
    for reading in facts.readings:
        if reading.reading.part not in params.parts:
            continue
        found = [
            combination
            for alternative in applicable
            for combination in combinations(reading, alternative)
            if params.mention_unless is None or not _is_mention(reading, combination, params.mention_unless)
        ]
        end = -1
        for combination in sorted(found, key=lambda item: (item.span[0], -item.span[1])):
            # Alternatives that overlap are one thing.
            if combination.span[0] >= end:
                end = combination.span[1]
                yield _hit(reading, combination)


def _is_mention(reading: ConceptReading, combination: Combination, unless: tuple[ConceptName, ...]) -> bool:
    """Whether all of it stands between one pair of quotation marks, and the words around say nothing of the kind."""
    quotation = reading.quotation(*combination.span)
    if quotation is None:
        return False
    sentence = reading.sentences[reading.sentence_index(combination.span[0])]
    around = (hit for name in unless for hit in reading.hits_within(name, sentence))
    return all(reading.quotation(hit.start, hit.end) == quotation for hit in around)


def _hit(reading: ConceptReading, combination: Combination) -> Hit:
    words = {name: _written(reading, hit.start, hit.end) for name, hit in combination.hits}
    start, end = combination.span
    place = Place(reading.reading.part, *reading.source_span(start, end))
    evidence = {
        "language": combination.language,
        "concepts": words,
        "read_as": reading.view.text[start:end],
    }
    if reading.reading.shown != "visible":
        evidence["shown"] = reading.reading.shown
    return Hit(place, {"found": _written(reading, start, end), **words}, evidence)


def _written(reading: ConceptReading, start: int, end: int) -> str:
    return reading.reading.text[slice(*reading.view.span(start, end))]


def combinations(reading: ConceptReading, params: Alternative) -> Iterator[Combination]:
    """The closest combination of the concepts in each scope of the reading that has one."""
    wanted: list[tuple[str, ...]] = [(name,) for name in params.all]
    if params.any:
        wanted.append(params.any)
    first: list[tuple[str, ConceptHit]] = []
    for names in wanted:
        hits = [(name, hit) for name in names for hit in reading.hits(name)]
        if not hits:
            return
        first = first or hits
    if len(wanted) == 1:
        yield from _single(reading, params, first)
        return
    last_end = -1
    for scope in _scopes(reading, params.within, first):
        best = _best(reading, params, wanted, scope)
        if best is not None and best.span[0] >= last_end:
            last_end = best.span[1]
            yield best


def _single(reading: ConceptReading, params: Alternative, hits: list[tuple[str, ConceptHit]]) -> Iterator[Combination]:
    """Each hit by itself, where one concept is enough."""
    for name, hit in hits:
        for scope in _scopes_of(reading, params.within, hit.start):
            combination = Combination(((name, hit),), scope)
            if not any(_excuses(reading, params, unless, combination) for unless in params.unless):
                yield combination
                break


def _scopes(reading: ConceptReading, within: Scope, hits: list[tuple[str, ConceptHit]]) -> Iterator[tuple[int, int]]:
    """The scopes in which a hit of the first concept stands, in order, each once."""
    seen: set[tuple[int, int]] = set()
    for _, hit in sorted(hits, key=lambda item: item[1].start):
        for scope in _scopes_of(reading, within, hit.start):
            if scope not in seen:
                seen.add(scope)
                yield scope


def _scopes_of(reading: ConceptReading, within: Scope, position: int) -> Iterator[tuple[int, int]]:
    if within == "clause":
        yield reading.clause(position)
    elif within == "message":
        yield 0, len(reading.view.text)
    else:
        index = reading.sentence_index(position)
        start, end = reading.sentences[index]
        yield start, end
        if within == "two sentences":
            if index:
                yield reading.sentences[index - 1][0], end
            if index + 1 < len(reading.sentences):
                yield start, reading.sentences[index + 1][1]


def _best(
    reading: ConceptReading, params: Alternative, wanted: list[tuple[str, ...]], scope: tuple[int, int]
) -> Combination | None:
    inside = [[(name, hit) for name in names for hit in reading.hits_within(name, scope)] for names in wanted]
    if not all(inside):
        return None
    best: Combination | None = None
    languages = dict.fromkeys(hit.language for _, hit in inside[0])
    for language in languages:
        of_language = [[item for item in hits if item[1].language == language] for hits in inside]
        for count, chosen in enumerate(product(*of_language)):
            if count >= MAX_COMBINATIONS:
                break
            combination = Combination(chosen, scope)
            if not _distinct(combination) or (params.ordered and not _in_order(combination)):
                continue
            if best is not None and _length(combination) >= _length(best):
                continue
            if not any(_excuses(reading, params, unless, combination) for unless in params.unless):
                best = combination
    return best


def _length(combination: Combination) -> int:
    start, end = combination.span
    return end - start


def _distinct(combination: Combination) -> bool:
    """Whether each concept has words of its own: one phrase cannot be both the reward and the review."""
    spans = [(hit.start, hit.end) for _, hit in combination.hits]
    return len(set(spans)) == len(spans)


def _in_order(combination: Combination) -> bool:
    starts = [hit.start for _, hit in combination.hits]
    return starts == sorted(starts)


def _excuses(
    reading: ConceptReading, params: Alternative, unless: ConceptName | Unless, combination: Combination
) -> bool:
    if isinstance(unless, str):
        unless = Unless(concept=unless)
    if not reading.hits(unless.concept):
        return False
    scope = combination.scope
    languages = _languages(reading, combination)
    if unless.also is not None and not any(
        hit.language in languages for hit in reading.hits_within(unless.also, scope)
    ):
        return False
    anchors = [hit for name, hit in combination.hits if unless.near in (None, name)]
    if not anchors:
        return False
    if unless.within is not None:
        # The clauses of what it has to be near to, which may be others than that in which the combination begins.
        ends = min(hit.start for hit in anchors), max(hit.end for hit in anchors) - 1
        scopes = [scope for end in ends for scope in _scopes_of(reading, unless.within, end)]
        scope = min(start for start, _ in scopes), max(end for _, end in scopes)
    for hit in reading.hits_within(unless.concept, scope):
        # Portuguese "no" (in the) denies nothing, though it is a word of negation in Spanish.
        if hit.language not in languages:
            continue
        if unless.near is None and unless.words is None and unless.side == "any":
            return True
        if any(_is_near(reading.view.text, hit, anchor, unless) for anchor in anchors):
            return True
    return False


def _languages(reading: ConceptReading, combination: Combination) -> set[str]:
    """The languages that the combination stands there in: words that several have are the concept in each."""
    of_each = []
    for name, hit in combination.hits:
        around = reading.hits_within(name, (max(hit.start - REACH, 0), hit.end + REACH))
        of_each.append({other.language for other in around if other.start < hit.end and hit.start < other.end})
    return set.intersection(*of_each)


def _is_near(text: str, hit: ConceptHit, anchor: ConceptHit, unless: Unless) -> bool:
    if hit.end <= anchor.start:
        side, start, end = "before", hit.end, anchor.start
    elif hit.start >= anchor.end:
        side, start, end = "after", anchor.end, hit.start
    else:
        return True
    by_the_verb = unless.side == "before" and side == "after" and anchor.language in VERB_LAST
    if not by_the_verb and unless.side not in ("any", side):
        return False
    if unless.words is None:
        return True
    # The verb that denies comes after all that it denies.
    words = unless.words * 2 if by_the_verb else unless.words
    # Far apart is told without a look at what is between: there may be very much of both.
    return end - start <= LONGEST_WORD * (words + 1) and words_between(text[start:end]) <= words
