"""The client of the HTTP benchmark: it counts what was answered, and stumbles over what was not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from benchmarks.http.load import as_fast_as_it_can, at_a_rate

Ask = Callable[[int], Awaitable[object]]


def asked(answer: bytes, ask: Ask) -> tuple[list[bytes], object]:
    """Requests that came to a server which always answers so, and what the client says."""
    came: list[bytes] = []
    serving: list[asyncio.Task[None] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                came.append(await reader.readexactly(int(head.partition(b"Content-Length: ")[2].split()[0])))
                writer.write(answer[:20])  # in two pieces
                await writer.drain()
                writer.write(answer[20:])
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def whole() -> object:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            try:
                return await ask(server.sockets[0].getsockname()[1])
            finally:
                await asyncio.gather(*filter(None, serving))

    return came, asyncio.run(whole())


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
RECORDS = [b'{"text": "a"}', b'{"text": "bb"}']


def test_every_request_is_answered_and_counted() -> None:
    came, told = asked(OK, lambda port: as_fast_as_it_can(port, RECORDS, 0.1, 3))
    assert isinstance(told, tuple)
    rate, took = told
    assert len(came) - 3 <= round(rate * took) <= len(came)
    assert set(came) == set(RECORDS)


def test_at_a_rate_there_is_a_latency_for_each_request() -> None:
    came, latencies = asked(OK, lambda port: at_a_rate(port, RECORDS, 500, 0.1, 2))
    assert isinstance(latencies, list)
    assert len(latencies) == len(came) == 50
    assert min(latencies) > 0


def test_an_answer_that_is_none_ends_it() -> None:
    with pytest.raises(RuntimeError, match="were not 200"):
        asked(OK.replace(b"200", b"503"), lambda port: as_fast_as_it_can(port, RECORDS, 0.05, 2))
