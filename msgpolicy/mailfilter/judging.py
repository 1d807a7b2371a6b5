"""One mail before the gate: what headers and an order lookup know of it, and the decision."""

from __future__ import annotations

from collections.abc import Iterable

from msgpolicy.hooks import Decision, Gate
from msgpolicy.hooks.gate import LookUp
from msgpolicy.mailfilter.headers import Facts, Header, facts_of


def decide(
    gate: Gate,
    mail: bytes,
    headers: Iterable[Header],
    *,
    recipient: str,
    trusted: bool,
    lookup: LookUp | None = None,
    hook: str,
) -> Decision:
    """The decision on a mail from which our headers were taken. What is known: record < headers < lookup.

    Args:
        headers: those that were taken; they count where the client is `trusted`.
        recipient: the first address of the envelope that is judged.

    Raises:
        HeaderError: a trusted client's header cannot be used.
    """
    facts = facts_of(headers) if trusted else Facts({})
    said = {"recipient": recipient, **facts.context}

    return gate.decide(mail, context=said, lookup=lookup, send_anyway=facts.send_anyway, by=facts.by, hook=hook)
