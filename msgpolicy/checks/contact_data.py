"""Finds contact data: e-mail addresses, phone numbers, or messenger contacts.

They are looked for in the subject, the text, the HTML (shown, hidden, alternative texts) and in link targets
(`mailto:`, `tel:`, chat links). The marketplace's own relay addresses are none. Numbers that are something else (order
ids, tracking numbers, EANs, dates, prices) are recognised first. `allowed_near` names concepts beside which, in the
same sentence, the contact is allowed: a warranty's or a carrier's phone number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.concepts import ConceptReading
from msgpolicy.facts.contacts import Contact, Contacts
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.report import Severity

# Contacts found with less confidence are warnings.
SURE = 0.7


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `contact-data`."""

    kind: Annotated[Literal["email", "phone", "messenger"], Meta(description="What is looked for.")]
    allowed_near: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts beside which, in the same sentence, it is allowed.")
    ] = ()


FILLS = {"found": "the contact as it was written", "normalized": "the contact as it was read"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    written: set[tuple[str, str]] = set()
    for reading, contacts in facts.contacts:
        if params.kind == "phone" and not contacts.complete:
            yield Unknown(why="too-large", detail=f"{reading.reading.part} holds more digits than are read for phones")
        for contact in of_kind(contacts, params.kind):
            if is_allowed(reading, contact, params.allowed_near):
                continue
            written.add((reading.reading.part, contact.normalized))
            place = Place.of(reading.reading, contact.start, contact.end)
            evidence = {"normalized": contact.normalized, "obfuscated": contact.obfuscated}
            if contact.detail:
                evidence["detail"] = contact.detail
            if reading.reading.shown != "visible":
                evidence["shown"] = reading.reading.shown
            found = reading.reading.text[contact.start : contact.end]
            # Digits that nobody introduces may be something else; that is told, and not held to be sure.
            unsure: Severity | None = "warning" if contact.confidence < SURE else None
            fills = {"found": found, "normalized": contact.normalized}
            yield Hit(place, fills, evidence, contact.confidence, unsure)
    for link in facts.links:
        if link.link.kind != params.kind or link.element is None:
            continue
        normalized = link.link.address or link.link.raw
        # A link whose visible text is the same contact is one thing; the text was reported.
        if (link.place.part, normalized) in written or _text_is_allowed(facts, link.element, params):
            continue
        evidence = {"normalized": normalized, "obfuscated": False, "attribute": link.attribute}
        yield Hit(link.place, {"found": link.link.raw, "normalized": normalized}, evidence)


def of_kind(contacts: Contacts, kind: str) -> tuple[Contact, ...]:
    """The contacts of one kind that are the seller's or somebody's own, not the marketplace's relay."""
    found = {"email": contacts.emails, "phone": contacts.phones, "messenger": contacts.messengers}[kind]
    return tuple(contact for contact in found if contact.kind == kind)


def is_allowed(reading: ConceptReading, contact: Contact, allowed_near: tuple[str, ...]) -> bool:
    """Whether one of the concepts stands in the sentence of a contact."""
    if not allowed_near:
        return False
    start, end = reading.sentence_at(contact.start)
    return any(start <= hit.start and hit.end <= end for name in allowed_near for hit in reading.hits(name))


def _text_is_allowed(facts: Facts, element: int, params: Params) -> bool:
    """Whether the sentence that a link stands in has one of the concepts beside which it is allowed."""
    if not params.allowed_near or facts.document is None:
        return False
    span = facts.document.visible_span(element)
    reading = next((reading for reading in facts.visible if reading.reading.part == "html"), None)
    if span is None or reading is None:
        return False
    start, end = reading.sentence_at(span[0])
    return any(start <= hit.start and hit.end <= end for name in params.allowed_near for hit in reading.hits(name))
