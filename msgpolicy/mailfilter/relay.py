"""The next hop: one connection for each session of a client, and its answers as they came."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import Literal, NamedTuple

import regex

RelayTLS = Literal["never", "may", "require"]

_ANSWER = regex.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n\0]*+))?\r?\n")
# Lines of one answer; more is no mail server.
_MAX_LINES = 200
_SLICE = 262_144


class RelayError(Exception):
    """The relay cannot be reached, does not answer, or does not speak SMTP; the text says what, for an answer."""


class Target(NamedTuple):
    """Where mail goes.

    `tls`: `never`; `may` (when it is offered, whatever its certificate is); `require` (with a certificate that
    `context` accepts). `timeout`: seconds for a connection, and for each answer. `name`: what the filter calls itself.
    """

    host: str
    port: int
    name: str
    tls: RelayTLS = "may"
    context: ssl.SSLContext | None = None
    timeout: float = 90.0


class Answer(NamedTuple):
    """An answer as it came, without its last line end."""

    code: int
    data: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.code < 300


class Relay:
    """A connection to the next hop, greeted. After a RelayError it is to be closed."""

    def __init__(self, target: Target, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.target = target
        self.extensions: dict[str, str] = {}
        self._reader = reader
        self._writer = writer

    @staticmethod
    async def connected(target: Target) -> Relay:
        """A connection with which a mail can be begun.

        Raises:
            RelayError: there is none to be had.
        """
        try:
            return await Relay._greeted(target, target.tls)
        except ssl.SSLError:
            if target.tls == "require":
                raise RelayError("relay has no TLS that is trusted") from None
        try:  # better in the clear than not at all: this is what `may` means
            return await Relay._greeted(target, "never")
        except ssl.SSLError:
            raise RelayError("relay does not answer") from None

    @staticmethod
    async def _greeted(target: Target, tls: RelayTLS) -> Relay:
        try:
            async with asyncio.timeout(target.timeout):
                reader, writer = await asyncio.open_connection(target.host, target.port)
        except (OSError, TimeoutError):
            raise RelayError("relay cannot be reached") from None
        relay = Relay(target, reader, writer)
        try:
            greeting = await relay._answer()
            if not greeting.good:
                raise RelayError("relay takes no mail now")
            await relay._ehlo()
            if "STARTTLS" in relay.extensions and tls != "never":
                await relay._start_tls()
            elif tls == "require":
                raise RelayError("relay offers no TLS")
        except BaseException:
            relay.close()
            raise
        return relay

    async def ask(self, line: bytes) -> Answer:
        """The answer to a command.

        Raises:
            RelayError: there is none.
        """
        try:
            self._writer.write(line + b"\r\n")
            async with asyncio.timeout(self.target.timeout):
                await self._writer.drain()
        except (OSError, TimeoutError):
            raise RelayError("relay ended the connection") from None
        return await self._answer()

    async def take(self, wire: bytes) -> Answer:
        """Hands a mail on, its end included; the answer to it, or to DATA when that was refused.

        Raises:
            RelayError: there is no answer, and the relay may have the mail or not.
        """
        answer = await self.ask(b"DATA")
        if answer.code != 354:
            if answer.good:
                raise RelayError("relay does not speak SMTP")
            return answer
        try:
            with memoryview(wire) as view:
                for start in range(0, len(wire), _SLICE):
                    self._writer.write(view[start : start + _SLICE])
                    async with asyncio.timeout(self.target.timeout):
                        await self._writer.drain()
        except (OSError, TimeoutError):
            raise RelayError("relay ended the connection") from None
        return await self._answer()

    async def quit(self) -> None:
        """Says goodbye and does not wait for the answer."""
        with contextlib.suppress(OSError):
            self._writer.write(b"QUIT\r\n")
        self.close()

    def close(self) -> None:
        """Ends the connection: a mail that was not handed on whole is none."""
        self._writer.close()

    def abort(self) -> None:
        """Ends the connection at once, without what was not yet sent."""
        self._writer.transport.abort()

    async def _ehlo(self) -> None:
        name = self.target.name.encode("ascii", "replace")
        answer = await self.ask(b"EHLO " + name)
        if not answer.good:
            answer = await self.ask(b"HELO " + name)
            if not answer.good:
                raise RelayError("relay takes no mail now")
            self.extensions = {}
            return
        words = (line[4:].decode("ascii", "replace").partition(" ") for line in answer.data.split(b"\r\n")[1:])
        self.extensions = {keyword.upper(): parameters for keyword, _, parameters in words}

    async def _start_tls(self) -> None:
        if not (await self.ask(b"STARTTLS")).good:
            if self.target.tls == "require":
                raise RelayError("relay offers no TLS")
            return
        if self._reader._buffer:  # type: ignore[attr-defined]  # said in the clear, to be taken for what is encrypted
            raise RelayError("relay does not speak SMTP")
        context = self.target.context or _unverified()
        try:
            await self._writer.start_tls(
                context, server_hostname=self.target.host, ssl_handshake_timeout=self.target.timeout
            )
        except ssl.SSLError:
            raise
        except (OSError, TimeoutError):
            raise ssl.SSLError("no handshake") from None
        await self._ehlo()

    async def _answer(self) -> Answer:
        lines: list[bytes] = []
        try:
            async with asyncio.timeout(self.target.timeout):
                while len(lines) < _MAX_LINES:
                    line = await self._reader.readline()
                    match = _ANSWER.fullmatch(line)
                    if match is None:
                        raise RelayError("relay does not speak SMTP" if line else "relay ended the connection")
                    lines.append(line.rstrip(b"\r\n"))
                    if match[2] != b"-":
                        return Answer(int(match[1]), b"\r\n".join(lines))
        except TimeoutError:
            raise RelayError("relay does not answer") from None
        except (OSError, ValueError):  # ValueError: a line without end
            raise RelayError("relay ended the connection") from None
        raise RelayError("relay does not speak SMTP")


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
