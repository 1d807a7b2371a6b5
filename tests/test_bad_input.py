"""Inputs that cannot be used, or are made to cost, end to end through the command and the shipped ruleset `amazon`.

Each is answered with what is wrong, where, and how to mend it; the other inputs of the same call are judged.
"""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msgpolicy.cli import main
from msgpolicy.facts.limits import MAX_ATTACHMENTS
from tests import sample_files as files

ROOT = Path(__file__).parent.parent
OFFSET = "write 2026-11-01T10:00:00+01:00, or Z for UTC"
CALL = "Please call us on +44 20 7946 0958."


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def check(*argv: str) -> Result:
    out, err = io.StringIO(), io.StringIO()
    status = main(("check", *argv), io.BytesIO(), out, err)
    return Result(status, out.getvalue(), err.getvalue())


def mail(body: str, *headers: str) -> str:
    lines = ("From: Shop <service@shop.example>", "To: a1b2@marketplace.amazon.de", "In-Reply-To: <1@buyer.example>")
    return "\r\n".join((*lines, "Subject: Order 305-1234567-1234567", "MIME-Version: 1.0", *headers, "", body))


MIXED = 'Content-Type: multipart/mixed; boundary="b"'
# What is given in one call, and what has to be said of it: nothing where it can be judged.
INPUTS: dict[str, tuple[str | bytes | None, str]] = {
    "first.txt": (CALL, ""),
    "missing.eml": (None, "missing.eml: there is no such file"),
    "lst.txt": (None, "lst.txt: there is no such file (did you mean 'last.txt'?)"),
    "drafts": (None, "drafts: is a folder, not a file (name the files in it, such as drafts/*.eml)"),
    "latin1.txt": ("Hello\nGrüße".encode("latin-1"), "latin1.txt:2:3: byte 8 (0xfc) is not UTF-8 (save it as UTF-8)"),
    "latin1.jsonl": (
        b'{"text": "Hello"}\n{"text": "Gr\xfc\xdfe"}\n',
        "latin1.jsonl:2:13: byte 12 (0xfc) is not UTF-8 (save it as UTF-8)",
    ),
    "naive.json": (
        '{\n  "text": "x",\n  "sent_at": "2026-11-01T10:00:00"\n}',
        f"naive.json:3:3: sent_at: '2026-11-01T10:00:00' has no offset from UTC ({OFFSET})",
    ),
    "typo.json": (
        '{"text": "x",\n "order": {"stats": "Shipped"}}',
        "typo.json:2:12: order.stats: unknown key (did you mean 'status'?)",
    ),
    "cut.json": ('{"text": "x"', "cut.json:1:13: not JSON: "),
    "empty.eml": (
        "",
        "empty.eml: the mail has no text, html, subject or attachment (give a whole mail: header, blank line, body)",
    ),
    "noise.eml": (
        bytes(range(256)) * 40,
        "noise.eml: this is no mail: no header field, and bytes that are no text (give a whole mail: ",
    ),
    "last.txt": (CALL, ""),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("bad")
    for name, (content, _) in INPUTS.items():
        if content is not None:
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (path / "drafts").mkdir()
    with chdir(path):
        yield path


@pytest.fixture(scope="module")
def told(folder: Path) -> Result:
    return check(*INPUTS)


@pytest.fixture(scope="module")
def listed(folder: Path) -> Result:
    return check(*INPUTS, "--format", "jsonl")


class TestOneCall:
    def test_unusable_inputs_make_it_2_and_the_others_are_judged(self, told: Result, listed: Result) -> None:
        assert (told.status, listed.status, listed.err) == (2, 2, "")
        for name in ("first.txt", "last.txt"):
            assert f"{name}:1:19  phone-number  error" in told.out
        assert "latin1.jsonl:1  " in told.out  # the line before the one that cannot be read
        assert "10 inputs could not be used" in told.out

    @pytest.mark.parametrize("name", [name for name, (_, said) in INPUTS.items() if said])
    def test_what_where_and_how(self, told: Result, name: str) -> None:
        lines = [line.removeprefix("error: ") for line in told.err.splitlines() if f"{name}:" in line]
        said = INPUTS[name][1]
        assert len(lines) == 1
        assert lines[0] == said or (said.endswith(": ") and lines[0].startswith(said))
        assert name not in told.out or name == "latin1.jsonl"

    def test_every_input_is_answered_in_its_place(self, listed: Result) -> None:
        answers = [
            (record["source"]["file"], record["source"].get("line"), record.get("verdict")) for record in listed.records
        ]
        assert answers == [
            ("first.txt", None, "block"),
            ("missing.eml", None, None),
            ("lst.txt", None, None),
            ("drafts", None, None),
            ("latin1.txt", 2, None),
            ("latin1.jsonl", 1, "block"),
            ("latin1.jsonl", 2, None),
            ("naive.json", 3, None),
            ("typo.json", 2, None),
            ("cut.json", 1, None),
            ("empty.eml", None, None),
            ("noise.eml", None, None),
            ("last.txt", None, "block"),
        ]

    def test_errors_are_records_with_reasons_and_hints(self, listed: Result) -> None:
        errors = {record["source"]["file"]: record["error"] for record in listed.records if "error" in record}
        assert errors["naive.json"]["problems"] == [
            {
                "path": "sent_at",
                "message": "'2026-11-01T10:00:00' has no offset from UTC",
                "hint": OFFSET,
                "line": 3,
                "column": 3,
            }
        ]
        assert all(error["why"] for error in errors.values())
        assert errors["typo.json"]["hint"] == "did you mean 'status'?"


def rules(record: dict[str, Any]) -> set[str]:
    return {violation["rule"] for violation in record["violations"]}


def left(record: dict[str, Any], *whys: str) -> dict[str, str]:
    """The rules that gave no judgement for one of these reasons, each with the detail."""
    return {entry["rule"]: entry["detail"] or "" for entry in record["not_evaluated"] if entry["why"] in whys}


UNREADABLE = "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!! no base64 !!!\r\n--b--"
PART = "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename={}.pdf\r\n\r\nx\r\n"
INVOICE = base64.b64encode(files.pdf("Invoice 4711")).decode()
# Inputs that are judged as far as they can be, in another call.
HARD: dict[str, str] = {
    "broken.eml": mail(f"--b\r\n\r\nThe kettle holds 1.7 litres.\r\n{UNREADABLE}", MIXED),
    "cut.eml": mail(f"--b\r\n\r\n{CALL}\r\n", MIXED),
    "other-boundary.eml": mail(f"--b\r\n\r\n{CALL}\r\n--c--", MIXED),
    "no-boundary.eml": mail(CALL, "Content-Type: multipart/mixed"),
    "encoding.eml": mail(CALL, "Content-Type: text/plain", "Content-Transfer-Encoding: x-nonsense"),
    "deep-div.html": "<div>" * 20_000 + CALL,
    "deep-b.html": "<b>" * 20_000 + CALL,
    "deeper.html": "<div>" * 100_000 + CALL,
    "many.json": json.dumps(
        {"text": CALL, "kind": "reply", "attachments": [{"filename": f"{n}.pdf", "size": 2000} for n in range(10_000)]}
    ),
    "many.eml": mail(f"--b\r\n\r\n{CALL}\r\n" + "".join(map(PART.format, range(10_000))) + "--b--", MIXED),
    "hundred.json": json.dumps(
        {"text": CALL, "attachments": [{"filename": f"{n}.pdf", "content": INVOICE} for n in range(MAX_ATTACHMENTS)]}
    ),
}


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, dict[str, Any]]:
    for name, content in HARD.items():
        (folder / name).write_bytes(content.encode())
    result = check(*HARD, "--format", "jsonl")
    assert (result.status, result.err) == (1, "")
    return {record["source"]["file"]: record for record in result.records}


