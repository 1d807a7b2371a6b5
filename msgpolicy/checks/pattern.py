"""Finds a regular expression in the parts of a message.

For what is neither a concept of a language nor a contact: a tag in a subject line, a placeholder that nobody filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, Pattern, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

Part = Literal["subject", "text", "html"]

# Seconds for one pattern over one part, as a last guard; what it cuts is reported as a timeout.
TIME_LIMIT = 2.0
MAX_MATCHES = 1000


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `pattern`."""

    patterns: Annotated[tuple[Pattern, ...], Meta(min_length=1, description="Any of these breaks the rule.")]
    parts: Annotated[tuple[Part, ...], Meta(description="Parts of the message that are read.")] = (
        "subject",
        "text",
        "html",
    )
    ignore_case: Annotated[bool, Meta(description="Whether case is ignored.")] = True


FILLS = {"found": "what was found"}


class Prepared(NamedTuple):
    patterns: tuple[Any, ...]
    parts: tuple[Part, ...]


def prepare(params: Params) -> Prepared:
    flags = regex.IGNORECASE if params.ignore_case else 0
    return Prepared(tuple(regex.compile(pattern, flags) for pattern in params.patterns), params.parts)


def check(facts: Facts, params: Prepared) -> Iterator[Hit | Unknown]:
    for reading in facts.readings:
        if reading.reading.part not in params.parts:
            continue
        taken = -1
        matches = sorted(
            match.span()
            for pattern in params.patterns
            for _, match in zip(
                range(MAX_MATCHES), pattern.finditer(reading.reading.text, timeout=TIME_LIMIT), strict=False
            )
            if match.end() > match.start()
        )
        for start, end in matches:
            if start >= taken:
                taken = end
                found = reading.reading.text[start:end]
                yield Hit(Place.of(reading.reading, start, end), {"found": found}, {"read_as": found})
