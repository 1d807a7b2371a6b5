"""Edits of messages written back into the file that they were read from; all else in it stays byte for byte."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from io import BytesIO
from json.decoder import scanstring  # type: ignore[attr-defined]

from msgpolicy.fixing import edits_by_part
from msgpolicy.inputs.errors import InputError, unusable
from msgpolicy.inputs.files import numbered_lines
from msgpolicy.inputs.located import children, decode
from msgpolicy.inputs.mail_writing import mail_splices
from msgpolicy.inputs.reading import Draft, WholeFile
from msgpolicy.inputs.splices import Splice, TextEdit, encoded_edits, spliced
from msgpolicy.message import Message
from msgpolicy.report import Edit

_MARK = b"\xef\xbb\xbf"
# What stands for one code point of a JSON text.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")

# Edits of messages, by their number in the file, from 0.
Changes = Mapping[int, tuple[Edit, ...]]


def written_back(file: WholeFile, changes: Changes, wanted: Mapping[int, Message]) -> tuple[bytes, list[Splice]]:
    """The bytes of a file after changes of its messages, and what of them changed.

    `wanted` are the messages as they are to be; the result is read again, and holds exactly them.

    Raises:
        InputError: a change cannot be written; says why.
    """
    splices = _splices(file, changes)
    data = spliced(file.data, splices)
    again = file.reread(data)
    if len(again.items) != len(file.items) or any(
        not isinstance(item := again.items[number], Draft) or _texts(item.message) != _texts(message)
        for number, message in wanted.items()
    ):
        raise unusable(
            file.name, "a fix cannot be written so that the file holds exactly what it should", "mend it by hand"
        )
    return data, splices


def _texts(message: Message) -> tuple[str | None, ...]:
    return message.subject, message.text, message.html


def _splices(file: WholeFile, changes: Changes) -> list[Splice]:
    if file.input_format == "eml":
        return [splice for edits in changes.values() for splice in mail_splices(file.data, edits, file.name)]
    if file.input_format == "json":
        return _in_json(file, changes)
    if file.input_format == "jsonl":
        return list(_in_lines(file, changes))
    text, at = _decoded(file.data)
    edits = [TextEdit(edit.start, edit.end, edit.replacement) for of_file in changes.values() for edit in of_file]
    return encoded_edits(text, edits, at=at)


def _decoded(data: bytes) -> tuple[str, int]:
    """UTF-8 as text, and where it begins: after the byte order mark, if there is one."""
    at = len(_MARK) if data.startswith(_MARK) else 0
    return data[at:].decode(), at


def _in_json(file: WholeFile, changes: Changes) -> list[Splice]:
    text, at = _decoded(file.data)
    starts = [child.start for child in children(text)] if text.lstrip().startswith("[") else [decode(text)[1]]
    edits = [
        edit for number in sorted(changes) for edit in _in_record(file, text, starts[number], number, changes[number])
    ]
    return encoded_edits(text, edits, at=at)


def _in_lines(file: WholeFile, changes: Changes) -> Iterator[Splice]:
    starts = [0, *(match.end() for match in re.finditer(b"\n", file.data))]
    for number, (line, text) in enumerate(numbered_lines(BytesIO(file.data), file.name)):
        if number in changes and not isinstance(text, InputError):
            at = starts[line - 1]
            at += len(_MARK) if file.data.startswith(_MARK, at) else 0
            edits = _in_record(file, text, decode(text)[1], number, changes[number])
            yield from encoded_edits(text, edits, at=at)


def _in_record(file: WholeFile, text: str, start: int, number: int, edits: tuple[Edit, ...]) -> list[TextEdit]:
    """What edits of the record that stands at `start` of a JSON text do to this text."""
    # Of a key written twice the last one counts.
    fields = {child.step: child for child in children(text, start)}
    draft = file.items[number]
    assert isinstance(draft, Draft)
    out: list[TextEdit] = []
    for part, of_part in edits_by_part(edits).items():
        field = fields.get(part)
        if field is None or field.value != getattr(draft.message, part):
            raise unusable(
                file.name, f"{part} is not from this file: a fix cannot be written into it", "mend it where it is"
            )
        out += _in_string(text, field.start, of_part)
    # Insertions at one place keep their order.
    return sorted(out, key=lambda edit: edit[:2])


def _in_string(text: str, start: int, edits: list[Edit]) -> Iterator[TextEdit]:
    """What edits of the JSON string that stands at `start` do to the text around it."""
    _, end = scanstring(text, start + 1, True)
    # After each escape: the place in the string's value, and in the text.
    values, places = [0], [start + 1]
    for escape in _ESCAPE.finditer(text, start + 1, end):
        values.append(values[-1] + escape.start() - places[-1] + 1)
        places.append(escape.end())

    def place(value: int) -> int:
        index = bisect_right(values, value) - 1
        return places[index] + value - values[index]

    for edit in edits:
        new = json.dumps(edit.replacement, ensure_ascii=text.isascii())[1:-1]
        yield TextEdit(place(edit.start), place(edit.end), new)
