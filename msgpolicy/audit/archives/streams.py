"""Bytes of archive files, uncompressed while they are read; a file that ends too early is told, not passed over."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

import pyarrow as pa

COMPRESSIONS = (".gz", ".zst", ".bz2", ".xz")
_SUFFIX_ALIASES = {".tgz": ".tar.gz", ".tbz": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}
# Arrow gives nothing of the bytes it was asked for when the data breaks off in them.
_ZSTD_BLOCK = 8192

# What reading a damaged or unreadable file may raise.
READ_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException)


def split_suffixes(name: str) -> tuple[str, str]:
    """The ending that tells the format, and that of the compression around it (or ""), both in lower case."""
    stem, suffix = os.path.splitext(name.lower())
    if alias := _SUFFIX_ALIASES.get(suffix):
        stem, suffix = os.path.splitext(stem + alias)
    if suffix in COMPRESSIONS:
        return os.path.splitext(stem)[1], suffix
    return suffix, ""


def uncompressed(stream: BinaryIO, compression: str) -> BinaryIO:
    """What the stream holds. `compression` is one of COMPRESSIONS, or ""."""
    openers: dict[str, Callable[[BinaryIO], object]] = {
        "": lambda raw: raw,
        ".gz": lambda raw: gzip.GzipFile(fileobj=raw),
        ".bz2": bz2.BZ2File,
        ".xz": lzma.LZMAFile,
        ".zst": lambda raw: io.BufferedReader(_Zstandard(raw), _ZSTD_BLOCK),
    }
    return cast(BinaryIO, openers[compression](stream))


class _Zstandard(io.RawIOBase):
    """Zstandard, frame after frame, through Arrow: the standard library of Python 3.11 does not know it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def why_unreadable(error: BaseException) -> str:
    """What to say of an error of READ_ERRORS; it quotes nothing of the file."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return "the data is cut off or damaged"
