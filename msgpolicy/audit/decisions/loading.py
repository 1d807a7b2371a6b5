"""Reads a decisions file; every mistake is listed at once, with its line, its column and the nearest valid name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgpolicy.audit.decisions.model import Decision, problems_of
from msgpolicy.inputs.errors import InputError, Trouble, shown_name
from msgpolicy.inputs.files import numbered_lines, opened
from msgpolicy.inputs.located import JsonError, decode
from msgpolicy.inputs.record import line_places, troubles_of
from msgpolicy.rules import Ruleset
from msgpolicy.typed import Problem, RecordError, build, nearest

# Mistakes that are listed; the work ends behind them.
MOST_TROUBLES = 50
_EMPTY = "fill it in: a decision is worth what stands behind it"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, the ids that its rule's name stands for, and its line in the file (from 1)."""

    decision: Decision
    rules: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a file. `file` is its name as it is shown, `digest` is of its bytes."""

    file: str
    digest: str
    entries: tuple[Entry, ...]


def load_decisions(path: str, *rulesets: Ruleset) -> Decisions:
    """The decisions in a file, about rules of these rulesets.

    Raises:
        InputError: the file cannot be used; every mistake is listed with line and column.
    """
    reader = _Reader(shown_name(path), rulesets)
    digest = hashlib.sha256()
    with opened(path) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
        stream.seek(0)
        for line, text in numbered_lines(stream, reader.name):
            if len(reader.troubles) > MOST_TROUBLES:
                reader.troubles = [*reader.troubles[:MOST_TROUBLES], Trouble("and more")]
                break
            if isinstance(text, InputError):
                reader.troubles += text.troubles
            else:
                reader.read(text, line)
    if reader.troubles:
        raise InputError(reader.name, reader.troubles)
    return Decisions(reader.name, f"sha256:{digest.hexdigest()}", tuple(reader.entries))


class _Reader:
    def __init__(self, name: str, rulesets: Sequence[Ruleset]) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.troubles: list[Trouble] = []
        self._seen: dict[tuple[Any, ...], int] = {}
        # The ids that each name stands for, and those that may be set aside in every ruleset that has them.
        self._names: dict[str, set[str]] = {}
        for ruleset in rulesets:
            for rule in ruleset.rules:
                for known in (rule.id, *rule.aliases):
                    self._names.setdefault(known, set()).add(rule.id)
        self._locked = locked_rules(rulesets)

    def read(self, text: str, line: int) -> None:
        """One line of the file."""
        try:
            data, start = decode(text)
        except JsonError as error:
            hint = "one decision a line, as the report gives it"
            self.troubles.append(Trouble(f"not JSON: {error.why}", hint, line, error.offset + 1))
            return
        blank = [
            Problem((name,), "is empty", _EMPTY)
            for name in ("by", "when", "why")
            if isinstance(data, dict) and isinstance(data.get(name), str) and not data[name].strip()
        ]
        decision, problems = build(Decision, data)
        if decision is not None:
            problems = list(problems_of(decision))
        empty = {problem.path for problem in blank}
        problems = blank + [problem for problem in problems if problem.path not in empty]
        ids = frozenset[str]()
        if isinstance(data, dict) and isinstance(data.get("rule"), str):
            ids, wrong = self._rules(data["rule"])
            problems += wrong
        if decision is not None and not problems:
            first = self._seen.setdefault(decision.key, line)
            if first != line:
                problems = [Problem((), f"the same decision stands on line {first}", "keep one of them")]
        if problems or decision is None:
            self.troubles += troubles_of(RecordError(problems), line_places(text, start, line))
        else:
            self.entries.append(Entry(decision, ids, line))

    def _rules(self, name: str) -> tuple[frozenset[str], list[Problem]]:
        ids = frozenset(self._names.get(name, ()))
        if not ids:
            return ids, [Problem(("rule",), f"there is no rule {name!r}", nearest(name, self._names))]
        if ids & self._locked:
            hint = "the rule is suppressible: never; report a false alarm to the authors of the ruleset"
            return ids, [Problem(("rule",), f"the rule {name!r} is never set aside", hint)]
        return ids, []


def locked_rules(rulesets: Sequence[Ruleset]) -> frozenset[str]:
    """The ids of rules that no decision sets aside in any of these rulesets."""
    return frozenset(rule.id for ruleset in rulesets for rule in ruleset.rules if rule.suppressible == "never")
