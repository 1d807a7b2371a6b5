"""What inputs cost that were made to be slow: `python -m benchmarks.floods [NAME...]`.

Each is judged by the whole ruleset with 10 KB (code points) and with 1 MB; told are seconds of the processor for the
1 MB, and how often the cost of 10 KB that is. The aim is at most 2 s, and at most 200 times.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.floods.cases import Make, cases
from msgpolicy.linter import Linter
from msgpolicy.message import MessageError

SMALL, LARGE = 10_000, 1_000_000


class Cost(NamedTuple):
    """What one case costs, in seconds of the processor, and what came of the large input."""

    name: str
    small: float
    large: float
    result: str

    @property
    def ratio(self) -> float:
        return self.large / self.small


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what the cases cost, and again those that cost too much; 1 if one costs more than is aimed at."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floods", description=__doc__)
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="a part of a case's name, such as 'html: ' (default: all)"
    )
    parser.add_argument("--seconds", type=float, default=2.0, help="the most that 1 MB may cost (default: %(default)s)")
    parser.add_argument(
        "--ratio", type=float, default=200, help="the most that 100 times the size may cost (%(default)s)"
    )
    parser.add_argument("--list", action="store_true", help="the names of the cases")
    options = parser.parse_args(argv)
    chosen = [case for case in cases() if not options.names or any(name in case[0] for name in options.names)]
    if options.list:
        print("\n".join(name for name, _ in chosen))
        return 0
    linter = Linter("amazon", time_budget=60)
    linter.warm_up()
    gc.freeze()  # as a service does, and the processes of `check_many`
    print(f"{'s for 1 MB':>10} {'x 10 KB':>8}  case")
    over = []
    for name, make in chosen:
        item = cost(linter, name, make)
        if item.large > options.seconds or item.ratio > options.ratio:
            over.append(item)
        print(_line(item), flush=True)
    print(f"{len(chosen)} cases, {len(over)} over {options.seconds:g} s or {options.ratio:g} times")
    if len(chosen) > len(over):
        print(*map(_line, sorted(over, key=lambda item: -item.large)), sep="\n")
    return int(bool(over))


def _line(item: Cost) -> str:
    return f"{item.large:10.2f} {item.ratio:8.0f}  {item.name:40} {item.result}"


def cost(linter: Linter, name: str, make: Make) -> Cost:
    """What a case costs. The small input is judged often: the least counts, after languages are read."""
    judged(linter, make, SMALL)
    small = min(judged(linter, make, SMALL)[0] for _ in range(3))
    large, result = judged(linter, make, LARGE)
    return Cost(name, small, large, result)


def judged(linter: Linter, make: Make, size: int) -> tuple[float, str]:
    """Seconds of the processor from record (or mail) to report, and the verdict with what was too large."""
    started = time.process_time()
    try:
        report = linter.check(make(size))
    except MessageError:
        return time.process_time() - started, "refused"
    seconds = time.process_time() - started
    bounds = {f"{entry.why} {entry.detail}".strip() for entry in report.not_evaluated if entry.why != "missing"}
    return seconds, ", ".join([report.verdict, *sorted(bounds)])[:120]


if __name__ == "__main__":
    sys.exit(main())
