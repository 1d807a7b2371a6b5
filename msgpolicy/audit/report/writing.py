"""Writes the report into the folder of an audit."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgpolicy.audit.asked import Asked
from msgpolicy.audit.report.page import page
from msgpolicy.audit.report.tables import open_tables
from msgpolicy.linter import Linter
from msgpolicy.replacing import replacing

NAME = "report.html"


def write_report(out: str, asked: Asked, linter: Linter, notices: Sequence[str] = ()) -> str:
    """Makes `report.html`, and the table `groups`, of the tables in the folder `out`; gives its path.

    The same tables give the same page, byte for byte.

    Args:
        asked: what the audit was asked, for the receipt at the page's end.
        linter: that of the audit; it knows the limit for answers, and which rules no decision can set aside.
        notices: what is to be said of the run.

    Raises:
        FileNotFoundError: a table is missing.
        OSError: a file cannot be written.
    """
    path = os.path.join(out, NAME)
    with open_tables(out) as tables, replacing(path) as stream:
        for piece in page(tables, asked, linter, notices):
            stream.write(piece.encode())
    return path
