"""What lexicons and rulesets compile to, on disk, so that the next process need not make it again.

An entry is data, never Python: msgpack of a known shape, with a checksum over it and its key. The key covers all that
the entry was made from, this package's own files included. What is damaged, foreign or of another shape is made anew
and replaced; a folder that cannot be read or written costs time, nothing else. No message is ever in it.

Only files that nobody else could write are read (`_is_ours`): patterns are in the form that `regex` runs unchecked, so
they have to be trusted as the packages in site-packages are, and for the same reason.

The folder is that of the environment variable MSGPOLICY_CACHE (`off`: none), or `msgpolicy` in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from msgpolicy._version import __version__
from msgpolicy.garbage import uncollected
from msgpolicy.installed import version_of

VARIABLE = "MSGPOLICY_CACHE"
OFF = "off"
# Bytes of all entries; beyond, those that nobody has read for longest go.
MAX_BYTES = 64_000_000
# Bytes of one entry; a larger one is neither written nor read.
MAX_ENTRY = 16_000_000
# Seconds after which a read entry is marked as used again, and after which an unfinished one is left over.
USED_AGAIN = 86_400
LEFT_OVER = 3_600

# Entries that a process writes between two looks at all of them.
TIDIED_EVERY = 64

_LIBRARIES = ("regex", "msgspec", "pyyaml")
_NAME = re.compile(r"[a-z]+-[0-9a-f]{64}\.msgpolicy")
_UNFINISHED = ".msgpolicy-new"
_CHECKSUM = 32
_written = count()
T = TypeVar("T")


def kept(
    kind: str, source: object, shape: type[T], make: Callable[[], T], fits: Callable[[T], bool], owner: object = None
) -> T:
    """What `make` gives: from the cache where it is there, else made now and put there.

    Args:
        kind: what it is, in lower-case letters; different kinds are never mistaken for each other.
        source: what it is made of, as plain data: all that decides what `make` gives.
        shape: its type, a record of plain data.
        fits: whether what was read can be it, as far as its type does not tell; what is made and does not fit is not
            put there.
        owner: the one object that is no data, wherever it stands in what is made; not written, but put in its place.
    """
    value = look_up(kind, source, shape, owner)
    if value is not None and fits(value):
        return value
    value = make()
    if fits(value):
        keep(kind, source, value)
    return value


def look_up(kind: str, source: object, shape: type[T], owner: object = None) -> T | None:
    """What was kept last; None where the cache has nothing that can be relied on. Arguments as for `kept`."""
    entry = _entry(kind, source)
    data = _read(*entry) if entry else None
    if data is not None:
        # Whatever is in the file, it costs no more than to make the entry anew.
        with suppress(msgspec.MsgspecError, ValueError, RecursionError), uncollected():
            return msgspec.msgpack.decode(data, type=shape, dec_hook=lambda *_: owner)
    return None


def keep(kind: str, source: object, value: object) -> None:
    """Puts a value there, in place of what was kept last. Arguments as for `kept`."""
    if entry := _entry(kind, source):
        _write(*entry, msgspec.msgpack.encode(value, enc_hook=lambda _: None))


def _entry(kind: str, source: object) -> tuple[Path, bytes] | None:
    """Where an entry lies, and its key; None where the cache is off."""
    folder = cache_folder()
    if folder is None:
        return None
    key = hashlib.sha256(_engine() + msgspec.msgpack.encode((kind, source))).digest()
    return folder / f"{kind}-{key.hex()}.msgpolicy", key


def cache_folder() -> Path | None:
    """Where entries lie; None where the cache is off. The folder need not exist."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return None if chosen.lower() == OFF else Path(chosen)
    try:
        return _user_folder() / "msgpolicy"
    except RuntimeError:  # nobody's home is known
        return None


def _user_folder() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    given = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return given if given.is_absolute() else Path.home() / ".cache"


@cache
def _engine() -> bytes:
    """Digest of all that makes entries: the interpreter, libraries, and the files of this package as they are now."""
    found: list[Any] = [__version__, sys.version, unicodedata.unidata_version]
    found += [(name, version_of(name)) for name in _LIBRARIES]
    package = os.path.dirname(__file__)
    with suppress(OSError):  # in an archive the version decides alone
        found += sorted(_files(package, len(package)))
    return hashlib.sha256(msgspec.msgpack.encode(found)).digest()


def _files(folder: str, start: int) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                state = entry.stat()
                yield entry.path[start:], state.st_size, state.st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path, start)


def _read(path: Path, key: bytes) -> memoryview | None:
    """What an entry holds; None where there is none that can be relied on."""
    # Neither a link is followed nor a pipe waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError):
        return None
    try:
        with open(handle, "rb") as file:
            state = os.fstat(file.fileno())
            if not _is_ours(state) or state.st_size > MAX_ENTRY:
                return None
            content = file.read(MAX_ENTRY)
    except OSError:
        return None
    if state.st_mtime < time.time() - USED_AGAIN:
        with suppress(OSError):
            os.utime(path)
    data = memoryview(content)[_CHECKSUM:]
    return data if content[:_CHECKSUM] == _checksum(key, data) else None


def _is_ours(state: os.stat_result) -> bool:
    """Whether it is a file that nobody else (but the system's owner) could write."""
    if not stat.S_ISREG(state.st_mode):
        return False
    return sys.platform == "win32" or (state.st_uid in (os.geteuid(), 0) and not state.st_mode & 0o022)


def _checksum(key: bytes, data: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key)
    digest.update(data)
    return digest.digest()


def _write(path: Path, key: bytes, data: bytes) -> None:
    """Puts an entry there whole, or not at all: of two processes that write the same one the later wins."""
    if len(data) > MAX_ENTRY - _CHECKSUM:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
    except (OSError, ValueError):
        return
    try:
        with open(handle, "wb") as file:
            file.write(_checksum(key, data))
            file.write(data)
        os.replace(unfinished, path)
        if not next(_written) % TIDIED_EVERY:
            _remove_old(path.parent)
    except OSError:
        with suppress(OSError):
            os.unlink(unfinished)


def _remove_old(folder: Path) -> None:
    """Keeps the entries within MAX_BYTES, and takes away what a killed process left half written."""
    entries = []
    now = time.time()
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(_UNFINISHED):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < now - LEFT_OVER:
                        os.unlink(entry.path)
            elif _NAME.fullmatch(entry.name):
                with suppress(OSError):
                    state = entry.stat(follow_symlinks=False)
                    entries.append((state.st_mtime, state.st_size, entry.path))
    size = sum(entry[1] for entry in entries)
    for _, entry_size, path in sorted(entries):
        if size <= MAX_BYTES:
            break
        with suppress(OSError):
            os.unlink(path)
            size -= entry_size
