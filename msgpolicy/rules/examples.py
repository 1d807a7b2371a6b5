"""Runs the examples inside a ruleset: what has to fail fails at the place named, what has to pass passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgpolicy.report import Report, Violation
from msgpolicy.rules.ruleset import Case, Rule, Ruleset

Judge = Callable[[Mapping[str, Any], datetime | None, Mapping[str, Any], bool], Report]
"""Judges a message record, as of a time (None: when it was sent), with settings that differ from the ruleset's, and as
a template or not."""

JudgeTogether = Callable[[str, tuple[Mapping[str, Any], ...], datetime | None, Mapping[str, Any]], Report]
"""Judges the last of several message records of one archive by a rule, with what the others tell of it."""


@dataclass(frozen=True, kw_only=True)
class ExampleResult:
    """What came of one example: `detail` says why it is not `ok`. `place` is file:line.

    `skipped`: it is `ok` only because a library is not installed that its rule needs.
    """

    rule: str
    case: Case
    ok: bool
    detail: str = ""
    skipped: bool = False

    @property
    def place(self) -> str:
        return self.case.place

    def __str__(self) -> str:
        said = "ok" if self.ok else self.detail
        return f"{self.place}: {self.rule}: example of {self.case.expect}: {said}"


def run_examples(judge: Judge, ruleset: Ruleset, together: JudgeTogether | None = None) -> list[ExampleResult]:
    """The result of every example of every rule that is not turned off, in the order of the ruleset.

    Without `together` the examples of rules across messages are skipped.
    """
    return [
        judge_case(judge, rule, case, together)
        for rule in ruleset.rules
        if any(version.severity != "off" for version in rule.versions)
        for case in rule.examples
    ]


def judge_case(judge: Judge, rule: Rule, case: Case, together: JudgeTogether | None = None) -> ExampleResult:
    """The result of one example of a rule."""
    if case.others is None:
        report = judge(case.record, case.as_of, case.settings, case.template)
    elif together is None:
        return ExampleResult(rule=rule.id, case=case, ok=True, skipped=True)
    else:
        report = together(rule.id, (*case.others, case.record), case.as_of, case.settings)
    found = [entry for entry in report.violations if entry.rule == rule.id and entry.status == "active"]
    open_ = [entry for entry in report.not_evaluated if entry.rule in (rule.id, "*")]
    unjudged = "; ".join(" ".join((entry.why, *entry.needs)) for entry in open_)
    detail = ""
    if case.expect != "unknown" and not found and any(entry.why == "not-installed" for entry in open_):
        return ExampleResult(rule=rule.id, case=case, ok=True, skipped=True)
    if case.expect == "fail":
        detail = _missed(case, found) or ""
        if detail and unjudged:
            detail += f"; not evaluated: {unjudged}"
    elif found:
        detail = f"is reported: {_texts(found)}"
    elif case.expect == "pass" and unjudged:
        # To pass because nothing was judged proves nothing.
        detail = f"was not judged: {unjudged}; give the facts, or write it as unknown"
    elif case.expect == "unknown" and not open_:
        detail = "was judged, and passes"
    return ExampleResult(rule=rule.id, case=case, ok=not detail, detail=detail)


def _missed(case: Case, found: list[Violation]) -> str | None:
    if not found:
        return "is not reported"
    for wanted in case.at:
        if not any(wanted in _places(entry, case.record) for entry in found):
            return f"is not reported at {wanted!r}, but: {_texts(found)}"
    return None


def _places(entry: Violation, record: Mapping[str, Any]) -> tuple[str | None, ...]:
    """The texts that a violation points to: its excerpt, and the slice of the record's own field."""
    place = entry.location
    source = record.get(place.part)
    if isinstance(source, str) and place.start is not None and place.end is not None:
        return entry.excerpt, source[place.start : place.end]
    return (entry.excerpt,)


def _texts(found: list[Violation]) -> str:
    return ", ".join(repr(entry.excerpt or entry.location.part) for entry in found)
