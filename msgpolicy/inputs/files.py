"""Bytes of files and of standard input, within limits; every failure is an InputError that names the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO

from msgpolicy.inputs.errors import InputError, shown_name, unusable

# One draft with its attachments; also the limit of one line of a JSONL file.
MAX_BYTES = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_LIMIT = f"{MAX_BYTES // 1024 // 1024} MiB"
_BOM = "\ufeff"


def suffix_of(file: str) -> str:
    """The ending of a file's name, in lower case, with its dot."""
    return os.path.splitext(file)[1].lower()


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The file, open for reading bytes.

    Raises:
        InputError: it cannot be opened, or reading fails later.
    """
    name = shown_name(file)
    try:
        with open(file, "rb") as stream:
            yield stream
    except FileNotFoundError:
        raise unusable(name, "there is no such file", _neighbour(file)) from None
    except OSError as error:
        if os.path.isdir(file):
            hint = f"name the files in it, such as {os.path.join(name, '*.eml')}"
            raise unusable(name, "is a folder, not a file", hint) from None
        hint = "check who may read it" if isinstance(error, PermissionError) else ""
        raise unusable(name, f"cannot be read: {error.strerror or type(error).__name__}", hint) from None


def _neighbour(file: str) -> str:
    """A hint that names a file of nearly the same name, if there is one."""
    import difflib

    folder, base = os.path.split(file)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, 1000)]
    except OSError:
        return f"there is no folder {shown_name(folder)!r} either" if folder else ""
    close = difflib.get_close_matches(base, names, n=1, cutoff=0.7)
    return f"did you mean {shown_name(os.path.join(folder, close[0]))!r}?" if close else ""


def read_all(stream: BinaryIO, name: str, head: bytes = b"") -> bytes:
    """`head` and all that follows in the stream.

    Raises:
        InputError: that is more than MAX_BYTES.
    """
    data = head + stream.read(MAX_BYTES + 1 - len(head))
    if len(data) > MAX_BYTES:
        raise unusable(
            name, f"is larger than {_LIMIT}", "put each message in a file of its own, or all in a .jsonl file"
        )
    return data


def decode_utf8(data: bytes, name: str, line: int = 1) -> str:
    """The text, without a byte order mark; `line` is the number of its first line.

    Raises:
        InputError: not UTF-8; names the byte (counted from 0), line and column.
    """
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        raise unusable(
            name,
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8",
            "it looks like UTF-16: save it as UTF-8" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "save it as UTF-8",
            line=line + data.count(b"\n", 0, error.start),
            column=len(data[line_start : error.start].decode("utf-8").removeprefix(_BOM)) + 1,
        ) from None


def numbered_lines(stream: BinaryIO, name: str, head: bytes = b"") -> Iterator[tuple[int, str | InputError]]:
    """The lines that hold something, each with its number from 1; one that cannot be read gives an error in its place.

    `head` is what was read of the stream already: whole lines, or a line cut off for its length. Holds one line in
    memory at a time.
    """
    for number, data in enumerate(raw_lines(stream, head), start=1):
        if len(data) > MAX_BYTES:
            yield number, unusable(name, f"the line is longer than {_LIMIT}", "write one record a line", line=number)
            continue
        try:
            text = decode_utf8(data, name, number).rstrip("\r\n")
        except InputError as error:
            yield number, error
        else:
            if text.strip():
                yield number, text


def raw_lines(stream: BinaryIO, head: bytes = b"") -> Iterator[bytes]:
    """Lines with their ends; of one that is too long, its start."""
    lines = chain(BytesIO(head), iter(lambda: stream.readline(MAX_BYTES + 1), b""))
    for data in lines:
        yield data
        if len(data) > MAX_BYTES and not data.endswith(b"\n"):
            rest = stream.readline(_CHUNK)
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_CHUNK)
