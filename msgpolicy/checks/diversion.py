"""Finds invitations to deal outside the marketplace.

Either in words alone (a concept of `outside`: another shop, another way to pay), or as an invitation (`invite`: write,
call, add, order) with contact data or an external link in the same sentence. A request of any kind (`request`: please,
you can, simply) invites too where it stands before contact data. A bare signature line with a phone number is contact
data and no invitation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from msgspec import Meta

from msgpolicy.checks import phrases
from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.contact_data import is_allowed, of_kind
from msgpolicy.facts.concepts import ConceptHit, ConceptReading
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links import host_in
from msgpolicy.facts.spans import Place

# Words between contact data and an invitation that follows it.
WORDS_AFTER = 2


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `diversion`."""

    outside: Annotated[tuple[ConceptName, ...], Meta(min_length=1, description="Concepts that divert by themselves.")]
    invite: Annotated[ConceptName, Meta(description="Invitations that divert together with contact data or a link.")]
    request: Annotated[
        ConceptName | None, Meta(description="Requests of any kind that divert together with contact data.")
    ] = None
    unless: Annotated[
        tuple[ConceptName | phrases.Unless, ...], Meta(description="Concepts that make it harmless.")
    ] = ()
    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a link may lead to.")] = ()
    allowed_near: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts beside which a phone number is allowed.")
    ] = ()


FILLS = {"found": "the words that lead away"}


class Prepared(NamedTuple):
    params: Params
    outside: phrases.Prepared


def prepare(params: Params) -> Prepared:
    return Prepared(params, phrases.prepare(phrases.Params(any=params.outside, unless=params.unless)))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    params = prepared.params
    yield from phrases.check(facts, prepared.outside)
    for reading in facts.readings:
        for kind, start, end in _contacts(facts, params, reading):
            invite = _invite(reading, params.invite, start, end)
            # "Please follow us on …" asks for no talk elsewhere.
            if invite is None and kind != "messenger":
                invite = _request(reading, params.request, start)
            if invite is not None:
                yield _hit(reading, invite, start, end)
        for start, end in _links(facts, params, reading):
            invite = _invite(reading, params.invite, start, end)
            if invite is not None:
                yield _hit(reading, invite, start, end)


def _hit(reading: ConceptReading, invite: ConceptHit, start: int, end: int) -> Hit:
    first, last = reading.view.span(invite.start, invite.end)
    place = Place.of(reading.reading, min(first, start), max(last, end))
    found = reading.reading.text[min(first, start) : max(last, end)]
    return Hit(place, {"found": found}, {"read_as": found, "language": invite.language})


def _invite(reading: ConceptReading, concept: str, start: int, end: int) -> ConceptHit | None:
    """The invitation that is about what stands at reading.text[start:end]: the last one before it in its sentence, or
    one that follows at once (verbs come last in some languages)."""
    low, high = reading.sentence_at(start)
    before, after = None, None
    for hit in reading.hits(concept):
        if not (low <= hit.start and hit.end <= high):
            continue
        first, last = reading.view.span(hit.start, hit.end)
        if first <= start:
            before = hit
        elif after is None and len(reading.reading.text[end:first].split()) <= WORDS_AFTER and last > end:
            after = hit
    return before or after


def _request(reading: ConceptReading, concept: str | None, start: int) -> ConceptHit | None:
    """The last request that stands before reading.text[start:] in its sentence."""
    if concept is None:
        return None
    low, _ = reading.sentence_at(start)
    found = None
    for hit in reading.hits(concept):
        if low <= hit.start and reading.view.span(hit.start, hit.end)[1] <= start:
            found = hit
    return found


def _contacts(facts: Facts, params: Params, reading: ConceptReading) -> Iterator[tuple[str, int, int]]:
    """Kinds and spans in the reading's text of contact data that an invitation may be about."""
    for found in facts.contacts:
        if found.reading is reading:
            for kind in ("email", "phone", "messenger"):
                allowed = params.allowed_near if kind == "phone" else ()
                for contact in of_kind(found.contacts, kind):
                    if not is_allowed(reading, contact, allowed):
                        yield kind, contact.start, contact.end


def _links(facts: Facts, params: Params, reading: ConceptReading) -> Iterator[tuple[int, int]]:
    """Spans in the reading's text of external links that an invitation may be about."""
    for link in facts.links:
        if link.reading is not reading.reading or link.span is None or link.link.kind != "web":
            continue
        if not any(host_in(link.link, facts.lists[name]) for name in params.own_hosts):
            yield link.span
