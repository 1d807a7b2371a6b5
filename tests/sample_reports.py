"""Drafts and reports made by hand, for the tests of what is written of them."""

from __future__ import annotations

from typing import Any

from msgpolicy.inputs import Draft
from msgpolicy.message import Message
from msgpolicy.report import Location, NotEvaluated, Policy, Receipt, Report, Source, Violation, verdict_of

RECEIPT = Receipt(ruleset="test", version="1", digest="sha256:0", engine="0")
POLICY = Policy(title="Communication Guidelines", site="policy.example", seen="2026-11")


def violation(text: str, found: str, *, part: str = "text", **changes: Any) -> Violation:
    start = text.index(found)
    line_start = text.rfind("\n", 0, start) + 1
    location = Location(
        part=part,
        start=start,
        end=start + len(found),
        line=text.count("\n", 0, start) + 1,
        column=start - line_start + 1,
    )
    values: dict[str, Any] = {
        "rule": "phone-number",
        "severity": "error",
        "confidence": 1.0,
        "message": "Gives a phone number.",
        "suggestion": "Leave it out.",
        "location": location,
        "policy": POLICY,
        "fingerprint": "f",
        "excerpt": found,
    }
    return Violation(**{**values, **changes})


def report(
    *violations: Violation, not_evaluated: tuple[NotEvaluated, ...] = (), strict: bool = False, **changes: Any
) -> Report:
    return Report(
        verdict=verdict_of(violations, not_evaluated, strict=strict),
        violations=violations,
        not_evaluated=not_evaluated,
        **{"receipt": RECEIPT, **changes},
    )


def draft(text: str, *, part: str | None = "text", line: int | None = None, file: str = "a.txt") -> Draft:
    message = Message(html=text) if part == "html" else Message(text=text)
    return Draft(message, Source(file=file, line=line), part)
