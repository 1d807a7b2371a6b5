"""`msgpolicy audit --erase`: one buyer's rows, all of them and no others; whatever interrupts it."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy import Linter
from msgpolicy.audit import erasing
from msgpolicy.audit.erasing import erase, is_half_erased
from msgpolicy.audit.run import Options, audit
from msgpolicy.audit.tables import TABLES
from msgpolicy.cli import main
from tests.audit_archives import PHONE, lines, record, rows

EVERYTHING: dict[str, Any] = {"jsonl": True, "exports": ("csv",)}
KIM, OTHER = "A1KIM", "A1KIMBERLEY"


def run(*args: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["audit", *args], stdin=io.BytesIO(), stdout=out, stderr=err)
    return status, out.getvalue(), err.getvalue()


def inbound(number: int, sender: str) -> dict[str, Any]:
    return record(number, PHONE, direction="buyer_to_seller", sender=sender)


RECORDS = [
    record(1, PHONE, buyer={"id": KIM}),
    record(2, PHONE, buyer={"id": OTHER}),
    record(3, buyer={"id": KIM.lower()}),
    inbound(4, "Kim@buyer.example"),
    record(5, sender="kim@buyer.example", direction="seller_to_buyer"),
    record(6),
]


def audited(tmp_path: Path, records: list[dict[str, Any]] = RECORDS, **options: Any) -> Path:
    archive = tmp_path / "a.jsonl"
    archive.write_bytes(lines(records))
    out = tmp_path / "out"
    audit([str(archive)], Options(out=str(out), **options))
    return out


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audited(tmp_path_factory.mktemp("finished"), **EVERYTHING)


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "out"))


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter("amazon", draft=False, across=True)


def numbers(out: Path, table: str = "messages") -> set[int]:
    return {row["number"] for row in rows(out, table)}


def content(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_all_rows_of_a_buyer_go_and_no_others(out: Path) -> None:
    before = {table: rows(out, table) for table in TABLES}
    status, said, err = run("--erase", KIM, "--out", str(out))
    assert (status, err) == (0, "")
    for table in TABLES:
        assert rows(out, table) == [row for row in before[table] if row["number"] not in (1, 3)], table
        told = [json.loads(line)["number"] for line in (out / f"{table}.jsonl").read_text().splitlines()]
        assert told == [row["number"] for row in rows(out, table)], table
    assert "2 of messages" in said
    assert (out / "messages.csv").read_text(encoding="utf-8-sig").count("\n") == 5
    assert KIM not in said
    summary = json.loads((out / "summary.json").read_text())
    assert summary["records"] == {"read": 4, "judged": 4, "rejected": 0}
    assert "2 messages were erased on request" in summary["notices"]
    assert not is_half_erased(out)
    assert not (out / ".work").exists()


def test_an_address_is_that_of_the_buyer_and_not_of_a_seller(out: Path) -> None:
    status, said, _ = run("--erase", "kim@BUYER.example", "--out", str(out))
    assert (status, numbers(out)) == (0, {1, 2, 3, 5, 6})
    assert "of 2 messages the buyer is not known" in said


@pytest.mark.parametrize("buyer", ["A1KI", "A1KIMB", "buyer.example", "%", "' OR 1=1 --"])
def test_near_misses_change_nothing(out: Path, buyer: str) -> None:
    before = content(out)
    status, said, _ = run("--erase", buyer, "--out", str(out))
    assert status == 1
    assert "no row is about this buyer" in said
    assert content(out) == before


def test_an_audit_that_is_not_redacted(tmp_path: Path) -> None:
    out = audited(tmp_path, redact=False)
    assert run("--erase", KIM, "--out", str(out))[0] == 0
    assert numbers(out) == {2, 4, 5, 6}


def test_what_was_erased_stays_so_when_the_report_is_made_again(out: Path, finished: Path) -> None:
    archive = str(finished.parent / "a.jsonl")
    assert run("--erase", KIM, "--out", str(out))[0] == 0
    assert run(archive, "--out", str(out), "--resume", "--processes", "1")[0] == 1
    assert numbers(out) == {2, 4, 5, 6}
    assert "2 messages were erased on request" in json.loads((out / "summary.json").read_text())["notices"]


def test_what_is_refused(out: Path, tmp_path: Path) -> None:
    key = tmp_path / "other.key"
    key.write_bytes(b"0123456789abcdef0123456789abcdef")
    before = content(out)
    for args, said in (
        (("--erase", KIM, "--out", str(tmp_path / "none")), "the folder holds no audit"),
        (("--erase", " ", "--out", str(out)), "the buyer to erase has no name"),
        (("--erase", KIM, "--out", str(out), "--redaction-key", str(key)), "it is not the key of this audit"),
        (("a.jsonl", "--erase", KIM, "--out", str(out)), "--erase goes without an archive"),
        (("--erase", KIM, "--out", str(out), "--resume"), "--erase goes without --resume"),
    ):
        status, _, err = run(*args)
        assert (status, said in err, "Traceback" in err) == (2, True, False), err
    assert content(out) == before
    assert not (tmp_path / "none").exists()


def test_a_missing_key(out: Path, finished: Path, tmp_path: Path) -> None:
    (out / "redaction.key").unlink()
    status, _, err = run("--erase", KIM, "--out", str(out))
    assert (status, "the redaction key is missing" in err) == (2, True), err
    assert numbers(out) == {1, 2, 3, 4, 5, 6}
    assert run("--erase", KIM, "--out", str(out), "--redaction-key", str(finished / "redaction.key"))[0] == 0


def test_buyers_that_were_never_known(tmp_path: Path) -> None:
    status, _, err = run("--erase", KIM, "--out", str(audited(tmp_path, [record(1), record(2)])))
    assert (status, "no message in this audit has a known buyer" in err) == (2, True), err


def test_an_audit_that_is_not_finished(out: Path) -> None:
    record = json.loads((out / "audit.json").read_text())
    (out / "audit.json").write_text(json.dumps({**record, "finished": False}))
    status, _, err = run("--erase", KIM, "--out", str(out))
    assert (status, "is not finished" in err) == (2, True), err


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_table(out: Path, damage: str) -> None:
    file = out / "violations" / "00000.parquet"
    if damage == "missing":
        shutil.rmtree(out / "violations")
    else:
        file.write_bytes(file.read_bytes()[:100] if damage == "cut" else b"PAR1 nothing PAR1")
    status, _, err = run("--erase", KIM, "--out", str(out))
    assert (status, "Traceback" in err, "internal error" in err) == (2, False, False), err
    assert numbers(out) == {1, 2, 3, 4, 5, 6}


THREAD = {"thread_id": "t-kim"}
TIED = [
    record(1, PHONE, buyer={"id": KIM}, **THREAD),
    inbound(2, "kim@buyer.example") | THREAD | {"order": None, "id": "q-2"},
    record(3, PHONE, order={"id": record(1)["order"]["id"]}),
    {"text": "An answer.", "id": "q-4", "in_reply_to": "q-2", "sent_at": "2024-05-01T10:00:00Z", "kind": "reply"},
    record(5, buyer={"id": OTHER}),
    record(6, thread_id="t-other"),
]


def test_messages_of_an_unknown_buyer_go_with_their_order_and_thread(tmp_path: Path, linter: Linter) -> None:
    """A buyer's order is in no other row afterwards, nor the id of a message of the buyer's."""
    out = audited(tmp_path, [{k: v for k, v in entry.items() if v is not None} for entry in TIED])
    erased = erase(str(out), KIM, linter)
    assert (numbers(out), erased.unknown, erased.shared) == ({5, 6}, 1, 0)


def test_an_address_stands_for_the_id_of_who_writes_from_it(tmp_path: Path, linter: Linter) -> None:
    records = [inbound(1, "kim@buyer.example") | {"buyer": {"id": KIM}}, record(2, buyer={"id": KIM}), record(3)]
    out = audited(tmp_path, records)
    erase(str(out), "kim@buyer.example", linter)
    assert numbers(out) == {3}


@pytest.mark.parametrize("other", ["id", "addresses"])
def test_an_order_of_several_buyers_is_nobodys(tmp_path: Path, linter: Linter, other: str) -> None:
    same = {"order": {"id": "unknown"}}
    records = [record(1, buyer={"id": KIM}) | same, record(2) | same]
    records += [record(3, buyer={"id": OTHER}) | same] if other == "id" else []
    records += [inbound(n, f"b{n}@buyer.example") | same for n in (3, 4) if other == "addresses"]
    out = audited(tmp_path, records)
    erased = erase(str(out), KIM, linter)
    assert numbers(out) == {row["number"] for row in rows(out, "messages")} == set(range(2, len(records) + 1))
    assert erased.shared == len(records) - 1
    assert "in a thread of this buyer" not in run("--erase", KIM, "--out", str(out))[1]


def test_nothing_of_the_buyer_is_left_in_any_file(tmp_path: Path) -> None:
    """The whole folder is searched, with what is packed in its files unpacked."""
    secret = {
        "id": "secretmessage", "thread_id": "secretthread", "order": {"id": "secretorder"},
        "sender": "secret@x.example", "buyer": {"id": KIM, "name": "Zebulon Quill"},
        "subject": "Zebulon, your secretsubject",
    }  # fmt: skip
    asks = {"direction": "buyer_to_seller", "text": "Where is the secretparcel of Zebulon Quill?"}
    records = [
        record(1, PHONE) | secret | {"text": f"Dear Zebulon Quill, {PHONE} It is about the secretword."},
        record(2) | secret | asks | {"sent_at": "2024-05-01T11:00:00+02:00", "id": "secretquestion"},
        record(3) | secret | {"sent_at": "2024-05-04T10:00:00+02:00", "kind": "reply", "in_reply_to": "secretquestion"},
        record(4, PHONE, buyer={"id": OTHER}),
        record(5),
    ]
    out = audited(tmp_path, records, redact=False, show_text=True, jsonl=True, exports=("csv", "xlsx"))
    words = (KIM, "Zebulon", "Quill", "secret")
    before = everything(out)
    assert [word for word in words if word.encode() not in before] == []
    (out / "parts" / "00000").mkdir(parents=True)  # of a run that was killed as it ended
    (out / ".work").mkdir()
    for left in ("parts/00000/shown.parquet", ".work/context", ".messages.csv.x1.tmp", "shown/.00000.parquet.x1.tmp"):
        (out / left).write_bytes(b"secret of a process that was killed")
    assert run("--erase", KIM, "--out", str(out))[0] == 0
    after = everything(out)
    # OTHER begins with the same letters.
    assert [word for word in words if word.encode() in after.replace(OTHER.encode(), b"")] == []
    assert numbers(out) == {4, 5}


def everything(out: Path) -> bytes:
    import pyarrow.parquet as pq

    found = []
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        if path.suffix == ".parquet" and path.parent.parent == out:
            found.append(json.dumps(pq.read_table(path).to_pylist(), default=str).encode())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found += [book.read(name) for name in book.namelist()]
        found.append(path.read_bytes())
    return b"\n".join(found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9")
@pytest.mark.slow
def test_killed_at_random_moments(out: Path, linter: Linter, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(out, tmp_path / "whole"))
    erase(str(whole), KIM, linter)
    call = [sys.executable, "-m", "msgpolicy", "audit", "--erase", KIM, "--out"]
    chance = random.Random(5)
    killed = 0
    for nth in range(12):
        folder = Path(shutil.copytree(out, tmp_path / f"killed{nth}"))
        process = subprocess.Popen([*call, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (folder / ".erase-unfinished").exists() and process.poll() is None:
            pass
        time.sleep(chance.random() * 0.3)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        again = subprocess.run([*call, str(folder)], capture_output=True, text=True, check=False)
        assert again.returncode in ((0,) if killed else (0, 1)), again
        assert content(folder) == content(whole)
    assert killed > 5


class Killed(BaseException):
    pass


@pytest.mark.parametrize("call", ["erase", "resume"])
def test_an_interrupted_erasure_is_ended_by_the_next_call(
    out: Path, finished: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def dies(*_: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "summarize", dies)
        assert run("--erase", KIM, "--out", str(out))[0] == 2
    assert is_half_erased(out)
    archive = str(finished.parent / "a.jsonl")
    args = ("--erase", KIM) if call == "erase" else (archive, "--resume")
    status, said, err = run(*args, "--out", str(out))
    assert (status, "is ended now" in said) == ((0, True) if call == "erase" else (1, False)), err
    assert numbers(out) == {2, 4, 5, 6}
    assert "2 messages were erased" in (out / "summary.json").read_text()
    assert not is_half_erased(out)


@pytest.mark.slow
def test_interrupted_anywhere_it_is_old_or_the_next_call_ends_it(
    out: Path, finished: Path, linter: Linter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Dies at each step that changes the folder: before it counts nothing is changed, afterwards nothing is lost."""
    old = content(out)
    whole = Path(shutil.copytree(out, tmp_path / "whole"))
    erase(str(whole), KIM, linter)
    new = content(whole)
    states = set()
    for step in range(100):
        folder = Path(shutil.copytree(out, tmp_path / f"step{step}"))
        left = [step]

        def dying(name: str, module: Any, left: list[int] = left) -> Any:
            real = getattr(module, name)

            def call(*args: Any, **kwargs: Any) -> Any:
                if left[0] == 0:
                    raise Killed
                left[0] -= 1
                return real(*args, **kwargs)

            return call

        with monkeypatch.context() as patch:
            for module, name in (
                (erasing.os, "replace"), (erasing.os, "rename"), (erasing, "_without"), (erasing, "summarize"),
                (erasing, "write_report"), (erasing, "write_jsonl"),
            ):  # fmt: skip
                patch.setattr(module, name, dying(name, module))
            try:
                erase(str(folder), KIM, linter)
            except Killed:
                ended = False
            else:
                ended = True
        if ended:
            assert content(folder) == new
            break
        if is_half_erased(folder):
            states.add("counts")
        else:
            states.add("old")
            shutil.rmtree(folder / ".erase-unfinished", ignore_errors=True)
            assert content(folder) == old
        if is_half_erased(folder) and step % 2:  # an audit that is gone on with ends it too
            audit([str(finished.parent / "a.jsonl")], Options(out=str(folder), resume=True, **EVERYTHING))
        else:
            again = erase(str(folder), KIM, linter)
            assert bool(again.rows["messages"]) != again.ended
        assert content(folder) == new, step
        shutil.rmtree(folder)
    assert ended
    assert states == {"old", "counts"}


def test_what_a_killed_process_gathered_is_no_harm(out: Path, linter: Linter) -> None:
    os.makedirs(out / ".erase-unfinished" / "violations")
    (out / ".erase-unfinished" / "violations" / "00000.parquet").write_bytes(b"half")
    assert erase(str(out), OTHER, linter).rows["messages"] == 1
    assert numbers(out) == {1, 3, 4, 5, 6}
    assert not (out / ".erase-unfinished").exists()
