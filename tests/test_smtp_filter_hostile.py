"""The SMTP filter against bad input, at its limits, and at its end: one mail never becomes two, or another."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.mailfilter import wire
from tests.gates import RecordingGate
from tests.smtp_filter import HEADER, RELAY, Client, FakeRelay, client, filtering

CLEAN = HEADER + b"\r\nIt is on its way.\r\n"
SHOUT = HEADER + b"\r\nHURRY to the door\r\n"
CERTIFICATE = Path(__file__).parent / "data" / "mail-server.pem"


@pytest.fixture
def gate(tmp_path: Path) -> RecordingGate:
    return RecordingGate(tmp_path)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 120))


async def began(one: Client, recipient: str = RELAY) -> None:
    assert (await one.say(b"MAIL FROM:<a@shop.example>")).startswith(b"250")
    assert (await one.say(b"RCPT TO:<" + recipient.encode() + b">")).startswith(b"250")
    assert (await one.say(b"DATA")).startswith(b"354")


# --- the wire ---------------------------------------------------------------------------------------------------------

_BITS = st.lists(st.sampled_from([b"\r", b"\n", b".", b"\r\n", b"x", b"\r\n.", b".\r\n", b"\r\n.\r", b"\n.\n"]))


async def _read(data: bytes, cut: int, limit: int) -> tuple[bytes, bytes]:
    reader = asyncio.StreamReader(limit=limit)
    reader.feed_data(data[:cut])
    asyncio.get_running_loop().call_soon(reader.feed_data, data[cut:])
    mail = b"".join([piece async for piece in wire.pieces(reader)])
    await asyncio.sleep(0)  # where the first half held the whole mail, the second is still to come
    reader.feed_eof()
    return mail, await reader.read()


@given(_BITS, _BITS, st.integers(0, 60), st.integers(1, 12))
def test_a_mail_ends_where_a_line_is_a_dot_and_nowhere_else(
    before: list[bytes], behind: list[bytes], cut: int, limit: int
) -> None:
    data = b"".join(before) + wire.END + b"".join(behind)
    whole = (b"\r\n" + data).partition(wire.END)
    mail, rest = asyncio.run(_read(data, cut, limit))
    assert mail == (whole[0] + b"\r\n")[2:]
    assert rest == whole[2]


@given(st.lists(st.sampled_from([b".", b"..", b"x", b"", b".x", b"x.", b"\r", b"\n"])))
def test_dots_are_taken_away_and_put_back(lines: list[bytes]) -> None:
    mail = b"".join(line + b"\r\n" for line in lines)
    sent = wire.stuffed(mail)
    assert (b"\r\n" + sent).count(wire.END) == 1
    assert sent.endswith(b".\r\n")
    assert wire.unstuffed(sent[:-3]) == mail


# --- two mails in one -------------------------------------------------------------------------------------------------

SMUGGLED = b"MAIL FROM:<evil@shop.example>\r\nRCPT TO:<b@buyer.example>\r\nDATA\r\n" + SHOUT


@pytest.mark.parametrize("recipient", [RELAY, "anna@buyer.example"])
@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n.\r", b"\r\n.\r\r\n", b"\r\n\0.\n"]
)
def test_what_only_looks_like_an_end_has_the_mail_refused(gate: RecordingGate, end: bytes, recipient: str) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            await began(one, recipient)
            answer = await one.say(CLEAN + end + SMUGGLED + b".")
            assert answer == b"554 5.6.0 msgpolicy takes no mail with CR or LF that are not CRLF"
            assert (await one.send(CLEAN)).startswith(b"250")
            assert [sent for _, sent in relay.mails] == [CLEAN + b".\r\n"]
            assert not any(b"evil" in command for command in relay.said)

    run(test)


@pytest.mark.parametrize("bad", [b"a\rb", b"a\nb", b"a\r\rb"])
def test_bare_line_ends_are_refused_wherever_they_stand(gate: RecordingGate, bad: bytes) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            for mail in (b"Subject: " + bad + b"\r\n\r\n", HEADER + b"\r\n" + bad + b"\r\n"):
                assert (await one.send(mail)).startswith(b"554 5.6.0")
            assert relay.mails == []

    run(test)


@pytest.mark.parametrize(
    "command",
    [
        b"MAIL FROM:<a@shop.example>\rRCPT TO:<b@buyer.example>",
        b"MAIL FROM:<a\x00@shop.example>",
        b"MAIL FROM:<a@shop.example> BODY=7BIT\x0bX",
        b"MAIL FROM:<a\x7f@shop.example>",
        b"MAIL <a@shop.example>",
        b"MAIL",
    ],
)
def test_commands_that_are_none_do_not_reach_the_relay(gate: RecordingGate, command: bytes) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert (await one.say(command)).startswith(b"501 5.5.4")
            assert not any(line.startswith(b"MAIL") for line in relay.said)
            assert (await one.send(CLEAN)).startswith(b"250")

    run(test)


def test_commands_out_of_order_and_unknown_ones(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, _, port), client(port, greet=False) as one:
            assert (await one.say(b"MAIL FROM:<>")).startswith(b"503")
            assert (await one.say(b"HELO x")) == b"250 filter.example"
            assert (await one.say(b"RCPT TO:<a@b.example>")).startswith(b"503")
            assert (await one.say(b"DATA")).startswith(b"503")
            assert (await one.say(b"AUTH PLAIN AGEAYg==")).startswith(b"502")
            assert (await one.say(b"BDAT 5 LAST")).startswith(b"500")
            assert (await one.say(b"VRFY anna")).startswith(b"252")
            assert (await one.say(b"x" * 5000)).startswith(b"500")
            assert (await one.say(b"NOOP")).startswith(b"250")
            assert (await one.send(CLEAN)).startswith(b"250")
            assert (await one.say(b"QUIT")).startswith(b"221")

    run(test)


def test_nothing_of_what_clients_say_is_logged(
    gate: RecordingGate, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, _, port), client(port) as one:
            await one.say(b"SECRET secret@shop.example")
            await one.say(b"MAIL FROM:<secret@shop.example>\x01")
            await one.send(HEADER + b"\r\nsecret\nsecret\r\n")

    with caplog.at_level("DEBUG"):
        run(test)
    told = caplog.text + "".join(capfd.readouterr())
    assert "ecret" not in told


# --- a connection that ends too early ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [b"", b".", HEADER, CLEAN, CLEAN + b".", CLEAN + b".\r"])
def test_a_mail_that_was_cut_off_is_not_handed_on(gate: RecordingGate, part: bytes) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, service, port):
            async with client(port) as one:
                await began(one)
                one.writer.write(part)
                await one.writer.drain()
            while service.sessions:
                await asyncio.sleep(0.01)
            assert relay.mails == []
            assert relay.said.count(b"DATA\r\n") == 0
            assert service.memory.take(service.options.memory)

    run(test)


# --- sizes and numbers ------------------------------------------------------------------------------------------------


def test_a_mail_that_is_too_large_is_refused_and_the_session_goes_on(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, size_limit=100_000) as (relay, service, port), client(port) as one:
            assert b"250-SIZE 100000" in await one.say(b"EHLO x")
            assert await one.say(b"MAIL FROM:<a@shop.example> SIZE=100001") == b"552 5.3.4 message too large"
            assert await one.send(b"x" * 99_999 + b"\r\n") == b"552 5.3.4 message too large"
            assert await one.send((b"x" * 70 + b"\r\n") * 100_000) == b"552 5.3.4 message too large"
            assert (await one.send(CLEAN)).startswith(b"250")
            assert len(relay.mails) == 1
            assert service.memory.take(service.options.memory)

    run(test)


def test_more_than_the_memory_that_is_left_is_a_matter_of_time(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, memory=300_000) as (relay, service, port):
            async with client(port) as one, client(port) as other:
                await began(one)
                one.writer.write(HEADER + b"\r\n" + b"x" * 250_000)
                await one.writer.drain()
                while service.memory.take(100_000):
                    service.memory.give_back(100_000)
                    await asyncio.sleep(0.01)
                assert (await other.send(b"x" * 200_000 + b"\r\n")).startswith(b"452 4.3.1")
                assert (await one.say(b"\r\n.")).startswith(b"250")
                assert (await other.send(CLEAN)).startswith(b"250")
            assert len(relay.mails) == 2

    run(test)


def test_ten_thousand_recipients(gate: RecordingGate) -> None:
    many = [b"RCPT TO:<buyer%d@marketplace.amazon.de>" % number for number in range(10_000)]

    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            commands = b"\r\n".join([b"MAIL FROM:<a@shop.example>", *many, b"DATA", b""])
            one.writer.write(commands)
            answers = [await one.answer() for _ in range(10_002)]
            assert answers[-1].startswith(b"354")
            assert (await one.say(CLEAN + b".")).startswith(b"250")
            assert len(relay.mails[0][0]) == 10_001

    run(test)


def test_a_relay_that_takes_no_more_recipients_says_so(gate: RecordingGate) -> None:
    async def test() -> None:
        full = b"452 4.5.3 Error: too many recipients"
        async with (
            filtering(gate, lambda relay: relay.answers.update({b"RCPT TO:<B": full})) as (relay, _, port),
            client(port) as one,
        ):
            await one.say(b"MAIL FROM:<a@shop.example>")
            assert (await one.say(b"RCPT TO:<a@buyer.example>")).startswith(b"250")
            assert await one.say(b"RCPT TO:<b@buyer.example>") == full
            assert (await one.say(b"DATA")).startswith(b"354")
            assert (await one.say(CLEAN + b".")).startswith(b"250")
            assert len(relay.mails[0][0]) == 2

    run(test)


@pytest.mark.slow
def test_fifty_megabytes(gate: RecordingGate) -> None:
    mail = HEADER + b"\r\n" + (b"x" * 76 + b"\r\n") * 650_000

    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert (await one.send(mail)).startswith(b"552 5.3.4")
            assert relay.mails == []
        async with filtering(gate, size_limit=100_000_000) as (relay, _, port), client(port) as one:
            assert (await one.send(mail, "anna@buyer.example")).startswith(b"250")
            assert relay.mails[0][1] == mail + b".\r\n"

    run(test)


def test_hundreds_of_clients_at_once(gate: RecordingGate) -> None:
    async def one_mail(port: int) -> bytes:
        async with client(port) as one:
            return await one.send(CLEAN)

    async def test() -> None:
        async with filtering(gate) as (relay, _, port):
            answers = await asyncio.gather(*(one_mail(port) for _ in range(200)))
            assert {answer[:3] for answer in answers} == {b"250"}
            assert [sent for _, sent in relay.mails] == [CLEAN + b".\r\n"] * 200

    run(test)


def test_one_client_too_many_is_told(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, connections=2) as (_, _, port), client(port), client(port) as two:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await reader.read() == b"421 4.3.2 too many connections, try again later\r\n"
            writer.close()
            await writer.wait_closed()
            assert (await two.send(CLEAN)).startswith(b"250")

    run(test)


def test_a_client_that_says_nothing_is_let_go(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, timeout=0.3) as (relay, _, port), client(port) as one:
            await began(one)
            one.writer.write(CLEAN)
            assert (await one.answer()).startswith(b"421 4.4.2")
            assert await one.reader.read() == b""
            assert relay.mails == []

    run(test)


def test_mails_for_which_there_is_no_judge_in_time_come_again(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, time_budget=0.2)

    async def test() -> None:
        async with filtering(gate) as (relay, service, port), client(port) as one:
            while not service.judges._slots.locked():
                await service.judges._slots.acquire()
            assert (await one.send(CLEAN)).startswith(b"451 4.3.2")
            assert relay.mails == []

    run(test)


def test_a_whole_session_in_one_packet(gate: RecordingGate) -> None:
    begin = b"MAIL FROM:<a@shop.example>\r\nRCPT TO:<" + RELAY.encode() + b">\r\nDATA\r\n"

    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            one.writer.write(
                begin + SHOUT + b".\r\n" + begin + CLEAN + b".\r\nRSET\r\nQUIT\r\n" + begin + CLEAN + b".\r\n"
            )
            answers = [await one.answer() for _ in range(10)]
            assert [answer[:3] for answer in answers] == [
                b"250", b"250", b"354", b"550", b"250", b"250", b"354", b"250", b"250", b"221",
            ]  # fmt: skip
            assert await one.reader.read() == b""
            assert [sent for _, sent in relay.mails] == [CLEAN + b".\r\n"]

    run(test)


# --- TLS --------------------------------------------------------------------------------------------------------------


def server_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


def client_context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


def test_starttls(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, tls=server_context(), require_tls=True) as (relay, _, port), client(port) as one:
            assert b"STARTTLS" in await one.say(b"EHLO x")
            assert (await one.say(b"MAIL FROM:<>")).startswith(b"530")
            # What is said in the clear behind the command is not taken for what is encrypted.
            assert (await one.say(b"STARTTLS\r\nMAIL FROM:<evil@shop.example>")).startswith(b"220")
            await one.writer.start_tls(client_context(), server_hostname="localhost")
            assert b"STARTTLS" not in await one.say(b"EHLO x")
            assert (await one.send(CLEAN)).startswith(b"250")
            assert (await one.send(SHOUT)).startswith(b"550")
            assert not any(b"evil" in command for command in relay.said)
            assert len(relay.mails) == 1

    run(test)


def offering(relay: FakeRelay) -> None:
    relay.extensions.append(b"STARTTLS")
    relay.context = server_context()


@pytest.mark.parametrize("tls", ["may", "require"])
def test_tls_to_the_relay(gate: RecordingGate, tls: str) -> None:
    async def test() -> None:
        context = client_context() if tls == "require" else None
        async with filtering(gate, offering, relay_tls=tls, context=context) as (relay, _, port), client(port) as one:
            assert (await one.send(CLEAN)).startswith(b"250")
            assert relay.said[:2] == [b"EHLO filter.example\r\n", b"STARTTLS\r\n"]

    run(test)


def test_no_tls_where_it_is_never_wanted(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, offering, relay_tls="never") as (relay, _, port), client(port) as one:
            assert (await one.send(CLEAN)).startswith(b"250")
            assert b"STARTTLS\r\n" not in relay.said

    run(test)


@pytest.mark.parametrize("offers", [True, False])
def test_a_relay_without_tls_that_is_trusted_gets_no_mail_where_it_is_required(
    gate: RecordingGate, offers: bool
) -> None:
    async def test() -> None:
        strangers = ssl.create_default_context()
        set_up = offering if offers else None
        async with (
            filtering(gate, set_up, relay_tls="require", context=strangers) as (relay, _, port),
            client(port) as one,
        ):
            assert (await one.send(CLEAN)).startswith(b"451 4.4.1 relay ")
            assert relay.mails == []

    run(test)


def test_a_relay_whose_tls_fails_gets_mail_in_the_clear_where_tls_may_be(gate: RecordingGate) -> None:
    def broken(relay: FakeRelay) -> None:
        offering(relay)
        relay.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # without a certificate

    async def test() -> None:
        async with filtering(gate, broken) as (relay, _, port), client(port) as one:
            assert (await one.send(CLEAN)).startswith(b"250")
            assert relay.said.count(b"STARTTLS\r\n") == 1
            assert relay.sessions == 2

    run(test)


def test_what_a_relay_says_in_the_clear_behind_starttls_is_not_taken_for_encrypted(gate: RecordingGate) -> None:
    def talking(relay: FakeRelay) -> None:
        relay.extensions.append(b"STARTTLS")
        relay.answers[b"STARTTLS"] = b"220 go\r\n250 forged"

    async def test() -> None:
        async with filtering(gate, talking) as (relay, _, port), client(port) as one:
            assert (await one.send(CLEAN)).startswith(b"451 4.4.1")
            assert relay.mails == []

    run(test)


# --- the end ----------------------------------------------------------------------------------------------------------


def test_who_is_told_to_stop_finishes_the_mails_that_come_in(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, service, port), client(port) as idle, client(port) as busy:
            await began(busy)
            stopping = asyncio.create_task(service.stop(20))
            assert (await idle.answer()).startswith(b"421 4.3.2")
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", port)
            assert (await busy.say(CLEAN + b".")).startswith(b"250")
            assert (await busy.answer()).startswith(b"421 4.3.2")
            await stopping
            assert len(relay.mails) == 1

    run(test)


def test_a_mail_that_does_not_come_to_its_end_does_not_hold_up_the_end(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, service, port), client(port) as one:
            await began(one)
            await service.stop(0.1)
            assert await one.reader.read() == b""
            assert relay.mails == []

    run(test)
