"""What could not be judged, why, and which facts would settle it."""

from __future__ import annotations

from typing import Any

from msgpolicy.audit.report.tables import Tables

MOST = 40

# What the reasons mean, and what can be done.
REASONS = {
    "missing": "a fact about the message, its order, buyer or account is not known",
    "not-installed": "an optional package is not installed",
    "undetermined": "the message itself does not tell",
    "not-covered": "the ruleset says nothing about such messages",
    "timeout": "the time for one message was over",
    "crash": "a fault of msgpolicy; please report it",
    "unreadable": "a part of the message could not be read",
    "too-large": "the message goes beyond a fixed limit",
}


def unjudged(tables: Tables) -> dict[str, Any]:
    """Messages and rules by reason; messages by the fact that is missing; the rules that could not judge."""
    reasons = tables.rows("""
        SELECT why, COUNT(DISTINCT (file, number)) AS messages, COUNT(DISTINCT rule) AS rules
        FROM not_evaluated GROUP BY why ORDER BY messages DESC, why""")
    facts = tables.rows(f"""
        SELECT fact, COUNT(DISTINCT (file, number)) AS messages, LIST_SORT(LIST(DISTINCT rule)) AS rules
        FROM (SELECT file, number, rule, UNNEST(needs) AS fact FROM not_evaluated WHERE why = 'missing')
        GROUP BY fact ORDER BY messages DESC, fact LIMIT {MOST}""")
    rules = tables.rows(f"""
        SELECT rule, why, COUNT(DISTINCT (file, number)) AS messages, LIST_SORT(LIST(DISTINCT fact)) AS facts
        FROM (SELECT file, number, rule, why, UNNEST(CASE WHEN LEN(needs) > 0 THEN needs ELSE [''] END) AS fact
            FROM not_evaluated)
        GROUP BY rule, why ORDER BY messages DESC, rule, why LIMIT {MOST}""")
    for row in rules:
        row["facts"] = [fact for fact in row["facts"] if fact]
    kinds = tables.rows("SELECT COUNT(*) AS n FROM (SELECT DISTINCT rule, why FROM not_evaluated)")[0]["n"]
    return {"reasons": reasons, "facts": facts, "rules": rules, "more": kinds - len(rules)}
