"""The SMTP filter: listens, has mails judged in threads, and stops when it is told to."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

import regex

from msgpolicy.hooks import Decision, Gate
from msgpolicy.hooks.gate import LookUp
from msgpolicy.mailfilter.events import tell
from msgpolicy.mailfilter.headers import Header, HeaderError
from msgpolicy.mailfilter.judging import decide
from msgpolicy.mailfilter.relay import Target
from msgpolicy.mailfilter.replies import Reply, one_line, reply_to
from msgpolicy.mailfilter.session import Session

# Seconds that mails which are coming in may still take when the filter is told to stop.
STOP_TIME = 60.0
_BACKLOG = 1024
_FULL = Reply(421, "4.3.2", "too many connections, try again later").line() + b"\r\n"
_ADDRESS = regex.compile(r"<([^<>]*+)>")


class Options(NamedTuple):
    """How the filter works; sizes in bytes, times in seconds.

    `trust`: networks whose clients may say facts. `mark_held`: mail that is to be held goes on with a header that says
    so, instead of being answered 4xx. `memory`: of all mails that are being received or judged.
    """

    relay: Target
    trust: tuple[IPv4Network | IPv6Network, ...] = ()
    lookup: LookUp | None = None
    mark_held: bool = False
    tls: ssl.SSLContext | None = None
    require_tls: bool = False
    size_limit: int = 26_214_400
    memory: int = 536_870_912
    connections: int = 500
    timeout: float = 300.0


class Memory:
    """Bytes that may be held."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def take(self, count: int) -> bool:
        """Whether so many more are there to be had; they are taken."""
        if count > self._left:
            return False
        self._left -= count
        return True

    def give_back(self, count: int) -> None:
        """They are free again."""
        self._left += count


class Filter:
    """All sessions of one process, and what they share."""

    def __init__(self, gate: Gate | None, options: Options) -> None:
        """A filter that was not started.

        Args:
            gate: what decides; None lets all mail through.
        """
        self.gate = gate
        self.options = options
        self.sessions: set[Session] = set()
        self.memory = Memory(options.memory)
        self.stopping = False
        judges = max(2, os.cpu_count() or 1)
        self._slots = asyncio.Semaphore(judges)
        self._threads = ThreadPoolExecutor(judges, thread_name_prefix="msgpolicy-smtp")
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
        self._threads.shutdown(wait=False, cancel_futures=True)

    def trusts(self, address: str) -> bool:
        """Whether a client at this address may say facts of its mails."""
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        # An address of the older kind in new clothes is itself.
        known = ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
        return any(known in network for network in self.options.trust)

    def judged_address(self, argument: str) -> str | None:
        """The address of a RCPT command where mail to it is judged."""
        # Parameters behind the address do not count; what is odd is judged rather than not.
        said = argument[: argument.rfind(">") + 1] or argument
        if self.gate is None or not self.gate.is_judged([said]):
            return None
        match = _ADDRESS.search(said)
        return match[1] if match else said.partition(":")[2].strip()

    async def judge(
        self, mail: bytes, headers: Iterable[Header], recipient: str, *, trusted: bool, utf8: bool
    ) -> tuple[Reply | None, Decision | None] | None:
        """What to answer where the mail is not to be sent, with the decision; None where it was not judged in time."""
        assert self.gate is not None
        gate, loop = self.gate, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(gate.settings.time_budget):
                await self._slots.acquire()
        except TimeoutError:
            return None
        try:
            judging = self._threads.submit(
                decide,
                gate,
                mail,
                headers,
                recipient=recipient,
                trusted=trusted,
                lookup=self.options.lookup,
                hook="smtp",
            )
        except RuntimeError:  # stopped
            self._slots.release()
            return None
        # The slot is free when the thread is, not when the client is gone.
        judging.add_done_callback(lambda _: _in(loop, self._slots.release))
        try:
            decision = await asyncio.wrap_future(judging)
        except HeaderError as error:
            return Reply(550, "5.6.0", one_line(str(error), utf8=False)), None
        return reply_to(decision, utf8), decision


class _Full(asyncio.Protocol):
    """A client for which there is no place."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(_FULL)
        transport.close()


def _in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)


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
