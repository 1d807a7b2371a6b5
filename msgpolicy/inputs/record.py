"""Plain data made into messages; what is wrong with a record is given with the place where it stands in its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgpolicy.inputs.errors import InputError, Trouble
from msgpolicy.inputs.located import place
from msgpolicy.message import Message, MessageError
from msgpolicy.typed import Path, RecordError, dotted

# A record made by a faulty program can have a mistake in every field: what is listed has to end.
MAX_TROUBLES = 20
_SHOWN = 200

At = Callable[[Path], tuple[int | None, int | None]]


def nowhere(_: Path) -> tuple[None, None]:
    """The place of fields in inputs that have no lines of fields, such as an e-mail."""
    return None, None


def line_places(text: str, start: int, line: int) -> At:
    """Places of the fields of a record that starts at `start` of one line of a JSONL file."""
    return lambda path: (line, place(text, start, path) + 1)


def message_of(data: Any, file: str, at: At = nowhere, line: int | None = None) -> Message:
    """The message that the record `data` describes; `at` tells line and column of a field.

    Raises:
        InputError: the record cannot be used; every bad field is listed.
    """
    try:
        return Message.from_dict(data)
    except MessageError as error:
        raise InputError(file, troubles_of(error, at), line=line) from None


def troubles_of(error: RecordError, at: At = nowhere) -> list[Trouble]:
    """What is wrong with a record, with places."""
    out = [
        Trouble(_short(problem.message), problem.hint, *at(problem.path), _short(dotted(problem.path)))
        for problem in error.problems[:MAX_TROUBLES]
    ]
    if len(error.problems) > MAX_TROUBLES:
        out.append(Trouble(f"and {len(error.problems) - MAX_TROUBLES} more"))
    return out


def _short(text: str) -> str:
    """An error quotes the value or the key that is wrong, which may be of any length, and half a surrogate pair."""
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}…{text[-_SHOWN // 2 :]}"


def checked_facts(facts: Mapping[str, Any], file: str, at: At = nowhere, line: int | None = None) -> Mapping[str, Any]:
    """`facts`, a record that need not say anything by itself.

    Raises:
        InputError: a field is not one of a message record, or its value is not valid.
    """
    # Any text stands in for the content that a partial record lacks.
    message_of({"text": "-", **{key: item for key, item in facts.items() if item is not None}}, file, at, line)
    return facts
