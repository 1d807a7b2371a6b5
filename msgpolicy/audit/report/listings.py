"""Single messages on the page that are in no group: findings across messages, and a sample of what passed."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from msgpolicy.audit.decisions.queries import MINE
from msgpolicy.audit.report.groups import FINDING_COLUMNS, MESSAGE_COLUMNS
from msgpolicy.audit.report.tables import Row, Tables

# Messages of one rule across messages; passed messages for people to check.
MOST_FOUND = 10
MOST_PASSED = 50
# Decisions that are named.
MOST_DECIDED = 100


def across(tables: Tables) -> list[Row]:
    """What rules across messages found, by rule, each with the first messages."""
    tables.make(
        "found_across",
        """
        SELECT *, ROW_NUMBER() OVER (PARTITION BY rule ORDER BY file, number, fingerprint) AS nth
        FROM violations WHERE status = 'active' AND scope = 'conversation'""",
    )
    rules = tables.rows("""
        SELECT rule, MIN(severity) AS severity, COUNT(*) AS findings, COUNT(DISTINCT (file, number)) AS messages,
            MIN(parquet) AS first_parquet, MAX(parquet) AS last_parquet, COUNT(DISTINCT parquet) AS parquets
        FROM found_across GROUP BY rule ORDER BY messages DESC, rule""")
    columns = ", ".join(f"f.{name.strip()}" for name in FINDING_COLUMNS.split(","))
    found = tables.rows(f"""
        SELECT {columns}, f.evidence, {MESSAGE_COLUMNS} FROM found_across f JOIN messages m USING (file, number)
        WHERE f.nth <= {MOST_FOUND} ORDER BY f.rule, f.nth""")
    listed = {rule: list(rows) for rule, rows in groupby(found, key=lambda row: row["rule"])}
    return [{**rule, "listed": listed[rule["rule"]]} for rule in rules]


def passed_sample(tables: Tables) -> list[Row]:
    """Messages that passed, drawn by chance, the same whenever the audit is repeated."""
    return tables.rows(f"""
        SELECT s.subject, s.text, {MESSAGE_COLUMNS} FROM shown s JOIN messages m USING (file, number)
        WHERE s.because = 'sample' AND m.verdict = 'pass' ORDER BY s.draw, s.file, s.number LIMIT {MOST_PASSED}""")


def decided(tables: Tables) -> dict[str, Any]:
    """The decisions that were honoured, each with who, when and why, and how many findings it set aside."""
    rows = tables.rows(f"""
        SELECT rule, excuse, COUNT(*) AS findings, COUNT(DISTINCT (file, number)) AS messages
        FROM violations WHERE {MINE} GROUP BY rule, excuse ORDER BY findings DESC, rule, excuse""")
    listed = [{**row, **json.loads(row["excuse"])} for row in rows[:MOST_DECIDED]]
    return {"listed": listed, "more": len(rows) - len(listed), "findings": sum(row["findings"] for row in rows)}
