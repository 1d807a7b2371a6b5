"""What a process needs in memory while it judges ever more messages through `check_many`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from random import Random

import msgspec

from benchmarks.speed import texts
from benchmarks.speed.corpus import QUICK, entries
from msgpolicy.linter import Linter
from msgpolicy.message import Message

# After so many messages the peak is read; a warm-up counts as messages too.
_CHECKPOINTS = (10_000, 100_000, 1_000_000)
_QUICK_CHECKPOINTS = (2_000, 6_000)
# Of so many messages one is of the corpus; the others are one short text, so that a million take half an hour.
_OF_CORPUS = 50
_SIZE = 60


class Memory(msgspec.Struct, frozen=True):
    """By number of messages: the most memory that the process had until then, in MiB."""

    peaks: dict[int, float]

    @property
    def growth(self) -> float:
        """How often the peak after the first checkpoint the last one is."""
        peaks = list(self.peaks.values())
        return peaks[-1] / peaks[0]


def measure(*, quick: bool = False) -> Memory:
    """In a process of its own, whose peak is that of nothing else."""
    answer = subprocess.run(
        [sys.executable, "-m", __name__, *map(str, _QUICK_CHECKPOINTS if quick else _CHECKPOINTS)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return Memory({int(count): peak for count, peak in json.loads(answer).items()})


def messages() -> Iterator[Message]:
    """Messages without end, of which no two are alike until the corpus begins again."""
    corpus = [made.record for made in entries(QUICK)]
    random = Random("memory")
    number = 0
    while True:
        if number % _OF_CORPUS == 0:
            yield Message.from_json(corpus[number // _OF_CORPUS % len(corpus)])
        else:
            language = texts.LANGUAGES[number % len(texts.LANGUAGES)]
            order = f"305-{random.randrange(10**7):07}-{number % 10**7:07}"
            parts = texts.text(random, language, _SIZE, 4 * _SIZE, order, violates=number % 7 == 0)
            yield Message(id=str(number), kind="proactive", text="\n\n".join(parts), order={"id": order})
        number += 1


def _peaks(checkpoints: list[int]) -> dict[int, float]:
    import resource

    linter = Linter("amazon")
    found = {}
    for count, _ in enumerate(linter.check_many(islice(messages(), checkpoints[-1])), 1):
        if count in checkpoints:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            found[count] = round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)
    return found


def lines(found: Memory) -> list[str]:
    """The table, in Markdown."""
    first = next(iter(found.peaks.values()))
    shown = ["| messages judged | most memory so far, MiB | of the first |", "|---:|---:|---:|"]
    return [*shown, *(f"| {count:,} | {peak:.0f} | {peak / first:.3f} |" for count, peak in found.peaks.items())]


if __name__ == "__main__":
    print(json.dumps(_peaks([int(count) for count in sys.argv[1:]])))
