"""Facts of orders in an SQLite database that somebody else writes: opened for reading only, anew for each mail.

A connection belongs to the thread that opened it, and mails are judged in threads of their own; to open one costs less
than a tenth of a millisecond, and a file that was put in the place of another is seen.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import regex

from msgpolicy.inputs import InputError
from msgpolicy.inputs.cells import CELLS, TIME, cell_fields
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.inputs.record import checked_facts
from msgpolicy.mailfilter.lookup import LookupFailedError, agreed
from msgpolicy.typed import dotted, nearest

TABLE = "msgpolicy_orders"
# Rows of one order, or of one buyer.
MAX_ROWS = 1000
_STEPS = 1000  # of SQLite's machine, between two looks at the clock

_PARAMETER = regex.compile(r":(order_id|message_id|recipient)\b")
_NOTHING: Mapping[str, str | None] = {"order_id": None, "message_id": None, "recipient": None}
# The path of a column in a record, and the kind of its cells.
_Column = tuple[tuple[str, ...], str]


class SqliteOrders:
    """What one query gives."""

    def __init__(self, file: str, query: str | None, timeout: float) -> None:
        """Tries the query.

        Raises:
            InputError: the database cannot be read, or the query does not fit it.
        """
        self._file = file
        self._name = shown_name(file)
        self._timeout = timeout
        try:
            with self._opened() as database:
                self._query = query or self._query_of_table(database)
                cursor = database.execute(self._query, _NOTHING)
                if cursor.description is None:
                    raise unusable(self._name, "the query gives no columns", "it is a SELECT")
                self._columns([title for title, *_ in cursor.description])
        except sqlite3.Error as error:
            raise unusable(self._name, f"SQLite: {error}", "see docs/hooks-orders.md") from None
        self._uses = frozenset(_PARAMETER.findall(self._query))
        if not self._uses:
            raise unusable(self._name, "the query has no :order_id", "SELECT … WHERE order_id = :order_id")

    def everyone(self) -> Mapping[str, Any]:
        return {}

    def of_order(self, order_id: str) -> Mapping[str, Any] | None:
        return self._found("order_id", order_id)

    def of_recipient(self, address: str) -> Mapping[str, Any] | None:
        return self._found("recipient", address)

    def of_message(self, message_id: str) -> Mapping[str, Any] | None:
        return self._found("message_id", message_id)

    def refresh(self, *, force: bool = False) -> None:
        """Each mail reads what the database holds by then."""

    def _found(self, parameter: str, key: str) -> Mapping[str, Any] | None:
        """What all rows of a key agree on."""
        if parameter not in self._uses:
            return None
        try:
            with self._opened() as database:
                cursor = database.execute(self._query, {**_NOTHING, parameter: key.encode("utf-8", "replace").decode()})
                columns = self._columns([title for title, *_ in cursor.description])
                rows = cursor.fetchmany(MAX_ROWS + 1)
            if len(rows) > MAX_ROWS:
                raise unusable(self._name, f"more than {MAX_ROWS} rows for one {parameter}")
            return agreed([checked_facts(self._facts(columns, row), self._name) for row in rows])
        except sqlite3.Error as error:
            raise LookupFailedError(f"{self._name}: SQLite: {error}") from None
        except InputError as error:
            which = f"order {key[:80]}: " if parameter == "order_id" else ""
            raise LookupFailedError(f"{which}{error}") from None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        uri = Path(self._file).absolute().as_uri() + "?mode=ro"
        ends = time.monotonic() + self._timeout
        with closing(sqlite3.connect(uri, uri=True, timeout=self._timeout)) as database:
            # What is no UTF-8 is no reason to fail, and an error of SQLite would quote it.
            database.text_factory = lambda data: data.decode("utf-8", "replace")
            database.execute("PRAGMA query_only = on")
            database.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
            yield database

    def _query_of_table(self, database: sqlite3.Connection) -> str:
        titles = [row[1] for row in database.execute("SELECT * FROM pragma_table_info(?)", (TABLE,))]
        if not titles:
            hint = "make one whose columns are fields of a record (order_id, order_status …), or give a query"
            raise unusable(self._name, f"no table or view {TABLE}", hint)
        paths = {path: title for title, (path, _) in zip(titles, self._columns(titles), strict=True)}
        keys = [
            f'"{paths[path]}" = :{parameter}{collation}'
            for path, parameter, collation in (
                (("order", "id"), "order_id", ""),
                (("recipient",), "recipient", " COLLATE NOCASE"),
                (("id",), "message_id", ""),
            )
            if path in paths
        ]
        if not keys:
            raise unusable(self._name, f"no column of {TABLE} says what a row is about", "name one order_id")
        return f"SELECT * FROM {TABLE} WHERE {' OR '.join(keys)}"  # noqa: S608, of columns that are known fields

    def _columns(self, titles: list[str]) -> list[_Column]:
        """Which field each column is: its path, with full stops or underscores."""
        known = cell_fields()
        names = {path.replace(".", "_"): path for path in known} | {path: path for path in known}
        columns: list[_Column] = []
        for title in titles:
            if title.startswith(("extra.", "extra_")) and len(title) > len("extra."):
                columns.append((("extra", title[len("extra.") :]), "text"))
            elif title in names:
                columns.append((tuple(names[title].split(".")), known[names[title]]))
            else:
                raise unusable(self._name, f"unknown column {title[:80]!r}", nearest(title, names) or "")
        return columns

    def _facts(self, columns: list[_Column], row: tuple[Any, ...]) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for (path, kind), cell in zip(columns, row, strict=True):
            if cell is None or cell == "":
                continue
            inner = facts
            for step in path[:-1]:
                inner = inner.setdefault(step, {})
            try:
                inner[path[-1]] = _value(kind, cell)
            except (ValueError, KeyError, OverflowError, OSError):
                raise unusable(self._name, f"{dotted(path)}: is not {kind}", "NULL where it is not known") from None
        return facts


def _value(kind: str, cell: Any) -> Any:
    if isinstance(cell, bytes):
        raise ValueError
    if kind == TIME and isinstance(cell, int | float):
        return datetime.fromtimestamp(cell, UTC).isoformat()  # as SQLite's unixepoch() gives it
    return CELLS[kind](str(cell).strip())
