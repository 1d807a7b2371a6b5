"""A client that keeps a number of connections busy, or asks at a fixed rate. It does as little as can be."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence


class _Connection(asyncio.Protocol):
    """One connection with one request at a time."""

    def __init__(self, answered: Callable[[_Connection], None]) -> None:
        self._answered = answered
        self._received = bytearray()
        self._wanted = 0
        self.due = 0.0
        self.failed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, request: bytes, due: float = 0.0) -> None:
        self.due = due
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._wanted:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._received[:end]).lower()
            self.failed += not head.startswith(b"http/1.1 200")
            length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self._wanted = end + 4 + int(length)
        if len(self._received) >= self._wanted:
            self._received.clear()
            self._wanted = 0
            self._answered(self)


def request_of(record: bytes, host: str) -> bytes:
    head = f"POST /v1/check HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(record)}"
    return head.encode() + b"\r\n\r\n" + record


async def as_fast_as_it_can(
    port: int, records: Sequence[bytes], seconds: float, connections: int
) -> tuple[float, float]:
    """Requests answered in a second, and the seconds that it took, with so many connections that each ask again when
    they are answered.

    Raises:
        RuntimeError: an answer was none.
    """
    requests = [request_of(record, f"127.0.0.1:{port}") for record in records]
    count = 0
    ending = asyncio.Event()
    began = time.perf_counter()

    def answered(connection: _Connection) -> None:
        nonlocal count
        count += 1
        if time.perf_counter() - began >= seconds:
            ending.set()
        else:
            connection.ask(requests[count % len(requests)])

    used = await _connected(port, connections, answered)
    began = time.perf_counter()
    for number, connection in enumerate(used):
        connection.ask(requests[number % len(requests)])
    await ending.wait()
    took = time.perf_counter() - began
    _close(used)
    return count / took, took


async def at_a_rate(port: int, records: Sequence[bytes], rate: float, seconds: float, connections: int) -> list[float]:
    """Seconds from when each request was due until it was answered; requests that wait for a connection wait, too.

    Raises:
        RuntimeError: an answer was none.
    """
    requests = [request_of(record, f"127.0.0.1:{port}") for record in records]
    latencies: list[float] = []
    waiting: deque[tuple[bytes, float]] = deque()
    free: deque[_Connection] = deque()

    def answered(connection: _Connection) -> None:
        latencies.append(time.perf_counter() - connection.due)
        if waiting:
            connection.ask(*waiting.popleft())
        else:
            free.append(connection)

    used = await _connected(port, connections, answered)
    free.extend(used)
    count = int(rate * seconds)
    began = time.perf_counter()
    for number in range(count):
        due = began + number / rate
        while (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left if left > 0.002 else 0)
        request = requests[number % len(requests)]
        if free:
            free.popleft().ask(request, due)
        else:
            waiting.append((request, due))
    while len(latencies) < count:
        await asyncio.sleep(0.01)
    _close(used)
    return latencies


async def _connected(port: int, count: int, answered: Callable[[_Connection], None]) -> list[_Connection]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(lambda: _Connection(answered), "127.0.0.1", port))[1] for _ in range(count)]


def _close(connections: Sequence[_Connection]) -> None:
    failed = sum(connection.failed for connection in connections)
    for connection in connections:
        connection.transport.close()
    if failed:
        raise RuntimeError(f"{failed} answers were not 200")
