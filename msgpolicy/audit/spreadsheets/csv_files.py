"""CSV files, one a table. What might be a formula begins with an apostrophe, as OWASP advises against CSV injection."""

from __future__ import annotations

import codecs
import csv
import os
from datetime import datetime
from typing import Any

from msgpolicy.audit.spreadsheets.cells import is_formula, plain
from msgpolicy.audit.spreadsheets.sheets import open_sheets
from msgpolicy.replacing import replacing


def write_csv(out: str) -> list[str]:
    """Writes `violations.csv`, `groups.csv` and so on into the folder of an audit, each whole or not at all.

    UTF-8 with a byte order mark, without which Excel would guess. Gives their names, and nothing is left out.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    names = []
    with open_sheets(out) as sheets:
        for sheet in sheets:
            names.append(f"{sheet.name}.csv")
            with replacing(os.path.join(out, names[-1])) as stream:
                stream.write(codecs.BOM_UTF8)
                writer = csv.writer(codecs.getwriter("utf-8")(stream))
                writer.writerow(sheet.columns)
                writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return names


def _cell(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
