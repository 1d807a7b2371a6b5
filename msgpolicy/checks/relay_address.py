"""Judges whether mail goes to the marketplace's relay address, the only way by which a buyer may be written to.

Hosts are data of the ruleset: those that the marketplace or public code shows, and those that are only inferred from
the pattern. An inferred host is accepted; the length of the local part is never judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `relay-address`."""

    hosts: Annotated[ListName, Meta(description="List of the relay hosts.")]


FILLS = {"recipient": "the address that the message is sent to"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    recipient = facts.message.recipient
    if recipient is None:
        yield Unknown(("recipient",))
        return
    address = recipient.strip()
    if address.endswith(">") and "<" in address:
        address = address[address.rindex("<") + 1 : -1]
    local, _, host = address.strip().rpartition("@")
    if local and host.lower().rstrip(".") in facts.lists[params.hosts]:
        return
    yield Hit(Place("recipient"), {"recipient": recipient}, {"host": host.lower()})
