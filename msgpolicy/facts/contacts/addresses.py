"""Mail addresses and URLs of one text, told apart: "a@shop.example" is no link, "https://a@shop.example" no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from msgpolicy.facts.contacts.emails import Email, emails_in
from msgpolicy.facts.contacts.odd_addresses import odd_emails, odd_urls
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
    urls = list(islice(schemed_urls(view), MAX_ADDRESSES + 1))
    written = written_hosts(view)
    ips = islice(IP_ADDRESS.finditer(view.text), MAX_ADDRESSES, None)
    complete = written.complete and len(urls) <= MAX_ADDRESSES and next(ips, None) is None
    hosts = outside(written.hosts, urls)
    emails = outside(sorted(emails_in(view, hosts)), urls)
    emails = sorted([*emails, *outside(outside(islice(odd_emails(view), MAX_ADDRESSES), urls), emails)])
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