class TestBrokenMail:
    def test_a_part_that_cannot_be_decoded_needs_a_person(self, reports: dict[str, Any]) -> None:
        record = reports["broken.eml"]
        assert (record["verdict"], record["violations"]) == ("review", [])
        assert "part 2" in left(record, "unreadable")["*"]
        assert "base64" in left(record, "unreadable")["*"]

    @pytest.mark.parametrize("name", ["cut.eml", "other-boundary.eml", "no-boundary.eml", "encoding.eml"])
    def test_what_can_be_read_of_it_is_judged(self, reports: dict[str, Any], name: str) -> None:
        assert "phone-number" in rules(reports[name])
        assert left(reports[name], "unreadable")["*"]

    def test_it_is_told_in_words(self, folder: Path, reports: dict[str, Any]) -> None:
        result = check("cut.eml")
        assert result.status == 1
        assert "cut.eml text:1:19  phone-number" in result.out
        assert "a person has to look (part 0: its last boundary is missing" in " ".join(result.out.split())


@pytest.mark.parametrize("name", ["deep-div.html", "deep-b.html"])
def test_twenty_thousand_nested_tags(reports: dict[str, Any], name: str) -> None:
    record = reports[name]
    assert "nested" in left(record, "unreadable")["*"]
    place = next(found["location"] for found in record["violations"] if found["rule"] == "phone-number")
    assert HARD[name][place["start"] : place["end"]] == "+44 20 7946 0958"


def test_a_hundred_thousand_nested_tags(reports: dict[str, Any]) -> None:
    record = reports["deeper.html"]
    assert record["verdict"] == "review"
    assert "html has more than 25,000 tags" in left(record, "too-large")["*"]


class TestManyAttachments:
    LIMITED = "there are 10,000 attachments; at most 100 are looked at"

    def test_in_a_record(self, reports: dict[str, Any]) -> None:
        record = reports["many.json"]
        assert record["verdict"] == "block"
        assert {"attachment-size", "phone-number"} <= rules(record)  # need no look at the files
        too_large = left(record, "too-large")
        assert {"attachment-mismatch", "attachment-active-content", "attachment-unreadable"} <= too_large.keys()
        assert set(too_large.values()) == {self.LIMITED}

    def test_in_a_mail(self, reports: dict[str, Any]) -> None:
        assert self.LIMITED in left(reports["many.eml"], "too-large").values()
        assert "phone-number" in rules(reports["many.eml"])

    def test_as_many_as_are_looked_at(self, reports: dict[str, Any]) -> None:
        assert left(reports["hundred.json"], "too-large", "crash", "timeout") == {}


