"""Requests in a second, and how long each takes: `msgpolicy serve` beside an application that returns a constant.

`python -m benchmarks.http [--workers N] [--seconds S] [--rounds N]`. Both servers run at the same time and are asked in
turns, by the same client, which shares the machine with them. Latencies are taken at a fixed rate, half of what ours
was found to do, from when a request was due.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.http.load import as_fast_as_it_can, at_a_rate
from benchmarks.speed.corpus import entries
from benchmarks.speed.measuring import Ratio, ratio

CONNECTIONS = 16
# Bytes of a report of a short draft.
ANSWER = 4200
_SHORT = "Hello, thank you for order 305-{:07}-{:07}. It was handed to the carrier today and will be there on Friday."


def short_drafts(count: int) -> list[bytes]:
    """Drafts of one sentence or two, no two alike."""
    return [
        msgspec.json.encode({"text": _SHORT.format(number, number * 7 % 9999999), "order": {"status": "Shipped"}})
        for number in range(count)
    ]


def plain_drafts(count: int) -> list[bytes]:
    """Plain texts of 200 to 500 code points, in sixteen languages."""
    found = (made for made in entries(20 * count) if made.size_class == "plain, 200 to 500")
    return [made.record for made, _ in zip(found, range(count), strict=False)]


class Served(NamedTuple):
    """A server that runs."""

    port: int
    pid: int

    def seconds(self) -> tuple[float, float]:
        """What it has used of the processor, and what it and its processes have (Linux)."""
        return _seconds(self.pid), sum(_seconds(pid) for pid in _family(self.pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(*command: str) -> Iterator[Served]:
    """A server, as long as it runs."""
    process = subprocess.Popen([sys.executable, "-m", *command], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:([0-9]+)/", line):
                yield Served(int(found[1]), process.pid)
                return
        raise RuntimeError("the server did not start")
    finally:
        process.terminate()
        process.wait()


class Capacity(NamedTuple):
    """Requests a second, and seconds of the processor for each: of the server's first process, and of all."""

    rate: float
    first: float
    all: float


def capacity(server: Served, records: Sequence[bytes], seconds: float) -> Capacity:
    """What a server does when it is asked for as much as it can do."""
    first, whole = server.seconds()
    rate, took = asyncio.run(as_fast_as_it_can(server.port, records, seconds, CONNECTIONS))
    first_after, whole_after = server.seconds()
    return Capacity(rate, (first_after - first) / (rate * took), (whole_after - whole) / (rate * took))


def measure(
    name: str, records: Sequence[bytes], ours: Served, constant: Served, seconds: float, rounds: int, workers: int
) -> None:
    """Prints what one kind of message came to."""
    # Each process meets each language: whatever is read for one is read before.
    repeated = [record for record in records for _ in range(3 * workers)]
    asyncio.run(at_a_rate(ours.port, repeated, 1e6, len(repeated) / 1e6, CONNECTIONS))
    both = [(capacity(ours, records, seconds), capacity(constant, records, seconds)) for _ in range(rounds)]
    pairs = [(one.rate, other.rate) for one, other in both]
    fast, bare = (statistics.fmean(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {fast:.0f} requests a second, constant {bare:.0f}: {ratio(pairs)} ×")
    print(f"  of the processor, all that a request takes: {_shown([(one.all, other.all) for one, other in both])}")
    print(f"  what is not judging: {_shown([(one.first, other.first) for one, other in both])}")
    rate = fast / 2
    medians, late = [], []
    for _ in range(rounds):
        one = asyncio.run(at_a_rate(ours.port, records, rate, seconds, CONNECTIONS))
        other = asyncio.run(at_a_rate(constant.port, records, rate, seconds, CONNECTIONS))
        medians.append((statistics.median(one), statistics.median(other)))
        late.append((_p99(one), _p99(other)))
    print(f"  at {rate:.0f} a second: median {_shown(medians)}, p99 {_shown(late)}")


def _p99(latencies: list[float]) -> float:
    return sorted(latencies)[int(0.99 * (len(latencies) - 1))]


def _shown(pairs: list[tuple[float, float]]) -> str:
    found: Ratio = ratio(pairs)
    ours, other = (1000 * statistics.fmean(side) for side in zip(*pairs, strict=True))
    return f"{ours:.2f} ms, constant {other:.2f} ms: {found} ×"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--workers", type=int, default=cores, help=f"processes that judge ({cores})")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each turn (5)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each (5)")
    parser.add_argument("--records", type=int, default=500, help="different messages of each kind (500)")
    args = parser.parse_args()
    with (
        served("msgpolicy", "serve", "--port", "0", "--workers", str(args.workers)) as ours,
        served("benchmarks.http.constant", str(ANSWER)) as constant,
    ):
        print(f"{cores} cores, {args.workers} processes that judge, {CONNECTIONS} connections")
        measure("short drafts", short_drafts(args.records), ours, constant, args.seconds, args.rounds, args.workers)
        measure(
            "plain, 200 to 500", plain_drafts(args.records), ours, constant, args.seconds, args.rounds, args.workers
        )
    print(f"the client used {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} s of a processor")


if __name__ == "__main__":
    main()
