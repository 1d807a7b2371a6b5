"""How much longer a mail takes when it is judged: the same filter with judging and without, in turns, in one run."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.smtp.mails import mail, violates
from benchmarks.smtp.processes import Process, filter_before, send, sink

BLOCKS = 8


class Latency(NamedTuple):
    """Seconds from the connection to the answer, at `rate` mails a second."""

    relay: str
    rate: float
    judged: list[float]
    plain: list[float]

    def ratio(self, quantile: float) -> float:
        return _at(self.judged, quantile) / _at(self.plain, quantile)

    def shown(self) -> str:
        times = "; ".join(
            f"{name} {1e3 * _at(self.judged, at):.1f} ms against {1e3 * _at(self.plain, at):.1f}: {self.ratio(at):.2f}"
            for name, at in (("median", 0.5), ("p99", 0.99))
        )
        return f"{self.relay}, {self.rate:.0f} mails a second, {len(self.judged)} each: {times}"


def measured(mails: int, relay_port: int | None = None, relay: str = "a relay that takes all at once") -> Latency:
    """Latencies of so many clean mails through each filter, before the given relay, or one of our own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        processes: list[Process] = []
        try:
            if relay_port is None:
                processes.append(sink(folder))
                relay_port = processes[0].port
            judging = filter_before(relay_port, folder)
            plain = filter_before(relay_port, folder, "--no-judging")
            processes += [judging, plain]
            for process in processes:
                process.wait()
            return asyncio.run(_measured(mails, judging.port, plain.port, relay))
        finally:
            for process in processes:
                process.kill()


async def _measured(mails: int, judging: int, plain: int, relay: str) -> Latency:
    numbers = iter(number for number in range(10**9) if not violates(number))
    await _together(judging, [next(numbers) for _ in range(100)])  # warms up
    await _together(plain, [next(numbers) for _ in range(100)])
    count = min(1000, max(200, mails))
    started = time.perf_counter()
    await _together(judging, [next(numbers) for _ in range(count)])
    rate = count / (time.perf_counter() - started) / 2
    times: dict[int, list[float]] = {judging: [], plain: []}
    for _ in range(BLOCKS):
        for port in (judging, plain):
            times[port] += await _at_a_rate(port, [next(numbers) for _ in range(mails // BLOCKS)], rate)
    return Latency(relay, rate, times[judging], times[plain])


async def _together(port: int, numbers: list[int]) -> None:
    """As fast as eight clients can."""
    left = iter(numbers)

    async def client() -> None:
        for number in left:
            _must_be_taken(await send(port, mail(number)))

    await asyncio.gather(*(client() for _ in range(8)))


async def _at_a_rate(port: int, numbers: list[int], rate: float) -> list[float]:
    """Seconds for each mail; each begins at its time, whether those before it are done or not."""
    times: list[float] = []
    wires = [mail(number) for number in numbers]
    began = time.perf_counter()

    async def one(index: int) -> None:
        await asyncio.sleep(max(0.0, began + index / rate - time.perf_counter()))
        started = time.perf_counter()
        _must_be_taken(await send(port, wires[index]))
        times.append(time.perf_counter() - started)

    await asyncio.gather(*(one(index) for index in range(len(wires))))
    return times


def _must_be_taken(answer: bytes) -> None:
    if not answer.startswith(b"250"):
        raise RuntimeError(f"a clean mail was answered {answer!r}")


def _at(times: list[float], quantile: float) -> float:
    return statistics.quantiles(times, n=1000, method="inclusive")[round(quantile * 1000) - 1]
