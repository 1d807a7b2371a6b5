"""A relay that writes down every mail before it takes it: `python -m benchmarks.smtp.sink PORT FILE`."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import sys


async def _serve(port: int, path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(b"220 sink\r\n")
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    writer.write(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
                elif verb == b"DATA":
                    writer.write(b"354 go\r\n")
                    wire = await reader.readuntil(b"\r\n.\r\n")
                    number = wire.partition(b"Message-ID: <")[2].partition(b"@")[0].decode() or "?"
                    os.write(file, f"{number} {hashlib.sha256(wire).hexdigest()}\n".encode())
                    writer.write(b"250 2.0.0 taken\r\n")
                elif verb == b"QUIT":
                    break
                else:
                    writer.write(b"250 ok\r\n")
        writer.close()

    server = await asyncio.start_server(session, "127.0.0.1", port, limit=2**26, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2]))
