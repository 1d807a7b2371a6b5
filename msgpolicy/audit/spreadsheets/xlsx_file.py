"""One Excel workbook with a sheet a table. Texts are typed as such, and stay texts when a person edits them."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from msgpolicy.audit.parts import WORK
from msgpolicy.audit.spreadsheets.cells import is_formula, plain
from msgpolicy.audit.spreadsheets.sheets import Sheet, open_sheets
from msgpolicy.replacing import replacing

NAME = "audit.xlsx"
# What a sheet can hold: rows below its head, code units of a cell; the years that its dates begin with.
MAX_ROWS = 1_048_575
_MAX_CELL = 32_767
_FIRST_YEAR = 1900
# From here on a file within the workbook may be larger than 4 GB.
_MANY_ROWS = 500_000


def write_xlsx(out: str) -> list[str]:
    """Writes `audit.xlsx` into the folder of an audit, whole or not at all. Memory stays flat; gives its name.

    A table of more rows than a sheet can hold is cut, and the first sheet says so.

    Raises:
        ModuleNotFoundError: xlsxwriter is not installed.
        OSError: the disk is full, or the folder cannot be written.
    """
    import xlsxwriter

    work = os.path.join(out, WORK)
    os.makedirs(work, mode=0o700, exist_ok=True)
    with replacing(os.path.join(out, NAME)) as stream, open_sheets(out) as sheets:
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "tmpdir": work})
        book.set_properties({"title": "msgpolicy audit", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - always the same
        about = book.add_worksheet("about")
        looks = _Looks(book)
        told: list[list[Any]] = []
        for sheet in sheets:
            written = _write(book.add_worksheet(sheet.name), sheet, looks)
            left_out = f"{sheet.total - written:,} rows are not here" if sheet.total > written else ""
            told.append([sheet.name, sheet.total, written, left_out, f"{sheet.name}/*.parquet"])
            if sheet.total > _MANY_ROWS:
                book.use_zip64()
        head = ["table", "rows", "rows in this workbook", "left out", "all of them stand in"]
        _write(about, Sheet("about", len(told), head, iter(told)), looks)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from None
    return [NAME]


class _Looks:
    """How cells look: the head, times, and texts that would be formulas if they were typed."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.quoted = book.add_format({"quote_prefix": True})


def _write(page: Any, sheet: Sheet, looks: _Looks) -> int:
    """Writes a sheet; gives how many rows are in it."""
    page.set_column(0, max(len(sheet.columns) - 1, 0), 18)
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, looks.head)
    number = 0
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            _cell(page, number, column, plain(value), looks)
        if number == MAX_ROWS:
            break
    page.autofilter(0, 0, number, max(len(sheet.columns) - 1, 0))
    return number


def _cell(page: Any, row: int, column: int, value: Any, looks: _Looks) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        page.write_datetime(row, column, value, looks.time)
    else:
        text = f"{value.isoformat()}Z" if isinstance(value, datetime) else value
        page.write_string(row, column, _fitting(text), looks.quoted if is_formula(text) else None)


def _fitting(text: str) -> str:
    """As much of a text as a cell can hold, which counts in UTF-16."""
    if 2 * len(text) <= _MAX_CELL:
        return text
    data = text.encode("utf-16-le")
    if len(data) <= 2 * _MAX_CELL:
        return text
    return data[: 2 * (_MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
