"""The milter: listens for mail servers, has their mails judged, and stops when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import stat
from typing import NamedTuple

from msgpolicy.hooks import Gate
from msgpolicy.hooks.gate import LookUp
from msgpolicy.mailfilter.events import tell
from msgpolicy.mailfilter.judging import Judges, Memory, Trust
from msgpolicy.mailfilter.milter_session import MilterSession

# Seconds that mails which are coming in may still take when the milter is told to stop.
STOP_TIME = 60.0
_BACKLOG = 1024


class Options(NamedTuple):
    """How the milter works; sizes in bytes.

    `trust`: networks whose clients may say facts. `quarantine`: mail that is to be held goes into the mail server's
    hold queue, instead of being answered 4xx. `memory`: of all mails that are being received or judged.
    """

    trust: Trust = ()
    lookup: LookUp | None = None
    quarantine: bool = True
    size_limit: int = 26_214_400
    memory: int = 536_870_912
    connections: int = 500


class Inet(NamedTuple):
    """Where to listen: a host and a port."""

    host: str
    port: int


class Unix(NamedTuple):
    """Where to listen: the path of a socket, and who may connect (permission bits)."""

    path: str
    mode: int = 0o660


class Milter:
    """All sessions of one process, and what they share."""

    def __init__(self, gate: Gate, options: Options) -> None:
        """A milter that was not started."""
        self.options = options
        self.judges = Judges(gate, trust=options.trust, lookup=options.lookup, hook="milter")
        self.memory = Memory(options.memory)
        self.stopping = False
        self._sessions: dict[MilterSession, asyncio.Task[None]] = {}
        self._server: asyncio.Server | None = None
        self._path: str | None = None

    async def start(self, where: Inet | Unix) -> list[str]:
        """Listens; gives the addresses at which it does, as Postfix writes them.

        Raises:
            OSError: it cannot.
        """
        if isinstance(where, Unix):
            _clear(where.path)
            before = os.umask(0o777 & ~where.mode)
            try:
                self._server = await asyncio.start_unix_server(self._session, where.path, backlog=_BACKLOG)
            finally:
                os.umask(before)
            self._path = where.path
            return [f"unix:{where.path}"]
        self._server = await asyncio.start_server(self._session, where.host or None, where.port, backlog=_BACKLOG)
        names = (listening.getsockname() for listening in self._server.sockets)
        return [f"inet:{host}:{port}" for host, port, *_ in names]

    async def stop(self, seconds: float = STOP_TIME) -> None:
        """Takes nothing more, answers the mails that are coming in, and ends."""
        self.stopping = True
        if self._server is not None:
            self._server.close()
        if self._path is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._path)
        for session in self._sessions:
            session.stop()
        if self._sessions:
            await asyncio.wait(self._sessions.values(), timeout=seconds)
        for session, task in list(self._sessions.items()):
            session.abort()
            task.cancel()
        await asyncio.gather(*self._sessions.values(), return_exceptions=True)
        self.judges.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.stopping or len(self._sessions) >= self.options.connections:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        session = MilterSession(self, reader, writer)
        self._sessions[session] = task
        try:
            await session.run()
        finally:
            del self._sessions[session]


def _clear(path: str) -> None:
    """Takes away a socket that a process left behind.

    Raises:
        OSError: somebody listens there.
    """
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            return  # listening says what is wrong
        with socket.socket(socket.AF_UNIX) as trial:
            try:
                trial.connect(path)
            except ConnectionRefusedError:
                os.unlink(path)
                return
        raise OSError("another process listens there")


async def serve(gate: Gate, options: Options, where: Inet | Unix) -> None:
    """Runs a milter until the process is told to stop (SIGTERM, SIGINT).

    Raises:
        OSError: it cannot listen.
    """
    service = Milter(gate, options)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    for address in await service.start(where):
        tell("listening", "milter", address=address)
    await stopped.wait()
    await service.stop()
    tell("stopped", "milter")
