"""What an editor proposes: the names of what is shipped, with what they mean; own names fit as well."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema
import pytest
from test_rules_schema import core

from msgpolicy.rules import load_ruleset
from msgpolicy.rules.files import shipped_rulesets, shipped_words
from msgpolicy.schemas import record_schema

HEAD = 'schema: 1\nname: own\nversion: "1"\nextends: amazon\n'


@cache
def schema() -> dict[str, Any]:
    return record_schema("ruleset")


def is_sound(text: str) -> bool:
    validator: Any = jsonschema.Draft202012Validator(schema())
    return bool(validator.is_valid(core(HEAD + text)))


def test_settings_are_proposed_with_their_values_and_reasons() -> None:
    proposed = schema()["$defs"]["RulesetFile"]["properties"]["settings"]["properties"]
    shipped = {name for ruleset in shipped_rulesets() for name in load_ruleset(ruleset).settings}
    assert proposed.keys() == shipped
    anchor = proposed["window_anchor"]
    assert anchor["anyOf"][0] == {"enum": ["completed_at", "delivered_at", "shipped_at", "purchased_at"]}
    assert anchor["default"] == "completed_at"
    assert "delivery date" in anchor["description"]


def test_rules_concepts_and_lists_are_proposed() -> None:
    defs = schema()["$defs"]
    ids = {rule.id for ruleset in shipped_rulesets() for rule in load_ruleset(ruleset).rules}
    assert set(defs["RuleEntry"]["properties"]["id"]["anyOf"][0]["enum"]) == ids
    short = defs["RulesetFile"]["properties"]["rules"]["items"]["anyOf"][1]["properties"]
    assert short.keys() == ids
    assert short["marketing"]["description"].startswith("Advertises")
    for kind, folder in (("concepts", "lexicons"), ("lists", "lists")):
        proposed = defs["RulesetFile"]["properties"][kind]["properties"]
        assert set(proposed) == set(shipped_words(folder))
        assert all(entry["description"] for entry in proposed.values())


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("settings: {window_days: 20}", True),
        ("settings: {window_days: soon}", False),
        ("settings: {window_days: 0}", False),
        ("settings: {window_anchor: delivered_at}", True),
        ("settings: {window_anchor: opened_at}", False),
        ("settings: {brand_names: [Five Star]}", True),
        ("settings: {brand_names: 'Five Star, Gift & Co'}", True),
        ("settings: {brand_names: {add: [Five Star]}}", True),
        ("settings: {own: {default: 5}}", True),
        ("rules: [{id: phone-number, with: {allowed_near: [my-topic]}}]", True),
        ("rules: [{id: phone-number, with: {alowed_near: [my-topic]}}]", False),
        ("rules: [{id: my-rule, check: phrases, with: {all: [my-topic]}}]", True),
        # Two rulesets have this rule, with different checks.
        ("rules: [{id: repeat-review-request, with: {within: message}}]", True),
        ("rules: [{id: repeat-review-request, with: {at: reason}}]", True),
        ("rules: [{id: repeat-review-request, with: {att: reason}}]", False),
        ("rules: [marketing: off]", True),
        ("rules: [my-rule: off]", True),
        ("rules: [marketing: of]", False),
        ("concepts: {reward: {add: {en: [a]}}, my-topic: {phrases: {en: [b]}}}", True),
        ("concepts: {reward: {ad: {en: [a]}}}", False),
        ("lists: {carrier-hosts: {add: [a.example]}, mine: [b.example]}", True),
    ],
)
def test_own_names_fit_beside_the_proposed(text: str, sound: bool) -> None:
    assert is_sound(text) is sound
