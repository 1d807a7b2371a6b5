"""`msgpolicy smtp` as a process: it says where it listens, judges, reads its settings again, and stops when told to."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.cli import main
from tests.mail_server import mail_server
from tests.smtp_filter import RELAY
from tests.tiny_ruleset import RULES

ROOT = Path(__file__).parents[1]
MAIL = b"From: service@shop.example\r\nSubject: order\r\n\r\nHURRY to the door\r\n"


def _event(process: subprocess.Popen[bytes], name: str) -> dict[str, Any]:
    assert process.stderr is not None
    for line in process.stderr:
        event: dict[str, Any] = json.loads(line)
        if event["event"] == name:
            return event
    raise AssertionError(f"it ended without {name}")


def test_it_judges_reloads_and_stops(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    settings = tmp_path / "gate.toml"
    settings.write_text('ruleset = "tiny.yaml"\ntime_budget = 300\n', encoding="utf-8")
    with mail_server() as server:
        command = [sys.executable, "-m", "msgpolicy", "smtp", "--listen", "127.0.0.1:0"]
        command += ["--relay", f"127.0.0.1:{server.port}", "--gate", str(settings)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env=env)
        try:
            port = _event(process, "listening")["port"]
            with smtplib.SMTP("127.0.0.1", port, "client.example", timeout=60) as client:
                with pytest.raises(smtplib.SMTPDataError) as refused:
                    client.sendmail("service@shop.example", RELAY, MAIL)
                assert refused.value.smtp_code == 550
                settings.write_text('ruleset = "tiny.yaml"\nerror = "send"\ntime_budget = 300\n', encoding="utf-8")
                process.send_signal(signal.SIGHUP)
                assert _event(process, "reload")["ok"] is True
                client.sendmail("service@shop.example", RELAY, MAIL)
            assert [content for _, content in server.mails] == [MAIL]
            process.send_signal(signal.SIGTERM)
            _event(process, "stopped")
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.communicate()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--relay", "127.0.0.1:1"], "--listen"),
        (["--listen", "here", "--relay", "127.0.0.1:1"], "HOST:PORT"),
        (["--listen", "127.0.0.1:0", "--relay", "127.0.0.1:1", "--require-tls"], "--tls-cert"),
        (["--listen", "127.0.0.1:0", "--relay", "127.0.0.1:1", "--tls-cert", "no-such-file"], "--tls-cert"),
        (["--listen", "127.0.0.1:0", "--relay", "127.0.0.1:1", "--gate", "no-such-file"], "no-such-file"),
        (["--listen", "127.0.0.1:0", "--relay", "127.0.0.1:1", "--trust", "everybody"], "192.0.2.0/24"),
        (["--listen", "192.0.2.1:25", "--relay", "127.0.0.1:1", "--no-judging"], "cannot listen"),
    ],
)
def test_what_cannot_be_used_is_told(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["smtp", *arguments]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "aiosmtpd", None)
    for name in [name for name in sys.modules if name.startswith(("aiosmtpd.", "msgpolicy.mailfilter."))]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["smtp", "--listen", "127.0.0.1:0", "--relay", "127.0.0.1:1"]) == 2
    assert "pip install 'msgpolicy[smtp]'" in capsys.readouterr().err
