"""What stands in each sheet: rows of the tables, those of violations with what their message tells."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import duckdb

from msgpolicy.audit.database import database, literal
from msgpolicy.audit.report.groups import FOLDER

_ROWS_AT_ONCE = 1000

# In the order in which people look at them.
QUERIES: Mapping[str, str] = {
    "violations": """
        SELECT v.file, v.number, m.line AS record_line, m.sent_at, m.verdict, v.rule, v.severity, v.status, v.scope,
            v.message, v.suggestion, v.excerpt, v.part, v.line, v."column", v.page, v.confidence, g.template_group,
            m.template, m.sender, m.buyer, m."order", m.language, m.marketplace, m.channel, m.kind, v.fingerprint,
            v.evidence, v.policy, v.excuse
        FROM violations v JOIN messages m ON m.file = v.file AND m.number = v.number
        LEFT JOIN groups g ON g.template IS NOT DISTINCT FROM m.template
        ORDER BY v.file, v.number, v.rule, v.start, v.fingerprint""",
    "groups": "SELECT * FROM groups ORDER BY template_group, messages DESC, template",
    "messages": "SELECT * FROM messages ORDER BY file, number",
    "not_evaluated": "SELECT * FROM not_evaluated ORDER BY file, number, rule, why",
    "rejected": "SELECT * FROM rejected ORDER BY file, number, position, why",
}


class Sheet(NamedTuple):
    """A sheet: its name, how many rows it has, the names of its columns, and its rows."""

    name: str
    total: int
    columns: list[str]
    rows: Iterator[list[Any]]


@contextmanager
def open_sheets(out: str) -> Iterator[Iterator[Sheet]]:
    """The sheets of the audit in the folder `out`, one after another: each has to be read before the next.

    Raises:
        OSError: a table cannot be read, or there is no room on the disk to sort it.
    """
    with database(out) as tables:
        groups = literal(os.path.join(out, FOLDER), "*.parquet")
        tables.execute(f"CREATE VIEW groups AS SELECT * FROM read_parquet({groups})")
        yield (_sheet(tables, name, query) for name, query in QUERIES.items())


def _sheet(tables: duckdb.DuckDBPyConnection, name: str, query: str) -> Sheet:
    counted = tables.execute(f"SELECT COUNT(*) FROM {name}").fetchone()
    # A cursor of its own: the connection is busy as long as a reader is.
    reader = tables.cursor().sql(query).to_arrow_reader(_ROWS_AT_ONCE)
    rows = (list(row.values()) for batch in reader for row in batch.to_pylist())
    return Sheet(name, counted[0] if counted else 0, list(reader.schema.names), rows)
