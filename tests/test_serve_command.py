"""`msgpolicy serve`: what it refuses to begin with; and, slowly, the real process under load and signals."""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from msgpolicy.cli import main
from msgpolicy.service.server import Binding, BindingError, listen
from tests.tiny_ruleset import RULES

DOCS = Path(__file__).parent.parent / "docs/hooks-http.md"
TOKEN = "correct-horse-battery-staple"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def refused(*argv: str) -> str:
    err = io.StringIO()
    assert main(["serve", *argv], io.BytesIO(), io.StringIO(), err) == 2
    assert err.getvalue().startswith("msgpolicy serve")
    return err.getvalue()


def test_it_says_what_it_cannot_begin_with(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MSGPOLICY_TOKEN", raising=False)
    assert "did you mean" in refused("--ruleset", "amazn")
    assert "gate.toml" in refused("--gate", str(tmp_path / "gate.toml"))
    (tmp_path / "gate.toml").write_text('eror = "send"\n')
    assert "did you mean 'error'?" in refused("--gate", str(tmp_path / "gate.toml"))
    (tmp_path / "gate.toml").write_text('ruleset = "tiny.yaml"\n')
    assert "--lang, --set: the gate's settings say it" in refused(
        "--gate", str(tmp_path / "gate.toml"), "--lang", "de", "--set", "a=1"
    ).replace("--set, --lang", "--lang, --set")
    assert "token file" in refused("--ruleset", str(rules), "--token-file", str(tmp_path / "none"))
    assert "is not a whole number" in refused("--port", "99999")
    assert "is not a number of seconds" in refused("--grace", "nan")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "shop.example", "192.0.2.1"])
