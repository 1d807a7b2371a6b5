"""Loads a ruleset: reads its files, lays them over each other, compiles the rules, reports every mistake at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from msgpolicy.garbage import uncollected
from msgpolicy.rules.cases import usual_fields
from msgpolicy.rules.compile import Compiled, Context, compile_rule
from msgpolicy.rules.files import RefError, resolve_within, shipped_folder
from msgpolicy.rules.kept import kept_ruleset
from msgpolicy.rules.layers import Layers, read_layers
from msgpolicy.rules.lexicons import Vocabulary
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Scalar, plain
from msgpolicy.rules.merge import Merged, merge
from msgpolicy.rules.model import CoversEntry
from msgpolicy.rules.problems import Problems, RulesetError, SettingError
from msgpolicy.rules.ruleset import Covers, Route, Ruleset
from msgpolicy.rules.settings import Value, settings_of, values_of
from msgpolicy.rules.sources import Sources
from msgpolicy.rules.when import read_condition
from msgpolicy.typed import FrozenDict, build


class Loaded(NamedTuple):
    """A ruleset with the files that it was made of, and what in them has no effect."""

    ruleset: Ruleset
    layers: Layers
    merged: Merged
    idle: Problems


def load_ruleset(ref: str | Path, *, settings: Mapping[str, Any] | None = None) -> Ruleset:
    """A ruleset with all that it extends.

    Args:
        ref: a shipped name (`amazon`), `name@version`, or the path of a .yaml file.
        settings: values for its settings, over its defaults; a text is read by the setting's type.

    Raises:
        SettingError: the ruleset is sound, but a setting given here is not.
        RulesetError: it cannot be used; every mistake of all its files is listed with file, line and column.
    """
    return kept_ruleset(ref, settings or {}, lambda: load_with_files(ref, settings=settings).ruleset)


@uncollected()
def load_with_files(ref: str | Path, *, settings: Mapping[str, Any] | None = None) -> Loaded:
    """Like `load_ruleset`, for who looks into the files too."""
    problems = Problems()
    problems.idle = Problems()
    read = read_layers(ref, problems)
    if not read.layers:
        raise RulesetError(problems.sorted())
    merged = merge(read, problems)
    sources = Sources(merged, problems)
    definitions = settings_of(merged, sources, problems)
    vocabulary = Vocabulary(merged, problems)
    mistakes = Problems()
    values = values_of(definitions, settings or {}, mistakes)
    problems.given = mistakes
    problems.values = {
        name: None if name in (settings or {}) else nodes.definition.get("default")
        for name, nodes in merged.settings.items()
    }
    covers = _covers(merged, problems)
    shipped = tuple(layer.path.stem for layer in reversed(read.layers) if layer.path.parent == shipped_folder())
    context = Context(merged, definitions, values, sources, vocabulary, problems, usual_fields(covers), shipped)
    rules: list[Compiled] = []
    for rule_id, node in merged.rules.items():
        rule = compile_rule(rule_id, node, context)
        if rule is not None:
            rules.append(rule)
        elif not problems and not mistakes:
            problems.at(node, f"the rule {rule_id!r} cannot be used")
    vocabulary.read_own()
    if not merged.rules and not problems:
        problems.at(merged.head, "the ruleset has no rules", "rules: […], or extends: […]")
    routes = tuple(_routes(merged, problems))
    if problems:
        raise RulesetError(problems.sorted())
    if mistakes:
        raise SettingError(mistakes.sorted())
    *bases, head = read.layers
    changed = {name: value for name, value in values.items() if value != definitions[name].first_default}
    ruleset = Ruleset(
        name=_text(merged.head, "name"),
        version=_text(merged.head, "version"),
        title=_text(merged.head, "title"),
        description=_text(merged.head, "description"),
        digest=_digest(rules, covers, merged, values, vocabulary),
        covers=covers,
        routes=routes,
        settings=FrozenDict(definitions),
        values=FrozenDict(values),
        changed=FrozenDict(changed),
        rules=tuple(entry.rule for entry in rules),
        concepts=FrozenDict(vocabulary.concepts_used()),
        lists=FrozenDict(vocabulary.lists_used()),
        weakened=tuple(merged.weakened),
        files=tuple(
            (file.path, file.sha256) for file in (head.file, *(base.file for base in bases), *vocabulary.files)
        ),
    )
    return Loaded(ruleset, read, merged, problems.idle)


def _routes(merged: Merged, problems: Problems) -> Iterator[Route]:
    """The routes to other rulesets; one that an inherited route names is not routed to itself."""
    for node in merged.routes:
        when = node.get("when") if isinstance(node, MappingNode) else None
        named = node.get("ruleset") if isinstance(node, MappingNode) else None
        if when is None or not isinstance(named, Scalar) or not named.value:
            continue  # the shape is wrong, and reported
        condition = read_condition(plain(when), when, {}, problems)
        try:
            ref = resolve_within(named.value, merged.routes_from)
        except RefError as error:
            problems.at(named, error.message, error.hint)
            continue
        if condition is not None and ref.path.resolve() != merged.path.resolve():
            yield Route(when=condition, ruleset=named.value, path=str(ref.path))


def _covers(merged: Merged, problems: Problems) -> Covers | None:
    if merged.covers is None:
        return None
    entry, found = build(CoversEntry, plain(merged.covers), lax=True)
    problems.of(merged.covers, found)
    if entry is None:
        return None
    if entry.from_ and entry.until and entry.until <= entry.from_:
        problems.at(merged.covers.items["until"], f"the time covered ends before it starts, on {entry.from_}")
    return Covers(
        directions=entry.directions or (),
        channels=entry.channels or (),
        marketplaces=entry.marketplaces or (),
        from_=entry.from_,
        until=entry.until,
    )


def _digest(
    rules: list[Compiled],
    covers: Covers | None,
    merged: Merged,
    values: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> str:
    """SHA-256 over all that decides a judgement, written one way only."""
    data = {
        "covers": covers,
        "routes": [plain(node) for node in merged.routes],
        "rules": {entry.rule.id: entry.essence for entry in rules},
        "values": values,
        "concepts": {
            name: [{language: sorted(set(listed)) for language, listed in side.items()} for side in (c.phrases, c.not_)]
            for name, c in vocabulary.concepts_used().items()
        },
        "lists": {name: sorted(set(items)) for name, items in vocabulary.lists_used().items()},
    }
    return "sha256:" + hashlib.sha256(msgspec.json.encode(data, order="deterministic")).hexdigest()


def _text(tree: MappingNode, key: str) -> str:
    node = tree.get(key)
    return node.value or "" if isinstance(node, Scalar) else ""
