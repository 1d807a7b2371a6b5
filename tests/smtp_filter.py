"""An SMTP filter, a relay that does as it is told, and a client that says bytes, all on one loop."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_network
from typing import Any

from msgpolicy.hooks import Gate
from msgpolicy.mailfilter.relay import Target
from msgpolicy.mailfilter.server import Filter, Options

RELAY = "a1b2c3d4e5f6g7h@marketplace.amazon.de"
HEADER = b"From: service@shop.example\r\nTo: a1b2c3d4e5f6g7h@marketplace.amazon.de\r\nSubject: order\r\n"
# Lines of master.cf, which docs/hooks-smtp.md has too: what the service in front gets, and the one behind the filter.
FRONT = """\
  -o smtpd_proxy_filter=127.0.0.1:{filter}
  -o smtpd_proxy_timeout=180s
"""
BACK = """\
127.0.0.1:{back} inet n - n - - smtpd
  -o smtpd_authorized_xforward_hosts=127.0.0.0/8
  -o smtpd_client_restrictions=
  -o smtpd_helo_restrictions=
  -o smtpd_sender_restrictions=
  -o smtpd_relay_restrictions=
  -o smtpd_recipient_restrictions=permit_mynetworks,reject
  -o smtpd_data_restrictions=
  -o mynetworks=127.0.0.0/8
  -o smtpd_tls_security_level=none
  -o receive_override_options=no_unknown_recipient_checks
"""
HERE = (ip_network("127.0.0.0/8"), ip_network("::1"))


class FakeRelay:
    """Takes everything; `mails` holds envelope and wire bytes of each mail, `said` each command.

    Attributes:
        answers: by the beginning of a command, or `.` for a mail, what to say instead; None hangs up.
        extensions: what EHLO offers.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[list[bytes], bytes]] = []
        self.said: list[bytes] = []
        self.answers: dict[bytes, bytes | None] = {}
        self.extensions = [b"PIPELINING", b"8BITMIME", b"SMTPUTF8", b"DSN"]
        self.context: ssl.SSLContext | None = None
        self.sessions = 0
        self.tasks: set[asyncio.Task[Any]] = set()
        self.port = 0

    async def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(b"220 relay.example ESMTP\r\n")
            await self._commands(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _commands(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        envelope: list[bytes] = []
        while line := await reader.readline():
            self.said.append(line)
            command = line.upper()
            answer: bytes | None = b"250 2.1.0 relay says ok"
            if command.startswith(b"EHLO"):
                answer = b"\r\n".join(b"250-" + word for word in [b"relay.example", *self.extensions])
                answer += b"\r\n250 HELP"
            for begins, other in self.answers.items():
                if command.startswith(begins):
                    answer = other
            if answer is None:
                return
            if command.startswith(b"STARTTLS") and self.context is not None:
                writer.write(b"220 go\r\n")
                await writer.start_tls(self.context)
                continue
            if command.startswith(b"DATA") and answer.startswith(b"2"):
                writer.write(b"354 go on\r\n")
                wire = bytearray()
                while not (wire == b".\r\n" or wire.endswith(b"\r\n.\r\n")):
                    wire += await reader.readuntil(b"\n")
                final = self.answers.get(b".", b"250 2.0.0 relay has it")
                if final is None:
                    return
                if final.startswith(b"2"):
                    self.mails.append((envelope, bytes(wire)))
                envelope = []
                writer.write(final + b"\r\n")
                continue
            if command.startswith((b"MAIL", b"RCPT")) and answer.startswith(b"2"):
                envelope.append(line)
            if command.startswith((b"RSET", b"QUIT")):
                envelope = []
            writer.write(answer + b"\r\n")
            if command.startswith(b"QUIT"):
                return


class Client:
    """Says bytes, and reads answers."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def answer(self) -> bytes:
        """One answer, of as many lines as it has, without its last line end."""
        lines = [await self.reader.readline()]
        while lines[-1][3:4] == b"-":
            lines.append(await self.reader.readline())
        return b"".join(lines).rstrip(b"\r\n")

    async def say(self, *lines: bytes) -> bytes:
        """The last answer to these commands, said at once."""
        self.writer.write(b"".join(line + b"\r\n" for line in lines))
        for _ in lines[:-1]:
            await self.answer()
        return await self.answer()

    async def send(self, mail: bytes, *recipients: str, options: bytes = b"") -> bytes:
        """The answer to a mail; `mail` is what goes over the wire, without its end."""
        answer = await self.say(b"MAIL FROM:<service@shop.example>" + options)
        for recipient in recipients or (RELAY,):
            answer = await self.say(b"RCPT TO:<" + recipient.encode() + b">")
        answer = await self.say(b"DATA")
        return await self.say(mail + b".") if answer.startswith(b"354") else answer


@contextlib.asynccontextmanager
async def filtering(
    gate: Gate | None, set_up: Callable[[FakeRelay], Any] | None = None, relay_tls: Any = "may", **options: Any
) -> AsyncIterator[tuple[FakeRelay, Filter, int]]:
    """A filter before a relay, with the port at which it listens."""
    relay = FakeRelay()
    if set_up is not None:
        set_up(relay)
    server = await asyncio.start_server(relay.session, "127.0.0.1", 0, limit=2**26)
    relay.port = server.sockets[0].getsockname()[1]
    target = Target("127.0.0.1", relay.port, "filter.example", relay_tls, options.pop("context", None), 20.0)
    service = Filter(gate, Options(relay=target, **options))
    try:
        [(_, port)] = await service.start("127.0.0.1", 0)
        yield relay, service, port
    finally:
        await service.stop(seconds=0)
        server.close()
        await asyncio.gather(*relay.tasks)


@contextlib.asynccontextmanager
async def client(port: int, greet: bool = True) -> AsyncIterator[Client]:
    """A client that has said EHLO."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    made = Client(reader, writer)
    try:
        assert (await made.answer()).startswith(b"220 filter.example")
        if greet:
            assert (await made.say(b"EHLO client.example")).startswith(b"250")
        yield made
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
