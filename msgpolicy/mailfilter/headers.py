"""The headers `X-Msgpolicy-*`: facts of a trusted client, always taken out before a mail goes on.

`X-Msgpolicy-Order-Completed-At: 2026-11-01T10:00:00+01:00` says the field `order.completed_at` of a message record;
`X-Msgpolicy-Context: {"order": {"status": "Shipped"}}` says any of them, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import cache
from typing import Any, NamedTuple

import msgspec

from msgpolicy.inputs.cells import CELLS, cell_fields
from msgpolicy.overlay import overlaid

PREFIX = b"x-msgpolicy-"
# Tells the next hop that the mail is to wait for a person.
HOLD = "X-Msgpolicy-Hold"
# What a mail says itself; a header says what it cannot.
_CONTENT = frozenset({"text", "html", "subject"})
# Bytes of a value; more is nobody's facts.
MAX_VALUE = 65_536

# Name and value.
Header = tuple[bytes, bytes]


class HeaderError(Exception):
    """A header of a trusted client cannot be used; the text names it, and nothing that it says."""


class Facts(NamedTuple):
    """What the headers of a trusted client say: facts shaped like a record, and whether to send anyway, by whom."""

    context: Mapping[str, Any]
    send_anyway: str | None = None
    by: str | None = None


def is_ours(name: bytes) -> bool:
    """Whether a header of this name is taken out; blanks before the colon do not save it."""
    return name.strip().lower().startswith(PREFIX)


def without_ours(mail: bytes) -> tuple[bytes, list[Header]]:
    """A mail without our headers (not a byte is changed elsewhere), and these: name and value, unfolded.

    Line ends are CRLF, as in SMTP. All lines up to the first empty one count as headers, whatever a reader that is less
    strict makes of them.
    """
    end = _end_of_headers(mail)
    if PREFIX not in mail[:end].lower():
        return mail, []
    kept: list[bytes] = []
    taken: list[tuple[bytes, list[bytes]]] = []
    ours = False
    for line in mail[:end].split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            if ours:
                taken[-1][1].append(line.strip())
        else:
            name, colon, value = line.partition(b":")
            ours = bool(colon) and is_ours(name)
            if ours:
                taken.append((name.strip(), [value.strip()]))
        if not ours:
            kept.append(line)
    return b"\r\n".join(kept) + mail[end:], [(name, b" ".join(values)) for name, values in taken]


def with_hold(mail: bytes, rules: str) -> bytes:
    """The mail with a header on top that tells the next hop to hold it, and why."""
    return f"{HOLD}: {rules}\r\n".encode("ascii", "replace") + mail


def facts_of(headers: Iterable[Header]) -> Facts:
    """What our headers say. A single field wins over the same field in `X-Msgpolicy-Context`.

    Raises:
        HeaderError: one has an unknown name, or is there twice, or its value cannot be read.
    """
    context: Mapping[str, Any] = {}
    fields: dict[str, Any] = {}
    told: dict[str, str] = {}
    seen = set()
    for name, value in headers:
        key = name.lower()[len(PREFIX) :].decode("ascii", "replace")
        if key in seen:
            raise HeaderError(f"{_shown(name)} is there twice")
        seen.add(key)
        text = _text(name, value)
        if key == "hold":  # of a mail that was held before and is sent again
            continue
        if key == "context":
            context = _context(text)
        elif key in ("send-anyway", "by"):
            told[key] = text
        else:
            _set(fields, name, key, text)
    return Facts(overlaid(context, fields), told.get("send-anyway"), told.get("by"))


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Which field of a record a header says, by the part of its name behind the prefix."""
    return {
        path.replace(".", "-").replace("_", "-"): tuple(path.split("."))
        for path in cell_fields()
        if path not in _CONTENT
    }


def _end_of_headers(mail: bytes) -> int:
    if mail.startswith(b"\r\n"):
        return 0
    end = mail.find(b"\r\n\r\n")
    return len(mail) if end < 0 else end + 2


def _text(name: bytes, value: bytes) -> str:
    if len(value) > MAX_VALUE:
        raise HeaderError(f"{_shown(name)} is too long")
    try:
        return str(make_header(decode_header(value.decode("utf-8"))))
    except (ValueError, LookupError, HeaderParseError):
        raise HeaderError(f"{_shown(name)} is neither UTF-8 nor an encoded word") from None


def _context(text: str) -> Mapping[str, Any]:
    try:
        context = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        context = None
    if not isinstance(context, dict):
        raise HeaderError("X-Msgpolicy-Context is not a JSON object")
    if _CONTENT & context.keys():
        raise HeaderError("X-Msgpolicy-Context says what the mail itself says")
    return context


def _set(fields_: dict[str, Any], name: bytes, key: str, text: str) -> None:
    path = fields().get(key)
    if path is None:
        raise HeaderError(f"{_shown(name)} is not a header that msgpolicy knows")
    if not text:  # says nothing, like an empty cell
        return
    try:
        value = CELLS[cell_fields()[".".join(path)]](text)
    except (ValueError, KeyError):
        raise HeaderError(f"{_shown(name)} has a value of the wrong kind") from None
    for step in path[:-1]:
        fields_ = fields_.setdefault(step, {})
    fields_[path[-1]] = value


def _shown(name: bytes) -> str:
    """A name as it may stand in a reply."""
    return "".join(char if char.isalnum() or char == "-" else "?" for char in name[:80].decode("ascii", "replace"))
