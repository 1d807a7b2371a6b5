"""The nodes of a parsed condition: how each is evaluated, shown, and asked for its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

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
    """A node of a parsed condition; immutable and safe between threads. The outermost one has the `data` of all."""

    __slots__ = ("data",)
    data: Any

    def evaluate(self, lookup: Lookup) -> Outcome:
        raise NotImplementedError

    def steps(self, lookup: Lookup) -> Iterator[Step]:
        """Every comparison with the value it met."""
        raise NotImplementedError

    def fields(self) -> frozenset[str]:
        """The paths of all fields that the condition reads."""
        raise NotImplementedError


class All(Condition):
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
        return " and ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


class Either(All):
    __slots__ = ()

    def evaluate(self, lookup: Lookup) -> Outcome:
        return _combine(self.parts, lookup, decisive=True)

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, All) else str(part) for part in self.parts)


class Not(Condition):
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


class Leaf(Condition):
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


class Known(Leaf):
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
