"""The files of a ruleset in the order in which they lie over each other: what it extends first, itself last."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, get_args

from msgpolicy.rules.files import Ref, RefError, load_bytes, resolve, resolve_within
from msgpolicy.rules.located import File, Mapping, Node, Scalar, Sequence, plain, read_kept
from msgpolicy.rules.model import Level, RulesetFile
from msgpolicy.rules.problems import Problems
from msgpolicy.typed import build, nearest

MAX_FILES = 50
LEVELS: tuple[str, ...] = get_args(Level)


class Layer(NamedTuple):
    """One file: its path, its tree with short forms written out, and whether it extends another."""

    path: Path
    file: File
    tree: Mapping
    is_child: bool


class Layers(NamedTuple):
    """All files, bases first. `complete` is False where a file could not be read: names may be missing then."""

    layers: tuple[Layer, ...]
    complete: bool


def read_layers(ref: str | Path, problems: Problems) -> Layers:
    """The file that `ref` means and all that it extends, each once; what is wrong with their shape is collected."""
    reader = _Reader(problems)
    try:
        reader.visit(resolve(ref), (), None)
    except RefError as error:
        problems.outside(str(ref), error.message, error.hint)
    return Layers(tuple(reader.layers), not reader.failed)


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.layers: list[Layer] = []
        self.seen: set[Path] = set()
        self.failed = False

    def visit(self, ref: Ref, chain: tuple[Path, ...], named: Node | None) -> None:
        """Reads a file after what it extends. `named` is where another file names it."""
        real = ref.path.resolve()
        if real in chain and named:
            names = [path.name for path in (*chain[chain.index(real) :], real)]
            self.problems.at(named, f"the ruleset extends itself: {' → '.join(names)}")
        if real in self.seen:
            return
        self.seen.add(real)
        if len(self.seen) > MAX_FILES:
            self.fail(named, ref, f"a ruleset has at most {MAX_FILES} files")
            return
        try:
            data = load_bytes(ref.path)
        except OSError as error:
            self.fail(named, ref, f"the file cannot be read: {error.strerror}")
            return
        before = len(self.problems)
        file, tree = read_kept(ref.shown, data, self.problems.report)
        if tree is None:
            self.failed = True
            return
        if not isinstance(tree, Mapping):
            self.fail(tree, ref, "a ruleset is a mapping", "it starts with schema: 1")
            return
        self.failed |= len(self.problems) > before
        self.ask_version(ref, tree, named)
        bases = _texts(tree.get("extends"))
        for node in bases:
            try:
                base = resolve_within(node.value or "", ref.path, ref.shown)
            except RefError as error:
                self.problems.at(node, error.message, error.hint)
                self.failed = True
            else:
                self.visit(base, (*chain, real), node)
        tree = self.written_out(tree, is_child=bool(bases))
        self.problems.of(tree, build(RulesetFile, plain(tree), lax=True)[1])
        self.layers.append(Layer(ref.path, file, tree, bool(bases)))

    def fail(self, node: Node | None, ref: Ref, message: str, hint: str = "") -> None:
        self.failed = True
        if node is None:
            self.problems.outside(ref.shown, message, hint)
        else:
            self.problems.at(node, message, hint)

    def ask_version(self, ref: Ref, tree: Mapping, named: Node | None) -> None:
        version = tree.get("version")
        if ref.version is None or not isinstance(version, Scalar) or version.value == ref.version:
            return
        self.fail(
            named, ref, f"version {ref.version!r} is not installed", f"this msgpolicy ships version {version.value}"
        )

    def written_out(self, tree: Mapping, *, is_child: bool) -> Mapping:
        """The tree with `- some-rule: off` as `- {id: some-rule, severity: off}`."""
        rules = tree.get("rules")
        if not isinstance(rules, Sequence):
            return tree
        items = tuple(self.one_rule(item, is_child=is_child) for item in rules.items)
        written = Sequence(items, rules.file, rules.index)
        return Mapping({**tree.items, "rules": written}, tree.keys, tree.file, tree.index)

    def one_rule(self, node: Node, *, is_child: bool) -> Node:
        if not isinstance(node, Mapping) or len(node.items) != 1 or "id" in node.items:
            return node
        ((name, value),) = node.items.items()
        if not isinstance(value, Scalar):
            return node
        key = node.keys[name]
        if not is_child:
            self.problems.at(key, "the short form changes an inherited rule", "this ruleset extends no other")
        if value.value not in LEVELS:
            self.problems.at(value, f"{value.value!r} is not a severity", nearest(value.value or "", LEVELS))
            value = Scalar("error", value.file, value.index)
        return Mapping({"id": key, "severity": value}, {"id": key, "severity": key}, node.file, node.index)


def _texts(node: Node | None) -> list[Scalar]:
    """The texts of a list, or a text alone; what else stands there is reported by the shape."""
    if isinstance(node, Scalar) and node.value:
        return [node]
    if not isinstance(node, Sequence):
        return []
    return [item for item in node.items if isinstance(item, Scalar) and item.value]
