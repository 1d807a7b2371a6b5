"""A mail server's side of the milter protocol, for the tests of the milter: says packets, reads what is answered."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kilter.protocol.buffer import SimpleBuffer
from kilter.protocol.messages import (
    ActionFlags,
    Body,
    Connect,
    EndOfHeaders,
    EndOfMessage,
    EnvelopeFrom,
    EnvelopeRecipient,
    Header,
    Message,
    Negotiate,
    ProtocolFlags,
)

from msgpolicy.hooks import Decision, Gate
from msgpolicy.mailfilter.milter import Inet, Milter, Options, Unix
from tests.gates import RELAY, RecordingGate

ALL_STEPS = ProtocolFlags(0x1FFFFF)
# What is answered to a packet for which there is no final answer yet.
CONTINUE = b"c"


class Answer(NamedTuple):
    """What was answered to a mail: the last letter, its data, and what was to be changed before."""

    letter: bytes
    data: bytes = b""
    changes: tuple[tuple[bytes, bytes], ...] = ()


class MailServer:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.unanswered = ProtocolFlags.NONE
        self.flags = ProtocolFlags.NONE

    def raw(self, data: bytes) -> None:
        self.writer.write(data)

    def tell(self, letter: bytes, data: bytes = b"") -> None:
        """Says a packet."""
        self.raw((len(data) + 1).to_bytes(4, "big") + letter + data)

    def say(self, message: Message) -> None:
        buffer = SimpleBuffer(2**20)
        message.pack(buffer)
        self.raw(buffer[:].tobytes())

    async def read(self) -> tuple[bytes, bytes]:
        size = int.from_bytes(await self.reader.readexactly(4), "big")
        data = await self.reader.readexactly(size)
        return data[:1], data[1:]

    async def negotiate(
        self, flags: ProtocolFlags = ALL_STEPS, actions: ActionFlags = ActionFlags.ALL, version: int = 6
    ) -> Negotiate:
        self.say(Negotiate(version, actions, flags))
        letter, data = await self.read()
        assert letter == b"O"
        chosen = Negotiate.from_buffer(memoryview(data))
        self.flags = chosen.protocol_flags
        return chosen

    async def answered(self, unless: ProtocolFlags = ProtocolFlags.NONE) -> Answer:
        """The answer to what was said last, where the milter gives one to such a step."""
        return Answer(CONTINUE) if self.flags & unless else Answer(*await self.read())

    async def connect(self, address: Any = None) -> None:
        self.say(Connect("client.example", address, 25 if address else 0))
        assert (await self.answered(ProtocolFlags.NR_CONNECT)).letter == CONTINUE

    async def begin(self, *recipients: bytes, options: Iterable[bytes] = ()) -> None:
        self.say(EnvelopeFrom(b"<service@shop.example>", list(options)))
        assert (await self.answered(ProtocolFlags.NR_SENDER)).letter == CONTINUE
        for recipient in recipients or (b"<" + RELAY.encode() + b">",):
            self.say(EnvelopeRecipient(recipient))
            assert (await self.answered(ProtocolFlags.NR_RECIPIENT)).letter == CONTINUE

    async def headers(self, *headers: tuple[str, bytes]) -> Answer:
        """The answer at the end of the headers."""
        for name, value in headers:
            blank = b" " if self.flags & ProtocolFlags.HEADER_LEADING_SPACE else b""
            self.say(Header(name, blank + value))
            answer = await self.answered(ProtocolFlags.NR_HEADER)
            if answer.letter != CONTINUE:
                return answer
        self.say(EndOfHeaders())
        return await self.answered()

    async def end(self, last: bytes = b"") -> Answer:
        """The answer at the end of the mail."""
        self.say(EndOfMessage(last))
        changes = []
        while True:
            letter, data = await self.read()
            if letter in (b"m", b"q", b"h", b"i", b"b", b"+", b"-", b"e"):
                changes.append((letter, data))
            else:
                return Answer(letter, data, tuple(changes))

    async def send(
        self,
        text: bytes,
        *recipients: bytes,
        headers: Iterable[tuple[str, bytes]] = (),
        options: Iterable[bytes] = (),
    ) -> Answer:
        """The final answer to a mail."""
        await self.begin(*recipients, options=options)
        answer = await self.headers(("From", b"service@shop.example"), ("Subject", b"order"), *headers)
        if answer.letter == CONTINUE:
            self.say(Body(text + b"\r\n"))
            answer = await self.answered()
        return await self.end() if answer.letter in (CONTINUE, b"s") else answer


class Spy(RecordingGate):
    """Keeps the mails that it was given."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        super().__init__(folder, **settings)
        self.mails: list[bytes] = []

    def decide(self, message: Any, **asked: Any) -> Decision:
        self.mails.append(message)
        return super().decide(message, **asked)


@contextlib.asynccontextmanager
async def filtering(gate: Gate, where: Inet | Unix = Inet("127.0.0.1", 0), **options: Any) -> AsyncIterator[Any]:  # noqa: B008
    """A milter, and how to connect to it."""
    service = Milter(gate, Options(**options))
    [address] = await service.start(where)
    servers: list[MailServer] = []

    async def connected(negotiated: bool = True, client: Any = None, **offer: Any) -> MailServer:
        if isinstance(where, Unix):
            server = MailServer(*await asyncio.open_unix_connection(where.path))
        else:
            server = MailServer(*await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2])))
        servers.append(server)
        if negotiated:
            await server.negotiate(**offer)
            await server.connect(client)
        return server

    try:
        yield service, connected
    finally:
        await service.stop(seconds=0)
        for server in servers:
            server.writer.close()
            with contextlib.suppress(OSError):
                await server.writer.wait_closed()
