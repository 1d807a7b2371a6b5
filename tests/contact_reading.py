"""How tests of contacts read a text."""

from __future__ import annotations

from msgpolicy.facts.contacts.finding import Contact, Contacts, find_contacts
from msgpolicy.facts.spans import Reading


def contacts(text: str, *countries: str) -> Contacts:
    """The contacts in a plain text, with the local phone notation of these countries."""
    return find_contacts(Reading("text", text, text), countries)


def shown(text: str, found: tuple[Contact, ...]) -> list[tuple[str, str]]:
    """Each contact as written and as read."""
    return [(text[contact.start : contact.end], contact.normalized) for contact in found]
