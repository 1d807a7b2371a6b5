"""A real Postfix of its own: queue, settings and log in a temporary folder, on free ports, ended with the test.

Needs root and Debian's package postfix; with MSGPOLICY_NEEDS_POSTFIX set (as in .ci/run) a test fails where they are
missing, and is skipped otherwise. The Postfix of the machine, running or not, is left alone.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

# Services that every Postfix needs; docs in master(5). None runs in a chroot.
_SERVICES = """\
pickup    unix  n       -       n       1       1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       1       1       qmgr
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
proxywrite unix -       -       n       -       1       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
"""
_WAIT = 60.0


class Postfix:
    """A mail server that runs. `port` is where it takes mail."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def client(self) -> smtplib.SMTP:
        """Somebody who sends mail."""
        return smtplib.SMTP("127.0.0.1", self.port, "client.example", timeout=_WAIT)

    def run(self, command: str, *arguments: str, data: bytes = b"") -> str:
        """What a command of Postfix says (postqueue, postsuper, sendmail …)."""
        done = subprocess.run(
            [_path(command), *(("-C",) if command == "sendmail" else ("-c",)), str(self.folder / "etc"), *arguments],
            input=data,
            capture_output=True,
            check=True,
            timeout=_WAIT,
        )
        return (done.stdout + done.stderr).decode()

    def log(self) -> str:
        """What it has logged so far."""
        path = self.folder / "log" / "mail.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def queued(self, queue: str) -> list[str]:
        """The ids of the mails in a queue (`hold`, `deferred` …)."""
        return sorted(file.name for file in (self.folder / "spool" / queue).rglob("*") if file.is_file())


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def postfix(
    relay: int, settings: Mapping[str, str] | None = None, services: str = "", options: str = ""
) -> Iterator[Postfix]:
    """A Postfix that hands all mail to 127.0.0.1:`relay`.

    Args:
        settings: lines of main.cf besides those that it needs; `$port` is where it takes mail.
        services: lines of master.cf besides its own, such as a second smtpd behind a filter.
        options: lines of master.cf below the service that takes mail.
    """
    _need()
    # Not pytest's folder, which other users may not enter: most of Postfix runs as a user of its own.
    folder = Path(tempfile.mkdtemp(prefix="msgpolicy-postfix-"))
    port = free_port()
    try:
        folder.chmod(0o755)
        for name in ("etc", "spool", "lib", "log"):
            (folder / name).mkdir()
        shutil.chown(folder / "lib", "postfix", "postfix")
        shutil.chown(folder / "log", "postfix", "postfix")
        (folder / "etc" / "main.cf").write_text(_main(folder, relay, port, settings or {}), encoding="utf-8")
        (folder / "etc" / "master.cf").write_text(
            f"127.0.0.1:{port} inet n - n - 20 smtpd\n{options}{_SERVICES}{services}", encoding="utf-8"
        )
        server = Postfix(folder, port)
        _control(folder, "start")
        try:
            _wait_for(port)
            yield server
        finally:
            _control(folder, "stop")
    finally:
        shutil.rmtree(folder)


def _main(folder: Path, relay: int, port: int, settings: Mapping[str, str]) -> str:
    lines = {
        "compatibility_level": "3.6",
        "queue_directory": str(folder / "spool"),
        "data_directory": str(folder / "lib"),
        "maillog_file": str(folder / "log" / "mail.log"),
        "maillog_file_prefixes": str(folder),
        "myhostname": "mx.shop.example",
        "mydestination": "",
        "mynetworks": "127.0.0.0/8",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "smtpd_relay_restrictions": "permit_mynetworks, reject",
        "relayhost": f"[127.0.0.1]:{relay}",
        "smtp_host_lookup": "native",
        "smtp_dns_support_level": "disabled",
        "smtp_tls_security_level": "none",
        "alias_maps": "",
        "alias_database": "",
        "smtputf8_autodetect_classes": "all",
        **settings,
    }
    return "".join(f"{name} = {value}\n" for name, value in lines.items())


def _need() -> None:
    missing = None
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        missing = "Postfix has to be started by root"
    elif shutil.which("postfix", path=_PATH) is None:
        missing = "no Postfix here: apt-get install postfix"
    if missing:
        assert not os.environ.get("MSGPOLICY_NEEDS_POSTFIX"), missing
        pytest.skip(missing)


_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def _path(command: str) -> str:
    found = shutil.which(command, path=_PATH)
    assert found is not None, command
    return found


def _control(folder: Path, word: str) -> None:
    # Its start-up script complains of odd things on standard error, and is right where it fails.
    done = subprocess.run(
        [_path("postfix"), "-c", str(folder / "etc"), word],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_WAIT,
    )
    assert done.returncode == 0, done.stdout.decode()


def _wait_for(port: int) -> None:
    end = time.monotonic() + _WAIT
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_WAIT) as trial:
                assert trial.recv(3) == b"220"
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