def test_for_others_it_wants_a_token(rules: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MSGPOLICY_TOKEN", raising=False)
    assert "--token-file" in refused("--ruleset", str(rules), "--host", host, "--port", "0")
    monkeypatch.setenv("MSGPOLICY_TOKEN", "short")
    assert "fewer than 16" in refused("--ruleset", str(rules), "--host", host, "--port", "0")


def test_an_address_in_use_and_a_file_in_the_way_are_told(tmp_path: Path) -> None:
    with listen(Binding(port=0)) as first, pytest.raises(BindingError, match="in use"):
        listen(Binding(port=first.getsockname()[1]))
    (tmp_path / "file").write_text("kept")
    with pytest.raises(BindingError, match="no socket"):
        listen(Binding(uds=str(tmp_path / "file")))
    assert (tmp_path / "file").read_text() == "kept"


def test_what_is_written_does_not_wait_for_acknowledgements() -> None:
    with listen(Binding(port=0)) as listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_unix_socket_is_for_user_and_group_and_only_taken_over_when_left(tmp_path: Path) -> None:
    path = str(tmp_path / "http.sock")
    with listen(Binding(uds=path)):
        assert os.stat(path).st_mode & 0o777 == 0o660
        with pytest.raises(BindingError, match="another server"):
            listen(Binding(uds=path))
    listen(Binding(uds=path)).close()


def test_loopback_is_what_nobody_else_reaches() -> None:
    assert all(Binding(host=host).is_loopback for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost"))
    assert Binding(host="0.0.0.0", uds="/run/x").is_loopback
    assert not any(Binding(host=host).is_loopback for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.example"))


# --- the real process -------------------------------------------------------------------------------------------------


class Server:
    """A process that serves; `lines` are those on its standard error."""

    def __init__(self, *options: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "msgpolicy", "serve", "--port", "0", *options],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        self.lines: list[str] = []
        self._said = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = int(self.wait_for(r"http://[^ ]*:([0-9]+)/")[1])

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._said:
                self.lines.append(line)
                self._said.notify_all()
        with self._said:
            self.lines.append("(end)")
            self._said.notify_all()

    def wait_for(self, pattern: str) -> re.Match[str]:
        with self._said:
            found = None

            def said() -> bool:
                nonlocal found
                found = next((match for line in self.lines if (match := re.search(pattern, line))), None)
                return found is not None or "(end)" in self.lines

            assert self._said.wait_for(said, timeout=120)
        assert found is not None, self.lines
        return found

    def ask(self, path: str, record: Any = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            if record is None:
                connection.request("GET", path, headers=headers)
            else:
                sent = {"Content-Type": "application/json", **headers}
                connection.request("POST", path, json.dumps(record), headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(120)


@contextmanager
def serving(*options: str, **environment: str) -> Iterator[Server]:
    server = Server(*options, **environment)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        server.process.wait()
        server._reader.join(30)
        assert server.process.stderr is not None
        server.process.stderr.close()


@pytest.mark.slow
def test_told_to_end_under_load_it_answers_what_it_has_taken(rules: Path) -> None:
    with serving("--ruleset", str(rules), "--workers", "2", "--drain", "1") as server:
        answers: list[tuple[int, bytes]] = []
        refusals: list[Exception] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    answers.append(server.ask("/v1/check", [{"text": "HURRY"}] * 200))
                except ConnectionRefusedError as error:
                    refusals.append(error)
                    return

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        while len(answers) < 20:
            time.sleep(0.01)
        server.process.send_signal(signal.SIGTERM)
        while server.ask("/readyz")[0] != 503:  # it still answers: it is draining
            time.sleep(0.01)
        assert server.process.wait(120) == 0
        stop.set()
        for thread in threads:
            thread.join()
    # Whoever was let in was answered in full; the others could not connect.
    assert len(refusals) == 8
    assert {status for status, _ in answers} == {200}
    assert all(len(json.loads(body)) == 200 for _, body in answers)


@pytest.mark.slow
def test_a_signal_reloads_under_load_and_broken_rules_change_nothing(rules: Path) -> None:
    def verdict(text: str) -> str:
        status, body = server.ask("/v1/check", {"text": text})
        assert status == 200
        return str(json.loads(body)["verdict"])

    with serving("--ruleset", str(rules), "--workers", "2") as server:
        assert [verdict("HURRY"), verdict("QUICK")] == ["block", "pass"]
        statuses: list[int] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                statuses.append(server.ask("/v1/check", [{"text": "HURRY"}] * 20)[0])

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        rules.write_text(RULES.replace("HURRY", "QUICK"), encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for('"ok":true')
        assert [verdict("HURRY"), verdict("QUICK")] == ["pass", "block"]
        rules.write_text("name: [", encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for('"ok":false')
        assert [verdict("HURRY"), verdict("QUICK")] == ["pass", "block"]
        stop.set()
        for thread in threads:
            thread.join()
        assert set(statuses) == {200}
        assert server.end(signal.SIGINT) == 0


@pytest.mark.slow
def test_a_real_connection_is_held_to_limits(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("--ruleset", str(rules), "--max-body", "1", "--body-timeout", "1", MSGPOLICY_TOKEN=TOKEN) as server:
        head = f"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"

        def said(data: bytes) -> bytes:
            """What comes back until the server closes."""
            with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
                connection.sendall(data)
                received = b""
                try:
                    while piece := connection.recv(65536):
                        received += piece
                except ConnectionResetError:
                    pass
                return received

        kind = "Content-Type: application/json\r\n"
        assert b" 413 " in said(f"{head}{kind}Content-Length: 50000000\r\n\r\n".encode())
        assert b" 413 " in said(
            f"{head}{kind}Transfer-Encoding: chunked\r\n\r\n".encode()
            + b"fffff\r\n"
            + b" " * 0xFFFFF
            + b"\r\nff\r\n"
            + b" " * 255
        )
        assert b" 408 " in said(f"{head}{kind}Content-Length: 10\r\n\r\n{{".encode())
        # Two lengths, and a length beside chunks, are how requests are smuggled.
        assert b" 400 " in said(f"{head}{kind}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}".encode())
        assert b" 400 " in said(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 500_000)
        assert b" 400 " in said(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
        assert b" 400 " in said(b"GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n")
        assert b" 400 " in said(b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n")
        # A head that does not come is not waited for.
        assert said(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n") == b""
        assert server.ask("/v1/check", {"text": "HURRY"})[0] == 401
        assert server.ask("/v1/check", {"text": "HURRY"}, Authorization=f"Bearer {TOKEN}")[0] == 200
        assert server.end() == 0


@pytest.mark.slow
def test_the_program_in_the_docs_sends_only_what_may_leave(rules: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    program: dict[str, Any] = {}
    exec(compile(code, "hooks-http.md", "exec"), program)
    with serving("--ruleset", str(rules), "--workers", "1") as server:
        address = f"http://127.0.0.1:{server.port}"
        assert program["may_leave"]({"text": "Hello"}, address) is True
        assert program["may_leave"]({"text": "HURRY"}, address) is False
        with pytest.raises(urllib.error.HTTPError, match="422"):
            program["may_leave"]({"txt": "Hello"}, address)
        assert server.end() == 0


@pytest.mark.slow
def test_it_serves_at_a_unix_socket_and_takes_it_away(rules: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "http.sock")
    command = [sys.executable, "-m", "msgpolicy", "serve", "--ruleset", str(rules), "--uds", path, "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert path in process.stderr.readline()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: policy.shop.example\r\nConnection: close\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert not os.path.exists(path)
