"""Rules across messages, judged over the table `messages` by DuckDB: any number of messages, in bounded memory.

The SQL is that of the checks (`msgpolicy/checks/across/`); here it is run, and its rows are handed to `findings.py`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Container, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgpolicy.audit.database import MEMORY, connection
from msgpolicy.audit.findings import COLUMNS, TIMES, Finder, Job
from msgpolicy.checks.across.views import DUCKDB, steps
from msgpolicy.linter import Linter
from msgpolicy.report import NotEvaluated, Violation

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Rows of a query that are looked at together.
ROWS = 10_000


def findings_across(
    messages: str | Path | Sequence[str | Path] | pa.Table,
    linter: Linter,
    *,
    rules: Container[str] | None = None,
    folder: Path | None = None,
    memory_limit: str = MEMORY,
    threads: int | None = None,
) -> Iterator[tuple[str, int, Violation | NotEvaluated]]:
    """What the rules across messages find, each with the file and number of its message.

    The order is that of the rules, then of file and number: the same for the same messages.

    Args:
        messages: Parquet files of the table `messages` (paths, or patterns such as `parts/*/messages.parquet`), or it.
        linter: made with `across=True`, or the violations of rules that are judged both ways are told twice.
        rules: the ids of those that are judged; by default all.
        folder: where to put what does not fit into memory; a temporary one by default. It is emptied.
        memory_limit, threads: what the database may use, see `database.connection`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="across-", dir=folder, ignore_cleanup_errors=True) as work,
        connection(work, memory=memory_limit, threads=threads) as database,
    ):
        if isinstance(messages, str | Path | Sequence):
            listed = [messages] if isinstance(messages, str | Path) else messages
            database.read_parquet([str(path) for path in listed]).create_view("messages")
        else:
            database.register("messages", messages)
        yield from findings_in(database, linter, rules=rules)


def findings_in(
    database: duckdb.DuckDBPyConnection,
    linter: Linter,
    *,
    rules: Container[str] | None = None,
    today: date | None = None,
) -> Iterator[tuple[str, int, Violation | NotEvaluated]]:
    """Like `findings_across`, where the database has the table already, as the relation `messages`.

    Args:
        today: the day (UTC) for which it is asked which exceptions are in force; by default the linter's, or this one.
    """
    make_relations(database)
    finder = Finder(linter, today)
    for job in (job for job in finder.jobs() if rules is None or job.rule in rules):
        yield from finder.findings(job, _rows(database, job))


def make_relations(database: duckdb.DuckDBPyConnection) -> None:
    """Makes what queries across messages read (`checks/across/views.py`), of the relation `messages`."""
    # Nothing here needs the order in which rows are stored, and keeping it takes memory.
    database.execute("SET preserve_insertion_order = false")
    for step in steps(DUCKDB):
        kind = "TABLE" if step.kept else "VIEW"
        database.execute(f"CREATE OR REPLACE TEMP {kind} {step.name} AS {step.select}")


def _rows(database: duckdb.DuckDBPyConnection, job: Job) -> Iterator[dict[str, Any]]:
    database.execute(f"CREATE OR REPLACE TEMP TABLE found AS {job.query}")
    columns = ", ".join(f"{_moment(name) if name in TIMES else f'm.{name}'} AS of_{name}" for name in COLUMNS)
    joined = f"SELECT f.*, {columns} FROM found f JOIN messages m ON m.file = f.file AND m.number = f.number"
    for batch in database.sql(f"{joined} ORDER BY f.file, f.number").to_arrow_reader(ROWS):
        yield from batch.to_pylist()


def _moment(name: str) -> str:
    return f"{DUCKDB.microseconds}(m.{name})"
