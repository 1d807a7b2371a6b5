"""`msgpolicy milter` and a real Postfix: what its clients are told, what goes on, what waits in its hold queue."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.gates import RELAY
from tests.mail_server import MailServer, mail_server
from tests.mail_server_of_milter import Spy, filtering
from tests.postfix import Postfix, postfix
from tests.tiny_ruleset import RULES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SELLER, BUYER = "service@shop.example", "anna@buyer.example"
ORDER = "305-1234567-1234567"
# A mail with all that Postfix would add.
MAIL = (
    f"From: {SELLER}\r\nTo: {RELAY}\r\nMessage-Id: <m1@shop.example>\r\nDate: Sun, 1 Nov 2026 10:00:00 +0100\r\n"
    "Subject: order\r\n\r\n"
)


class MilterProcess:
    """`msgpolicy milter` as a process. `lines` are those that it has written on standard error."""

    def __init__(self, folder: Path, *options: str, gate: str = "") -> None:
        (folder / "tiny.yaml").write_text(RULES, encoding="utf-8")
        (folder / "gate.toml").write_text(f'ruleset = "tiny.yaml"\ntime_budget = 60.0\n{gate}', encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "msgpolicy", "milter", "--gate", str(folder / "gate.toml"), *options],
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        self.lines: list[dict[str, Any]] = []
        self._read = threading.Condition()
        self._reader = threading.Thread(target=self._collect)
        self._reader.start()

    def _collect(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._read:
                self.lines.append(json.loads(line))
                self._read.notify_all()

    def wait_for(self, event: str) -> dict[str, Any]:
        """The first line of an event."""
        with self._read:
            found = self._read.wait_for(lambda: [line for line in self.lines if line["event"] == event], 60)
        assert found, self.lines
        return found[0]

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def ended(self) -> int:
        """The exit status; waits for the end."""
        status = self._process.wait(60)
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
        return status


@contextmanager
def milter(folder: Path, *options: str, gate: str = "") -> Iterator[tuple[MilterProcess, str]]:
    """A milter that listens, and where."""
    process = MilterProcess(folder, *(options or ("--listen", "inet:127.0.0.1:0")), gate=gate)
    try:
        yield process, process.wait_for("listening")["address"]
    finally:
        process.signal(signal.SIGTERM)
        assert process.ended() == 0


@contextmanager
def mail_system(
    folder: Path, *options: str, gate: str = "", **settings: str
) -> Iterator[tuple[Postfix, MailServer, MilterProcess]]:
    """A Postfix that asks a milter, and where its mail goes."""
    listen = ("--listen", "inet:127.0.0.1:0")
    with (
        mail_server() as sink,
        milter(folder, *listen, *options, gate=gate) as (process, address),
        postfix(sink.port, {"smtpd_milters": address, "milter_default_action": "tempfail", **settings}) as server,
    ):
        yield server, sink, process


def answer(server: Postfix, mail: str | bytes, *recipients: str) -> tuple[int, str]:
    """What a client is told of a mail."""
    with server.client() as client:
        try:
            client.sendmail(SELLER, list(recipients) or [RELAY], mail)
        except smtplib.SMTPResponseException as error:
            said = error.smtp_error
            return error.smtp_code, said.decode() if isinstance(said, bytes) else said
    return 250, ""


def arrived(sink: MailServer, count: int = 1) -> list[tuple[tuple[str, ...], bytes]]:
    """The mails that came through, of which there are to be so many."""
    wait(lambda: len(sink.mails) >= count)
    assert len(sink.mails) == count
    return sink.mails


def wait(until: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


def without_received(mail: bytes) -> bytes:
    return re.sub(rb"\AReceived:.*\r\n(?:[ \t].*\r\n)*", b"", mail)


def test_a_clean_mail_goes_on_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    clean = MAIL + "It is on its way.\r\n.\r\n..\r\n"
    with mail_system(tmp_path) as (server, sink, process):
        with server.client() as client:  # several mails of one connection, one of them refused
            client.sendmail(SELLER, [RELAY], clean)
            with pytest.raises(smtplib.SMTPDataError) as refused:
                client.sendmail(SELLER, [RELAY, BUYER], MAIL + "HURRY\r\n")
            client.sendmail(SELLER, [BUYER], MAIL + "HURRY\r\n")
            client.sendmail(SELLER, [BUYER, RELAY], clean)
        assert refused.value.smtp_code == 550
        assert refused.value.smtp_error == b"5.7.1 refused by msgpolicy: no-shouting"
        wait(lambda: len(sink.mails) == 3)
        mails = {tuple(sorted(recipients)): mail for recipients, mail in sink.mails}
        assert set(mails) == {(RELAY,), (BUYER,), (RELAY, BUYER)}
        assert without_received(mails[(RELAY,)]) == clean.replace("\r\n.", "\r\n..").encode()
        assert [line["decision"] for line in process.lines if line["event"] == "decision"] == ["send", "refuse", "send"]
        assert {line["id"] for line in process.lines if line["event"] == "decision"} == {"m1@shop.example"}


def test_held_mail_waits_in_the_hold_queue_until_it_is_released(tmp_path: Path) -> None:
    held = MAIL.replace("Subject", "X-Msgpolicy-By: me\r\nSubject") + "thanks\r\n"
    with mail_system(tmp_path, gate='warning = "hold"\n') as (server, sink, _):
        assert answer(server, held) == (250, "")
        [name] = server.queued("hold")
        assert f"{name}: milter-hold: END-OF-MESSAGE" in server.log()
        assert not sink.mails
        server.run("postsuper", "-H", name)
        server.run("postqueue", "-f")
        [(_, mail)] = arrived(sink)
        assert without_received(mail) == (MAIL + "thanks\r\n").encode()


def test_held_mail_may_be_tried_again_instead(tmp_path: Path) -> None:
    with mail_system(tmp_path, "--hold", "tempfail", gate='warning = "hold"\n') as (server, _, _):
        assert answer(server, MAIL + "thanks\r\n") == (450, "4.7.1 held by msgpolicy: no-thanks")
        assert server.queued("hold") == []


ODD = MAIL.replace("Subject: order\r\n\r\n", "") + (
    "Subject:\tone\r\n\ttwo \r\n   three\r\nX-Empty:\r\nX-Blank : x\r\n\r\n\r\nEnd, and no more\r\n"
)
BARE = f"Subject: no date\r\nTo: {RELAY}, anna\r\n\r\nHello\r\n"


@pytest.mark.parametrize(
    ("mail", "made"),
    [(ODD, (ODD.replace("X-Blank :", "X-Blank:"),)), (BARE, ("\r\nDate: ", ", anna@mx.shop.example\r\n"))],
)
def test_what_is_judged_is_what_goes_on_byte_for_byte(tmp_path: Path, mail: str, made: tuple[str, ...]) -> None:
    gate = Spy(tmp_path)
    completing = {"local_header_rewrite_clients": "permit_mynetworks", "append_at_myorigin": "yes"}

    def send(address: str) -> None:
        with mail_server() as sink, postfix(sink.port, {**completing, "smtpd_milters": address}) as server:
            assert answer(server, mail) == (250, "")
            [(_, sent)] = arrived(sink)
        assert gate.mails == [without_received(sent)]
        assert all(piece.encode() in sent for piece in made)

    async def test() -> None:
        async with filtering(gate) as (service, _):
            host, port = service._server.sockets[0].getsockname()
            await asyncio.to_thread(send, f"inet:{host}:{port}")

    asyncio.run(test())


def test_our_headers_are_facts_of_trusted_clients_and_are_taken_out(tmp_path: Path) -> None:
    headers = (
        'X-Msgpolicy-Context: {"order":\r\n {"status": "Canceled"}}\r\nX-Other: stays\r\nx-msgpolicy-by : anna\r\n'
    )
    with mail_system(tmp_path, "--trust", "192.0.2.1") as (server, sink, _):
        assert answer(server, headers + MAIL + "Hello\r\n") == (250, "")  # they count for nothing
        assert answer(server, headers + MAIL + "HURRY\r\n", BUYER) == (250, "")
        wait(lambda: len(sink.mails) == 2)
        for recipients, mail in sink.mails:
            text = "Hello" if RELAY in recipients else "HURRY"
            assert without_received(mail) == f"X-Other: stays\r\n{MAIL}{text}\r\n".encode()
    with mail_system(tmp_path, "--trust", "127.0.0.0/8") as (server, _, _):
        assert answer(server, headers + MAIL + "Hello\r\n")[1] == "5.7.1 refused by msgpolicy: no-canceled"


def test_orders_are_looked_up(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(f"order.id,order.status\n{ORDER},Shipped\n", encoding="utf-8")
    with mail_system(tmp_path, "--orders", str(orders)) as (server, _, _):
        assert answer(server, f"{MAIL}On {ORDER}.\r\n") == (250, "")
        orders.write_text(f"order.id,order.status\n{ORDER},Canceled\n", encoding="utf-8")
        assert answer(server, f"{MAIL}On {ORDER}.\r\n")[0] == 550


def test_addresses_in_utf8_and_a_percent_sign(tmp_path: Path) -> None:
    rules = RULES.replace("Shouts {found}.", "Shouts.").replace(
        '  message: {en: "Shouts."}\n', "  message: {en: \"Shouts.\"}\n  suggestion: {en: 'Gemütlich, 100 %.'}\n"
    )
    with mail_system(tmp_path) as (server, _, process):
        (tmp_path / "tiny.yaml").write_text(rules, encoding="utf-8")
        process.signal(signal.SIGHUP)
        assert process.wait_for("reload")["ok"] is True
        with server.client() as client:
            client.ehlo()
            for options, said in (([], "Gemutlich, 100 %."), (["SMTPUTF8"], "Gemütlich, 100 %.")):
                sender = "bücher@shop.example" if options else SELLER
                client.command_encoding = "utf-8" if options else "ascii"
                code, answered = client.mail(sender, options)
                assert code == 250, answered
                assert client.rcpt(RELAY)[0] == 250
                code, text = client.data((MAIL + "HURRY\r\n").encode())
                assert (code, text.decode()) == (550, f"5.7.1 refused by msgpolicy: no-shouting: {said}")


def test_local_mail_is_judged_where_postfix_asks(tmp_path: Path) -> None:
    listen = ("--listen", "inet:127.0.0.1:0")
    with (
        mail_server() as sink,
        milter(tmp_path, *listen) as (process, address),
        postfix(sink.port, {"non_smtpd_milters": address}) as server,
    ):
        server.run("sendmail", "-f", SELLER, RELAY, data=(MAIL + "HURRY\n").replace("\r\n", "\n").encode())
        assert process.wait_for("decision")["decision"] == "refuse"
        bounced = arrived(sink)[0]
        assert bounced[0] == (SELLER,)
        assert b"refused by msgpolicy: no-shouting" in bounced[1]


def test_a_milter_that_is_gone_is_a_matter_of_time_or_let_through(tmp_path: Path) -> None:
    with mail_system(tmp_path) as (server, _, process):
        assert answer(server, MAIL + "Hello\r\n") == (250, "")
        process.signal(signal.SIGTERM)
        assert process.ended() == 0
        assert process.lines[-1]["event"] == "stopped"
        assert answer(server, MAIL + "HURRY\r\n")[0] == 451
    with mail_system(tmp_path, milter_default_action="accept") as (server, sink, process):
        process.signal(signal.SIGKILL)
        assert process.ended() == -signal.SIGKILL
        assert answer(server, MAIL + "HURRY\r\n") == (250, "")
        arrived(sink)
        process.ended = lambda: 0  # type: ignore[method-assign]


def test_a_unix_socket_that_postfix_may_use(tmp_path: Path) -> None:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="msgpolicy-milter-"))  # Postfix must be able to enter it
    try:
        folder.chmod(0o755)
        path = folder / "milter.sock"
        with (
            mail_server() as sink,
            milter(tmp_path, "--listen", f"unix:{path}", "--socket-mode", "666") as (_, address),
            postfix(sink.port, {"smtpd_milters": address}) as server,
        ):
            assert answer(server, MAIL + "HURRY\r\n")[0] == 550
    finally:
        shutil.rmtree(folder)


def test_a_hundred_clients_at_once(tmp_path: Path) -> None:
    def client(number: int) -> int:
        return answer(server, MAIL + ("HURRY\r\n" if number % 2 else "Hello\r\n"))[0]

    settings = {"smtpd_client_connection_count_limit": "0", "default_process_limit": "60"}
    with mail_system(tmp_path, **settings) as (server, sink, _), ThreadPoolExecutor(50) as clients:
        assert list(clients.map(client, range(100))) == [250, 550] * 50
        wait(lambda: len(sink.mails) == 50)
        assert not any(b"HURRY" in mail for _, mail in sink.mails)


def test_a_large_mail(tmp_path: Path) -> None:
    large = MAIL + ("x" * 70 + "\r\n") * 30_000
    settings = {"message_size_limit": "50000000"}
    with mail_system(tmp_path, "--max-size", "1", **settings) as (server, sink, _):
        assert answer(server, large) == (552, "5.3.4 message too large")
        assert answer(server, large, BUYER) == (250, "")
        arrived(sink)
