"""The parts of a mail: header fields and MIME structure, read from bytes without recursion.

Each level is split by its own boundary, so that every part's bytes are exactly those of the mail: newlines are never
changed, and a forwarded mail stays as it was. What cannot be split stays whole, as a part that says why. Text before
the first boundary and after the last is no part of a mail (RFC 2046, 5.1.1).
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from msgpolicy.facts.mail.headers import Header, text_parameter
from msgpolicy.later import regex_later

MAX_DEPTH = 16  # multiparts inside each other
MAX_PARTS = 20_000  # of the whole mail, multiparts included
MAX_HEADER_BYTES = 1_048_576  # of one part, or of the mail itself

_FIELD = regex_later(
    # A name, then its value with the lines that continue it.
    rb"([!-9;-~]++)[ \t]*+:([^\r\n]*+(?:(?:\r\n|[\r\n])[ \t][^\r\n]*+)*+)(?:\r\n|[\r\n]|\Z)"
)
_ENVELOPE = regex_later(rb"(?:\xef\xbb\xbf)?+(?:From [^\r\n]*+(?:\r\n|[\r\n]))?+")  # an editor's mark, an mbox's line
_NEWLINE = regex_later(rb"\r\n|[\r\n]")
_DELIMITER_END = regex_later(rb"(--)?[ \t]*+(?:\r\n|[\r\n]|\Z)")
_FOLD = regex_later(r"\r\n|[\r\n]")


class Flaw(msgspec.Struct, frozen=True):
    """Something of a mail that could not be read, or only by a guess: the part's number ("0": the mail), and why."""

    part: str
    reason: str


class Part(msgspec.Struct, frozen=True):
    """One part that is not split further.

    `number` counts as IMAP does ("1", "2.1"). `type` is the media type to read it as. `body` is still transfer-encoded;
    None when the mail ends in its header. With `flaw` (why it could not be read) it is the whole part with its header.
    `main` parts are where a mail program looks for the text: the first part, and the alternatives to it. `start` is the
    offset of `body` in the bytes of the mail; `signed` is whether a signature covers it.
    """

    number: str
    header: Header
    type: str
    body: bytes | None
    main: bool
    flaw: str = ""
    start: int = 0
    signed: bool = False


class _Entity(NamedTuple):
    """Bytes still to be read: where they stand in the mail, and their media type when they declare none."""

    data: bytes
    number: str = ""
    depth: int = 0
    default: str = "text/plain"
    main: bool = True
    flaw: str = ""
    start: int = 0
    signed: bool = False


def read_parts(data: bytes) -> tuple[Header, list[Part], list[Flaw]]:
    """The header of a mail, its parts in order, and what could not be read for sure.

    Time and memory are linear in `data`; each multipart inside another (at most MAX_DEPTH) reads its bytes once more.
    """
    parts: list[Part] = []
    flaws: list[Flaw] = []
    envelope = _ENVELOPE.match(data)
    start = envelope.end() if envelope else 0
    top = _Entity(data[start:] if start else data, start=start)
    header = split_header(top.data)[0]
    stack = [top]
    room = MAX_PARTS
    while stack:
        entity = stack.pop()
        leaf, pieces = _read(entity, room, flaws)
        if leaf is not None:
            parts.append(leaf)
        stack += reversed(pieces)
        room -= len(pieces)
    unreadable = [Flaw(part.number, part.flaw) for part in parts if part.flaw]
    return header, parts, unreadable + flaws


def split_header(data: bytes) -> tuple[Header, bytes | None, str]:
    """The header of a mail or part, what follows it (None when nothing does), and what is wrong with the header."""
    fields: list[tuple[str, str]] = []
    position = 0
    limit = min(len(data), MAX_HEADER_BYTES)
    while found := _FIELD.match(data, position, limit):
        value = _FOLD.sub("", found[2].decode("latin-1")).strip(" \t")
        fields.append((found[1].decode("ascii").lower(), value))
        position = found.end()
    header = Header(fields)
    if position == len(data):
        return header, None, ""
    if position == limit:
        return header, None, f"its header is larger than {MAX_HEADER_BYTES} bytes"
    if blank := _NEWLINE.match(data, position):
        return header, data[blank.end() :], ""
    flaw = "a line of its header is no header field; read as the start of its body" if fields else ""
    return header, data[position:], flaw


