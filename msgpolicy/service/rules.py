"""The rules of the service's ruleset, as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from msgpolicy.explain import rule_page, text_in
from msgpolicy.linter import Linter
from msgpolicy.rules import Rule, Ruleset


def rules_record(linter: Linter, lang: str) -> bytes:
    """All rules, those of rulesets that messages are handed to included."""
    first, *routed = [_ruleset(ruleset, lang) for ruleset in linter.rulesets]
    return msgspec.json.encode({**first, "routed": routed})


def rule_record(linter: Linter, rule_id: str, lang: str) -> bytes:
    """What `msgpolicy explain` tells of a rule, by its id or an old name.

    Raises:
        LookupError: no ruleset has it; the error names the nearest.
    """
    ruleset, rule = _found(linter, rule_id)
    version = rule.newest
    record = {
        "ruleset": ruleset.name,
        "version": ruleset.version,
        **_rule(rule, lang),
        "suggestion": " ".join(text_in(version.suggestion, lang).split()) or None,
        "why": version.why,
        "suppressible": rule.suppressible,
        "sources": version.sources,
        "assumed": rule.assumed,
        "sections": [
            {"title": section.title, "paragraphs": section.paragraphs, "items": section.items}
            for section in rule_page(ruleset, rule, lang=lang)
        ],
    }
    return msgspec.json.encode(record)


def _found(linter: Linter, rule_id: str) -> tuple[Ruleset, Rule]:
    for ruleset in linter.rulesets[1:]:
        if any(rule.id == rule_id for rule in ruleset.rules) and all(
            rule.id != rule_id for rule in linter.ruleset.rules
        ):
            return ruleset, ruleset.rule(rule_id)
    return linter.ruleset, linter.ruleset.rule(rule_id)


def _ruleset(ruleset: Ruleset, lang: str) -> dict[str, Any]:
    rules = [_rule(rule, lang) for rule in ruleset.rules]
    return {"ruleset": ruleset.name, "version": ruleset.version, "digest": ruleset.digest, "rules": rules}


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "group": rule.group,
        "severity": rule.newest.severity,
        "message": " ".join(text_in(rule.newest.message, lang).split()),
        "aliases": rule.aliases,
        "scopes": rule.scopes,
        "check": rule.check,
    }
