"""What is known of the order that a mail is about, looked up in a file or an SQLite database by what the mail says.

    lookup = Lookup.open("orders.csv")
    gate.decide(mail, lookup=lookup)

Files are those of `msgpolicy check --context` (CSV, JSON, JSONL); they are read again when they change. Which entry is
a mail's, in this order:

1. what the file says of every message;
2. the order: the id that is known already (a header of a trusted client, say), or else those that subject and text
   name. Where they name several, what all of these orders agree on counts, and nothing where one of them is not known;
3. where the mail names no order: the entries with its recipient, and again what all of them agree on;
4. the message id.

Later ones win, field by field.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Protocol

import msgspec

from msgpolicy.inputs import Context, InputError, load_context
from msgpolicy.inputs.reading import named_orders
from msgpolicy.message import Message
from msgpolicy.overlay import overlaid

SQLITE_SUFFIXES = (".sqlite", ".sqlite3", ".db")
# Seconds that a database may take for one mail.
TIMEOUT = 2.0


class LookupFailedError(Exception):
    """The facts of a mail could not be looked up; the text says where and why, and quotes nothing of the mail."""


class Orders(Protocol):
    """What is known, by id."""

    def everyone(self) -> Mapping[str, Any]:
        """Of every message."""

    def of_order(self, order_id: str) -> Mapping[str, Any] | None:
        """Of one order; None where it is not known."""

    def of_recipient(self, address: str) -> Mapping[str, Any] | None:
        """Of all orders of the buyer behind a relay address."""

    def of_message(self, message_id: str) -> Mapping[str, Any] | None:
        """Of one mail."""

    def refresh(self, *, force: bool = False) -> None:
        """Reads again what has changed.

        Raises:
            LookupFailedError: it cannot be used; what was read before is still in force.
        """


class Lookup:
    """Facts for mails; given to a gate as `lookup`. Can be used from any thread, and after a fork."""

    def __init__(self, orders: Orders, tell: Callable[[str], None] | None = None) -> None:
        self._orders = orders
        self._tell = tell or tell_on_stderr
        self._told: str | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        query: str | None = None,
        timeout: float = TIMEOUT,
        tell: Callable[[str], None] | None = None,
    ) -> Lookup:
        """Facts from a .csv, .json or .jsonl file, or an SQLite database (.sqlite, .sqlite3, .db, or with a query).

        Args:
            path: the file.
            query: for a database: a SELECT with `:order_id` (and `:recipient`, `:message_id`) whose columns are fields
                of a record (`status AS order_status`); without it, what the table or view `msgpolicy_orders` holds.
            timeout: seconds that a database may take for one mail.
            tell: is told of each new trouble once; without it, that is a JSON line on standard error.

        Raises:
            InputError: the file cannot be used; file, line and column of each mistake.
        """
        file = os.fspath(path)
        if query is not None or file.lower().endswith(SQLITE_SUFFIXES):
            from msgpolicy.mailfilter.lookup_sqlite import SqliteOrders

            return cls(SqliteOrders(file, query, timeout), tell)
        return cls(_FileOrders(file), tell)

    def __call__(self, message: Message) -> Mapping[str, Any]:
        """What is known of a message, shaped like a record; empty where nothing is.

        Raises:
            LookupFailedError: it could not be looked up.
        """
        self._refresh(force=False)
        try:
            facts = self._facts(message)
        except LookupFailedError as error:
            if str(error) != self._told:
                self._told = str(error)
                self._tell(self._told)
            raise
        self._told = None
        return facts

    def reload(self) -> None:
        """Reads the file again, changed or not. One that cannot be used is told of, and the old facts are in force."""
        self._refresh(force=True)

    def _facts(self, message: Message) -> Mapping[str, Any]:
        orders = self._orders
        facts = orders.everyone()
        named = (message.order.id,) if message.order and message.order.id else named_orders(message)
        found: Mapping[str, Any] | None = None
        if named:
            found = agreed(orders.of_order(order_id) or {} for order_id in named)
        elif message.recipient:
            found = orders.of_recipient(message.recipient)
        of_message = orders.of_message(message.id) if message.id else None
        return overlaid(overlaid(facts, found or {}), of_message or {})

    def _refresh(self, *, force: bool) -> None:
        try:
            self._orders.refresh(force=force)
        except LookupFailedError as error:
            self._tell(str(error))


class _FileOrders:
    """A file, read whole, and again when it is another one."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._reading = Lock()
        self._seen = _signature(file)
        self._entries = _Entries.of(file)

    def everyone(self) -> Mapping[str, Any]:
        return self._entries.everyone()

    def of_order(self, order_id: str) -> Mapping[str, Any] | None:
        return self._entries.known(order_id)

    def of_recipient(self, address: str) -> Mapping[str, Any] | None:
        return agreed(self._entries.by_recipient.get(address.lower(), ()))

    def of_message(self, message_id: str) -> Mapping[str, Any] | None:
        return self._entries.known(message_id)

    def refresh(self, *, force: bool = False) -> None:
        if not (force or _signature(self._file) != self._seen) or not self._reading.acquire(blocking=force):
            return  # as it was, or another thread is reading it: until it has, the old facts are in force
        try:
            # Looked at before it is read: what changes meanwhile is read the next time.
            self._seen = _signature(self._file)
            self._entries = _Entries.of(self._file)
        except InputError as error:
            raise LookupFailedError(f"the old facts stay in force: {error}") from None
        finally:
            self._reading.release()


class _Entries(Context):
    """The entries of a context file, found by recipient too."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.by_recipient: dict[str, list[Mapping[str, Any]]] = {}

    @classmethod
    def of(cls, file: str) -> _Entries:
        entries = cls(file)
        load_context(file, entries)
        return entries

    def add(self, key: str, partial: Mapping[str, Any], line: int) -> None:
        super().add(key, partial, line)
        if recipient := partial.get("recipient"):
            self.by_recipient.setdefault(recipient.lower(), []).append(partial)


def agreed(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What all entries say alike, field by field; nothing where one says nothing."""
    shared: dict[str, Any] | None = None
    for entry in entries:
        shared = dict(entry) if shared is None else _alike(shared, entry)
    return shared or {}


def tell_on_stderr(trouble: str) -> None:
    """One JSON line, as the gate writes them."""
    line = msgspec.json.encode({"schema": 1, "event": "lookup", "ok": False, "error": trouble})
    sys.stderr.write(line.decode() + "\n")
    sys.stderr.flush()


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    for key in one.keys() & other.keys():
        mine, theirs = one[key], other[key]
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            shared[key] = _alike(mine, theirs)
        elif mine == theirs:
            shared[key] = mine
    return shared


def _signature(file: str) -> tuple[int, ...]:
    """What tells a file from the one that was there before; empty where it is gone."""
    try:
        stat = os.stat(file)
    except OSError:
        return ()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
