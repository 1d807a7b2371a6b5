"""Mail addresses and URLs of one text, told apart: "a@shop.example" is no link, "https://a@shop.example" no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from msgpolicy.facts.contacts.emails import Email, emails_in
from msgpolicy.facts.contacts.meant import meant
from msgpolicy.facts.contacts.odd_addresses import odd_urls
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.limits import MAX_ADDRESSES
from msgpolicy.facts.links.text_urls import IP_ADDRESS, TextUrl, bare_ip_addresses, bare_urls, schemed_urls
from msgpolicy.facts.links.written_hosts import written_hosts


class Addresses(NamedTuple):
    """Both by place, without overlap; positions are of the view. `complete`: whether no place was left unread."""

    urls: list[TextUrl]
    emails: list[Email]
    complete: bool = True


def read_addresses(view: ContactView) -> Addresses:
    """All URLs and mail addresses of a view; found once."""
    if view.addresses is None:
        view.addresses = _read(view)
    return view.addresses


def _read(view: ContactView) -> Addresses:
    """What is written as an address, and what is meant as one; that counts where both are at one place."""
    plain = _written(view)
    put_right = meant(view)
    if put_right is None:
        return plain
    read = _written(put_right.view)
    emails: list[Email] = []
    for email in read.emails:
        if put_right.is_reworded(email.start, email.end):
            start, end = put_right.offsets.span(email.start, email.end)
            emails.append(email._replace(start=start, end=end, obfuscated=True))
    urls: list[TextUrl] = []
    for url in read.urls:
        if put_right.is_reworded(url.start, url.end):
            start, end = put_right.offsets.span(url.start, url.end)
            urls.append(url._replace(start=start, end=end, link=url.link._replace(obfuscated=True)))
    # What is read plainly is a part of what is meant, or it is not meant otherwise.
    emails = _whole(emails, [*plain.emails, *plain.urls])
    urls = _whole(urls, [*plain.emails, *plain.urls])
    found: list[Placed] = sorted((*emails, *urls), key=lambda item: item.start)
    return Addresses(
        sorted([*outside(plain.urls, found), *urls], key=lambda url: url.start),
        sorted([*outside(plain.emails, found), *emails]),
        plain.complete and read.complete and put_right.complete,
    )


def _whole(items: list[_Item], others: Iterable[Placed]) -> list[_Item]:
    """The items that overlap no longer one of the others."""
    longest: dict[int, int] = {}
    by_place = sorted(others, key=lambda other: other.start)
    index = 0
    for number, item in enumerate(items):
        while index < len(by_place) and by_place[index].end <= item.start:
            index += 1
        at = index
        while at < len(by_place) and by_place[at].start < item.end:
            longest[number] = max(longest.get(number, 0), by_place[at].end - by_place[at].start)
            at += 1
    return [item for number, item in enumerate(items) if longest.get(number, 0) <= item.end - item.start]


def _written(view: ContactView) -> Addresses:
    urls = list(islice(schemed_urls(view), MAX_ADDRESSES + 1))
    written = written_hosts(view)
    ips = islice(IP_ADDRESS.finditer(view.text), MAX_ADDRESSES, None)
    complete = written.complete and len(urls) <= MAX_ADDRESSES and next(ips, None) is None
    hosts = outside(written.hosts, urls)
    emails = outside(sorted(emails_in(view, hosts)), urls)
    # What is followed by "@" is the name of a mailbox, or nothing that is an address.
    named = (host for host in outside(hosts, emails) if view.text[host.end : host.end + 1] != "@")
    bare = sorted(
        [*bare_urls(view, named), *outside(bare_ip_addresses(view, MAX_ADDRESSES), urls)], key=lambda url: url.start
    )
    odd = sorted(islice(odd_urls(view), MAX_ADDRESSES), key=lambda url: url.start)
    odd = outside(outside(outside(odd, bare), urls), emails)
    bare = sorted([*bare, *odd], key=lambda url: url.start)
    # A URL in the path of a bare host is part of it.
    urls = sorted([*outside(urls, bare), *bare], key=lambda url: url.start)
    return Addresses(urls, emails, complete)


class Placed(Protocol):
    """Something with a place."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=Placed)


def outside(items: Iterable[_Item], others: Sequence[Placed]) -> list[_Item]:
    """The items that overlap none of the others; both in order, the others without overlap."""
    kept: list[_Item] = []
    index = 0
    for item in items:
        while index < len(others) and others[index].end <= item.start:
            index += 1
        if index == len(others) or others[index].start >= item.end:
            kept.append(item)
    return kept
