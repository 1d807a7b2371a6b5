"""What a call of the command has to do with: its streams, its exit status, why it cannot be carried out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO

if TYPE_CHECKING:
    from datetime import datetime

OK, FOUND, UNUSABLE = 0, 1, 2


class CallError(Exception):
    """The command cannot be carried out as it was called; the text says why and how to mend it."""


class Streams(NamedTuple):
    """Where a call reads and writes."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO


def language(text: str) -> str:
    """A language tag, as somebody wrote it.

    Raises:
        ValueError: it is none.
    """
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,8}", text):
        raise ValueError(f"{text!r} is not a language tag such as de or pt-BR")
    return text


def point_in_time(text: str) -> datetime:
    """A day (its 00:00 UTC), or a time with an offset from UTC, as somebody wrote it.

    Raises:
        ValueError: it is neither.
    """
    from datetime import UTC, datetime

    day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    time = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})?", text)
    try:
        if day:
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
        found = datetime.fromisoformat(text.upper()) if time else None
    except ValueError as error:
        raise ValueError(f"{text!r} is not in the calendar: {error}") from None
    if found is None:
        raise ValueError(f"{text!r} is neither a day (2026-11-01) nor a time (2026-11-01T10:00:00Z)")
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC: add Z or +01:00")
    return found
