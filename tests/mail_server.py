"""A mail server of the standard library's sockets: takes everything, and keeps it."""

from __future__ import annotations

import socketserver
from contextlib import AbstractContextManager

from tests.threaded import answering


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example\r\n")
        recipients: list[str] = []
        for line in self.rfile:
            self.server.said.append(line)
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipients.append(line.decode().partition("<")[2].partition(">")[0])
            if verb == b"DATA":
                self.wfile.write(b"354 go\r\n")
                data = bytearray()
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    data += part
                self.server.mails.append((tuple(recipients), bytes(data)))
                recipients = []
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


class MailServer(socketserver.ThreadingTCPServer):
    """`mails` holds recipients and content of each mail, `said` every line of the clients outside of contents."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[tuple[tuple[str, ...], bytes]] = []
        self.said: list[bytes] = []

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port


def mail_server() -> AbstractContextManager[MailServer]:
    return answering(MailServer())
