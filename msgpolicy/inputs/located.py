"""JSON text read with positions, so that an error names its line and column.

The standard library's decoder gives the place of a syntax error, and reads one value at a given offset; the place of a
field is found by walking the text again, which happens only for records that have something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from msgpolicy.typed import Path

_SPACE = re.compile(r"[ \t\n\r]*+")


class JsonError(ValueError):
    """Text that is not JSON; `offset` is the code point where it breaks."""

    def __init__(self, why: str, offset: int) -> None:
        self.why = why
        self.offset = offset
        super().__init__(why)


class Child(NamedTuple):
    """An item of a list, or a member of an object: `step` is its key. `shown` is where it starts, `start` its value."""

    step: str | int
    shown: int
    start: int
    value: Any


def decode(text: str) -> tuple[Any, int]:
    """The one value in `text`, and the offset where it starts.

    Raises:
        JsonError: not JSON, or more than one value.
    """
    start = _skip(text, 0)
    value, end = _value(text, start)
    end = _skip(text, end)
    if end < len(text):
        raise JsonError("there is more after the value", end)
    return value, start


def children(text: str, start: int = 0) -> Generator[Child, None, None]:
    """The members of the object, or the items of the list, that `text` holds at `start`, one by one.

    Raises:
        JsonError: the text breaks; what stands before has been given. From the start of a text, also what follows.
    """
    offset = _skip(text, start)
    opening = text[offset : offset + 1]
    if opening not in ("{", "["):
        raise JsonError("expected an object or a list", offset)
    closing = "}" if opening == "{" else "]"
    offset = _skip(text, offset + 1)
    index = 0
    while index or text[offset : offset + 1] != closing:
        step: str | int = index
        shown = offset
        if opening == "{":
            step, offset = _key(text, offset)
        value, end = _value(text, offset)
        yield Child(step, shown, offset, value)
        offset = _skip(text, end)
        mark = text[offset : offset + 1]
        if mark == closing:
            break
        if mark != ",":
            raise JsonError(f"expected ',' or {closing!r}", offset)
        offset = _skip(text, offset + 1)
        index += 1
    offset = _skip(text, offset + 1)
    if start == 0 and offset < len(text):
        raise JsonError("there is more after the value", offset)


def place(text: str, start: int, path: Path) -> int:
    """The offset of the field `path` in the value that starts at `start`: of a list's item, of an object's key.

    The text is JSON already read. A path that leads nowhere gives the place of the last step that exists.
    """
    shown = start
    for step in path:
        if text[start] not in "{[":
            break
        # Of a key written twice the last one counts, as it does for the decoder.
        last = None
        for child in children(text, start):
            if child.step == step:
                last = child
        if last is None:
            break
        shown, start = last.shown, last.start
    return shown


class Ruler:
    """Lines and columns of offsets in a text, both from 1; the work is linear as long as `advance` goes forward."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = self._line_start = 0
        self._line = 1

    def advance(self, offset: int) -> int:
        """Moves on to `offset`; gives its line."""
        self._line, self._line_start = self._measure(offset)
        self._offset = offset
        return self._line

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset at or after the last one that `advance` was given."""
        line, line_start = self._measure(offset)
        return line, offset - line_start + 1

    def _measure(self, offset: int) -> tuple[int, int]:
        line = self._line + self._text.count("\n", self._offset, offset)
        line_start = self._text.rfind("\n", self._offset, offset) + 1
        return line, line_start or self._line_start


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


_DECODER = JSONDecoder(parse_constant=_refuse_constant)


def _value(text: str, offset: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, offset)
    except JSONDecodeError as error:
        raise JsonError(error.msg[:1].lower() + error.msg[1:], error.pos) from None
    except RecursionError:
        raise JsonError("is nested too deeply", offset) from None
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise JsonError(str(error).split(";")[0], offset) from None


def _key(text: str, offset: int) -> tuple[str, int]:
    """The key at `offset`, and where its value starts."""
    if text[offset : offset + 1] != '"':
        raise JsonError("expecting property name enclosed in double quotes", offset)
    try:
        key, offset = scanstring(text, offset + 1, True)
    except JSONDecodeError as error:
        raise JsonError(error.msg[:1].lower() + error.msg[1:], error.pos) from None
    offset = _skip(text, offset)
    if text[offset : offset + 1] != ":":
        raise JsonError("expected ':' after the key", offset)
    return key, _skip(text, offset + 1)


def _skip(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset
