"""Finds contact data: e-mail addresses, phone numbers, or messenger contacts.

They are looked for in the subject, the text, the HTML (shown, hidden, alternative texts) and in link targets
(`mailto:`, `tel:`, chat links). The marketplace's own relay addresses are none. Numbers that are something else (order
ids, tracking numbers, EANs, dates, prices) are recognised first. `allowed_near` names concepts beside which, in the
same sentence, the contact is allowed: a warranty's or a carrier's phone number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.contacts.emails import RELAY_HOSTS
from msgpolicy.facts.contacts.finding import Contact, Contacts
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import Link
from msgpolicy.facts.links.hosts import host_in
from msgpolicy.facts.links.placed import FoundLink
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.concepts import ConceptReading
from msgpolicy.mending import Removals
from msgpolicy.report import Severity

# Contacts found with less confidence are warnings.
SURE = 0.7
# Last digits by which numbers in national and international notation are told to be the same.
NATIONAL = 7


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `contact-data`."""

    kind: Annotated[Literal["email", "phone", "messenger"], Meta(description="What is looked for.")]
    allowed_near: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts beside which, in the same sentence, it is allowed.")
    ] = ()
    own_hosts: Annotated[
        tuple[ListName, ...],
        Meta(description="Lists of hosts that are no contacts: a fix does not remove a line with a link to one."),
    ] = ()


FILLS = {"found": "the contact as it was written", "normalized": "the contact as it was read"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    removals = Removals(facts, params.own_hosts)
    for reading, contacts in facts.contacts:
        if (more := unread(contacts, params.kind)) is not None:
            yield Unknown(why="too-large", detail=f"{reading.reading.part} holds more {more} than are read")
        for contact in of_kind(contacts, params.kind):
            if is_allowed(reading, contact, params.allowed_near):
                continue
            place = Place.of(reading.reading, contact.start, contact.end)
            evidence = {"normalized": contact.normalized, "obfuscated": contact.obfuscated}
            if contact.read_as:
                evidence["read_as"] = contact.read_as
            if contact.detail:
                evidence["detail"] = contact.detail
            if reading.reading.shown != "visible":
                evidence["shown"] = reading.reading.shown
            found = reading.reading.text[contact.start : contact.end]
            # Digits that nobody introduces may be something else; that is told, and not held to be sure.
            unsure: Severity | None = "warning" if contact.confidence < SURE else None
            fills = {"found": found, "normalized": contact.normalized}
            fix = removals.of_words(reading.reading, contact.start, contact.end)
            yield Hit(place, fills, evidence, contact.confidence, unsure, fix=fix)
    for link in contact_links(facts, params.kind, params.allowed_near):
        normalized = link.link.address or link.link.raw
        evidence = {"normalized": normalized, "obfuscated": False, "attribute": link.attribute}
        fills = {"found": link.link.raw, "normalized": normalized}
        yield Hit(link.place, fills, evidence, fix=removals.of_link(link))


def unread(contacts: Contacts, kind: str) -> str | None:
    """What there is more of than is read, so that contacts of a kind may have been missed."""
    if kind != "email" and not contacts.all_numbers:
        return "digits"
    if kind == "messenger" and not contacts.all_chats:
        return "names of messengers"
    return None if kind == "phone" or contacts.all_addresses else "addresses"


def of_kind(contacts: Contacts, kind: str) -> tuple[Contact, ...]:
    """The contacts of one kind that are the seller's or somebody's own, not the marketplace's relay."""
    found = {"email": contacts.emails, "phone": contacts.phones, "messenger": contacts.messengers}[kind]
    return tuple(contact for contact in found if contact.kind == kind)


def is_allowed(reading: ConceptReading, contact: Contact, allowed_near: tuple[str, ...]) -> bool:
    """Whether one of the concepts stands in the sentence of a contact."""
    return any(_stands_at(reading, contact.start, name) for name in allowed_near)


def _stands_at(reading: ConceptReading, position: int, concept: str) -> bool:
    """Whether words of a concept begin in the sentence of a position in the reading's text."""
    start, end = reading.sentence_at(position)
    hits = reading.hits(concept)
    index = bisect_left(hits, (start, start))
    return index < len(hits) and hits[index].start < end


def contact_links(facts: Facts, kind: str, allowed_near: tuple[str, ...] = ()) -> Iterator[FoundLink]:
    """Links of HTML elements that lead to a contact of one kind, unless their text is that contact: one thing."""
    links = [link for link in facts.links if link.attribute is not None and leads_to(link.link, kind)]
    if not links:
        return
    shown = next(reading for reading in facts.visible if reading.reading.part == "html")
    written = next((of_kind(contacts, kind) for reading, contacts in facts.contacts if reading is shown), ())
    starts = [contact.start for contact in written]
    for link in links:
        if link.span is not None:
            start, end = link.span
            inside = written[bisect_left(starts, start) : bisect_left(starts, end)]
            if any(_is_same(contact, link.link) for contact in inside):
                continue
            if any(_stands_at(shown, start, name) for name in allowed_near):
                continue
        yield link


def leads_to(link: Link, kind: str) -> bool:
    """Whether a link leads to a contact; a mailto: to the marketplace's relay, or to nobody yet, leads to none."""
    if link.kind != kind or kind == "messenger":
        return link.kind == kind
    return bool(link.address) and not host_in(link.address.rpartition("@")[2], RELAY_HOSTS)


def _is_same(contact: Contact, link: Link) -> bool:
    """Whether what is written in a link is what it leads to; a number may be written in its country's notation."""
    if contact.kind == "phone":
        return contact.normalized[-NATIONAL:] == link.address[-NATIONAL:]
    if contact.kind == "messenger" and not contact.normalized:
        return contact.detail == link.service
    return contact.normalized == link.address
