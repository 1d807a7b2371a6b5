"""The names of what is shipped, for the completion of an editor: rules, settings, concepts, lists and rulesets.

They are proposed and explained; any other name of the right shape is as good, since a ruleset may define its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgpolicy.rules.files import load_bytes, shipped_folder, shipped_rulesets, shipped_words
from msgpolicy.rules.layers import LEVELS
from msgpolicy.rules.load import load_ruleset
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Scalar, read
from msgpolicy.rules.ruleset import Rule, Ruleset
from msgpolicy.rules.settings import Setting

Schema = dict[str, Any]

_TYPES = {"text": ["string", "number"], "whole number": "integer", "number": "number", "true or false": "boolean"}


def add_shipped_names(defs: dict[str, Schema], options: Mapping[str, Schema]) -> None:
    """Completes the definitions of a ruleset's schema; `options` are the schemas of each check's options."""
    rulesets = [load_ruleset(name) for name in shipped_rulesets()]
    # Rulesets that come first in the alphabet explain what several have; `amazon` is the first.
    rules: dict[str, Rule] = {}
    checks: dict[str, dict[str, None]] = {}
    for rule in (rule for ruleset in rulesets for rule in ruleset.rules):
        rules.setdefault(rule.id, rule)
        checks.setdefault(rule.id, {})[rule.check] = None
    concepts, lists = _titles("lexicons"), _titles("lists")
    defs["ConceptName"] = _proposed(concepts)
    defs["ListName"] = _proposed(lists)
    file = defs["RulesetFile"]["properties"]
    file["settings"]["properties"] = dict(_settings(rulesets))
    for key, titles in (("concepts", concepts), ("lists", lists)):
        value = file[key]["additionalProperties"]
        file[key]["properties"] = {name: {**value, "description": title} for name, title in titles.items()}
    file["extends"]["anyOf"] = [_extends(choice) for choice in file["extends"]["anyOf"]]
    file["rules"]["items"] = {"anyOf": [{"$ref": "#/$defs/RuleEntry"}, _short_form(rules)]}
    entry = defs["RuleEntry"]
    own = entry["properties"]["id"]
    entry["properties"]["id"] = {"description": own.pop("description", ""), "anyOf": [{"enum": list(rules)}, own]}
    # A change to an inherited rule names no check: its options are those of the check that the rule has.
    entry["allOf"] += [
        {
            "if": {"required": ["id"], "properties": {"id": {"const": name}}, "not": {"required": ["check"]}},
            "then": {"properties": {"with": _any_of([options[check] for check in names])}},
        }
        for name, names in checks.items()
        if all(check in options for check in names)
    ]


def _any_of(choices: list[Schema]) -> Schema:
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _settings(rulesets: Iterable[Ruleset]) -> Iterable[tuple[str, Schema]]:
    for ruleset in rulesets:
        for name, setting in ruleset.settings.items():
            about = " ".join((setting.why or "").split())
            default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
            choices = [_value(setting), {"$ref": "#/$defs/SettingEntry"}]
            yield name, {"anyOf": choices, "default": default, "description": about}


def _value(setting: Setting) -> Schema:
    one: Schema = {"enum": list(setting.one_of)} if setting.one_of else {"type": _TYPES.get(setting.kind, "string")}
    if setting.minimum is not None:
        one["minimum"] = setting.minimum
    if setting.maximum is not None:
        one["maximum"] = setting.maximum
    if setting.kind != "list of texts":
        return one
    # A text is split at commas.
    return {"type": ["array", "string"], "items": {**one, "type": ["string", "number"]}}


def _titles(folder: str) -> dict[str, str]:
    """The shipped lexicons or lists, with the title of each."""
    titles = {}
    for name in shipped_words("lexicons" if folder == "lexicons" else "lists"):
        path = shipped_folder() / folder / f"{name}.yaml"
        _, tree = read(str(path), load_bytes(path), lambda *_: None)
        title = tree.get("title") if isinstance(tree, MappingNode) else None
        titles[name] = title.value or "" if isinstance(title, Scalar) else ""
    return titles


def _proposed(names: Iterable[str]) -> Schema:
    return {"anyOf": [{"enum": list(names)}, {"type": "string"}]}


def _extends(choice: Schema) -> Schema:
    names = _proposed(shipped_rulesets())
    return {**choice, "items": names} if choice.get("type") == "array" else names


def _short_form(rules: Mapping[str, Rule]) -> Schema:
    level = {"enum": list(LEVELS)}
    return {
        "type": "object",
        "title": "rule-id: severity",
        "description": "`rule-id: off` changes the severity of an inherited rule.",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"const": "id"}},
        "properties": {name: {**level, "description": rule.newest.message["en"]} for name, rule in rules.items()},
        "additionalProperties": level,
    }
