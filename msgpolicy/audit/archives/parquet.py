"""Parquet files, whatever their columns are called, and in whatever types they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from msgpolicy.audit.archives.raw import ROW, Raw, rejected
from msgpolicy.audit.archives.rows import CellError, columns_of, record_of
from msgpolicy.audit.archives.streams import READ_ERRORS, why_unreadable

_ROWS_AT_ONCE = 500


def read_parquet(stream: BinaryIO, file: str, names: Mapping[str, str], notice: Callable[[str], None]) -> Iterator[Raw]:
    """The rows of a file, each as a record. What of a row group cannot be read is told once, for all its rows.

    Raises:
        InputError: no column is the content of a message.
    """
    with pq.ParquetFile(stream) as table:
        columns = columns_of(titles_of(table.schema_arrow), names, file, notice)
        tops = list(dict.fromkeys(_top(title, table.schema_arrow) for title in columns))
        first = 1
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            number = first
            try:
                for batch in table.iter_batches(_ROWS_AT_ONCE, row_groups=[group], columns=tops, use_threads=False):
                    for row in plain_rows(batch):
                        yield _raw(row, columns, file, number)
                        number += 1
            except READ_ERRORS as error:
                last = first + rows - 1
                yield rejected(file, f"rows {number} to {last}", why_unreadable(error), number=number)
            first += rows


def _raw(row: Mapping[str, Any], paths: Mapping[str, str], file: str, number: int) -> Raw:
    try:
        return Raw(file, ROW, msgspec.json.encode(record_of(row, paths)), number)
    except CellError as error:
        return rejected(file, f"row {number}", str(error), number=number)


def titles_of(schema: pa.Schema) -> list[str]:
    """The columns, those inside structures as dotted paths."""
    return [title for field in schema for title in _titles(field, "")]


def _titles(field: pa.Field, prefix: str) -> Iterator[str]:
    if pa.types.is_struct(field.type):
        for inner in field.type:
            yield from _titles(inner, f"{prefix}{field.name}.")
    else:
        yield prefix + field.name


def _top(title: str, schema: pa.Schema) -> str:
    """The column that a title is of or in."""
    return title if title in schema.names else title.split(".", 1)[0]


def plain_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Rows as plain values, by dotted titles. Times are to the microsecond, as everywhere in a record."""
    columns: dict[str, list[Any]] = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        columns[field.name] = _plain(column).to_pylist()
    for values in zip(*columns.values(), strict=True):
        row: dict[str, Any] = {}
        for name, value in zip(columns, values, strict=True):
            _flatten(name, value, row)
        yield row


def _flatten(name: str, value: Any, row: dict[str, Any]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _flatten(f"{name}.{key}", item, row)
    else:
        row[name] = value


def _plain(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.dictionary_decode())
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(pa.timestamp("us", kind.tz), safe=False)
    return column
