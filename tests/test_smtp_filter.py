"""The SMTP filter: what it hands on, what it refuses, and what it says when something fails."""

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
from tests.smtp_filter import HEADER, HERE, RELAY, FakeRelay, client, filtering

BODY = b"\r\nIt is on its way.\r\n"
SHOUT = b"\r\nHURRY to the door\r\n"
CLEAN = HEADER + BODY
NOWHERE = Options(relay=Target("relay.example", 25, "filter.example"))


@pytest.fixture
def gate(tmp_path: Path) -> RecordingGate:
    return RecordingGate(tmp_path)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 60))


# --- what goes on, and what does not ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mail",
    [
        CLEAN,
        b"",
        b"\r\n",
        b"\r\n\r\n\r\n",
        b"..\r\n",
        b"no header\r\n",
        HEADER + b"\r\n..dot\r\n...\r\n\r\n..\r\n",
        HEADER + b"\r\n" + b"x" * 200_000 + b"\r\n",
        HEADER + b"\r\n" + bytes(range(1, 10)) + bytes(range(128, 256)) + b"\x00\r\n",
        HEADER + b"\r\n" + b"..line\r\n" * 100_000,
    ],
    ids=range(10),
)
@pytest.mark.parametrize("recipient", [RELAY, "anna@buyer.example"])
def test_what_may_leave_is_handed_on_byte_for_byte(gate: RecordingGate, mail: bytes, recipient: str) -> None:
    gate.switch_dry_run(True)

    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            answer = await one.send(mail, recipient, options=b" BODY=8BITMIME")
            assert answer == b"250 2.0.0 relay has it"
            [(envelope, wire)] = relay.mails
            assert wire == mail + b".\r\n"
            assert envelope == [
                b"MAIL FROM:<service@shop.example> BODY=8BITMIME\r\n",
                b"RCPT TO:<%s>\r\n" % recipient.encode(),
            ]

    run(test)
    assert len(gate.lines) == (recipient == RELAY)


