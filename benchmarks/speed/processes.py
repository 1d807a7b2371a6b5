"""Two processes against one, beside what a loop that shares nothing gains by a second process in the same minutes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

import msgspec

from benchmarks.speed.corpus import entries
from benchmarks.speed.judging import warm
from benchmarks.speed.measuring import Ratio, ratio
from msgpolicy.message import Message

_COUNT, _QUICK_COUNT = 3_000, 640
_ROUNDS, _QUICK_ROUNDS = 3, 2
TASKS = 64
_SOME = 1_000_000


class Processes(msgspec.Struct, frozen=True):
    """How much faster two are than one, by the clock; starting them is counted."""

    messages: int
    ours: Ratio
    loop: Ratio

    @property
    def share(self) -> float:
        """How much of what the loop gains we gain."""
        return self.ours.value / self.loop.value


def measure(*, quick: bool = False) -> Processes:
    linter, _, _ = warm()
    messages = [Message.from_json(made.record) for made in entries(_QUICK_COUNT if quick else _COUNT)]

    def judge(processes: int) -> None:
        deque(linter.check_many(messages, processes=processes), maxlen=0)

    # The loop is to take about as long as the messages do.
    steps = int(_SOME * _clock(judge, 1) / _clock(spin, _SOME) / TASKS)

    def loop(processes: int) -> None:
        if processes == 1:
            deque(map(spin, [steps] * TASKS), maxlen=0)
        else:
            with ProcessPoolExecutor(processes) as pool:
                deque(pool.map(spin, [steps] * TASKS), maxlen=0)

    ours, bare = [], []
    for _ in range(_QUICK_ROUNDS if quick else _ROUNDS):
        ours.append((_clock(judge, 1), _clock(judge, 2)))
        bare.append((_clock(loop, 1), _clock(loop, 2)))
    return Processes(len(messages), ratio(ours), ratio(bare))


def spin(steps: int) -> int:
    """Counts, and shares nothing with anybody."""
    total = 0
    for step in range(steps):
        total += step & 7
    return total


def _clock(work: Callable[[int], object], number: int) -> float:
    started = perf_counter()
    work(number)
    return perf_counter() - started


def lines(found: Processes) -> list[str]:
    """The table, in Markdown."""
    return [
        f"| two processes against one, {found.messages:,} messages | times as fast |",
        "|---|---:|",
        f"| `check_many` | {found.ours} |",
        f"| a loop that only counts | {found.loop} |",
        f"| the one by the other | {found.share:.2f} |",
    ]
