"""Context files: facts that the messages themselves do not carry, such as the order's status, by order or message id.

JSON: one object whose keys are ids, or one partial record for every message. JSONL: one partial record a line. CSV: a
header of dotted paths (`order.id,order.status,buyer.language`), one row an order or a message.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from msgpolicy.inputs.cells import CELLS, cell_fields
from msgpolicy.inputs.errors import InputError, shown_name, unusable
from msgpolicy.inputs.files import MAX_BYTES, decode_utf8, numbered_lines, opened, read_all, suffix_of
from msgpolicy.inputs.located import JsonError, Ruler, children, decode, place
from msgpolicy.inputs.record import At, checked_facts, line_places
from msgpolicy.message import Message
from msgpolicy.overlay import overlaid
from msgpolicy.typed import dotted, nearest

# The path of a CSV column in the record, and the kind of its cells.
Column = tuple[tuple[str, ...], str]

_HINT = "name it .json, .jsonl or .csv"


class Context:
    """Partial records to lay over messages: for every message, for an order id, for a message id (the later wins)."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.matched = False
        self._everyone: Mapping[str, Any] = {}
        self._by_id: dict[str, Mapping[str, Any]] = {}
        self._lines: dict[str, int] = {}

    @property
    def keyed(self) -> bool:
        """Whether facts are looked up by id; if so, `matched` says whether any message was found."""
        return bool(self._by_id)

    def add_for_all(self, partial: Mapping[str, Any]) -> None:
        """Facts for every message."""
        self._everyone = partial

    def add(self, key: str, partial: Mapping[str, Any], line: int) -> None:
        """Facts for the order or message `key`, from this line of the file.

        Raises:
            InputError: the file says something else of the same key already.
        """
        key = self.bare(key)
        if self._by_id.setdefault(key, partial) != partial:
            raise self.contradiction(key, self._lines[key], line)
        self._lines.setdefault(key, line)

    def facts_for(self, message_id: str | None, order_id: str | None) -> Mapping[str, Any]:
        """What is known of this message; empty when nothing is."""
        facts = self.everyone()
        for key in (order_id, message_id):
            if key is not None and (found := self.known(self.bare(key))) is not None:
                self.matched = True
                facts = overlaid(facts, found)
        return facts

    def everyone(self) -> Mapping[str, Any]:
        """What is known of every message."""
        return self._everyone

    def known(self, key: str) -> Mapping[str, Any] | None:
        """What is known of one id."""
        return self._by_id.get(key)

    def contradiction(self, key: str, first: int, line: int) -> InputError:
        """Two entries of one id that say different things."""
        why = f"{key[:80]!r} has other facts on line {first}"
        return unusable(self.file, why, "keep one entry for each id", line=line)

    @staticmethod
    def bare(key: str) -> str:
        """Message ids are written with angle brackets in mail, and often without them elsewhere."""
        return key[1:-1] if key.startswith("<") and key.endswith(">") else key


def load_context(file: str, into: Context | None = None) -> Context:
    """The facts in a context file; `into` is where they are kept (in memory, unless given).

    Raises:
        InputError: the file cannot be used; says where, why and how to mend it.
    """
    loaders: dict[str, Callable[[str, Context], None]] = {
        ".json": _load_json,
        ".jsonl": _load_jsonl,
        ".ndjson": _load_jsonl,
        ".csv": _load_csv,
    }
    load = loaders.get(suffix_of(file))
    if load is None:
        raise unusable(shown_name(file), "a context file of a kind that is not known", _HINT)
    context = Context(shown_name(file)) if into is None else into
    load(file, context)
    return context


