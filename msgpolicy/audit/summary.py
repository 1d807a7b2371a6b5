"""`summary.json`: an audit in numbers, made of its tables alone: the same tables give the same summary."""

from __future__ import annotations

import os
from typing import Any

import duckdb
import msgspec

from msgpolicy._version import __version__
from msgpolicy.audit.asked import Asked
from msgpolicy.audit.database import database
from msgpolicy.audit.gaps import read_gaps
from msgpolicy.audit.redacting import KEY_NAME
from msgpolicy.replacing import replacing

NAME = "summary.json"
_VERDICTS = ("block", "review", "warn", "pass")
# Files with rejected records that are listed; all of them are in the table `rejected`.
_MOST_FILES = 20


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What an audit came to. Each list is ordered, its entries are objects whose keys say what they are."""

    schema: int = 1
    engine: str
    ruleset: dict[str, Any]
    archives: dict[str, Any]
    redaction: dict[str, Any]
    # read = judged + rejected
    records: dict[str, int]
    verdicts: dict[str, int]
    rules: list[dict[str, Any]]
    not_evaluated: list[dict[str, Any]]
    rejected: list[dict[str, Any]]
    months: list[dict[str, Any]]
    groups: dict[str, list[dict[str, Any]]]
    unknown: dict[str, int]
    assumed: list[dict[str, Any]]
    duplicates: dict[str, int]
    notices: list[str]


def summarize(out: str, asked: Asked, notices: list[str]) -> Summary:
    """Sums the tables in the folder up, and writes the file.

    Raises:
        OSError: it cannot be written.
    """
    with database(out) as tables:
        summary = _summary(tables, asked, notices)
    with replacing(os.path.join(out, NAME)) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
    return summary


def _summary(tables: duckdb.DuckDBPyConnection, asked: Asked, notices: list[str]) -> Summary:
    counts = {row["verdict"]: row["messages"] for row in _rows(tables, _VERDICT_COUNTS)}
    judged = sum(counts.values())
    rejected = _number(tables, "SELECT count(*) FROM rejected")
    key_file = None if asked.key is None else asked.key_file or KEY_NAME
    return Summary(
        engine=__version__,
        ruleset={
            "name": asked.ruleset,
            "version": asked.version,
            "digest": asked.digest,
            "settings": asked.settings,
            "as_of": asked.as_of,
        },
        archives=msgspec.to_builtins(asked.archives),
        redaction={"redacted": asked.redacted, "key": asked.key, "file": key_file},
        records={"read": judged + rejected, "judged": judged, "rejected": rejected},
        verdicts={verdict: counts.get(verdict, 0) for verdict in _VERDICTS},
        rules=_rows(tables, _RULES),
        not_evaluated=_not_evaluated(tables),
        rejected=_rows(tables, _REJECTED),
        months=_rows(tables, _MONTHS),
        groups={name: _rows(tables, _GROUPS.format(name=name)) for name in _GROUPED},
        unknown=_rows(tables, _UNKNOWN)[0],
        assumed=_rows(tables, _ASSUMED),
        duplicates=_rows(tables, _DUPLICATES)[0],
        notices=notices,
    )


def _not_evaluated(tables: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    gaps = read_gaps(tables)
    rows = [{**gap._asdict(), "messages": gaps.messages(gap.__eq__)} for gap in gaps.kinds]
    return sorted(rows, key=lambda row: -row["messages"])


def _rows(tables: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = tables.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _number(tables: duckdb.DuckDBPyConnection, query: str) -> int:
    row = tables.execute(query).fetchone()
    return int(row[0]) if row else 0


_VERDICT_COUNTS = "SELECT verdict, count(*) AS messages FROM messages GROUP BY verdict"

_RULES = """
SELECT rule, scope, severity, status, count(*) AS violations, count(DISTINCT (file, number)) AS messages
FROM violations GROUP BY ALL ORDER BY messages DESC, rule, scope, severity, status
"""

_REJECTED = f"""
SELECT file, count(*) AS records FROM rejected GROUP BY file ORDER BY records DESC, file LIMIT {_MOST_FILES}
"""

_COUNTED = ", ".join(f"count(*) FILTER (verdict = '{verdict}')::BIGINT AS \"{verdict}\"" for verdict in _VERDICTS)

_MONTHS = f"""
SELECT strftime(make_timestamp(epoch_us(sent_at)), '%Y-%m') AS month, count(*) AS messages, {_COUNTED}
FROM messages GROUP BY month ORDER BY month NULLS LAST
"""

_GROUPED = ("direction", "channel", "kind", "marketplace", "language")
_GROUPS = f"""
SELECT "{{name}}" AS name, count(*) AS messages, {_COUNTED}
FROM messages GROUP BY name ORDER BY messages DESC, name NULLS LAST
"""

_UNKNOWN_FIELDS = ("message_id", "thread", "order", "buyer", "sender", "kind", "marketplace", "sent_at")
_UNKNOWN = "SELECT {} FROM messages".format(
    ", ".join(f'count(*) - count("{name}") AS "{name}"' for name in _UNKNOWN_FIELDS)
)

_ASSUMED = """
SELECT what, count(*) AS messages FROM (SELECT unnest(assumed) AS what FROM messages)
GROUP BY what ORDER BY messages DESC, what
"""

_DUPLICATES = """
SELECT count(*)::BIGINT AS message_ids, coalesce(sum(times), 0)::BIGINT AS messages
FROM (SELECT count(*) AS times FROM messages WHERE message_id IS NOT NULL GROUP BY message_id HAVING count(*) > 1)
"""
