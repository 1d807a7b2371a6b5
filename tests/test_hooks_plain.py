"""The function for everything else."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from msgpolicy import Message, MessageError
from msgpolicy.hooks import RefusedError, before_sending
from msgpolicy.hooks.plain import shared_gate
from tests.gates import RecordingGate
from tests.tiny_ruleset import RULES


def test_records_plain_data_and_mails_are_judged(tmp_path: Path) -> None:
    gate = RecordingGate(tmp_path)
    mail = EmailMessage()
    mail.set_content("HURRY")
    for message in (Message(text="HURRY"), {"text": "HURRY"}, mail, mail.as_bytes()):
        with pytest.raises(RefusedError):
            before_sending(message, gate=gate)
    assert before_sending({"text": "Hello"}, gate=gate).action == "send"
    with pytest.raises(MessageError, match="txt"):
        before_sending({"txt": "HURRY"}, gate=gate)
    with pytest.raises(RefusedError):
        before_sending(
            mail.as_bytes().replace(b"HURRY", b"Hello"), gate=gate, context={"order": {"status": "Canceled"}}
        )


def test_without_a_gate_there_is_one_for_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "gate.toml").write_text('ruleset = "tiny.yaml"\nsend_anyway = "all"\nlog = "log"\ntime_budget = 300\n')
    monkeypatch.setenv("MSGPOLICY_GATE", str(tmp_path / "gate.toml"))
    shared_gate.cache_clear()
    try:
        with pytest.raises(RefusedError):
            before_sending({"text": "HURRY"})
        assert before_sending({"text": "HURRY"}, send_anyway="agreed", by="anna").override is not None
        assert len((tmp_path / "log").read_bytes().splitlines()) == 2
    finally:
        shared_gate.cache_clear()
