"""The streams of an OLE compound file (.doc, .ppt, .msg), followed through its chains of sectors within fixed limits.

What must never be missed (macros, passwords) is found without the chains: see `ole_files`.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

__all__ = ["CompoundFile", "Entry"]

# Entries of the directory that are read, and bytes of one stream.
MAX_ENTRIES = 4_000
MAX_STREAM = 16 * 1024 * 1024

_LAST = 0xFFFFFFFA  # numbers from here on are no sectors


class Entry(NamedTuple):
    """A stream, or a storage (a folder) that holds some: its `path` begins with the storages that it is in."""

    path: tuple[str, ...]
    is_stream: bool
    start: int
    size: int


class CompoundFile:
    """A file that begins with the mark of compound files. Whatever is broken in it reads as empty."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 4096 if content[30:31] == b"\x0c" else 512
        self._sectors = len(content) // self._size + 1
        self._table = self._sector_table()

    def _number(self, at: int) -> int:
        return int.from_bytes(self._content[at : at + 4], "little")

    def _sector_table(self) -> memoryview:
        """For each sector the number of the next one."""
        each = self._size // 4
        listed = [self._number(at) for at in range(76, 512, 4)]
        more = self._number(68)
        for _ in range(self._sectors):
            if more >= _LAST or len(listed) * each > self._sectors + each:
                break
            at = (more + 1) * self._size
            listed += [self._number(at + 4 * index) for index in range(each - 1)]
            more = self._number(at + 4 * (each - 1))
        sectors = [self._sector(number) for number in listed if number < _LAST][: self._sectors // each + 1]
        joined = b"".join(sectors)
        return memoryview(joined[: len(joined) // 4 * 4]).cast("I")

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int, limit: int) -> bytes:
        """The bytes of the sectors that follow each other from `start`, up to `limit` bytes."""
        parts: list[bytes] = []
        for _ in range(min(limit // self._size + 1, self._sectors)):
            if start >= _LAST:
                break
            parts.append(self._sector(start))
            start = self._table[start] if start < len(self._table) else _LAST
        return b"".join(parts)[:limit]

    @cached_property
    def _directory(self) -> bytes:
        return self._chain(self._number(48), 128 * MAX_ENTRIES)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All streams and storages, each with the storages around it."""
        found: list[Entry] = []
        seen: set[int] = set()
        stack: list[tuple[int, tuple[str, ...]]] = [(self._links(0)[2], ())]
        while stack:
            number, around = stack.pop()
            at = number * 128
            if number in seen or at + 128 > len(self._directory):
                continue
            seen.add(number)
            record = self._directory[at : at + 128]
            length = min(int.from_bytes(record[64:66], "little"), 64)
            path = (*around, record[: max(length - 2, 0)].decode("utf-16-le", "replace"))
            left, right, child = self._links(number)
            stack += [(left, around), (right, around)]
            if record[66] in (1, 5) and len(path) < 8:
                stack.append((child, path))
            start, size = int.from_bytes(record[116:120], "little"), int.from_bytes(record[120:124], "little")
            found.append(Entry(path, record[66] == 2, start, size))
        return tuple(sorted(found))

    def _links(self, number: int) -> tuple[int, int, int]:
        record = self._directory[number * 128 : number * 128 + 128]
        left, right, child = (int.from_bytes(record[at : at + 4], "little") for at in (68, 72, 76))
        return left, right, child

    @cached_property
    def _small(self) -> tuple[bytes, memoryview]:
        """The sectors of 64 bytes in which short streams are, and which follows which."""
        root = self._directory[:128]
        held = self._chain(int.from_bytes(root[116:120], "little"), MAX_STREAM)
        table = self._chain(self._number(60), MAX_STREAM // 16)
        return held, memoryview(table[: len(table) // 4 * 4]).cast("I")

    def read(self, entry: Entry) -> bytes:
        """The bytes of a stream, MAX_STREAM at most."""
        size = min(entry.size, MAX_STREAM)
        if entry.size >= 4096:
            return self._chain(entry.start, size)
        held, table = self._small
        parts: list[bytes] = []
        at = entry.start
        for _ in range(size // 64 + 1):
            if at >= _LAST:
                break
            parts.append(held[at * 64 : at * 64 + 64])
            at = table[at] if at < len(table) else _LAST
        return b"".join(parts)[:size]

    def stream(self, *path: str) -> bytes:
        """The bytes of the stream of this path; empty where there is none."""
        return next((self.read(entry) for entry in self.entries if entry.is_stream and entry.path == path), b"")
