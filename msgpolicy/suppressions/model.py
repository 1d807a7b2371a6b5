"""The shape of a suppressions file: each key once, with its type and what it means.

Validation and the JSON Schema for editors come from these classes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

__all__ = ["SCOPES", "SuppressionEntry", "SuppressionsFile"]

Filled = Annotated[str, Meta(pattern=r"\S", max_length=2000, description="1 to 2,000 characters that say something")]
Day = Annotated[date, Meta(description="a day, such as 2027-01-31")]
_FINDING = "20 hexadecimal digits: a violation's `fingerprint` in a report"
_TEXT = "24 hexadecimal digits: `signals.text` in a report"
_SENDER = "an address, or @ and a domain"

# What an entry may be limited to; at least one has to be given, and all that are given have to fit.
SCOPES = ("fingerprint", "text", "template", "sender", "account")


class SuppressionEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exception: a rule, what it is limited to, why, who answers for it, and when it ends."""

    rule: Annotated[Filled, Meta(description="Id of one rule, or an old name of it.")]
    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{20}$", description=_FINDING)] | None = None
    text: Annotated[str, Meta(pattern="^[0-9a-f]{24}$", description=_TEXT)] | None = None
    template: Annotated[
        Filled | None, Meta(description="Name in the message's `extra.template`, or `signals.template` of a report.")
    ] = None
    sender: Annotated[str, Meta(pattern=r"^[^@\s]*@[^@\s]+$", max_length=320, description=_SENDER)] | None = None
    account: Annotated[Filled | None, Meta(description="`account.id` of the message.")] = None
    reason: Annotated[Filled, Meta(description="Why this is right all the same.")]
    author: Annotated[Filled, Meta(description="Who answers for it.")]
    until: Annotated[Day, Meta(description="The first day (00:00 UTC) on which it no longer counts.")]
    created: Annotated[Day | None, Meta(description="The day on which it was decided.")] = None
    ticket: Annotated[Filled | None, Meta(description="Where the decision is written down.")] = None


class SuppressionsFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exceptions that people decided on."""

    schema: Annotated[Literal[1], Meta(description="Version of this file format: 1.")]
    suppressions: Annotated[tuple[SuppressionEntry, ...], Meta(description="The exceptions.")]
