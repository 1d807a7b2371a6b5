"""JSON Schema (2020-12) of message, report and ruleset records, made from the classes that read them.

Editors complete and check a ruleset by it: the options of each check stand under the rule that names it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

import msgspec

from msgpolicy.checks.base import known_checks, load_check
from msgpolicy.conditions import condition_schema
from msgpolicy.message import Message
from msgpolicy.report import Report
from msgpolicy.rules.layers import LEVELS
from msgpolicy.rules.model import ListChange, RuleEntry, RulesetFile, SettingEntry
from msgpolicy.typed import nearest

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"
_SETTING: Schema = {
    "type": "object",
    "description": "The value of a setting.",
    "required": ["setting"],
    "additionalProperties": False,
    "properties": {"setting": {"type": "string", "description": "Name of the setting."}},
}
_SCALARS: Schema = {"type": ["string", "number", "boolean"]}


def record_schema(kind: str) -> Schema:
    """The schema of a `message`, `report` or `ruleset`.

    Raises:
        LookupError: another kind.
    """
    try:
        return _KINDS[kind]()
    except KeyError:
        raise LookupError(f"there is no schema {kind!r} ({nearest(kind, _KINDS)})") from None


def message_schema() -> Schema:
    """The schema of a message record."""
    (root,), defs = msgspec.json.schema_components([Message], ref_template=_REF)
    _finish_message(defs)
    return _root("Message record", root, defs)


def report_schema() -> Schema:
    """The schema of a report record."""
    (root,), defs = msgspec.json.schema_components([Report], ref_template=_REF)
    return _root("Report record", root, defs)


def ruleset_schema() -> Schema:
    """The schema of a ruleset file, with the options of every check that comes with msgpolicy."""
    foreign = {entry.name for entry in entry_points(group="msgpolicy.checks")}
    checks = [load_check(name) for name in known_checks() if name not in foreign]
    types = [RulesetFile, RuleEntry, SettingEntry, ListChange, Message, *(check.params for check in checks)]
    roots, defs = msgspec.json.schema_components(types, ref_template=_REF)
    names = [root["$ref"].rpartition("/")[2] for root in roots]
    _finish_message(defs)
    rule = defs["RuleEntry"]
    rule["properties"]["check"]["anyOf"].insert(0, {"enum": [check.name for check in checks]})
    rule["allOf"] = [
        {
            "if": {"required": ["check"], "properties": {"check": {"const": check.name}}},
            "then": {"properties": {"with": {"$ref": _REF.format(name=name)}}},
        }
        for check, name in zip(checks, names[5:], strict=True)
    ]
    for name in names[5:]:
        _finish_options(defs[name])
    defs["Condition"] = condition_schema()
    defs["SettingValue"] = _SETTING
    defs["ExampleCase"]["properties"]["record"] = {"$ref": "#/$defs/Message"}
    defs["ExampleCase"]["properties"]["settings"] = {"type": "object"}
    file = defs["RulesetFile"]["properties"]
    file["rules"]["items"] = {"anyOf": [{"$ref": "#/$defs/RuleEntry"}, _short_form()]}
    file["version"] = {**file["version"], "type": ["string", "number"]}
    file["settings"]["additionalProperties"] = {
        "anyOf": [{"$ref": "#/$defs/SettingEntry"}, _SCALARS, {"type": "array", "items": {"type": "string"}}]
    }
    return _root("Ruleset", roots[0], defs)


def _root(title: str, root: Schema, defs: dict[str, Schema]) -> Schema:
    return {"$schema": _DRAFT, "title": title, **root, "$defs": defs}


def _finish_message(defs: dict[str, Schema]) -> None:
    """What the types alone do not say: any fact may be null, and a message has some content."""
    message = defs["Message"]
    for name, schema in message["properties"].items():
        if "anyOf" not in schema:
            about = {key: schema.pop(key) for key in ("default", "description") if key in schema}
            message["properties"][name] = {"anyOf": [schema, {"type": "null"}], **about}
    text = {"type": "string", "minLength": 1}
    content: list[Schema] = [{"required": [name], "properties": {name: text}} for name in ("text", "html", "subject")]
    content.append({"required": ["attachments"], "properties": {"attachments": {"type": "array", "minItems": 1}}})
    content.append({"required": ["channel"], "properties": {"channel": {"const": "sp_api"}}})
    message["anyOf"] = content


def _finish_options(schema: Schema) -> None:
    """A value may be a setting's, a list may be changed, and what is missing may come from the base ruleset."""
    schema.pop("required", None)
    for name, option in schema["properties"].items():
        about = {key: option.pop(key) for key in ("default", "description") if key in option}
        choices = [option, {"$ref": "#/$defs/SettingValue"}]
        if option.get("type") == "array":
            choices.append({"$ref": "#/$defs/ListChange"})
        schema["properties"][name] = {"anyOf": choices, **about}


def _short_form() -> Schema:
    return {
        "type": "object",
        "description": "`rule-id: off` changes the severity of an inherited rule.",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"const": "id"}},
        "additionalProperties": {"enum": list(LEVELS)},
    }


_KINDS: dict[str, Callable[[], Schema]] = {
    "message": message_schema,
    "report": report_schema,
    "ruleset": ruleset_schema,
}
