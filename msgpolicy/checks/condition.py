"""Judges a message by its fields alone: compares fields, ages and lists, so that a rule needs no Python.

`fires_when` is a condition (see "Conditions" in the guide to writing rulesets). Where a field that decides is absent,
the rule is not evaluated and the report names the field. `at` is the field that the violation points to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from msgpolicy.checks.base import ConditionData, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.conditions import Condition, compiled, field_paths, parse_condition
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `condition`."""

    fires_when: Annotated[ConditionData, Meta(description="The condition that breaks the rule.")]
    at: Annotated[str, Meta(description="The field that the violation points to, such as `order.status`.")]

    def __post_init__(self) -> None:
        if self.at not in field_paths():
            raise ValueError(f"`at` names {self.at!r}, which is not a field of a message")


FILLS: dict[str, str] = {}


def fills(params: Params) -> Mapping[str, str]:
    """Every field of the condition can be named in a message."""
    condition, _ = parse_condition(params.fires_when)
    names = condition.fields() if condition else frozenset()
    return {name: f"the value of `{name}`" for name in sorted(names | {params.at})}


class Prepared(NamedTuple):
    condition: Condition
    at: str


def prepare(params: Params) -> Prepared:
    return Prepared(compiled(params.fires_when), params.at)


def check(facts: Facts, params: Prepared) -> Iterator[Hit | Unknown]:
    outcome = params.condition.evaluate(facts.lookup)
    if outcome.value is None:
        yield Unknown(outcome.needs)
    elif outcome.value:
        values = {name: _plain(facts.lookup(name)) for name in sorted(params.condition.fields() | {params.at})}
        known: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        yield Hit(Place(params.at), known, known)


def _plain(value: Any) -> Any:
    """A value as a report can carry it."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
