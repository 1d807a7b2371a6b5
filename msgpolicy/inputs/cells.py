"""Records in tables: which fields of a message one cell can hold, and how a cell is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import inspect

from msgpolicy.message import Message

TEXT, TIME, BOOLEAN, WHOLE, NUMBER, LIST = "text", "a time", "true or false", "a whole number", "a number", "a list"

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
CELLS: dict[str, Callable[[str], Any]] = {
    TEXT: str,
    TIME: str,
    BOOLEAN: lambda cell: _BOOLEANS[cell.lower()],
    WHOLE: int,
    NUMBER: float,
    LIST: lambda cell: [item.strip() for item in cell.split(";") if item.strip()],
}


@cache
def cell_fields() -> Mapping[str, str]:
    """The fields of a record that one cell can hold, as dotted paths, each with the kind of its cells."""
    return dict(_fields(inspect.type_info(Message), ""))


def _fields(info: inspect.Type, prefix: str) -> Iterator[tuple[str, str]]:
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        for option in field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,):
            inner = option.type if isinstance(option, inspect.Metadata) else option
            path = prefix + field.encode_name
            if isinstance(inner, inspect.StructType):
                yield from _fields(inner, path + ".")
            elif isinstance(inner, inspect.VarTupleType) and isinstance(inner.item_type, inspect.StrType):
                yield path, LIST
            elif type(inner) in _KINDS and path != "schema":
                yield path, _KINDS[type(inner)]


_KINDS: dict[type[inspect.Type], str] = {
    inspect.StrType: TEXT,
    inspect.LiteralType: TEXT,
    inspect.DateTimeType: TIME,
    inspect.BoolType: BOOLEAN,
    inspect.IntType: WHOLE,
    inspect.FloatType: NUMBER,
}
