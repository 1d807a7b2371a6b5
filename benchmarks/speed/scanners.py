"""Peers that are mail scanners: SpamAssassin and rspamd from Debian's packages, as servers on this machine alone.

Both judge without the network: no lists are asked, no signatures fetched. Their own configuration is used, or made in a
folder that is gone afterwards; nothing of the system's is changed.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from benchmarks.speed.corpus import Entry
from benchmarks.speed.libraries import AbsentError

_PACKAGES = ("spamd", "rspamd")
_STARTING = 60  # seconds
_NETWORK = (
    *(
        "antivirus",
        "arc",
        "asn",
        "aws_s3",
        "clickhouse",
        "dcc",
        "dkim",
        "dkim_signing",
        "dmarc",
        "elastic",
        "fuzzy_check",
    ),
    *("greylist", "history_redis", "metric_exporter", "mx_check", "neural", "p0f", "ratelimit", "rbl", "replies"),
    *("reputation", "rspamd_update", "spf", "surbl", "url_redirector", "external_services", "phishing"),
)
_RSPAMD = """
.include "$CONFDIR/common.conf"
options {{
    .include "$CONFDIR/options.inc"
    pidfile = "{folder}/pid"; cache_file = "{folder}/symbols"; control_socket = "{folder}/control mode=0600";
    dynamic_conf = "{folder}/dynamic"; history_file = "{folder}/history"; stats_file = "{folder}/stats";
    rrd = ""; hs_cache_dir = "{folder}";
    dns {{ nameserver = ["127.0.0.1"]; timeout = 0.001s; retransmits = 1; }}
}}
logging {{ type = "file"; filename = "{folder}/log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
{off}
"""


def install() -> None:
    """Installs both with apt-get, which needs root; what fails is told by the parts that miss them."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    subprocess.run(
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *_PACKAGES],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )


class Scanner:
    """A server that is asked over the loopback interface.

    Raises:
        AbsentError: it is not installed, or does not start.
    """

    name: str

    def __init__(self) -> None:
        program = shutil.which(self.name) or shutil.which(self.name, path="/usr/sbin:/usr/bin")
        if program is None:
            raise AbsentError(f"{self.name} is not installed (see --install-scanners)")
        self._folder = Path(tempfile.mkdtemp(prefix=f"benchmark-{self.name}-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.version = self._version(program)
        self._process = subprocess.Popen(
            self._command(program), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        deadline = time.monotonic() + _STARTING
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.close()
                raise AbsentError(f"{self.name} does not start")
            time.sleep(0.2)

    def seconds(self, block: Sequence[Entry]) -> float:
        """What the server and its children take for some messages as mails; hundredths of a second are counted."""
        mails = [as_mail(made) for made in block]
        before = _processor_seconds(self._process.pid)
        for data in mails:
            self._ask(data)
        return _processor_seconds(self._process.pid) - before

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listens(self) -> bool:
        with socket.socket() as sought:
            return sought.connect_ex(("127.0.0.1", self._port)) == 0

    def _version(self, program: str) -> str:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        return next((word for word in answer.replace("\n", " ").split() if word[0].isdigit()), "unknown")

    def _command(self, program: str) -> list[str]:
        raise NotImplementedError

    def _ask(self, data: bytes) -> None:
        raise NotImplementedError


class SpamAssassin(Scanner):
    """spamd with its local tests, one child."""

    name = "spamd"

    def _command(self, program: str) -> list[str]:
        listening = ["--listen=127.0.0.1", f"--port={self._port}", "--max-children=1", "--max-conn-per-child=1000000"]
        unprivileged = ["--username=nobody"] if os.geteuid() == 0 else []
        return [program, "--local", "--nouser-config", "--syslog=null", *listening, *unprivileged]

    def _ask(self, data: bytes) -> None:
        with socket.create_connection(("127.0.0.1", self._port), timeout=120) as stream:
            stream.sendall(b"SYMBOLS SPAMC/1.5\r\nContent-length: %d\r\n\r\n" % len(data) + data)
            stream.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: stream.recv(65536), b""))
        if b"EX_OK" not in answer:
            raise RuntimeError(f"spamd answered {answer[:80]!r}")


class Rspamd(Scanner):
    """One worker, without the modules that ask the network."""

    name = "rspamd"

    def _command(self, program: str) -> list[str]:
        config = self._folder / "rspamd.conf"
        off = "\n".join(f"{module} {{ enabled = false; }}" for module in _NETWORK)
        config.write_text(_RSPAMD.format(folder=self._folder, port=self._port, off=off), encoding="utf-8")
        return [program, "--no-fork", "--insecure", f"--config={config}"]

    def _ask(self, data: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        connection.request("POST", "/checkv2", data)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200 or b'"score"' not in body:
            raise RuntimeError(f"rspamd answered {answer.status} {body[:80]!r}")


def as_mail(made: Entry) -> bytes:
    """A message as a seller's program sends it."""
    fields = made.message()
    mail = EmailMessage()
    mail["From"] = "Shop <orders@shop.example>"
    mail["To"] = "Buyer <a1b2c3@marketplace.amazon.com>"
    mail["Subject"] = f"Order {fields['order']['id']}"
    mail["Date"] = "Mon, 02 Nov 2026 09:05:00 +0000"
    mail["Message-ID"] = f"<{fields['id']}@shop.example>"
    if made.is_html:
        mail.set_content(fields["html"], subtype="html")
    else:
        mail.set_content(fields["text"])
    return mail.as_bytes()


def _processor_seconds(process: int) -> float:
    """What a process and all below it have used, those that ended included."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))
    wanted = {process}
    while more := {child for child, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(ticks.get(each, 0) for each in wanted) / os.sysconf("SC_CLK_TCK")
