"""Folders of finished audits, made of rows by hand, for the tests of what is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgpolicy import Linter

Row = Mapping[str, Any]
FILE = "a.jsonl"


def write_tables(out: Path, tables: Mapping[str, Sequence[Row]], *, files: int = 1) -> str:
    """The tables in a folder; rows are dealt out to so many Parquet files, in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from msgpolicy.audit.tables import TABLES, batch_of

    for name, schema in TABLES.items():
        (out / name).mkdir(parents=True, exist_ok=True)
        rows = tables.get(name, ())
        size = -(-len(rows) // files) or 1
        for number in range(files):
            batch = batch_of(schema, rows[number * size : (number + 1) * size])
            pq.write_table(pa.Table.from_batches([batch]), out / name / f"{number:05}.parquet")
    return str(out)


def asked(**changes: Any) -> Any:
    """What an audit was asked."""
    from msgpolicy.audit.asked import Archives, Asked

    archives = Archives(paths=(FILE,), files=1, bytes=10, state="s")
    values: dict[str, Any] = {
        "engine": "1", "ruleset": "amazon", "version": "2026.11", "digest": "sha256:0", "settings": {},
        "archives": archives,
    }  # fmt: skip
    return Asked(**{**values, **changes})


@cache
def linter() -> Linter:
    return Linter("amazon", draft=False)


def time(day: int, hour: float = 0, *, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, int(hour), round(hour % 1 * 60), tzinfo=UTC)


def message(number: int, verdict: str = "pass", **fields: Any) -> Row:
    return {
        "file": FILE, "number": number, "verdict": verdict, "direction": "seller_to_buyer", "sent_at": time(1),
        "template": f"t{number}", **fields,
    }  # fmt: skip


def found(number: int, rule: str = "phone-number", **fields: Any) -> Row:
    return {
        "file": FILE, "number": number, "rule": rule, "severity": "error", "status": "active", "scope": "message",
        "message": f"Breaks {rule}.", "fingerprint": f"{number:020x}", **fields,
    }  # fmt: skip


def example(number: int, text: str, because: str = "example", **fields: Any) -> Row:
    return {"file": FILE, "number": number, "because": because, "text": text, "template": f"t{number}", **fields}
