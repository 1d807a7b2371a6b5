"""The Django backend, with Django itself: its mail functions, and its own backends as the one that sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="the extra django is not installed")

from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test.utils import override_settings

from msgpolicy.hooks import Decision, Gate, HeldError, RefusedError
from msgpolicy.hooks import django as hook
from tests.gates import RELAY, RecordingGate
from tests.mail_server import mail_server

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
held: list[tuple[mail.EmailMessage, Decision]] = []


def keep(message: mail.EmailMessage, decision: Decision) -> None:
    held.append((message, decision))


def canceled(message: mail.EmailMessage) -> dict[str, Any] | None:
    return {"order": {"status": "Canceled"}} if "305-1" in message.subject else None


@pytest.fixture(scope="module", autouse=True)
def _django() -> None:
    if not settings.configured:
        settings.configure(EMAIL_BACKEND="msgpolicy.hooks.django.EmailBackend", USE_I18N=False, DEFAULT_CHARSET="utf-8")


@pytest.fixture(autouse=True)
def _outbox() -> Iterator[None]:
    mail.outbox = []
    held.clear()
    yield
    del mail.outbox


def configured(gate: Gate, **options: Any) -> Any:
    return override_settings(MSGPOLICY={"BACKEND": LOCMEM, "GATE": gate, **options})


def send(text: str, to: str = RELAY, **options: Any) -> int:
    return mail.send_mail("Your order", text, "service@shop.example", [to], **options)


def test_a_clean_mail_is_sent_by_the_wrapped_backend(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path)
    with configured(gate):
        assert send("It is on its way.") == 1
    assert [message.body for message in mail.outbox] == ["It is on its way."]
    assert gate.lines[0]["hook"] == "django"


def test_a_bad_mail_raises_and_is_not_sent(tmp_path: Path) -> None:
    with configured(RecordingGate(tmp_path)), pytest.raises(RefusedError) as caught:
        send("HURRY")
    assert caught.value.decision.rules == ("no-shouting",)
    assert mail.outbox == []


def test_html_is_judged_too(tmp_path: Path) -> None:
    with configured(RecordingGate(tmp_path)), pytest.raises(RefusedError):
        send("Hello", html_message="<p>HURRY</p>")
    assert mail.outbox == []


def test_other_mail_is_sent_unjudged_and_a_relay_address_in_bcc_is_not(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path)
    with configured(gate):
        assert send("HURRY", "anna@mail.example") == 1
        assert gate.lines == []
        with pytest.raises(RefusedError):
            mail.EmailMessage("a", "HURRY", "service@shop.example", ["anna@mail.example"], bcc=[RELAY]).send()
    assert len(mail.outbox) == 1


def test_of_one_call_all_leave_or_none(tmp_path: Path) -> None:
    batch = [("a", text, "service@shop.example", [RELAY]) for text in ("Hello", "HURRY", "Good day")]
    with configured(RecordingGate(tmp_path)):
        with pytest.raises(RefusedError):
            mail.send_mass_mail(batch)
        assert mail.outbox == []
        assert mail.send_mass_mail(batch, fail_silently=True) == 2
    assert [message.body for message in mail.outbox] == ["Hello", "Good day"]


def test_what_is_held_raises_unless_somebody_takes_it(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, error="hold")
    with configured(gate), pytest.raises(HeldError):
        send("HURRY")
    with configured(gate, HOLD=f"{__name__}.keep"):
        assert send("HURRY") == 0
    ((message, decision),) = held
    assert (message.body, decision.action) == ("HURRY", "hold")
    assert mail.outbox == []


def test_nothing_is_held_twice_when_another_message_of_the_call_is_refused(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, warning="hold")
    batch = [("a", text, "service@shop.example", [RELAY]) for text in ("thanks", "HURRY")]
    with configured(gate, HOLD=keep), pytest.raises(RefusedError):
        mail.send_mass_mail(batch)
    assert held == []


def test_facts_come_from_a_function_of_the_project(tmp_path: Path) -> None:
    with configured(RecordingGate(tmp_path), CONTEXT=f"{__name__}.canceled"):
        with pytest.raises(RefusedError) as caught:
            mail.send_mail("Order 305-1", "Hello", "service@shop.example", [RELAY])
        assert send("Hello") == 1
    assert caught.value.decision.rules == ("no-canceled",)


def test_send_anyway_is_said_by_the_message(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path, send_anyway="all")
    message = mail.EmailMessage("a", "HURRY", "service@shop.example", [RELAY])
    message.send_anyway, message.send_anyway_by = "agreed by phone", "anna"
    with configured(gate):
        assert message.send() == 1
    assert gate.lines[0]["override"] == {"reason": "agreed by phone", "by": "anna", "allowed": True}


def test_dry_run_is_switched_while_it_runs(tmp_path: Path) -> None:
    with configured(RecordingGate(tmp_path)):
        hook.gate().switch_dry_run(True)
        assert send("HURRY") == 1
        hook.gate().switch_dry_run(None)
        with pytest.raises(RefusedError):
            send("HURRY")


def test_gates_are_made_once_of_a_file_or_of_plain_settings(tmp_path: Path) -> None:
    RecordingGate(tmp_path)
    (tmp_path / "gate.toml").write_text('ruleset = "tiny.yaml"\nlog = "log"\ntime_budget = 300\n')
    for given in (tmp_path / "gate.toml", {"ruleset": str(tmp_path / "tiny.yaml"), "log": str(tmp_path / "log")}):
        with override_settings(MSGPOLICY={"BACKEND": LOCMEM, "GATE": given}):
            assert hook.gate() is hook.gate()
            with pytest.raises(RefusedError):
                send("HURRY")
    assert len((tmp_path / "log").read_bytes().splitlines()) == 2


def test_a_misspelt_option_is_told() -> None:
    with override_settings(MSGPOLICY={"BACKED": LOCMEM}), pytest.raises(ImproperlyConfigured, match="BACKEND"):
        send("Hello")


def test_djangos_own_backend_sends_what_may_leave_and_its_options_arrive(tmp_path: Path) -> None:
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "GATE": RecordingGate(tmp_path)}
    with mail_server() as server, override_settings(MSGPOLICY=smtp):
        with mail.get_connection(host="127.0.0.1", port=server.port, timeout=30) as connection:
            assert send("Grüße", connection=connection) == 1
            with pytest.raises(RefusedError):
                send("HURRY", connection=connection)
        assert [recipients for recipients, _ in server.mails] == [(RELAY,)]
