"""Rows of CSV files, whatever separates their cells; a row that is broken costs itself, not what follows it."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from msgpolicy.audit.archives.raw import ROW, Raw, rejected
from msgpolicy.audit.archives.rows import CellError, columns_of, record_of
from msgpolicy.inputs.errors import unusable

_SEPARATORS = ",;\t|"
# Characters of one row; beyond, a quotation mark that is never closed has swallowed the rest of the file.
_LONGEST_ROW = 16_000_000
# How much is read again, behind a row that is broken, for each character of the file; so much of it in any case.
_AGAIN, _AGAIN_ALWAYS = 4, 64_000_000


def read_csv(
    stream: BinaryIO, file: str, names: Mapping[str, str], encoding: str | None, notice: Callable[[str], None]
) -> Iterator[Raw]:
    """The rows of a file, each as a record; its first line says what the columns are.

    Args:
        names: the titles of columns that are not called like the field, by field.
        encoding: character set of the file; None: UTF-8, unless it begins with a byte order mark of UTF-16.
        notice: told which columns are not used.

    Raises:
        InputError: the first line cannot be used.
    """
    text = _text(stream, encoding)
    try:
        yield from _records(_Lines(text), file, names, notice)
    finally:
        text.detach()  # the stream is not ours to close


def _records(lines: _Lines, file: str, names: Mapping[str, str], notice: Callable[[str], None]) -> Iterator[Raw]:
    csv.field_size_limit(_LONGEST_ROW)
    separator = _separator(lines)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    try:
        titles = next(rows, [])
    except csv.Error as error:
        raise unusable(file, f"not CSV: {error}", "the first line names the columns", line=1) from None
    if not any(map(str.strip, titles)):
        raise unusable(file, "the first line is empty", "it names the columns", line=1)
    columns = columns_of(titles, names, file, notice)
    number = 0
    while True:
        start = lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield rejected(file, lines.give_back(start), f"not CSV: {error}", _QUOTES, number=number)
            continue
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if len(row) != len(titles):
            why = f"{len(row)} cells in a row, but the header has {len(titles)}"
            yield rejected(file, lines.place(start), why, _QUOTES, number=number)
            continue
        if not _is_sound(row):
            hint = "say which character set the file has: --encoding windows-1252"
            yield rejected(file, lines.place(start), "holds bytes that are not UTF-8", hint, number=number)
            continue
        try:
            record = record_of(dict(zip(titles, row, strict=True)), columns)
        except CellError as error:
            yield rejected(file, lines.place(start), str(error), number=number)
            continue
        yield Raw(file, ROW, msgspec.json.encode(record), number, start)


_QUOTES = 'a cell that holds the separator, a line break or a quotation mark stands in "…", marks in it are doubled'


def _text(stream: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    """The file as text, line ends as they are."""
    buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)  # type: ignore[type-var]
    if encoding is None:
        encoding = "utf-16" if buffered.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    # Bytes that are no text stay what they are, so that only their row is refused; UTF-16 has no way to say so.
    errors = "replace" if "16" in encoding or "32" in encoding else "surrogateescape"
    return io.TextIOWrapper(buffered, encoding, errors, newline="")


def _is_sound(row: list[str]) -> bool:
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return False
    return True


def _separator(lines: _Lines) -> str:
    """What separates the cells, told by the first line; spreadsheets may say it in a line of its own (`sep=;`)."""
    lines.begin()
    first = next(lines, "")
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:
        return first[4]
    lines.give_back(1, whole=True)
    return max(_SEPARATORS, key=first.count)


class _Lines:
    """The lines of a file, which can be given back."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._back: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0
        self._number = 0
        self._credit = _AGAIN_ALWAYS

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._size > _LONGEST_ROW:
            raise StopIteration  # to the reader of CSV, the file ends inside a row
        if self._back:
            line = self._back.popleft()
        else:
            line = self._stream.readline(_LONGEST_ROW)
            self._credit += _AGAIN * len(line)
        if not line:
            raise StopIteration
        self._number += 1
        self._size += len(line)
        self._taken.append(line)
        return line

    def begin(self) -> int:
        """A row begins; gives the number of its first line."""
        self._taken, self._size = [], 0
        return self._number + 1

    def place(self, start: int) -> str:
        """Where the row stands that began in this line."""
        return f"line {start}" if self._number <= start else f"lines {start} to {self._number}"

    def give_back(self, start: int, *, whole: bool = False) -> str:
        """Has the lines of the row read again, but for the first one (or with it); gives where the row stood then.

        Of files that are broken all over, nothing is given back any more: reading ends in any case.
        """
        back = self._taken if whole else self._taken[1:]
        size = sum(map(len, back))
        if size <= self._credit:
            self._credit -= size
            self._back.extendleft(reversed(back))
            self._number -= len(back)
        return self.place(start)
