"""`msgpolicy milter`: what it is called with, and how it says that it cannot begin."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from msgpolicy.arguments import parse
from msgpolicy.cli import main
from tests.tiny_ruleset import RULES

ROOT = Path(__file__).parents[1]


def run(*argv: str) -> tuple[int, str]:
    error = io.StringIO()
    return main(["milter", *argv], io.BytesIO(), io.StringIO(), error), error.getvalue()


@pytest.fixture
def gate(tmp_path: Path) -> str:
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    path = tmp_path / "gate.toml"
    path.write_text('ruleset = "tiny.yaml"\n', encoding="utf-8")
    return str(path)


def test_where_it_listens() -> None:
    assert parse(["milter", "--listen", "inet:127.0.0.1:8891"]).listen == ("inet", ("127.0.0.1", 8891))
    assert parse(["milter", "--listen", "inet:[::1]:8891"]).listen == ("inet", ("::1", 8891))
    called = parse(["milter", "--listen", "unix:/run/x:y.sock", "--socket-mode", "600"])
    assert (called.listen, called.socket_mode, called.hold) == (("unix", "/run/x:y.sock"), 0o600, "quarantine")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ([], "--listen"),
        (["--listen", "8891"], "'8891' is neither inet:HOST:PORT nor unix:PATH"),
        (["--listen", "inet:8891@localhost"], "is not HOST:PORT"),
        (["--listen", "unix:"], "is neither inet:HOST:PORT nor unix:PATH"),
        (["--listen", "unix:/x", "--socket-mode", "rw"], "'rw' is not a mode"),
        (["--listen", "unix:/x", "--socket-mode", "1777"], "'1777' is not a mode"),
        (["--listen", "unix:/x", "--hold", "mark"], "quarantine"),
    ],
)
def test_a_call_that_cannot_be_used(options: list[str], why: str) -> None:
    status, error = run(*options)
    assert status == 2
    assert why in error


def test_an_address_that_is_taken(gate: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, error = run("--listen", f"inet:127.0.0.1:{port}", "--gate", gate)
    assert status == 2
    assert error.startswith(f"msgpolicy milter: cannot listen at inet:127.0.0.1:{port}: ")
    status, error = run("--listen", f"unix:{tmp_path}/no/such/folder", "--gate", gate)
    assert (status, error.count("\n")) == (2, 1)


def test_settings_and_orders_that_cannot_be_used(gate: str, tmp_path: Path) -> None:
    status, error = run("--listen", "inet:127.0.0.1:0", "--gate", str(tmp_path / "none.toml"))
    assert (status, "cannot read" in error) == (2, True)
    status, error = run("--listen", "inet:127.0.0.1:0", "--gate", gate, "--orders", str(tmp_path / "none.csv"))
    assert (status, "none.csv" in error) == (2, True)


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['kilter'] = sys.modules['kilter.protocol'] = None\n"
        "from msgpolicy.cli import main\nsys.exit(main(['milter', '--listen', 'inet:127.0.0.1:0']))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=env)
    assert done.returncode == 2
    assert done.stderr == "msgpolicy milter needs kilter.protocol: pip install 'msgpolicy[milter]'\n"
