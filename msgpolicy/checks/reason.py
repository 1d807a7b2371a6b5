"""Compares the declared reason of a message with what it says, and infers what it is for where none is declared.

`purposes` has, for each permitted reason, the words that show it, and `unwanted`, for each purpose that is no permitted
reason, those that show that. With `find: unpermitted` a declared reason that is not among `permitted` breaks the rule;
without a declared reason the message does when it shows an unwanted purpose and no permitted one: a warning at most,
for it is inferred. With `find: mismatch` a reason under `narrow` breaks the rule when the words show another permitted
purpose and nothing of the declared one, and so does a purpose under `alone` inside a message with another reason.
Subject and visible text are read, without what an answer quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.phrases import Alternative, Combination, combinations
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.concepts import ConceptReading

# How sure a purpose is that only words show: of one purpose, and of several at once.
ONE, SEVERAL = 0.7, 0.8


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `reason`."""

    find: Annotated[Literal["unpermitted", "mismatch"], Meta(description="What breaks the rule.")]
    permitted: Annotated[tuple[str, ...], Meta(description="Values of `reason` that are permitted.")]
    purposes: Annotated[dict[str, Alternative], Meta(description="For a permitted reason, the words that show it.")]
    unwanted: Annotated[
        dict[str, Alternative], Meta(description="For a purpose that is none of them, the words that show it.")
    ] = msgspec.field(default_factory=dict)
    narrow: Annotated[
        tuple[str, ...], Meta(description="Reasons whose own words must be there when those of another are.")
    ] = ()
    alone: Annotated[
        tuple[str, ...], Meta(description="Reasons whose words may not stand in a message with another reason.")
    ] = ()


FILLS = {
    "reason": "the declared reason, or the purpose that was seen where none is declared",
    "purpose": "the purpose that the words show",
    "found": "the words that show it",
}
OWN_WORDS = ("reason", "purpose")


class _Seen(NamedTuple):
    reading: ConceptReading
    combination: Combination


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    reason = facts.message.reason
    if params.find == "mismatch":
        if reason is None:
            yield Unknown(("reason",))
        else:
            yield from _mismatches(facts, params, reason)
    elif reason is None:
        yield from _inferred(facts, params)
    elif reason not in params.permitted:
        fills = {"reason": reason, "purpose": reason, "found": reason}
        yield Hit(Place("reason"), fills, {"reason": reason, "declared": True})


def _inferred(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if _shown(facts, params.purposes):
        return
    seen = _shown(facts, params.unwanted)
    if not seen:
        yield Unknown(("reason",))
        return
    purpose, first = next(iter(seen.items()))
    confidence = ONE if len(seen) == 1 else SEVERAL
    yield _hit(first, purpose, purpose, {"declared": False, "inferred": tuple(seen)}, confidence)


def _mismatches(facts: Facts, params: Params, reason: str) -> Iterator[Hit]:
    for name in params.alone:
        if name != reason and (seen := _shown(facts, {name: params.purposes[name]})):
            yield _hit(seen[name], reason, name, {"reason": reason, "inferred": (name,)}, ONE)
            return
    if reason not in params.narrow or _shown(facts, {reason: params.purposes[reason]}):
        return
    others = _shown(facts, {name: words for name, words in params.purposes.items() if name != reason})
    if others:
        purpose, first = next(iter(others.items()))
        yield _hit(first, reason, purpose, {"reason": reason, "inferred": tuple(others)}, ONE)


def _shown(facts: Facts, purposes: Mapping[str, Alternative]) -> dict[str, _Seen]:
    """The purposes that the words show, each with the first place that does."""
    subject = (reading for reading in facts.visible if reading.reading.part == "subject")
    readings = (*facts.own_bodies, *subject)
    found: dict[str, _Seen] = {}
    for name, words in purposes.items():
        for reading in readings:
            combination = next(iter(combinations(reading, words)), None)
            if combination is not None:
                found[name] = _Seen(reading, combination)
                break
    return found


def _hit(seen: _Seen, reason: str, purpose: str, evidence: dict[str, object], confidence: float) -> Hit:
    start, end = seen.combination.span
    source = seen.reading.view.span(start, end)
    words = seen.reading.reading.text[slice(*source)]
    place = Place.of(seen.reading.reading, *source)
    fills = {"reason": reason, "purpose": purpose, "found": words}
    return Hit(place, fills, {**evidence, "read_as": words}, confidence, severity="warning")
