"""Rules across messages in an audit: what they add to its tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit import run as run_module
from msgpolicy.audit.conversations import judge_conversations
from msgpolicy.audit.run import Options, audit
from msgpolicy.audit.tables import TABLES
from tests.audit_archives import lines, rows

ORDER = {"id": "305-1234567-1234567"}
USUAL = {"thread_id": "t", "order": ORDER, "buyer": {"id": "b-17"}, "attachments": []}
ASKS = "Order 305-1234567-1234567: please leave us a review of your kettle."
RECORDS: list[dict[str, Any]] = [
    {"direction": "buyer_to_seller", "sent_at": "2026-11-01T10:00:00Z", "text": "Where is my parcel?"},
    {"kind": "reply", "sent_at": "2026-11-03T10:00:00Z", "text": "It arrives tomorrow."},
    {"kind": "proactive", "sent_at": "2026-11-04T10:00:00Z", "text": ASKS, "history": {"review_requests": 1}},
    {"kind": "proactive", "sent_at": "2026-11-05T10:00:00Z", "text": ASKS},
    {"kind": "proactive", "sent_at": "2026-11-06T10:00:00Z", "text": ASKS, "order": None},
]
RULES = ("late-reply", "repeat-review-request", "daily-cap-exceeded", "unanswered-message")


@pytest.fixture
def archive(tmp_path: Path) -> list[str]:
    whole = [{"id": f"m-{number}", **USUAL, **record} for number, record in enumerate(RECORDS, 1)]
    (tmp_path / "a.jsonl").write_bytes(lines(whole))
    return [str(tmp_path / "a.jsonl")]


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "key").write_bytes(b"0123456789abcdef0123456789abcdef")
    return Options(out=str(tmp_path / "out"), redaction_key=str(tmp_path / "key"))


def tables(out: str) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(Path(out), name) for name in TABLES}


def test_each_rule_is_told_once_by_the_archive_and_its_history(archive: list[str], options: Options) -> None:
    audit(archive, options)
    found = [row for row in rows(Path(options.out), "violations") if row["rule"] in RULES]
    assert [(row["rule"], row["number"], row["scope"]) for row in found] == [
        ("repeat-review-request", 3, "conversation"),
        ("repeat-review-request", 4, "conversation"),
        ("late-reply", 2, "conversation"),
    ]
    told = [json.loads(row["evidence"]) for row in found]
    assert [entry["source"] for entry in told] == ["history", "archive", "archive"]
    assert json.loads(found[2]["policy"])["title"] == "Contact Response Time"
    assert found[2]["part"] == "sent_at"
    assert found[2]["excerpt"] is None


def test_what_lacks_an_order_is_not_evaluated_and_what_has_one_is(archive: list[str], options: Options) -> None:
    audit(archive, options)
    found = [row for row in rows(Path(options.out), "not_evaluated") if row["rule"] in RULES]
    assert [(row["rule"], row["number"], row["why"], row["needs"]) for row in found] == [
        ("repeat-review-request", 5, "missing", ["order.id"])
    ]


def test_verdicts_become_worse_and_never_better(archive: list[str], options: Options) -> None:
    summary = audit(archive, options)
    verdicts = [row["verdict"] for row in rows(Path(options.out), "messages")]
    assert verdicts[1:4] == ["warn", "block", "block"]
    assert summary.verdicts["block"] == verdicts.count("block")
    strict = replace(options, out=options.out + "-strict", strict=True)
    audit(archive, strict)
    assert [row["verdict"] for row in rows(Path(strict.out), "messages")][1:] == ["review", "block", "block", "review"]


def test_the_language_and_the_settings_of_the_audit_count(archive: list[str], options: Options) -> None:
    audit(archive, replace(options, lang="de", settings={"reply_hours": "48 hours"}))
    found = [row for row in rows(Path(options.out), "violations") if row["rule"] in RULES]
    assert [(row["number"], row["message"]) for row in found] == [
        (number, "Bittet zu dieser Bestellung noch einmal um eine Bewertung.") for number in (3, 4)
    ]


def test_exceptions_for_a_text_or_a_template_count(archive: list[str], options: Options, tmp_path: Path) -> None:
    audit(archive, replace(options, out=options.out + "-first"))
    asked = [row for row in rows(Path(options.out + "-first"), "messages") if row["number"] == 3]
    entry = "{rule: repeat-review-request, template: '%s', reason: tried, author: A, until: 2027-01-01}"
    (tmp_path / "s.yaml").write_text(f"schema: 1\nsuppressions: [{entry % asked[0]['template']}]\n")
    today = date(2026, 12, 1)
    summary = audit(archive, replace(options, suppressions=str(tmp_path / "s.yaml"), today=today))
    found = [row for row in rows(Path(options.out), "violations") if row["rule"] in RULES]
    assert [(row["number"], row["status"]) for row in found] == [(3, "suppressed"), (4, "suppressed"), (2, "active")]
    assert summary.verdicts["block"] == 0


@pytest.mark.parametrize("late", [False, True])
def test_a_run_that_ends_in_the_last_step_goes_on(
    archive: list[str], options: Options, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(archive, replace(options, out=options.out + "-whole"))

    def fails(*args: Any) -> None:
        if late:
            judge_conversations(*args)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(run_module, "judge_conversations", fails)
        with pytest.raises(OSError, match="No space"):
            audit(archive, options)
    audit(archive, replace(options, resume=True))
    assert tables(options.out) == tables(options.out + "-whole")
