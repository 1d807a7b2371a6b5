"""The report record: verdict, frozen values, plain data and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Report
from msgpolicy.report import (
    FAILED,
    Edit,
    Excuse,
    Fix,
    Location,
    NotEvaluated,
    Policy,
    Receipt,
    Signals,
    Source,
    UsedFile,
    Violation,
    Why,
    verdict_of,
)

WHYS: tuple[Why, ...] = (
    "missing", "not-installed", "undetermined", "not-covered", "timeout", "crash", "unreadable", "too-large",
)  # fmt: skip


def violation(severity: Any = "error", status: Any = "active", **values: Any) -> Violation:
    return Violation(
        rule="r", severity=severity, confidence=0.9, message="m", location=Location(part="text"),
        policy=Policy(title="t", site="s"), fingerprint="f", status=status, **values,
    )  # fmt: skip


def receipt(**values: Any) -> Receipt:
    return Receipt(ruleset="tiny", version="1", digest="sha256:0", engine="0", **values)


def left(*whys: Why) -> tuple[NotEvaluated, ...]:
    return tuple(NotEvaluated(rule="r", why=why) for why in whys)


class TestVerdict:
    @pytest.mark.parametrize("why", WHYS)
    def test_what_failed_needs_a_person_and_what_is_missing_only_when_strict(self, why: Why) -> None:
        always = why in ("timeout", "crash", "unreadable", "too-large")
        assert (why in FAILED) is always
        assert verdict_of((), left(why)) == ("review" if always else "pass")
        assert verdict_of((), left(why), strict=True) == "review"

    @pytest.mark.parametrize(
        ("violations", "whys", "strict", "verdict"),
        [
            ((), (), True, "pass"),
            ((violation("info"),), (), False, "pass"),
            ((violation("warning"),), (), False, "warn"),
            ((violation("warning"), violation("error")), ("crash",), True, "block"),
            ((violation("warning"),), ("timeout",), False, "review"),
            ((violation("warning"),), ("missing",), False, "warn"),
            ((violation("warning"),), ("missing",), True, "review"),
            ((violation("warning"),), ("missing", "crash"), False, "review"),
        ],
    )
    def test_the_first_that_holds(
        self, violations: tuple[Violation, ...], whys: tuple[Why, ...], strict: bool, verdict: str
    ) -> None:
        assert verdict_of(violations, left(*whys), strict=strict) == verdict

    @pytest.mark.parametrize("status", ["suppressed", "baselined"])
    @pytest.mark.parametrize("severity", ["error", "warning"])
    def test_only_active_violations_count(self, severity: str, status: str) -> None:
        assert verdict_of((violation(severity, status),), ()) == "pass"
        assert verdict_of((violation(severity, status), violation("warning")), ()) == "warn"


FULL = Report(
    message_id="m-1",
    verdict="block",
    receipt=receipt(
        as_of=datetime(2026, 11, 1, 10, 0, 0, 123456, tzinfo=UTC),
        assumed=("kind=proactive",),
        settings={"window_anchor": "delivered_at", "kinds": ["invoice"]},
        weakened=("phone-number: off",),
        data={"html": "x 1"},
        strict=True,
        suppressions=UsedFile(file="exceptions.yaml", digest="sha256:1", day=date(2026, 11, 22)),
        baseline=UsedFile(file="baseline.json"),
    ),
    violations=(
        violation(
            suggestion="s",
            params={"found": "x"},
            excerpt="é\u202e\x00",
            evidence={"normalized": "+48601234567", "nested": {"list": [1, 2.5, None, True]}},
            fix=Fix(safe=False, edits=(Edit(part="text", start=1, end=2, replacement=""),)),
            excuse=Excuse(
                kind="suppression",
                source="exceptions.yaml:12",
                reason="r",
                author="a",
                until=date(2027, 1, 1),
                ticket="T-1",
                ended=True,
            ),
        ),
    ),
    signals=Signals(review_request=True, stop_request=False, template="t", text="u"),
    not_evaluated=(NotEvaluated(rule="r", why="missing", needs=("order.status",), detail="d"),),
    source=Source(file="in.jsonl", line=3),
)


class TestRecord:
    def test_it_survives_both_ways(self) -> None:
        assert Report.from_json(FULL.to_json()) == FULL
        assert Report.from_json(FULL.to_json().decode()) == FULL
        assert Report.from_dict(FULL.to_dict()) == FULL
        assert Report.from_dict(json.loads(FULL.to_json())) == FULL

    def test_fields_are_those_of_the_contract(self) -> None:
        plain = json.loads(FULL.to_json())
        assert plain["schema"] == 1
        assert plain["receipt"]["as_of"] == "2026-11-01T10:00:00.123456Z"
        assert {"rule", "severity", "confidence", "message", "suggestion", "params", "location", "excerpt", "evidence",
                "policy", "fingerprint", "fix", "status", "excuse"} == set(plain["violations"][0])  # fmt: skip
        assert {"part", "start", "end", "line", "column", "selector"} <= set(plain["violations"][0]["location"])
        assert plain["violations"][0]["policy"]["url"] is None
        assert plain["not_evaluated"][0]["needs"] == ["order.status"]

    @pytest.mark.parametrize(
        "data",
        [
            b"", b"[]", b"{}", b'{"verdict": "pass"}',
            FULL.to_json().replace(b'"block"', b'"bad"'),
            FULL.to_json().replace(b'"schema":1', b'"schema":2'),
            FULL.to_json().replace(b'"why":"missing"', b'"why":"whatever"'),
        ],
    )  # fmt: skip
    def test_what_is_no_report(self, data: bytes) -> None:
        with pytest.raises(msgspec.DecodeError):
            Report.from_json(data)

    def test_later_fields_are_no_obstacle(self) -> None:
        # "Fields may be added": an older reader must not refuse a newer record.
        assert Report.from_json(FULL.to_json().replace(b'"schema":1', b'"schema":1,"new":[1]')) == FULL

    @given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-9, 9) | st.booleans(), max_size=4))
    def test_any_evidence_survives(self, evidence: dict[str, Any]) -> None:
        report = Report(verdict="pass", receipt=receipt(), violations=(violation(evidence=evidence),))
        assert Report.from_json(report.to_json()) == report


class TestFrozen:
    def test_all_the_way_down(self) -> None:
        with pytest.raises(AttributeError):
            FULL.verdict = "pass"  # type: ignore[misc]
        found = FULL.violations[0]
        with pytest.raises(AttributeError):
            found.location.start = 1  # type: ignore[misc]
        for mapping in (found.evidence, found.params, found.evidence["nested"], FULL.receipt.settings):
            with pytest.raises(TypeError):
                mapping["x"] = 1
        assert found.evidence["nested"]["list"] == (1, 2.5, None, True)

    def test_what_was_given_may_change_later(self) -> None:
        evidence: dict[str, Any] = {"list": [1]}
        found = violation(evidence=evidence)
        evidence["list"].append(2)
        evidence["more"] = 1
        assert found.evidence == {"list": (1,)}
