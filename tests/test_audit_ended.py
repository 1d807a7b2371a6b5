"""Audits that something ends: killed processes, Ctrl-C, a full disk. Nothing is lost, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit import run as run_module  # noqa: E402
from msgpolicy.audit import shards as shards_module  # noqa: E402
from msgpolicy.audit import workers as workers_module  # noqa: E402
from msgpolicy.audit.archives.raw import JSON, Raw, as_batch  # noqa: E402
from msgpolicy.audit.batch import Recipe  # noqa: E402
from msgpolicy.audit.database import connection  # noqa: E402
from msgpolicy.audit.parts import Part, Parts  # noqa: E402
from msgpolicy.audit.run import Options, audit  # noqa: E402
from msgpolicy.audit.shards import Shard  # noqa: E402
from msgpolicy.audit.tables import TABLES  # noqa: E402
from msgpolicy.audit.workers import Workers  # noqa: E402
from msgpolicy.inputs import InputError  # noqa: E402
from tests.audit_archives import PHONE, lines, record, rows  # noqa: E402

ROOT = Path(__file__).parent.parent
KEY = "0123456789abcdef0123456789abcdef"
DEADLY = "this text kills whoever reads it"


@pytest.fixture
def archive(tmp_path: Path) -> str:
    (tmp_path / "key").write_text(KEY)
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(record(n, PHONE if n % 7 == 0 else f"Answer number {n}.") for n in range(1200)))
    return str(path)


def command(archive: str, out: Path, *more: str) -> list[str]:
    key = str(Path(archive).parent / "key")
    return [sys.executable, "-m", "msgpolicy", "audit", archive, "--out", str(out), "--redaction-key", key, *more]


def started(archive: str, out: Path, *more: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command(archive, out, *more), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished(archive: str, out: Path, *more: str) -> int:
    process = started(archive, out, *more)
    _, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode


def wait_for_parts(out: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [name for name in os.listdir(out / "parts") if name.isdigit()] if (out / "parts").exists() else []
        if len(found) >= count:
            return
        time.sleep(0.01)
    raise AssertionError("no part was written")


def assert_same(out: Path, other: Path) -> None:
    for name in TABLES:
        assert rows(out, name) == rows(other, name), name
    assert (out / "summary.json").read_bytes() == (other / "summary.json").read_bytes()


@pytest.mark.slow
def test_a_killed_audit_is_gone_on_with(archive: str, tmp_path: Path) -> None:
    assert finished(archive, tmp_path / "whole") == 1
    process = started(archive, tmp_path / "killed", "--processes", "2")
    wait_for_parts(tmp_path / "killed", 1)
    process.kill()
    process.communicate()
    assert finished(archive, tmp_path / "killed", "--resume", "--processes", "2") == 1
    assert_same(tmp_path / "killed", tmp_path / "whole")


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on(archive: str, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "out", "--processes", "2")
    wait_for_parts(tmp_path / "out", 1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    said = f"msgpolicy audit: stopped; the same call with --resume goes on with what is in {tmp_path / 'out'}\n"
    assert err.endswith(said), err  # a slow machine tells how far it is before
    assert "Traceback" not in err
    assert finished(archive, tmp_path / "out", "--resume") == 1
    assert len(rows(tmp_path / "out", "messages")) == 1200


def test_what_was_left_half_written_is_taken_away(archive: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in (".audit.json.x1.tmp", ".redaction.key.x2.tmp"):  # of a run that was killed at its very beginning
        (out / name).write_bytes(b"half")
    audit([archive], Options(out=str(out), resume=True))
    assert [name for name in os.listdir(out) if name.endswith(".tmp")] == []
    (out / "messages" / ".00000.parquet.x3.tmp").write_bytes(b"half")
    audit([archive], Options(out=str(out), resume=True, jsonl=True))
    assert os.listdir(out / "messages") == ["00000.parquet"]
    assert len((out / "messages.jsonl").read_bytes().splitlines()) == 1200


def test_a_folder_with_files_of_others_is_not_touched(archive: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".thesis.tmp").write_text("mine")
    with pytest.raises(InputError, match="holds something else already"):
        audit([archive], Options(out=str(out), resume=True))
    assert (out / ".thesis.tmp").read_text() == "mine"


def test_a_file_is_no_folder(archive: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="is no folder"):
        audit([archive], Options(out=str(tmp_path / "out")))
    assert (tmp_path / "out").read_text() == "mine"


def test_a_part_that_another_process_puts_there_meanwhile_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process does whose run was killed, and that has not noticed yet."""
    parts, rename = Parts(str(tmp_path)), os.rename
    parts.create()
    part = Part(index=0, read=1, judged=0, rejected=0, found={}, matched=False, files={})
    with monkeypatch.context() as patch:

        def late(old: str, new: str) -> None:
            patch.setattr(os, "rename", rename)
            parts.write(part, {})
            rename(old, new)

        patch.setattr(os, "rename", late)
        assert parts.write(part, {}) == part
    assert os.listdir(parts.folder) == ["00000"]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs POSIX signals")
