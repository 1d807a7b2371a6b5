"""Exceptions and baselines on the command line: what is shown, what is said, what decides the exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msgpolicy.cli import main
from msgpolicy.report import Report
from tests.tiny_ruleset import RULES

EXCEPTIONS = """\
schema: 1
suppressions:
- rule: no-shouting
  account: A
  reason: Our brand is called HURRY
  author: anna@shop.example
  until: 2027-01-01
  ticket: OPS-12
- rule: no-shouting
  account: B
  reason: Another shop
  author: anna@shop.example
  until: 2027-01-01
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"tiny.yaml": RULES, "ex.yaml": EXCEPTIONS, "a.txt": "HURRY", "b.txt": "We sue"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    record("in.json", text="HURRY up", account={"id": "A"})
    return tmp_path


def record(file: str, **fields: Any) -> None:
    Path(file).write_text(json.dumps({"kind": "reply", **fields}), encoding="utf-8")


def check(*argv: str) -> Result:
    out, err = io.StringIO(), io.StringIO()
    status = main(["check", "--ruleset", "tiny.yaml", *argv], io.BytesIO(), out, err)  # type: ignore[arg-type]
    return Result(status, out.getvalue(), err.getvalue())


def reports(result: Result) -> list[Report]:
    return [Report.from_json(line) for line in result.out.splitlines()]


EX = ("--suppressions", "ex.yaml", "--today", "2026-11-22")


class TestSuppressions:
    def test_what_is_excused_does_not_count_and_is_counted(self, folder: Path) -> None:
        result = check("in.json", *EX)
        assert result.status == 0
        assert "in.json  pass" in result.out
        assert "1 message: 1 pass; 1 suppressed" in result.out
        assert "no-shouting" not in result.out
        assert result.err == "note: ex.yaml:9: nothing in this run needed the exception for no-shouting\n"

    def test_it_can_be_shown(self, folder: Path) -> None:
        out = check("in.json", *EX, "--show-suppressed").out
        assert "in.json text:1:1  no-shouting  suppressed" in out
        assert "Excused: Our brand is called HURRY (anna@shop.example, until 2027-01-01, OPS-12, ex.yaml:3)" in out

    def test_what_has_ended_says_so(self, folder: Path) -> None:
        result = check("in.json", "--suppressions", "ex.yaml", "--today", "2027-01-01")
        assert result.status == 1
        assert "Excused no longer: Our brand is called HURRY (anna@shop.example, ended on 2027-01-01" in result.out
        assert "note: ex.yaml:3: the exception for no-shouting ended on 2027-01-01" in result.err

    def test_the_record_formats_have_it_all(self, folder: Path) -> None:
        (report,) = reports(check("in.json", *EX, "--format", "jsonl"))
        (violation,) = report.violations
        assert violation.status == "suppressed"
        assert violation.excuse is not None
        assert (violation.excuse.source, violation.excuse.ticket) == ("ex.yaml:3", "OPS-12")
        assert report.receipt.suppressions is not None
        assert report.receipt.suppressions.file == "ex.yaml"

    def test_a_bad_file_ends_the_call(self, folder: Path) -> None:
        Path("ex.yaml").write_text(
            EXCEPTIONS.replace("no-shouting", "no-threats", 1).replace("until: 2027", "til: 2027", 1)
        )
        result = check("in.json", *EX)
        assert (result.status, result.out) == (2, "")
        assert "ex.yaml:3:9: the rule 'no-threats' cannot be suppressed" in result.err
        assert "ex.yaml:7:3: unknown key 'til'" in result.err

    def test_very_many_notes_end(self, folder: Path) -> None:
        entry = "- {rule: no-shouting, account: A%d, reason: r, author: a, until: 2027-01-01}\n"
        Path("ex.yaml").write_text("schema: 1\nsuppressions:\n" + "".join(entry % n for n in range(80)))
        err = check("in.json", *EX).err.splitlines()
        assert len(err) == 51
        assert err[-1] == "note: and 30 more of such notes"

    @pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "2026-11-01T10:00:00Z"])
    def test_the_day_has_to_be_one(self, folder: Path, day: str) -> None:
        result = check("in.json", "--suppressions", "ex.yaml", "--today", day)
        assert result.status == 2
        assert day in result.err

    def test_a_template_is_named_in_a_context_file(self, folder: Path) -> None:
        Path("ex.yaml").write_text(EXCEPTIONS.replace("account: A", "template: parcel-late"))
        Path("in.eml").write_text("From: a@shop.example\nMessage-ID: <m-1@shop.example>\nSubject: x\n\nHURRY\n")
        assert check("in.eml", *EX).status == 1
        Path("facts.csv").write_text("id,extra.template\nm-1@shop.example,parcel-late\n")
        assert check("in.eml", *EX, "--context", "facts.csv").status == 0


