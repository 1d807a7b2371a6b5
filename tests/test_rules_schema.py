from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from jsonschema.protocols import Validator

from msgpolicy.checks.base import known_checks
from msgpolicy.message import Message, MessageError
from msgpolicy.report import Location, NotEvaluated, Policy, Receipt, Report, Violation
from msgpolicy.rules.files import shipped_folder
from msgpolicy.schemas import record_schema


@cache
def validator(kind: str) -> Validator:
    schema = record_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(schema))
    return jsonschema.Draft202012Validator(schema)


def core(text: str) -> Any:
    """YAML as editors read it (1.2, core schema): numbers, true and false, nothing else."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {}
    for tag, pattern in (
        ("bool", r"^(?:true|false)$"),
        ("null", r"^(?:null|~|)$"),
        ("int", r"^[-+]?[0-9]+$"),
        ("float", r"^[-+]?[0-9]+\.[0-9]+$"),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), None)
    return yaml.load(text, Loader)


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Hello"},
        {"html": "<p>Hello</p>", "direction": None, "channel": None, "schema": 1},
        {"channel": "sp_api", "reason": "invoice"},
        {"attachments": [{"filename": "a.pdf", "content": "aGVsbG8=", "size": 5}], "subject": None},
        {"text": "x", "order": {"id": "1", "custom": False, "shipped_at": "2026-11-01T10:00:00Z"}, "extra": {"a": [1]}},
        {"text": "x", "buyer": {"country": "DE", "language": "de-DE"}, "history": {"sent_today": 3}},
    ],
)
def test_a_sound_message_fits(record: dict[str, Any]) -> None:
    Message.from_dict(record)
    validator("message").validate(record)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"text": ""},
        {"text": None},
        {"text": "x", "txt": "y"},
        {"text": "x", "direction": "sideways"},
        {"text": "x", "order": {"custom": "yes"}},
        {"text": "x", "history": {"sent_today": -1}},
        {"text": "x", "buyer": {"country": "Germany"}},
        {"attachments": []},
        {"text": "x", "schema": 2},
        [],
    ],
)
def test_a_wrong_message_does_not_fit(record: Any) -> None:
    with pytest.raises(MessageError):
        Message.from_dict(record)
    assert not validator("message").is_valid(record)


def a_report() -> Report:
    violation = Violation(
        rule="phone-number",
        severity="error",
        confidence=0.98,
        message="A phone number.",
        location=Location(part="text", start=1, end=3, line=1, column=2),
        policy=Policy(title="x", site="y"),
        fingerprint="f",
    )
    return Report(
        verdict="block",
        receipt=Receipt(ruleset="own", version="1", digest="sha256:0", engine="0.1.0"),
        violations=(violation,),
        not_evaluated=(NotEvaluated(rule="r", why="missing", needs=("order.id",)),),
    )


def test_a_report_fits() -> None:
    record = json.loads(a_report().to_json())
    validator("report").validate(record)
    for key, value in (("verdict", "maybe"), ("violations", [{}]), ("receipt", None), ("schema", 2)):
        assert not validator("report").is_valid({**record, key: value}), key


RULESET = """
schema: 1
name: own
version: 2026.11
title: Own
extends: [amazon, ./base.yaml]
covers: {directions: [seller_to_buyer], marketplaces: ["amazon.*"], from: 2020-11-06, until: null}
routes: [{when: {direction: buyer_to_seller}, ruleset: amazon-buyer}]
settings:
  days: {default: 30, minimum: 1, why: x}
  anchor: delivered_at
  events: [a, b]
  strict: true
sources: {HELP: {title: Help, site: shop.example, url: null, seen: 2026-11, confidence: high}}
concepts: {brand: {phrases: {en: [Acme]}}, review: {add: {en: [stars]}, remove: {de: [x]}}}
lists: {hosts: {add: [shop.example]}, own: [a.example]}
rules:
- phone-number: off
- id: window
  check: contact-window
  with: {days: {setting: days}}
  severity: warning
  severity_when: [{when: {kind: reply}, severity: off}]
  when: {all: [{kind: proactive}, {not: {order.channel: AFN}}]}
  revisions: [{from: 2020-11-06, until: null, with: {days: 30}, source: HELP}]
  suppressible: never
  message: {en: "x"}
  source: [HELP, {title: Other, site: y}]
  examples:
  - {fail: text, at: tex}
  - pass: {record: {text: x, sent_at: "2026-01-01T00:00:00Z"}, as_of: 2026-01-31, settings: {days: 31}}
- id: words
  check: phrases
  with: {all: {add: [review]}, within: clause}
"""


def test_a_sound_ruleset_fits() -> None:
    validator("ruleset").validate(core(RULESET))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Own", "titel: Own"),
        ("schema: 1", "schema: 2"),
        ("name: own", "name: Own Rules"),
        ("- phone-number: off", "- phone-number: of"),
        ("severity: warning", "severity: fatal"),
        ("{kind: reply}", "{kinds: reply}"),
        ("with: {days: {setting: days}}", "with: {dayz: 3}"),
        ("with: {days: {setting: days}}", "with: {days: {seting: days}}"),
        ("with: {days: {setting: days}}", "with: {days: many}"),
        ("within: clause", "within: paragraph"),
        ("all: {add: [review]}", "all: review"),
        ("suppressible: never", "suppressible: sometimes"),
        ("from: 2020-11-06, until: null, with", "form: 2020-11-06, with"),
        ("record: {text: x,", "record: {txt: x,"),
        ("confidence: high", "confidence: sure"),
    ],
)
def test_a_wrong_ruleset_does_not_fit(old: str, new: str) -> None:
    assert old in RULESET
    assert not validator("ruleset").is_valid(core(RULESET.replace(old, new)))


def test_the_options_of_every_check_are_in_the_schema() -> None:
    schema = record_schema("ruleset")
    named = {
        entry["if"]["properties"]["check"]["const"]: entry["then"]
        for entry in schema["$defs"]["RuleEntry"]["allOf"]
        if "check" in entry["if"]["properties"]
    }
    assert set(named) == set(known_checks())
    for then in named.values():
        reference = then["properties"]["with"]["$ref"]
        assert schema["$defs"][reference.rpartition("/")[2]]["type"] == "object"


def test_every_key_of_a_ruleset_says_what_it_means() -> None:
    schema = record_schema("ruleset")
    entries = [
        name for name in schema["$defs"] if name.endswith(("Entry", "File", "Case")) or name in ("Allow", "Example")
    ]
    assert len(entries) >= 10
    undescribed = [
        f"{name}.{key}"
        for name in entries
        for key, option in schema["$defs"][name]["properties"].items()
        if "description" not in option and "$ref" not in option
    ]
    assert undescribed == []


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_rulesets_fit(path: Path) -> None:
    errors = validator("ruleset").iter_errors(core(path.read_text(encoding="utf-8")))
    assert [f"{error.json_path}: {error.message[:200]}" for error in errors] == []


def test_there_is_no_other_schema() -> None:
    with pytest.raises(LookupError, match="did you mean 'message'"):
        record_schema("massage")
