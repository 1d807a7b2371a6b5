"""Costs in seconds of the processor, and what is told of them: quantiles, and ratios with their spread."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

Item = TypeVar("Item")


class Cost(msgspec.Struct, frozen=True):
    """What one message costs, in milliseconds of the processor."""

    mean: float
    p50: float
    p99: float
    most: float


class Ratio(msgspec.Struct, frozen=True):
    """How often one sum of costs is another, and from where to where the middle 80 % of the blocks lie."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        digits = 0 if self.value >= 100 else 1 if self.value >= 10 else 2
        return f"{self.value:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"


def cost(seconds: Sequence[float]) -> Cost:
    ordered = sorted(1000 * second for second in seconds)
    return Cost(
        _round(statistics.fmean(ordered)),
        _round(statistics.median(ordered)),
        _round(ordered[int(0.99 * (len(ordered) - 1))]),
        _round(ordered[-1]),
    )


def ratio(blocks: Sequence[tuple[float, float]]) -> Ratio:
    """Of (cost, cost of what it is compared with) for each block, measured in turns."""
    each = sorted(one / other for one, other in blocks)
    tenth = int(0.1 * (len(each) - 1))
    value = sum(one for one, _ in blocks) / sum(other for _, other in blocks)
    return Ratio(_round(value), _round(each[tenth]), _round(each[len(each) - 1 - tenth]))


def blocks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while block := list(islice(remaining, size)):
        yield block


def settle() -> None:
    """After the warm-up: what stays is not looked at by the garbage collector again, as in a service."""
    gc.collect()
    gc.freeze()


def _round(value: float) -> float:
    return float(f"{value:.4g}")
