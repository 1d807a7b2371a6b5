"""Mails of all kinds judged from bytes to report, by the whole ruleset: `python -m benchmarks.mail [PATH...]`.

PATH is a mail, an mbox, a Maildir or a folder of them. Without one, mails are made, most of them damaged, together with
those of the tests of Python's `email` package. Times are of the processor, in this one process.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mail.judging import Judged, judge
from benchmarks.mail.sources import Mail, made, named, python_tests
from msgpolicy.linter import Linter

_COUNT = 14_000


def main() -> int:
    """Prints what came of all mails; 1 if one crashed, or took longer than the limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mail", description=__doc__)
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a mail, an mbox, a Maildir, or a folder")
    parser.add_argument("--count", type=int, default=_COUNT, help="how many mails are made (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first mail that is made")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=250, help="milliseconds for one mail (default: %(default)s)")
    parser.add_argument("--slowest", type=int, default=15, help="how many of the slowest are named")
    parser.add_argument("--keep", type=Path, help="a folder for the mails that crashed or took too long")
    options = parser.parse_args()
    linter = Linter("amazon")
    linter.warm_up()
    gc.freeze()  # as a service does, and the processes of `check_many`
    found: list[Judged] = []
    with contextlib.suppress(KeyboardInterrupt):  # what was judged until then is told
        _judge_all(linter, options, found)
    print("\n".join(_summary(found, options.limit, options.slowest)))
    return int(any(item.trouble or item.seconds * 1000 > options.limit for item in found))


def _judge_all(linter: Linter, options: argparse.Namespace, found: list[Judged]) -> None:
    for mail in _mails(options):
        result = judge(linter, mail)
        found.append(result)
        if options.keep and (result.trouble or result.seconds * 1000 > options.limit):
            options.keep.mkdir(parents=True, exist_ok=True)
            name = "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in mail.name)[-100:]
            (options.keep / f"{name}.eml").write_bytes(mail.data)
        if result.trouble or len(found) % 500 == 0:
            print(f"{len(found)} … {result.trouble}", file=sys.stderr, flush=True)


def _mails(options: argparse.Namespace) -> Iterator[Mail]:
    if options.paths:
        yield from named(options.paths)
        return
    stock = python_tests()
    if options.first == 0:
        yield from stock
    for number in range(options.first, options.first + options.count - (len(stock) if options.first == 0 else 0)):
        yield made(number, options.seed, stock)


def _summary(found: Sequence[Judged], limit: float, slowest: int) -> Iterator[str]:
    if not found:
        yield "no mails"
        return
    times = sorted(item.seconds * 1000 for item in found)
    troubled = [item for item in found if item.trouble]
    over = sum(time > limit for time in times)
    megabytes = sum(item.size for item in found) / 1e6
    yield f"{len(found)} mails, {megabytes:.0f} MB, {sum(times) / 1000:.0f} s: {sum(times) / 1000 / megabytes:.2f} s/MB"
    yield "verdicts: " + ", ".join(
        f"{name} {count}" for name, count in Counter(item.verdict for item in found).most_common()
    )
    bounds = Counter(bound for item in found for bound in item.bounds)
    yield "not evaluated: " + (
        ", ".join(f"{name} {count}" for name, count in bounds.items()) or "nothing for its size or time"
    )
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "p99.9": 0.999}
    yield (
        " ".join(f"{name} {times[int(share * (len(times) - 1))]:.0f}" for name, share in shares.items())
        + f" max {times[-1]:.0f} ms"
    )
    yield f"over {limit:.0f} ms: {over}; with trouble: {len(troubled)}"
    for item in troubled[:50]:
        yield f"  {item.name}: {item.trouble[:200]}"
    kinds: dict[str, list[float]] = {}
    for item in found:
        kinds.setdefault(item.kind.partition(",")[0], []).append(item.seconds * 1000)
    yield "kind                 mails   median      max"
    yield from (
        f"{kind:18} {len(all_):7} {sorted(all_)[len(all_) // 2]:8.0f} {max(all_):8.0f}"
        for kind, all_ in sorted(kinds.items())
    )
    yield "slowest:"
    for item in sorted(found, key=lambda item: -item.seconds)[:slowest]:
        cost = item.seconds / max(item.size / 1e6, 1e-6)
        numbers = f"{item.seconds * 1000:6.0f} ms {item.size / 1000:7.0f} KB {cost:8.1f} s/MB"
        yield f"  {numbers}  {item.name} {item.verdict} {' '.join(item.bounds)}"


if __name__ == "__main__":
    sys.exit(main())
