"""The tables of an audit in DuckDB, for everything across messages: reads the Parquet files, and spills to disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from msgpolicy.audit.parts import WORK
from msgpolicy.audit.tables import TABLES
from msgpolicy.checks.across import quoted

# What DuckDB may hold in memory, so that the process stays within 1 GB; the rest goes to the folder of the audit. With
# twice as much, queries over 20 million rows are hardly faster.
MEMORY = "700MB"


@contextmanager
def database(out: str, *, memory: str = MEMORY, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which each table of the audit in the folder `out` is a view of its name.

    Results do not depend on `memory` or `threads`, if queries say how to order.

    Raises:
        OSError: a file cannot be read, or there is no room on the disk to spill to.
    """
    work = os.path.join(out, WORK)
    with _folder(work), connection(os.path.join(work, "duckdb"), memory=memory, threads=threads) as tables:
        for name in TABLES:
            if os.path.isdir(folder := os.path.join(out, name)):
                pattern = literal(folder, "*.parquet")
                tables.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({pattern})")
        yield tables


@contextmanager
def _folder(path: str) -> Iterator[None]:
    """A folder that is there meanwhile: DuckDB makes its own when it first spills, but not those above it."""
    made = False
    with suppress(OSError):  # there already; or nothing can be written here, and what fits into memory can be asked
        os.mkdir(path, mode=0o700)
        made = True
    try:
        yield
    finally:
        if made:
            with suppress(OSError):
                os.rmdir(path)


@contextmanager
def connection(work: str, *, memory: str = MEMORY, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty database. Nothing is fetched from a network.

    Args:
        work: folder for what does not fit into memory.
        memory: what DuckDB may use (`2GB`); the process needs some 200 MB besides.
        threads: how many DuckDB uses; by default one for each processor.

    Raises:
        OSError: a file cannot be read, or there is no room on the disk to spill to.
        KeyboardInterrupt: Ctrl-C, also while a query is at work.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": work,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads is not None:
        config["threads"] = threads
    opened = duckdb.connect(":memory:", config=config)
    try:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened
    except RuntimeError as error:
        if "interrupted" in str(error).lower():  # what DuckDB makes of Ctrl-C while it works
            raise KeyboardInterrupt from None
        raise
    except duckdb.IOException as error:
        full = "No space left" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error).split("\n")[0]) from None
    finally:
        opened.close()


def literal(path: str, pattern: str = "") -> str:
    """A path as a query names it, which stands for nothing but itself, or for what fits a pattern in it."""
    plain = "".join(f"[{char}]" if char in "*?[" else char for char in os.path.abspath(path))
    return quoted(os.path.join(plain, pattern) if pattern else plain)
