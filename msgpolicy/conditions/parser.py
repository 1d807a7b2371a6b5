"""From plain data, as YAML gives it, to a condition; every mistake with its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import regex

from msgpolicy.conditions.fields import FIELDS, VALUES
from msgpolicy.conditions.nodes import All, Condition, Either, Known, Leaf, Not
from msgpolicy.typed import Problem, nearest

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
ORDERINGS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "more_than": ("more than", lambda a, b: bool(a > b)),
    "at_least": ("at least", lambda a, b: bool(a >= b)),
    "less_than": ("less than", lambda a, b: bool(a < b)),
    "at_most": ("at most", lambda a, b: bool(a <= b)),
}
_FIELD_OPERATORS = ("in", "known", "matches", "not", "not_in", *ORDERINGS)


def parse_duration(text: str) -> timedelta:
    """A length of time such as `24 hours` or `30 days` (units: seconds, minutes, hours, days, weeks).

    Raises:
        ValueError: not a number and a unit.
    """
    number, _, unit = str(text).strip().partition(" ")
    seconds = _UNITS.get(unit.strip().removesuffix("s"))
    if seconds is None or not number.isdecimal() or len(number) > 6:
        raise ValueError(f"{text!r} is not a length of time")
    return timedelta(seconds=int(number) * seconds)


def parse_condition(data: Any) -> tuple[Condition | None, list[Problem]]:
    """A condition from plain data (scalars may be strings), or None and every mistake with its path."""
    problems: list[Problem] = []
    condition = _Parser(problems).mapping(data, ())
    condition.data = data
    return (None, problems) if problems else (condition, [])


def compiled(data: Any) -> Condition:
    """The condition of data that was parsed before, when the ruleset was loaded.

    Raises:
        ValueError: the data has mistakes after all.
    """
    condition, problems = parse_condition(data)
    if condition is None:
        raise ValueError("; ".join(map(str, problems)))
    return condition


class _Parser:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def problem(self, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.problems.append(Problem(path, message, hint))

    def mapping(self, data: Any, path: tuple[str | int, ...]) -> Condition:
        if len(path) > 20:
            self.problem(path, "the condition is nested too deeply")
        elif not isinstance(data, Mapping) or not data:
            self.problem(path, "expected a mapping of fields to conditions", "such as {direction: seller_to_buyer}")
        else:
            parts = [self.entry(str(key), value, (*path, str(key))) for key, value in data.items()]
            return parts[0] if len(parts) == 1 else All(tuple(parts))
        return All(())

    def entry(self, key: str, value: Any, path: tuple[str | int, ...]) -> Condition:
        if key in ("all", "any"):
            if not isinstance(value, list | tuple) or not value:
                self.problem(path, "expected a list of conditions")
                return All(())
            parts = tuple(self.mapping(item, (*path, index)) for index, item in enumerate(value))
            return All(parts) if key == "all" else Either(parts)
        if key == "not":
            return Not(self.mapping(value, path))
        if key == "elapsed":
            return self.elapsed(value, path)
        if not self.known_field(key, path):
            return All(())
        return self.field(key, value, path)

    def known_field(self, name: Any, path: tuple[str | int, ...]) -> bool:
        if isinstance(name, str) and name in FIELDS:
            return True
        self.problem(path, f"{name!r} is not a field of a message", nearest(str(name), FIELDS))
        return False

    def field(self, name: str, value: Any, path: tuple[str | int, ...]) -> Condition:
        if not isinstance(value, Mapping):
            return self.equality(name, value, path, negated=False)
        parts = []
        for operator, operand in value.items():
            here = (*path, str(operator))
            if operator in ("in", "not"):
                parts.append(self.equality(name, operand, here, negated=operator == "not"))
            elif operator == "not_in":
                parts.append(self.membership(name, operand, here))
            elif operator == "matches":
                parts.append(self.pattern(name, operand, here))
            elif operator == "known":
                parts.append(Known(name, self.truth(operand, here)))
            elif operator in ORDERINGS:
                parts.append(self.ordering(name, str(operator), operand, here))
            else:
                self.problem(here, "unknown comparison", nearest(str(operator), _FIELD_OPERATORS))
        if not parts:
            return All(())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def equality(self, name: str, value: Any, path: tuple[str | int, ...], *, negated: bool) -> Condition:
        values = list(value) if isinstance(value, list | tuple) else [value]
        if not values or any(isinstance(item, Mapping | list | tuple) or item is None for item in values):
            self.problem(path, "expected a value or a list of values", "use {known: false} for an absent field")
            return All(())
        wanted = frozenset(comparable(item) for item in values)
        possible = ("true", "false") if FIELDS[name] is bool else VALUES.get(name, ())
        for item in sorted(wanted - set(possible)) if possible else ():
            self.problem(path, f"{name} is never {item!r}", nearest(item, possible))
        verb = "is not" if negated else "is"
        shown = " or ".join(str(item) for item in values)
        return Leaf((name,), lambda actual: (comparable(actual) in wanted) is not negated, f"{name} {verb} {shown}")

    def membership(self, name: str, other: Any, path: tuple[str | int, ...]) -> Condition:
        if isinstance(other, list | tuple):
            if not other:
                return All(())  # nothing is in an empty list, whatever the field holds
            return self.equality(name, other, path, negated=True)
        if not self.known_field(other, path):
            return All(())
        return Leaf(
            (name, other),
            lambda actual, listed: comparable(actual) not in {comparable(item) for item in listed},
            f"{name} is not in {other}",
        )

    def pattern(self, name: str, text: Any, path: tuple[str | int, ...]) -> Condition:
        try:
            compiled = regex.compile(str(text), regex.IGNORECASE)
        except (regex.error, RecursionError) as error:
            self.problem(path, f"the pattern does not compile: {error}")
            return All(())
        return Leaf(
            (name,),
            lambda actual: compiled.search(str(actual)[:10_000], timeout=1.0) is not None,
            f"{name} matches {text}",
        )

    def truth(self, value: Any, path: tuple[str | int, ...]) -> bool:
        plain = comparable(value)
        if plain not in ("true", "false"):
            self.problem(path, "expected true or false")
        return plain == "true"

    def ordering(self, name: str, operator: str, operand: Any, path: tuple[str | int, ...]) -> Condition:
        words, compare = ORDERINGS[operator]
        paths, compute, text = self.number(operand, path)
        return Leaf(
            (name, *paths), lambda actual, *others: compare(actual, compute(*others)), f"{name} is {words} {text}"
        )

    def number(self, data: Any, path: tuple[str | int, ...]) -> tuple[tuple[str, ...], Callable[..., float], str]:
        """An operand: a number, a field, or the sum or product of operands."""
        if isinstance(data, Mapping) and len(data) == 1 and (key := next(iter(data))) in ("sum", "product"):
            items = data[key]
            if isinstance(items, list | tuple) and items:
                return self.arithmetic(str(key), items, (*path, str(key)))
        if isinstance(data, int | float) and not isinstance(data, bool):
            return (), lambda: float(data), f"{data:g}"
        if isinstance(data, str):
            try:
                value = float(data)
            except ValueError:
                if self.known_field(data, path):
                    return (data,), float, data
                return (), lambda: 0.0, data
            return (), lambda: value, data
        self.problem(path, "expected a number, a field, {sum: […]} or {product: […]}")
        return (), lambda: 0.0, ""

    def arithmetic(
        self, kind: str, items: Any, path: tuple[str | int, ...]
    ) -> tuple[tuple[str, ...], Callable[..., float], str]:
        operands = [self.number(item, (*path, index)) for index, item in enumerate(items)]
        paths = tuple(name for names, _, _ in operands for name in names)

        def compute(*values: float) -> float:
            result = 0.0 if kind == "sum" else 1.0
            taken = 0
            for names, inner, _ in operands:
                part = inner(*values[taken : taken + len(names)])
                taken += len(names)
                result = result + part if kind == "sum" else result * part
            return result

        sign = " + " if kind == "sum" else " × "
        return paths, compute, sign.join(text for _, _, text in operands)

    def elapsed(self, data: Any, path: tuple[str | int, ...]) -> Condition:
        if not isinstance(data, Mapping) or set(data) - {"from", "to", *ORDERINGS} or not {"from", "to"} <= set(data):
            self.problem(
                path, "expected from, to and a length of time", "{from: field, to: field, more_than: 24 hours}"
            )
            return All(())
        start, end = data["from"], data["to"]
        for key in ("from", "to"):
            if self.known_field(data[key], (*path, key)) and FIELDS[data[key]] is not datetime:
                self.problem((*path, key), f"{data[key]} is not a time")
        parts: list[Condition] = []
        for operator in (key for key in data if key in ORDERINGS):
            try:
                limit = parse_duration(data[operator])
            except ValueError as error:
                self.problem((*path, str(operator)), str(error), "such as 24 hours or 30 days")
                continue
            words, compare = ORDERINGS[operator]
            parts.append(
                Leaf(
                    (start, end),
                    lambda a, b, compare=compare, limit=limit: compare(b - a, limit),
                    f"from {start} to {end} it is {words} {data[operator]}",
                )
            )
        if not parts:
            self.problem(path, "says no length of time", "add more_than, at_least, less_than or at_most")
        return parts[0] if len(parts) == 1 else All(tuple(parts))


def comparable(value: Any) -> str:
    """How values are compared: as text without case; an address without its display name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).strip().casefold()
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1].strip()
    return text
