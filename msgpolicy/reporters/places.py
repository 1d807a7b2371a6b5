"""Where in the files that people named something is: for formats that point into files."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from msgpolicy.inputs import Draft
from msgpolicy.report import Location


class Region(NamedTuple):
    """A stretch of a file. Lines and columns (code points) count from 1; the end is the first column behind it."""

    line: int
    column: int
    end_line: int
    end_column: int


def is_in_file(draft: Draft, location: Location) -> bool:
    """Whether the offsets of a place count in the file itself: the part is the file, as with .txt and .html."""
    return draft.part == location.part and location.start is not None and location.end is not None


def region_of(draft: Draft, location: Location) -> Region | None:
    """The stretch of the file at a place; None where the part is not the file itself."""
    if not is_in_file(draft, location) or location.line is None or location.column is None:
        return None
    text: str = getattr(draft.message, location.part)
    start, end = location.start or 0, location.end or 0
    # Between CR and LF is no line end.
    to = end - 1 if text[end - 1 : end + 1] == "\r\n" else end
    ends = text.count("\n", start, to) + text.count("\r", start, to) - text.count("\r\n", start, to)
    if not ends:
        return Region(location.line, location.column, location.line, location.column + end - start)
    last = max(text.rfind("\n", start, to), text.rfind("\r", start, to))
    return Region(location.line, location.column, location.line + ends, end - last)


def place_in_part(location: Location) -> str:
    """`text:3:9`, `attachments[0] page 2:1:1`, or just the part of something absent."""
    numbers = "".join(f":{number}" for number in (location.line, location.column) if number is not None)
    page = f" page {location.page}" if location.page is not None else ""
    return f"{location.part}{page}{numbers}"


def path_of(file: str | None) -> str | None:
    """A file's path with slashes, below the current folder where it is there; None for standard input."""
    if file is None or file.startswith("<"):
        return None
    path = PurePath(file)
    if path.is_absolute():
        try:
            path = path.relative_to(os.getcwd())
        except ValueError:
            return path.as_posix()
    return path.as_posix()


def uri_of(file: str | None) -> str | None:
    """A file's path as a URI reference, relative to the current folder where it is below it."""
    path = path_of(file)
    if path is None:
        return None
    if path.startswith("/"):
        return "file://" + quote(path)
    return "file:///" + quote(path, safe="/:") if PurePath(path).is_absolute() else quote(path)
