"""Tables of messages, as an audit writes them, for tests of what is judged across messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from msgpolicy import Linter
from msgpolicy.audit.across import findings_across
from msgpolicy.audit.tables import MESSAGES, batch_of
from msgpolicy.report import NotEvaluated, Violation
from tests.linters import linter

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = 60


def at(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


def seller(**columns: Any) -> dict[str, Any]:
    return {"direction": "seller_to_buyer", "kind": "proactive", **columns}


def reply(**columns: Any) -> dict[str, Any]:
    return {"direction": "seller_to_buyer", "kind": "reply", **columns}


def buyer(**columns: Any) -> dict[str, Any]:
    return {"direction": "buyer_to_seller", **columns}


def table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows as a table: numbered from 1 where they say nothing else, judged by the policy of their time."""
    usual = {"file": "a.jsonl", "channel": "email", "verdict": "pass"}
    whole = [
        {**usual, "number": number, "as_of": row.get("sent_at"), "message_id": f"m-{number}", **row}
        for number, row in enumerate(rows, 1)
    ]
    return pa.Table.from_batches([batch_of(MESSAGES, whole)])


def auditor(**settings: Any) -> Linter:
    """What judges an archive, with settings that differ."""
    if not settings:
        return linter(draft=False, across=True)
    return Linter("amazon", settings=settings, draft=False, across=True)


def found(
    rows: Iterable[dict[str, Any]], rule: str, judge: Linter | None = None
) -> dict[int, Violation | NotEvaluated]:
    """What one rule says of the rows, by their number."""
    entries = findings_across(table(rows), judge or auditor(), threads=1)
    return {number: entry for _, number, entry in entries if entry.rule == rule}


def broken(rows: Iterable[dict[str, Any]], rule: str, judge: Linter | None = None) -> list[int]:
    """The numbers of the rows that break a rule."""
    return [number for number, entry in found(rows, rule, judge).items() if isinstance(entry, Violation)]


def lacking(rows: Iterable[dict[str, Any]], rule: str, judge: Linter | None = None) -> dict[int, tuple[str, ...]]:
    """What rows lack that a rule cannot judge, by their number."""
    entries = found(rows, rule, judge).items()
    return {number: entry.needs for number, entry in entries if isinstance(entry, NotEvaluated)}
