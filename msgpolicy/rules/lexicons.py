"""The concepts and lists that rules name: shipped ones from their files, and what a ruleset adds, removes or defines.

A file is read when a rule first names it. Phrases of shipped lexicons are checked one by one only by
`check_vocabulary` (the tests and `msgpolicy test` call it): that takes longer than all the rest of loading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from msgpolicy.facts.words.variants import check_phrase
from msgpolicy.rules.changes import changed
from msgpolicy.rules.files import LANGUAGES, load_bytes, shipped_folder, shipped_words
from msgpolicy.rules.located import File, Node, Scalar, Sequence, plain, read_kept
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.merge import Merged, merged_list
from msgpolicy.rules.model import LanguagesFile, LexiconFile, ListFile, Phrases
from msgpolicy.rules.problems import Problems, RulesetError, RulesetProblem
from msgpolicy.rules.texts import is_language
from msgpolicy.typed import FrozenDict, build, nearest

# Phrases that a ruleset may bring itself; each costs about a fifth of a millisecond.
MAX_OWN_PHRASES = 20_000
T = TypeVar("T", LexiconFile, ListFile)


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A concept with its phrases by language; `not_` are phrases that only look like it."""

    name: str
    title: str
    phrases: Mapping[str, tuple[str, ...]]
    not_: Mapping[str, tuple[str, ...]] = FrozenDict()


_Nodes = dict[str, Sequence]  # phrases by language


class _Source(msgspec.Struct):
    """A concept while changes are applied."""

    title: str
    phrases: _Nodes
    not_: _Nodes


class Vocabulary:
    """Concepts and lists by name, each read once. Mistakes in what is read are collected."""

    def __init__(self, merged: Merged, problems: Problems) -> None:
        self._merged = merged
        self._problems = problems
        folder = shipped_folder()
        self._folders = {"concept": folder / "lexicons", "list": folder / "lists"}
        self.shipped = {"concept": shipped_words("lexicons"), "list": shipped_words("lists")}
        self._own: dict[str, Mapping[str, Any]] = {"concept": merged.concepts, "list": merged.lists}
        self.files: list[File] = []
        self._concepts: dict[str, Concept] = {}
        self._lists: dict[str, tuple[str, ...]] = {}
        self._read: set[tuple[str, str]] = set()
        self._own_phrases = 0
        self._used: dict[str, set[str]] = {"concept": set(), "list": set()}

    def use(self, kind: str, name: str) -> str | None:
        """Reads the concept or list that a rule names. None when there is one, else a hint (may be empty)."""
        known = {*self.shipped[kind], *self._own[kind]}
        if name not in known:
            return nearest(name, sorted(known))
        self._used[kind].add(name)
        self._get(kind, name)
        return None

    def read_own(self) -> None:
        """Reads what the ruleset itself defines or changes, so that mistakes there show even if no rule names it."""
        for kind, own in self._own.items():
            for name in own:
                self._get(kind, name)

    def concepts_used(self) -> dict[str, Concept]:
        """The concepts that rules name, by name."""
        return {name: concept for name, concept in sorted(self._concepts.items()) if name in self._used["concept"]}

    def lists_used(self) -> dict[str, tuple[str, ...]]:
        """The lists that rules name, by name."""
        return {name: items for name, items in sorted(self._lists.items()) if name in self._used["list"]}

    def _get(self, kind: str, name: str) -> None:
        if (kind, name) in self._read:
            return
        self._read.add((kind, name))
        if kind == "concept":
            self._read_concept(name)
        else:
            self._read_list(name)

    # --- concepts -----------------------------------------------------------------------------------------------------

    def _read_concept(self, name: str) -> None:
        found = self.shipped_file("concept", name, LexiconFile)
        entries = self._merged.concepts.get(name, [])
        source = None
        if found:
            tree, file = found
            if not entries:
                self._concepts[name] = _concept(name, file.title, file.phrases, file.not_ or {})
                return
            source = _Source(file.title, _by_language(tree.get("phrases")), _by_language(tree.get("not")))
        for entry in entries:
            source = self._changed(name, source, entry)
        if source is None:
            return
        phrases = self._checked(source.phrases, entries[-1])
        not_ = self._checked(source.not_, entries[-1])
        self._concepts[name] = _concept(name, source.title, phrases, not_)

    def _changed(self, name: str, source: _Source | None, entry: MappingNode) -> _Source | None:
        title = entry.get("title")
        changes = [key for key in ("add", "remove") if key in entry.items]
        if "phrases" in entry.items:
            if changes:
                self._problems.at(entry.keys[changes[0]], "the concept is defined here, so there is nothing to change")
            source = _Source(name, {}, {})
        elif source is None:
            self._problems.at(entry, f"the concept {name!r} has no phrases", "there is none of that name to change")
            return None
        source = _Source(source.title, dict(source.phrases), dict(source.not_))
        if isinstance(title, Scalar) and title.value:
            source.title = title.value
        source.phrases.update(_by_language(entry.get("phrases")))
        self._change(source.phrases, entry, "remove", "remove")
        self._change(source.phrases, entry, "add", "add")
        self._change(source.not_, entry, "not", "add")
        return source

    def _change(self, phrases: _Nodes, entry: MappingNode, key: str, how: str) -> None:
        for language, node in _by_language(entry.get(key)).items():
            base = phrases.get(language) or Sequence((), node.file, node.index)
            change = MappingNode({how: node}, {how: entry.keys[key]}, node.file, node.index)
            phrases[language] = changed(base, change, self._problems)

    def _checked(self, phrases: _Nodes, place: Node) -> Phrases:
        """The phrases, after a look at those that stand in a ruleset; `place` is where it says something of them."""
        own = {
            language: Sequence(tuple(n for n in node.items if not self._is_shipped(n.file)), node.file, node.index)
            for language, node in phrases.items()
        }
        self._own_phrases += sum(len(node.items) for node in own.values())
        if self._own_phrases > MAX_OWN_PHRASES:
            self._problems.at(place, f"the ruleset has more than {MAX_OWN_PHRASES:,} phrases of its own")
        else:
            report_phrases(own, self._problems)
        return {language: tuple(str(value) for value in plain(node)) for language, node in phrases.items()}

    # --- lists --------------------------------------------------------------------------------------------------------

    def _read_list(self, name: str) -> None:
        found = self.shipped_file("list", name, ListFile)
        items = found[0].get("items") if found else None
        base = items if isinstance(items, Sequence) else None
        merged = merged_list(base, self._merged.lists.get(name, []), self._problems)
        if merged is not None:
            _report_repeated(merged, self._problems)
            self._lists[name] = tuple(str(value) for value in plain(merged))

    # --- files --------------------------------------------------------------------------------------------------------

    def _is_shipped(self, file: File) -> bool:
        return any(file is known for known in self.files)

    def shipped_file(self, kind: str, name: str, shape: type[T]) -> tuple[MappingNode, T] | None:
        """A shipped file, as a tree and as data; None when there is none or it has mistakes, which are collected."""
        if name not in self.shipped[kind]:
            return None
        path = self._folders[kind] / f"{name}.yaml"
        found = _read_shipped(path, load_bytes(path), kind, shape)
        self.files.append(found.file)
        self._problems.add(found.problems)
        return None if found.problems else (found.tree, found.value)


