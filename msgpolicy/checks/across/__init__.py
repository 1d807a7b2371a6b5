"""Checks across messages: rules with `scope: conversation`, judged over all messages of an archive.

Such a check is a module with `Params`, `FILLS` and a docstring, like any other, and

- `AT`, the field that its violations point to;
- `query(params)`, a SELECT over the relations of `views.py`, in SQL that DuckDB and Spark read alike: numbers, texts,
  standard window functions, times as whole microseconds. It gives a row for each message that breaks the rule or
  cannot be judged: `file`, `number`, `needs` (the fields, with commas between them, for lack of which it cannot be
  judged; NULL where it breaks the rule), and columns of its own;
- `told(row, params)`: the placeholders of the rule's texts and the evidence, from such a row.

What a rule says in `when` is asked of these rows alone; `FIELDS` are the fields that it can name.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# What a `when` can name, and the column of the table `messages` that has it. Ids are there as keyed hashes only.
FIELDS = {
    "direction": "direction",
    "kind": "kind",
    "channel": "channel",
    "marketplace": "marketplace",
    "reason": "reason",
    "language": "language",
    "sent_at": "sent_at",
    "account.daily_order_average": "daily_order_average",
    "history.review_requests": "history_review_requests",
    "history.sent_today": "history_sent_today",
    "history.last_buyer_message_at": "history_last_buyer_message_at",
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(microseconds: int) -> str:
    """A point in time (microseconds since 1970, UTC) as a report writes it."""
    return (_EPOCH + timedelta(microseconds=microseconds)).isoformat()


def microseconds(length: timedelta) -> int:
    """A length of time in microseconds."""
    return length // timedelta(microseconds=1)


def whole_hours(length: int) -> int:
    """The hours of a length of time in microseconds."""
    return length // 3_600_000_000


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
