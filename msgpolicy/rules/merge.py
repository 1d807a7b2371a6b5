"""Lays the files of a ruleset over each other: rules by id, key by key; lists with add, remove and replace."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from msgpolicy.rules.changes import CHANGES, changed, combine, is_change, overlay, settled
from msgpolicy.rules.files import shipped_folder, shipped_words
from msgpolicy.rules.layers import Layer, Layers
from msgpolicy.rules.located import Mapping, Node, Scalar, Sequence
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.weakening import changes, is_locked
from msgpolicy.typed import nearest

_JOINED = ("with", "across", "message", "suggestion", "allow", "example_context")
# Keys of a revision that lie over those of the rule part by part.
REVISED = ("with", "message", "suggestion")


@dataclass
class SettingNodes:
    """A setting while files are merged: where it is named first, its definition, and the default it had at first."""

    key: Scalar
    definition: Mapping
    first_default: Node | None


@dataclass
class Merged:
    """All files of a ruleset as one; every node still knows its own file. `head` is the file that was asked for.

    `complete` is False where a file could not be read, so that a name may be missing for that reason.
    """

    path: Path
    head: Mapping
    complete: bool
    covers: Mapping | None = None
    routes: tuple[Node, ...] = ()
    routes_from: Path = Path()
    settings: dict[str, SettingNodes] = field(default_factory=dict)
    sources: dict[str, Node] = field(default_factory=dict)
    concepts: dict[str, list[Mapping]] = field(default_factory=dict)
    lists: dict[str, list[Node]] = field(default_factory=dict)
    rules: dict[str, Mapping] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    weakened: list[str] = field(default_factory=list)


def merge(read: Layers, problems: Problems) -> Merged:
    """The layers as one; `read` holds at least one."""
    merged = Merged(read.layers[-1].path, read.layers[-1].tree, read.complete)
    for layer in read.layers:
        merger = _Merger(merged, layer, problems)
        merger.settings()
        merger.names()
        merger.covers_and_routes()
        merger.rules()
    _settle(merged, problems)
    return merged


def _settle(merged: Merged, problems: Problems) -> None:
    for name, rule in merged.rules.items():
        items = dict(rule.items)
        for key in ("aliases", "severity_when", "revisions", "examples"):
            if (node := settled(items.get(key), problems)) is not None:
                items[key] = node
        allow = items.get("allow")
        if isinstance(allow, Mapping):
            inner = {key: settled(node, problems) or node for key, node in allow.items.items()}
            items["allow"] = Mapping(inner, allow.keys, allow.file, allow.index)
        merged.rules[name] = Mapping(items, rule.keys, rule.file, rule.index)
    _ask_unique(merged, problems)


def _ask_unique(merged: Merged, problems: Problems) -> None:
    """Every alias belongs to one rule and is no rule's id."""
    owners: dict[str, str] = dict.fromkeys(merged.rules, "")
    for rule_id, rule in merged.rules.items():
        for alias in _scalars(rule.get("aliases")):
            name = str(alias.value)
            if name == rule_id or owners.get(name) == rule_id:
                problems.at(alias, f"{name!r} already names this rule")
            elif name in owners:
                problems.at(alias, f"{name!r} already names the rule {owners[name] or name!r}")
            else:
                owners[name] = rule_id


