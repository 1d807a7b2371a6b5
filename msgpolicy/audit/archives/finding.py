"""Which files an archive is: files, folders, Maildir folders and globs, in an order that does not change."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgpolicy.audit.archives.streams import split_suffixes
from msgpolicy.inputs.errors import InputError, shown_name, unusable
from msgpolicy.inputs.files import opened

# What a file holds, by the ending of its name.
KINDS = {
    ".eml": "mail",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".zip": "zip",
    ".tar": "tar",
}
WHAT = "mbox, Maildir, .eml, .zip and .tar of .eml, .jsonl, .csv (also .gz, .zst, .bz2, .xz) and .parquet"
# Of a Maildir; what is in `tmp` has not arrived yet.
_MAILDIR = ("cur", "new")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class File:
    """One file of an archive: its path, the name to show, what it holds, how that is compressed, its size in bytes."""

    path: str
    name: str
    kind: str
    compression: str
    size: int


@dataclass(slots=True)
class Extent:
    """How much there is to read. `state` changes when a file does."""

    files: int = 0
    bytes: int = 0
    not_read: list[str] = field(default_factory=list)
    state: str = ""


def expand(archives: Sequence[str]) -> list[str]:
    """The paths that were named, globs that the shell left alone unfolded; each once.

    Raises:
        InputError: there is no such file.
    """
    out: dict[str, str] = {}
    for archive in archives:
        paths = [archive]
        if not os.path.lexists(archive) and glob.has_magic(archive):
            paths = sorted(glob.glob(archive, recursive=True), key=os.fsencode)
            if not paths:
                raise unusable(shown_name(archive), "no file has such a name")
        for path in paths:
            if not os.path.isdir(path):
                with opened(path):
                    pass  # what cannot be read is told before anything is judged
            out.setdefault(os.path.realpath(path), path)
    # A file inside a folder that is named too would be read twice.
    return [path for real, path in out.items() if not any(_is_inside(real, other) for other in out)]


def _is_inside(path: str, folder: str) -> bool:
    return path != folder and path.startswith(folder.rstrip(os.sep) + os.sep)


def measure(archives: Sequence[str]) -> Extent:
    """How much the archives hold, and their state now."""
    extent = Extent()
    digest = hashlib.sha256()
    for path, size, changed in _walk(archives):
        if _kind_of(path, explicit=path in archives) is None:
            if len(extent.not_read) < 100:
                extent.not_read.append(shown_name(path))
            continue
        extent.files += 1
        extent.bytes += size
        digest.update(f"{shown_name(path)}\0{size}\0{changed}\n".encode())
    extent.state = "sha256:" + digest.hexdigest()
    return extent


def find(archives: Sequence[str]) -> Iterator[File]:
    """The files of the archives, in their order; within a folder by name."""
    for path, size, _ in _walk(archives):
        found = _kind_of(path, explicit=path in archives)
        if found is not None:
            yield File(path, shown_name(path), *found, size)


def _walk(archives: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of change (ns) of each regular file."""
    for archive in archives:
        if not os.path.isdir(archive):
            about = os.stat(archive)
            yield archive, about.st_size, about.st_mtime_ns
            continue
        for folder, folders, files in os.walk(archive, onerror=_fail):
            folders[:] = sorted(
                (name for name in folders if not _is_hidden(name) or name in _MAILDIR or _is_maildir(folder, name)),
                key=os.fsencode,
            )
            if all(name in folders for name in _MAILDIR) and "tmp" in folders:
                folders.remove("tmp")
            for name in sorted(files, key=os.fsencode):
                path = os.path.join(folder, name)
                if _is_hidden(name) or not os.path.isfile(path):
                    continue
                about = os.stat(path)
                yield path, about.st_size, about.st_mtime_ns


def _fail(error: OSError) -> None:
    raise unusable(shown_name(error.filename or ""), f"cannot be read: {error.strerror}", "check who may read it")


def _is_hidden(name: str) -> bool:
    # Such as _SUCCESS beside Parquet files.
    return name.startswith((".", "_"))


def _is_maildir(folder: str, name: str) -> bool:
    # Folders of a Maildir are `.Sent` and the like.
    return os.path.isdir(os.path.join(folder, name, "cur"))


def _kind_of(path: str, *, explicit: bool) -> tuple[str, str] | None:
    """What a file holds and how it is compressed; None where it is no archive.

    Raises:
        InputError: it was named, and what it holds cannot be told.
    """
    suffix, compression = split_suffixes(path)
    if suffix in KINDS:
        return KINDS[suffix], compression
    if os.path.basename(os.path.dirname(path)) in _MAILDIR:
        return "mail", ""
    # Mailboxes often have no ending at all.
    kind = _told_by_its_beginning(path) if explicit or not suffix else None
    if kind is None and explicit:
        raise unusable(shown_name(path), "neither its name nor its beginning tells what it holds", f"known are {WHAT}")
    return None if kind is None else (kind, "")


def _told_by_its_beginning(path: str) -> str | None:
    try:
        with opened(path) as stream:
            head = stream.read(_HEAD)
    except InputError:
        return None
    for start, kind in ((b"From ", "mbox"), (b"PAR1", "parquet"), (b"PK\x03\x04", "zip"), (b"{", "jsonl")):
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(start):
            return kind
    return "tar" if head[257:262] == b"ustar" else None
