"""Contact data written in a text: mail addresses, phone numbers, messengers.

A chat link (wa.me, t.me, …) is a messenger here, and in links.py a link of that kind. Other numbers: numbers.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgpolicy.facts.contacts.addresses import read_addresses
from msgpolicy.facts.contacts.contact_sentences import BEFORE, BEHIND, hands_out, is_signed
from msgpolicy.facts.contacts.emails import Email
from msgpolicy.facts.contacts.messengers import Messenger, messengers_in
from msgpolicy.facts.contacts.numbering_plans import least_digits
from msgpolicy.facts.contacts.numbers import numbers_in_view
from msgpolicy.facts.contacts.phone_looks import may_hold_phones
from msgpolicy.facts.contacts.phones import Phone, Phones, phones_in
from msgpolicy.facts.contacts.view import ContactView, contact_view
from msgpolicy.facts.limits import MAX_INVITATIONS
from msgpolicy.facts.links.text_urls import TextUrl
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.words.quotation import has_words_around, quotation_spans


class Contact(NamedTuple):
    """One contact and its place in the reading (code points).

    kind: email · relay-email (the marketplace's own relay, no way around it) · phone · messenger
    normalized: the address in lower case; E.164 where the country is known, else the digits; the handle or number with
    which the messenger is named, "" where it is only named
    obfuscated: written in disguise
    detail: of a messenger the service, such as `whatsapp`; of a phone number `announced` if a word says so
    confidence: that it is contact data at all, 0 to 1
    read_as: of what is written in disguise, what it says in plain letters, digits and signs; else ""
    asked: whether the words around it invite the reader to use it
    """

    kind: str
    start: int
    end: int
    normalized: str
    obfuscated: bool
    detail: str
    confidence: float
    read_as: str = ""
    asked: bool = False


class Contacts(NamedTuple):
    """The contacts of one reading, each kind by place.

    `all_numbers`, `all_addresses` and `all_chats` are False if there were more digits, hosts, names of messengers, or
    words that speak of them, than are read.
    """

    emails: tuple[Contact, ...] = ()
    phones: tuple[Contact, ...] = ()
    messengers: tuple[Contact, ...] = ()
    all_numbers: bool = True
    all_addresses: bool = True
    all_chats: bool = True

    def __bool__(self) -> bool:
        found = self.emails or self.phones or self.messengers
        return bool(found) or not (self.all_numbers and self.all_addresses and self.all_chats)


def find_contacts(
    source: Reading | ContactView, countries: Sequence[str] = (), guessed: Sequence[str] = ()
) -> Contacts:
    """The contacts written in a text.

    `countries` (ISO 3166-1 alpha-2): those whose local phone notation is read: the buyer's, the seller's, the
    marketplace's. International notation is always read, any notation where a word announces a phone number. `guessed`:
    those whose notation is read, with less confidence in it, where no country is known: the text's languages tell.
    """
    view = contact_view(source)
    urls, mails, all_addresses = read_addresses(view)
    phones = Phones([], True)
    least = least_digits(countries)
    if may_hold_phones(view, least):
        phones = phones_in(view, _taken(view, urls, mails, least), countries, guessed)
    chats = messengers_in(view, phones.found, urls)
    named = _meant(view.original, [_named(view, chat, index) for index, chat in enumerate(chats.found)])
    return Contacts(
        tuple(_email(view, mail, index) for index, mail in enumerate(mails)),
        tuple(_phone(view, phone, index) for index, phone in enumerate(phones.found)),
        tuple(sorted((*named, *_chat_links(view, urls)), key=lambda contact: contact.start)),
        phones.complete and view.all_words,
        all_addresses,
        chats.complete,
    )


def _meant(text: str, messengers: list[Contact]) -> list[Contact]:
    """Those with an account, and those named outside of quotations: "Text me on WhatsApp" may be printed on a mug."""
    if all(contact.normalized for contact in messengers):
        return messengers
    quoted = [span for span in quotation_spans(text) if has_words_around(text, span)]
    starts = [start for start, _ in quoted]

    def is_mention(contact: Contact) -> bool:
        index = bisect_right(starts, contact.start) - 1
        if contact.normalized or index < 0 or quoted[index][1] < contact.end:
            return False
        start, end = quoted[index]  # a name alone in marks is a name: add us on “WhatsApp”
        return len(text[start:end].split()) > len(text[contact.start : contact.end].split()) + 1

    return [contact for contact in messengers if not is_mention(contact)]


# Read out of a few characters, which may as well be part of a number in disguise.
_SHORT_KINDS = frozenset(
    {"code", "size", "version", "date", "time", "price", "amount", "percentage", "coordinates", "ip-address"}
)


def _taken(view: ContactView, urls: Sequence[TextUrl], mails: Sequence[Email], least: int) -> bytearray:
    """Marks what is no phone number because it is something else: 3, or less if digits in disguise may look like it."""
    taken = bytearray(len(view.text))
    for kind, start, end in numbers_in_view(view, least):
        mark = b"\1" if kind == "code" else b"\2" if kind in _SHORT_KINDS else b"\3"
        taken[start:end] = mark * (end - start)
    spans = [(url.start, url.end) for url in urls] + [(mail.start, mail.end) for mail in mails]
    for start, end in spans:
        taken[start:end] = b"\3" * (end - start)
    return taken


def _email(view: ContactView, mail: Email, index: int) -> Contact:
    kind = "relay-email" if mail.relay else "email"
    read_as = mail.address if mail.obfuscated else ""
    span = view.span(mail.start, mail.end)
    asked = _is_handed_out(view, mail.start, mail.end, index)
    return Contact(kind, *span, mail.address, mail.obfuscated, "", mail.confidence, read_as, asked)


def _phone(view: ContactView, phone: Phone, index: int) -> Contact:
    detail = "announced" if phone.announced else ""
    span = view.span(phone.start, phone.end)
    asked = _is_handed_out(view, phone.start, phone.end, index)
    return Contact("phone", *span, phone.number, phone.obfuscated, detail, phone.confidence, phone.read_as, asked)


def _is_handed_out(view: ContactView, start: int, end: int, index: int) -> bool:
    """Whether the sentence around a contact, the index-th of its kind, hands it out."""
    before, behind = view.text[max(start - BEFORE, 0) : start], view.text[end : end + BEHIND]
    return index < MAX_INVITATIONS and not is_signed(before, behind) and hands_out(before, behind)


def _named(view: ContactView, found: Messenger, index: int) -> Contact:
    """A messenger that is named with a handle, a number or an invitation."""
    span = view.span(found.start, found.end)
    read_as = _plain(view, found.start, found.end)
    before, behind = view.text[max(found.start - BEFORE, 0) : found.start], view.text[found.end : found.end + BEHIND]
    asked = found.asked or (bool(found.handle) and _is_handed_out(view, found.start, found.end, index))
    asked = asked and not (found.handle and is_signed(before, behind, named=True))
    return Contact("messenger", *span, found.handle, bool(read_as), found.service, found.confidence, read_as, asked)


def _chat_links(view: ContactView, urls: Sequence[TextUrl]) -> Iterator[Contact]:
    """Links that open a conversation."""
    for index, url in enumerate(urls):
        link = url.link
        if link.kind == "messenger":
            target = link.address or f"{link.host}{link.path}"
            span = view.span(url.start, url.end)
            read_as = target if link.obfuscated else ""
            asked = _is_handed_out(view, url.start, url.end, index)
            yield Contact("messenger", *span, target, link.obfuscated, link.service, url.confidence, read_as, asked)


def _plain(view: ContactView, start: int, end: int) -> str:
    """What a span says, where letters, digits or signs in it are others than they look like; else ""."""
    text, written = view.text[start:end], view.written(start, end)
    return text if text.isascii() and not written.isascii() else ""