def find_value(data: bytes, name: str) -> tuple[int, int] | None:
    """Where the value of the first header field of a mail with that name (in small letters) stands, its folds included.

    What stands between the colon and the value's first character is no part of it.
    """
    envelope = _ENVELOPE.match(data)
    position = envelope.end() if envelope else 0
    limit = min(len(data), position + MAX_HEADER_BYTES)
    while found := _FIELD.match(data, position, limit):
        if found[1].decode("ascii").lower() == name:
            blank = len(found[2]) - len(found[2].lstrip(b" \t"))
            return found.start(2) + blank, found.end(2)
        position = found.end()
    return None


def _read(entity: _Entity, room: int, flaws: list[Flaw]) -> tuple[Part | None, list[_Entity]]:
    """The part that `entity` is, or the entities (at most `room` and one for the rest) that it consists of."""
    number = entity.number or "1"
    if entity.flaw:
        return Part(number, Header(), entity.default, entity.data, entity.main, entity.flaw, entity.start), []
    header, body, flaw = split_header(entity.data)
    start = entity.start + len(entity.data) - len(body or b"")
    kind = header.type or entity.default
    multipart = kind.startswith("multipart/")
    signed = entity.signed or kind == "multipart/signed"
    if multipart and entity.depth == MAX_DEPTH:
        body, flaw = None, f"multiparts are nested more than {MAX_DEPTH} deep"
    if flaw and body is None:
        return Part(number, header, kind, entity.data, entity.main, flaw, entity.start), []

    place = entity.number or "0"
    flaws += (Flaw(place, f"several {name} fields; the first was read") for name in sorted(header.ambiguous))
    if flaw:
        flaws.append(Flaw(place, flaw))
    if body is None and entity.number:
        body = b""
    if not multipart or body is None:
        return Part(number, header, kind, body, entity.main, start=start, signed=signed), []

    pieces, rest, closed = _split_body(body, _boundary(header), room)
    if not pieces and rest is None:
        flaws.append(Flaw(place, "its boundary is missing; read as plain text"))  # as mail programs show it
        return Part(number, header, "text/plain", body, entity.main, start=start), []
    if not closed:
        flaws.append(Flaw(place, "its last boundary is missing; it may be cut off"))
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    alternative = kind == "multipart/alternative"
    prefix = f"{entity.number}." if entity.number else ""
    depth = entity.depth + 1
    entities = [
        _Entity(
            body[first:last],
            f"{prefix}{index + 1}",
            depth,
            default,
            entity.main and (alternative or index == 0),
            start=start + first,
            signed=signed,
        )
        for index, (first, last) in enumerate(pieces)
    ]
    if rest is not None:
        reason = f"the mail has more than {MAX_PARTS} parts; this and those that follow were not split"
        number = f"{prefix}{len(pieces) + 1}"
        entities.append(_Entity(body[rest:], number, depth, default, False, reason, start + rest))
    return None, entities


def _boundary(header: Header) -> bytes:
    name = "boundary"
    params = header.type_parameters
    value = params[name].encode("latin-1") if name in params else (text_parameter(params, name) or "").encode()
    return value.rstrip(b" \t")


def _split_body(body: bytes, boundary: bytes, room: int) -> tuple[list[tuple[int, int]], int | None, bool]:
    """Where the first `room` parts between the boundary lines stand, where others follow, whether the last is closed.

    The newline before a boundary belongs to the boundary. Parts after a closing one are read too: some mail programs
    give an inner multipart the boundary of the outer one.
    """
    pieces: list[tuple[int, int]] = []
    mark = b"--" + boundary
    start = -1  # of the part being read, if one is
    position = body.find(mark) if boundary else -1
    while position >= 0:
        end = _DELIMITER_END.match(body, position + len(mark))
        if end is None or (position and body[position - 1] not in b"\r\n"):
            position = body.find(mark, position + 1)
            continue
        if start >= 0:
            newline = 2 if body[position - 2 : position] == b"\r\n" else 1
            pieces.append((start, max(start, position - newline)))
        start = -1 if end[1] else end.end()
        if len(pieces) == room and start >= 0:
            return pieces, start, True
        position = body.find(mark, end.end())
    if start >= 0:
        pieces.append((start, len(body)))
    return pieces, None, start < 0
