"""Conditions inside a ruleset: parsed with the values of its settings, mistakes shown where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgpolicy.conditions import Condition, parse_condition
from msgpolicy.rules.located import Node, find
from msgpolicy.rules.patterns import pattern_mistake
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.settings import Value, is_open
from msgpolicy.typed import Path, Problem


def read_condition(
    data: Any, place: Node, values: Mapping[str, Value], problems: Problems, path: Path = ()
) -> Condition | None:
    """The condition that `data` is, or None and every mistake reported. `data` stands at `path` in the tree `place`."""
    found = list(_pattern_mistakes(data, ()))
    condition = None
    if not found:
        try:
            condition, found = parse_condition(data)
        except (TypeError, OverflowError, RecursionError):  # a value of a shape that no condition has
            found = [Problem((), "the condition cannot be read", "such as {direction: seller_to_buyer}")]
    problems.of(place, (p for p in found if not is_open(find(place, (*path, *p.path)), values)), path)
    return condition


def _pattern_mistakes(data: Any, path: Path) -> Iterator[Problem]:
    """Patterns that do not compile or may take long; asked first, since to compile one can already be too much."""
    if isinstance(data, dict):
        for key, item in data.items():
            mistake = pattern_mistake(item) if key == "matches" and isinstance(item, str) else None
            if mistake:
                yield Problem((*path, key), *mistake)
            yield from _pattern_mistakes(item, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _pattern_mistakes(item, (*path, index))