# Each ¤ stands before a mistake; what is said of it follows.
TEN = """\
schema: 1
name: our-shop
version: "1"
¤titel: Ten mistakes
extends: [amazon]
settings:
  ¤window_anchr: delivered_at
sources: {HELP: ¤{title: Our help page}}
rules:
- ¤phone-numbr: warning
- id: external-link
  severity: ¤warnng
- id: insecure-link
  with: {¤fnd: insecure}
- id: our-words
  group: content
  check: ¤phrase
  message: {en: "Says {found}."}
  source: HELP
  examples: [{fail: a}, {pass: b}]
- id: our-place
  group: content
  check: condition
  with: {fires_when: {¤order.stat: Canceled}, at: order.status}
  message: {en: ¤"Says {fond}."}
  source: ¤HLEP
  examples: [{fail: {record: {text: x, order: {status: Canceled}}}}, {pass: b}]
"""
SAID = (
    "unknown key 'titel' (did you mean 'title'?)",
    "there is no inherited setting 'window_anchr' (did you mean 'window_anchor'?)",
    "the key 'site' is missing",
    "there is no inherited rule 'phone-numbr' (did you mean 'phone-number'?)",
    "'warnng' is not a known value (did you mean 'warning'?)",
    "unknown key 'fnd' (did you mean 'find'?)",
    "there is no check 'phrase' (did you mean 'phrases'?)",
    "'order.stat' is not a field of a message (did you mean 'order.status'?)",
    "the check fills no {fond} (one of: order.status)",
    "there is no source 'HLEP' (did you mean 'HELP'?)",
)


def test_ten_mistakes_of_a_ruleset_are_told_at_once(folder: Path) -> None:
    (folder / "ten.yaml").write_text(TEN.replace("¤", ""), encoding="utf-8")
    places = [
        f"ten.yaml:{number}:{line.index('¤') + 1}" for number, line in enumerate(TEN.splitlines(), 1) if "¤" in line
    ]
    result = check("first.txt", "--ruleset", "ten.yaml")
    assert (result.status, result.out) == (2, "")
    told = [line for line in result.err.splitlines() if line.startswith(("ten.yaml", "error: ten.yaml"))]
    assert [line.removeprefix("error: ") for line in told] == [
        f"{place}: {said}" for place, said in zip(places, SAID, strict=True)
    ]
    assert sum(line.strip() == "^" for line in result.err.splitlines()) == 10


# Prints the most memory that the process had at any time, in KiB.
MEASURED = """\
import resource, sys
from msgpolicy.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""
MEGABYTES = 50


def measured(folder: Path, name: str) -> tuple[int, list[dict[str, Any]], float]:
    """Status, records and MB of memory of a call in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-c", MEASURED, "check", name, "--format", "jsonl"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    memory = int(result.stderr.splitlines()[-1]) / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return result.returncode, [json.loads(line) for line in result.stdout.splitlines()], memory


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("big.txt", f"{CALL}\n"),
        ("line.txt", "x"),
        ("lines.txt", "\n"),
        ("wide.txt", "\U0001f4a1"),
        ("big.html", f"<p>{CALL}</p>"),
        ("tags.html", "<b>"),
        ("big.eml", f"{CALL}\n"),
        ("big.jsonl", f"{CALL} "),
    ],
)
def test_fifty_megabytes_are_refused_in_bounded_memory(folder: Path, name: str, unit: str) -> None:
    size = MEGABYTES * 1_000_000
    text = unit * (size // len(unit.encode()))
    if name.endswith(".eml"):
        text = mail(text).replace("\r\n", "\n")
    elif name.endswith(".jsonl"):
        text = json.dumps({"text": text}) + "\n" + json.dumps({"id": "after", "text": CALL}) + "\n"
    (folder / name).write_text(text, encoding="utf-8")
    _, _, least = measured(folder, "first.txt")
    status, records, memory = measured(folder, name)
    assert (status, records[0]["verdict"]) == (1, "review")
    assert any("at most 2,000,000 are read" in detail for detail in left(records[0], "too-large").values())
    assert memory < least + 6 * MEGABYTES
    if name.endswith(".jsonl"):
        assert (records[1]["message_id"], records[1]["verdict"]) == ("after", "block")
    (folder / name).unlink()


@pytest.mark.slow
def test_a_file_larger_than_any_message(folder: Path) -> None:
    (folder / "huge.txt").write_bytes(b"x" * (65 * 1024 * 1024))
    result = check("huge.txt", "first.txt")
    (folder / "huge.txt").unlink()
    assert result.status == 2
    assert (
        "huge.txt: is larger than 64 MiB (put each message in a file of its own, or all in a .jsonl file)" in result.err
    )
    assert "first.txt:1:19  phone-number" in result.out
