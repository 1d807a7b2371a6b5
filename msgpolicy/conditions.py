"""Conditions over the fields of a message, with three values: true, false, unknown.

A rule's `when` and the `condition` check share this language:

```yaml
when:
  direction: seller_to_buyer                  # equals
  reason: [invoice, order_problem]            # one of
  order.status: {not: Canceled}               # neither equal to, nor one of a list
  sender: {not_in: account.approved_senders}  # compared with the list that another field holds
  history.sent_today: {more_than: {sum: [{product: [5, account.daily_order_average]}, 600]}}
  elapsed: {from: history.last_buyer_message_at, to: sent_at, more_than: 24 hours}
  any: [{order.custom: true}, {not: {order.channel: AFN}}]
```

All keys of a mapping must hold. A field that is absent makes its comparison unknown; `and`, `or`, `not` follow Kleene,
so that an unknown part does not matter where another part decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
import regex

from msgpolicy.message import Message
from msgpolicy.typed import Problem, nearest

__all__ = [
    "Condition",
    "Outcome",
    "Step",
    "compiled",
    "condition_schema",
    "field_paths",
    "parse_condition",
    "parse_duration",
]

Lookup = Callable[[str], Any]
"""Gives a field's value by its path, or None when it is not known."""


class Outcome(NamedTuple):
    """True, False or None (unknown), and the fields that would have to be known to tell."""

    value: bool | None
    needs: tuple[str, ...] = ()


class Step(NamedTuple):
    """One comparison of a condition, as `explain --message` shows it."""

    condition: str
    value: str
    outcome: bool | None


class Condition:
    """A node of a parsed condition; immutable and safe between threads."""

    __slots__ = ()

    def evaluate(self, lookup: Lookup) -> Outcome:
        raise NotImplementedError

    def steps(self, lookup: Lookup) -> Iterator[Step]:
        """Every comparison with the value it met."""
        raise NotImplementedError

    def fields(self) -> frozenset[str]:
        """The paths of all fields that the condition reads."""
        raise NotImplementedError


class _All(Condition):
    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def evaluate(self, lookup: Lookup) -> Outcome:
        return _combine(self.parts, lookup, decisive=False)

    def steps(self, lookup: Lookup) -> Iterator[Step]:
        for part in self.parts:
            yield from part.steps(lookup)

    def fields(self) -> frozenset[str]:
        return frozenset().union(*(part.fields() for part in self.parts))

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, _Any) else str(part) for part in self.parts)


class _Any(_All):
    __slots__ = ()

    def evaluate(self, lookup: Lookup) -> Outcome:
        return _combine(self.parts, lookup, decisive=True)

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, _All) else str(part) for part in self.parts)


class _Not(Condition):
    __slots__ = ("part",)

    def __init__(self, part: Condition) -> None:
        self.part = part

    def evaluate(self, lookup: Lookup) -> Outcome:
        value, needs = self.part.evaluate(lookup)
        return Outcome(None if value is None else not value, needs)

    def steps(self, lookup: Lookup) -> Iterator[Step]:
        for step in self.part.steps(lookup):
            flipped = None if step.outcome is None else not step.outcome
            yield Step(f"not ({step.condition})", step.value, flipped)

    def fields(self) -> frozenset[str]:
        return self.part.fields()

    def __str__(self) -> str:
        return f"not ({self.part})"


class _Leaf(Condition):
    """A comparison: `test` gets the values of `paths`, all of them known."""

    __slots__ = ("paths", "test", "text")

    def __init__(self, paths: tuple[str, ...], test: Callable[..., bool], text: str) -> None:
        self.paths = paths
        self.test = test
        self.text = text

    def evaluate(self, lookup: Lookup) -> Outcome:
        values = [lookup(path) for path in self.paths]
        needs = tuple(path for path, value in zip(self.paths, values, strict=True) if value is None)
        return Outcome(None, needs) if needs else Outcome(self.test(*values))

    def steps(self, lookup: Lookup) -> Iterator[Step]:
        shown = ", ".join(f"{path} = {_show(lookup(path))}" for path in self.paths)
        yield Step(self.text, shown, self.evaluate(lookup).value)

    def fields(self) -> frozenset[str]:
        return frozenset(self.paths)

    def __str__(self) -> str:
        return self.text


