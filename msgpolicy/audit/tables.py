"""The tables of an audit, as Arrow schemas; each becomes a folder of Parquet files. docs/audit.md tells of the columns.

A message is known by `file` (its archive as it was named, with the path of a member behind `!`) and `number` (which
record of that file it is, from 1); nothing else is surely unique. `line` is null where the format has no lines. Ids,
addresses and orders are keyed hashes (`redacting.py`) unless the audit was told not to redact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")
_TEXTS = pa.list_(pa.string())


def _schema(required: dict[str, pa.DataType], optional: dict[str, pa.DataType]) -> pa.Schema:
    fields = [pa.field(name, kind, nullable=False) for name, kind in required.items()]
    return pa.schema(fields + [pa.field(name, kind) for name, kind in optional.items()])


_KEY = {"file": pa.string(), "number": pa.int64()}

# What a message holds, before it is judged: what the readers of archives give, and `batch.py` takes.
# `kind` is `mail` (RFC 5322), `json` (a message record), `row` (a JSON object of foreign columns), or `rejected`
# (what could not be read at all: a JSON object with `position`, `why`, `hint`).
RECORDS = _schema(
    {"file": pa.string(), "kind": pa.string(), "data": pa.large_binary()},
    {"number": pa.int64(), "line": pa.int64()},
)

MESSAGES = _schema(
    _KEY,
    {
        "line": pa.int64(),
        "message_id": pa.string(),
        "thread": pa.string(),
        "in_reply_to": pa.string(),
        "order": pa.string(),
        "buyer": pa.string(),
        "sender": pa.string(),
        "direction": pa.string(),
        "kind": pa.string(),
        "channel": pa.string(),
        "marketplace": pa.string(),
        "reason": pa.string(),
        "language": pa.string(),
        # When it was sent, the minutes from UTC in which that was written, and the point in time whose policy counts.
        "sent_at": _TIME,
        "offset_minutes": pa.int16(),
        "as_of": _TIME,
        # What was taken for granted of this message, such as `timezone=Europe/Berlin`.
        "assumed": _TEXTS,
        # By what it says, and by what it breaks together with others (`conversations.py`).
        "verdict": pa.string(),
        # Equal for messages made from one template; for exactly the same text.
        "template": pa.string(),
        "text": pa.string(),
        "review_request": pa.bool_(),
        "stop_request": pa.bool_(),
        "history_review_requests": pa.int32(),
        "history_sent_today": pa.int32(),
        "history_last_buyer_message_at": _TIME,
        "daily_order_average": pa.float64(),
        # Rows of the table `violations` about this message alone; of these, active errors and active warnings.
        "violations": pa.int32(),
        "errors": pa.int32(),
        "warnings": pa.int32(),
        # Of the record as it stands in the archive.
        "bytes": pa.int64(),
    },
)

VIOLATIONS = _schema(
    {**_KEY, "rule": pa.string(), "severity": pa.string(), "status": pa.string(), "scope": pa.string()},
    {
        "confidence": pa.float64(),
        "message": pa.string(),
        "suggestion": pa.string(),
        "params": pa.string(),
        "part": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
        "line": pa.int64(),
        "column": pa.int64(),
        "page": pa.int64(),
        "selector": pa.string(),
        "excerpt": pa.string(),
        "evidence": pa.string(),
        "policy": pa.string(),
        "fingerprint": pa.string(),
        # JSON: what a suppression, or a reviewer's decision, says of it, as in a report.
        "excuse": pa.string(),
    },
)

NOT_EVALUATED = _schema(
    {**_KEY, "rule": pa.string(), "why": pa.string()},
    {"needs": _TEXTS, "detail": pa.string()},
)

REJECTED = _schema(
    {"file": pa.string(), "position": pa.string(), "why": pa.string()},
    {"number": pa.int64(), "hint": pa.string()},
)

# Texts for people to look at: one message of each template that violates something, and a sample of those that passed.
# `draw` orders the sample: the smallest are in it.
SHOWN = _schema(
    {**_KEY, "because": pa.string()},
    {"subject": pa.string(), "text": pa.string(), "template": pa.string(), "draw": pa.int64()},
)

# Columns whose texts are JSON.
JSON_COLUMNS = frozenset({"params", "evidence", "policy", "excuse"})

# Passed messages in the sample.
SAMPLE = 50
EXAMPLE_ROW, SAMPLE_ROW = "example", "sample"

# Of a violation's `scope`: found in one message, or by comparing several of a conversation, an account, a day.
MESSAGE, CONVERSATION = "message", "conversation"

TABLES: Mapping[str, pa.Schema] = {
    "messages": MESSAGES,
    "violations": VIOLATIONS,
    "not_evaluated": NOT_EVALUATED,
    "rejected": REJECTED,
    "shown": SHOWN,
}


def batch_of(schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """The rows as one Arrow batch; a key that a row lacks is null.

    Raises:
        ValueError: a row has a key that is no column, or lacks one that is required.
    """
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for row in rows:
        if not row.keys() <= columns.keys():
            raise ValueError(f"no such column: {', '.join(sorted(row.keys() - columns.keys()))}")
        for name, values in columns.items():
            values.append(row.get(name))
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    for field, array in zip(schema, arrays, strict=True):
        if array.null_count and not field.nullable:
            raise ValueError(f"{field.name} is missing")
    return pa.record_batch(arrays, schema=schema)
