"""Judges whether anything remains of a message when thanks, greetings, good wishes and offers of help are set aside.

Clause by clause: one that a phrase of `set_aside` stands in is set aside, and so is one too short to say anything, the
order id, and everything after a closing. A sentence with a concept of `substance` counts, and so does a number; one of
`topics` does not inside what is set aside ("if there is a problem, write to us").
Where the shop tells of itself (`story`), statements without a number are set aside too.
The rule fires when nothing is left, and a concept of `core` (thanks, an offer of help) was there. A message with an
attachment does something else. So may a placeholder of a template whose name is in none of the lists `known`: then the
rule is not evaluated. What an answer quotes is left out. Text and HTML are two readings of one message: it is
reported once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Annotated

import regex
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.placeholders import is_known
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.concepts import ConceptReading
from msgpolicy.facts.words.counting import unspaced_words
from msgpolicy.facts.words.sentences import clause_spans

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}']++")
_DIGIT = regex.compile(r"\d")
# Years (Thai ones too) and ages are told of a shop; longer numbers, and times, of an order.
_YEAR = regex.compile(r"(?<!\d)(?:1[5-9]|2[045])\d\d(?!\d)")
_NUMBER = regex.compile(r"\d{3}|\d[:.,]\d")
# Phrases that may stand in each other at one place: so many are looked at.
_PHRASES_BACK = 8
_ORDER_ID = regex.compile(r"\d{3}\D\d{7}\D\d{7}")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `thanks-only`."""

    set_aside: Annotated[tuple[ConceptName, ...], Meta(description="Concepts whose clauses say nothing by themselves.")]
    core: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of which one must be there.")]
    closing: Annotated[ConceptName, Meta(description="What ends the message; a signature follows.")]
    substance: Annotated[tuple[ConceptName, ...], Meta(description="Concepts whose sentences always count.")] = ()
    topics: Annotated[
        tuple[ConceptName, ...],
        Meta(
            description="Those of `substance` that do not count in what is set aside: “if there is a problem, write”."
        ),
    ] = ()
    story: Annotated[
        ConceptName | None,
        Meta(description="Where it stands, the message tells of the shop: statements without a number count no more."),
    ] = None
    words: Annotated[int, Meta(ge=0, description="A clause of at most so many words says nothing.")] = 4
    known: Annotated[
        tuple[ListName, ...], Meta(description="Lists of names of placeholders that bring in a name or a number only.")
    ] = ()


FILLS: dict[str, str] = {}


def nominate(facts: Facts, params: Params) -> bool:
    """Whether one of the core concepts has a hit anywhere."""
    return any(facts.has_concepts(frozenset((name,))) for name in params.core)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if facts.message.attachments:
        return
    bodies = [reading for reading in facts.own_bodies if reading.view.text.strip()]
    if not bodies or not all(_says_nothing(reading, params) for reading in bodies):
        return
    subject = (reading for reading in facts.visible if reading.reading.part == "subject")
    if not any(reading.hits(name) for reading in (*bodies, *subject) for name in params.core):
        return
    known = frozenset[str]().union(*(facts.lists[name] for name in params.known))
    if not all(is_known(name, known) for name in {found.placeholder.name for found in facts.shown_placeholders()}):
        yield Unknown(why="undetermined", detail="a placeholder may say more than thanks")
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
    """Whether no clause of the reading is left."""
    text = reading.view.text
    end_of_text = _closing(reading, params)
    aside = sorted((hit.start, hit.end) for name in params.set_aside for hit in reading.hits(name))
    starts = [start for start, _ in aside]
    for name in params.substance:
        for hit in reading.hits(name):
            said = name not in params.topics or not _is_within(hit.start, hit.end, aside, starts)
            if said and hit.start < end_of_text:
                return False
    is_story = params.story is not None and any(hit.start < end_of_text for hit in reading.hits(params.story))
    for first, last in reading.sentences:
        if first >= end_of_text:
            break
        asked = "?" in text[first : last + 1]
        for start, end in clause_spans(text, first, min(last, end_of_text)):
            index = bisect_left(starts, end) - 1
            is_aside = index >= 0 and aside[index][1] > start
            if is_aside and not asked:
                continue
            # "Any questions?" asks nothing; what is asked beside "all the best" does.
            rest = text[start : aside[index][0]] + " " + text[aside[index][1] : end] if is_aside else text[start:end]
            rest = _ORDER_ID.sub(" ", rest)
            if is_story and not asked and not _NUMBER.search(_YEAR.sub(" ", rest)):
                continue
            words = params.words // 2 if asked else params.words
            if (not is_aside and "?" in text[start : end + 1]) or _words(rest) > words or _DIGIT.search(rest):
                return False
    return True


def _closing(reading: ConceptReading, params: Params) -> int:
    """Where the closing begins that a signature follows, if one stands in the second half; else the end."""
    closings = [hit.start for hit in reading.hits(params.closing)]
    if closings and reading.sentence_index(closings[-1]) >= len(reading.sentences) // 2:
        return closings[-1]
    return len(reading.view.text)


def _is_within(start: int, end: int, aside: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether one of the last phrases set aside before it reaches over all of it: "a problem" in an offer of help."""
    index = bisect_right(starts, start)
    return any(aside[at][1] >= end for at in range(max(0, index - _PHRASES_BACK), index))


def _words(clause: str) -> int:
    unspaced, rest = unspaced_words(clause)
    return unspaced + len(_WORD.findall(rest))
