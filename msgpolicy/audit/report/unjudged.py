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
    gaps = tables.gaps()
    reasons = [
        {
            "why": why,
            "messages": gaps.messages(lambda gap, why=why: gap.why == why),  # type: ignore[misc]
            "rules": len({gap.rule for gap in gaps.kinds if gap.why == why}),
        }
        for why in {gap.why for gap in gaps.kinds}
    ]
    missing = [gap for gap in gaps.kinds if gap.why == "missing"]
    facts = [
        {
            "fact": fact,
            "messages": gaps.messages(lambda gap, fact=fact: gap.why == "missing" and fact in gap.needs),  # type: ignore[misc]
            "rules": sorted({gap.rule for gap in missing if fact in gap.needs}),
        }
        for fact in {fact for gap in missing for fact in gap.needs}
    ]
    rules = [
        {
            "rule": rule,
            "why": why,
            "messages": gaps.messages(lambda gap, of=(rule, why): gap[:2] == of),  # type: ignore[misc]
            "facts": sorted({fact for gap in gaps.kinds if gap[:2] == (rule, why) for fact in gap.needs}),
        }
        for rule, why in {gap[:2] for gap in gaps.kinds}
    ]
    return {
        "reasons": _most(reasons, "why"),
        "facts": _most(facts, "fact")[:MOST],
        "rules": _most(rules, "rule", "why")[:MOST],
        "more": max(len(rules) - MOST, 0),
    }


def _most(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Those of most messages first."""
    return sorted(rows, key=lambda row: (-row["messages"], *(row[name] for name in names)))
