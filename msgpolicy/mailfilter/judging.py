"""One mail before the gate: what headers and an order lookup know of it, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgpolicy.hooks import Decision, Gate
from msgpolicy.mailfilter.headers import Facts, Header, facts_of
from msgpolicy.message import Message
from msgpolicy.overlay import overlaid

# Facts of a mail that was read, shaped like a record; empty where nothing is known.
LookUp = Callable[[Message], Mapping[str, Any]]


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

    def message() -> Message:
        read = Message.from_email(mail, context=said)
        known = lookup(read) if lookup else {}
        return Message.from_email(mail, context=overlaid(said, known)) if known else read

    # A lookup that fails is a failure of msgpolicy: the gate says what that means, and keeps it on record.
    return gate.decide(message, send_anyway=facts.send_anyway, by=facts.by, hook=hook)
