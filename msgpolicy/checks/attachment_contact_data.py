"""Finds contact data and external links in the text of attachments.

PDF, Word, OpenDocument, text, HTML and mail files are read. A document that carries its maker's details by nature (an
invoice, a warranty) is exempt: those purposes are named by `exempt`, declared or seen from name and text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from msgpolicy.checks.attachment_purpose import purpose_of
from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.contact_data import of_kind
from msgpolicy.facts.contacts import find_contacts
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links import find_text_links, host_in
from msgpolicy.facts.spans import Place

_WORDS = {"email": "an e-mail address", "phone": "a phone number", "messenger": "a messenger contact"}


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `attachment-contact-data`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a link may lead to.")] = ()
    exempt: Annotated[
        dict[str, ConceptName], Meta(description="Purposes that carry contact data by nature, each with its concept.")
    ] = msgspec.field(default_factory=dict)


FILLS = {"filename": "name of the attachment", "what": "what kind of data it is", "found": "the data as written"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if attachment.purpose in params.exempt:
            continue
        if attachment.content is None:
            yield Unknown((f"{part}.content",))
            continue
        if attachment.purpose is None and purpose_of(facts, index, params.exempt)[0] is not None:
            continue
        name = attachment.filename or part
        for by, reading in facts.attachment_readings(index):
            if by == "name":
                continue
            view = facts.contact_view(reading)
            contacts = find_contacts(view, facts.countries)
            for kind, words in _WORDS.items():
                for contact in of_kind(contacts, kind):
                    found = reading.reading.text[contact.start : contact.end]
                    place = Place.of(reading.reading, contact.start, contact.end)
                    evidence = {"normalized": contact.normalized, "obfuscated": contact.obfuscated}
                    yield Hit(place, {"filename": name, "what": words, "found": found}, evidence, contact.confidence)
            for start, end, link, confidence in find_text_links(view):
                if link.kind == "web" and not any(host_in(link, facts.lists[hosts]) for hosts in params.own_hosts):
                    fills = {"filename": name, "what": "an external link", "found": link.raw}
                    yield Hit(Place.of(reading.reading, start, end), fills, {"host": link.host}, confidence)
        if known.pages_missing in ("not-installed", "unreadable", "too-large", "timeout"):
            yield Unknown(why=known.pages_missing, detail=f"the text of {name} was not read to its end")
