"""The shape of one line of a decisions file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from msgpolicy.typed import Problem

Filled = Annotated[str, Meta(pattern=r"\S", max_length=2000, description="1 to 2,000 characters that say something")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$", description="the day of the decision, such as 2027-01-31")]
_FINGERPRINT = "20 hexadecimal digits: a violation's `fingerprint`"
_TEMPLATE = "16 hexadecimal digits: a message's `template`"

FALSE_ALARM = "false-alarm"


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision: that findings of a rule are false alarms; which findings, who decided it, when, and why.

    Which: those with a `fingerprint`, or in messages of a `template`, or in the one message `file` and `number`.
    """

    rule: Filled
    status: Literal["false-alarm"]
    by: Filled
    when: Day
    why: Filled
    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{20}$", description=_FINGERPRINT)] | None = None
    template: Annotated[str, Meta(pattern="^[0-9a-f]{16}$", description=_TEMPLATE)] | None = None
    file: Filled | None = None
    number: Annotated[int, Meta(ge=1, description="which record of the file it is, from 1")] | None = None

    @property
    def key(self) -> tuple[str | int | None, ...]:
        """What it is about; two decisions with the same key are one too many."""
        return self.rule, self.fingerprint, self.template, self.file, self.number


def problems_of(decision: Decision) -> Iterator[Problem]:
    """What the types of the fields cannot tell."""
    try:
        date.fromisoformat(decision.when)
    except ValueError:
        yield Problem(("when",), f"{decision.when!r} is no day of the calendar")
    if (decision.file is None) != (decision.number is None):
        given, lacking = ("file", "number") if decision.number is None else ("number", "file")
        yield Problem(
            (given,), f"{lacking} is missing", "a message is known by both, as the table `violations` has them"
        )
    told = [name for name in ("fingerprint", "template", "file") if getattr(decision, name) is not None]
    if not told and decision.number is None:
        yield Problem((), "it does not say which findings", "add fingerprint, or template, or file and number")
    elif len(told) > 1:
        hint = "keep one of them; further ones are decisions of their own"
        yield Problem((told[1],), f"{' and '.join(told)} are given", hint)
