from __future__ import annotations

import io
import json
import os
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msgpolicy.cli import main
from msgpolicy.inputs import Draft
from msgpolicy.linter import Linter
from msgpolicy.replacing import replacing
from msgpolicy.report import Edit, Fix, Report
from msgpolicy.reporters import formats, outputs
from msgpolicy.reporters.formats import FORMATS, Output
from msgpolicy.reporters.json import JsonReporter
from msgpolicy.reporters.masked import MaskedReporter
from tests.sample_reports import draft, report, violation

RULES = """\
schema: 1
name: tiny
version: "1"
sources:
  guide: {title: House Rules, site: policy.example, seen: 2026-11}
rules:
- id: no-shouting
  group: tone
  check: pattern
  with: {patterns: ['\\bHURRY\\b'], ignore_case: false}
  message: {en: "Shouts: {found}."}
  suggestion: {en: Write it calmly.}
  source: guide
  examples:
  - fail: Please HURRY up.
    at: HURRY
  - pass: Please hurry up.
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


def check(*argv: str) -> Result:
    out, err = io.StringIO(), io.StringIO()
    status = main(("check", "--ruleset", "tiny.yaml", *argv), io.BytesIO(b"HURRY"), out, err)
    return Result(status, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "a.txt").write_text("HURRY, ü", encoding="utf-8")
    (tmp_path / "b.txt").write_text("calm", encoding="utf-8")
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"tiny.yaml", "a.txt", "b.txt"}


# Several outputs


def test_several_outputs_are_written_at_once(folder):
    alone = check("a.txt", "b.txt")
    result = check("a.txt", "b.txt", "--output", "json:a.json", "--output", "jsonl:a.jsonl", "--output", "text:a.log")
    assert result == alone
    assert [entry["verdict"] for entry in json.loads((folder / "a.json").read_bytes())] == ["block", "pass"]
    lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["block", "pass"]
    assert (folder / "a.log").read_text(encoding="utf-8") == result.out
    assert files(folder) == {"a.json", "a.jsonl", "a.log"}


def test_text_in_a_file_holds_the_errors_too_and_no_colour(folder):
    result = check("gone.txt", "b.txt", "--color", "always", "--output", "text:a.log", "--format", "jsonl")
    assert result.status == 2
    written = (folder / "a.log").read_text(encoding="utf-8")
    assert written.startswith("error: gone.txt: there is no such file\n")
    assert "1 message: 1 pass" in written
    assert "\x1b" not in written


def test_an_output_on_standard_output_takes_the_place_of_text():
    result = check("b.txt", "--output", "jsonl:-")
    assert json.loads(result.out)["verdict"] == "pass"


def test_two_outputs_in_one_place_are_refused(folder):
    result = check("b.txt", "--format", "text", "--output", "jsonl:-")
    assert result.status == 2
    assert result.err == (
        "msgpolicy check: text and jsonl would both be written to standard output; give each a file of its own\n"
    )
    (folder / "link.json").symlink_to("a.json")
    for name in ("a.json", "./a.json", "link.json"):
        result = check("b.txt", "--output", "json:a.json", "--output", f"jsonl:{name}")
        assert result.status == 2
        assert "json and jsonl would both be written to" in result.err
        assert result.out == ""


@pytest.mark.parametrize("name", ["a.txt", "./a.txt", "hard.txt", "facts.json", "tiny.yaml", "known.json"])
def test_an_input_is_not_overwritten(folder, name):
    os.link(folder / "a.txt", folder / "hard.txt")
    (folder / "facts.json").write_text("{}", encoding="utf-8")
    known = ("--baseline", "known.json", "--update-baseline")
    result = check("a.txt", "--context", "facts.json", *known, "--output", f"json:{name}")
    assert result.status == 2
    assert f"--output json:{name} would overwrite a file that is read; name another file" in result.err.replace(
        "\n", " "
    )
    assert (folder / "a.txt").read_text(encoding="utf-8") == "HURRY, ü"
    assert (folder / "facts.json").read_text(encoding="utf-8") == "{}"
    assert (folder / "tiny.yaml").read_text(encoding="utf-8") == RULES
    assert not (folder / "known.json").exists()


# What is asked for


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("jsn:a.json", "(did you mean json?)"),
        ("a.json", "(such as text:a.json)"),
        ("sarif", "(such as sarif:FILE)"),
        ("nothing:a", "'nothing:a' is not FORMAT:FILE with one of the formats text, json"),
        ("json:", "'json:' names no file (- is standard output)"),
        ("", "is not FORMAT:FILE"),
    ],
)
def test_what_is_no_output_is_told_with_what_it_should_be(folder, value, said):
    result = check("a.txt", "--output", value)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""


def test_a_file_name_may_hold_a_colon(folder):
    assert check("b.txt", "--output", r"json:C:\reports\x.json").status == 0
    assert json.loads((folder / r"C:\reports\x.json").read_bytes())[0]["verdict"] == "pass"


def test_a_missing_folder_and_a_folder_are_told_before_anything_is_judged(folder):
    (folder / "out").mkdir()
    result = check("a.txt", "--output", "json:good.json", "--output", "json:reports/x.json")
    assert (result.status, result.out) == (2, "")
    assert "reports/x.json cannot be written: there is no folder" in result.err
    assert result.err.endswith("reports (make it first)\n")
    result = check("a.txt", "--output", "json:out")
    assert (result.status, result.out) == (2, "")
    assert "out cannot be written: it is a folder (name a file in it, such as out/report)" in result.err
    result = check("a.txt", "--output", "json:a.txt/x.json")
    assert "there is no folder" in result.err
    result = check("a.txt", "--output", f"json:{'x' * 5000}")
    assert "File name too long" in result.err
    assert result.status == 2
    assert files(folder) == {"out"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(folder):
    (folder / "locked").mkdir(mode=0o500)
    result = check("a.txt", "--output", "json:locked/x.json")
    assert "permission denied (check who may write to the folder" in result.err


# What fails on the way


class Failing(JsonReporter):
    """Fails at the second entry."""

    error_to_raise: Exception = OSError(28, "No space left on device")
    count = 0

    def report(self, draft: Any, report: Any) -> None:
        self.count += 1
        if self.count == 2:
            raise self.error_to_raise
        super().report(draft, report)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> type[Failing]:
    def make(output: Output) -> Failing:
        return Failing(output.write)

    table = {**FORMATS, "failing": formats.Format("", make)}
    monkeypatch.setattr(outputs, "FORMATS", table)
    monkeypatch.setattr("msgpolicy.arguments.FORMATS", table)
    return Failing


def test_a_full_disk_costs_only_the_file_on_it(folder, failing):
    (folder / "old").write_text("old", encoding="utf-8")
    result = check("a.txt", "b.txt", "a.txt", "--output", "failing:old", "--output", "jsonl:good")
    assert result.status == 2
    assert result.err == "msgpolicy check: old cannot be written: No space left on device\n"
    assert result.out.endswith("3 messages: 2 block, 1 pass; 2 errors\n")
    assert len((folder / "good").read_text(encoding="utf-8").splitlines()) == 3
    assert (folder / "old").read_text(encoding="utf-8") == "old"
    assert files(folder) == {"old", "good"}


def test_a_fault_of_ours_in_one_format_costs_only_that(folder, failing, monkeypatch):
    monkeypatch.setattr(failing, "error_to_raise", KeyError("private"))
    result = check("a.txt", "b.txt", "--output", "failing:bad", "--output", "jsonl:good")
    assert result.status == 2
    assert "internal error KeyError" in result.err
    assert "private" not in result.err
    assert len((folder / "good").read_text(encoding="utf-8").splitlines()) == 2
    assert files(folder) == {"good"}


def test_a_closed_pipe_does_not_lose_the_files(folder, failing, monkeypatch):
    monkeypatch.setattr(failing, "error_to_raise", BrokenPipeError())
    result = check("a.txt", "b.txt", "a.txt", "--format", "failing", "--output", "jsonl:good")
    assert result.status == 141
    assert len((folder / "good").read_text(encoding="utf-8").splitlines()) == 3


def test_a_closed_pipe_ends_the_call_when_nothing_else_is_written(failing, monkeypatch):
    judged = []
    check_one = Linter.check

    def counted(*args: Any, **kwargs: Any) -> Report:
        judged.append(args)
        return check_one(*args, **kwargs)

    monkeypatch.setattr(failing, "error_to_raise", BrokenPipeError())
    monkeypatch.setattr(Linter, "check", counted)
    assert check("a.txt", "b.txt", "a.txt", "b.txt", "--format", "failing").status == 141
    assert len(judged) == 2


def test_a_call_that_breaks_off_leaves_the_old_files(folder, monkeypatch):
    def interrupt(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    (folder / "old").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Linter, "check", interrupt)
    assert check("a.txt", "--output", "json:old", "--output", "json:new").status == 130
    assert (folder / "old").read_text(encoding="utf-8") == "old"
    assert files(folder) == {"old"}


# Notices


def test_a_notice_is_said_once_on_standard_error_and_in_the_text_of_a_file(folder):
    (folder / "facts.json").write_text('{"305-0000000-0000000": {"order": {"status": "Shipped"}}}', encoding="utf-8")
    note = "note: facts.json: no message has an id or order id that it knows\n"
    for form in FORMATS:
        result = check("b.txt", "--context", "facts.json", "--format", form, "--output", "text:a.log")
        assert result.err == note, form
        assert note in (folder / "a.log").read_text(encoding="utf-8")


# Files complete or not at all


def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(folder):
    (folder / "real").write_bytes(b"old")
    (folder / "real").chmod(0o640)
    (folder / "link").symlink_to("real")
    with replacing(folder / "link") as stream:
        stream.write(b"new")
        assert (folder / "real").read_bytes() == b"old"
    assert (folder / "link").is_symlink()
    assert (folder / "real").read_bytes() == b"new"
    assert stat.S_IMODE((folder / "real").stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_new_files_have(folder):
    mask = os.umask(0o027)
    try:
        with replacing(folder / "new"):
            assert files(folder) != {"new"}
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o640
    assert files(folder) == {"new"}


def test_what_breaks_off_leaves_nothing(folder):
    def break_off() -> None:
        with replacing(folder / "new") as stream:
            stream.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert files(folder) == set()


def test_a_pipe_is_written_directly(folder):
    with replacing(os.devnull) as stream:
        stream.write(b"x")
    assert not Path(os.devnull).is_file()


# What leaves the house


def test_private_values_are_masked_in_what_is_passed_on(folder):
    (folder / "c.txt").write_text("Ada: write to ada@buyer.example, HURRY ada@buyer.example", encoding="utf-8")
    rules = RULES.replace("HURRY\\b", "HURRY \\S+")
    (folder / "tiny.yaml").write_text(rules.replace("Please HURRY up.\n    at: HURRY", "HURRY up\n    at: HURRY up"))
    for form in ("sarif", "junit", "github"):
        masked = check("c.txt", "--format", form)
        assert "Shouts: HURRY •••@•••••.•••••••" in masked.out
        assert "ada@" not in masked.out
        assert "Shouts: HURRY ada@buyer.example" in check("c.txt", "--format", form, "--no-redact").out


def test_a_fix_is_left_out_where_masks_would_become_part_of_it():
    text = "order 305-1234567-1234567: see http://a.example"
    fixes = [
        Fix(safe=True, edits=(Edit(part="text", start=30, end=34, replacement=new),))
        for new in ("https", "https order 305-1234567-1234567")
    ]
    told: list[Report] = []

    class Listening(JsonReporter):
        def report(self, draft: Draft, report: Report) -> None:
            told.append(report)

    reporter = MaskedReporter(Listening(lambda data: None))
    reporter.report(draft(text), report(*(violation(text, "http", fix=fix) for fix in fixes)))
    assert [found.fix for found in told[0].violations] == [fixes[0], None]


# Counts


def test_statistics_come_last_on_standard_error_in_every_format():
    for form in FORMATS:
        argv = ("a.txt", "b.txt", "gone.txt", "--as-of", "2026-11-01", "--format", form)
        plain, result = check(*argv), check(*argv, "--stats")
        assert (result.status, result.out) == (plain.status, plain.out)
        assert result.err.startswith(plain.err)
        said = result.err.removeprefix(plain.err)
        assert said.startswith("Messages: 2 in ")
        assert "Inputs that could not be used: 1\n" in said
        assert re.search(r"  no-shouting +1 +0 +0\n", said)
