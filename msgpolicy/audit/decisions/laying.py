"""Decisions laid over the tables of an audit: findings get another status, and verdicts follow.

Nothing is judged again, and nothing is lost: laid over once more, with other decisions or none, the tables are as if
those had been the first. A kill in between costs nothing either: what is laid over next is laid over all.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import NamedTuple

import pyarrow as pa

from msgpolicy.audit.database import database, literal
from msgpolicy.audit.decisions.loading import Decisions, Entry
from msgpolicy.audit.rewriting import change_rows
from msgpolicy.checks.across import quoted
from msgpolicy.redaction import masked
from msgpolicy.report import FAILED

# Lines that a notice names.
_MOST_LINES = 20
# How the excuse of a decision begins in the table; those of suppressions begin otherwise.
EXCUSE = '{"kind": "decision"'
MINE = f"excuse LIKE '{EXCUSE}%'"


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
    excuses = {entry.line: _excuse(decisions.file, entry, redact=redact) for entry in entries} if decisions else {}
    found = Counter[int]()
    with database(out) as tables:
        tables.register("decisions", _table(entries))
        for name in _files(out, "violations"):
            path = os.path.join(out, "violations", name)
            rows = tables.execute(_COVERED.format(path=literal(path), mine=MINE)).fetchall()
            found.update(line for _, line, _ in rows if line is not None)
            excused = {row: excuses.get(line) for row, line, old in rows if old != excuses.get(line)}
            status = {row: "active" if excuse is None else "suppressed" for row, excuse in excused.items()}
            change_rows(path, "violations", {"status": status, "excuse": excused})
    _settle(out, strict=strict)
    lines = [entry.line for entry in entries]
    return Laid(dict(sorted(found.items())), tuple(line for line in lines if line not in found))


def _files(out: str, table: str) -> list[str]:
    return sorted(name for name in os.listdir(os.path.join(out, table)) if name.endswith(".parquet"))


def _table(entries: tuple[Entry, ...]) -> pa.Table:
    """A row for each rule that a decision is about."""
    rows = [(entry.line, rule, entry.decision) for entry in entries for rule in sorted(entry.rules)]
    return pa.table(
        {
            "line": pa.array([line for line, _, _ in rows], pa.int64()),
            "rule": pa.array([rule for _, rule, _ in rows], pa.string()),
            **{
                name: pa.array([getattr(decision, name) for _, _, decision in rows], kind)
                for name, kind in (
                    ("fingerprint", pa.string()),
                    ("template", pa.string()),
                    ("file", pa.string()),
                    ("number", pa.int64()),
                )
            },
        }
    )


def _excuse(file: str, entry: Entry, *, redact: bool) -> str:
    """As the table has it; like the `excuse` of a report."""
    decision = entry.decision
    return json.dumps(
        {
            "kind": "decision",
            "source": f"{file}:{entry.line}",
            "reason": masked(decision.why) if redact else decision.why,
            "author": decision.by,
            "decided": decision.when,
        }
    )


def _settle(out: str, *, strict: bool) -> None:
    """Makes the verdicts of messages, and how many active errors and warnings they have, fit their violations."""
    failed = "TRUE" if strict else f"why IN ({', '.join(map(quoted, sorted(FAILED)))})"
    with database(out) as tables:
        tables.execute("CREATE TEMP TABLE settled AS " + _SETTLED.format(failed=failed))
        for name in _files(out, "messages"):
            path = os.path.join(out, "messages", name)
            rows = tables.execute(_UNSETTLED.format(path=literal(path))).fetchall()
            columns = ("verdict", "errors", "warnings")
            change_rows(
                path, "messages", {name: {row[0]: row[nth] for row in rows} for nth, name in enumerate(columns, 1)}
            )


# Of a file of violations: the rows that a decision covers, with the line of the first one that does, and those that one
# covered before. A fingerprint says nothing of what has no place (its fingerprint is the same in every message), nor of
# the last one listed, which also stands for others.
_COVERED = """
WITH v AS (SELECT *, file_row_number AS row FROM read_parquet({path}, file_row_number = true)
    WHERE status = 'active' OR {mine}),
covered AS (
    SELECT v.row, d.line FROM v JOIN decisions d ON d.rule = v.rule AND d.fingerprint = v.fingerprint
    WHERE v.start IS NOT NULL AND COALESCE(v.evidence, '') NOT LIKE '%"more":%'
    UNION ALL
    SELECT v.row, d.line FROM v JOIN decisions d ON d.rule = v.rule AND d.file = v.file AND d.number = v.number
    UNION ALL
    SELECT v.row, d.line FROM v JOIN messages m ON m.file = v.file AND m.number = v.number
        JOIN decisions d ON d.rule = v.rule AND d.template = m.template
    WHERE v.scope = 'message'
), firsts AS (SELECT row, MIN(line) AS line FROM covered GROUP BY row)
SELECT v.row, f.line, v.excuse FROM v LEFT JOIN firsts f ON f.row = v.row
WHERE f.line IS NOT NULL OR v.{mine} ORDER BY v.row
"""

# As `verdict_of` in msgpolicy/report.py has it, for the messages with violations.
_SETTLED = """
WITH counted AS (
    SELECT file, number, BOOL_OR(status = 'active' AND severity = 'error') AS blocks,
        BOOL_OR(status = 'active' AND severity = 'warning') AS warns,
        COUNT(*) FILTER (status = 'active' AND severity = 'error' AND scope = 'message') AS errors,
        COUNT(*) FILTER (status = 'active' AND severity = 'warning' AND scope = 'message') AS warnings
    FROM violations GROUP BY file, number
), open_ones AS (SELECT DISTINCT file, number FROM not_evaluated WHERE {failed})
SELECT c.file, c.number, c.errors, c.warnings, CASE WHEN c.blocks THEN 'block' WHEN o.file IS NOT NULL THEN 'review'
    WHEN c.warns THEN 'warn' ELSE 'pass' END AS verdict
FROM counted c LEFT JOIN open_ones o ON o.file = c.file AND o.number = c.number
"""
_UNSETTLED = """
SELECT m.file_row_number, s.verdict, s.errors, s.warnings FROM read_parquet({path}, file_row_number = true) m
JOIN settled s ON s.file = m.file AND s.number = m.number
WHERE s.verdict <> m.verdict OR s.errors <> m.errors OR s.warnings <> m.warnings
"""
