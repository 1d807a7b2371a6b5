"""Eight threads that share one Linter: whether they say the same, and what sharing costs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import perf_counter

import msgspec

from benchmarks.speed.corpus import entries
from benchmarks.speed.judging import warm
from benchmarks.speed.measuring import Ratio, ratio
from msgpolicy.linter import Linter
from msgpolicy.message import Message

_COUNT, _QUICK_COUNT = 1_920, 320
_ROUNDS, _QUICK_ROUNDS = 3, 2
_THREADS = 8
_AS_OF = datetime(2026, 11, 1, tzinfo=UTC)


class Threads(msgspec.Struct, frozen=True):
    """Time of eight threads as a multiple of one thread's, by the clock, and how many reports were not the same."""

    messages: int
    ratio: Ratio
    differing: int


def measure(*, quick: bool = False) -> Threads:
    linter, _, _ = warm()
    messages = [Message.from_json(made.record) for made in entries(_QUICK_COUNT if quick else _COUNT)]
    alone = _judged(linter, messages, 1)[1]
    pairs, differing = [], 0
    for _ in range(_QUICK_ROUNDS if quick else _ROUNDS):
        one, _ = _judged(linter, messages, 1)
        many, reports = _judged(linter, messages, _THREADS)
        pairs.append((many, one))
        differing += sum(mine != other for mine, other in zip(alone, reports, strict=True))
    # A new linter meets everything for the first time in all threads at once.
    differing += sum(
        mine != other for mine, other in zip(alone, _judged(Linter("amazon"), messages, _THREADS)[1], strict=True)
    )
    return Threads(len(messages), ratio(pairs), differing)


def _judged(linter: Linter, messages: Sequence[Message], threads: int) -> tuple[float, list[bytes]]:
    def judge(message: Message) -> bytes:
        report = linter.check(message, as_of=_AS_OF)
        return msgspec.json.encode((report.verdict, report.violations, report.not_evaluated))

    with ThreadPoolExecutor(threads) as pool:
        started = perf_counter()
        reports = list(pool.map(judge, messages))
        return perf_counter() - started, reports


def lines(found: Threads) -> list[str]:
    """The table, in Markdown."""
    return [
        "| messages | time of eight threads, as a multiple of one | reports that differ |",
        "|---:|---:|---:|",
        f"| {found.messages:,} | {found.ratio} | {found.differing} |",
    ]
