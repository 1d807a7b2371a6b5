"""Finds data that has no place in a message: full payment card numbers, and questions for secrets.

Asked for is a secret in one phrase (`asks`: "tell us your password"), or by concepts that say so together (`together`:
a list of secrets, and what is to be sent back).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from msgspec import Meta

from msgpolicy.checks import phrases
from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `sensitive-data`."""

    asks: Annotated[tuple[ConceptName, ...], Meta(min_length=1, description="Concepts that ask for a secret.")]
    together: Annotated[
        tuple[phrases.Alternative, ...],
        Meta(description="Combinations of concepts that ask for one, each as in `phrases`."),
    ] = ()
    unless: Annotated[
        tuple[ConceptName | phrases.Unless, ...], Meta(description="Concepts that make each of them harmless.")
    ] = ()
    mention_unless: Annotated[
        tuple[ConceptName, ...] | None,
        Meta(description="Words wholly in quotation marks ask for nothing, as in `phrases`; by default they count."),
    ] = None


FILLS = {"what": "what kind of data it is", "found": "the words, or the number with its middle digits masked"}
OWN_WORDS = ("what",)


class Prepared(NamedTuple):
    asks: phrases.Prepared


def prepare(params: Params) -> Prepared:
    alone = phrases.Alternative(any=params.asks)
    said = phrases.Params(either=(alone, *params.together), unless=params.unless, mention_unless=params.mention_unless)
    return Prepared(phrases.prepare(said))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    for hit in phrases.check(facts, prepared.asks):
        assert isinstance(hit, Hit)
        yield hit._replace(fills={**hit.fills, "what": "Asks for a secret"})
    for reading in facts.readings:
        for number in facts.numbers(reading):
            if number.kind == "card":
                digits = "".join(char for char in number.value if char.isdecimal())
                masked = digits[:4] + "…" + digits[-4:]
                place = Place.of(reading.reading, number.start, number.end)
                yield Hit(place, {"what": "Contains a payment card number", "found": masked}, {"read_as": masked})
