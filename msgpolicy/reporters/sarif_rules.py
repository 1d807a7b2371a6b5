"""What a SARIF file says of a rule: what it is about, why, and where it is published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgpolicy.report import Policy, Violation
from msgpolicy.rules import Rule

LEVELS: Mapping[str, str] = {"error": "error", "warning": "warning", "info": "note", "off": "none"}

_PLACEHOLDER = re.compile(r"\{[A-Za-z][\w.-]*\}")


def descriptor(violation: Violation, rule: Rule | None) -> dict[str, Any]:
    """The rule of a violation, as a reporting descriptor; of one from another ruleset, what the report tells."""
    if rule is None:
        source = _source(violation.policy)
        return {
            "id": violation.rule,
            "shortDescription": {"text": violation.rule},
            "help": {"text": source},
            "properties": {"policy": _policy(violation.policy)},
        }
    newest = rule.newest
    short = _text(newest.message) or rule.id
    why = newest.why or short
    advice = _text(newest.suggestion)
    lines = [why, *([f"Instead: {advice}"] if advice else []), *map(_source, newest.sources)]
    out: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": short},
        "fullDescription": {"text": why},
        "help": {"text": "\n".join(lines), "markdown": "\n\n".join([f"**{rule.id}**: {short}", *lines])},
        "defaultConfiguration": {"level": LEVELS[newest.severity]},
        "properties": {"tags": [rule.group], "group": rule.group, "policy": _policy(newest.source)},
    }
    if newest.source.url:
        out["helpUri"] = newest.source.url
    return out


def _text(texts: Mapping[str, str]) -> str:
    """The English text, else any; with a sign for what a message fills in."""
    text = texts.get("en") or next(iter(texts.values()), "")
    return " ".join(_PLACEHOLDER.sub("…", text).split())


def _source(policy: Policy) -> str:
    seen = f", seen {policy.seen}" if policy.seen else ""
    return f"Policy: {policy.title}, {policy.site}{seen} ({policy.confidence} confidence in the source)"


def _policy(policy: Policy) -> dict[str, Any]:
    known = {name: getattr(policy, name) for name in ("title", "site", "url", "seen", "confidence")}
    return {name: value for name, value in known.items() if value is not None}
