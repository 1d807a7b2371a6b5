from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from test_rules_support import Write, loaded, pointed_at, problems_of, ruleset_text, shipped, write

from msgpolicy.rules import Rule
from msgpolicy.rules.dates import parse_instant

__all__ = ["shipped", "write"]

RULE = """
    - id: dated
      check: demo
      with: {{limit: 1, words: [a]}}
      severity: error
      message: {{en: "now {{found}}", de: "jetzt"}}
      source: HELP
      revisions: {}
      examples: [{{fail: a}}, {{pass: b}}]
"""
THREE = """
      - {from: 2020-11-06, with: {limit: 2}, severity: warning, message: {en: "then"}, source: {title: Old, site: x}}
      - {from: 2021-03-01, until: 2022-01-01, when: {kind: reply}}
      - {from: 2025-04-25, with: {words: {add: [b]}}}
"""


def text(revisions: str) -> str:
    return ruleset_text(RULE.format(revisions))


def rule(write: Write, revisions: str = THREE) -> Rule:
    return loaded(write(text(revisions))).rule("dated")


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, tzinfo=UTC)


def limit_at(found: Rule, as_of: datetime) -> int | None:
    version = found.at(as_of)
    params: Any = version.params if version else None
    return params.limit if params else None


def test_a_revision_holds_from_its_first_day_at_0000_utc(write: Write) -> None:
    found = rule(write)
    tick = timedelta(microseconds=1)
    assert found.at(day(2020, 11, 6) - tick) is None
    assert limit_at(found, day(2020, 11, 6)) == 2
    assert limit_at(found, day(2021, 3, 1) - tick) == 2
    assert limit_at(found, day(2021, 3, 1)) == 1
    assert limit_at(found, day(2022, 1, 1) - tick) == 1
    assert found.at(day(2022, 1, 1)) is None
    assert found.at(day(2025, 4, 25) - tick) is None
    assert limit_at(found, day(2025, 4, 25)) == 1
    assert limit_at(found, day(2100, 1, 1)) == 1


def test_boundaries_count_in_utc_whatever_the_offset(write: Write) -> None:
    found = rule(write)
    paris = timezone(timedelta(hours=1))
    assert found.at(datetime(2020, 11, 6, 0, 59, 59, 999999, tzinfo=paris)) is None
    assert limit_at(found, datetime(2020, 11, 6, 1, 0, tzinfo=paris)) == 2


def test_keys_of_a_revision_lie_over_those_of_the_rule(write: Write) -> None:
    first, second, third = rule(write).versions
    assert (first.severity, second.severity) == ("warning", "error")
    assert first.message == {"en": "then", "de": "jetzt"}
    assert (first.source.title, second.source.title) == ("Old", "Help page")
    assert second.when is not None
    assert first.when is None
    assert third.params.words == ("a", "b")  # type: ignore[attr-defined]
    assert (first.from_, first.until) == (day(2020, 11, 6), day(2021, 3, 1))
    assert (second.from_, second.until) == (day(2021, 3, 1), day(2022, 1, 1))
    assert (third.from_, third.until) == (day(2025, 4, 25), None)


def test_without_a_time_the_newest_version_counts(write: Write) -> None:
    found = rule(write)
    assert found.at(None) is found.versions[-1] is found.newest
    assert found.is_dated
    assert rule(write, "[{from: 2020-01-01, until: 2021-01-01}]").at(None) is None


def test_a_rule_without_revisions_is_always_in_force(write: Write) -> None:
    found = rule(write, "[]")
    assert not found.is_dated
    assert found.at(None) is found.at(day(1990, 1, 1)) is found.versions[0]


def test_the_first_revision_may_have_no_start(write: Write) -> None:
    found = rule(write, "[{until: 2020-01-01, with: {limit: 7}}, {from: 2020-01-01}]")
    assert limit_at(found, day(1999, 1, 1)) == 7
    assert limit_at(found, day(2020, 1, 1)) == 1
    assert rule(write, "[{from: null, with: {limit: 7}}]").is_dated is False


@pytest.mark.parametrize(
    ("revisions", "says", "at"),
    [
        ("[{from: 2021-01-01}, {from: 2020-01-01}]", "out of order", "2020-01-01}]"),
        ("[{from: 2021-01-01}, {from: 2021-01-01}]", "out of order", "2021-01-01}]"),
        ("[{from: 2020-01-01, until: 2021-06-01}, {from: 2021-01-01}]", "overlaps the next", "2021-06-01}"),
        ("[{from: 2020-01-01, until: 2020-01-01}]", "ends before it starts", "2020-01-01}]"),
        ("[{from: 2020-01-01}, {with: {limit: 3}}]", "has to say from when", "{with:"),
        ("[{from: 2021-02-29}]", "invalid RFC3339 encoded date", "2021-02-29}"),
        ("[{from: 06.11.2020}]", "invalid RFC3339 encoded date", "06.11.2020}"),
        ("[{from: 2020-11-06T00:00:00Z}]", "invalid RFC3339 encoded date", "2020-11-06T"),
        ("[{from: 2020-11-06, form: x}]", "unknown key 'form'", "form: x"),
        ("[{from: 2020-11-06, with: {limitt: 3}}]", "unknown key 'limitt'", "limitt: 3"),
        ("[{from: 2020-11-06, severity: bad}]", "'bad' is not a known value", "bad}"),
        ("{from: 2020-11-06}", "unknown key 'from'", "from: 2020-11-06}"),
    ],
)
def test_wrong_revisions(write: Write, revisions: str, says: str, at: str) -> None:
    problem, *rest = problems_of(write(text(revisions)))
    assert rest == []
    assert says in problem.message
    assert pointed_at(problem).startswith(at)


def test_a_message_or_source_missing_in_one_revision_only(write: Write) -> None:
    whole = text("[{from: 2020-01-01, message: {en: x}, source: HELP}, {from: 2021-01-01}]")
    bare = whole.replace('  message: {en: "now {found}", de: "jetzt"}\n', "").replace("\n  source: HELP\n", "\n")
    messages = [problem.message for problem in problems_of(write(bare))]
    assert messages == ["the rule 'dated' has no message in English", "the rule 'dated' has no source"]


def test_instants() -> None:
    assert parse_instant("2026-01-31") == day(2026, 1, 31)
    assert parse_instant("2026-01-31T01:00:00+01:00") == day(2026, 1, 31)
    for wrong in ("31.01.2026", "2026-01-31T01:00:00", "soon", "", "1769817600"):
        with pytest.raises(ValueError, match=r"neither a day nor a time|no offset"):
            parse_instant(wrong)
