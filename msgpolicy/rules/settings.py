"""Settings: documented knobs of a ruleset, their types, and the values that callers give them.

The default gives the type: `true`/`false`, a whole number, a number, a list of texts, else a text. A number in quotes
is a text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from msgpolicy.report import Policy
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Node, Scalar, Sequence, plain, setting_name
from msgpolicy.rules.merge import Merged, SettingNodes
from msgpolicy.rules.model import SettingEntry
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.sources import Sources
from msgpolicy.typed import build, nearest

# The setting whose texts are names to every rule (facts/words/names.py); no rule has to refer to it.
BRAND_NAMES = "brand_names"

Kind = Literal["text", "whole number", "number", "true or false", "list of texts"]
Value = str | int | float | bool | tuple[str, ...]

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{1,18})?)")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A setting as it is in force: type, default (a child's, if one sets it), and the values allowed.

    `first_default` is the default of the ruleset that defines it.
    """

    name: str
    kind: Kind
    default: Value
    first_default: Value
    one_of: tuple[Value, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    why: str | None = None
    sources: tuple[Policy, ...] = ()


class SettingValueError(ValueError):
    """A value that a setting does not take; `hint` says which it does."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def settings_of(merged: Merged, sources: Sources, problems: Problems) -> dict[str, Setting]:
    """The settings of a ruleset; one that is not right is reported and left out."""
    found = {}
    for name, nodes in merged.settings.items():
        setting = _setting(name, nodes, problems)
        if setting:
            found[name] = replace(setting, sources=sources.policies(nodes.definition.get("source")))
    return found


def values_of(settings: Mapping[str, Setting], given: Mapping[str, Any], problems: Problems) -> dict[str, Value]:
    """The value of each setting: as given by the caller (texts are read by the setting's type), else its default."""
    values = {name: setting.default for name, setting in settings.items()}
    for name, value in given.items():
        setting = settings.get(name)
        if setting is None:
            problems.outside(f"setting {name}", "there is no such setting", nearest(str(name), settings))
            continue
        try:
            values[name] = read_value(setting, value)
        except SettingValueError as mistake:
            problems.outside(f"setting {name}", mistake.message, mistake.hint)
    return values


def read_value(setting: Setting, value: Any) -> Value:
    """A value for a setting; a text is read by the setting's type, a list of texts is split at commas.

    Raises:
        SettingValueError: it is of another type, or not allowed.
    """
    read = _by_kind(setting.kind, value)
    if setting.one_of:
        for item in read if isinstance(read, tuple) else (read,):
            if item not in setting.one_of:
                allowed = [_shown(option) for option in setting.one_of]
                raise SettingValueError(f"{_shown(item)!r} is not allowed", "one of: " + ", ".join(allowed))
    if isinstance(read, int | float) and not isinstance(read, bool):
        if setting.minimum is not None and read < setting.minimum:
            raise SettingValueError(f"{read} is too small", f"at least {setting.minimum:g}")
        if setting.maximum is not None and read > setting.maximum:
            raise SettingValueError(f"{read} is too large", f"at most {setting.maximum:g}")
    return read


def is_open(node: Node, values: Mapping[str, Value]) -> bool:
    """Whether a node stands for a setting that has no value: one that is not defined, or defined wrongly."""
    name = setting_name(node)
    return name is not None and name.value not in values


def names_used(node: Node) -> Iterable[Scalar]:
    """Every setting that a tree refers to."""
    name = setting_name(node)
    if name is not None:
        yield name
    elif not isinstance(node, Scalar):
        for item in node.items.values() if isinstance(node, MappingNode) else node.items:
            yield from names_used(item)


def with_values(node: Node, values: Mapping[str, Value]) -> Any:
    """The data of a node with each `{setting: name}` replaced by the setting's value (None where there is none)."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [with_values(item, values) for item in node.items]
    name = setting_name(node)
    if name is not None:
        value = values.get(name.value or "")
        return list(value) if isinstance(value, tuple) else value
    return {key: with_values(item, values) for key, item in node.items.items()}


def _setting(name: str, nodes: SettingNodes, problems: Problems) -> Setting | None:
    entry, found = build(SettingEntry, plain(nodes.definition), lax=True)
    problems.of(nodes.definition, found)
    default = nodes.definition.get("default")
    if default is None or (isinstance(default, Scalar) and default.value is None):
        problems.at(nodes.key, f"the setting {name!r} has no default", "its default says its type")
        return None
    if entry is None:
        return None
    first_default = nodes.first_default or default
    kind = _kind(first_default)
    if name == BRAND_NAMES and kind != "list of texts":
        problems.at(first_default, f"the setting {name!r} is a list of texts", "default: []")
        return None
    one_of = nodes.definition.get("one_of")
    options = one_of.items if isinstance(one_of, Sequence) else ()
    item_kind: Kind = "text" if kind == "list of texts" else kind
    place: Node = default
    try:
        allowed: list[Value] = []
        for place in options:
            allowed.append(_by_kind(item_kind, plain(place)))  # noqa: PERF401 -- the place of a mistake is needed
        place = first_default
        first = _by_kind(kind, plain(first_default))
        place = default
        setting = Setting(
            name=name,
            kind=kind,
            default=first,
            first_default=first,
            one_of=tuple(allowed),
            minimum=entry.minimum,
            maximum=entry.maximum,
            why=entry.why,
        )
        value = read_value(setting, plain(default))
    except SettingValueError as mistake:
        problems.at(place, f"setting {name!r}: {mistake.message}", mistake.hint)
        return None
    return replace(setting, default=value)


def _kind(node: Node) -> Kind:
    if not isinstance(node, Scalar):
        return "list of texts"
    text = node.value or ""
    if not node.plain:
        return "text"
    if text in ("true", "false"):
        return "true or false"
    if _INTEGER.fullmatch(text):
        return "whole number"
    return "number" if _NUMBER.fullmatch(text) else "text"


def _by_kind(kind: Kind, value: Any) -> Value:
    if kind == "number" and isinstance(value, float) and math.isfinite(value):
        return value
    if kind == "list of texts":
        items = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        if isinstance(items, list | tuple) and all(isinstance(item, str) for item in items):
            return tuple(item for item in items if item)
    elif kind == "true or false":
        if isinstance(value, bool):
            return value
        if value in ("true", "false"):
            return bool(value == "true")
    elif isinstance(value, str):
        if kind == "text":
            return value
        if kind == "whole number" and _INTEGER.fullmatch(value):
            return int(value)
        if kind == "number" and _NUMBER.fullmatch(value):
            return float(value)
    elif kind in ("whole number", "number") and isinstance(value, int) and not isinstance(value, bool):
        return value
    article = "" if kind == "true or false" else "a "
    got = "a list" if isinstance(value, list | tuple) else repr(_shown(value))
    raise SettingValueError(f"expected {article}{kind}, got {got}")


def _shown(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 80 else text[:80] + "…"
