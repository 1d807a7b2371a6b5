"""Records as JSON, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgpolicy.audit.archives.raw import JSON, LARGEST, TOO_LARGE, Raw, rejected
from msgpolicy.inputs.files import raw_lines


def read_jsonl(stream: BinaryIO, file: str) -> Iterator[Raw]:
    """The lines that hold something. They are read where they are judged, for that is what takes time."""
    number = 0
    for line, data in enumerate(raw_lines(stream), start=1):
        data = data.strip(b" \t\r\n")
        if not data:
            continue
        number += 1
        if len(data) > LARGEST:
            yield rejected(file, f"line {line}", f"the line {TOO_LARGE}", "write one record a line", number=number)
        else:
            yield Raw(file, JSON, data, number, line)
