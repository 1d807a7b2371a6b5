"""Facts from elsewhere (`--context`), of any number: kept in a file and looked up by id, not held in memory."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
import pyarrow.parquet as pq

from msgpolicy.audit.archives.parquet import plain_rows, titles_of
from msgpolicy.audit.archives.rows import CellError, record_of
from msgpolicy.audit.archives.streams import READ_ERRORS, split_suffixes, why_unreadable
from msgpolicy.inputs.cells import cell_fields
from msgpolicy.inputs.context import Context, key_of, load_context
from msgpolicy.inputs.errors import shown_name, unusable
from msgpolicy.inputs.record import checked_facts

_ROWS_AT_ONCE = 1000
_EVERYONE = ""


class StoredContext(Context):
    """A context whose facts are in a file. Each process opens it for itself; only the first one writes."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._any = False

    @property
    def keyed(self) -> bool:
        """Whether facts are looked up by id."""
        return self._any

    def create(self) -> None:
        """Makes the file ready for writing."""
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE facts (id TEXT PRIMARY KEY, facts BLOB, line INTEGER) WITHOUT ROWID",
            "BEGIN",
        ):
            self._connection.execute(statement)

    def finish(self) -> None:
        """Ends writing."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def add_for_all(self, partial: Mapping[str, Any]) -> None:
        """Facts for every message."""
        self._put(_EVERYONE, partial, 0)

    def add(self, key: str, partial: Mapping[str, Any], line: int) -> None:
        """Facts for the order or message `key`.

        Raises:
            InputError: the file says something else of the same key already.
        """
        key = self.bare(key)
        if not self._put(key, partial, line):
            facts, first = self._connection.execute("SELECT facts, line FROM facts WHERE id = ?", (key,)).fetchone()
            if facts != _encoded(partial):
                raise self.contradiction(key, first, line)
        self._any = True

    def everyone(self) -> Mapping[str, Any]:
        """What is known of every message."""
        return self._get(_EVERYONE) or {}

    def known(self, key: str) -> Mapping[str, Any] | None:
        """What is known of one id."""
        return self._get(key)

    def _put(self, key: str, facts: Mapping[str, Any], line: int) -> bool:
        values = (key.encode("utf-8", "replace").decode(), _encoded(facts), line)
        return self._connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?, ?)", values).rowcount == 1

    def _get(self, key: str) -> Mapping[str, Any] | None:
        bare = key.encode("utf-8", "replace").decode()
        row = self._connection.execute("SELECT facts FROM facts WHERE id = ?", (bare,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=dict[str, Any])


def _encoded(facts: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(facts, order="deterministic")


def store_context(file: str, path: str) -> None:
    """Reads a context file (JSON, JSONL, CSV, Parquet) into a file of ours at `path`, for its owner only.

    Raises:
        InputError: it cannot be used; says where, why and how to mend it.
        OSError: there is no room for it.
    """
    with suppress(FileNotFoundError):
        os.unlink(path)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    context = StoredContext(shown_name(file), path)
    try:
        context.create()
        if split_suffixes(file)[0] in (".parquet", ".pq"):
            _load_parquet(file, context)
        else:
            load_context(file, context)
        context.finish()
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from None


def open_context(path: str) -> Context:
    """The facts that `store_context` kept."""
    return StoredContext("the context", path)


def _load_parquet(file: str, context: Context) -> None:
    name = context.file
    try:
        with pq.ParquetFile(file) as table:
            titles = titles_of(table.schema_arrow)
            paths = {title: title for title in titles if title in cell_fields()}
            if not {"id", "order.id"} & paths.keys():
                raise unusable(name, "no column says what a row is about", "add order.id or id")
            number = 0
            for batch in table.iter_batches(_ROWS_AT_ONCE):
                for row in plain_rows(batch):
                    number += 1
                    facts = checked_facts(record_of(row, paths), name, line=number)
                    context.add(key_of(facts, name, number), facts, number)
    except CellError as error:
        raise unusable(name, str(error), line=number) from None
    except READ_ERRORS as error:
        raise unusable(name, why_unreadable(error)) from None
