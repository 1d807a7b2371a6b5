"""What decisions cover, and the verdicts that follow: SQL over the tables of an audit that DuckDB and Spark read alike.

The relation `decisions` has a row for each rule that a decision is about (`rows_of`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from msgpolicy.audit.decisions.loading import Decisions, Entry
from msgpolicy.checks.across import quoted
from msgpolicy.redaction import masked
from msgpolicy.report import FAILED

# Columns of the relation `decisions`, those that hold integers, and the others.
NUMBERS, TEXTS = ("line", "number"), ("rule", "fingerprint", "template", "file")

# How the excuse of a decision begins in the table; those of suppressions begin otherwise.
_EXCUSE = '{"kind": "decision"'
MINE = f"excuse LIKE '{_EXCUSE}%'"

# Every row of the relation `violations`, with the line of the first decision that covers it as `decided`. A fingerprint
# says nothing of what has no place (its fingerprint is the same in every message), nor of the last one listed, which
# also stands for others.
COVERED = f"""
WITH by_fingerprint AS (
    SELECT rule, fingerprint, MIN(line) AS line FROM decisions WHERE fingerprint IS NOT NULL GROUP BY rule, fingerprint
), by_number AS (
    SELECT rule, file, number, MIN(line) AS line FROM decisions WHERE file IS NOT NULL GROUP BY rule, file, number
), by_template AS (
    SELECT d.rule, m.file, m.number, MIN(d.line) AS line FROM messages m JOIN decisions d ON d.template = m.template
    GROUP BY d.rule, m.file, m.number
)
SELECT v.*, CASE WHEN v.status = 'active' OR v.{MINE} THEN LEAST(
        CASE WHEN v.start IS NOT NULL AND COALESCE(v.evidence, '') NOT LIKE '%"more":%' THEN f.line END,
        n.line,
        CASE WHEN v.scope = 'message' THEN t.line END
    ) END AS decided
FROM violations v
LEFT JOIN by_fingerprint f ON f.rule = v.rule AND f.fingerprint = v.fingerprint
LEFT JOIN by_number n ON n.rule = v.rule AND n.file = v.file AND n.number = v.number
LEFT JOIN by_template t ON t.rule = v.rule AND t.file = v.file AND t.number = v.number
"""


def settled(*, strict: bool) -> str:
    """For the messages with violations: the verdict, as `verdict_of` in msgpolicy/report.py has it, and how many active
    errors and warnings are in the message alone."""
    failed = "TRUE" if strict else f"why IN ({', '.join(map(quoted, sorted(FAILED)))})"
    return f"""
WITH counted AS (
    SELECT file, number, BOOL_OR(status = 'active' AND severity = 'error') AS blocks,
        BOOL_OR(status = 'active' AND severity = 'warning') AS warns,
        CAST(SUM(CASE WHEN status = 'active' AND severity = 'error' AND scope = 'message' THEN 1 ELSE 0 END) AS INT)
            AS errors,
        CAST(SUM(CASE WHEN status = 'active' AND severity = 'warning' AND scope = 'message' THEN 1 ELSE 0 END) AS INT)
            AS warnings
    FROM violations GROUP BY file, number
), open_ones AS (SELECT DISTINCT file, number FROM not_evaluated WHERE {failed})
SELECT c.file, c.number, c.errors, c.warnings, CASE WHEN c.blocks THEN 'block' WHEN o.file IS NOT NULL THEN 'review'
    WHEN c.warns THEN 'warn' ELSE 'pass' END AS verdict
FROM counted c LEFT JOIN open_ones o ON o.file = c.file AND o.number = c.number
"""


def rows_of(entries: Iterable[Entry]) -> list[dict[str, str | int | None]]:
    """The rows of the relation `decisions`."""
    about = ("fingerprint", "template", "file", "number")
    return [
        {"line": entry.line, "rule": rule, **{name: getattr(entry.decision, name) for name in about}}
        for entry in entries
        for rule in sorted(entry.rules)
    ]


def excuses_of(decisions: Decisions, *, redact: bool) -> dict[int, str]:
    """What the table `violations` says of each decision, by its line; like the `excuse` of a report."""
    return {
        entry.line: json.dumps(
            {
                "kind": "decision",
                "source": f"{decisions.file}:{entry.line}",
                "reason": masked(entry.decision.why) if redact else entry.decision.why,
                "author": entry.decision.by,
                "decided": entry.decision.when,
            }
        )
        for entry in decisions.entries
    }
