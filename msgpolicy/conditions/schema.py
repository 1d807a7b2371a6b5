"""JSON Schema of conditions, for editors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgpolicy.conditions.fields import FIELDS
from msgpolicy.conditions.parser import ORDERINGS


def condition_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a condition, for editors; refers to itself as `#/$defs/Condition`."""
    here = {"$ref": "#/$defs/Condition"}
    scalar = {"type": ["string", "number", "boolean"]}
    several = {"type": "array", "items": scalar, "minItems": 1}
    comparison = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "in": {"anyOf": [scalar, several]},
            "not": {"anyOf": [scalar, several]},
            "not_in": {"anyOf": [several, {"enum": sorted(FIELDS)}]},
            "matches": {"type": "string"},
            "known": {"type": "boolean"},
            **{key: {"type": ["number", "string", "object"]} for key in ORDERINGS},
        },
    }
    setting = {"type": "object", "required": ["setting"], "properties": {"setting": {"type": "string"}}}
    times = {"enum": sorted(name for name, kind in FIELDS.items() if kind is datetime)}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "all": {"type": "array", "items": here, "minItems": 1},
            "any": {"type": "array", "items": here, "minItems": 1},
            "not": here,
            "elapsed": {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": False,
                "properties": {"from": times, "to": times, **{key: {"type": "string"} for key in ORDERINGS}},
            },
            **{name: {"anyOf": [scalar, several, setting, comparison]} for name in sorted(FIELDS)},
        },
    }
