"""Cost against size: ordinary messages and such as were made to be slow, from 1 KB to 10 MB (code points)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from time import thread_time

import msgspec

from benchmarks.floods.cases import Make
from benchmarks.floods.cases import cases as floods
from benchmarks.speed import markup, texts
from benchmarks.speed.measuring import settle
from msgpolicy.linter import Linter
from msgpolicy.message import Message

_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
# How often each size is judged; of the quick run those that are there. The median counts.
_TIMES = {1_000: 9, 10_000: 7, 100_000: 5, 1_000_000: 3, 10_000_000: 1}
_QUICK_TIMES = {1_000: 5, 10_000: 3, 100_000: 1}
# A choice of `python -m benchmarks.floods`, which knows 270.
HOSTILE = (
    "text: phones",
    "text: digits by lines",
    "text: hosts",
    "text: e-mail addresses",
    "text: WhatsApp",
    "text: reviews",
    "text: languages mixed",
    "html: links",
    "html: tables",
    "html: rules of a sheet",
)
_ORDER = "305-1234567-1234567"


class Point(msgspec.Struct, frozen=True):
    least: float
    median: float
    most: float
    verdict: str


class Growth(msgspec.Struct, frozen=True):
    """By case and size (code points): the least, median and greatest cost in milliseconds, and what came of it."""

    cases: dict[str, dict[int, Point]]


def measure(*, quick: bool = False) -> Growth:
    linter = Linter("amazon", time_budget=120)
    linter.warm_up()
    times = _QUICK_TIMES if quick else _TIMES
    chosen = dict(cases())
    for make in chosen.values():
        linter.check(make(1_000))
    settle()
    found: dict[str, dict[int, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    # In turns: whatever else the machine does meets all sizes alike.
    for turn in range(max(times.values())):
        for name, make in chosen.items():
            for size, count in times.items():
                if turn < count:
                    found[name][size].append(_judged(linter, make(size)))
    return Growth({name: {size: _point(listed) for size, listed in sizes.items()} for name, sizes in found.items()})


def cases() -> Iterator[tuple[str, Make]]:
    """The names of what is judged, and what makes it."""
    for language in ("en", "ja"):
        yield (
            f"ordinary text, {language}",
            lambda size, language=language: Message(kind="proactive", text=_text(language, size)),
        )
        yield (
            f"ordinary HTML, {language}",
            lambda size, language=language: Message(kind="proactive", html=_html(language, size)),
        )
    known = dict(floods())
    for name in HOSTILE:
        yield f"hostile {name}", known[name]


def _text(language: str, size: int) -> str:
    paragraphs = texts.text(Random(size), language, size, 2 * size + 1_000, _ORDER, violates=False)
    return "\n\n".join(paragraphs)[:size]


def _html(language: str, size: int) -> str:
    return markup.mail(Random(size), language, size, _ORDER, violates=False, by="shop")


def _judged(linter: Linter, message: Message) -> tuple[float, str]:
    started = thread_time()
    report = linter.check(message)
    seconds = thread_time() - started
    limits = sorted({item.why for item in report.not_evaluated} & {"too-large", "timeout"})
    return 1000 * seconds, ", ".join([report.verdict, *limits])


def _point(listed: list[tuple[float, str]]) -> Point:
    ordered = sorted(listed)
    milliseconds = [round(cost, 2) for cost, _ in ordered]
    return Point(milliseconds[0], milliseconds[len(ordered) // 2], milliseconds[-1], ordered[-1][1])


def lines(found: Growth) -> list[str]:
    """The table, in Markdown."""
    sizes = [size for size in _SIZES if any(size in points for points in found.cases.values())]
    shown = [
        "| ms | " + " | ".join(_size(size) for size in sizes) + " | 100 times the size, times the cost |",
        "|---|" + "---:|" * (len(sizes) + 1),
    ]
    for name, points in found.cases.items():
        costs = " | ".join(
            f"{points[size].median:,.{1 if points[size].median < 100 else 0}f}{_mark(points[size])}" for size in sizes
        )
        small, large = (10_000, 1_000_000) if 1_000_000 in points else (1_000, 100_000)
        least, middle, most = (
            points[large].least / points[small].most,
            points[large].median / points[small].median,
            points[large].most / points[small].least,
        )
        shown.append(f"| {name} | {costs} | {middle:.0f} ({least:.0f} to {most:.0f}) |")
    return [*shown, "", "\\* beyond a limit: what was not judged is told, and the verdict is `review`."]


def _mark(point: Point) -> str:
    return " \\*" if "too-large" in point.verdict or "timeout" in point.verdict else ""


def _size(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1_000} KB"
