"""Ours against the floor, message by message in turns, over the whole corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from benchmarks.speed.corpus import FULL, QUICK, SIZE_CLASSES, entries
from benchmarks.speed.judging import seconds_of, warm
from benchmarks.speed.measuring import Cost, Ratio, blocks, cost, ratio

# Messages of a block, in which every language has its turn in both forms five times.
_BLOCK = 160
_KINDS = ("plain", "html", "files")
# (ours, floor) of each message.
_Pairs = list[tuple[float, float]]


class Class(msgspec.Struct, frozen=True):
    """What the messages of one class cost, and how often the floor that is."""

    messages: int
    floor: Cost
    ours: Cost
    ratio: Ratio


class Speed(msgspec.Struct, frozen=True):
    """By kind of message (`plain`, `html`, `files`) and by size class; how many were judged how."""

    messages: int
    bytes: int
    violating: int
    # By "clean" and "violating", as the messages were made to be: how many have which verdict.
    verdicts: dict[str, dict[str, int]]
    kinds: dict[str, Class]
    sizes: dict[str, Class]


def measure(*, quick: bool = False) -> Speed:
    _, ours, floor = warm()
    found: dict[str, list[_Pairs]] = defaultdict(list)
    verdicts: dict[str, Counter[str]] = {"clean": Counter(), "violating": Counter()}
    size = 0
    for block in blocks(entries(QUICK if quick else FULL), _BLOCK):
        pairs: dict[str, _Pairs] = defaultdict(list)
        for made in block:
            size += len(made.record)
            least, _ = seconds_of(floor, made.record)
            spent, report = seconds_of(ours, made.record)
            pairs[made.kind].append((spent, least))
            pairs[made.size_class].append((spent, least))
            verdicts["violating" if made.violates else "clean"][msgspec.json.decode(report, type=_Judged).verdict] += 1
        for name, listed in pairs.items():
            found[name].append(listed)
    return Speed(
        messages=sum(sum(counts.values()) for counts in verdicts.values()),
        bytes=size,
        violating=sum(verdicts["violating"].values()),
        verdicts={name: dict(counts) for name, counts in verdicts.items()},
        kinds={name: _class(found[name]) for name in _KINDS},
        sizes={name: _class(found[name]) for name in SIZE_CLASSES},
    )


class _Judged(msgspec.Struct, frozen=True):
    verdict: str


def _class(listed: Sequence[_Pairs]) -> Class:
    each = [pair for pairs in listed for pair in pairs]
    sums = [(sum(ours for ours, _ in pairs), sum(floor for _, floor in pairs)) for pairs in listed]
    return Class(len(each), cost([floor for _, floor in each]), cost([ours for ours, _ in each]), ratio(sums))


def lines(speed: Speed) -> list[str]:
    """The table, in Markdown."""
    shown = ["| | messages | floor, ms | ours, ms | p50 | p99 | p99 : p50 | ours : floor |", "|---|" + "---:|" * 7]
    for name, item in {"plain text": speed.kinds["plain"], "HTML": speed.kinds["html"], **speed.sizes}.items():
        ours = item.ours
        shown.append(
            f"| {name} | {item.messages:,} | {item.floor.mean:.3f} | {ours.mean:.2f} | {ours.p50:.2f} | {ours.p99:.2f} "
            f"| {ours.p99 / ours.p50:.1f} | {item.ratio} |"
        )
    return shown
