"""Links: those written in a text (`find_text_links`) and what any URL leads to (`classify_url`)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple

from msgpolicy.facts.contacts.addresses import read_addresses
from msgpolicy.facts.contacts.view import ContactView, contact_view
from msgpolicy.facts.links.hosts import host_in as _host_in
from msgpolicy.facts.links.urls import Link, LinkKind, classify_url
from msgpolicy.facts.spans import Reading

__all__ = ["Link", "LinkKind", "TextLink", "classify_url", "find_text_links", "host_in", "is_at_home"]


class TextLink(NamedTuple):
    """A link written in a text, with its place in the reading (code points). `confidence`: that it is meant as one."""

    start: int
    end: int
    link: Link
    confidence: float


def find_text_links(source: Reading | ContactView) -> list[TextLink]:
    """URLs and bare hosts in a text, by place. Mail addresses and phone numbers are contacts, not links."""
    view = contact_view(source)
    return [TextLink(*view.span(url.start, url.end), url.link, url.confidence) for url in read_addresses(view).urls]


def is_at_home(link: Link) -> bool:
    """Whether a link leads no farther than the reader's own device or network, as to the menu of a printer."""
    if link.is_ip and ":" not in link.ascii_host:
        address = IPv4Address(link.ascii_host)
        return any(address in network for network in _HOME_NETWORKS)
    return link.ascii_host in _HOME_HOSTS or link.ascii_host.endswith((".local", ".lan", ".home.arpa"))


# RFC 1918, RFC 3927, the device itself.
_HOME_NETWORKS = tuple(
    map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"))
)
# What boxes of well-known makers answer to.
_HOME_HOSTS = frozenset({"localhost", "fritz.box", "fritz.nas", "speedport.ip", "easy.box", "o2.box", "livebox"})


def host_in(link: Link, hosts: frozenset[str]) -> bool:
    """Whether the link's host, or a domain that it belongs to, is in the list.

    An entry `amazon.*` means amazon under any public suffix: `www.amazon.co.uk`, but not `amazon.shop.example`.
    """
    return _host_in(link.ascii_host, hosts, link.registrable)
