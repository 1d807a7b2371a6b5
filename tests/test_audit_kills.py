"""An audit that is killed again and again, at any moment and in any way: with --resume it comes to the same result.

The moments are drawn by a seed, which is printed with each of them (`pytest -s`); MSGPOLICY_KILLS_SEED sets another.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit.tables import TABLES
from tests.audit_archives import PHONE, POLITE, lines, mail, mailbox, order, record, rows

ROOT = Path(__file__).parent.parent
KILLS = 20
SEED = int(os.environ.get("MSGPOLICY_KILLS_SEED", "7"))
REVIEW = "Please leave us a review of the lamp."
KINDS = ("process", "group", "worker", "interrupt", "interrupted group")
# What the undisturbed audit ends with: records of the archive are rejected.
STATUS = 2
BROKEN = (b"{cut", b"\xff\xfe", b"[]", b'{"kind": 7}', b"null", b'{"text": "\\ud800"}', b"{}{}")


def archive(folder: Path) -> list[str]:
    """Some thousand messages of several kinds, with conversations, violations and records that cannot be read."""
    (folder / "key").write_text("0123456789abcdef0123456789abcdef")
    texts = (POLITE, PHONE, "Thank you.", REVIEW)
    answers = [
        record(
            n, texts[n % 4], order={"id": order(n // 4)}, thread_id=f"t{n // 4}", kind="reply" if n % 4 else "proactive"
        )
        for n in range(3_000)
    ]
    made = lines(answers).split(b"\n")
    for place, broken in enumerate(BROKEN):
        made[100 + 300 * place] = broken
    (folder / "a.jsonl").write_bytes(b"\n".join(made))
    (folder / "b.mbox").write_bytes(mailbox(mail(n, PHONE if n % 5 == 0 else POLITE) for n in range(700)))
    table = ["id,text,sent_at", *(f"c{n},Answer number {n},2024-05-01T10:00:00Z" for n in range(600)), "cut,short"]
    (folder / "c.csv").write_text("\n".join(table))
    return [str(folder / name) for name in ("a.jsonl", "b.mbox", "c.csv")]


def started(archives: list[str], out: Path, folder: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "msgpolicy", "audit", *archives, "--out", str(out), "--resume", "--processes", "2"]
    with (folder / "said").open("ab") as said:
        return subprocess.Popen(
            [*call, "--redaction-key", str(folder / "key")],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def workers_of(parent: int) -> list[int]:
    """The processes that judge."""
    found = []
    for pid in map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()):
        try:
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
        except OSError:
            continue
    return found


def disturb(process: subprocess.Popen[bytes], what: str, random: Random) -> None:
    """Ends the process, or one of those that it started."""
    if what == "worker":
        if workers := workers_of(process.pid):
            os.kill(random.choice(workers), signal.SIGKILL)
    elif what == "process":
        process.kill()
    elif what == "interrupt":
        process.send_signal(signal.SIGINT)
    else:
        os.killpg(process.pid, signal.SIGINT if what == "interrupted group" else signal.SIGKILL)


def assert_same(out: Path, whole: Path) -> None:
    for name in TABLES:
        assert rows(out, name) == rows(whole, name), name
    for name in ("summary.json", "report.html"):
        assert (out / name).read_bytes() == (whole / name).read_bytes(), name
    assert sorted(os.listdir(out)) == sorted(os.listdir(whole))
    for name in TABLES:
        assert sorted(os.listdir(out / name)) == sorted(os.listdir(whole / name))


@pytest.mark.slow
def test_twenty_kills_at_any_moment(tmp_path: Path) -> None:
    archives, random = archive(tmp_path), Random(SEED)
    begun = time.monotonic()
    assert started(archives, tmp_path / "whole", tmp_path).wait(timeout=300) == STATUS
    length = time.monotonic() - begun
    kills = audits = 0
    while kills < KILLS:
        audits += 1
        out, fresh, begun = tmp_path / f"out-{audits}", True, time.monotonic()
        while True:
            process = started(archives, out, tmp_path)
            moment, what = random.uniform(0, length), random.choice(KINDS)
            try:
                process.wait(timeout=moment if kills < KILLS else 300)
            except subprocess.TimeoutExpired:
                kills += 1
                print(f"seed {SEED}, audit {audits}, kill {kills}: {what} after {moment:.2f} s of {length:.2f}")
                disturb(process, what, random)
            if process.wait(timeout=300) == STATUS:
                break
            fresh = False
        if fresh:
            length = time.monotonic() - begun  # other work may have made the first one slow
        said = (tmp_path / "said").read_text()
        assert "internal error" not in said, said
        assert_same(out, tmp_path / "whole")
    assert "Traceback" not in said, said