def _load_json(file: str, context: Context) -> None:
    name = context.file
    with opened(file) as stream:
        text = decode_utf8(read_all(stream, name), name)
    ruler = Ruler(text)
    try:
        value, start = decode(text)
    except JsonError as error:
        line, column = ruler.at(error.offset)
        hint = "one object; for one record a line, name the file .jsonl"
        raise unusable(name, f"not JSON: {error.why}", hint, line=line, column=column) from None
    if not isinstance(value, dict):
        line, column = ruler.at(start)
        raise unusable(name, "expected an object", "ids as keys, or one partial record", line=line, column=column)
    if any(key in Message.__struct_fields__ for key in value) or not all(isinstance(v, dict) for v in value.values()):
        context.add_for_all(checked_facts(value, name, lambda path: ruler.at(place(text, start, path))))
        return
    for child in children(text):
        line = ruler.advance(child.shown)
        facts = checked_facts(child.value, name, _places(text, child.start, ruler), line)
        context.add(str(child.step), facts, line)


def _places(text: str, start: int, ruler: Ruler) -> At:
    return lambda path: ruler.at(place(text, start, path))


def _load_jsonl(file: str, context: Context) -> None:
    name = context.file
    with opened(file) as stream:
        for line, text in numbered_lines(stream, name):
            if isinstance(text, InputError):
                raise text
            try:
                value, start = decode(text)
            except JsonError as error:
                hint = "one object a line"
                raise unusable(name, f"not JSON: {error.why}", hint, line=line, column=error.offset + 1) from None
            if not isinstance(value, dict):
                raise unusable(name, "expected an object", "one partial record a line", line=line, column=start + 1)
            facts = checked_facts(value, name, line_places(text, start, line), line)
            context.add(key_of(facts, name, line), facts, line)


def key_of(facts: Mapping[str, Any], name: str, line: int) -> str:
    """What an entry's facts are about: the message that it names, or else the order."""
    key = facts.get("id") or (facts.get("order") or {}).get("id")
    if not isinstance(key, str):
        raise unusable(name, "the entry has neither id nor order.id", "one of them says what it is about", line=line)
    return key


def _load_csv(file: str, context: Context) -> None:
    name = context.file
    with opened(file) as stream:
        lines = _csv_lines(stream, name)
        first = next(lines, "")
        rows = csv.reader(chain((first,), lines), delimiter=max(",;\t", key=first.count), strict=True)
        try:
            columns = _columns(next(rows, []), name)
            for row in rows:
                line = rows.line_num
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) != len(columns):
                    why = f"{len(row)} cells in a row, but the header has {len(columns)}"
                    raise unusable(name, why, 'put "…" around a cell that holds the separator', line=line)
                facts = checked_facts(_row(columns, row, name, line), name, line=line)
                context.add(key_of(facts, name, line), facts, line)
        except csv.Error as error:
            raise unusable(name, f"not CSV: {error}", line=rows.line_num) from None


def _csv_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    # Unlike JSONL, a cell may hold a line break and a blank line may be part of one: every line counts.
    number = 0
    while data := stream.readline(MAX_BYTES):
        number += 1
        yield decode_utf8(data, name, number)


def _row(columns: list[Column], row: list[str], name: str, line: int) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for (path, kind), cell in zip(columns, row, strict=True):
        cell = cell.strip()
        if not cell:
            continue
        inner = facts
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        try:
            inner[path[-1]] = CELLS[kind](cell)
        except (ValueError, KeyError):
            why = f"{dotted(path)}: {cell[:80]!r} is not {kind}"
            raise unusable(name, why, "leave it empty where it is not known", line=line) from None
    return facts


def _columns(header: list[str], name: str) -> list[Column]:
    """The path of each column and the kind of its cells."""
    known = cell_fields()
    columns: list[Column] = []
    for title in (title.strip() for title in header):
        if title.startswith("extra.") and len(title) > len("extra."):
            columns.append((("extra", title.removeprefix("extra.")), "text"))
        elif title in known:
            columns.append((tuple(title.split(".")), known[title]))
        else:
            raise unusable(name, f"unknown column {title[:80]!r}", _column_hint(title, known), line=1)
    if not {("id",), ("order", "id")} & {path for path, _ in columns}:
        raise unusable(name, "no column says what a row is about", "add order.id or id to the header", line=1)
    return columns


def _column_hint(title: str, known: Mapping[str, str]) -> str:
    if title.startswith("attachments"):
        return "attachments do not fit into CSV: use JSON"
    return nearest(title, known) or "columns are paths of a message record, such as order.status"
