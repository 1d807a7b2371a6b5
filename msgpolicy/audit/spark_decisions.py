"""Reviewers' decisions laid over the tables of an audit on Spark, as `decisions.lay_over` does in a folder.

    decisions = load_decisions("decisions.jsonl", *Linter("amazon", across=True).rulesets)
    tables = lay_over(tables, decisions)

Nothing is judged again: the tables may be those that an earlier job wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgpolicy.audit.decisions.loading import Decisions
from msgpolicy.audit.decisions.queries import COVERED, MINE, NUMBERS, TEXTS, excuses_of, rows_of, settled
from msgpolicy.audit.spark import select
from msgpolicy.audit.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_DECISIONS = ", ".join([f"{name} BIGINT" for name in NUMBERS] + [f"{name} STRING" for name in TEXTS])


def lay_over(
    tables: Mapping[str, DataFrame], decisions: Decisions | None, *, strict: bool = False, redact: bool = True
) -> dict[str, DataFrame]:
    """The tables with decisions laid over them, in place of those that were laid over them before.

    Args:
        tables: `messages`, `violations` and `not_evaluated`, as `spark.audit` gave them; others stay as they are.
        decisions: None takes earlier ones back.
        strict: whether anything that was not evaluated makes a verdict `review`, as in the recipe of the audit.
        redact: whether what looks private in a decision's reason is masked.
    """
    session = tables["messages"].sparkSession
    entries = decisions.entries if decisions else ()
    listed = session.createDataFrame([{**row} for row in rows_of(entries)], _DECISIONS)
    told = excuses_of(decisions, redact=redact) if decisions else {}
    excuses = session.createDataFrame(list(told.items()), "line BIGINT, told STRING")

    frames = {"messages": tables["messages"], "violations": tables["violations"], "decisions": listed}
    violations = select(
        {**frames, "excuses": excuses}, {"covered": COVERED}, _DECIDED.format(columns=_columns("violations"))
    )
    frames = {**tables, "violations": violations}
    messages = select(
        {name: frames[name] for name in ("messages", "violations", "not_evaluated")},
        {"settled": settled(strict=strict)},
        _SETTLED.format(columns=_columns("messages")),
    )
    return {**frames, "messages": messages}


# New values in place of those of the tables.
_NEW = {
    "violations": {
        "status": f"CASE WHEN told IS NOT NULL THEN 'suppressed' WHEN {MINE} THEN 'active' ELSE status END",
        "excuse": f"CASE WHEN told IS NULL AND {MINE} THEN NULL ELSE COALESCE(told, excuse) END",
    },
    "messages": {name: f"COALESCE(s.{name}, m.{name})" for name in ("verdict", "errors", "warnings")},
}
_DECIDED = "SELECT {columns} FROM covered m LEFT JOIN excuses e ON e.line = m.decided"
_SETTLED = "SELECT {columns} FROM messages m LEFT JOIN settled s ON s.file = m.file AND s.number = m.number"


def _columns(table: str) -> str:
    return ", ".join(f"{_NEW[table].get(name, f'm.`{name}`')} AS `{name}`" for name in TABLES[table].names)
