from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from test_rules_support import Write, loaded, ruleset_text, shipped, write

from msgpolicy.report import Location, NotEvaluated, Policy, Receipt, Report, Violation
from msgpolicy.rules.examples import ExampleResult, run_examples

__all__ = ["shipped", "write"]

RULE = """
    - id: rule
      check: demo
      message: {{en: x}}
      source: HELP
      examples: [{{fail: "some bad words", at: bad}}, {{pass: "good"}}, {}]
"""


def report(*found: tuple[str, str, int, int], unjudged: tuple[NotEvaluated, ...] = (), **changes: Any) -> Report:
    """A report with violations of (rule, excerpt, start, end) in the text."""
    violations = tuple(
        Violation(
            rule=rule,
            severity="error",
            confidence=1,
            message="x",
            location=Location(part="text", start=start, end=end),
            policy=Policy(title="x", site="y"),
            fingerprint="f",
            excerpt=excerpt,
            **changes,
        )
        for rule, excerpt, start, end in found
    )
    receipt = Receipt(ruleset="own", version="1", digest="d", engine="e")
    return Report(verdict="pass", receipt=receipt, violations=violations, not_evaluated=unjudged)


def run(write: Write, example: str, judged: Mapping[str, Report], head: str = "") -> list[ExampleResult]:
    """Results when each text is judged as given; `bad` at its place, everything else passes."""

    def judge(record: Mapping[str, Any], as_of: datetime | None, settings: Mapping[str, Any], _: bool) -> Report:
        usual = report(("rule", "bad", 5, 8)) if "bad" in record["text"] else report()
        return judged.get(record["text"], usual)

    return run_examples(judge, loaded(write(ruleset_text(RULE.format(example), head=head))))


def detail(write: Write, example: str, judged: Report) -> str:
    """Why the third example is not ok."""
    text = "tested"
    first, second, third = run(write, example, {text: judged})
    assert first.ok
    assert second.ok
    assert third.ok == (not third.detail)
    return third.detail


def test_what_fails_where_it_should_is_ok(write: Write) -> None:
    results = run(write, "{pass: fine}", {})
    assert [result.ok for result in results] == [True, True, True]
    assert results[0].place.endswith("own.yaml:11")
    assert str(results[0]) == f"{results[0].place}: rule: example of fail: ok"


@pytest.mark.parametrize(
    ("example", "judged", "why"),
    [
        ("{fail: tested}", report(("rule", "est", 1, 4)), ""),
        ("{fail: tested, at: est}", report(("rule", "est", 1, 4)), ""),
        ("{fail: tested, at: [est, t]}", report(("rule", "est", 1, 4), ("rule", "t", 0, 1)), ""),
        ("{fail: tested, at: est}", report(("rule", "masked", 1, 4)), ""),
        ("{fail: tested, at: test}", report(("rule", "est", 1, 4)), "is not reported at 'test', but: 'est'"),
        ("{fail: tested, at: [est, te]}", report(("rule", "est", 1, 4)), "is not reported at 'te', but: 'est'"),
        ("{fail: tested}", report(), "is not reported"),
        ("{fail: tested}", report(("other", "est", 1, 4)), "is not reported"),
        ("{fail: tested}", report(("rule", "est", 1, 4), status="suppressed"), "is not reported"),
        (
            "{fail: tested}",
            report(unjudged=(NotEvaluated(rule="rule", why="missing", needs=("order.id",)),)),
            "is not reported; not evaluated: missing order.id",
        ),
        ("{pass: tested}", report(("rule", "est", 1, 4)), "is reported: 'est'"),
        ("{pass: tested}", report(("other", "est", 1, 4)), ""),
        ("{pass: tested}", report(unjudged=(NotEvaluated(rule="other", why="crash"),)), ""),
        (
            "{pass: tested}",
            report(unjudged=(NotEvaluated(rule="rule", why="crash"),)),
            "was not judged: crash; give the facts, or write it as unknown",
        ),
        (
            "{pass: tested}",
            report(unjudged=(NotEvaluated(rule="*", why="not-covered", needs=("channel",)),)),
            "was not judged: not-covered channel; give the facts, or write it as unknown",
        ),
        ("{unknown: tested}", report(unjudged=(NotEvaluated(rule="rule", why="missing"),)), ""),
        ("{unknown: tested}", report(), "was judged, and passes"),
        ("{unknown: tested}", report(("rule", "est", 1, 4)), "is reported: 'est'"),
    ],
)
def test_what_came_of_an_example(write: Write, example: str, judged: Report, why: str) -> None:
    assert detail(write, example, judged) == why


def test_time_settings_and_templates_are_handed_on(write: Write) -> None:
    seen: list[tuple[Any, Any, bool]] = []

    def judge(record: Mapping[str, Any], as_of: datetime | None, settings: Mapping[str, Any], template: bool) -> Report:
        seen.append((as_of, dict(settings), template))
        return report()

    example = "{pass: {text: a, as_of: 2020-01-01, settings: {knob: 4}, template: true}}"
    rule = RULE.format(example).replace("check: demo", "check: demo\n      with: {limit: {setting: knob}}")
    run_examples(judge, loaded(write(ruleset_text(rule, head="settings: {knob: {default: 3}}\n"))))
    assert seen == [(None, {}, False), (None, {}, False), (datetime(2020, 1, 1, tzinfo=UTC), {"knob": 4}, True)]


def test_rules_that_are_turned_off_are_left_out(write: Write) -> None:
    write(ruleset_text(RULE.format("{pass: a}"), "other"), "base.yaml")
    child = write("schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nrules: [{rule: off}]\n", "child.yaml")
    results = run_examples(lambda *_: report(), loaded(child))
    assert {result.rule for result in results} == {"other"}


@pytest.mark.parametrize("expect", ["pass", "fail"])
def test_an_example_that_needs_what_is_not_installed_is_skipped_and_said_to_be(write: Write, expect: str) -> None:
    unjudged = report(unjudged=(NotEvaluated(rule="rule", why="not-installed"),))
    *others, last = run(
        write, f"{{{expect}: picture}}", {"picture": unjudged, "some bad words": report(("rule", "bad", 5, 8))}
    )
    assert [result.skipped for result in others] == [False, False]
    assert (last.ok, last.skipped) == (True, True)


def test_an_example_is_in_the_channel_that_the_ruleset_covers(write: Write) -> None:
    examples = 'examples: [{fail: "a"}, {pass: {record: {text: "b", channel: email}}}]'
    rule = f"- id: rule\n  check: demo\n  message: {{en: x}}\n  source: HELP\n  {examples}\n"
    head = "covers: {directions: [buyer_to_seller], channels: [web, sp_api]}\n"
    first, second = loaded(write(ruleset_text(head=head) + rule)).rule("rule").examples
    assert (first.record["direction"], first.record["channel"]) == ("buyer_to_seller", "web")
    assert (second.record["direction"], second.record.get("channel", "email")) == ("buyer_to_seller", "email")
