"""The fields of a message that a condition may read, made from the record's own types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from msgpolicy.message import Message


def field_paths() -> dict[str, type]:
    """Every field that a condition may read, with its plain type: `order.status`, `attachments.count`, …"""
    return dict(FIELDS)


def _collect(cls: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, type]]:
    for name, hint in get_type_hints(cls).items():
        kind = (
            next((option for option in get_args(hint) if option is not type(None)), hint) if _optional(hint) else hint
        )
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            yield from _collect(kind, f"{prefix}{name}.")
        elif name not in ("schema", "extra", "attachments"):
            origin = get_origin(kind)
            if origin is Literal:
                VALUES[prefix + name] = tuple(str(value).casefold() for value in get_args(kind))
            yield prefix + name, str if origin is Literal else origin or kind
    if not prefix:
        yield "attachments.count", int


# The values of those fields that have a fixed list of them, without case.
VALUES: dict[str, tuple[str, ...]] = {}


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


FIELDS: dict[str, type] = dict(_collect(Message))
