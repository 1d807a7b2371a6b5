"""One process at a time works in the folder of an audit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from msgpolicy.inputs.errors import shown_name, unusable

NAME = ".lock"


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Holds the folder; whatever ends the process lets it go.

    Raises:
        InputError: another process holds it.
        OSError: the folder cannot be written.
    """
    path = os.path.join(folder, NAME)
    with open(path, "ab") as stream:
        try:
            _take(stream.fileno())
        except OSError:
            hint = "wait for it, or name another folder with --out"
            raise unusable(shown_name(folder), "another audit is at work in this folder", hint) from None
        yield


try:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

except ImportError:  # Windows
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