class _Known(_Leaf):
    """Whether a field is known; never unknown itself."""

    __slots__ = ("wanted",)

    def __init__(self, path: str, wanted: bool) -> None:
        super().__init__((path,), bool, f"{path} is {'known' if wanted else 'not known'}")
        self.wanted = wanted

    def evaluate(self, lookup: Lookup) -> Outcome:
        return Outcome((lookup(self.paths[0]) is not None) is self.wanted)


def _combine(parts: tuple[Condition, ...], lookup: Lookup, *, decisive: bool) -> Outcome:
    needs: dict[str, None] = {}
    unknown = False
    for part in parts:
        outcome = part.evaluate(lookup)
        if outcome.value is decisive:
            return Outcome(decisive)
        if outcome.value is None:
            unknown = True
            needs.update(dict.fromkeys(outcome.needs))
    return Outcome(None, tuple(needs)) if unknown else Outcome(not decisive)


def _show(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


# --- fields -----------------------------------------------------------------------------------------------------------


def field_paths() -> dict[str, type]:
    """Every field that a condition may read, with its plain type: `order.status`, `attachments.count`, …"""
    return dict(_FIELDS)


def _collect(cls: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, type]]:
    for name, hint in get_type_hints(cls).items():
        kind = (
            next((option for option in get_args(hint) if option is not type(None)), hint) if _optional(hint) else hint
        )
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from _collect(kind, f"{prefix}{name}.")
        elif name not in ("schema", "extra", "attachments"):
            origin = get_origin(kind)
            if origin is Literal:
                _VALUES[prefix + name] = tuple(str(value).casefold() for value in get_args(kind))
            yield prefix + name, str if origin is Literal else origin or kind
    if not prefix:
        yield "attachments.count", int


# The values of those fields that have a fixed list of them, without case.
_VALUES: dict[str, tuple[str, ...]] = {}


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


_FIELDS: dict[str, type] = dict(_collect(Message))


