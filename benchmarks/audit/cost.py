"""An audit beside `check_many` in one process, and by two processes beside one."""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec

from benchmarks.audit.archives import corpus, short, write
from benchmarks.audit.runs import Run, run
from benchmarks.speed.measuring import Ratio, ratio
from benchmarks.speed.processes import TASKS, spin

# Messages of a small archive and of a large one whose beginning it is, by what they are; rounds. The small one has
# work for both processes too, each of which is slow with what it meets for the first time.
_SIZES = {"corpus": (1_000, 3_000), "short": (4_000, 24_000)}
_QUICK_SIZES = {"corpus": (640, 1_280), "short": (2_000, 4_000)}
_MAKERS = {"corpus": corpus, "short": short}
_ROUNDS, _QUICK_ROUNDS = 3, 1
_SOME = 1_000_000


class Cost(msgspec.Struct, frozen=True):
    """What an audit by two processes costs beside `check_many` in one, in seconds of the processor of all processes.

    Attributes:
        small, large: messages in either archive.
        each: of one message more; `ours` and `other` are milliseconds for it, of the audit and of `check_many`.
        whole: of the large archive, with starting, tables, summary and report.
    """

    small: int
    large: int
    each: Ratio
    ours: float
    other: float
    whole: Ratio


class Audits(msgspec.Struct, frozen=True):
    """What audits cost, by what the messages are; how much faster two processes are than one, by the clock.

    Attributes:
        messages: of which that is told, short ones.
        judging_gain, whole_gain, loop_gain: two processes against one of judging, of the whole audit, of a loop.
        phases: seconds by the clock of an audit by two processes.
    """

    costs: dict[str, Cost]
    messages: int
    judging_gain: Ratio
    whole_gain: Ratio
    loop_gain: Ratio
    phases: dict[str, float]

    @property
    def share(self) -> float:
        """How much of what the loop gains judging gains."""
        return self.judging_gain.value / self.loop_gain.value


class _Round(NamedTuple):
    """Runs over one kind of messages, one after the other: small archive and large one."""

    checks: tuple[Run, Run]
    audits: tuple[Run, Run]


def measure(*, quick: bool = False) -> Audits:
    sizes = _QUICK_SIZES if quick else _SIZES
    rounds: dict[str, list[_Round]] = {kind: [] for kind in sizes}
    alone: list[Run] = []
    loops: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = {
            kind: tuple(write(folder / f"{kind}-{count}.jsonl", _MAKERS[kind](count)) for count in counts)
            for kind, counts in sizes.items()
        }
        run("audit", archives["corpus"][0], folder / "warm-up", 2)  # what is compiled and cached once is not counted
        for nth in range(_QUICK_ROUNDS if quick else _ROUNDS):
            for kind, (small, large) in archives.items():
                out = folder / f"out-{nth}-{kind}"
                rounds[kind].append(
                    _Round(
                        (run("check", small), run("check", large)),
                        (run("audit", small, f"{out}-small", 2), run("audit", large, f"{out}-large", 2)),
                    )
                )
            alone.append(run("audit", archives["short"][1], folder / f"out-{nth}-alone", 1))
            loops.append(_loops(alone[-1].phases["judging"]))
    by_two = [one.audits[1] for one in rounds["short"]]
    return Audits(
        costs={kind: _cost(sizes[kind], found) for kind, found in rounds.items()},
        messages=sizes["short"][1],
        judging_gain=ratio(
            [(one.phases["judging"], two.phases["judging"]) for one, two in zip(alone, by_two, strict=True)]
        ),
        whole_gain=ratio([(one.clock, two.clock) for one, two in zip(alone, by_two, strict=True)]),
        loop_gain=ratio(loops),
        phases={name: round(seconds, 2) for name, seconds in by_two[-1].phases.items()},
    )


def _cost(sizes: tuple[int, int], rounds: list[_Round]) -> Cost:
    more = [
        (one.audits[1].processor - one.audits[0].processor, one.checks[1].processor - one.checks[0].processor)
        for one in rounds
    ]
    small, large = sizes
    return Cost(
        small=small,
        large=large,
        each=ratio(more),
        ours=_mean([ours for ours, _ in more], large - small),
        other=_mean([other for _, other in more], large - small),
        whole=ratio([(one.audits[1].processor, one.checks[1].processor) for one in rounds]),
    )


def _mean(seconds: list[float], messages: int) -> float:
    return round(1000 * sum(seconds) / len(seconds) / messages, 3)


def _loops(seconds: float) -> tuple[float, float]:
    """A loop that only counts, for about so many seconds by one process: its time by one, and by two."""
    started = perf_counter()
    spin(_SOME)
    steps = int(_SOME * seconds / (perf_counter() - started) / TASKS)
    started = perf_counter()
    for _ in range(TASKS):
        spin(steps)
    one = perf_counter() - started
    started = perf_counter()
    with ProcessPoolExecutor(2) as pool:
        for _ in pool.map(spin, [steps] * TASKS):
            pass
    return one, perf_counter() - started


def lines(found: Audits) -> list[str]:
    """The tables, in Markdown."""
    shown = [
        "| an audit by two processes over `check_many` in one, seconds of the processor | times as much |",
        "|---|---:|",
    ]
    for kind, cost in found.costs.items():
        name = {"corpus": "the corpus", "short": "short messages"}[kind]
        new = cost.large - cost.small
        shown += [
            f"| {name}: one message more, of {new:,} ({cost.ours:.2f} ms over {cost.other:.2f} ms) | {cost.each} |",
            f"| {name}: all of {cost.large:,}, with starting and report | {cost.whole} |",
        ]
    total = sum(found.phases.values())
    shown += [
        "",
        f"| two processes against one, {found.messages:,} short messages, by the clock | times as fast |",
        "|---|---:|",
        f"| judging, with the start of the processes | {found.judging_gain} |",
        f"| the whole audit | {found.whole_gain} |",
        f"| a loop that only counts | {found.loop_gain} |",
        f"| judging by the loop | {found.share:.2f} |",
        "",
        f"| phase of an audit of {found.messages:,} short messages by two processes | seconds | share |",
        "|---|---:|---:|",
    ]
    return [*shown, *(f"| {name} | {spent:.1f} | {spent / total:.0%} |" for name, spent in found.phases.items())]
