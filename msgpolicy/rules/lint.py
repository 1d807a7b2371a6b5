"""What in a ruleset is no mistake but does nothing, or shows nothing: for its author, beside the examples.

Only what stands in the file itself is looked at, and for a shipped ruleset also the lexicons. Each finding has a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from msgpolicy.facts.words.phrase_cover import covered
from msgpolicy.facts.words.phrases import PhraseError
from msgpolicy.rules.files import load_bytes, shipped_folder, shipped_rulesets, shipped_words
from msgpolicy.rules.load import Loaded, load_with_files
from msgpolicy.rules.located import File, Node, Scalar, Sequence, plain, read
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.params import named_in
from msgpolicy.rules.problems import Problems, RulesetProblem
from msgpolicy.rules.ruleset import Case, Rule
from msgpolicy.rules.settings import BRAND_NAMES
from msgpolicy.typed import nearest

# Keys of a change to an inherited rule that make it judge otherwise, so that an example should show it.
_JUDGING = ("check", "across", "with", "when", "severity_when", "revisions", "allow")


def lint_ruleset(ref: str | Path, *, lexicons: bool = False) -> list[RulesetProblem]:
    """What in a ruleset file has no effect, or is shown by no example; a file and what it extends are sound.

    Named are: settings, concepts, lists and sources that nothing uses; what is added to a list that has it already;
    phrases that others of their concept and language cover; names for a rule that reads no phrases; changed rules
    without an example of the change; examples that stand twice or contradict each other.

    Args:
        lexicons: of a shipped ruleset, whether the phrases of the shipped lexicons are looked at too (some seconds).

    Raises:
        RulesetError: the ruleset cannot be used; every mistake is listed.
    """
    loaded = load_with_files(ref)
    return _Lint(loaded).problems(lexicons=lexicons and loaded.ruleset.name in shipped_rulesets())


class _Lint:
    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.ruleset = loaded.ruleset
        self.head = loaded.layers.layers[-1]
        self.found = Problems()

    def problems(self, *, lexicons: bool) -> list[RulesetProblem]:
        self.settings()
        self.words()
        self.sources()
        for entry in _mappings(self.head.tree.get("rules")):
            self.rule(entry)
        for rule in self.ruleset.rules:
            self.examples(rule)
        for name, concept in _items(self.head.tree.get("concepts")):
            self.phrases(name, concept)
        idle = [found for found in self.loaded.idle.sorted() if found.file == self.head.file.path]
        if lexicons:
            for name in shipped_words("lexicons"):
                self.lexicon(shipped_folder() / "lexicons" / f"{name}.yaml")
        own = [found for found in self.found.sorted() if found.file == self.head.file.path]
        elsewhere = [found for found in self.found.sorted() if found.file != self.head.file.path]
        return sorted({*idle, *own}, key=lambda found: (found.line or 0, found.column or 0)) + elsewhere

    # --- names that nothing uses --------------------------------------------------------------------------------------

    def settings(self) -> None:
        readers: dict[str, list[Rule]] = {}
        for rule in self.ruleset.rules:
            for name in rule.settings:
                readers.setdefault(name, []).append(rule)
        known = self.loaded.merged.settings
        for name, key in _keys(self.head.tree.get("settings")):
            if name == BRAND_NAMES:
                continue
            if name not in readers:
                others = [other for other in known if other != name and known[other].key.file is not self.head.file]
                close = nearest(name, others)
                hint = close if close.startswith("did") else f"{{setting: {name}}} in a rule's with or when"
                self.found.at(key, f"no rule uses the setting {name!r}", hint)
            elif all(version.severity == "off" for rule in readers[name] for version in rule.versions):
                off = ", ".join(rule.id for rule in readers[name])
                self.found.at(key, f"every rule that uses the setting {name!r} is off", off)

    def words(self) -> None:
        """Concepts and lists."""
        for kind, used in (("concept", self.ruleset.concepts), ("list", self.ruleset.lists)):
            for name, key in _keys(self.head.tree.get(f"{kind}s")):
                if name not in used:
                    self.found.at(key, f"no rule uses the {kind} {name!r}")

    def sources(self) -> None:
        merged = self.loaded.merged
        places: list[MappingNode] = list(merged.rules.values())
        places += [revision for rule in places for revision in _mappings(rule.get("revisions"))]
        places += [setting.definition for setting in merged.settings.values()]
        used = {text for place in places for text in _texts(place.get("source"))}
        for name, key in _keys(self.head.tree.get("sources")):
            if name not in used:
                self.found.at(key, f"nothing uses the source {name!r}")

    # --- rules --------------------------------------------------------------------------------------------------------

    def rule(self, entry: MappingNode) -> None:
        given = entry.get("id")
        if not isinstance(given, Scalar) or not given.value:
            return
        rule = self.ruleset.rule(given.value)
        changed = [key for key in _JUDGING if key in entry.items]
        if "check" not in entry.items and changed and "examples" not in entry.items:
            what = " and ".join(changed)
            self.found.at(given, f"no example shows what the changed {what} of {rule.id!r} does", "examples: […]")
        allow = entry.get("allow")
        reads_phrases = any(kind == "concept" for kind, _ in named_in(rule.newest.params))
        if isinstance(allow, MappingNode) and "names" in allow.items and not reads_phrases:
            self.found.at(allow.keys["names"], f"the rule {rule.id!r} reads no phrases, so names change nothing in it")

    def examples(self, rule: Rule) -> None:
        listed = self.loaded.merged.rules[rule.id].get("examples")
        nodes = listed.items if isinstance(listed, Sequence) else ()
        seen: dict[bytes, Case] = {}
        for node, case in zip(nodes, rule.examples, strict=True):
            shown = [case.record, case.others, case.as_of, case.settings, case.template]
            same = msgspec.json.encode(shown, order="deterministic")
            first = seen.setdefault(same, case)
            if first is case or node.file is not self.head.file:
                continue
            if first.expect == case.expect:
                self.found.at(node, f"the rule {rule.id!r} has this example already", f"at {first.place}")
            else:
                self.found.at(node, f"another example of {rule.id!r} says that this is to {first.expect}", first.place)

    # --- phrases ------------------------------------------------------------------------------------------------------

    def phrases(self, name: str, entry: Node) -> None:
        concept = self.ruleset.concepts.get(name)
        if concept is None or not isinstance(entry, MappingNode):
            return
        for keys, effective in ((("phrases", "add"), concept.phrases), (("not",), concept.not_)):
            for key in keys:
                for language, node in _items(entry.get(key)):
                    own = {item.value: item for item in _scalars(node) if item.value}
                    # Own phrases last: of two that match the same the inherited one stays.
                    others = [phrase for phrase in effective.get(language, ()) if phrase not in own]
                    self.covered([*others, *own], own, language)

    def lexicon(self, path: Path) -> None:
        _, tree = read(str(path), load_bytes(path), _ignore)
        for side in ("phrases", "not"):
            for language, node in _items(tree.get(side) if isinstance(tree, MappingNode) else None):
                own = {item.value: item for item in _scalars(node) if item.value}
                self.covered(list(own), own, language)

    def covered(self, phrases: list[str], own: Mapping[str, Scalar], language: str) -> None:
        try:
            found = covered(phrases, language)
        except PhraseError:  # a language that the file does not check
            return
        for index, other in sorted(found.items()):
            if (node := own.get(phrases[index])) is not None:
                text = f"the phrase {phrases[index]!r} is covered"
                self.found.at(node, text, f"by {_short(phrases[other])!r}")


def _ignore(_file: File, _index: int, _message: str, _hint: str) -> None:
    """Mistakes of shipped lexicons are told by check_vocabulary."""


def _items(node: Node | None) -> Iterable[tuple[str, Node]]:
    return node.items.items() if isinstance(node, MappingNode) else ()


def _keys(node: Node | None) -> Iterable[tuple[str, Scalar]]:
    return node.keys.items() if isinstance(node, MappingNode) else ()


def _mappings(node: Node | None) -> Iterator[MappingNode]:
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, MappingNode))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Scalar))


def _texts(node: Node | None) -> Iterator[str]:
    data = None if node is None else plain(node)
    yield from (item for item in (data if isinstance(data, list) else [data]) if isinstance(item, str))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
