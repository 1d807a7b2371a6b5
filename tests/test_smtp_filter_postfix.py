"""The SMTP filter before the queue of a real Postfix."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.mailfilter.relay import Target
from msgpolicy.mailfilter.server import Filter, Options
from tests.gates import RecordingGate
from tests.postfix import Postfix, free_port, postfix
from tests.smtp_filter import BACK, FRONT, RELAY, Client, FakeRelay
from tests.smtp_filter import HEADER as SHORT

pytestmark = pytest.mark.slow

# Postfix adds what is missing.
HEADER = SHORT + b"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: <m-1@shop.example>\r\n"
BODY = "It is on its way: zażółć.\r\n..dot\r\n".encode() + b"x" * 900 + b"\r\n"
HURRY = HEADER + b"\r\nHURRY to the door\r\n"

Test = Callable[["Around"], Coroutine[Any, Any, None]]


class Around:
    """All that stands around one test: client -> Postfix -> filter -> Postfix -> sink."""

    def __init__(self, server: Postfix, service: Filter, sink: FakeRelay) -> None:
        self.server, self.service, self.sink = server, service, sink
        self.clients: list[Client] = []

    async def client(self, address: str = "127.0.0.1") -> Client:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, local_addr=(address, 0))
        made = Client(reader, writer)
        self.clients.append(made)
        assert (await made.answer()).startswith(b"220")
        assert (await made.say(b"EHLO client.example")).startswith(b"250")
        return made

    async def arrived(self, count: int) -> list[bytes]:
        """So many mails, as they came to the sink."""
        for _ in range(3000):
            if len(self.sink.mails) >= count:
                break
            await asyncio.sleep(0.02)
        assert len(self.sink.mails) == count, self.server.log()
        return [wire for _, wire in self.sink.mails]


def run(gate: RecordingGate, test: Test, **options: Any) -> None:
    async def all_of_it() -> None:
        sink = FakeRelay()
        server = await asyncio.start_server(sink.session, "127.0.0.1", 0, limit=2**26)
        back = free_port()
        target = Target("127.0.0.1", back, "filter.example")
        service = Filter(gate, Options(relay=target, **options))
        [(_, port)] = await service.start("127.0.0.1", 0)
        made = postfix(
            server.sockets[0].getsockname()[1],
            {"header_checks": "regexp:{{/^X-Msgpolicy-Hold:/ HOLD}}", "message_size_limit": "60000000"},
            services=BACK.format(back=back),
            options=FRONT.format(filter=port),
        )
        around = Around(await asyncio.to_thread(made.__enter__), service, sink)
        try:
            await test(around)
        finally:
            for one in around.clients:
                one.writer.close()
                await one.writer.wait_closed()
            await asyncio.to_thread(made.__exit__, None, None, None)
            await service.stop(0)
            server.close()
            await asyncio.gather(*sink.tasks)

    asyncio.run(asyncio.wait_for(all_of_it(), 300))


@pytest.fixture
def gate(tmp_path: Path) -> RecordingGate:
    return RecordingGate(tmp_path)


def test_mail_goes_through_or_is_refused_to_who_sends_it(gate: RecordingGate) -> None:
    async def test(around: Around) -> None:
        one = await around.client()
        assert (await one.send(HEADER + b"\r\n" + BODY, options=b" BODY=8BITMIME")).startswith(b"250 2.0.0 Ok: queued")
        assert await one.send(HURRY) == b"550 5.7.1 refused by msgpolicy: no-shouting"
        assert (await one.send(HURRY, "anna@buyer.example")).startswith(b"250")
        assert (await one.send(HURRY, "anna@buyer.example", RELAY)).startswith(b"550 5.7.1")
        clean, other = await around.arrived(2)
        assert clean.endswith(HEADER + b"\r\n" + BODY + b".\r\n")
        assert other.endswith(HURRY + b".\r\n")
        # The client of the front is told to the back.
        assert b"from client.example (localhost [127.0.0.1])" in clean

    run(gate, test, trust=(ip_network("127.0.0.1"),))
    assert [line["decision"] for line in gate.lines] == ["send", "refuse", "refuse"]


CANCELED = b"X-Msgpolicy-Order-Status: Canceled\r\n" + HEADER + b"\r\nhello\r\n"


def test_facts_of_trusted_clients_through_postfix(gate: RecordingGate) -> None:
    async def test(around: Around) -> None:
        one = await around.client()
        assert (await one.send(CANCELED)).startswith(b"550 5.7.1 refused by msgpolicy: no-canceled")

    run(gate, test, trust=(ip_network("127.0.0.1"),))


def test_who_trusts_postfix_does_not_trust_its_clients(gate: RecordingGate) -> None:
    async def test(around: Around) -> None:
        one = await around.client("127.0.0.2")
        assert (await one.send(CANCELED)).startswith(b"250")
        [wire] = await around.arrived(1)
        assert b"X-Msgpolicy" not in wire
        assert b"[127.0.0.2]" in wire

    run(gate, test, trust=(ip_network("127.0.0.1"),))


def test_held_mail_waits_in_postfix(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, error="hold")

    async def marked(around: Around) -> None:
        one = await around.client()
        assert (await one.send(HURRY)).startswith(b"250")
        assert (await one.send(HEADER + b"\r\nhello\r\n")).startswith(b"250")
        await around.arrived(1)
        assert len(around.server.queued("hold")) == 1

    run(gate, marked, mark_held=True)


def test_without_the_filter_mail_waits_at_who_sends_it(gate: RecordingGate) -> None:
    async def test(around: Around) -> None:
        await around.service.stop(0)
        one = await around.client()
        answers = [await one.say(b"MAIL FROM:<a@shop.example>"), await one.say(b"RCPT TO:<" + RELAY.encode() + b">")]
        assert answers[-1].startswith(b"451 ")
        assert around.sink.mails == []

    run(gate, test)


def test_a_large_mail_and_many_recipients(gate: RecordingGate) -> None:
    async def test(around: Around) -> None:
        one = await around.client()
        many = [f"buyer{number}@marketplace.amazon.de" for number in range(1100)]
        await one.say(b"MAIL FROM:<a@shop.example>")
        answers = [await one.say(b"RCPT TO:<" + address.encode() + b">") for address in many]
        assert {answer[:3] for answer in answers[:1000]} == {b"250"}
        assert answers[-1].startswith(b"452 4.5.3")  # Postfix' own limit
        assert (await one.say(b"DATA")).startswith(b"354")
        assert (await one.say(HEADER + b"\r\nhello\r\n.")).startswith(b"250")
        large = HEADER + b"\r\n" + (b"x" * 76 + b"\r\n") * 400_000
        assert (await one.send(large)).startswith((b"552 5.3.4", b"4"))

    run(gate, test)
