"""What a cell may hold: a text that a spreadsheet reads as a formula could fetch, run, or send away what it sees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import regex

# What spreadsheets take for the start of a formula, also in full width and behind white space; and white space that
# parts cells where a text is pasted.
_FORMULA = regex.compile(r"[\s\p{Cc}\p{Cf}]*+[=+\-@＝＋－＠]|[\t\r\n]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might read the text as a formula."""
    return _FORMULA.match(text) is not None


def plain(value: Any) -> str | int | float | bool | datetime | None:
    """A value of a table as a cell holds it: lists become texts, times lose their zone, which is UTC."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
