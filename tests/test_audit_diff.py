"""`msgpolicy diff`: which verdicts change between two rulesets, two dates, two finished audits."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit.asked import Record, write_record
from msgpolicy.audit.comparing import compare
from msgpolicy.audit.run import Options, audit
from msgpolicy.cli import main
from msgpolicy.inputs import InputError
from tests.audit_archives import PHONE, lines, record
from tests.audit_folder import asked, found, message, write_tables

LINK = "See https://other.example/kim for the manual."


def run(*args: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["diff", *args], stdin=io.BytesIO(), stdout=out, stderr=err)
    return status, out.getvalue(), err.getvalue()


def folder(path: Path, finished: bool = True, *, redacted: bool = True, **tables: Any) -> str:
    out = write_tables(path, tables)
    write_record(out, Record(asked=asked(redacted=redacted), parts=1, finished=finished))
    return out


def changes(difference: Any) -> list[tuple[str, str, str, int, int]]:
    return [(r["rule"], r["old"], r["new"], r["messages"], r["verdicts_changed"]) for r in difference.rules]


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines([record(1), record(2, PHONE), record(3, LINK)]))
    return str(path)


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """Links to anywhere are allowed by it."""
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\nname: mine\nversion: 1\nextends: [amazon]\nrules: [{external-link: off}]\n")
    return str(path)


def test_nothing_changes_with_the_same_ruleset(archive: str) -> None:
    status, out, err = run("amazon", "amazon", archive, "--processes", "1")
    assert (status, err) == (0, "")
    assert "3 messages compared, 0 with another verdict" in out
    assert "->" not in out


def test_two_rulesets(archive: str, rules: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    status, out, _ = run("amazon", rules, archive, "--processes", "1", "--format", "json")
    told = json.loads(out)
    assert status == 1
    assert told["messages"] == {"compared": 3, "changed": 1, "only_old": 0, "only_new": 0}
    assert told["verdicts"] == [{"old": "block", "new": "pass", "messages": 1}]
    (rule,) = [rule for rule in told["rules"] if rule["rule"] == "external-link"]
    assert (rule["old"], rule["new"], rule["messages"], rule["verdicts_changed"]) == ("error", "nothing", 1, 1)
    (example,) = rule["examples"]
    assert (example["file"], example["number"]) == (archive, 3)
    assert (example["old_verdict"], example["new_verdict"]) == ("block", "pass")
    assert "other.example/kim" not in out
    assert (told["old"]["ruleset"], told["new"]["ruleset"]) == ("amazon", "mine")
    assert list((tmp_path / "temp").iterdir()) == []


def test_two_dates(archive: str) -> None:
    status, out, _ = run(
        "amazon", "amazon", archive, "--processes", "1", "--as-of-old", "2015-01-01", "--as-of-new", "2026-10-01"
    )
    assert status == 1
    assert "as of 2015-01-01T00:00:00+00:00" in out
    assert "external-link: nothing -> error in 1 messages, 1 of them with another verdict" in out
    assert "other.example/kim" not in out


def test_what_is_shown_without_redaction(archive: str, rules: str) -> None:
    assert "other.example/kim" in run(rules, "amazon", archive, "--processes", "1", "--no-redact")[1]


def test_a_record_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines([record(1)]) + b"{\n")
    status, out, _ = run("amazon", "amazon", str(path), "--processes", "1")
    assert status == 2
    assert "1 records could not be read in old" in out


def test_finished_audits_give_what_rulesets_give(archive: str, rules: str, tmp_path: Path) -> None:
    direct = json.loads(run("amazon", rules, archive, "--processes", "1", "--format", "json")[1])
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef0123456789abcdef")
    for name, ruleset in (("old", "amazon"), ("new", rules)):
        audit([archive], Options(out=str(tmp_path / name), ruleset=ruleset, redaction_key=str(key)))
    status, out, _ = run(str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json")
    folders = json.loads(out)
    assert status == 1
    for told in (direct, folders):
        del told["old"]["key"], told["new"]["key"]
    assert folders == direct


def test_each_kind_of_change(tmp_path: Path) -> None:
    old = folder(
        tmp_path / "old",
        messages=[message(1), message(2, "warn"), message(3, "block"), message(4), message(5, "block"), message(6)],
        violations=[
            found(2, severity="warning"), found(3), found(5), found(5, severity="warning"),
        ],
        not_evaluated=[{"file": "a.jsonl", "number": 4, "rule": "late", "why": "missing", "needs": [], "detail": None}],
    )  # fmt: skip
    new = folder(
        tmp_path / "new",
        messages=[message(1, "block"), message(2, "block"), message(3), message(4), message(5, "block"), message(7)],
        violations=[found(1), found(2), found(3, status="suppressed"), found(5), found(7)],
    )
    difference = compare(old, new)
    assert sorted(changes(difference)) == [
        ("late", "not evaluated", "nothing", 1, 0),
        ("phone-number", "error", "suppressed", 1, 1),
        ("phone-number", "nothing", "error", 1, 1),
        ("phone-number", "warning", "error", 1, 1),
    ]
    assert difference.messages == {"compared": 5, "changed": 3, "only_old": 1, "only_new": 1}
    assert changes(difference)[-1][0] == "late"  # where nothing is found stands behind
    assert difference.found


def test_a_second_finding_of_a_rule_is_no_change(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", messages=[message(1, "block")], violations=[found(1)])
    new = folder(tmp_path / "new", messages=[message(1, "block")], violations=[found(1), found(1, start=4)])
    difference = compare(old, new)
    assert (difference.rules, difference.found) == ([], False)


@pytest.mark.parametrize("count", [0, 2])
def test_examples_are_the_first_with_another_verdict(tmp_path: Path, count: int) -> None:
    messages = [message(number, "block" if number < 3 else "pass") for number in range(1, 7)]
    old = folder(tmp_path / "old", messages=messages)
    new = folder(
        tmp_path / "new",
        messages=[message(number, "block") for number in range(1, 7)],
        violations=[found(number, excerpt=f"e{number}") for number in range(6, 0, -1)],
    )
    (rule,) = compare(old, new, examples=count).rules
    assert [example["excerpt"] for example in rule.get("examples", [])] == ["e3", "e4"][:count]


def test_examples_of_audits_that_show_everything_are_masked(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", messages=[message(1)], redacted=False)
    new = folder(
        tmp_path / "new", messages=[message(1, "block")], violations=[found(1, excerpt="kim@buyer.example")],
        redacted=False,
    )  # fmt: skip
    assert "kim@buyer" not in run(old, new)[1]
    assert "kim@buyer.example" in run(old, new, "--no-redact")[1]


def test_audits_without_a_message_in_common(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", messages=[message(1)])
    new = folder(tmp_path / "new", messages=[message(2)])
    with pytest.raises(InputError, match="no message in common"):
        compare(old, new)


@pytest.mark.parametrize("damage", ["unfinished", "table", "cut", "json", "erased"])
def test_a_broken_folder(tmp_path: Path, damage: str) -> None:
    old = folder(tmp_path / "old", damage != "unfinished", messages=[message(1)])
    new = folder(tmp_path / "new", messages=[message(1)])
    file = tmp_path / "old" / "violations" / "00000.parquet"
    if damage == "table":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:50])
    elif damage == "json":
        (tmp_path / "old" / "audit.json").write_text("{")
    elif damage == "erased":
        (tmp_path / "old" / ".erase").mkdir()
    status, _, err = run(old, new)
    assert (status, old in err, "Traceback" in err, "internal error" in err) == (2, True, False, False), err


def test_what_cannot_be_used_is_told(tmp_path: Path, archive: str) -> None:
    one = folder(tmp_path / "one", messages=[message(1)])
    for args, said in (
        (("amazon", "amazon"), "say which archives to judge"),
        (("amazon", "amazn", archive), "amazn"),
        ((one, "amazon", archive), "name two rulesets, or two audits"),
        ((one, one, archive), "name no archive"),
        ((one, one, "--as-of-new", "2024-01-01"), "no --as-of"),
        (("amazon", "amazon", "none.mbox"), "there is no such file"),
        (("amazon", "amazon", archive, "--examples", "x"), "is not a number of examples"),
        (("amazon", "amazon", archive, "--map", "txt=a"), "msgpolicy diff: --map"),
    ):
        status, _, err = run(*args)
        assert (status, said in err, "Traceback" in err) == (2, True, False), err
