"""Mails under load while the relay and the filter are killed at random: none lost, none forbidden, none changed."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.smtp.mails import mail, violates
from benchmarks.smtp.processes import filter_before, send, sink

CLIENTS = 16
# One of our headers, which has to go.
_FACT = b"X-Msgpolicy-Order-Status: Shipped\r\n"


class Kills(NamedTuple):
    """What came of it; the last four are to be 0."""

    mails: int
    seconds: float
    killed_filters: int
    killed_relays: int
    tries: int
    twice: int
    lost: int
    forbidden: int
    changed: int
    wrong_answers: int

    def shown(self) -> str:
        return (
            f"{self.mails:,} mails in {self.seconds:.0f} s, {self.tries:,} tries; killed: filter {self.killed_filters} "
            f"times, relay {self.killed_relays}; 250 without delivery: {self.lost}, violating mails delivered: "
            f"{self.forbidden}, mails changed: {self.changed}, wrong answers: {self.wrong_answers}; "
            f"delivered twice: {self.twice}"
        )


def run(mails: int, seed: int = 8, pause: tuple[float, float] = (2.0, 8.0)) -> Kills:
    """So many mails, each tried until it is answered for good; somebody is killed every few seconds."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_run(mails, Random(seed), Path(name), pause))


async def _run(mails: int, random: Random, folder: Path, pause: tuple[float, float]) -> Kills:
    relay = sink(folder)
    service = filter_before(relay.port, folder)
    await asyncio.to_thread(service.wait)
    numbers = iter(range(mails))
    answers: dict[int, bytes] = {}
    counted: Counter[str] = Counter()

    async def client() -> None:
        for number in numbers:
            while True:
                counted["tries"] += 1
                answer = await send(service.port, _FACT + mail(number))
                if answer[:1] in (b"2", b"5"):
                    answers[number] = answer
                    break
                await asyncio.sleep(0.05)

    async def killer() -> None:
        while True:
            await asyncio.sleep(random.uniform(*pause))
            victim, name = random.choice(((service, "filter"), (relay, "relay")))
            counted[name] += 1
            await asyncio.to_thread(victim.kill)
            await asyncio.sleep(random.uniform(0, 0.3))
            victim.start()

    started = time.perf_counter()
    killing = asyncio.create_task(killer())
    try:
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
        service.kill()
        relay.kill()
    return _counted(answers, folder / "taken", counted, mails, time.perf_counter() - started)


def _counted(answers: dict[int, bytes], taken: Path, counted: Counter[str], mails: int, seconds: float) -> Kills:
    delivered: dict[int, list[str]] = {}
    strange = 0
    for line in taken.read_text().splitlines():
        number, _, digest = line.partition(" ")
        if number.isdigit():
            delivered.setdefault(int(number), []).append(digest)
        else:
            strange += 1
    changed = sum(
        digest != hashlib.sha256(mail(number) + b".\r\n").hexdigest()
        for number, digests in delivered.items()
        for digest in digests
    )
    return Kills(
        mails=mails,
        seconds=seconds,
        killed_filters=counted["filter"],
        killed_relays=counted["relay"],
        tries=counted["tries"],
        twice=sum(len(digests) > 1 for digests in delivered.values()),
        lost=sum(answer.startswith(b"2") and number not in delivered for number, answer in answers.items()),
        forbidden=sum(violates(number) for number in delivered),
        changed=changed + strange,
        wrong_answers=sum(answer.startswith(b"550 5.7.1") != violates(number) for number, answer in answers.items()),
    )
