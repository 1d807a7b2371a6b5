"""The milter, asked by a mail server that is none: what it answers, what it keeps, how it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from kilter.protocol.messages import (
    ActionFlags,
    Body,
    ChangeHeader,
    EndOfMessage,
    Header,
    ProtocolFlags,
    Quarantine,
)

from msgpolicy import Message
from msgpolicy.mailfilter.lookup import Lookup, LookupFailedError
from msgpolicy.mailfilter.milter import Unix
from tests.gates import RELAY
from tests.mail_server_of_milter import ALL_STEPS, Answer, Spy, filtering

TO = b"<" + RELAY.encode() + b">"
BUYER = b"<anna@buyer.example>"
HERE = ip_network("192.0.2.0/24")
ORDER = "305-1234567-1234567"


@pytest.fixture
def gate(tmp_path: Path) -> Spy:
    return Spy(tmp_path)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 60))


def removed(answer: Answer) -> list[tuple[int, str]]:
    """Place and name of the headers that are to go."""
    changes = [ChangeHeader.from_buffer(memoryview(data)) for letter, data in answer.changes if letter == b"m"]
    assert all(bytes(change.value) == b"" for change in changes)
    return [(change.index, change.name) for change in changes]


# --- what is answered -------------------------------------------------------------------------------------------------


def test_sent_refused_and_held(tmp_path: Path) -> None:
    gate = Spy(tmp_path, warning="hold")

    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected()
            assert await server.send(b"It is on its way.") == Answer(b"a")
            refused = await server.send(b"HURRY")
            assert refused.letter == b"y"
            assert refused.data.startswith(b"550 5.7.1 refused by msgpolicy: no-shouting")
            assert refused.data.endswith(b"\0")
            held = await server.send(b"thanks")
            assert held.letter == b"a"
            [(letter, data)] = held.changes
            assert (letter, Quarantine.from_buffer(memoryview(data)).reason) == (b"q", "msgpolicy: no-thanks")
            assert await server.send(b"It is on its way.") == Answer(b"a")

    run(test)
    assert [line["decision"] for line in gate.lines] == ["send", "refuse", "hold", "send"]
    assert {line["hook"] for line in gate.lines} == {"milter"}


def test_held_may_be_a_matter_of_time(tmp_path: Path) -> None:
    async def test() -> None:
        async with filtering(Spy(tmp_path, warning="hold"), quarantine=False) as (_, connected):
            server = await connected(actions=ActionFlags.CHANGE_HEADERS)
            answer = await server.send(b"thanks")
            assert (answer.letter, answer.data[:9]) == (b"y", b"450 4.7.1")

    run(test)


def test_an_author_gets_utf8_only_where_it_is_spoken(tmp_path: Path) -> None:
    rules = (
        'schema: 1\nname: umlaut\nversion: "1"\nsources: {A: {title: T, site: s.example}}\nrules:\n'
        "- {id: one, group: g, check: pattern, with: {patterns: [HURRY]}, message: {en: M.},"
        " suggestion: {en: 'Gemütlich, 100 %.'}, source: A, examples: [{fail: HURRY}, {pass: x}]}\n"
    )
    path = tmp_path / "umlaut.yaml"
    path.write_text(rules, encoding="utf-8")

    async def test() -> None:
        async with filtering(Spy(tmp_path, ruleset=str(path))) as (_, connected):
            server = await connected()
            assert (await server.send(b"HURRY")).data.endswith(b"one: Gemutlich, 100 %%.\0")
            answer = await server.send(b"HURRY", options=[b"BODY=8BITMIME", b"SMTPUTF8"])
            assert answer.data.endswith("one: Gemütlich, 100 %%.\0".encode())

    run(test)


def test_mail_to_others_is_accepted_before_its_body(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected()
            await server.begin(BUYER, b"<someone@shop.example>")
            assert (await server.headers(("Subject", b"HURRY"))).letter == b"a"
            await server.begin(BUYER, TO)  # one recipient is enough
            assert (await server.headers(("Subject", b"HURRY"))).letter == b"c"
            server.say(Body(b"x"))
            await server.answered()
            assert (await server.end()).letter == b"y"

    run(test)
    assert len(gate.lines) == 1


@pytest.mark.parametrize(("failure", "letter", "data"), [("send", b"a", b""), ("refuse", b"y", b"451 4.7.1")])
def test_a_failure_is_what_the_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str, letter: bytes, data: bytes
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    gate = Spy(tmp_path, failure=failure)
    monkeypatch.setattr("msgpolicy.linter.Linter.check", broken)

    async def test() -> None:
        async with filtering(gate) as (_, connected):
            answer = await (await connected()).send(b"HURRY")
            assert (answer.letter, answer.data[:9]) == (letter, data)

    run(test)


def test_dry_run_accepts_and_holds_nothing(tmp_path: Path) -> None:
    gate = Spy(tmp_path, warning="hold", dry_run=True)

    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected()
            assert await server.send(b"HURRY") == Answer(b"a")
            assert await server.send(b"thanks") == Answer(b"a")

    run(test)
    assert [line["judged"] for line in gate.lines] == ["refuse", "hold"]


# --- the mail as it was sent ------------------------------------------------------------------------------------------


def test_the_mail_is_put_together_byte_for_byte(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected()
            await server.begin()
            for name, value in ((b"Subject", b"  two\n\tlines "), (b"X-Empty", b""), (b"To", b"\tx@shop.example")):
                server.tell(b"L", name + b"\0" + value + b"\0")
            server.tell(b"N")
            assert (await server.answered()).letter == b"c"
            for part in (b"\r\nfirst\r\n", b".\r\n", b"\xff\x00 last"):
                server.say(Body(part))
                assert (await server.answered()).letter == b"c"
            assert (await server.end(b", end\r\n")).letter == b"a"

    run(test)
    assert gate.mails == [
        b"Subject:  two\r\n\tlines \r\nX-Empty:\r\nTo:\tx@shop.example\r\n\r\n\r\nfirst\r\n.\r\n\xff\x00 last, end\r\n"
    ]


def test_a_mail_server_that_strips_the_blank_gets_one(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected(flags=ALL_STEPS & ~ProtocolFlags.HEADER_LEADING_SPACE)
            await server.send(b"Hello")

    run(test)
    assert gate.mails == [b"From: service@shop.example\r\nSubject: order\r\n\r\nHello\r\n"]


def test_a_mail_server_that_offers_little(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected(flags=ProtocolFlags.NONE, version=2)
            server.tell(b"H", b"\xff\xfe.example\0")
            assert (await server.answered()).letter == b"c"
            server.tell(b"T")
            assert (await server.answered()).letter == b"c"
            server.tell(b"U", b"NONSENSE\0")
            assert (await server.answered()).letter == b"c"
            assert (await server.send(b"Hello")).letter == b"a"
            assert (await server.send(b"HURRY")).letter == b"y"
            headers = [("X-Msgpolicy-Order-Id", b"1")]
            other = await server.send(b"HURRY", BUYER, headers=headers)
            assert (other.letter, removed(other)) == (b"a", [(1, "X-Msgpolicy-Order-Id")])

    run(test)


def test_no_steps_are_asked_for_that_are_not_needed(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected(negotiated=False)
            chosen = await server.negotiate()
            assert chosen.action_flags == ActionFlags.CHANGE_HEADERS | ActionFlags.QUARANTINE
            assert chosen.protocol_flags & ProtocolFlags.HEADER_LEADING_SPACE
            assert not chosen.protocol_flags & (ProtocolFlags.NO_BODY | ProtocolFlags.NO_HEADERS)
            few = await connected(negotiated=False)
            assert not (await few.negotiate(flags=ProtocolFlags.SKIP)).protocol_flags & ~ProtocolFlags.SKIP

    run(test)


# --- our headers ------------------------------------------------------------------------------------------------------

CANCELED = ("X-Msgpolicy-Order-Status", b"Canceled")


@pytest.mark.parametrize(
    ("client", "letter"),
    [
        (ip_address("192.0.2.7"), b"y"),
        (ip_address("::ffff:192.0.2.7"), b"y"),
        (ip_address("198.51.100.1"), b"a"),
        (Path("/run/x"), b"a"),
        (None, b"a"),
    ],
)
def test_facts_count_where_the_client_is_trusted_and_are_taken_out(gate: Spy, client: Any, letter: bytes) -> None:
    async def test() -> None:
        async with filtering(gate, trust=(HERE,)) as (_, connected):
            answer = await (await connected(client=client)).send(b"Hello", headers=[CANCELED])
            assert answer.letter == letter
            if letter == b"a":
                assert removed(answer) == [(1, "X-Msgpolicy-Order-Status")]

    run(test)
    assert b"Msgpolicy" not in gate.mails[0]


def test_headers_are_taken_out_from_the_last_on(gate: Spy) -> None:
    headers = [
        ("X-Msgpolicy-By", b"a"),
        ("Received", b"x"),
        ("x-msgpolicy-BY", b"b"),
        ("X-Msgpolicy-Hold", b"c"),
        ("X-Msgpolicy", b"another's"),
    ]

    async def test() -> None:
        async with filtering(gate) as (_, connected):
            answer = await (await connected()).send(b"Hello", headers=headers)
            assert removed(answer) == [(1, "X-Msgpolicy-Hold"), (2, "x-msgpolicy-BY"), (1, "X-Msgpolicy-By")]

    run(test)
    assert b"Received: x\r\nX-Msgpolicy: another's\r\n\r\n" in gate.mails[0]


def test_they_are_taken_out_of_mail_to_others_whose_body_is_not_read(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (service, connected):
            server = await connected()
            await server.begin(BUYER)
            assert (await server.headers(CANCELED)).letter == b"c"
            server.say(Body(b"x" * 65_535))
            assert (await server.answered()).letter == b"s"
            assert service.memory.take(service.options.memory)  # nothing is kept
            service.memory.give_back(service.options.memory)
            assert removed(await server.end()) == [(1, "X-Msgpolicy-Order-Status")]

    run(test)
    assert gate.lines == []


def test_a_header_that_cannot_be_used_is_told(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate, trust=(HERE,)) as (_, connected):
            server = await connected(client=ip_address("192.0.2.7"))
            answer = await server.send(b"Hello", headers=[("X-Msgpolicy-Order-Statsu", b"Shipped")])
            assert answer.data.startswith(b"550 5.6.0 X-Msgpolicy-Order-Statsu is not a header")

    run(test)


def test_orders_are_looked_up(gate: Spy, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(f"order.id,order.status\n{ORDER},Canceled\n", encoding="utf-8")

    async def test() -> None:
        async with filtering(gate, lookup=Lookup.open(path)) as (_, connected):
            server = await connected()
            assert b"no-canceled" in (await server.send(f"On {ORDER}.".encode())).data
            assert (await server.send(b"On 305-2222222-2222222.")).letter == b"a"

    run(test)


def test_a_lookup_that_fails_holds_the_mail(gate: Spy) -> None:
    def broken(_: Message) -> Mapping[str, Any]:
        raise LookupFailedError

    async def test() -> None:
        async with filtering(gate, lookup=broken) as (_, connected):
            server = await connected()
            held = await server.send(b"Hello")
            assert (held.letter, held.changes[0][0]) == (b"a", b"q")
            assert (await server.send(b"HURRY")).data.startswith(b"550 5.7.1")

    run(test)


# --- limits -----------------------------------------------------------------------------------------------------------


def test_a_mail_that_is_too_large_is_refused_while_it_comes(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate, size_limit=1000) as (_, connected):
            server = await connected()
            await server.begin()
            await server.headers(("Subject", b"x"))
            server.say(Body(b"x" * 1000))
            answer = await server.answered()
            assert (answer.letter, answer.data[:9]) == (b"y", b"552 5.3.4")
            server.tell(b"A")
            assert (await server.send(b"Hello")).letter == b"a"
            await server.begin(BUYER)  # which is nobody's business
            assert (await server.headers(("Subject", b"x" * 2000))).letter == b"a"

    run(test)


def test_memory_is_given_back_however_a_mail_ends(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate, memory=1000) as (service, connected):
            server = await connected()
            for ending in (b"A", b"K", None):
                await server.begin()
                await server.headers(("Subject", b"x"))
                server.say(Body(b"x" * 900))
                assert (await server.answered()).letter == b"c"
                other = await connected()
                await other.begin()
                await other.headers(("Subject", b"x"))
                other.say(Body(b"x" * 900))
                assert (await other.answered()).data.startswith(b"452 4.3.1")
                other.tell(b"Q")
                assert await other.reader.read() == b""
                if ending is not None:
                    server.tell(ending)
                else:
                    assert (await server.end()).letter == b"a"
            assert (await server.send(b"Hello")).letter == b"a"
            server.tell(b"Q")
            assert await server.reader.read() == b""
            assert service.memory.take(1000)

    run(test)


def test_many_connections_and_no_more(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate, connections=40) as (_, connected):
            servers = await asyncio.gather(*(connected() for _ in range(40)))
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await connected()
            answers = await asyncio.gather(
                *(server.send(b"HURRY" if number % 2 else b"Hello") for number, server in enumerate(servers))
            )
            assert [answer.letter for answer in answers] == [b"a", b"y"] * 20

    run(test)


def test_no_place_in_time_is_a_matter_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Spy(tmp_path, time_budget=0.2)

    async def test() -> None:
        async with filtering(gate) as (service, connected):
            while not service.judges._slots.locked():
                await service.judges._slots.acquire()
            answer = await (await connected()).send(b"Hello")
            assert (answer.letter, answer.data[:9]) == (b"y", b"451 4.3.2")

    run(test)


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff\xffO",
        b"\0\0\0\0",
        b"\0\0\0\x05Oabc",
        b"\0\0\0\x02Zz",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0\0\0\x01E",
        b"\0\0\0\x05Lx\0y",
        b"\0\0\0\x06Lx\0y\0",
        b"\0\0\0\x01R",
        b"\0\0\0\x05C\0x99",
        b"\0\0",
    ],
)
def test_what_is_no_milter_protocol_ends_its_own_connection(
    gate: Spy, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            healthy = await connected()
            server = await connected(negotiated=False)
            server.raw(data)
            server.writer.write_eof()
            assert await server.reader.read() == b""
            assert (await healthy.send(b"Hello")).letter == b"a"

    run(test)
    assert '"error":"not the milter protocol"' in capsys.readouterr().err


def test_names_and_macros_that_no_library_can_read(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate, trust=(HERE,)) as (_, connected):
            server = await connected(negotiated=False)
            await server.negotiate()
            server.tell(b"C", b"\xff" * 70 + b"..\0" + b"4\0\x19192.0.2.7\0")
            server.tell(b"D", b"M{mail_addr}\0" + "bücher@shop.example".encode() + b"\0")
            answer = await server.send(b"Hello", b"<b\xfccher@marketplace.amazon.de>", headers=[CANCELED])
            assert b"no-canceled" in answer.data  # the address was read

    run(test)


def test_a_mail_server_that_offers_too_little_is_told_of(gate: Spy, capsys: pytest.CaptureFixture[str]) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected(negotiated=False)
            with pytest.raises(asyncio.IncompleteReadError):
                await server.negotiate(actions=ActionFlags.CHANGE_HEADERS)

    run(test)
    assert "lets no milter change headers, or hold mail" in capsys.readouterr().err


def test_a_fault_of_ours_is_a_matter_of_time(
    gate: Spy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    async def test() -> None:
        async with filtering(gate) as (service, connected):
            monkeypatch.setattr(service.judges, "judge", broken)
            server = await connected()
            assert (await server.send(b"Hello")).data.startswith(b"451 4.3.0")
            monkeypatch.undo()
            assert (await server.send(b"Hello")).letter == b"a"

    run(test)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_mail_server_that_goes_away_while_its_mail_is_judged(tmp_path: Path) -> None:
    judging, go_on = threading.Event(), threading.Event()

    def slow(_: Message) -> Mapping[str, Any]:
        judging.set()
        go_on.wait(60)
        return {}

    gate = Spy(tmp_path)

    async def test() -> None:
        async with filtering(gate, lookup=slow) as (_, connected):
            server = await connected()
            await server.begin()
            await server.headers(("Subject", b"x"))
            server.say(EndOfMessage(b"Hello\r\n"))
            await asyncio.to_thread(judging.wait, 60)
            server.writer.transport.abort()
            go_on.set()
            assert (await (await connected()).send(b"HURRY")).letter == b"y"

    run(test)


# --- the end ----------------------------------------------------------------------------------------------------------


def test_stopping_answers_the_mail_under_way_and_ends_the_rest(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (service, connected):
            idle, busy = await connected(), await connected()
            await busy.begin()
            await busy.headers(("Subject", b"x"))
            stopping = asyncio.create_task(service.stop(30))
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await idle.read()
            busy.say(Body(b"HURRY\r\n"))
            assert (await busy.answered()).letter == b"c"
            assert (await busy.end()).letter == b"y"
            assert await busy.reader.read() == b""
            await stopping
            with pytest.raises(OSError, match="onnect"):
                await connected()

    run(test)


def test_stopping_waits_no_longer_than_it_is_told(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (service, connected):
            server = await connected()
            await server.begin()
            await server.headers(("Subject", b"x"))
            await service.stop(0.05)
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await server.read()

    run(test)


def test_a_unix_socket(gate: Spy, tmp_path: Path) -> None:
    path = tmp_path / "milter.sock"

    async def test() -> None:
        async with filtering(gate, Unix(str(path), 0o600)) as (_, connected):
            assert path.stat().st_mode & 0o777 == 0o600
            assert (await (await connected()).send(b"HURRY")).letter == b"y"
            with pytest.raises(OSError, match="another process listens"):
                async with filtering(gate, Unix(str(path))):
                    pass
        assert not path.exists()

    run(test)


def test_a_socket_that_was_left_behind_is_taken_over_and_a_file_is_not(gate: Spy, tmp_path: Path) -> None:
    import socket

    path = tmp_path / "milter.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))

    async def test() -> None:
        async with filtering(gate, Unix(str(path))) as (_, connected):
            assert (await (await connected()).send(b"Hello")).letter == b"a"
        path.write_text("precious", encoding="utf-8")
        with pytest.raises(OSError, match="in use"):
            async with filtering(gate, Unix(str(path))):
                pass
        assert path.read_text(encoding="utf-8") == "precious"

    run(test)


def test_an_odd_header_of_a_mail_server(gate: Spy) -> None:
    async def test() -> None:
        async with filtering(gate) as (_, connected):
            server = await connected()
            await server.begin()
            server.tell(b"L", b"X-M\xfcll\0 a\0")
            server.tell(b"L", b"X-Msgpolicy-M\xfcll \0 a\0")
            server.say(Header("Subject", b"HURRY"))
            server.tell(b"N")
            assert (await server.answered()).letter == b"c"
            assert (await server.end(b"x")).letter == b"y"

    run(test)
    assert gate.mails == [b"X-M\xfcll: a\r\nSubject:HURRY\r\n\r\nx"]