def test_a_mail_that_breaks_the_policy_is_refused_and_the_session_goes_on(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert await one.send(HEADER + SHOUT) == b"550 5.7.1 refused by msgpolicy: no-shouting"
            assert relay.mails == []
            assert await one.send(CLEAN) == b"250 2.0.0 relay has it"
            assert [wire for _, wire in relay.mails] == [CLEAN + b".\r\n"]
            assert relay.said.count(b"RSET\r\n") == 1

    run(test)
    assert [line["decision"] for line in gate.lines] == ["refuse", "send"]
    assert {line["hook"] for line in gate.lines} == {"smtp"}


def test_other_mail_is_not_judged(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert (await one.send(HEADER + SHOUT, "anna@buyer.example")).startswith(b"250")
            assert len(relay.mails) == 1

    run(test)
    assert gate.lines == []


@pytest.mark.parametrize(
    "to",
    [
        b"<anna@buyer.example>",
        b"<anna@buyer.example> ORCPT=rfc822;a@marketplace.amazon.de",
        b"<anna@marketplace.amazon.de.buyer.example>",
    ],
)
def test_who_is_not_at_a_judged_host(gate: RecordingGate, to: bytes) -> None:
    assert Filter(gate, NOWHERE).judges.judged_address("TO:" + to.decode()) is None


@pytest.mark.parametrize(
    ("to", "address"),
    [
        ("<a@marketplace.amazon.de>", "a@marketplace.amazon.de"),
        ("<a@MARKETPLACE.amazon.DE.> NOTIFY=NEVER", "a@MARKETPLACE.amazon.DE."),
        (" <@hop.example:a@marketplace.amazon.co.uk>", "@hop.example:a@marketplace.amazon.co.uk"),
        ("a@marketplace.amazon.de", "a@marketplace.amazon.de"),
        ('"a b"@marketplace.amazon.de', '"a b"@marketplace.amazon.de'),
        ('<"a>b"@marketplace.amazon.de>', '"a'),
    ],
)
def test_who_is_at_a_judged_host_however_it_is_written(gate: RecordingGate, to: str, address: str) -> None:
    assert Filter(gate, NOWHERE).judges.judged_address("TO:" + to) == address


def test_one_judged_recipient_has_the_whole_mail_judged(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert (await one.send(HEADER + SHOUT, "anna@buyer.example", RELAY)).startswith(b"550 5.7.1")
            assert (await one.send(CLEAN, "anna@buyer.example", RELAY)).startswith(b"250")
            assert len(relay.mails[0][0]) == 3

    run(test)


def test_a_recipient_that_the_relay_refuses_does_not_have_a_mail_judged(gate: RecordingGate) -> None:
    async def test() -> None:
        def refusing(relay: FakeRelay) -> None:
            relay.answers[b"RCPT TO:<A1B2"] = b"550-5.1.1 nobody\r\n550 5.1.1 of that name"

        async with filtering(gate, refusing) as (relay, _, port), client(port) as one:
            await one.say(b"MAIL FROM:<>")
            assert await one.say(b"RCPT TO:<" + RELAY.encode() + b">") == relay.answers[b"RCPT TO:<A1B2"]
            assert (await one.say(b"DATA")) == b"554 5.5.1 Error: no valid recipients"
            await one.say(b"RCPT TO:<anna@buyer.example>", b"DATA")
            assert (await one.say(HEADER + SHOUT + b".")).startswith(b"250")

    run(test)
    assert gate.lines == []


# --- mail that is to be held ------------------------------------------------------------------------------------------


def test_held_mail_is_to_come_again(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, error="hold")

    async def test() -> None:
        async with filtering(gate) as (relay, _, port), client(port) as one:
            assert await one.send(HEADER + SHOUT) == b"450 4.7.1 held by msgpolicy: no-shouting"
            assert relay.mails == []

    run(test)


def test_held_mail_is_handed_on_with_a_mark(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, error="hold")

    async def test() -> None:
        async with filtering(gate, mark_held=True) as (relay, _, port), client(port) as one:
            assert (await one.send(b"X-Msgpolicy-Hold: forged\r\n" + HEADER + SHOUT)).startswith(b"250")
            assert [wire for _, wire in relay.mails] == [
                b"X-Msgpolicy-Hold: no-shouting\r\n" + HEADER + SHOUT + b".\r\n"
            ]

    run(test)


def test_a_refusal_is_not_marked(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, mark_held=True) as (relay, _, port), client(port) as one:
            assert (await one.send(HEADER + SHOUT)).startswith(b"550")
            assert relay.mails == []

    run(test)


# --- facts ------------------------------------------------------------------------------------------------------------

CANCELED = b"X-Msgpolicy-Order-Status: Canceled\r\n"


@pytest.mark.parametrize(
    ("trust", "forwarded", "code"),
    [
        (HERE, None, b"550"),
        ((), None, b"250"),
        ((ip_network("192.0.2.0/24"),), None, b"250"),
        ((*HERE, ip_network("192.0.2.0/24")), b"NAME=x ADDR=192.0.2.7", b"550"),
        ((*HERE, ip_network("2001:db8::/32")), b"ADDR=IPV6:2001:db8::7", b"550"),
        (HERE, b"NAME=x ADDR=192.0.2.7", b"250"),
        (HERE, b"NAME=x ADDR=[UNAVAILABLE]", b"250"),
        (HERE, b"NAME=x", b"250"),
    ],
)
def test_facts_count_where_the_client_is_trusted(
    gate: RecordingGate, trust: Any, forwarded: bytes | None, code: bytes
) -> None:
    async def test() -> None:
        async with filtering(gate, trust=trust) as (relay, _, port), client(port) as one:
            if forwarded:
                assert (await one.say(b"XFORWARD " + forwarded)).startswith(b"250")
            assert (await one.send(CANCELED + HEADER + b"x-msgpolicy-by :\r\n\tanna\r\n" + BODY))[:3] == code
            assert all(wire == CLEAN + b".\r\n" for _, wire in relay.mails)

    run(test)


def test_the_lookup_wins_over_headers(gate: RecordingGate) -> None:
    async def test() -> None:
        options = {"trust": HERE, "lookup": lambda message: {"order": {"status": "Shipped"}}}
        async with filtering(gate, **options) as (_, _, port), client(port) as one:
            assert (await one.send(CANCELED + CLEAN)).startswith(b"250")

    run(test)


def test_a_header_that_cannot_be_used_is_told(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate, trust=HERE) as (relay, _, port), client(port) as one:
            answer = await one.send(b"X-Msgpolicy-Odrer-Status: Shipped\r\n" + CLEAN)
            assert answer == b"550 5.6.0 X-Msgpolicy-Odrer-Status is not a header that msgpolicy knows"
            assert relay.mails == []

    run(test)


def test_send_anyway(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, send_anyway="all")
    asked = b"X-Msgpolicy-Send-Anyway: asked for by phone\r\nX-Msgpolicy-By: anna\r\n"

    async def test() -> None:
        async with filtering(gate, trust=HERE) as (_, _, port), client(port) as one:
            assert (await one.send(asked + HEADER + SHOUT)).startswith(b"250")
        async with filtering(gate) as (_, _, port), client(port) as one:
            assert (await one.send(asked + HEADER + SHOUT)).startswith(b"550")

    run(test)
    assert gate.lines[0]["override"] == {"reason": "asked for by phone", "by": "anna", "allowed": True}


@pytest.mark.parametrize("knows", [True, False])
def test_xforward_goes_on_where_the_relay_takes_it(gate: RecordingGate, knows: bool) -> None:
    async def test() -> None:
        def knowing(relay: FakeRelay) -> None:
            relay.extensions += [b"XFORWARD NAME ADDR"] * knows

        async with filtering(gate, knowing, trust=HERE) as (relay, _, port), client(port) as one:
            assert b"XFORWARD NAME ADDR" in await one.say(b"EHLO x")
            await one.send(HEADER + SHOUT)
            assert (await one.say(b"XFORWARD ADDR=192.0.2.7")).startswith(b"250")
            assert (b"XFORWARD ADDR=192.0.2.7\r\n" in relay.said) is knows
            if knows:  # a relay forgets it with the mail that was refused
                assert relay.said.index(b"RSET\r\n") < relay.said.index(b"XFORWARD ADDR=192.0.2.7\r\n")

    run(test)


def test_xforward_is_for_clients_that_are_trusted(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, _, port), client(port) as one:
            assert b"XFORWARD" not in await one.say(b"EHLO x")
            assert (await one.say(b"XFORWARD ADDR=127.0.0.1")).startswith(b"550 5.7.0")

    run(test)


# --- the relay --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [b"451 4.3.0 later", b"554-5.7.1 no\r\n554 5.7.1 never", b"552 5.3.4 large"])
@pytest.mark.parametrize("where", [b"MAIL", b"RCPT", b"DATA", b"."])
def test_what_the_relay_says_is_said_to_the_client(gate: RecordingGate, where: bytes, answer: bytes) -> None:
    async def test() -> None:
        async with (
            filtering(gate, lambda relay: relay.answers.update({where: answer})) as (_, _, port),
            client(port) as one,
        ):
            said = [await one.say(b"MAIL FROM:<a@shop.example>"), await one.say(b"RCPT TO:<b@buyer.example>")]
            said.append(await one.say(b"DATA"))
            if said[-1].startswith(b"354"):
                said.append(await one.say(CLEAN + b"."))
            assert answer in said

    run(test)


@pytest.mark.parametrize("where", [b"EHLO", b"MAIL", b"RCPT", b"DATA", b"."])
def test_a_relay_that_hangs_up_is_a_matter_of_time(gate: RecordingGate, where: bytes) -> None:
    async def test() -> None:
        async with (
            filtering(gate, lambda relay: relay.answers.update({where: None})) as (relay, _, port),
            client(port) as one,
        ):
            answer = await one.send(CLEAN)
            assert answer.startswith(b"451 4.4.1 relay ")
            assert relay.mails == []
            relay.answers.clear()
            assert (await one.send(CLEAN)).startswith(b"250")

    run(test)


def test_no_recipient_is_refused_for_good_because_the_relay_was_lost_in_between(gate: RecordingGate) -> None:
    async def test() -> None:
        async with (
            filtering(gate, lambda relay: relay.answers.update({b"RCPT TO:<B": None})) as (_, _, port),
            client(port) as one,
        ):
            await one.say(b"MAIL FROM:<a@shop.example>")
            assert (await one.say(b"RCPT TO:<a@buyer.example>")).startswith(b"250")
            for command in (b"RCPT TO:<b@buyer.example>", b"RCPT TO:<c@buyer.example>", b"DATA"):
                assert (await one.say(command)).startswith(b"451 4.4.1")

    run(test)


@pytest.mark.parametrize("answer", [b"hello", b"250 ok\rMAIL", b"999 what", b"250-" + b"x\r\n250-" * 300 + b"x"])
def test_a_relay_that_speaks_no_smtp(gate: RecordingGate, answer: bytes) -> None:
    async def test() -> None:
        async with (
            filtering(gate, lambda relay: relay.answers.update({b"MAIL": answer})) as (_, _, port),
            client(port) as one,
        ):
            assert (await one.say(b"MAIL FROM:<>")).startswith(b"451 4.4.1 relay ")

    run(test)


def test_a_relay_that_is_not_there(gate: RecordingGate) -> None:
    async def test() -> None:
        async with filtering(gate) as (relay, _, port):
            closed = await asyncio.start_server(relay.session, "127.0.0.1", 0)
            free = closed.sockets[0].getsockname()[1]
            closed.close()
            await closed.wait_closed()
            target = relay.port
            assert free != target
        async with filtering(gate) as (_, service, port):
            service.options = service.options._replace(relay=service.options.relay._replace(port=free))
            async with client(port) as one:
                assert (await one.say(b"MAIL FROM:<>")) == b"451 4.4.1 relay cannot be reached, try again later"

    run(test)


def test_what_the_relay_offers_is_offered(gate: RecordingGate) -> None:
    async def test() -> None:
        def offering(relay: FakeRelay) -> None:
            relay.extensions = [b"SIZE 1000", b"CHUNKING", b"8BITMIME", b"AUTH PLAIN"]

        async with filtering(gate, offering) as (_, _, port), client(port) as one:
            answer = await one.say(b"EHLO x")
            assert answer == b"250-filter.example\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 8BITMIME"

    run(test)


# --- when msgpolicy fails ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "code"), [("hold", b"451 4.7.1"), ("refuse", b"451 4.7.1"), ("send", b"250 2.0.0")]
)
def test_a_failure_is_temporary_or_let_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str, code: bytes
) -> None:
    gate = RecordingGate(tmp_path, failure=failure)

    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("private")

    monkeypatch.setattr(type(gate.linter), "check", fail)

    async def test() -> None:
        async with filtering(gate) as (_, _, port), client(port) as one:
            answer = await one.send(CLEAN)
            assert answer.startswith(code)
            assert b"private" not in answer

    run(test)


def test_a_lookup_that_fails_is_a_failure(gate: RecordingGate) -> None:
    def fail(_: Any) -> Any:
        raise OSError("private")

    async def test() -> None:
        async with filtering(gate, lookup=fail) as (relay, _, port), client(port) as one:
            answer = await one.send(CLEAN)
            assert answer.startswith(b"451 4.7.1")
            assert b"private" not in answer
            assert relay.mails == []

    run(test)
