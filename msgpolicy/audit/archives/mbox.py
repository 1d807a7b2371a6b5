"""Mailboxes in one file (mbox, in its usual dialects), mail by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from msgpolicy.audit.archives.raw import LARGEST, MAIL, TOO_LARGE, Raw, rejected

# "From sender date": a mail begins with it, behind a blank line. Such a line may also stand unescaped in a text, so
# that a time of day has to be in it and a header field below it.
_POSTMARK = re.compile(rb"From [^\r\n]*\d:\d\d[^\r\n]*\r?\n?\Z")
_FIELD = re.compile(rb">?From |[!-9;-~]+[ \t]*:")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_CHUNK = 1024 * 1024


def read_mbox(stream: BinaryIO, file: str) -> Iterator[Raw]:
    """The mails of a mailbox. A line that was escaped (`>From `) is given as it was written."""
    number = 0
    for line, data in _pieces(stream):
        if data is not None and line == 1 and not data.startswith(b"From "):
            if data.strip(b"\r\n\t \0"):
                hint = "a mailbox begins with a line `From sender date`; name single mails .eml"
                yield rejected(file, "line 1", "stands before the first mail of the mailbox", hint)
            continue
        number += 1
        if data is None:
            yield rejected(file, f"line {line}", f"the mail {TOO_LARGE}", number=number)
            continue
        _, _, mail = data.partition(b"\n")
        # The blank line behind a mail is the mailbox's.
        mail = mail.removesuffix(b"\r\n") if mail.endswith(b"\n\r\n") else mail
        mail = mail.removesuffix(b"\n") if mail.endswith(b"\n\n") else mail
        yield Raw(file, MAIL, _QUOTED_FROM.sub(rb"\1", mail), number, line)


def _pieces(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """What stands before, between and behind the lines that begin a mail, with its first line; None: too large."""
    lines: list[bytes] = []
    size = 0
    start = number = 1
    blank = True
    line = stream.readline(_CHUNK)
    while line:
        following = stream.readline(_CHUNK)
        first = number == 1 and not size and line.startswith(b"From ")
        if first or (blank and line.startswith(b"From ") and _begins(line, following)):
            if lines or size:
                yield start, b"".join(lines) if size <= LARGEST else None
            lines, size, start = [], 0, number
        size += len(line)
        if size <= LARGEST:
            lines.append(line)
        else:
            lines = []
        if line.endswith(b"\n"):
            number += 1
        blank = line in (b"\n", b"\r\n")
        line = following
    if lines or size:
        yield start, b"".join(lines) if size <= LARGEST else None


def _begins(line: bytes, following: bytes) -> bool:
    return _POSTMARK.match(line) is not None and _FIELD.match(following) is not None
