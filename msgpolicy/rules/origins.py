"""Where every value of a ruleset comes from: file and line of each, and what stood there before a child changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy.rules.files import shipped_folder, shipped_words
from msgpolicy.rules.layers import Layers
from msgpolicy.rules.load import Loaded, load_with_files
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Node, plain, setting_name
from msgpolicy.rules.merge import Merged, merge
from msgpolicy.rules.params import named_in
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.ruleset import Rule
from msgpolicy.rules.settings import BRAND_NAMES

# Keys whose parts have places of their own.
_PARTED = ("with", "across", "allow", "message", "suggestion")
# What decides a judgement; texts, sources and examples do not.
_JUDGING = ("check", "scope", "across", "with", "when", "severity", "severity_when", "revisions", "allow")


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A value with the place where it stands (line from 1), and the one of a base ruleset that it replaces."""

    key: str
    value: Any
    file: str
    line: int
    was: Value | None = None


class RuleOrigins(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one rule in force; `weakened` says in words what a child lets through that its base would not."""

    id: str
    severity: str
    values: tuple[Value, ...]
    weakened: tuple[str, ...]


class Origins(msgspec.Struct, frozen=True, kw_only=True):
    """The origins of a ruleset. `file` is the one that was asked for.

    A setting's value is its default. What a concept or list says is told in words.
    """

    ruleset: str
    file: str
    rules: tuple[RuleOrigins, ...]
    settings: tuple[Value, ...]
    concepts: tuple[Value, ...]
    lists: tuple[Value, ...]
    covers: tuple[Value, ...]
    weakened: tuple[str, ...]


def origins_of(ref: str | Path) -> Origins:
    """Where every value of a ruleset comes from.

    Raises:
        RulesetError: the ruleset cannot be used; every mistake is listed.
    """
    return read_origins(load_with_files(ref))


def read_origins(loaded: Loaded) -> Origins:
    """Where every value of a loaded ruleset comes from."""
    ruleset, layers = loaded.ruleset, loaded.layers
    # What was in force under each file in turn, bases first; the last one is what is in force.
    steps = [merge(Layers(layers.layers[: end + 1], layers.complete), Problems()) for end in range(len(layers.layers))]
    rules = []
    for rule in ruleset.rules:
        weakened = tuple(text for text in ruleset.weakened if text.startswith(f"{rule.id}: "))
        values = tuple(_rule(rule.id, steps))
        rules.append(RuleOrigins(id=rule.id, severity=rule.newest.severity, values=values, weakened=weakened))
    covers = [[("covers", step.covers)] if step.covers else [] for step in steps]
    return Origins(
        ruleset=ruleset.name,
        file=layers.layers[-1].file.path,
        rules=tuple(rules),
        settings=tuple(_histories([list(_settings(step)) for step in steps])),
        concepts=tuple(_words("lexicons", ruleset.concepts, loaded.merged.concepts)),
        lists=tuple(_words("lists", ruleset.lists, loaded.merged.lists)),
        covers=tuple(_histories(covers)),
        weakened=ruleset.weakened,
    )


def changes_to(rule: Rule, origins: Origins) -> list[Value]:
    """What in the file that was asked for may make a rule judge otherwise than in the rulesets that it extends."""
    options = [version.params for version in rule.versions] + ([rule.across.params] if rule.across else [])
    named = {pair for params in options for pair in named_in(params)}
    settings = {*rule.settings, *([BRAND_NAMES] if any(kind == "concept" for kind, _ in named) else [])}
    own = next(entry for entry in origins.rules if entry.id == rule.id)
    found = [value for value in own.values if value.key.partition(".")[0] in _JUDGING]
    found += [value for value in origins.settings if value.key in settings]
    found += [value for value in origins.concepts if ("concept", value.key) in named]
    found += [value for value in origins.lists if ("list", value.key) in named]
    found += origins.covers
    return [value for value in found if value.file == origins.file]


def _rule(rule_id: str, steps: Iterable[Merged]) -> Iterator[Value]:
    found = []
    for step in steps:
        node = step.rules.get(rule_id)
        found.append(list(_parts(node)) if node is not None else [])
    return _histories(found)


def _parts(rule: MappingNode) -> Iterator[tuple[str, Node]]:
    for key, node in rule.items.items():
        if key in _PARTED and isinstance(node, MappingNode) and setting_name(node) is None:
            yield from ((f"{key}.{name}", inner) for name, inner in node.items.items())
        elif key not in ("id", "examples"):
            yield key, node


def _settings(step: Merged) -> Iterator[tuple[str, Node]]:
    for name, nodes in step.settings.items():
        if (default := nodes.definition.get("default")) is not None:
            yield name, default


def _histories(steps: Iterable[Iterable[tuple[str, Node]]]) -> Iterator[Value]:
    """What is in force after the last step, each value with those that it replaced."""
    found: dict[str, Value] = {}
    for step in steps:
        given = dict(step)
        for gone in found.keys() - given.keys():
            del found[gone]
        for key, node in given.items():
            line, _ = node.file.place(node.index)
            value = Value(key=key, value=plain(node), file=node.file.path, line=line)
            before = found.get(key)
            if before is None or (before.file, before.line, before.value) != (value.file, value.line, value.value):
                found[key] = msgspec.structs.replace(value, was=before)
    return iter(found.values())


def _words(folder: str, used: Iterable[str], changes: Mapping[str, Iterable[Node]]) -> Iterator[Value]:
    """Concepts or lists in force: the shipped file, and what rulesets say of it."""
    shipped = shipped_words("lexicons" if folder == "lexicons" else "lists")
    for name in sorted({*used, *changes}):
        value: Value | None = None
        if name in shipped:
            path = shipped_folder() / folder / f"{name}.yaml"
            value = Value(key=name, value="shipped", file=str(path), line=1)
        for node in changes.get(name, ()):
            line, _ = node.file.place(node.index)
            told = ", ".join(node.items) if isinstance(node, MappingNode) else "items"
            value = Value(key=name, value=told, file=node.file.path, line=line, was=value)
        if value is not None:
            yield value
