"""The drop-in for smtplib, against a server on a socket."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from msgpolicy.hooks import HeldError, RefusedError
from msgpolicy.hooks.smtplib import SMTP, SMTP_SSL, SMTPHeldError, SMTPRefusedError
from tests.gates import RELAY, RecordingGate
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


def mail(text: str, to: str = RELAY) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "service@shop.example", to, "Your order"
    message.set_content(text)
    return message


def test_what_may_leave_arrives_byte_for_byte(server: MailServer, tmp_path: Path) -> None:
    clean = mail("Grüße, it is on its way.")
    with SMTP("127.0.0.1", server.port, gate=RecordingGate(tmp_path)) as judged:
        judged.send_message(clean)
    with smtplib.SMTP("127.0.0.1", server.port) as plain:
        plain.send_message(clean)
    assert server.mails[0] == server.mails[1]
    assert server.mails[0][0] == (RELAY,)


def test_a_refused_mail_never_reaches_the_server_and_the_connection_goes_on(server: MailServer, tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path)
    with SMTP("127.0.0.1", server.port, gate=gate) as judged:
        with pytest.raises(RefusedError) as caught:
            judged.send_message(mail("HURRY"))
        with pytest.raises(smtplib.SMTPDataError, match="no-shouting"):
            judged.sendmail("service@shop.example", RELAY, "Subject: a\n\nHURRY")
        assert not [line for line in server.said if line[:4].upper() in (b"MAIL", b"RCPT", b"DATA")]
        judged.send_message(mail("Hello"))
    assert isinstance(caught.value, SMTPRefusedError)
    assert caught.value.smtp_code == 550
    assert caught.value.decision.rules == ("no-shouting",)
    assert "HURRY" not in str(caught.value)
    assert len(server.mails) == 1
    assert [line["hook"] for line in gate.lines] == ["smtplib"] * 3


def test_a_held_mail_is_an_error_that_may_pass(server: MailServer, tmp_path: Path) -> None:
    with (
        SMTP("127.0.0.1", server.port, gate=RecordingGate(tmp_path, error="hold")) as judged,
        pytest.raises(SMTPHeldError) as caught,
    ):
        judged.send_message(mail("HURRY"))
    assert isinstance(caught.value, HeldError)
    assert caught.value.smtp_code == 450
    assert server.mails == []


def test_other_mail_is_none_of_its_business(server: MailServer, tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path)
    with SMTP("127.0.0.1", server.port, gate=gate) as judged:
        judged.send_message(mail("HURRY", "anna@mail.example"))
        judged.sendmail("a@shop.example", ["b@mail.example", "c@mail.example"], b"Subject: a\r\n\r\nHURRY")
        assert gate.lines == []
        with pytest.raises(RefusedError):
            judged.sendmail("a@shop.example", ["b@mail.example", RELAY], b"Subject: a\r\n\r\nHURRY")
    assert len(server.mails) == 2


def test_facts_and_send_anyway_are_of_one_call_only(server: MailServer, tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, send_anyway="all")
    with SMTP("127.0.0.1", server.port, gate=gate) as judged:
        with pytest.raises(RefusedError) as caught:
            judged.send_message(mail("Hello"), context={"order": {"status": "Canceled"}})
        assert caught.value.decision.rules == ("no-canceled",)
        judged.send_message(mail("Hello"))
        judged.send_message(mail("HURRY"), send_anyway="agreed", by="anna")
        judged.sendmail("a@shop.example", RELAY, "Subject: a\n\nHURRY", send_anyway="agreed too")
        with pytest.raises(RefusedError):
            judged.send_message(mail("HURRY"))
    assert len(server.mails) == 3
    assert [line["override"] and line["override"]["reason"] for line in gate.lines] == [
        None,
        None,
        "agreed",
        "agreed too",
        None,
    ]


def test_the_class_for_tls_asks_too() -> None:
    assert issubclass(SMTP_SSL, smtplib.SMTP_SSL)
    assert SMTP_SSL.sendmail is SMTP.sendmail
    assert SMTP_SSL._get_socket is smtplib.SMTP_SSL._get_socket