class TestEntriesToFillIn:
    def test_they_do_nothing_until_they_are_filled_in(self, folder: Path) -> None:
        result = check("a.txt", "in.json", "b.txt", "--format", "suppressions")
        assert result.status == 1
        assert "# b.txt text:1:4: error, no-threats, cannot be suppressed: mend the message" in result.out
        assert "HURRY" not in result.out
        Path("new.yaml").write_text(result.out)
        refused = check("a.txt", "--suppressions", "new.yaml")
        assert refused.status == 2
        assert refused.err.count("expected") == 6
        filled = result.out.replace("reason:", "reason: Our brand").replace("author:", "author: Anna")
        Path("new.yaml").write_text(filled.replace("until:", "until: 2099-01-01"))
        again = check("a.txt", "in.json", "b.txt", "--suppressions", "new.yaml")
        assert "3 messages: 1 block, 2 pass; 1 error, 2 suppressed" in again.out
        assert again.err == ""

    def test_the_same_text_twice_is_one_entry(self, folder: Path) -> None:
        Path("c.txt").write_text("HURRY")
        out = check("a.txt", "c.txt", "--format", "suppressions").out
        assert out.count("- rule: no-shouting") == 1
        assert "# c.txt text:1:1: error, the same as above" in out

    def test_nothing_found(self, folder: Path) -> None:
        Path("a.txt").write_text("Hello")
        result = check("a.txt", "none.txt", "--format", "suppressions")
        Path("new.yaml").write_text(result.out)
        assert "# not judged: none.txt" in result.out
        assert check("a.txt", "--suppressions", "new.yaml").status == 0

    def test_what_is_excused_already_is_not_listed(self, folder: Path) -> None:
        assert "- rule" not in check("in.json", *EX, "--format", "suppressions").out

    def test_names_cannot_break_out_of_a_comment(self, folder: Path) -> None:
        name = "x\n- rule: evil.txt"
        Path(name).write_text("HURRY")
        out = check(name, "--format", "suppressions").out
        assert [line for line in out.splitlines() if line.startswith("- rule")] == ["- rule: no-shouting"]


class TestBaseline:
    KNOWN = ("--baseline", "known.json")

    def test_only_new_findings_count(self, folder: Path) -> None:
        first = check("a.txt", *self.KNOWN, "--update-baseline")
        assert (first.status, first.err) == (0, "")
        assert "1 message: 1 pass; 1 baselined" in first.out
        Path("c.txt").write_text("HURRY")
        result = check("a.txt", "c.txt", *self.KNOWN)
        assert result.status == 1
        assert "2 messages: 1 block, 1 pass; 1 error, 1 baselined" in result.out
        assert "Excused: known in known.json" in check("a.txt", *self.KNOWN, "--show-suppressed").out

    def test_what_is_never_suppressed_stays(self, folder: Path) -> None:
        result = check("b.txt", *self.KNOWN, "--update-baseline")
        assert result.status == 1
        assert "note: known.json: 1 finding is not taken as known: no-threats is suppressible: never" in result.err
        assert json.loads(Path("known.json").read_text())["findings"] == []

    def test_with_suppressions(self, folder: Path) -> None:
        result = check("in.json", "a.txt", *EX, *self.KNOWN, "--update-baseline")
        assert "2 messages: 2 pass; 1 suppressed, 1 baselined" in result.out
        assert [item["file"] for item in json.loads(Path("known.json").read_text())["findings"]] == ["a.txt"]

    def test_stale_ones_are_said(self, folder: Path) -> None:
        check("a.txt", *self.KNOWN, "--update-baseline")
        Path("a.txt").write_text("hurry")
        err = check("a.txt", *self.KNOWN).err
        assert err == "note: known.json: 1 finding is no longer needed (a.txt): --update-baseline takes them out\n"
        check("a.txt", *self.KNOWN, "--update-baseline")
        assert check("a.txt", *self.KNOWN).err == ""

    def test_inputs_that_cannot_be_read_keep_what_is_known(self, folder: Path) -> None:
        check("a.txt", *self.KNOWN, "--update-baseline")
        Path("a.txt").write_bytes(b"\xff")
        result = check("a.txt", *self.KNOWN, "--update-baseline")
        assert result.status == 2
        assert len(json.loads(Path("known.json").read_text())["findings"]) == 1

    def test_a_folder_is_no_file_of_exceptions(self, folder: Path) -> None:
        Path("exceptions").mkdir()
        result = check("a.txt", "--suppressions", "exceptions")
        assert result.status == 2
        assert result.err == "exceptions: it is a folder: name the file in it\n"

    def test_calls_that_mean_nothing(self, folder: Path) -> None:
        result = check("a.txt", "--update-baseline")
        assert result.status == 2
        assert "add --baseline FILE" in result.err
        result = check("a.txt", *self.KNOWN)
        assert result.status == 2
        assert "known.json: there is no such file (--update-baseline makes it" in result.err
        Path("known.json").write_text('{"results": {}}')
        result = check("a.txt", *self.KNOWN, "--update-baseline")
        assert result.status == 2
        assert Path("known.json").read_text() == '{"results": {}}'

    def test_it_cannot_be_written(self, folder: Path) -> None:
        result = check("a.txt", "--baseline", "none/known.json", "--update-baseline")
        assert result.status == 2
        assert result.err == "none/known.json: there is no such folder (make it first)\n"
        assert result.out == ""

    def test_an_output_does_not_overwrite_it(self, folder: Path) -> None:
        check("a.txt", *self.KNOWN, "--update-baseline")
        for file, option in (("known.json", self.KNOWN), ("ex.yaml", EX)):
            before = Path(file).read_bytes()
            assert check("a.txt", *option, "--output", f"json:{file}").status == 2
            assert Path(file).read_bytes() == before


def test_the_schema_is_there() -> None:
    out = io.StringIO()
    assert main(["schema", "suppressions"], io.BytesIO(), out, io.StringIO()) == 0  # type: ignore[arg-type]
    assert json.loads(out.getvalue())["title"] == "Suppressions"
