"""For tests that work stays in proportion to its input: measured against itself, so that no machine is too slow."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

Input = TypeVar("Input")

# So much larger is the large input. Work in proportion takes eight times as long, a square of it 64 times.
FACTOR = 8
_MOST = 24
# Other work on the machine disturbs some measurements, but not the least of many.
_ATTEMPTS = 6


def cpu_seconds(work: Callable[[], object]) -> float:
    """What one run takes of the processor."""
    started = time.process_time()
    work()
    return time.process_time() - started


def assert_linear(make: Callable[[int], Input], work: Callable[[Input], object], small: int) -> None:
    """Fails when `work` on `make(FACTOR * small)` costs much more than FACTOR times `work` on `make(small)`.

    `small` is chosen so that the work takes a millisecond or more.
    """
    little, much = make(small), make(FACTOR * small)
    work(little)  # tables and patterns are made on first use
    least_little = least_much = float("inf")
    for _ in range(_ATTEMPTS):
        least_little = min(least_little, *(cpu_seconds(lambda: work(little)) for _ in range(3)))
        least_much = min(least_much, cpu_seconds(lambda: work(much)))
        if least_much <= _MOST * least_little:
            return
    raise AssertionError(f"{FACTOR} times the input costs {least_much / least_little:.0f} times as much")


@cache
def machine_second() -> float:
    """CPU seconds for work that takes about a second on a machine of 2026: a measure for what has one size only."""
    return 8 * min(cpu_seconds(lambda: sum(n * n % 7 for n in range(1_500_000))) for _ in range(3))
