"""Reads QR codes in attached images, inline ones included, on the pages of PDF files, in the pictures of Word and other
documents, and in files inside an archive or a mail. Data Matrix, Aztec and bar codes too. Needs the extra `images`.

A code is a link, a contact or an order to pay that no filter reads. One that is only a serial number (an article's or
a parcel's bar code) leads nowhere, and neither does one that leads to the marketplace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import classify_url, find_text_links, host_in
from msgpolicy.facts.spans import Place, Reading

# A scheme, an address, or fields on lines of their own; no serial number has these.
_SIGNS = frozenset(":@\n")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `qr-code`."""

    own_hosts: Annotated[tuple[ListName, ...], Meta(description="Lists of hosts that a code may lead to.")] = ()


FILLS = {"found": "what the code says"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    own_hosts = frozenset[str]().union(*(facts.lists[name] for name in params.own_hosts))
    told = False
    for index, attachment, known in facts.attachments:
        part = f"attachments[{index}]"
        if attachment.content is None:
            media_type = known.media_type or ""
            if media_type == "application/pdf" or media_type.startswith("image/"):
                yield Unknown((f"{part}.content",))
            continue
        for code in known.codes.codes:
            if _leads_away(facts, code.text, own_hosts):
                yield Hit(Place(part, page=code.page), {"found": code.text}, {"normalized": code.text})
        why = known.codes.why
        if why == "not-installed":
            if not told:
                yield Unknown(why=why, detail='pip install "msgpolicy[images]" to read QR codes')
            told = True
        elif why:
            yield Unknown(why=why, detail=f"{attachment.filename or part} was not looked through to its end")


def _leads_away(facts: Facts, code: str, own_hosts: frozenset[str]) -> bool:
    link = classify_url(code)
    if link.kind == "web":
        return not host_in(link, own_hosts)
    reading = Reading("", code, code)
    return (
        not _SIGNS.isdisjoint(code) or bool(find_text_links(reading)) or bool(find_contacts(reading, facts.countries))
    )
