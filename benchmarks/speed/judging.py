"""What is measured of ours: a record in JSON in, the report in JSON out."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

from benchmarks.speed.corpus import QUICK, entries
from benchmarks.speed.floor import floor
from benchmarks.speed.measuring import settle
from msgpolicy.linter import Linter
from msgpolicy.message import Message

Run = Callable[[bytes], bytes]


def judge(linter: Linter) -> Run:
    """The whole way, by the whole ruleset, with places in the source."""

    def run(record: bytes) -> bytes:
        return linter.check(Message.from_json(record)).to_json()

    return run


def warm() -> tuple[Linter, Run, Run]:
    """A linter that has met every language, what judges by it, and the floor."""
    linter = Linter("amazon")
    linter.warm_up()
    ours, least = judge(linter), floor(linter)
    for made in entries(QUICK):
        ours(made.record)
        least(made.record)
    settle()
    return linter, ours, least


def seconds_of(run: Run, record: bytes) -> tuple[float, bytes]:
    """What one run costs, of the processor, and what it gives."""
    started = thread_time()
    answer = run(record)
    return thread_time() - started, answer
