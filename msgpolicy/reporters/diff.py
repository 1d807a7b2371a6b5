"""What changes in a file, as a unified diff that `patch` understands; linear in the size of the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgpolicy.inputs.splices import Splice, spliced
from msgpolicy.reporters.display import Terminal

# Unchanged lines shown around what changes.
CONTEXT = 3

_NO_NEWLINE = b"\n\\ No newline at end of file\n"
_COLORS = {"-": "red", "+": "green", "@": "blue"}


class _Region(NamedTuple):
    """Lines first:end (from 0) of the old file, and what stands in their place."""

    first: int
    end: int
    new: list[bytes]


def unified_diff(name: str, old: bytes, splices: Iterable[Splice]) -> Iterator[bytes]:
    """The lines of the diff, with their ends; none where nothing changes.

    `name` must hold nothing that ends a line. `splices` of `old` are in order, without overlaps.
    """
    lines = _lines(old)
    hunks = _hunks(list(_regions(old, lines, list(splices))))
    shift = 0
    for number, hunk in enumerate(hunks):
        if not number:
            yield f"--- {name}\n+++ {name}\n".encode()
        first = max(hunk[0].first - CONTEXT, 0)
        end = min(hunk[-1].end + CONTEXT, len(lines))
        growth = sum(len(region.new) - (region.end - region.first) for region in hunk)
        yield f"@@ -{_range(first, end - first)} +{_range(first + shift, end - first + growth)} @@\n".encode()
        shift += growth
        position = first
        for region in hunk:
            yield from _prefixed(b" ", lines[position : region.first])
            yield from _prefixed(b"-", lines[region.first : region.end])
            yield from _prefixed(b"+", region.new)
            position = region.end
        yield from _prefixed(b" ", lines[position:end])


def show_diff(terminal: Terminal, diff: Iterable[bytes]) -> None:
    """The diff on a terminal: in colour, and what could act on the terminal written out."""
    for line in b"".join(diff).split(b"\n")[:-1]:
        text = terminal.safe(line.removesuffix(b"\r").decode("utf-8", "backslashreplace"))
        terminal.write(terminal.style(text, _COLORS[text[0]]) + "\n" if text[:1] in _COLORS else text + "\n")


def _lines(data: bytes) -> list[bytes]:
    """Lines that end with LF, the only end that `patch` knows."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _regions(old: bytes, lines: list[bytes], splices: list[Splice]) -> Iterator[_Region]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    queue = list(reversed(splices))
    while queue:
        splice = queue.pop()
        group = [splice]
        first = min(bisect_right(starts, splice.start), max(len(lines), 1)) - 1
        end = first + 1
        while True:
            end = max(end, bisect_right(starts, group[-1].end - 1))
            stop = starts[min(end, len(lines))]
            if queue and queue[-1].start < stop:
                group.append(queue.pop())
                continue
            begin = starts[first]
            new = spliced(old[begin:stop], (Splice(s.start - begin, s.end - begin, s.replacement) for s in group))
            if end >= len(lines) or not new or new.endswith(b"\n"):
                break
            end += 1  # the line lost its end: the next one is joined to it
        yield _Region(first, min(end, len(lines)), _lines(new))


def _hunks(regions: list[_Region]) -> list[list[_Region]]:
    hunks: list[list[_Region]] = []
    for region in regions:
        if hunks and region.first - hunks[-1][-1].end <= 2 * CONTEXT:
            hunks[-1].append(region)
        else:
            hunks.append([region])
    return hunks


def _range(first: int, count: int) -> str:
    """Lines as a hunk's head names them: from 1, and the line before where there are none."""
    start = first + 1 if count else first
    return str(start) if count == 1 else f"{start},{count}"


def _prefixed(sign: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield sign + line if line.endswith(b"\n") else sign + line + _NO_NEWLINE
