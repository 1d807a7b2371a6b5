"""The files inside a file: in an archive, attached to a mail, pictures in a document; read within fixed limits.

Nothing is unpacked beyond the limits, and nothing is written anywhere: names inside are only names.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import regex

from msgpolicy.facts.files.compound_files import CompoundFile
from msgpolicy.facts.files.office_files import is_office
from msgpolicy.facts.files.outlook_files import read_msg, read_tnef
from msgpolicy.facts.files.rtf_files import rtf_pictures
from msgpolicy.facts.files.sniff import MAX_BYTES, sniff
from msgpolicy.facts.files.zip_files import MAX_PART, ZipContents
from msgpolicy.later import regex_later
from msgpolicy.message import Message, MessageError
from msgpolicy.report import Why

__all__ = ["HOLDERS", "PACKED", "Inner", "Inside", "read_mail", "unfold"]

# Files, their bytes together, and how deep files are looked for inside files.
MAX_FILES = 200
MAX_INSIDE = 48 * 1024 * 1024
MAX_DEPTH = 4
MAX_NAME = 200

# Kinds that are nothing but other files, which are read here or told not to be; and those that can hold any file.
_ZIPS = ("application/zip", "application/epub+zip")
_STREAMS = ("application/gzip", "application/x-bzip2", "application/x-xz")
_CLOSED = (
    "application/x-7z-compressed", "application/vnd.rar", "application/zstd", "application/x-lz4", "application/x-lzip",
    "application/vnd.ms-cab-compressed", "application/x-iso9660-image", "application/x-apple-diskimage",
)  # fmt: skip
PACKED = frozenset((*_ZIPS, *_STREAMS, *_CLOSED, "application/x-tar"))
HOLDERS = PACKED | {"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"}

# Pictures of Office and OpenDocument files, and the streams of older formats in which pictures lie as whole files.
_MEDIA = regex_later(r"(?:(?:word|xl|ppt)/media|Pictures|media)/[^/]++", regex.IGNORECASE)
_PICTURE_STREAMS = ("Data", "Pictures", "WordDocument")
# A picture's record there: its type, its size, one or two digests, a tag, and the file.
_PICTURE = regex_later(rb"[\x1d\x1e\x2a]\xf0(.{4})(?:.{16}|.{32})\xff(?=\x89PNG|\xff\xd8\xff)", regex.DOTALL)


class Inner(NamedTuple):
    """A file inside another: its name with those of the files that it is in. A `picture` is part of a document."""

    name: str
    content: bytes
    declared: str | None = None
    picture: bool = False


class Inside(NamedTuple):
    """The files inside a file, and inside these; `why` says why these are not all ("unreadable", "too-large",
    "not-covered")."""

    files: tuple[Inner, ...] = ()
    why: Why | None = None


def unfold(content: bytes, media_type: str | None) -> Inside:
    """All files inside a file of this kind, the outer ones first."""
    found: list[Inner] = []
    why: Why | None = None
    room = MAX_INSIDE
    waiting = deque([(content, media_type or "", "", 0)])
    while waiting:
        outer, kind, path, depth = waiting.popleft()
        for item in _directly(outer, kind):
            if isinstance(item, str):
                why = why or item
                continue
            room -= len(item.content)
            if room < 0 or len(found) == MAX_FILES or depth == MAX_DEPTH:
                return Inside(tuple(found), "too-large")
            inner = item._replace(name=f"{path}{item.name}"[-MAX_NAME:])
            found.append(inner)
            if not inner.picture:
                inner_kind = sniff(inner.content, inner.name).media_type or ""
                waiting.append((inner.content, inner_kind, f"{inner.name}/", depth + 1))
    return Inside(tuple(found), why)


def _directly(content: bytes, media_type: str) -> Iterator[Inner | Why]:
    if len(content) > MAX_BYTES:
        yield "too-large"
    elif media_type in _ZIPS or is_office(media_type):
        yield from _zipped(ZipContents(content), is_office(media_type))
    elif media_type in _STREAMS:
        yield from _unpacked(content, media_type)
    elif media_type == "application/x-tar":
        yield from _tar_files(content)
    elif media_type == "message/rfc822":
        mail = read_mail(content)
        for part in (mail.attachments or ()) if mail else ():
            yield Inner(part.filename or "", part.content or b"", part.content_type)
    elif media_type in ("application/vnd.ms-outlook", "application/ms-tnef"):
        outlook = read_msg(content) if media_type == "application/vnd.ms-outlook" else read_tnef(content)
        for name, data in outlook.files if outlook else ():
            yield Inner(name, data)
    elif media_type == "application/rtf":
        for picture in rtf_pictures(content):
            yield Inner("", picture, picture=True)
    elif media_type in ("application/msword", "application/vnd.ms-powerpoint"):
        yield from _carved(CompoundFile(content))
    elif media_type in _CLOSED or media_type in ("application/vnd.ms-excel", "application/x-ole-storage"):
        yield "not-covered"


def read_mail(content: bytes) -> Message | None:
    """The mail that these bytes are; None where nothing of one can be read."""
    try:
        return Message.from_email(content)
    except MessageError:
        return None


def _zipped(contents: ZipContents, office: bool) -> Iterator[Inner | Why]:
    if contents.unreadable:
        if not office:  # else its text cannot be read either, which is told
            yield "too-large" if contents.unreadable in ("bomb", "too large") else "unreadable"
        return
    for name in contents.names:
        if name.endswith("/") or (office and not _MEDIA.fullmatch(name)):
            continue
        data = contents.read(name)
        if data is None:
            yield "not-covered"  # packed in a way of which the cost cannot be bounded, or damaged
        elif contents.size(name) > MAX_PART:
            yield "too-large"
        else:
            yield Inner(name, data, picture=office)


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def _unpacked(content: bytes, media_type: str) -> Iterator[Inner | Why]:
    unpacker: _Unpacker
    if media_type == "application/gzip":
        unpacker = zlib.decompressobj(31)
    elif media_type == "application/x-bzip2":
        unpacker = bz2.BZ2Decompressor()
    else:
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=64 * 1024 * 1024)
    try:
        data = unpacker.decompress(content, MAX_PART + 1)
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
        yield "unreadable"
        return
    if len(data) > MAX_PART:
        yield "too-large"
    elif unpacker.eof:
        yield Inner("", data)
    else:
        yield "unreadable"


def _tar_files(content: bytes) -> Iterator[Inner | Why]:
    """The plain files of a tar archive: blocks of 512 bytes, a header before each file."""
    at = 0
    while at + 512 <= len(content) and content[at : at + 1] != b"\0":
        header = content[at : at + 512]
        digits = header[124:136].strip(b" \0")
        if not digits or digits.strip(b"01234567"):
            yield "unreadable"
            return
        size = int(digits, 8)
        if size > len(content) - at - 512:
            yield "unreadable"
            return
        if header[156:157] in (b"0", b"\0"):
            yield Inner(header[:100].rstrip(b"\0").decode("utf-8", "replace"), content[at + 512 : at + 512 + size])
        at += 512 + size + -size % 512


def _carved(file: CompoundFile) -> Iterator[Inner | Why]:
    for entry in file.entries:
        if entry.is_stream and entry.path[-1] in _PICTURE_STREAMS:
            stream = file.read(entry)
            end = 0
            for record in _PICTURE.finditer(stream):
                if record.start() >= end:  # else inside the one before
                    end = record.end(1) + int.from_bytes(record[1], "little")
                    yield Inner("", stream[record.end() : end], picture=True)
