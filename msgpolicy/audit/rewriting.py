"""Rows of a table changed in place: each Parquet file is written anew beside the old one, and takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from msgpolicy.audit.parts import COMPRESSION
from msgpolicy.audit.tables import TABLES
from msgpolicy.replacing import replacing


def change_rows(path: str, table: str, changes: Mapping[str, Mapping[int, Any]]) -> None:
    """Writes a file of a table with other values: for each column, by the row's number in the file (from 0).

    One group of rows is in memory at a time.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    if not any(changes.values()):
        return
    schema = TABLES[table]
    with (
        pq.ParquetFile(path) as old,
        replacing(path) as stream,
        pq.ParquetWriter(stream, schema, compression=COMPRESSION) as writer,
    ):
        first = 0
        for index in range(old.num_row_groups):
            group = old.read_row_group(index)
            for name, values in changes.items():
                place = schema.get_field_index(name)
                field = schema.field(place)
                new = [values.get(row, value) for row, value in enumerate(group.column(place).to_pylist(), first)]
                group = group.set_column(place, field, [pa.array(new, field.type)])
            first += group.num_rows
            writer.write_table(group)
