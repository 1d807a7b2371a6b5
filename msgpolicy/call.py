"""What a call of the command has to do with: its streams, its exit status, why it cannot be carried out."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple, TextIO

OK, FOUND, UNUSABLE = 0, 1, 2


class CallError(Exception):
    """The command cannot be carried out as it was called; the text says why and how to mend it."""


class Streams(NamedTuple):
    """Where a call reads and writes."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
