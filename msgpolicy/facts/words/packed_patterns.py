"""Compiled patterns, packed: to unpack one costs a fortieth of compiling it.

A process packs what it compiles, and each language's are kept in the cache, so that the next process compiles only what
none before it has needed. A pattern is packed as what `regex` itself gives to pickle: plain data (never a pickle), and
used only where it comes back as it went in.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import Any

import msgspec
import regex

from msgpolicy.cache import keep, look_up

# Patterns of one language that are packed, some 1.5 KB each: all of the shipped rulesets, and many of a user's own.
MAX_PACKED = 8_000
# The cache is written anew when so many patterns, and such a part of them, are not in it.
_NEW = 16
_NEW_PART = 8


class Packed(msgspec.Struct, frozen=True):
    """The packed patterns of one language, each by how it is written."""

    patterns: dict[str, msgspec.Raw]


class PackedPatterns:
    """The patterns of one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._packed: dict[str, msgspec.Raw] | None = None
        self._in_cache = 0
        self._writing = Lock()

    def pattern(self, written: str) -> regex.Pattern[str]:
        """The pattern that is written so: unpacked, or else compiled."""
        packed = self._packed
        if packed is None:
            found = look_up("patterns", self._language, Packed)
            packed = self._packed = found.patterns if found else {}
            self._in_cache = len(packed)
        known = packed.get(written)
        pattern = _unpacked(written, known) if known is not None else None
        if pattern is None:
            pattern = regex.compile(written)
            if len(packed) < MAX_PACKED and (data := _pack(pattern)) is not None:
                packed[written] = data
                self._keep(packed)
        return pattern

    def _keep(self, packed: dict[str, msgspec.Raw]) -> None:
        new = len(packed) - self._in_cache
        if new < max(_NEW, len(packed) // _NEW_PART) or not self._writing.acquire(blocking=False):
            return
        try:
            patterns = dict(packed)
            self._in_cache = len(patterns)
            keep("patterns", self._language, Packed(patterns))
        finally:
            self._writing.release()


@cache
def packed_patterns(language: str) -> PackedPatterns:
    """Those of a language, of which a process has one."""
    return PackedPatterns(language)


@cache
def _maker() -> Callable[..., regex.Pattern[str]]:
    """What makes a pattern of its data."""
    return _reduced(regex.compile(""))[0]


def _reduced(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]:
    """What makes a pattern again, and of which data, as for pickle."""
    reduced: Any = copyreg.dispatch_table[type(pattern)](pattern)
    return reduced[0], reduced[1]


# The data in the versions of `regex` that are known: text, flags, code, names of groups (two ways) and of lists, lists,
# and what a match has to hold; then the number of groups. Patterns of phrases have neither names nor lists.
_Data = tuple[
    str, int, bytes, dict[str, int], dict[int, str], dict[str, int], list[int], int, tuple[int, ...], int, int
]


def _pack(pattern: regex.Pattern[str]) -> msgspec.Raw | None:
    """A pattern as data; None where this version of `regex` has other data than is known."""
    data = _reduced(pattern)[1]
    with suppress(msgspec.MsgspecError, TypeError, OverflowError):
        packed = msgspec.msgpack.encode(data)
        if msgspec.msgpack.decode(packed, type=_Data) == data:
            return msgspec.Raw(packed)
    return None


def _unpacked(written: str, packed: msgspec.Raw) -> regex.Pattern[str] | None:
    """The pattern; None where the data are none, or another's."""
    with suppress(msgspec.MsgspecError, regex.error, ValueError, TypeError, OverflowError, RuntimeError):
        data = msgspec.msgpack.decode(packed, type=_Data)
        if data[0] == written:
            return _maker()(*data)
    return None
