"""The SMTP filter: listens, has mails judged in threads, and stops when it is told to."""

from __future__ import annotations

import asyncio
import logging
import signal
import ssl
from typing import NamedTuple

from msgpolicy.hooks import Gate
from msgpolicy.hooks.gate import LookUp
from msgpolicy.mailfilter.events import tell
from msgpolicy.mailfilter.judging import Judges, Memory, Trust
from msgpolicy.mailfilter.relay import Target
from msgpolicy.mailfilter.replies import Reply
from msgpolicy.mailfilter.session import Session

# Seconds that mails which are coming in may still take when the filter is told to stop.
STOP_TIME = 60.0
_BACKLOG = 1024
_FULL = Reply(421, "4.3.2", "too many connections, try again later").line() + b"\r\n"


class Options(NamedTuple):
    """How the filter works; sizes in bytes, times in seconds.

    `trust`: networks whose clients may say facts. `mark_held`: mail that is to be held goes on with a header that says
    so, instead of being answered 4xx. `memory`: of all mails that are being received or judged.
    """

    relay: Target
    trust: Trust = ()
    lookup: LookUp | None = None
    mark_held: bool = False
    tls: ssl.SSLContext | None = None
    require_tls: bool = False
    size_limit: int = 26_214_400
    memory: int = 536_870_912
    connections: int = 500
    timeout: float = 300.0


class Filter:
    """All sessions of one process, and what they share."""

    def __init__(self, gate: Gate | None, options: Options) -> None:
        """A filter that was not started.

        Args:
            gate: what decides; None lets all mail through.
        """
        self.options = options
        self.sessions: set[Session] = set()
        self.memory = Memory(options.memory)
        self.stopping = False
        self.judges = Judges(gate, trust=options.trust, lookup=options.lookup, hook="smtp")
        self._server: asyncio.Server | None = None
        # aiosmtpd logs what clients say, addresses and all.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)

    async def start(self, host: str, port: int) -> list[tuple[str, int]]:
        """Listens; gives the addresses at which it does.

        Raises:
            OSError: it cannot.
        """
        loop = asyncio.get_running_loop()

        def client() -> asyncio.BaseProtocol:
            if self.stopping or len(self.sessions) >= self.options.connections:
                return _Full()
            return Session(self, loop)

        self._server = await loop.create_server(client, host or None, port, backlog=_BACKLOG)
        return [socket.getsockname()[:2] for socket in self._server.sockets]

    async def stop(self, seconds: float = STOP_TIME) -> None:
        """Takes nothing more, finishes the mails that are coming in, and ends."""
        self.stopping = True
        if self._server is not None:
            self._server.close()
        for session in list(self.sessions):
            session.stop()
        end = asyncio.get_running_loop().time() + seconds
        while self.sessions and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        left = [session.abort() for session in list(self.sessions)]
        await asyncio.gather(*left, return_exceptions=True)
        self.judges.close()


class _Full(asyncio.Protocol):
    """A client for which there is no place."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(_FULL)
        transport.close()


async def serve(gate: Gate | None, options: Options, host: str, port: int) -> None:
    """Runs a filter until the process is told to stop (SIGTERM, SIGINT).

    Raises:
        OSError: it cannot listen.
    """
    service = Filter(gate, options)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    addresses = await service.start(host, port)
    for address in addresses:
        tell("listening", address=address[0], port=address[1])
    await stopped.wait()
    await service.stop()
    tell("stopped")