# --- parsing ----------------------------------------------------------------------------------------------------------

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_ORDERINGS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "more_than": ("more than", lambda a, b: bool(a > b)),
    "at_least": ("at least", lambda a, b: bool(a >= b)),
    "less_than": ("less than", lambda a, b: bool(a < b)),
    "at_most": ("at most", lambda a, b: bool(a <= b)),
}
_FIELD_OPERATORS = ("in", "known", "matches", "not", "not_in", *_ORDERINGS)


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
            return parts[0] if len(parts) == 1 else _All(tuple(parts))
        return _All(())

    def entry(self, key: str, value: Any, path: tuple[str | int, ...]) -> Condition:
        if key in ("all", "any"):
            if not isinstance(value, list | tuple) or not value:
                self.problem(path, "expected a list of conditions")
                return _All(())
            parts = tuple(self.mapping(item, (*path, index)) for index, item in enumerate(value))
            return _All(parts) if key == "all" else _Any(parts)
        if key == "not":
            return _Not(self.mapping(value, path))
        if key == "elapsed":
            return self.elapsed(value, path)
        if not self.known_field(key, path):
            return _All(())
        return self.field(key, value, path)

    def known_field(self, name: Any, path: tuple[str | int, ...]) -> bool:
        if isinstance(name, str) and name in _FIELDS:
            return True
        self.problem(path, f"{name!r} is not a field of a message", nearest(str(name), _FIELDS))
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
                parts.append(_Known(name, self.truth(operand, here)))
            elif operator in _ORDERINGS:
                parts.append(self.ordering(name, str(operator), operand, here))
            else:
                self.problem(here, "unknown comparison", nearest(str(operator), _FIELD_OPERATORS))
        if not parts:
            return _All(())
        return parts[0] if len(parts) == 1 else _All(tuple(parts))

    def equality(self, name: str, value: Any, path: tuple[str | int, ...], *, negated: bool) -> Condition:
        values = list(value) if isinstance(value, list | tuple) else [value]
        if not values or any(isinstance(item, Mapping | list | tuple) or item is None for item in values):
            self.problem(path, "expected a value or a list of values", "use {known: false} for an absent field")
            return _All(())
        wanted = frozenset(_plain(item) for item in values)
        possible = ("true", "false") if _FIELDS[name] is bool else _VALUES.get(name, ())
        for item in sorted(wanted - set(possible)) if possible else ():
            self.problem(path, f"{name} is never {item!r}", nearest(item, possible))
        verb = "is not" if negated else "is"
        shown = " or ".join(str(item) for item in values)
        return _Leaf((name,), lambda actual: (_plain(actual) in wanted) is not negated, f"{name} {verb} {shown}")

    def membership(self, name: str, other: Any, path: tuple[str | int, ...]) -> Condition:
        if isinstance(other, list | tuple):
            if not other:
                return _All(())  # nothing is in an empty list, whatever the field holds
            return self.equality(name, other, path, negated=True)
        if not self.known_field(other, path):
            return _All(())
        return _Leaf(
            (name, other),
            lambda actual, listed: _plain(actual) not in {_plain(item) for item in listed},
            f"{name} is not in {other}",
        )

    def pattern(self, name: str, text: Any, path: tuple[str | int, ...]) -> Condition:
        try:
            compiled = regex.compile(str(text), regex.IGNORECASE)
        except (regex.error, RecursionError) as error:
            self.problem(path, f"the pattern does not compile: {error}")
            return _All(())
        return _Leaf(
            (name,),
            lambda actual: compiled.search(str(actual)[:10_000], timeout=1.0) is not None,
            f"{name} matches {text}",
        )

    def truth(self, value: Any, path: tuple[str | int, ...]) -> bool:
        plain = _plain(value)
        if plain not in ("true", "false"):
            self.problem(path, "expected true or false")
        return plain == "true"

    def ordering(self, name: str, operator: str, operand: Any, path: tuple[str | int, ...]) -> Condition:
        words, compare = _ORDERINGS[operator]
        paths, compute, text = self.number(operand, path)
        return _Leaf(
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
        if not isinstance(data, Mapping) or set(data) - {"from", "to", *_ORDERINGS} or not {"from", "to"} <= set(data):
            self.problem(
                path, "expected from, to and a length of time", "{from: field, to: field, more_than: 24 hours}"
            )
            return _All(())
        start, end = data["from"], data["to"]
        for key in ("from", "to"):
            if self.known_field(data[key], (*path, key)) and _FIELDS[data[key]] is not datetime:
                self.problem((*path, key), f"{data[key]} is not a time")
        parts: list[Condition] = []
        for operator in (key for key in data if key in _ORDERINGS):
            try:
                limit = parse_duration(data[operator])
            except ValueError as error:
                self.problem((*path, str(operator)), str(error), "such as 24 hours or 30 days")
                continue
            words, compare = _ORDERINGS[operator]
            parts.append(
                _Leaf(
                    (start, end),
                    lambda a, b, compare=compare, limit=limit: compare(b - a, limit),
                    f"from {start} to {end} it is {words} {data[operator]}",
                )
            )
        if not parts:
            self.problem(path, "says no length of time", "add more_than, at_least, less_than or at_most")
        return parts[0] if len(parts) == 1 else _All(tuple(parts))


def _plain(value: Any) -> str:
    """How values are compared: as text without case; an address without its display name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).strip().casefold()
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1].strip()
    return text


# --- schema -----------------------------------------------------------------------------------------------------------


def condition_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a condition, for editors; refers to itself as `#/$defs/Condition`."""
    here = {"$ref": "#/$defs/Condition"}
    scalar = {"type": ["string", "number", "boolean"]}
    several = {"type": "array", "items": scalar, "minItems": 1}
    comparison = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "in": {"anyOf": [scalar, several]},
            "not": {"anyOf": [scalar, several]},
            "not_in": {"anyOf": [several, {"enum": sorted(_FIELDS)}]},
            "matches": {"type": "string"},
            "known": {"type": "boolean"},
            **{key: {"type": ["number", "string", "object"]} for key in _ORDERINGS},
        },
    }
    setting = {"type": "object", "required": ["setting"], "properties": {"setting": {"type": "string"}}}
    times = {"enum": sorted(name for name, kind in _FIELDS.items() if kind is datetime)}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "all": {"type": "array", "items": here, "minItems": 1},
            "any": {"type": "array", "items": here, "minItems": 1},
            "not": here,
            "elapsed": {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": False,
                "properties": {"from": times, "to": times, **{key: {"type": "string"} for key in _ORDERINGS}},
            },
            **{name: {"anyOf": [scalar, several, setting, comparison]} for name in sorted(_FIELDS)},
        },
    }
