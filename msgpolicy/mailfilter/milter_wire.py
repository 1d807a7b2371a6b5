"""The milter protocol on the wire: packets in, packets out. kilter.protocol knows what is in them.

What it cannot read is not handed to it: the names of clients (it takes them for well-formed IDNA), macros (for ASCII;
addresses may be UTF-8) and headers (it reads them byte by byte).
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple, TypeVar

from kilter.protocol.buffer import SimpleBuffer
from kilter.protocol.messages import Connect, EnvelopeFrom, EnvelopeRecipient, Message, Negotiate

T = TypeVar("T", bound=Message)

# Bytes of a packet. Postfix sends 64 KB of a body at once, and headers up to header_size_limit (100 KB).
MAX_PACKET = 4_194_304
# Bytes of what we send: a reply of SMTP is at most 512.
_MAX_SENT = 2_048


class WireError(Exception):
    """What came is no packet of the milter protocol."""


class Packet(NamedTuple):
    """One event: a letter, and what belongs to it."""

    letter: bytes
    data: bytes

    def negotiate(self) -> Negotiate:
        """What a mail server offers."""
        return _read(Negotiate, self.data)

    def address(self) -> str:
        """The address of the client that is connected; empty where it has none."""
        # The name before it is whatever the client's name server says.
        address = _read(Connect, b"x" + self.data[self.data.find(b"\0") :]).address
        return "" if address is None else str(address)

    def arguments(self) -> tuple[bytes, ...]:
        """The address in MAIL or RCPT, and the parameters behind it."""
        if self.letter == b"M":
            sender = _read(EnvelopeFrom, self.data)
            return tuple(bytes(part) for part in (sender.sender, *sender.arguments))
        recipient = _read(EnvelopeRecipient, self.data)
        return tuple(bytes(part) for part in (recipient.recipient, *recipient.arguments))

    def header(self) -> tuple[bytes, bytes]:
        """Name and value."""
        name, end, value = self.data.partition(b"\0")
        if not end or not value.endswith(b"\0"):
            raise WireError
        return name, value[:-1]


async def packet(reader: asyncio.StreamReader) -> Packet | None:
    """The next packet; None where the other side has ended the connection.

    Raises:
        WireError: what comes is none, or it ends within.
    """
    try:
        size = int.from_bytes(await reader.readexactly(4), "big")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise WireError from None
        return None
    if not 1 <= size <= MAX_PACKET:
        raise WireError
    try:
        data = await reader.readexactly(size)
    except asyncio.IncompleteReadError:
        raise WireError from None
    return Packet(data[:1], data[1:])


def packed(message: Message) -> bytes:
    """What we say, as it goes over the wire."""
    buffer = SimpleBuffer(_MAX_SENT)
    message.pack(buffer)
    return buffer[:].tobytes()


def _read(kind: type[T], data: bytes) -> T:
    try:
        return kind.from_buffer(memoryview(data))
    except Exception:  # struct.error, StopIteration, ValueError and more: the library does not say which
        raise WireError from None