class _Shipped(NamedTuple):
    """A shipped file, as a tree and as data, or what is wrong with it."""

    file: File
    tree: Any
    value: Any
    problems: Problems


# Rulesets share their lexicons: each is read once in a process, until it changes.
@lru_cache(maxsize=256)
def _read_shipped(path: Path, data: bytes, kind: str, shape: type[Any]) -> _Shipped:
    problems = Problems()
    file, tree = read_kept(str(path), data, problems.report)
    if tree is None:
        return _Shipped(file, None, None, problems)
    value, found = build(shape, plain(tree), lax=True)
    problems.of(tree, found)
    if value is not None and getattr(value, kind) != path.stem and isinstance(tree, MappingNode):
        problems.at(tree.items[kind], f"the file's name says {path.stem!r}")
    return _Shipped(file, tree, value, problems)


@cache
def function_words() -> Mapping[str, tuple[str, ...]]:
    """The words by which each language is recognised, by language (rulesets/lexicons/languages.yaml).

    Raises:
        RulesetError: the file cannot be used.
    """
    problems = Problems()
    path = shipped_folder() / "lexicons" / f"{LANGUAGES}.yaml"
    _, tree = read_kept(str(path), load_bytes(path), problems.report)
    value, found = build(LanguagesFile, plain(tree), lax=True) if tree else (None, [])
    if tree:
        problems.of(tree, found)
    if value is None:
        raise RulesetError(problems.sorted())
    return FrozenDict({language: entry.words for language, entry in value.languages.items()})


def check_vocabulary() -> list[RulesetProblem]:
    """Every mistake in the shipped lexicons and lists, phrase by phrase."""
    problems = Problems()
    empty = File("", "")
    vocabulary = Vocabulary(Merged(Path(), MappingNode({}, {}, empty, 0), complete=True), problems)
    for name in vocabulary.shipped["concept"]:
        lexicon = vocabulary.shipped_file("concept", name, LexiconFile)
        if lexicon:
            report_phrases(_by_language(lexicon[0].get("phrases")), problems)
            report_phrases(_by_language(lexicon[0].get("not")), problems)
    for name in vocabulary.shipped["list"]:
        listed = vocabulary.shipped_file("list", name, ListFile)
        if listed and isinstance(items := listed[0].get("items"), Sequence):
            _report_repeated(items, problems)
    return problems.sorted()


def report_phrases(phrases: _Nodes, problems: Problems) -> None:
    """Reports phrases that cannot be read or stand twice in a language, and what is no language tag."""
    for language, node in phrases.items():
        if not is_language(language):
            problems.at(node, f"{language!r} is not a language tag", "such as en, de or pt-BR")
            continue
        _report_repeated(node, problems)
        for item in node.items:
            if not isinstance(item, Scalar) or not item.value:
                problems.at(item, "expected a phrase", "put it in quotes")
            elif wrong := check_phrase(item.value, language):
                problems.at(item, f"the phrase {_short(item.value)!r} cannot be read: {wrong}")


def _report_repeated(node: Sequence, problems: Problems) -> None:
    texts = [(item, item.value) for item in node.items if isinstance(item, Scalar)]
    counts = Counter(value for _, value in texts)
    first: dict[str | None, Scalar] = {}
    for item, value in texts:
        if counts[value] > 1:
            if value in first:
                line, column = first[value].file.place(first[value].index)
                problems.at(item, f"{_short(value)!r} stands here twice", f"first at {line}:{column}")
            else:
                first[value] = item


def _concept(name: str, title: str, phrases: Phrases, not_: Phrases) -> Concept:
    return Concept(name=name, title=title, phrases=FrozenDict(phrases), not_=FrozenDict(not_))


def _by_language(node: Node | None) -> _Nodes:
    return dict(_sequences(node))


def _sequences(node: Node | None) -> Iterator[tuple[str, Sequence]]:
    if isinstance(node, MappingNode):
        for language, listed in node.items.items():
            if isinstance(listed, Sequence):
                yield language, listed


def _short(value: str | None) -> str:
    text = value or ""
    return text if len(text) <= 60 else text[:60] + "…"
