"""Raw records of archives made into messages: times without offset, foreign names, facts from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from msgpolicy.audit.archives.raw import MAIL, ROW, Raw
from msgpolicy.facts.mail.headers import parse_local_date
from msgpolicy.facts.mail.parts import split_header
from msgpolicy.inputs import Context, InputError
from msgpolicy.inputs.cells import TIME, cell_fields
from msgpolicy.inputs.errors import Trouble, unusable
from msgpolicy.inputs.files import decode_utf8
from msgpolicy.inputs.reading import json_message, mail_message
from msgpolicy.message import Message

# A time of day and no offset behind it.
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?")
_TIMES = tuple(tuple(path.split(".")) for path, kind in cell_fields().items() if kind == TIME)
_NO_OFFSET = "has no offset from UTC"


class Records:
    """How the records of one audit are read.

    Args:
        names: the fields of a message record that have another name in JSON records, each with that name.
        zone: the time zone of times that are written without an offset; None: such a time is an error.
        context: facts that the records do not carry.
    """

    def __init__(
        self, names: Mapping[str, str] | None = None, zone: ZoneInfo | None = None, context: Context | None = None
    ) -> None:
        self._names = names or {}
        self._zone = zone
        self._context = context

    def message(self, raw: Raw) -> tuple[Message, tuple[str, ...]]:
        """The message in a record, and what was assumed of it.

        Raises:
            InputError: the record cannot be used; every bad field is listed.
        """
        if raw.kind == MAIL:
            return self._dated(raw, mail_message(raw.data, raw.file, self._context))
        assumed: list[str] = []

        def change(data: Any) -> Any:
            if not isinstance(data, dict):
                return data
            if self._names and raw.kind != ROW:
                data = _renamed(data, self._names)
            if self._zone is not None and _set_zone(data, self._zone):
                assumed.append(f"timezone={self._zone.key}")
            return data

        changes = self._zone is not None or (self._names and raw.kind != ROW)
        line = raw.line or 1
        text = decode_utf8(raw.data, raw.file, line)
        try:
            message = json_message(text, raw.file, line, self._context, change if changes else None)
        except InputError as error:
            raise _with_hints(error) from None
        return message, tuple(assumed)

    def _dated(self, raw: Raw, message: Message) -> tuple[Message, tuple[str, ...]]:
        """A mail with its time, if its date has no offset, and what was assumed of it."""
        if self._zone is None or message.sent_at is not None:
            return message, ()
        local = parse_local_date(split_header(raw.data)[0].raw("date"))
        if local is None:
            return message, ()
        return structs.replace(message, sent_at=_in_zone(local, self._zone)), (f"timezone={self._zone.key}",)


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """A time without offset, with the one that the zone had then."""
    return datetime.fromisoformat(local.replace(tzinfo=zone).isoformat())


def _set_zone(data: dict[str, Any], zone: ZoneInfo) -> bool:
    """Writes the zone's offset behind each time without one; whether there was any."""
    found = False
    for *above, name in _TIMES:
        inner: Any = data
        for step in above:
            inner = inner.get(step) if isinstance(inner, dict) else None
        value = inner.get(name) if isinstance(inner, dict) else None
        if isinstance(value, str) and _LOCAL.fullmatch(value.strip()):
            try:
                local = datetime.fromisoformat(value.strip().replace(",", "."))
            except ValueError:
                continue  # no such day or time: the record says so
            inner[name] = _in_zone(local, zone).isoformat()
            found = True
    return found


def _renamed(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A record of foreign names: those that are mapped under our name, our own as they are, others left out."""
    out: dict[str, Any] = {key: item for key, item in data.items() if key in Message.__struct_fields__}
    for foreign in names.values():
        out.pop(foreign, None)
    for field, foreign in names.items():
        value = _at(data, foreign)
        if value is None:
            continue
        *above, name = field.split(".")
        inner = out
        for step in above:
            below = inner.get(step)
            inner[step] = dict(below) if isinstance(below, Mapping) else {}
            inner = inner[step]
        inner[name] = value
    return out


def _at(data: Mapping[str, Any], path: str) -> Any:
    """The value under a key, which may be a dotted path into objects."""
    if path in data:
        return data[path]
    value: Any = data
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _with_hints(error: InputError) -> InputError:
    """The option that helps, where there is one."""
    if not any(_NO_OFFSET in trouble.why for trouble in error.troubles):
        return error
    hint = "name the zone of such times: --timezone Europe/Berlin"
    troubles = [
        Trouble(trouble.why, hint, trouble.line, trouble.column, trouble.path) if _NO_OFFSET in trouble.why else trouble
        for trouble in error.troubles
    ]
    return InputError(error.file, troubles, line=error.line)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name, as in the IANA data base.

    Raises:
        InputError: there is none.
    """
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        hint = "a name such as Europe/Berlin or UTC; where the system has no time zones: pip install tzdata"
        raise unusable(f"--timezone {name}", "is not a time zone that is known here", hint) from None
