"""Changes of a file's bytes: what is not named by one stays byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """Replace bytes[start:end]."""

    start: int
    end: int
    replacement: bytes


class TextEdit(NamedTuple):
    """Replace text[start:end] (code points)."""

    start: int
    end: int
    replacement: str


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes after splices (in order, without overlaps)."""
    pieces: list[bytes] = []
    position = 0
    for splice in splices:
        pieces += (data[position : splice.start], splice.replacement)
        position = splice.end
    return b"".join((*pieces, data[position:]))


def encoded_edits(
    text: str, edits: Iterable[TextEdit], encode: Callable[[str], bytes] = str.encode, at: int = 0
) -> list[Splice]:
    """What edits of a text (in order, without overlaps) do to its bytes, which begin at `at`.

    `encode` must write each code point by itself, whatever stands beside it.
    """
    splices: list[Splice] = []
    position = 0
    for edit in edits:
        start = at + len(encode(text[position : edit.start]))
        at = start + len(encode(text[edit.start : edit.end]))
        splices.append(Splice(start, at, encode(edit.replacement)))
        position = edit.end
    return splices


def moved(splices: Iterable[Splice], by: int) -> list[Splice]:
    """The splices of bytes that stand `by` further on."""
    return [Splice(splice.start + by, splice.end + by, splice.replacement) for splice in splices]


def difference(old: bytes, new: bytes) -> list[Splice]:
    """The splice of what lies between what two byte strings have in common at start and end."""
    length = min(len(old), len(new))
    start = _common(old[:length], new[:length])
    room = length - start
    end = _common(old[len(old) - room :][::-1], new[len(new) - room :][::-1])
    if start == len(old) == len(new):
        return []
    return [Splice(start, len(old) - end, new[start : len(new) - end])]


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two byte strings of one length have in common at their start."""
    low, high = 0, len(one)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
