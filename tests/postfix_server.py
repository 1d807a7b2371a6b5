"""A real Postfix with the filter before its queue, as docs/hooks-smtp.md sets it up, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

needs_postfix = pytest.mark.skipif(
    (shutil.which("postfix", path="/usr/sbin:/sbin:/usr/bin") is None or os.geteuid() != 0)
    and not os.environ.get("MSGPOLICY_NEEDS_POSTFIX"),
    reason="needs Postfix (Debian: postfix) and to be root",
)

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mail.shop.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:{sink}
disable_dns_lookups = yes
smtp_host_lookup = native
alias_maps =
alias_database =
local_recipient_maps =
smtp_tls_security_level = none
smtpd_tls_security_level = none
message_size_limit = 60000000
header_checks = regexp:{folder}/conf/header_checks
"""

# The first two services are those of docs/hooks-smtp.md.
MASTER = """\
127.0.0.1:{port} inet n - n - 20 smtpd
  -o smtpd_proxy_filter=127.0.0.1:{filter}
  -o smtpd_proxy_timeout=180s
127.0.0.1:{back} inet n - n - - smtpd
  -o smtpd_authorized_xforward_hosts=127.0.0.0/8
  -o smtpd_client_restrictions=
  -o smtpd_helo_restrictions=
  -o smtpd_sender_restrictions=
  -o smtpd_relay_restrictions=
  -o smtpd_recipient_restrictions=permit_mynetworks,reject
  -o smtpd_data_restrictions=
  -o mynetworks=127.0.0.0/8
  -o smtpd_tls_security_level=none
  -o receive_override_options=no_unknown_recipient_checks
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix(NamedTuple):
    """`port` is where clients connect, `back` where the filter hands on."""

    folder: Path
    port: int
    back: int

    def log(self) -> str:
        file = self.folder / "mail.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def held(self) -> int:
        """Mails in the hold queue."""
        return sum(1 for path in (self.folder / "queue" / "hold").rglob("*") if path.is_file())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def postfix(folder: Path, filter_port: int, back: int, sink: int) -> Iterator[Postfix]:
    """A Postfix that is ready, with `filter_port` before its queue, and that sends to `sink`."""
    made = Postfix(folder, free_port(), back)
    folder.chmod(0o755)
    for above in folder.parents[:-2]:  # pytest keeps its folders to itself; Postfix' processes are another user
        with contextlib.suppress(PermissionError):
            above.chmod(above.stat().st_mode | 0o011)
    conf = folder / "conf"
    for name in ("conf", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    values = {"folder": folder, "port": made.port, "back": back, "filter": filter_port, "sink": sink}
    (conf / "main.cf").write_text(_MAIN.format(**values), encoding="utf-8")
    (conf / "master.cf").write_text(MASTER.format(**values), encoding="utf-8")
    (conf / "header_checks").write_text("/^X-Msgpolicy-Hold:/ HOLD\n", encoding="utf-8")
    command = ["/usr/sbin/postfix", "-c", str(conf)]
    started = subprocess.run([*command, "start"], check=False, capture_output=True, text=True, timeout=60)
    assert started.returncode == 0, started.stderr + made.log()
    try:
        _wait_for(made)
        yield made
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True, timeout=60)


def _wait_for(made: Postfix) -> None:
    for port in (made.port, made.back):
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                # The front asks the filter only when a mail begins.
                if line.recv(100).startswith(b"220"):
                    break
            time.sleep(0.1)
        else:
            raise AssertionError(f"Postfix does not answer at {port}:\n{made.log()}")
