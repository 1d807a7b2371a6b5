"""Decisions laid over the tables of an audit: findings get another status, and verdicts follow.

Nothing is judged again, and nothing is lost: laid over once more, with other decisions or none, the tables are as if
those had been the first. A kill in between costs nothing either: what is laid over next is laid over all.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import NamedTuple

import pyarrow as pa

from msgpolicy.audit.database import database, literal
from msgpolicy.audit.decisions.loading import Decisions
from msgpolicy.audit.decisions.queries import COVERED, MINE, NUMBERS, TEXTS, excuses_of, rows_of, settled
from msgpolicy.audit.rewriting import change_rows

# Lines that a notice names.
_MOST_LINES = 20


class Laid(NamedTuple):
    """What came of it: findings set aside by the line of their decision, and the lines that nothing needed."""

    findings: dict[int, int]
    unused: tuple[int, ...]

    def notices(self, file: str) -> list[str]:
        """What is to be said of it: decisions that do not fit what is there any more should go."""
        if not self.unused:
            return []
        lines = ", ".join(map(str, self.unused[:_MOST_LINES])) + (", …" if len(self.unused) > _MOST_LINES else "")
        what = "a decision" if len(self.unused) == 1 else f"{len(self.unused):,} decisions"
        word = "line" if len(self.unused) == 1 else "lines"
        return [f"nothing here needed {what} in {file}, {word} {lines}"]


def lay_over(out: str, decisions: Decisions | None, *, strict: bool = False, redact: bool = True) -> Laid:
    """Lays decisions over the tables in the folder `out`, in place of those that were laid over them before.

    Args:
        decisions: None takes earlier ones back.
        strict: whether anything that was not evaluated makes a verdict `review`, as the audit was asked.
        redact: whether what looks private in a decision's reason is masked.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    entries = decisions.entries if decisions else ()
    excuses = excuses_of(decisions, redact=redact) if decisions else {}
    found = Counter[int]()
    with database(out) as tables:
        tables.register("decisions", _table(rows_of(entries)))
        for name in _files(out, "violations"):
            path = os.path.join(out, "violations", name)
            rows = tables.execute(_CHANGED.format(path=literal(path), covered=COVERED, mine=MINE)).fetchall()
            found.update(line for _, line, _ in rows if line is not None)
            excused = {row: excuses.get(line) for row, line, old in rows if old != excuses.get(line)}
            status = {row: "active" if excuse is None else "suppressed" for row, excuse in excused.items()}
            change_rows(path, "violations", {"status": status, "excuse": excused})
    _settle(out, strict=strict)
    lines = [entry.line for entry in entries]
    return Laid(dict(sorted(found.items())), tuple(line for line in lines if line not in found))


def _files(out: str, table: str) -> list[str]:
    return sorted(name for name in os.listdir(os.path.join(out, table)) if name.endswith(".parquet"))


def _table(rows: list[dict[str, str | int | None]]) -> pa.Table:
    kinds = dict.fromkeys(NUMBERS, pa.int64()) | dict.fromkeys(TEXTS, pa.string())
    return pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items())))


def _settle(out: str, *, strict: bool) -> None:
    """Makes the verdicts of messages, and how many active errors and warnings they have, fit their violations."""
    with database(out) as tables:
        tables.execute("CREATE TEMP TABLE settled AS " + settled(strict=strict))
        for name in _files(out, "messages"):
            path = os.path.join(out, "messages", name)
            rows = tables.execute(_UNSETTLED.format(path=literal(path))).fetchall()
            columns = ("verdict", "errors", "warnings")
            change_rows(
                path, "messages", {name: {row[0]: row[nth] for row in rows} for nth, name in enumerate(columns, 1)}
            )


# Of a file of violations: the rows that a decision covers, with its line, and those that one covered before.
_CHANGED = """
WITH violations AS (SELECT *, file_row_number AS row FROM read_parquet({path}, file_row_number = true))
SELECT row, decided, excuse FROM ({covered}) WHERE decided IS NOT NULL OR {mine} ORDER BY row
"""
_UNSETTLED = """
SELECT m.file_row_number, s.verdict, s.errors, s.warnings FROM read_parquet({path}, file_row_number = true) m
JOIN settled s ON s.file = m.file AND s.number = m.number
WHERE s.verdict <> m.verdict OR s.errors <> m.errors OR s.warnings <> m.warnings
"""
