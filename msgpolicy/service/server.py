"""The server: sockets, signals, and an end that finishes what it has taken."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import signal
import socket
import stat
from collections.abc import Callable, Iterator

import msgspec
import uvicorn

from msgpolicy.garbage import settle
from msgpolicy.service.app import create_app
from msgpolicy.service.crew import CrewError
from msgpolicy.service.protocol import Protocol
from msgpolicy.service.service import Service

# Who may use a unix socket: the user that made it, and the group.
_SOCKET_MASK = 0o117
_BACKLOG = 2048


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """Where the server listens: at a host's port (0: any that is free), or at the path of a unix socket.

    `drain` are seconds in which /readyz says that it is ending before it takes no more, `grace` those in which it then
    has to finish.
    """

    host: str = "127.0.0.1"
    port: int = 8731
    uds: str | None = None
    drain: float = 0.0
    grace: float = 30.0

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine reaches it."""
        if self.uds is not None or self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


class BindingError(Exception):
    """Nothing can listen there."""


def listen(binding: Binding) -> socket.socket:
    """The socket, listening.

    Raises:
        BindingError: the address is in use, not this machine's, or may not be used.
    """
    try:
        return _unix(binding.uds) if binding.uds is not None else _tcp(binding.host, binding.port)
    except OSError as error:
        where = binding.uds or f"{binding.host} port {binding.port}"
        raise BindingError(f"cannot listen at {where}: {error.strerror or error}") from None


def _tcp(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    # Connections inherit it; asyncio sets it on those of sockets that it has made itself. Without it, what is written
    # behind the head of an answer waits up to 40 ms until the client has acknowledged the head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _unix(path: str) -> socket.socket:
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            raise OSError(f"{path} is there and no socket")
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(path)
            except OSError:
                os.unlink(path)  # left by a server that is gone
            else:
                raise OSError("another server listens there")
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(_SOCKET_MASK)
    try:
        listening.bind(path)
    finally:
        os.umask(before)
    listening.listen(_BACKLOG)
    return listening


def address_of(listening: socket.socket) -> str:
    """Where it listens, for people."""
    if listening.family == getattr(socket, "AF_UNIX", None):
        return str(listening.getsockname())
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def run(service: Service, binding: Binding, listening: socket.socket, told: Callable[[], None]) -> str:
    """Serves until a signal ends it; `told` is called when everybody is ready. Gives why it could not go on, if so."""
    return asyncio.run(_run(service, binding, listening, told))


async def _run(service: Service, binding: Binding, listening: socket.socket, told: Callable[[], None]) -> str:
    server = _Server(
        uvicorn.Config(
            create_app(service=service),
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=int(binding.grace),
        )
    )
    ending = _Ending(service, server, binding)
    with ending.on_signals():
        beginning = asyncio.ensure_future(_begin(service, server, told))
        try:
            await server.serve(sockets=[listening])
        finally:
            failure = await beginning if beginning.done() else ""
            beginning.cancel()
            await service.stop()
            if binding.uds is not None:
                with contextlib.suppress(OSError):
                    os.unlink(binding.uds)
    return failure


async def _begin(service: Service, server: uvicorn.Server, told: Callable[[], None]) -> str:
    """Gets everybody ready while the server answers already, /readyz among others."""
    try:
        await service.start()
    except CrewError as error:
        server.should_exit = True
        return str(error)
    settle()
    told()
    return ""


class _Server(uvicorn.Server):
    """Leaves signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Ending:
    """What signals do."""

    def __init__(self, service: Service, server: uvicorn.Server, binding: Binding) -> None:
        self._service = service
        self._server = server
        self._binding = binding
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[object]] = set()

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """While inside: the first SIGTERM or SIGINT ends the server, a second one at once; SIGHUP reloads."""
        actions: dict[str, Callable[[], None]] = {"SIGTERM": self._end, "SIGINT": self._end, "SIGHUP": self._reload}
        before = {}
        for name, action in actions.items():
            if hasattr(signal, name):
                number = getattr(signal, name)
                before[number] = signal.signal(number, lambda *_, do=action: self._loop.call_soon_threadsafe(do))
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self) -> None:
        if self._service.draining:
            self._server.force_exit = self._server.should_exit = True
            return
        self._service.draining = True
        self._loop.call_later(self._binding.drain, setattr, self._server, "should_exit", True)

    def _reload(self) -> None:
        task: asyncio.Task[object] = self._loop.create_task(self._reloaded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reloaded(self) -> None:
        if await self._service.reload():
            settle()
