"""The folder of an audit while it runs: each part of the archive that is judged is a folder that appears whole, or not
at all. Whatever ends a run, what stands under `parts` is complete, and the next run goes on behind it."""

from __future__ import annotations

import errno
import heapq
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from msgpolicy.audit.tables import SAMPLE, SAMPLE_ROW, TABLES
from msgpolicy.replacing import replacing

# For what is needed only while an audit runs, and may hold private values.
WORK = ".work"
_PARTS = "parts"
_RECEIPT = "part.json"
_UNFINISHED = ".unfinished-"
COMPRESSION = "zstd"
# Rows of one file that parts are joined into, and of the groups in it, each of which is once in memory.
ROWS_OF_FILE = 1_500_000
ROWS_OF_GROUP = 30_000


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What a part says of itself: which records it is of, how many came out how, and the size of each file in it."""

    index: int
    read: int
    judged: int
    rejected: int
    found: dict[str, int]  # messages by verdict
    matched: bool  # whether any message got facts from the context
    files: dict[str, int]


class Parts:
    """The parts in the folder `out`."""

    def __init__(self, out: str) -> None:
        self.folder = os.path.join(out, _PARTS)
        self.out = out

    def create(self) -> None:
        """Makes the folder, and takes away what killed processes left behind."""
        os.makedirs(self.folder, exist_ok=True)
        for name in os.listdir(self.folder):
            if name.startswith(_UNFINISHED):
                shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)

    def write(self, part: Part, tables: Mapping[str, pa.RecordBatch]) -> Part:
        """Writes a part, which is there as a whole when this returns.

        Raises:
            OSError: the disk is full, or the folder cannot be written.
        """
        temporary = tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            sizes = {}
            for name, batch in tables.items():
                path = os.path.join(temporary, f"{name}.parquet")
                sizes[f"{name}.parquet"] = _write(path, batch)
            part = msgspec.structs.replace(part, files=sizes)
            with open(os.path.join(temporary, _RECEIPT), "wb") as stream:
                stream.write(msgspec.json.encode(part))
            return self._put(temporary, part)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise

    def _put(self, temporary: str, part: Part) -> Part:
        """Gives a part its place, unless a process whose run was killed has done it, or does it at the same time."""
        while (already := self.read(part.index)) is None:
            with suppress(FileNotFoundError):
                shutil.rmtree(self._path(part.index))
            try:
                os.rename(temporary, self._path(part.index))
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            else:
                return part
        shutil.rmtree(temporary)
        return already

    def read(self, index: int) -> Part | None:
        """What a part says of itself; None if it is not there, or not whole (after a power failure)."""
        folder = self._path(index)
        try:
            with open(os.path.join(folder, _RECEIPT), "rb") as stream:
                part = msgspec.json.decode(stream.read(), type=Part)
            if all(os.path.getsize(os.path.join(folder, name)) == size for name, size in part.files.items()):
                return part
        except (OSError, msgspec.DecodeError):
            pass
        return None

    def join(self, count: int) -> None:
        """Makes the first `count` parts into one folder of Parquet files for each table, in order.

        Raises:
            OSError: the disk is full, or the folder cannot be written.
        """
        for name, schema in TABLES.items():
            folder = os.path.join(self.out, name)
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
            tables: Iterable[pa.Table] = (self._table(index, name) for index in range(count))
            if name == "shown":
                tables = map(partial(_without_draws_above, self._last_draw(count)), tables)
            groups = _groups(tables, schema)
            for number, first in enumerate(groups):
                with (
                    replacing(os.path.join(folder, f"{number:05}.parquet")) as stream,
                    pq.ParquetWriter(stream, schema, compression=COMPRESSION) as writer,
                ):
                    writer.write_table(first)
                    for group in islice(groups, ROWS_OF_FILE // ROWS_OF_GROUP - 1):
                        writer.write_table(group)

    def remove(self) -> None:
        """Takes the parts away, when what they hold stands elsewhere."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _table(self, index: int, name: str) -> pa.Table:
        with pq.ParquetFile(os.path.join(self._path(index), f"{name}.parquet")) as file:
            return file.read()

    def _last_draw(self, count: int) -> int:
        """The draw of the last message in the sample: parts hold more than their share, for chance is uneven."""
        drawn: list[int] = []
        for index in range(count):
            draws = self._table(index, "shown").column("draw").drop_null().to_pylist()
            drawn = heapq.nsmallest(SAMPLE, [*drawn, *draws])
        return drawn[-1] if drawn else 0

    def _path(self, index: int) -> str:
        return os.path.join(self.folder, f"{index:05}")


def _write(path: str, batch: pa.RecordBatch) -> int:
    """Writes one file; gives its size. Through memory, so that a full disk is an error of the system that says so."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_batches([batch]), sink, compression=COMPRESSION)
    with open(path, "wb") as stream:
        stream.write(sink.getbuffer())
    return sink.tell()


def _without_draws_above(last: int, shown: pa.Table) -> pa.Table:
    return shown.filter((pc.field("because") != SAMPLE_ROW) | (pc.field("draw") <= last))


def _groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of the tables in groups of the same size, however they were parted; at least one, which may be empty."""
    waiting = schema.empty_table()
    for table in tables:
        waiting = pa.concat_tables([waiting, table])
        while waiting.num_rows >= ROWS_OF_GROUP:
            yield waiting.slice(0, ROWS_OF_GROUP).combine_chunks()
            waiting = waiting.slice(ROWS_OF_GROUP)
    yield waiting.combine_chunks()
