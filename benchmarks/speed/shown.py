"""What the README and docs/performance.md show of the newest results: tables in Markdown, and a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

from benchmarks.speed.parts import PARTS
from benchmarks.speed.peers import Peers
from benchmarks.speed.results import Part, Results
from benchmarks.speed.speed import Speed

_TITLES = {
    "speed": "Against the floor",
    "peers": "Beside others",
    "startup": "Start-up",
    "growth": "Cost against size",
    "memory": "Memory",
    "processes": "Two processes",
    "threads": "Eight threads",
    "audit": "Auditing archives",
    "audit-memory": "Memory of an audit",
}
_LEAST, _MOST = 0.01, 1_000  # milliseconds at either end of the picture's scale
_LEFT, _WIDTH, _BAR = 210, 460, 15  # pixels
_COLORS = {"plain": "#1f77b4", "html": "#e07b00"}
_NAMES = {"plain": "plain text", "html": "HTML"}


def in_readme(results: Results) -> str:
    """A sentence and a table: what a message costs, beside others."""
    speed, peers = _found(results, "speed"), _found(results, "peers")
    lines = []
    if speed is not None:
        plain, html = speed.kinds["plain"], speed.kinds["html"]
        lines.append(
            f"A plain text takes {plain.ours.p50:.1f} ms (median), an HTML mail {html.ours.p50:.1f} ms: "
            f"{plain.ratio.value:.0f} and {html.ratio.value:.0f} times what it takes to decode the record, parse the "
            "HTML and look for words once. Milliseconds of the processor for a message, in the mean, by what looks at "
            "it:\n"
        )
    if peers is not None:
        lines += ["| | plain text | HTML |", "|---|---:|---:|"]
        lines += [f"| {name} | {costs['plain']:.2f} | {costs['html']:.2f} |" for name, costs in _costs(speed, peers)]
    if any(part.quick for part in results.parts.values()):
        lines += ["", "Some of these are of a quick run, with few messages."]
    return "\n".join(lines)


def in_docs(results: Results) -> str:
    """Every part with its table, and where and when it was measured."""
    here = results.machine
    what = (
        f"Measured on {here.processor}, {here.cores} cores, {here.memory} GiB, {here.system}, {here.python}; "
        "what is measured and how: benchmarks/README.md. A ratio is that of the sums; in brackets, from where to where "
        "the middle 80 % of the blocks lie."
    )
    shown = [what]
    for name, title in _TITLES.items():
        part = results.parts.get(name)
        if part is None:
            continue
        table = PARTS[name].lines(PARTS[name].read(part.found))
        shown += ["", f"### {title}", "", _when(part), "", *table]
    return "\n".join(shown)


def _when(part: Part) -> str:
    quick = " A quick run, with few messages." if part.quick else ""
    versions = ", ".join(f"{name} {version}" for name, version in part.versions.items())
    return f"{part.measured_at:%d %B %Y}, commit {part.commit}; {versions}.{quick}"


def _found(results: Results, name: str) -> Any:
    part = results.parts.get(name)
    return PARTS[name].read(part.found) if part else None


def _costs(speed: Speed | None, peers: Peers) -> Iterator[tuple[str, dict[str, float]]]:
    """Names with milliseconds for a message, by kind."""
    if speed is not None:
        yield "the floor", {kind: speed.kinds[kind].floor.mean for kind in _NAMES}
    yield "**msgpolicy**, all rules, sixteen languages", peers.ours
    for name, item in peers.peers.items():
        yield name, item.milliseconds


def picture(results: Results) -> str:
    """The same as bars, in SVG, on a scale on which each line is ten times the one before."""
    peers = _found(results, "peers")
    if peers is None:
        return ""
    rows = list(_costs(_found(results, "speed"), peers))
    height = 60 + len(rows) * (2 * _BAR + 14)
    size = f"0 0 {_LEFT + _WIDTH + 70} {height}"
    shown = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" font-family="sans-serif" font-size="12" role="img">',
        "<title>Milliseconds of the processor for a message, on a logarithmic scale</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for power in range(round(math.log10(_LEAST)), round(math.log10(_MOST)) + 1):
        x = _x(10.0**power)
        shown.append(f'<line x1="{x:.0f}" x2="{x:.0f}" y1="30" y2="{height - 22}" stroke="#dddddd"/>')
        shown.append(f'<text x="{x:.0f}" y="{height - 8}" text-anchor="middle" fill="#555555">{10.0**power:g}</text>')
    for index, (kind, name) in enumerate(_NAMES.items()):
        x = _LEFT + 110 * index
        shown.append(f'<rect x="{x}" y="8" width="12" height="12" fill="{_COLORS[kind]}"/>')
        shown.append(f'<text x="{x + 17}" y="18" fill="#222222">{name}</text>')
    shown.append(f'<text x="{_LEFT + 220}" y="18" fill="#555555">milliseconds for a message, logarithmic</text>')
    for index, (name, costs) in enumerate(rows):
        y = 36 + index * (2 * _BAR + 14)
        label = escape(name.replace("*", "").partition(", all")[0])
        bold = ' font-weight="bold"' if "*" in name else ""
        shown.append(f'<text x="{_LEFT - 8}" y="{y + _BAR + 4}" text-anchor="end" fill="#222222"{bold}>{label}</text>')
        for line, kind in enumerate(_NAMES):
            top, end = y + line * _BAR, _x(costs[kind])
            shown.append(
                f'<rect x="{_LEFT}" y="{top}" width="{end - _LEFT:.0f}" height="{_BAR - 2}" fill="{_COLORS[kind]}"/>'
            )
            shown.append(f'<text x="{end + 4:.0f}" y="{top + 11}" fill="#222222">{costs[kind]:.3g}</text>')
    return "\n".join([*shown, "</svg>"]) + "\n"


def _x(milliseconds: float) -> float:
    share = math.log10(max(milliseconds, _LEAST) / _LEAST) / math.log10(_MOST / _LEAST)
    return _LEFT + _WIDTH * share
