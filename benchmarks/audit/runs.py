"""Runs that are measured, each a process of its own: an audit, and `check_many` in one process over the same archive.

python -m benchmarks.audit.runs audit ARCHIVE OUT PROCESSES     # prints seconds of each phase, by the clock, as JSON
python -m benchmarks.audit.runs check ARCHIVE
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

# Seconds between two looks at the memory.
_LOOK = 0.25


class Run(msgspec.Struct, frozen=True):
    """What a process and all that it started took: seconds of the processor, and by the clock; memory in MiB.

    Attributes:
        peak: the most that all had at once (proportional set size: what they share counts once); 0: not looked at.
        phases: seconds by the clock of what the audit did, one after the other.
    """

    processor: float
    clock: float
    peak: float
    phases: dict[str, float]


def run(*arguments: object, look: bool = False) -> Run:
    """Runs one of them. `look`: whether memory is looked at, which costs a little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )
    watch = _Watch(process.pid) if look else None
    answer, _ = process.communicate()
    clock = perf_counter() - started
    peak = watch.end() if watch else 0.0
    if process.returncode:
        raise RuntimeError(f"the run ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(spent, clock, peak, json.loads(answer))


class _Watch:
    """Looks at the memory of a process and its descendants now and then (Linux)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._peak / 1024

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            self._peak = max(self._peak, sum(map(_size, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                found += _tree(int(child))
    return found


def _size(pid: int) -> int:
    """Proportional set size in KiB; 0 of a process that is gone."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


# --- in the process that is measured ----------------------------------------------------------------------------------


def _audit(archive: str, out: str, processes: str) -> dict[str, float]:
    from msgpolicy.audit import run as audits
    from msgpolicy.audit.parts import Parts

    phases: dict[str, float] = {}

    def timed(owner: Any, name: str, phase: str) -> None:
        work: Callable[..., Any] = getattr(owner, name)

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            started = perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                phases[phase] = phases.get(phase, 0.0) + perf_counter() - started

        setattr(owner, name, wrapper)

    timed(audits._Run, "judge", "judging")
    timed(Parts, "join", "joining")
    timed(audits, "judge_conversations", "across messages")
    timed(audits, "summarize", "summary")
    timed(audits, "write_report", "report")
    summary = audits.audit([archive], audits.Options(out=out, processes=int(processes)))
    records = summary.records
    if records["read"] != records["judged"] + records["rejected"]:
        raise RuntimeError(f"counts do not add up: {records}")
    return phases


def _check(archive: str) -> dict[str, float]:
    from benchmarks.speed.measuring import settle
    from msgpolicy.linter import Linter
    from msgpolicy.message import Message

    linter = Linter("amazon")
    settle()
    started = perf_counter()
    with open(archive, "rb") as stream:
        deque(linter.check_many(map(Message.from_json, stream)), maxlen=0)
    return {"judging": perf_counter() - started}


if __name__ == "__main__":
    print(json.dumps({"audit": _audit, "check": _check}[sys.argv[1]](*sys.argv[2:])))
