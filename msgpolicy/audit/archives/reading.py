"""Archives read into records, one after the other, in an order that never changes; holds one record at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import BinaryIO

from msgpolicy.audit.archives.csv import read_csv
from msgpolicy.audit.archives.finding import File, find
from msgpolicy.audit.archives.jsonl import read_jsonl
from msgpolicy.audit.archives.mbox import read_mbox
from msgpolicy.audit.archives.members import Members
from msgpolicy.audit.archives.parquet import read_parquet
from msgpolicy.audit.archives.raw import LARGEST, MAIL, TOO_LARGE, Raw, rejected
from msgpolicy.audit.archives.streams import READ_ERRORS, uncompressed, why_unreadable
from msgpolicy.inputs.errors import InputError

# Of a folder of a thousand exports, each may have something to be said.
_MOST_NOTICES = 50

StreamReader = Callable[[BinaryIO, str], Iterator[Raw]]


def read_mail(stream: BinaryIO, file: str) -> Iterator[Raw]:
    """A file that is one mail."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield rejected(file, "byte 0", f"the mail {TOO_LARGE}", number=1)
    else:
        yield Raw(file, MAIL, data, 1)


class Reader:
    """The records of archives, as often as they are asked for.

    Args:
        names: what fields are called in tables and foreign records, by field.
        encoding: character set of CSV files, where it is not UTF-8.

    Attributes:
        done: bytes of the archives that were read so far.
        notices: what is to be said of the archives besides.
    """

    def __init__(
        self, archives: Sequence[str], names: Mapping[str, str] | None = None, encoding: str | None = None
    ) -> None:
        self._archives = archives
        self.done = 0
        self.notices: list[str] = []
        self._streams: dict[str, StreamReader] = {
            "mail": read_mail,
            "mbox": read_mbox,
            "jsonl": read_jsonl,
            "csv": partial(read_csv, names=names or {}, encoding=encoding, notice=self._notice),
            "parquet": partial(read_parquet, names=names or {}, notice=self._notice),
            "zip": lambda stream, file: Members(file, self._read, self._notice).zip(stream),
            "tar": lambda stream, file: Members(file, self._read, self._notice).tar(stream),
        }

    def __iter__(self) -> Iterator[Raw]:
        before = self.done = 0
        for file in find(self._archives):
            yield from self._file(file)
            before += file.size
            self.done = before

    def _file(self, file: File) -> Iterator[Raw]:
        last: Raw | None = None
        start = self.done
        if file.compression and not file.size:
            yield rejected(file.name, "byte 0", "the file is empty, and not even the end of compressed data is in it")
            return
        try:
            with open(file.path, "rb") as raw:
                for record in self._read(file.kind, uncompressed(raw, file.compression), file.name):
                    last = record
                    yield record
                    if not raw.closed:
                        self.done = start + raw.tell()
        except OSError as error:
            yield rejected(file.name, _after(last), why_unreadable(error))

    def _read(self, kind: str, stream: BinaryIO, name: str) -> Iterator[Raw]:
        """The records in a stream, and behind them why there are no more of them, if it is cut off or damaged."""
        last: Raw | None = None
        try:
            for record in self._streams[kind](stream, name):
                last = record
                yield record
        except InputError as error:
            trouble = error.troubles[0]
            yield rejected(name, f"line {error.line or 1}", str(trouble), trouble.hint)
        except READ_ERRORS as error:
            yield rejected(name, _after(last), why_unreadable(error), "what stands before it was read")

    def _notice(self, text: str) -> None:
        if text not in self.notices and len(self.notices) < _MOST_NOTICES:
            self.notices.append(text)


def _after(last: Raw | None) -> str:
    if last is None:
        return "byte 0"
    return f"after line {last.line}" if last.line is not None else f"after record {last.number}"
