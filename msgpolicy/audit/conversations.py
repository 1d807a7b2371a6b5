"""The last step of an audit: rules across messages, judged over the joined tables, to which it adds.

What they find stands in files of its own in the folders of `violations` and `not_evaluated`; the verdicts of the
messages that it is about become worse.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from msgpolicy.audit.across import findings_in
from msgpolicy.audit.database import database, literal
from msgpolicy.audit.parts import COMPRESSION, ROWS_OF_GROUP
from msgpolicy.audit.rewriting import change_rows
from msgpolicy.audit.rows import not_evaluated_row, violation_row
from msgpolicy.audit.tables import CONVERSATION, TABLES, batch_of
from msgpolicy.linter import Linter
from msgpolicy.replacing import replacing
from msgpolicy.report import NotEvaluated, Violation

# Behind the files of what was found in single messages.
NAME = "across.parquet"
# From the best to the worst.
_VERDICTS = ("pass", "warn", "review", "block")


# Each with the file and number of its message.
Findings = Iterator[tuple[str, int, Violation | NotEvaluated]]


def judge_conversations(out: str, linter: Linter, today: date | None = None, findings: Findings | None = None) -> None:
    """Judges the messages of an audit in the folder `out`, whose parts are joined, and which was not judged so before.

    Args:
        linter: made with `across=True`, as the one that judged the messages.
        today: the day (UTC) for which it is asked which exceptions are in force; by default the linter's, or this one.
        findings: what the rules find, in their order, then in that of file and number; by default DuckDB finds it.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    with database(out) as tables:
        with _file(out, "violations") as violations, _file(out, "not_evaluated") as not_evaluated:
            for file, number, found in findings or findings_in(tables, linter, today=today):
                key = {"file": file, "number": number}
                if isinstance(found, Violation):
                    violations.add(violation_row(key, found, CONVERSATION))
                else:
                    not_evaluated.add(not_evaluated_row(key, found))
        open_ = _OPEN.format(path=literal(os.path.join(out, "not_evaluated", NAME))) if linter.strict else ""
        tables.execute("CREATE OR REPLACE TEMP TABLE worst AS " + _WORST.format(open=open_))
        folder = os.path.join(out, "messages")
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            changes = tables.execute(_CHANGES.format(path=literal(path))).fetchall()
            change_rows(path, "messages", {"verdict": {row: _VERDICTS[verdict] for row, verdict in changes}})


class _Rows:
    """A file of one table while it is written."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == ROWS_OF_GROUP:
            self.flush()

    def flush(self) -> None:
        self._writer.write_batch(batch_of(self._schema, self._rows))
        self._rows = []


@contextmanager
def _file(out: str, table: str) -> Iterator[_Rows]:
    schema = TABLES[table]
    with (
        replacing(os.path.join(out, table, NAME)) as stream,
        pq.ParquetWriter(stream, schema, compression=COMPRESSION) as writer,
    ):
        rows = _Rows(writer, schema)
        yield rows
        rows.flush()


# As places in _VERDICTS.
_WORST = """
SELECT file, number, MAX(verdict) AS verdict FROM (
    SELECT file, number, CASE severity WHEN 'error' THEN 3 WHEN 'warning' THEN 1 ELSE 0 END AS verdict
    FROM violations WHERE scope = 'conversation' AND status = 'active'
    {open}
) GROUP BY file, number
"""
_OPEN = "UNION ALL SELECT file, number, 2 FROM read_parquet({path})"
_CHANGES = """
SELECT m.file_row_number AS row, w.verdict FROM read_parquet({path}, file_row_number = true) m
JOIN worst w ON w.file = m.file AND w.number = m.number
WHERE w.verdict > CASE m.verdict WHEN 'block' THEN 3 WHEN 'review' THEN 2 WHEN 'warn' THEN 1 ELSE 0 END
"""
