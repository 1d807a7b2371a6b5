"""A mail on the wire of SMTP: where it ends, its dots, and line ends that would let one mail pass for two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

# The only end of a mail. What others take for one is a part of the mail, and has it refused.
END = b"\r\n.\r\n"


async def pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The mail that follows a 354, in pieces, up to the line with a lone dot; not a byte behind it is read.

    Raises:
        asyncio.IncompleteReadError: the connection ended before the mail did.
    """
    # The line end of the command belongs to END, but is read already. As long as what was read may be the beginning of
    # END, no more than the rest of END is read.
    head = bytearray(END[:2])
    while (begun := _begun(head)) and begun < len(END):
        head += await reader.readexactly(len(END) - begun)
    if begun == len(END):
        yield bytes(head[2 : -len(END) + 2]) if len(head) > len(END) else b""
        return
    yield bytes(head[2:])
    while True:
        try:
            piece = await reader.readuntil(END)
        except asyncio.LimitOverrunError as overrun:
            yield await reader.readexactly(overrun.consumed)
        else:
            yield piece[: -len(END) + 2]
            return


def _begun(head: bytearray) -> int:
    """How many bytes of END these bytes end with."""
    return next(count for count in range(min(len(END), len(head)), -1, -1) if head.endswith(END[:count]))


def unstuffed(wire: bytes) -> bytes:
    """A mail without the dots that SMTP put in front of lines."""
    return (wire[1:] if wire.startswith(b".") else wire).replace(b"\r\n.", b"\r\n")


def stuffed(mail: bytes) -> bytes:
    """A mail as it goes over the wire, with its end."""
    dots = (b"." if mail.startswith(b".") else b"") + mail.replace(b"\r\n.", b"\r\n..")
    return dots + (b".\r\n" if not dots or dots.endswith(b"\r\n") else END)


def has_bare_line_ends(mail: bytes) -> bool:
    """Whether there is a CR or LF that is not of a CRLF: text for one server, the end of a line for the next."""
    pairs = mail.count(b"\r\n")
    return mail.count(b"\n") != pairs or mail.count(b"\r") != pairs
