"""`msgpolicy audit` as people call it: what it says, and its exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit.tables import TABLES
from msgpolicy.cli import main
from tests.audit_archives import PHONE, lines, mail, mailbox, record, rows


def run(*args: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["audit", *args], stdin=io.BytesIO(), stdout=out, stderr=err)
    return status, out.getvalue(), err.getvalue()


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_an_archive_without_faults(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.mbox", mailbox([mail(1), mail(2)]))
    status, out, err = run(archive, "--out", str(tmp_path / "out"), "--processes", "1")
    assert status == 0
    assert "2 records: 2 judged, 0 rejected" in out
    assert err == ""


def test_a_violation_gives_one(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1), record(2, PHONE)]))
    assert run(archive, "--out", str(tmp_path / "out"), "--processes", "1")[0] == 1


def test_a_rejected_record_gives_two_and_is_told(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1)]) + b"{\n")
    status, out, _ = run(archive, "--out", str(tmp_path / "out"), "--processes", "1")
    assert status == 2
    assert f"rejected: 1 in {archive}" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nothing.mbox", "--out", "o"), "nothing.mbox: there is no such file"),
        (("a.jsonl",), "the following arguments are required: --out"),
        (("a.jsonl", "--out", "o", "--map", "txt=body"), "a message has no field 'txt' (did you mean 'text'?)"),
        (("a.jsonl", "--out", "o", "--map", "text"), "'text' is not FIELD=COLUMN"),
        (("a.jsonl", "--out", "o", "--timezone", "Europe/Atlantis"), "is not a time zone that is known here"),
        (("a.jsonl", "--out", "o", "--processes", "0"), "'0' is not a number of processes"),
        (("a.jsonl", "--out", "o", "--redaction-key", "short"), "the key has 5 bytes"),
        (("a.jsonl", "--out", "o", "--context", "no.csv"), "no.csv: cannot be read"),
        (("unknown.dat", "--out", "o"), "neither its name nor its beginning tells what it holds"),
        (("empty", "--out", "o"), "no file of a kind that is known is in it"),
        (("*.nothing", "--out", "o"), "no file has such a name"),
    ],
)
def test_what_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", lines([record(1)]))
    write(tmp_path / "short", b"abcde")
    write(tmp_path / "unknown.dat", b"\x00\x01")
    (tmp_path / "empty").mkdir()
    status, _, err = run(*args)
    assert (status, said in err) == (2, True), err
    assert "Traceback" not in err


def test_foreign_names_and_times_without_offset(tmp_path: Path) -> None:
    foreign = {"body": "Hello Anna, your question about the lamp is answered.", "date": "2024-07-01T10:00:00", "x": 1}
    archive = write(tmp_path / "a.jsonl", lines([foreign]))
    args = ("--map", "text=body,sent_at=date", "--timezone", "Europe/Berlin", "--processes", "1")
    assert run(archive, "--out", str(tmp_path / "out"), *args)[0] == 0
    (row,) = rows(tmp_path / "out", "messages")
    assert row["offset_minutes"] == 120
    assert row["sent_at"].hour == 8
    assert row["assumed"] == ["timezone=Europe/Berlin"]


def test_facts_from_a_context_file(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.mbox", mailbox([mail(1), mail(2)]))
    context = write(tmp_path / "c.csv", b"order.id,buyer.id,order.status\n123-1234567-0000002,B-2,Canceled\n")
    args = ("--context", context, "--no-redact", "--processes", "1")
    run(archive, "--out", str(tmp_path / "out"), *args)
    assert [row["buyer"] for row in rows(tmp_path / "out", "messages")] == [
        "a1b2c3d4e5f6@marketplace.amazon.de",
        "B-2",
    ]
    assert not (tmp_path / "out" / ".work").exists()


def test_a_context_that_fits_nothing_is_told(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1)]))
    context = write(tmp_path / "c.csv", b"order.id,order.status\n123-1234567-7777777,Shipped\n")
    _, out, _ = run(archive, "--out", str(tmp_path / "out"), "--context", context, "--processes", "1")
    assert "note: no message has an id or order id that the context knows" in out


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1)]))
    code = "import sys; sys.modules['pyarrow'] = None; from msgpolicy.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "audit", archive, "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "msgpolicy audit needs pyarrow and duckdb: pip install 'msgpolicy[audit]'\n"
    assert not (tmp_path / "out").exists()


def test_tables_as_json(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1), record(2, PHONE)]))
    run(archive, "--out", str(tmp_path / "out"), "--processes", "1", "--jsonl")
    for table in TABLES:
        found = [json.loads(line) for line in (tmp_path / "out" / f"{table}.jsonl").read_text().splitlines()]
        assert len(found) == len(rows(tmp_path / "out", table))
    message = json.loads((tmp_path / "out" / "messages.jsonl").read_text().splitlines()[0])
    assert message["sent_at"] == "2024-05-01T08:00:00Z"
    violations = (tmp_path / "out" / "violations.jsonl").read_text().splitlines()
    assert all(isinstance(json.loads(line)["evidence"], dict) for line in violations)


def test_the_record_of_what_was_asked_repeats_the_audit(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.jsonl", lines([record(1)]))
    run(archive, "--out", str(tmp_path / "out"), "--set", "window_anchor=delivered_at", "--processes", "1")
    asked = json.loads((tmp_path / "out" / "audit.json").read_bytes())["asked"]
    assert asked["settings"] == {"window_anchor": "delivered_at"}
    assert asked["digest"].startswith("sha256:")
    assert asked["archives"]["paths"] == [archive]