class _Merger:
    """Lays one layer over what is merged so far."""

    def __init__(self, merged: Merged, layer: Layer, problems: Problems) -> None:
        self.merged = merged
        self.layer = layer
        self.tree = layer.tree
        self.problems = problems

    def entries(self, key: str) -> dict[str, tuple[Scalar, Node]]:
        node = self.tree.get(key)
        if not isinstance(node, Mapping):
            return {}
        return {name: (node.keys[name], value) for name, value in node.items.items()}

    def settings(self) -> None:
        known = self.merged.settings
        for name, (key, value) in self.entries("settings").items():
            old = known.get(name)
            if isinstance(value, Mapping) and old is not None and is_change(value):
                value = Mapping({"default": value}, {"default": key}, value.file, value.index)
            elif isinstance(value, Mapping) and CHANGES & value.items.keys():
                self.problems.at(
                    key, "add, remove and replace change the list of an inherited setting, and stand alone"
                )
                continue
            if isinstance(value, Mapping) and old is None:
                known[name] = SettingNodes(key, value, value.get("default"))
            elif isinstance(value, Mapping) and old is not None:
                known[name] = SettingNodes(old.key, overlay(old.definition, value, self.problems), old.first_default)
            elif old is not None:
                over = Mapping({"default": value}, {"default": key}, value.file, value.index)
                known[name] = SettingNodes(old.key, overlay(old.definition, over, self.problems), old.first_default)
            elif self.merged.complete:
                hint = nearest(name, known) if self.layer.is_child else "define it: {default: …}"
                self.problems.at(key, f"there is no inherited setting {name!r}", hint)

    def names(self) -> None:
        """Sources, concepts and lists."""
        self.merged.sources.update({name: value for name, (_, value) in self.entries("sources").items()})
        for name, (_, value) in self.entries("concepts").items():
            if isinstance(value, Mapping):
                self.merged.concepts.setdefault(name, []).append(value)
                self.note_concept(name, value)
        for name, (_, value) in self.entries("lists").items():
            self.merged.lists.setdefault(name, []).append(value)
            known = len(self.merged.lists[name]) > 1 or name in shipped_words("lists")
            if self.layer.is_child and known:
                self.note(f"list {name}: changed")

    def note_concept(self, name: str, entry: Mapping) -> None:
        if not self.layer.is_child:
            return
        known = len(self.merged.concepts[name]) > 1 or name in shipped_words("lexicons")
        replaced = "phrases" in entry.items and known
        for key, text in (("remove", "phrases removed"), ("not", "exceptions added")):
            if key in entry.items and "phrases" not in entry.items:
                self.note(f"concept {name}: {text}")
        if replaced:
            self.note(f"concept {name}: replaced")

    def note(self, text: str) -> None:
        # A shipped ruleset that extends another is the policy as we read it; it weakens nothing.
        if self.layer.path.parent != shipped_folder() and text not in self.merged.weakened:
            self.merged.weakened.append(text)

    def covers_and_routes(self) -> None:
        covers, routes = self.tree.get("covers"), self.tree.get("routes")
        if isinstance(covers, Mapping):
            base = self.merged.covers
            self.merged.covers = overlay(base, covers, self.problems) if base else covers
        if isinstance(routes, Sequence):
            self.merged.routes, self.merged.routes_from = routes.items, self.layer.path

    def rules(self) -> None:
        node = self.tree.get("rules")
        here: dict[str, Scalar] = {}
        for entry in node.items if isinstance(node, Sequence) else ():
            given = entry.get("id") if isinstance(entry, Mapping) else None
            if isinstance(entry, Mapping) and isinstance(given, Scalar) and given.value:
                rule_id = self.merged.aliases.get(given.value, given.value)
                if rule_id in here:
                    line, column = here[rule_id].file.place(here[rule_id].index)
                    self.problems.at(given, f"the rule {rule_id!r} stands here twice", f"first at {line}:{column}")
                    continue
                here[rule_id] = given
                self.rule(rule_id, given, entry)

    def rule(self, rule_id: str, given: Scalar, entry: Mapping) -> None:
        base = self.merged.rules.get(rule_id)
        if base is None:
            if self.layer.is_child and "check" not in entry.items:
                if self.merged.complete:
                    known = [*self.merged.rules, *self.merged.aliases]
                    hint = nearest(rule_id, known) or "a new rule needs a check"
                    self.problems.at(given, f"there is no inherited rule {rule_id!r}", hint)
                return
            rule = entry
        else:
            rule = self.over(base, entry)
            self.guard(rule_id, base, entry, rule)
        self.merged.rules[rule_id] = rule
        for alias in _scalars(rule.get("aliases")):
            self.merged.aliases.setdefault(str(alias.value), rule_id)

    def over(self, base: Mapping, entry: Mapping) -> Mapping:
        """An inherited rule with a child's keys over it and over all its revisions, and the examples of both."""
        items = {key: value for key, value in entry.items.items() if key != "id"}
        if _names_another(base.get("check"), items.get("check")):
            base = without_options(base)
        examples, inherited = items.get("examples"), base.get("examples")
        if isinstance(examples, Sequence) and isinstance(inherited, Sequence):
            items["examples"] = Sequence((*inherited.items, *examples.items), examples.file, examples.index)
        revisions = base.get("revisions")
        if isinstance(revisions, Sequence):
            revised = tuple(self.revised(item, entry) for item in revisions.items)
            base_items = {**base.items, "revisions": Sequence(revised, revisions.file, revisions.index)}
            base = Mapping(base_items, base.keys, base.file, base.index)
        rule = overlay(base, Mapping(items, entry.keys, entry.file, entry.index), self.problems, deep=_JOINED)
        return Mapping(rule.items, rule.keys, base.file, base.index)

    def revised(self, revision: Node, entry: Mapping) -> Node:
        """A revision in which the keys that a child gives are the child's: what it sets holds at any time."""
        if not isinstance(revision, Mapping):
            return revision
        items = dict(revision.items)
        for key, value in entry.items.items():
            old = items.get(key)
            if old is None or key == "revisions":
                continue
            if key in REVISED and isinstance(old, Mapping) and isinstance(value, Mapping):
                shared = {name: inner for name, inner in value.items.items() if name in old.items}
                inner_over = Mapping(shared, value.keys, value.file, value.index)
                items[key] = overlay(old, inner_over, self.problems)
            else:
                items[key] = combine(old, value, self.problems)
        return Mapping(items, revision.keys, revision.file, revision.index)

    def guard(self, rule_id: str, base: Mapping, entry: Mapping, rule: Mapping) -> None:
        for change in changes(base, entry, rule):
            if is_locked(base):
                hint = "suppressible: never; a copy under another id can be changed"
                self.problems.at(change.node, f"the rule {rule_id!r} is locked: {change.text}", hint)
            else:
                self.note(f"{rule_id}: {change.text}")


def _names_another(base: Node | None, given: Node | None) -> bool:
    """Whether a child's rule names another check than the inherited one."""
    return isinstance(base, Scalar) and isinstance(given, Scalar) and base.value != given.value


def without_options(rule: Mapping) -> Mapping:
    """A rule and its revisions without `with`: what it holds are options of a check that the rule no longer has."""
    items = {key: value for key, value in rule.items.items() if key != "with"}
    revisions = items.get("revisions")
    if isinstance(revisions, Sequence):
        kept = tuple(without_options(item) if isinstance(item, Mapping) else item for item in revisions.items)
        items["revisions"] = Sequence(kept, revisions.file, revisions.index)
    return Mapping(items, rule.keys, rule.file, rule.index)


def merged_list(base: Sequence | None, nodes: list[Node], problems: Problems) -> Sequence | None:
    """A list after what each layer says of it."""
    for node in nodes:
        if isinstance(node, Sequence):
            base = node
        elif isinstance(node, Mapping) and is_change(node):
            base = changed(base or Sequence((), node.file, node.index), node, problems)
    return base


def _scalars(node: Node | None) -> list[Scalar]:
    if not isinstance(node, Sequence):
        return []
    return [item for item in node.items if isinstance(item, Scalar) and item.value]
