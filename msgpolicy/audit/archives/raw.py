"""What a reader of archives gives: records that nobody has looked into yet, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import pyarrow as pa

from msgpolicy.audit.tables import RECORDS
from msgpolicy.inputs.files import MAX_BYTES

# Larger records are refused; of their bytes no more than this is ever held.
LARGEST = MAX_BYTES
TOO_LARGE = f"is larger than {LARGEST // 1024 // 1024} MiB"

MAIL, JSON, ROW, REJECTED = "mail", "json", "row", "rejected"


class Raw(NamedTuple):
    """One record of an archive. `number` counts the records of a file from 1, `line` is where it begins, from 1."""

    file: str
    kind: str
    data: bytes
    number: int | None = None
    line: int | None = None


class Rejection(msgspec.Struct, frozen=True):
    """Why something could not be read, and where it stands: "line 7", "row 12", "byte 4096", "member x.eml"."""

    position: str
    why: str
    hint: str = ""


def rejected(file: str, position: str, why: str, hint: str = "", *, number: int | None = None) -> Raw:
    """A record that cannot even be told from its neighbours, as one that takes its place."""
    return Raw(file, REJECTED, msgspec.json.encode(Rejection(position, why, hint)), number)


def as_batch(records: Iterable[Raw]) -> pa.RecordBatch:
    """The records as an Arrow batch of the schema RECORDS."""
    columns = list(zip(*records, strict=True)) or [()] * len(Raw._fields)
    by_name = dict(zip(Raw._fields, columns, strict=True))
    return pa.record_batch([pa.array(by_name[field.name], field.type) for field in RECORDS], schema=RECORDS)


def from_batch(batch: pa.RecordBatch) -> Iterable[Raw]:
    """The records of an Arrow batch; columns that it lacks beside `file`, `kind` and `data` are null."""
    columns = [
        batch.column(name).to_pylist() if name in batch.schema.names else [None] * batch.num_rows
        for name in Raw._fields
    ]
    return map(Raw._make, zip(*columns, strict=True))
