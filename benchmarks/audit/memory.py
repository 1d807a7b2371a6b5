"""The most memory that an audit and its processes need, and where its time goes, over ever more messages."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.audit.archives import short, write
from benchmarks.audit.runs import run

_COUNTS = (10_000, 100_000, 1_000_000)
_QUICK_COUNTS = (1_000, 4_000)
_PROCESSES = 2


class Sizes(msgspec.Struct, frozen=True):
    """By number of messages: memory of all processes together in MiB, seconds of each phase by the clock."""

    peaks: dict[int, float]
    phases: dict[int, dict[str, float]]

    @property
    def growth(self) -> float:
        """How often the peak of the smallest archive that of the largest is."""
        peaks = list(self.peaks.values())
        return peaks[-1] / peaks[0]


def measure(*, quick: bool = False, counts: Sequence[int] = ()) -> Sizes:
    """`counts`: sizes of the archives, where others are wanted."""
    peaks, phases = {}, {}
    for count in counts or (_QUICK_COUNTS if quick else _COUNTS):
        with tempfile.TemporaryDirectory() as folder:
            archive = write(Path(folder) / "archive.jsonl", short(count))
            found = run("audit", archive, Path(folder) / "out", _PROCESSES, look=True)
        peaks[count] = round(found.peak, 1)
        phases[count] = {name: round(seconds, 2) for name, seconds in found.phases.items()}
    return Sizes(peaks, phases)


def lines(found: Sizes) -> list[str]:
    """The tables, in Markdown."""
    first = next(iter(found.peaks.values()))
    names = list(next(iter(found.phases.values())))
    shown = ["| messages audited | most memory of all processes, MiB | of the first |", "|---:|---:|---:|"]
    shown += [f"| {count:,} | {peak:,.0f} | {peak / first:.2f} |" for count, peak in found.peaks.items()]
    shown += ["", f"| messages | {' | '.join(f'{name}, s' for name in names)} |", "|---:|" + "---:|" * len(names)]
    for count, phases in found.phases.items():
        shown.append(f"| {count:,} | {' | '.join(f'{phases[name]:,.1f}' for name in names)} |")
    return shown
