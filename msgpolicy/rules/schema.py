"""JSON Schema (2020-12) of message, report and ruleset records, made from the classes that read them.

Editors complete and check a ruleset by it: the options of each check stand under the rule that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from msgpolicy.checks.base import foreign_checks, known_checks, load_check
from msgpolicy.conditions import condition_schema
from msgpolicy.message import Message
from msgpolicy.report import Report
from msgpolicy.rules.model import ListChange, RuleEntry, RulesetFile, SettingEntry
from msgpolicy.rules.schema_names import add_shipped_names

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
REF = "#/$defs/{name}"
_SETTING: Schema = {
    "type": "object",
    "description": "The value of a setting.",
    "required": ["setting"],
    "additionalProperties": False,
    "properties": {"setting": {"type": "string", "description": "Name of the setting."}},
}
_SCALARS: Schema = {"type": ["string", "number", "boolean"]}


def message_schema() -> Schema:
    """The schema of a message record."""
    (root,), defs = msgspec.json.schema_components([Message], ref_template=REF)
    _finish_message(defs)
    return rooted("Message record", root, defs)


def report_schema() -> Schema:
    """The schema of a report record."""
    (root,), defs = msgspec.json.schema_components([Report], ref_template=REF)
    return rooted("Report record", root, defs)


def ruleset_schema() -> Schema:
    """The schema of a ruleset file, with the options of every check that comes with msgpolicy."""
    foreign = foreign_checks()
    checks = [load_check(name) for name in known_checks() if name not in foreign]
    own = [RulesetFile, RuleEntry, SettingEntry, ListChange, Message]
    ours = msgspec.json.schema_components(own, ref_template=REF)[1].keys()
    types = [*own, *(check.params for check in checks)]
    roots, defs = msgspec.json.schema_components(types, ref_template=REF)
    _finish_message(defs)
    options = {check.name: root for check, root in zip(checks, roots[len(own) :], strict=True)}
    rule, across = defs["RuleEntry"], defs["AcrossEntry"]
    rule["properties"]["check"]["anyOf"].insert(0, {"enum": list(options)})
    rule["allOf"] = _options_of(options)
    over_archives = {check.name: options[check.name] for check in checks if check.scope == "conversation"}
    across["properties"]["check"]["anyOf"].insert(0, {"enum": list(over_archives)})
    across["allOf"] = _options_of(over_archives)
    for root in roots[len(own) :]:
        # What is missing may come from the base ruleset.
        defs[root["$ref"].rpartition("/")[2]].pop("required", None)
    for name in defs.keys() - ours:
        defs[name] = _open(defs[name])
    defs["Condition"] = _open(condition_schema())
    defs["SettingValue"] = _SETTING
    example = defs["ExampleCase"]["properties"]
    example["record"] = {"$ref": "#/$defs/Message", "description": "A message record."}
    # What they have in common may stand in `example_context`: none needs be whole.
    part = {key: value for key, value in defs["Message"].items() if key != "anyOf"}
    several: Schema = {"type": "array", "minItems": 1, "items": part}
    example["records"] = {**example["records"], "anyOf": [several, {"type": "null"}]}
    file = defs["RulesetFile"]["properties"]
    file["version"] = {**file["version"], "type": ["string", "number"]}
    file["settings"]["additionalProperties"] = {
        "anyOf": [{"$ref": "#/$defs/SettingEntry"}, _SCALARS, {"type": "array", "items": {"type": "string"}}]
    }
    add_shipped_names(defs, options)
    return rooted("Ruleset", roots[0], defs)


def _options_of(checks: Mapping[str, Schema]) -> list[Schema]:
    """What stands under `with` beside each check."""
    return [
        {
            "if": {"required": ["check"], "properties": {"check": {"const": name}}},
            "then": {"properties": {"with": root}},
        }
        for name, root in checks.items()
    ]


def rooted(title: str, root: Schema, defs: dict[str, Schema]) -> Schema:
    """A whole schema, as plain data."""
    schema = {"$schema": _DRAFT, "title": title, **root, "$defs": defs}
    plain: Schema = msgspec.json.decode(msgspec.json.encode(schema))  # defaults may be tuples
    return plain


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


def _open(schema: Schema) -> Schema:
    """The schema in which any value may be a setting's, and any list a change to one."""
    opened = dict(schema)
    if "properties" in schema:
        opened["properties"] = {name: _open_value(value) for name, value in schema["properties"].items()}
    if "anyOf" in schema:
        opened["anyOf"] = [_open(choice) for choice in schema["anyOf"]]
    if isinstance(schema.get("items"), dict):
        opened["items"] = _open_value(schema["items"])
    return opened


def _open_value(schema: Schema) -> Schema:
    about: Schema = {key: schema[key] for key in ("default", "description") if key in schema}
    choices = [_open({key: value for key, value in schema.items() if key not in about})]
    choices.append({"$ref": "#/$defs/SettingValue"})
    if schema.get("type") == "array":
        choices.append({"$ref": "#/$defs/ListChange"})
    return {"anyOf": choices, **about}
