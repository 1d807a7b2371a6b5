"""Files written complete or not at all: beside the old one, which is replaced only at the end."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

# Of files that are not complete yet.
_SUFFIX = ".tmp"


@contextmanager
def replacing(file: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A stream whose bytes become the content of `file` when the block ends well; else the file stays as it was.

    A link stays a link, and a file keeps its permissions. What is no file (a pipe, a terminal) is written directly.

    Raises:
        OSError: the folder is missing or may not be written to, `file` is a folder, the disk is full.
    """
    target = os.path.realpath(file)
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as stream:
            yield stream
        return
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=_SUFFIX, dir=folder)
    try:
        with open(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is one that is being written, or that a killed process left behind."""
    return name.startswith(".") and name.endswith(_SUFFIX)


def remove_unfinished(folder: str) -> None:
    """Takes away what killed processes left of files in a folder, which nobody else is writing to."""
    with suppress(FileNotFoundError):
        for name in filter(is_unfinished, os.listdir(folder)):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))


def _umask() -> int:
    """The permissions that new files of this process do not get; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
