"""The processes of the benchmark: filters and relays, started, killed and started again; and a client."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.smtp.mails import RECIPIENT


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Process:
    """A server at a port of its own."""

    def __init__(self, port: int, command: list[str], log: Path) -> None:
        self.port = port
        self._command = command
        self._log = log
        self.start()

    def start(self) -> None:
        """Starts it; it may take seconds until it is there."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-m", *self._command], stderr=log, stdout=log)

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5):
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self._command[0]} does not answer: {self._log.read_text()[-500:]}")

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self._process.wait()


def sink(folder: Path, name: str = "taken") -> Process:
    """A relay that takes everything; what came is in `folder/name`."""
    port = free_port()
    return Process(port, ["benchmarks.smtp.sink", str(port), str(folder / name)], folder / "sink.log")


def filter_before(relay: int, folder: Path, *options: str) -> Process:
    """`msgpolicy smtp` before a relay."""
    port = free_port()
    gate = folder / "gate.toml"
    gate.write_text('log = "decisions.jsonl"\n', encoding="utf-8")
    command = ["msgpolicy", "smtp", "--listen", f"127.0.0.1:{port}", "--relay", f"127.0.0.1:{relay}", *options]
    if "--no-judging" not in options:
        command += ["--gate", str(gate)]
    return Process(port, command, folder / "filter.log")


async def send(port: int, mail: bytes) -> bytes:
    """The answer to a mail in a session of its own, as Postfix speaks to a filter; empty where there was none."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return b""
    try:
        answer = await reader.readline()
        for command in (
            b"EHLO client.example",
            b"MAIL FROM:<service@shop.example>",
            b"RCPT TO:<" + RECIPIENT + b">",
            b"DATA",
        ):
            if answer[:1] not in (b"2", b"3"):
                return answer
            writer.write(command + b"\r\n")
            answer = await reader.readline()
            while answer[3:4] == b"-":
                answer = await reader.readline()
        if not answer.startswith(b"354"):
            return answer
        writer.write(mail + b".\r\n")
        answer = await reader.readline()
        if answer:
            writer.write(b"QUIT\r\n")
        return answer
    except OSError:
        return b""
    finally:
        writer.close()
