"""The tables of an audit in DuckDB, for everything across messages: reads the Parquet files, and spills to disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from msgpolicy.audit.tables import TABLES
from msgpolicy.checks.across import quoted

# What DuckDB may hold in memory; the rest goes to the folder of the audit.
MEMORY = "2GB"


@contextmanager
def database(out: str, *, memory: str = MEMORY, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which each table of the audit in the folder `out` is a view of its name.

    Nothing is fetched from a network. Results do not depend on `memory` or `threads`, if queries say how to order.

    Raises:
        OSError: a file cannot be read, or there is no room on the disk to spill to.
    """
    work = os.path.join(out, ".work", "duckdb")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": work,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            if os.path.isdir(folder := os.path.join(out, name)):
                pattern = literal(folder, "*.parquet")
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({pattern})")
        yield connection
    except duckdb.IOException as error:
        full = "No space left" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error).split("\n")[0]) from None
    finally:
        connection.close()


def literal(path: str, pattern: str = "") -> str:
    """A path as a query names it, which stands for nothing but itself, or for what fits a pattern in it."""
    plain = "".join(f"[{char}]" if char in "*?[" else char for char in os.path.abspath(path))
    return quoted(os.path.join(plain, pattern) if pattern else plain)
