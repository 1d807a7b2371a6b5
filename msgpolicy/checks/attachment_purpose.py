"""Judges what an attachment is for: as declared (`purpose`), else by its name and its text.

A declared purpose counts. Otherwise the words of the file name, then the text of the first pages and the file's
properties, are looked through for the concepts of the permitted purposes, and for what is never permitted (`unwanted`:
advertising). Where nothing tells, the rule says so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

# What tells a purpose stands on the first pages, and early on them (code points of each).
PAGES = 3
TEXT = 20_000


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `attachment-purpose`."""

    allowed: Annotated[tuple[str, ...], Meta(description="Purposes that are permitted.")]
    concepts: Annotated[dict[str, ConceptName], Meta(description="For a purpose, the concept that shows it.")]
    unwanted: Annotated[tuple[ConceptName, ...], Meta(description="Concepts of what is never permitted.")] = ()
    by_reason: Annotated[
        dict[str, tuple[str, ...]], Meta(description="For a `reason`, the purposes permitted instead of `allowed`.")
    ] = msgspec.field(default_factory=dict)


FILLS = {"filename": "name of the attachment", "purpose": "what it is for, as declared or as its name and text show"}
OWN_WORDS = ("purpose",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    allowed = params.by_reason.get(facts.message.reason or "", params.allowed)
    for index, attachment, _ in facts.attachments:
        part = f"attachments[{index}]"
        fills = {"filename": attachment.filename or part}
        if attachment.purpose is not None:
            if attachment.purpose not in allowed:
                evidence = {"purpose": attachment.purpose, "declared": True}
                yield Hit(Place(part), {**fills, "purpose": attachment.purpose}, evidence)
            continue
        purpose, by = purpose_of(facts, index, params.concepts, params.unwanted)
        if purpose is None:
            yield Unknown((f"{part}.purpose",), why="undetermined")
        elif purpose not in allowed:
            evidence = {"purpose": purpose, "declared": False, "judged_by": by}
            yield Hit(Place(part), {**fills, "purpose": purpose}, evidence, 0.8)


def purpose_of(
    facts: Facts, index: int, concepts: dict[str, str], unwanted: tuple[str, ...] = ()
) -> tuple[str | None, str]:
    """What an attachment is for by its name, else its text, and which of the two told; None when neither does."""
    for by, reading in facts.attachment_readings(index, PAGES, TEXT):
        for name in unwanted:
            if reading.hits(name):
                return name.removeprefix("doc-"), by
        for purpose, concept in concepts.items():
            if reading.hits(concept):
                return purpose, by
    return None, ""
