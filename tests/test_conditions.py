"""Conditions: parsing with every mistake, three-valued evaluation, and what explain shows of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.conditions import Condition, condition_schema, field_paths, parse_condition, parse_duration


def parse(data: Any) -> Condition:
    condition, problems = parse_condition(data)
    assert condition is not None, problems
    return condition


def evaluate(data: Any, **fields: Any) -> tuple[bool | None, tuple[str, ...]]:
    known = {name.replace("__", "."): value for name, value in fields.items()}
    return tuple(parse(data).evaluate(known.get))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("data", "fields", "outcome"),
    [
        ({"reason": "invoice"}, {"reason": "Invoice"}, True),
        ({"reason": ["invoice", "other"]}, {"reason": "x"}, False),
        ({"reason": {"not": ["invoice"]}}, {"reason": "x"}, True),
        ({"reason": {"in": "invoice"}}, {"reason": "invoice"}, True),
        ({"order.custom": "true"}, {"order__custom": True}, True),
        ({"order.custom": True}, {"order__custom": False}, False),
        (
            {"sender": {"not_in": "account.approved_senders"}},
            {"sender": "A <A@x.example>", "account__approved_senders": ("a@x.example",)},
            False,
        ),
        ({"reason": {"not_in": []}}, {}, True),
        ({"sender": {"matches": r"@shop\.example$"}}, {"sender": "a@SHOP.example"}, True),
        ({"history.sent_today": {"at_least": "800"}}, {"history__sent_today": 800}, True),
        (
            {"history.sent_today": {"more_than": {"sum": [{"product": [5, "account.daily_order_average"]}, 600]}}},
            {"history__sent_today": 801, "account__daily_order_average": 40.0},
            True,
        ),
        ({"history.sent_today": {"more_than": 3, "at_most": 5}}, {"history__sent_today": 6}, False),
        ({"buyer.language": {"known": False}}, {}, True),
        ({"buyer.language": {"known": "true"}}, {}, False),
    ],
)
def test_comparisons(data: Any, fields: dict[str, Any], outcome: bool) -> None:
    assert evaluate(data, **fields) == (outcome, ())


def test_missing_fields_are_named() -> None:
    assert evaluate({"reason": "invoice", "order.custom": True}) == (None, ("reason", "order.custom"))


@pytest.mark.parametrize(
    ("data", "fields", "outcome"),
    [
        ({"reason": "invoice", "order.custom": True}, {"reason": "x"}, False),
        ({"any": [{"reason": "invoice"}, {"order.custom": True}]}, {"reason": "invoice"}, True),
        ({"any": [{"reason": "invoice"}, {"order.custom": True}]}, {"reason": "x"}, None),
        ({"not": {"reason": "invoice"}}, {}, None),
        ({"not": {"reason": "invoice", "order.custom": True}}, {"reason": "x"}, True),
        (
            {"all": [{"reason": "invoice"}, {"not": {"order.custom": True}}]},
            {"reason": "invoice", "order__custom": False},
            True,
        ),
    ],
)
def test_kleene_logic(data: Any, fields: dict[str, Any], outcome: bool | None) -> None:
    assert evaluate(data, **fields)[0] is outcome


def test_elapsed_time_counts_to_the_second() -> None:
    from datetime import UTC, datetime, timedelta

    data = {"elapsed": {"from": "history.last_buyer_message_at", "to": "sent_at", "more_than": "24 hours"}}
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    exactly = start + timedelta(hours=24)
    assert evaluate(data, history__last_buyer_message_at=start, sent_at=exactly)[0] is False
    assert evaluate(data, history__last_buyer_message_at=start, sent_at=exactly + timedelta(microseconds=1))[0] is True


def test_every_mistake_of_a_condition_is_listed() -> None:
    condition, problems = parse_condition(
        {
            "directon": "x",
            "sender": {"nott": 1, "matches": "("},
            "elapsed": {"from": "sent_at", "to": "reason", "more_than": "soon"},
            "any": [],
            "order.custom": "maybe",
            "buyer.language": {"known": "perhaps"},
            "history.sent_today": {"more_than": "nothing"},
        }
    )
    assert condition is None
    assert [problem.path for problem in problems] == [
        ("directon",),
        ("sender", "nott"),
        ("sender", "matches"),
        ("elapsed", "to"),
        ("elapsed", "more_than"),
        ("elapsed",),
        ("any",),
        ("order.custom",),
        ("buyer.language", "known"),
        ("history.sent_today", "more_than"),
    ]
    assert "did you mean 'direction'" in problems[0].hint


@pytest.mark.parametrize(
    "data",
    [
        {"elapsed": {"from": ["a"], "to": "sent_at", "more_than": "1 days"}},
        {"sender": {"not_in": {"a": "b"}}},
        {"elapsed": {"from": "sent_at", "to": "sent_at", "more_than": "9" * 400 + " days"}},
        {"sender": {"matches": "(" * 5000 + ")" * 5000}},
        {"direction": "seller"},
        {"channel": ["email", "fax"]},
        {"order.channel": "FBA"},
        [],
        "direction",
        None,
        {},
    ],
)
def test_hostile_and_senseless_conditions_are_refused(data: Any) -> None:
    condition, problems = parse_condition(data)
    assert condition is None
    assert problems


def test_nesting_is_bounded() -> None:
    data: Any = {"reason": "x"}
    for _ in range(200):
        data = {"not": data}
    assert parse_condition(data)[0] is None


@pytest.mark.parametrize("text", ["24", "hours", "1.5 days", "-1 days", "3 fortnights", ""])
def test_bad_durations(text: str) -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        parse_duration(text)


def test_steps_show_each_comparison_with_its_value() -> None:
    condition = parse({"reason": ["invoice"], "not": {"order.channel": "AFN"}})
    steps = list(condition.steps({"reason": "invoice"}.get))
    assert [(step.condition, step.value, step.outcome) for step in steps] == [
        ("reason is invoice", "reason = invoice", True),
        ("not (order.channel is AFN)", "order.channel = unknown", None),
    ]


def test_fields_are_those_of_the_record() -> None:
    paths = field_paths()
    assert {"reason", "order.completed_at", "attachments.count", "account.approved_senders"} <= set(paths)
    assert not any(path.startswith(("extra", "schema")) for path in paths)


LEAVES = st.sampled_from(
    [{"reason": "a"}, {"order.custom": True}, {"order.bulky": True}, {"history.sent_today": {"more_than": 1}}]
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda item: {"not": item}),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: {"all": items}),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: {"any": items}),
    ),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "reason": st.sampled_from("ab"),
        "order.custom": st.booleans(),
        "order.bulky": st.booleans(),
        "history.sent_today": st.integers(0, 3),
    },
)


@given(CONDITIONS, FIELDS, FIELDS)
def test_learning_more_never_overturns_an_outcome(data: Any, known: dict[str, Any], more: dict[str, Any]) -> None:
    condition = parse(data)
    before = condition.evaluate(known.get)
    after = condition.evaluate({**more, **known}.get)
    assert before.value is None or before.value is after.value
    assert (before.value is None) == bool(before.needs)


def test_schema_names_every_field() -> None:
    assert set(field_paths()) < set(condition_schema()["properties"])
