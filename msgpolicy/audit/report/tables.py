"""The tables of an audit's folder as relations that SQL can ask, with bounded memory."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgpolicy.audit.across import make_relations
from msgpolicy.audit.database import database
from msgpolicy.audit.gaps import Gaps, read_gaps
from msgpolicy.checks.across import quoted

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]


class Tables:
    """The relations `messages`, `violations`, `not_evaluated`, `rejected` and `shown`, and those made of them.

    In `violations`, `parquet` is the file (in the folder of that name) that a row stands in.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, out: str) -> None:
        self._connection = connection
        self.out = out

    def rows(self, query: str) -> list[Row]:
        """All rows of a query, which has to bound them."""
        result = self._connection.execute(query)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def batches(self, query: str, size: int = 10_000) -> Iterator[list[Row]]:
        """The rows of a query of any size, some at a time."""
        for batch in self._connection.sql(query).to_arrow_reader(size):
            yield batch.to_pylist()

    def make(self, name: str, query: str) -> None:
        """A relation of that name, worked out once."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def gaps(self) -> Gaps:
        """What was not evaluated."""
        return read_gaps(self._connection)

    def take(self, name: str, table: Any) -> None:
        """An Arrow table as a relation of that name."""
        self._connection.register(name, table)

    def save(self, query: str, path: str) -> None:
        """Writes the rows of a query as Parquet.

        Raises:
            OSError: it cannot be written.
        """
        self._connection.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def open_tables(out: str) -> Iterator[Tables]:
    """The tables in the folder `out` of an audit."""
    with database(out) as connection:
        files = sorted(glob.glob(os.path.join(glob.escape(out), "violations", "*.parquet")))
        named = connection.read_parquet(files, filename=True)
        named.project("* EXCLUDE filename, parse_filename(filename) AS parquet").create_view("violations", replace=True)
        make_relations(connection)
        yield Tables(connection, out)
