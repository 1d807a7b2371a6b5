"""Finds contact data and external links in attachments: in their names and text, and where their links lead.

PDF, Word, Excel, PowerPoint, OpenDocument, RTF, XML, text, HTML, calendar, card and mail files are read, their
properties (title, author, company …) too, and so are the files inside an archive or a mail. What is not read is told.
With the extra `ocr` so is text that stands as a picture,
in an image or on a scanned page; the evidence tells where (`where: image`, `box`: left, top, right, bottom in pixels of
the image, or of the page drawn with a longer side of 1600 pixels); without it such text is told as not read. A document
that carries its maker's details by nature (an invoice, a warranty) may have an address, a phone number and a website:
those purposes are named by `exempt`, declared or seen from name and text. A messenger is no such detail, and what
advertises is no such document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.checks.attachment_purpose import purpose_of
from msgpolicy.checks.base import ConceptName, Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.contact_data import NATIONAL, leads_to, of_kind
from msgpolicy.checks.link import normalized
from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.files.document_facts import Page
from msgpolicy.facts.files.file_names import MAX_NAME
from msgpolicy.facts.links.finding import Link, classify_url, find_text_links, host_in
from msgpolicy.facts.links.placed import site_of
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.facts.turned import as_shown
from msgpolicy.facts.words.concepts import ConceptReading

if TYPE_CHECKING:
    from msgpolicy.facts.files.attachments import AttachmentFacts

# From this confidence on it counts in a file name.
SURE_IN_A_NAME = 0.96

_WORDS = {
    "email": "an e-mail address",
    "phone": "a phone number",
    "messenger": "a messenger contact",
    "web": "an external link",
}


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `attachment-contact-data`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a link may lead to.")] = ()
    exempt: Annotated[
        dict[str, ConceptName], Meta(description="Purposes that carry contact data by nature, each with its concept.")
    ] = msgspec.field(default_factory=dict)
    exempt_kinds: Annotated[
        tuple[Literal["email", "phone", "messenger", "web"], ...], Meta(description="What these may carry.")
    ] = ("email", "phone", "web")
    unwanted: Annotated[
        tuple[ConceptName, ...], Meta(description="Concepts of what is never permitted: it is exempt from nothing.")
    ] = ()


FILLS = {"filename": "name of the attachment", "what": "what kind of data it is", "found": "the data as written"}
OWN_WORDS = ("what",)


class _Found(NamedTuple):
    """Something on a page that leads away. `kind` and `value` are equal for what is written and for a link to it."""

    kind: str
    value: str
    hit: Hit


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    own_hosts = frozenset[str]().union(*(facts.lists[hosts] for hosts in params.own_hosts))
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        exempt = attachment.purpose in params.exempt
        if attachment.content is None:
            if not exempt:
                yield Unknown((f"{part}.content",))
            continue
        if attachment.purpose is None:
            exempt = purpose_of(facts, index, params.exempt, params.unwanted)[0] in params.exempt
        may_carry = params.exempt_kinds if exempt else ()
        name = attachment.filename or part
        told: set[tuple[int | None, str, str]] = set()
        everywhere = (
            *_named(facts, attachment.filename, part, own_hosts),
            *_written(facts, index, own_hosts),
            *_linked(known.pages or (), part, own_hosts),
            *_pictured(facts, index, known, own_hosts),
        )
        all_read = True
        for found in everywhere:
            if found is None:
                all_read = False
                continue
            if found.kind in may_carry:
                continue
            place = found.hit.place
            thing = place.page, found.kind, found.value
            if place.start is not None or thing not in told:
                told.add(thing)
                fills = {"filename": name, "what": _WORDS[found.kind], **found.hit.fills}
                yield found.hit._replace(fills=fills)
        if exempt:
            continue  # what was not read of it is most likely its maker's details
        if not all_read:
            yield Unknown(why="too-large", detail=f"{name} holds more addresses or digits than are read")
        yield from _unread(known, name)


def _unread(known: AttachmentFacts, name: str) -> Iterator[Unknown]:
    """What of the attachment could not be looked through."""
    why, pictured = known.pages_missing, known.image_text.why
    if why == "not-covered":
        if not (known.media_type or "").startswith("image/"):
            yield Unknown(why=why, detail=f"the text of {name} is not read in this format")
    elif why:
        yield Unknown(why=why, detail=f"the text of {name} was not read to its end")
    if pictured == "not-installed":
        yield Unknown(why=pictured, detail='pip install "msgpolicy[ocr]" to read text in images')
    elif pictured and pictured != why:
        yield Unknown(why=pictured, detail=f"the pictures in {name} were not read to their end")


def _named(facts: Facts, name: str | None, part: str, own_hosts: frozenset[str]) -> Iterator[_Found]:
    """The same in the name of the file, if it is sure: names hold numbers and full stops for many reasons."""
    stem = (name or "")[:MAX_NAME].rpartition(".")[0] or (name or "")[:MAX_NAME]
    reading = ConceptReading(as_shown(Reading(part, stem, stem)), facts.lexicon)
    for found in _in_reading(facts, reading, own_hosts):
        if found is not None and found.hit.confidence >= SURE_IN_A_NAME:
            yield found._replace(
                hit=found.hit._replace(place=Place(part), evidence={**found.hit.evidence, "where": "name"})
            )


def _written(facts: Facts, index: int, own_hosts: frozenset[str]) -> Iterator[_Found | None]:
    """Contact data and external links written in an attachment's text; None for a text with more than is read."""
    for by, reading in facts.attachment_readings(index):
        if by != "name":
            yield from _in_reading(facts, reading, own_hosts)


