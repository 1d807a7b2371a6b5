"""Reads a suppressions file; every mistake is listed at once, with its place and the nearest valid name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgpolicy.rules import Ruleset, RulesetError
from msgpolicy.rules.located import Limits, Mapping, Node, plain, read
from msgpolicy.rules.located import Sequence as ListNode
from msgpolicy.rules.problems import MAX_PROBLEMS, Problems
from msgpolicy.suppressions.apply import Key, Suppression, Suppressions
from msgpolicy.suppressions.model import SCOPES, SuppressionEntry, SuppressionsFile
from msgpolicy.typed import build, nearest

# Room for more than a hundred thousand exceptions.
LIMITS = Limits(bytes=64_000_000, nodes=3_000_000, hint="so many exceptions are a change of the rules: see extends")


class SuppressionsError(RulesetError):
    """The ruleset is sound, but the suppressions file is not; `problems` lists every mistake."""


def load_suppressions(path: str | Path, *rulesets: Ruleset) -> Suppressions:
    """The exceptions in a file, for the rules of these rulesets: the linter's own, and those that it routes to.

    Raises:
        SuppressionsError: the file cannot be used; every mistake is listed with file, line and column.
    """
    problems = Problems()
    reader = _Reader(str(path), rulesets, problems)
    found = reader.read(Path(path))
    if problems or found is None:
        raise SuppressionsError(problems.sorted())
    return found


class _Reader:
    def __init__(self, shown: str, rulesets: Sequence[Ruleset], problems: Problems) -> None:
        self.shown = shown
        self.problems = problems
        self.entries: list[Suppression] = []
        self.seen: dict[Key, Suppression] = {}
        self.rulesets = rulesets
        # The ids that each name stands for, and those that may be suppressed in some ruleset.
        self.names: dict[str, set[str]] = {}
        self.open: set[str] = set()
        self.locked: dict[str, frozenset[str]] = {}
        for ruleset in rulesets:
            for rule in ruleset.rules:
                for name in (rule.id, *rule.aliases):
                    self.names.setdefault(name, set()).add(rule.id)
                if rule.suppressible != "never":
                    self.open.add(rule.id)
            self.locked[ruleset.name] = frozenset(rule.id for rule in ruleset.rules if rule.suppressible == "never")

    def read(self, path: Path) -> Suppressions | None:
        try:
            with path.open("rb") as stream:
                data = stream.read(LIMITS.bytes + 1)
        except FileNotFoundError:
            self.problems.outside(self.shown, "there is no such file")
            return None
        except IsADirectoryError:
            self.problems.outside(self.shown, "it is a folder: name the file in it")
            return None
        except OSError as error:
            self.problems.outside(self.shown, f"the file cannot be read: {error.strerror}")
            return None
        file, tree = read(self.shown, data, self.problems.report, LIMITS)
        if tree is None:
            return None
        if not isinstance(tree, Mapping):
            self.problems.at(tree, "a suppressions file is a mapping", "it starts with schema: 1")
            return None
        self._head(tree)
        listed = tree.get("suppressions")
        for node in listed.items if isinstance(listed, ListNode) else ():
            if len(self.problems) > MAX_PROBLEMS:
                break
            self._entry(node)
        return Suppressions(self.shown, f"sha256:{file.sha256}", self.entries, self.locked)

    def _head(self, tree: Mapping) -> None:
        """What stands around the entries; these are read one by one."""
        head = {key: () if isinstance(node, ListNode) else plain(node) for key, node in tree.items.items()}
        self.problems.of(tree, build(SuppressionsFile, head, lax=True)[1])

    def _entry(self, node: Node) -> None:
        entry, found = build(SuppressionEntry, plain(node), lax=True)
        self.problems.of(node, found)
        if not isinstance(node, Mapping):
            return
        rules = self._rules(node)
        if not any(scope in node.items and plain(node.items[scope]) is not None for scope in SCOPES):
            hint = f"add at least one of {', '.join(SCOPES)}"
            self.problems.at(node, "the exception is limited to nothing", hint)
            return
        if entry is None or not rules:
            return
        if entry.created is not None and entry.until <= entry.created:
            self.problems.at(node.items["until"], f"the exception ends before it was made, on {entry.created}")
        line, _ = node.file.place(node.index)
        suppression = Suppression(entry=entry, rules=rules, file=self.shown, line=line)
        for key in suppression.keys:
            first = self.seen.setdefault(key, suppression)
            if first is not suppression:
                hint = "keep one of them; to renew an exception, change its reason and its end"
                self.problems.at(node, f"the same exception stands on line {first.line}", hint)
                return
        self.entries.append(suppression)

    def _rules(self, node: Mapping) -> frozenset[str]:
        """The ids that the entry's rule stands for; empty where it names none that may be suppressed."""
        written = node.get("rule")
        name = plain(written) if written is not None else None
        if written is None or not isinstance(name, str):
            return frozenset()
        ids = self.names.get(name, set())
        where = ", ".join(self.locked)
        if not ids:
            hint = "one entry for each rule" if "*" in name else nearest(name, self.names)
            self.problems.at(written, f"there is no rule {name!r} in {where}", hint)
        elif not ids & self.open:
            hint = "the rule is suppressible: never; mend the message"
            self.problems.at(written, f"the rule {name!r} cannot be suppressed", hint)
        return frozenset(ids & self.open)
