"""Rows of tables (CSV, Parquet) as message records: which column is which field, and what a cell means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from msgpolicy.inputs.cells import BOOLEAN, CELLS, LIST, NUMBER, TEXT, TIME, WHOLE, cell_fields
from msgpolicy.inputs.errors import unusable
from msgpolicy.typed import nearest

# A message has at least one of these.
_CONTENT = ("text", "html", "subject", "attachments")
_MAX_NOTED = 20


class CellError(ValueError):
    """A cell that cannot mean what its column is mapped to."""


def columns_of(
    titles: Sequence[str], names: Mapping[str, str], file: str, notice: Callable[[str], None]
) -> dict[str, str]:
    """The columns of a table that are used: the path of a field for each title; of the others, `notice` is told.

    `names`: for a field, the title of its column, where they differ.

    Raises:
        InputError: the table has no content of messages, or two columns are one field.
    """
    paths: dict[str, str] = {}
    foreign = {title: field for field, title in names.items()}
    for title in titles:
        plain = title.strip()
        path = foreign.get(title) or foreign.get(plain)
        if path is None and plain not in names and _is_field(plain):
            path = plain
        if path is None:
            continue
        if path in paths.values():
            raise unusable(file, f"two columns are {path}", "rename one, or say which with --map")
        paths[title] = path
    if not any(path in _CONTENT for path in paths.values()):
        shown = ", ".join(repr(title[:40]) for title in titles[:_MAX_NOTED])
        hint = "say which column is what: --map text=COLUMN,sent_at=COLUMN"
        raise unusable(file, f"no column is the text, html or subject of a message; there are {shown}", hint)
    if unused := [title for title in titles if title not in paths]:
        shown = ", ".join(repr(title[:40]) for title in unused[:_MAX_NOTED])
        notice(f"columns that are not used: {shown}" + (", ..." if len(unused) > _MAX_NOTED else ""))
    if missing := [title for field, title in names.items() if title not in paths]:
        notice(f"columns of --map that a table lacks: {', '.join(map(repr, missing))}")
    return paths


def _is_field(title: str) -> bool:
    return title in cell_fields() or title == "attachments" or (title.startswith("extra.") and len(title) > 6)


def field_of(name: str) -> str:
    """A field that may be mapped.

    Raises:
        ValueError: there is no such field in a message record.
    """
    if not _is_field(name):
        hint = nearest(name, cell_fields())
        raise ValueError(f"a message has no field {name!r}" + (f" ({hint})" if hint else ""))
    return name


def record_of(row: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    """The record in a row; empty cells are unknown facts.

    Raises:
        CellError: a cell does not fit its field; the text names the column, not what is in it.
    """
    fields = cell_fields()
    record: dict[str, Any] = {}
    for title, path in paths.items():
        value = row.get(title)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        steps = path.split(".") if not path.startswith("extra.") else ["extra", path[6:]]
        inner = record
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
        try:
            inner[steps[-1]] = _cell(value, fields.get(path, "extra"))
        except (ValueError, KeyError, OverflowError):
            raise CellError(f"column {title[:80]!r}: the cell is not {fields.get(path, 'a list')}") from None
    return record


def _cell(value: Any, kind: str) -> Any:
    """What a cell means; numbers and booleans of other types are taken for what they surely are."""
    if kind in CELLS and isinstance(value, str):
        return value if kind == TEXT else CELLS[kind](value.strip())
    if kind == TEXT:
        return _text(value)
    if kind == TIME:
        if isinstance(value, datetime):
            return value.isoformat()
        raise ValueError
    if kind == BOOLEAN:
        return {0: False, 1: True}[value]
    if kind in (WHOLE, NUMBER):
        if isinstance(value, bool) or not math.isfinite(value) or (kind == WHOLE and value != int(value)):
            raise ValueError
        return int(value) if kind == WHOLE else float(value)
    if kind == LIST and not isinstance(value, list | tuple):
        raise ValueError
    if kind == "extra" and isinstance(value, str) and value.lstrip().startswith("["):
        return msgspec.json.decode(value)
    return value


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, bool | float | date) or not hasattr(value, "__int__"):
        raise ValueError
    return str(value)
