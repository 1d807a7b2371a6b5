"""Archives of files, zip and tar: each member that is of a known kind is read as a file of its own."""

from __future__ import annotations

import os
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from tarfile import EOFHeaderError, HeaderError, ReadError  # type: ignore[attr-defined]
from typing import IO, BinaryIO, Self, cast

from msgpolicy.audit.archives.finding import KINDS
from msgpolicy.audit.archives.raw import Raw, rejected
from msgpolicy.audit.archives.streams import READ_ERRORS, split_suffixes, uncompressed, why_unreadable

# Reads what a stream holds: of this kind, under this name.
ReadKind = Callable[[str, BinaryIO, str], Iterator[Raw]]

# Kinds that have to be files by themselves: their readers go back and forth.
_WHOLE = ("zip", "tar", "parquet")
_DAMAGED = (*READ_ERRORS, zipfile.BadZipFile, tarfile.TarError, zlib.error, NotImplementedError)


class Members:
    """The members of one archive, as they are met."""

    def __init__(self, file: str, read: ReadKind, notice: Callable[[str], None]) -> None:
        self._file = file
        self._read = read
        self._notice = notice
        self._names: Counter[str] = Counter()

    def zip(self, stream: BinaryIO) -> Iterator[Raw]:
        """The records in a zip archive, in the order of its directory."""
        try:
            archive = zipfile.ZipFile(stream)
        except _DAMAGED as error:
            yield self._damaged("byte 0", error)
            return
        with archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from self._member(info.filename, partial(archive.open, info))

    def tar(self, stream: BinaryIO) -> Iterator[Raw]:
        """The records in a tar archive, in its order; it is read once, from its beginning to its end."""
        last = ""
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_TarMember) as archive:
                for info in archive:
                    last = info.name
                    if info.isreg():
                        yield from self._member(info.name, partial(_extracted, archive, info))
                    archive.members = []  # type: ignore[attr-defined]  # they would stay in memory, one by one
        except _DAMAGED as error:
            yield self._damaged(f"after member {last}" if last else "byte 0", error)

    def _member(self, member: str, opened: Callable[[], IO[bytes]]) -> Iterator[Raw]:
        base = os.path.basename(member)
        suffix, compression = split_suffixes(base)
        kind = KINDS.get(suffix)
        if kind is None or base.startswith((".", "_")):
            self._notice(f"members of {self._file} that are of no known kind are not read")
            return
        name = self._name(member)
        if kind in _WHOLE:
            yield rejected(name, "byte 0", f"a {suffix} file inside an archive is not read", "unpack it first")
            return
        try:
            with opened() as stream:
                yield from self._read(kind, uncompressed(cast(BinaryIO, stream), compression), name)
        except RuntimeError:  # what zipfile raises for want of a password
            yield rejected(name, "byte 0", "the member is encrypted", "unpack it first")
        except _DAMAGED as error:
            yield rejected(name, "byte 0", _why(error))

    def _name(self, member: str) -> str:
        """The member's name, made different where an archive has the same one twice."""
        shown = member.encode("utf-8", "backslashreplace").decode()
        self._names[shown] += 1
        again = f"#{self._names[shown]}" if self._names[shown] > 1 else ""
        return f"{self._file}!{shown}{again}"

    def _damaged(self, position: str, error: BaseException) -> Raw:
        return rejected(self._file, position, _why(error), "what stands before it was read")


class _TarMember(tarfile.TarInfo):
    """A member whose header is there; tarfile takes whatever stands in its place for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        """The next member.

        Raises:
            tarfile.HeaderError: the archive ends here, and says so.
            tarfile.ReadError: it is cut off or damaged here.
        """
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            if isinstance(error, EOFHeaderError):
                raise
            raise ReadError from None


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    assert stream is not None  # it is a regular file
    return stream


def _why(error: BaseException) -> str:
    if isinstance(error, NotImplementedError):
        return "a way of compressing that is not known"
    if isinstance(error, zipfile.BadZipFile | tarfile.TarError):
        return "the archive is cut off or damaged"
    return why_unreadable(error)