def test_ctrl_c_does_not_reach_the_processes_not_even_at_their_start(archive: str, tmp_path: Path) -> None:
    """A terminal sends it to all of them."""
    process = started(archive, tmp_path / "out", "--processes", "2")
    deadline = time.monotonic() + 60
    while not (children := workers_of(process.pid)):
        assert time.monotonic() < deadline
    for child in children:
        os.kill(child, signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err


# Sends Ctrl-C to itself while it starts a process: the one that tracks what is shared, or one of the two that judge.
INTERRUPTED_AT_A_START = """
import os, signal, sys
from multiprocessing import util
from msgpolicy.cli import main

if __name__ == "__main__":
    launch, left = util.spawnv_passfds, [int(sys.argv.pop(1))]

    def interrupted(*given):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGINT)
        started = launch(*given)
        if not left[0]:
            os.kill(os.getpid(), signal.SIGINT)
        return started

    util.spawnv_passfds = interrupted
    sys.exit(main())
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs POSIX signals")
@pytest.mark.parametrize("start", [1, 2, 3])
def test_ctrl_c_in_the_middle_of_starting_a_process(archive: str, tmp_path: Path, start: int) -> None:
    """It waited for a process of which it did not know that it had started it."""
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED_AT_A_START)
    call = [sys.executable, str(script), str(start), *command(archive, tmp_path / "out", "--processes", "2")[3:]]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(call, env=env, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 130, ended.stderr
    assert "Traceback" not in ended.stderr


def workers_of(parent: int) -> list[int]:
    """The processes that judge, as soon as they are programs of their own."""
    found = []
    for child in children_of(parent):
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


@pytest.mark.slow
def test_the_processes_of_a_killed_audit_end_too(archive: str, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "out", "--processes", "2")
    wait_for_parts(tmp_path / "out", 1)
    children = children_of(process.pid)
    assert children
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 30
    while any(is_running(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def children_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_a_process_that_dies_is_replaced(archive: str, tmp_path: Path) -> None:
    process = started(archive, tmp_path / "out", "--processes", "2")
    wait_for_parts(tmp_path / "out", 1)
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err
    assert finished(archive, tmp_path / "whole") == 1
    assert_same(tmp_path / "out", tmp_path / "whole")


def test_ctrl_c_while_the_database_works_is_ctrl_c(tmp_path: Path) -> None:
    """DuckDB makes another error of it."""
    with pytest.raises(KeyboardInterrupt), connection(str(tmp_path)):
        raise RuntimeError("Query interrupted")
    with pytest.raises(RuntimeError, match="another"), connection(str(tmp_path)):
        raise RuntimeError("another")


# A record that no process survives


@pytest.mark.slow
def test_a_deadly_record_is_rejected_and_the_others_are_judged(tmp_path: Path) -> None:
    """The patched class is what the processes are started with, through this module.

    Each of their deaths breaks the pool, which is then ended by two threads: neither may close what the other closed.
    """
    texts = [f"Answer number {n}." for n in range(6)]
    texts[3] = DEADLY
    batch = as_batch(
        Raw("a.jsonl", JSON, b'{"text": "%s"}' % text.encode(), n, n) for n, text in enumerate(texts, start=1)
    )
    Parts(str(tmp_path)).create()
    code = (
        "import sys\n"
        "from tests.test_audit_ended import deadly_run\n"
        "if __name__ == '__main__':\n    deadly_run(sys.argv[1])\n"
    )
    (tmp_path / "start.py").write_text(code)
    with pa.OSFile(str(tmp_path / "batch"), "wb") as sink, pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, str(tmp_path / "start.py"), str(tmp_path)]
    ended = subprocess.run(call, env=env, check=True, timeout=120, capture_output=True, text=True)
    assert ended.stderr == ""
    part = Parts(str(tmp_path)).read(0)
    assert part is not None
    assert (part.read, part.judged, part.rejected) == (6, 5, 1)
    (row,) = rows_of_part(tmp_path, "rejected")
    assert (row["number"], row["position"]) == (4, "line 4")
    assert row["why"] == "3 processes died while they judged it"
    assert [entry["number"] for entry in rows_of_part(tmp_path, "messages")] == [1, 2, 3, 5, 6]


def rows_of_part(out: Path, table: str) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    found: list[dict[str, object]] = pq.read_table(out / "parts" / "00000" / f"{table}.parquet").to_pylist()
    return found


class _DeadlyStart(workers_module.Auditor):
    """Dies of one text."""

    def audit(self, batch: object, *, sample: int = 0) -> dict[str, object]:
        assert isinstance(batch, pa.RecordBatch)
        if any(DEADLY.encode() in data for data in batch.column("data").to_pylist()):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().audit(batch, sample=sample)


def start_deadly(recipe: Recipe) -> None:
    workers_module.Auditor = _DeadlyStart  # type: ignore[misc]
    workers_module.start_process(recipe)


def deadly_run(out: str) -> None:
    """Judges the batch in the folder with processes that die of one of its texts."""
    with pa.OSFile(os.path.join(out, "batch"), "rb") as source, pa.ipc.open_stream(source) as reader:
        batch = reader.read_next_batch()
    close = Connection._close

    def closed_slowly(self: Connection) -> None:
        time.sleep(0.05)
        close(self)

    Connection._close = closed_slowly  # type: ignore[method-assign]
    workers = Workers(Recipe(), out, 2, start=start_deadly)
    assert len(list(workers.parts([Shard(0, batch, 0)]))) == 1


# A full disk


def test_a_full_disk_ends_the_audit_and_leaves_what_is_judged(
    archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "SHARD_RECORDS", 300)
    options = Options(out=str(tmp_path / "out"), redaction_key=str(tmp_path / "key"))
    written: list[int] = []
    write = Parts.write

    def failing(self: Parts, part: Part, tables: dict[str, object]) -> Part:
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(part.index)
        return write(self, part, tables)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Parts, "write", failing)
        with pytest.raises(OSError, match="No space left") as caught:
            audit([archive], options)
        assert run_module.is_full_disk(caught.value)
    assert sorted(os.listdir(tmp_path / "out" / "parts")) == ["00000", "00001"]
    assert not (tmp_path / "out" / ".work").exists()
    summary = audit([archive], Options(out=options.out, redaction_key=options.redaction_key, resume=True))
    assert summary.records == {"read": 1200, "judged": 1200, "rejected": 0}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, with little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_disk_that_is_really_full(archive: str, small_disk: Path, tmp_path: Path) -> None:
    out = small_disk / "out"
    process = started(archive, out, "--processes", "2")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "the disk is full; what is judged stays, and the same call with --resume" in err
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    assert finished(archive, out, "--resume") == 1
    assert finished(archive, tmp_path / "whole") == 1
    assert_same(out, tmp_path / "whole")


@pytest.mark.slow
def test_a_disk_that_is_full_again_and_again(archive: str, small_disk: Path, tmp_path: Path) -> None:
    """With a little more room for each call, so that it is full at every step of the way."""
    out = small_disk / "out"
    stopped_behind = set()
    for room in range(80, 2000, 60):
        subprocess.run(["mount", "-o", f"remount,size={room}k", str(small_disk)], check=True)
        process = started(archive, out, "--processes", "2", "--resume")
        _, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        if process.returncode == 1:
            break
        assert process.returncode == 2
        assert "the disk is full; what is judged stays, and the same call with --resume" in err
        stopped_behind |= {name for name in ("parts", *TABLES, "summary.json") if (out / name).exists()}
    else:
        raise AssertionError("two megabytes are not enough")
    assert {"parts", "messages", "violations"} <= stopped_behind
    assert finished(archive, tmp_path / "whole") == 1
    assert_same(out, tmp_path / "whole")
    assert sorted(os.listdir(out)) == sorted(os.listdir(tmp_path / "whole"))
