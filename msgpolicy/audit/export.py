"""The tables of an audit as JSON, one row a line, for tools that do not read Parquet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow.parquet as pq

from msgpolicy.audit.tables import JSON_COLUMNS, TABLES
from msgpolicy.replacing import replacing

_ROWS_AT_ONCE = 1000


def write_jsonl(out: str) -> None:
    """Writes `messages.jsonl`, `violations.jsonl` and so on into the folder of an audit, each whole or not at all.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    for table in TABLES:
        with replacing(os.path.join(out, f"{table}.jsonl")) as stream:
            for row in _rows(os.path.join(out, table)):
                stream.write(msgspec.json.encode(row) + b"\n")


def _rows(folder: str) -> Iterator[dict[str, Any]]:
    for name in sorted(os.listdir(folder)):
        with pq.ParquetFile(os.path.join(folder, name)) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    for column in JSON_COLUMNS & row.keys():
                        row[column] = None if row[column] is None else msgspec.Raw(row[column].encode())
                    yield row
