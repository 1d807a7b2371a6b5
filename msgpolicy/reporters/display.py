"""Text of messages on a terminal: what could act on the terminal or hide is written out, and columns stay aligned."""

from __future__ import annotations

import io
import os
import shutil
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import dropwhile
from typing import NamedTuple, TextIO

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}

# Code points that show nothing, beside those of category C and Z: fillers, selectors, joiners (Default_Ignorable).
_INVISIBLE = (
    frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0))
    | frozenset(range(0x180B, 0x1810))
    | frozenset(range(0xFE00, 0xFE10))
    | frozenset(range(0xE0000, 0xE1000))
)
_MAX_MARKS = 4


class Cell(NamedTuple):
    """One code point as shown, and the columns that it takes."""

    shown: str
    width: int


class Terminal:
    """Where text is written: its character set, whether it shows colour, and how many columns it has."""

    def __init__(self, stream: TextIO, *, color: bool = False, width: int = 100) -> None:
        self.stream = stream
        self.width = width
        self._color = color
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._cell = lru_cache(4096)(self._measure)

    def write(self, text: str) -> None:
        """Writes text of ours; what the character set lacks is written as an escape."""
        self.stream.write(text if text.isascii() else self._encodable(text))

    def show(self, text: str) -> None:
        """Writes lines that quote something from outside, made safe."""
        for line in text.split("\n"):
            self.write(self.safe(line) + "\n")

    def style(self, text: str, *names: str) -> str:
        """`text` in bold, a colour, …: where colour is shown."""
        if not self._color or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[name] for name in names)}m{text}\x1b[0m"

    def mark(self, wanted: str, plain: str) -> str:
        """A sign of ours, or its stand-in in ASCII."""
        return wanted if self._encodable(wanted) == wanted else plain

    def cells(self, text: str) -> list[Cell]:
        """`text` from outside, code point by code point, safe to show."""
        out = []
        marks = _MAX_MARKS  # a mark at the start would sit on what is written before it
        for char in text:
            cell = self._cell(char)
            if cell.width:
                marks = 0
            elif marks < _MAX_MARKS:
                marks += 1
            else:
                cell = _escaped(char)
            out.append(cell)
        return out

    def safe(self, text: str) -> str:
        """`text` from outside on one line, safe to show."""
        return text if text.isascii() and text.isprintable() else "".join(cell.shown for cell in self.cells(text))

    def _measure(self, char: str) -> Cell:
        code = ord(char)
        if 0x20 <= code < 0x7F:
            return Cell(char, 1)
        if char == "\t":
            return Cell("    ", 4)
        category = unicodedata.category(char)
        if category == "Zs":
            return Cell("  ", 2) if char == "\u3000" else Cell(" ", 1)
        if category[0] in "CZ" or code in _INVISIBLE or self._encodable(char) != char:
            return _escaped(char)
        if category in ("Mn", "Me") or 0x1161 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
            return Cell(char, 0)
        return Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)

    def _encodable(self, text: str) -> str:
        return text.encode(self._encoding, "backslashreplace").decode(self._encoding)


def terminal_of(stream: TextIO, color: str = "auto") -> Terminal:
    """How to write to a stream: `color` is `always`, `never`, or `auto`: on a screen, unless NO_COLOR is set."""
    on_screen = stream.isatty()
    if color == "auto":
        colored = on_screen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    else:
        colored = color == "always"
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 40), 160) if on_screen else 100
    return Terminal(stream, color=colored, width=width)


# For files that no terminal shows: the same escapes, in Unicode and without colour.
ANYWHERE = Terminal(io.StringIO())


def safe_text(text: str) -> str:
    """`text` from outside on one line, with all white space as single spaces, safe to show anywhere."""
    return ANYWHERE.safe(" ".join(text.split()))


def _escaped(char: str) -> Cell:
    code = ord(char)
    shown = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return Cell(shown, len(shown))


def width_of(cells: Iterable[Cell]) -> int:
    """Columns that cells take."""
    return sum(cell.width for cell in cells)


class Excerpt(NamedTuple):
    """A line of a message around a place, and the signs under it that point to the place."""

    line: str
    pointer: str


def excerpt(terminal: Terminal, text: str, start: int, end: int, columns: int) -> Excerpt:
    """The line of `text` in which the span starts, cut around it to about `columns` columns.

    Lines end with LF, CR LF or CR. Only the neighbourhood of the place is looked at, however long the line is.
    """
    reach = columns + 1
    before = text[max(start - reach, 0) : start]
    before = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    inside = _first_line(text[start : min(end, start + reach)])
    goes_on = start + len(inside) < end
    after = "" if goes_on else _first_line(text[end : end + reach])

    ellipsis = terminal.mark("…", "...")
    # Measured together, so that marks combine with what stands before them.
    cells = terminal.cells(before + inside + after)
    left = cells[: len(before)]
    middle = cells[len(before) : len(before) + len(inside)]
    right = cells[len(before) + len(inside) :]
    middle, cut = _fitting(middle, columns)
    goes_on = goes_on or cut
    room = max(columns - width_of(middle), 0)
    left_room = max(room // 2, room - width_of(right))
    kept, left_cut = _fitting(left[::-1], left_room)
    left = list(dropwhile(lambda cell: left_cut and not cell.width, reversed(kept)))
    right, right_cut = _fitting(right, 0 if cut else room - width_of(left))
    left_cut = left_cut or len(before) >= reach

    line = "".join(
        (
            ellipsis if left_cut else "",
            *(cell.shown for cell in left),
            *(cell.shown for cell in middle),
            *(cell.shown for cell in right),
            ellipsis if goes_on or right_cut or len(after) >= reach else "",
        )
    )
    blank = (len(ellipsis) if left_cut else 0) + width_of(left)
    return Excerpt(line, " " * blank + "^" * max(width_of(middle), 1))


def _first_line(text: str) -> str:
    for index, char in enumerate(text):
        if char in "\r\n":
            return text[:index]
    return text


def _fitting(cells: list[Cell], columns: int) -> tuple[list[Cell], bool]:
    """The cells from the start that fit, and whether some do not."""
    taken = 0
    for index, cell in enumerate(cells):
        taken += cell.width
        if taken > columns:
            return cells[:index], True
    return cells, False