def _pictured(facts: Facts, index: int, known: AttachmentFacts, own_hosts: frozenset[str]) -> Iterator[_Found | None]:
    """The same in text that stands as a picture; what is found has no place in the extracted text."""
    part = f"attachments[{index}]"
    for page, group in groupby(known.image_text.lines, key=lambda line: line.page):
        lines = list(group)
        starts = list(accumulate((len(line.text) + 1 for line in lines[:-1]), initial=0))
        text = "\n".join(line.text for line in lines)
        for found in _in_reading(facts, ConceptReading(Reading(part, text, text, page=page), facts.lexicon), own_hosts):
            if found is None:
                yield None
                continue
            line = lines[bisect_right(starts, found.hit.place.start or 0) - 1]
            evidence = {**found.hit.evidence, "where": "image", "box": list(line.box)}
            confidence = round(min(found.hit.confidence, line.confidence), 2)
            yield found._replace(
                hit=found.hit._replace(place=Place(part, page=page), evidence=evidence, confidence=confidence)
            )


def _in_reading(facts: Facts, reading: ConceptReading, own_hosts: frozenset[str]) -> Iterator[_Found | None]:
    view = facts.contact_view(reading)
    contacts = find_contacts(view, facts.countries, facts.guessed_countries)
    if not (contacts.all_numbers and contacts.all_addresses and contacts.all_chats):
        yield None
    for kind in ("email", "phone", "messenger"):
        for contact in of_kind(contacts, kind):
            place = Place.of(reading.reading, contact.start, contact.end)
            written = reading.reading.text[contact.start : contact.end]
            evidence = {"normalized": contact.normalized, "obfuscated": contact.obfuscated}
            if contact.read_as:
                evidence["read_as"] = contact.read_as
            yield _Found(
                kind, _value(kind, contact.normalized), Hit(place, {"found": written}, evidence, contact.confidence)
            )
    for start, end, link, confidence in find_text_links(view):
        if link.kind == "web" and not host_in(link, own_hosts):
            place = Place.of(reading.reading, start, end)
            yield _Found("web", site_of(link), Hit(place, {"found": link.raw}, _evidence(link), confidence))


def _linked(pages: Iterable[Page], part: str, own_hosts: frozenset[str]) -> Iterator[_Found]:
    """What the links of an attachment open: they stand on a page, and nowhere in its text."""
    for page in pages:
        for url in page.links:
            link = classify_url(url)
            hit = Hit(Place(part, page=page.number), {"found": url}, _evidence(link))
            if link.kind == "web":
                if not host_in(link, own_hosts):
                    yield _Found("web", site_of(link), hit)
            elif link.kind in _WORDS and leads_to(link, link.kind):
                yield _Found(link.kind, _value(link.kind, link.address), hit)


def _value(kind: str, address: str) -> str:
    return address[-NATIONAL:] if kind == "phone" else address


def _evidence(link: Link) -> dict[str, object]:
    if link.kind == "web":
        read = normalized(link)
        evidence: dict[str, object] = {"host": link.host, "normalized": read}
        return {**evidence, "read_as": read} if link.obfuscated else evidence
    return {"normalized": link.address or link.raw}
