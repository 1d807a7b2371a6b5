"""One client of the SMTP filter: its commands go to the relay as they came, and its mails when they were judged.

aiosmtpd reads the commands and does STARTTLS; what it would make of commands itself is overridden, for the answers are
the relay's.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import regex
from aiosmtpd.smtp import SMTP

from msgpolicy.mailfilter import wire
from msgpolicy.mailfilter.events import tell
from msgpolicy.mailfilter.headers import Header, with_hold, without_ours
from msgpolicy.mailfilter.relay import Answer, Relay, RelayError
from msgpolicy.mailfilter.replies import Reply, rules_of

if TYPE_CHECKING:
    from msgpolicy.mailfilter.server import Filter

# Bytes of a command: those of RFC 5321 with room for SMTPUTF8 and delivery notifications.
MAX_COMMAND = 4096
# What the relay must offer for the filter to offer it.
_HANDED_THROUGH = ("8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES")
# What Postfix says of the client behind it; all but ADDR is the relay's matter.
_XFORWARD = "NAME ADDR PORT PROTO HELO IDENT SOURCE"
# Seconds that a client may take for one mail, however steadily it comes.
_MAIL_TIME = 1800.0
# From this size on a mail is prepared beside the loop. Bytes.
_LARGE = 262_144

_SIZE = regex.compile(r" SIZE=([0-9]{1,20})(?![^ ])", flags=regex.IGNORECASE)
_ADDR = regex.compile(r"(?:^| )ADDR=(?:IPV6:)?([^ ]++)", flags=regex.IGNORECASE)

_BUSY = Reply(451, "4.3.2", "msgpolicy has too much to do, try again later").line()
_STOPPING = Reply(421, "4.3.2", "msgpolicy is stopping, try again later").line()
_BARE = Reply(554, "5.6.0", "msgpolicy takes no mail with CR or LF that are not CRLF").line()
_FAILED = Reply(451, "4.3.0", "msgpolicy failed, try again later").line()
_TOO_LARGE = Reply(552, "5.3.4", "message too large").line()
_NO_MEMORY = Reply(452, "4.3.1", "msgpolicy has too much to do, try again later").line()


class Handler:
    """What aiosmtpd asks when a command fails: never what it says of the error, which may quote the client."""

    async def handle_exception(self, error: Exception) -> bytes:
        """What to answer. The command is over: what fails while a mail comes in ends the session instead."""
        if isinstance(error, RelayError):
            tell("relay", error=str(error))
            return _unreachable(error)
        tell("error", error=type(error).__name__)
        return _FAILED


class Session(SMTP):
    """A connection of a client, and the one to the relay that belongs to it."""

    line_length_limit = 65_536  # of the reader: mails are read in pieces of this size
    command_size_limit = MAX_COMMAND
    command_size_limits: dict[str, int] = defaultdict(lambda: MAX_COMMAND)  # noqa: RUF012, aiosmtpd has it so

    def __init__(self, service: Filter, loop: asyncio.AbstractEventLoop) -> None:
        options = service.options
        super().__init__(
            Handler(),
            data_size_limit=options.size_limit,
            enable_SMTPUTF8=True,
            hostname=options.relay.name,
            ident="ESMTP",
            tls_context=options.tls,
            require_starttls=options.require_tls,
            timeout=options.timeout,
            loop=loop,
        )
        self.service = service
        self.in_data = False
        self._relay: Relay | None = None
        # The address that XFORWARD says, "" where it said none that can be read.
        self._forwarded: str | None = None
        # The relay has a mail begun that is not ours any more.
        self._stale = False
        self._forget()

    def _forget(self) -> None:
        self._begun = False
        self._utf8 = False
        self._accepted = 0
        self._judged: str | None = None
        # What to answer until the client begins anew, where the relay was lost meanwhile.
        self._broken: bytes | None = None

    # The connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._forget()
        self.service.sessions.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.service.sessions.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        try:
            await super()._handle_client()
        except (OSError, asyncio.IncompleteReadError):
            return  # the client is gone
        finally:
            self._drop()

    def _timeout_cb(self) -> None:
        self._end(Reply(421, "4.4.2", "nothing came for too long").line())

    def stop(self) -> None:
        """Ends the session now, or when the mail that is coming in was answered."""
        if not self.in_data:
            self._end(_STOPPING)

    def abort(self) -> asyncio.Future[None]:
        """Ends the session whatever it does; when it has ended, what is returned is done."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
        assert self._handler_coroutine is not None
        self._handler_coroutine.cancel()
        return self._handler_coroutine

    def _end(self, line: bytes) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.write(line + b"\r\n")
            self.transport.close()

    def _leave(self, line: bytes) -> NoReturn:
        """Ends the session from within a command: what came behind it is not read."""
        self._end(line)
        raise ConnectionResetError

    def _drop(self) -> None:
        if self._relay is not None:
            self._relay.abort()
            self._relay = None
        self._stale = False

    # Commands

    async def smtp_HELO(self, arg: str | None) -> None:
        if not arg:
            await self.push("501 5.5.4 Syntax: HELO hostname")
            return
        self._greet(arg, extended=False)
        await self.push(f"250 {self.hostname}")

    async def smtp_EHLO(self, arg: str | None) -> None:
        if not arg:
            await self.push("501 5.5.4 Syntax: EHLO hostname")
            return
        self._greet(arg, extended=True)
        offered = {}
        with contextlib.suppress(RelayError):  # MAIL says it
            offered = (await self._connected()).extensions
        words = [
            "PIPELINING",
            self._size(offered.get("SIZE", "")),
            *(word for word in _HANDED_THROUGH if word in offered),
        ]
        if self.tls_context and not self._tls_protocol:
            words.append("STARTTLS")
        if self._peer_is_trusted():
            words.append(f"XFORWARD {_XFORWARD}")
        lines = [self.hostname, *words]
        last = len(lines) - 1
        text = "\r\n".join(f"250{' ' if number == last else '-'}{line}" for number, line in enumerate(lines))
        await self.push(text.encode("ascii", "replace"))

    async def smtp_XFORWARD(self, arg: str | None) -> None:
        if not self._peer_is_trusted():
            await self.push("550 5.7.0 XFORWARD is for clients that are trusted")
        elif self._begun:
            await self.push("503 5.5.1 Error: mail is begun")
        elif (line := _command("XFORWARD", arg)) is None:
            await self.push("501 5.5.4 Syntax: XFORWARD attribute=value...")
        else:
            if match := _ADDR.search(arg or ""):
                self._forwarded = match[1]
            elif self._forwarded is None:
                self._forwarded = ""
            with self._untimed():
                wanted = "XFORWARD" in (await self._connected()).extensions
            await self.push((await self._ask(line)).data if wanted else b"250 2.0.0 Ok")

    async def smtp_MAIL(self, arg: str | None) -> None:
        line = _command("MAIL", arg)
        if await self.check_helo_needed():
            return
        self._broken = None
        if self.service.stopping:
            self._leave(_STOPPING)
        if self._begun:
            await self.push("503 5.5.1 Error: nested MAIL command")
        elif line is None or not line.upper().startswith(b"MAIL FROM:"):
            await self.push("501 5.5.4 Syntax: MAIL FROM:<address>")
        elif (size := _SIZE.search(arg or "")) and int(size[1]) > self.service.options.size_limit:
            await self.push(_TOO_LARGE)
        else:
            answer = await self._ask(line)
            self._begun = answer.good
            self._utf8 = b" SMTPUTF8" in line.upper()
            await self.push(answer.data)

    async def smtp_RCPT(self, arg: str | None) -> None:
        line = _command("RCPT", arg)
        if await self.check_helo_needed():
            return
        if self._broken:
            await self.push(self._broken)
        elif not self._begun:
            await self.push("503 5.5.1 Error: need MAIL command")
        elif line is None or not line.upper().startswith(b"RCPT TO:"):
            await self.push("501 5.5.4 Syntax: RCPT TO:<address>")
        else:
            answer = await self._ask(line)
            if answer.good:
                self._accepted += 1
                if self._judged is None:
                    self._judged = self.service.judges.judged_address(arg or "")
            await self.push(answer.data)

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        if self._broken:
            await self.push(self._broken)
        elif not self._begun:
            await self.push("503 5.5.1 Error: need MAIL command")
        elif not self._accepted:
            await self.push("554 5.5.1 Error: no valid recipients")
        elif arg:
            await self.push("501 5.5.4 Syntax: DATA")
        else:
            self.in_data = True
            try:
                await self.push("354 End data with <CR><LF>.<CR><LF>")
                await self.push(await self._data())
            finally:
                self.in_data = False
                self._forget()
            if self.service.stopping:
                self._leave(_STOPPING)

    async def smtp_RSET(self, arg: str | None) -> None:
        if arg:
            await self.push("501 5.5.4 Syntax: RSET")
            return
        self._reset()
        await self.push("250 2.0.0 Ok")

    async def smtp_NOOP(self, arg: str | None) -> None:
        await self.push("250 2.0.0 Ok")

    async def smtp_VRFY(self, arg: str | None) -> None:
        await self.push("252 2.0.0 Send mail and see")

    async def smtp_HELP(self, arg: str | None) -> None:
        await self.push("214 2.0.0 See RFC 5321")

    async def smtp_AUTH(self, arg: str | None) -> None:
        await self.push("502 5.5.1 Error: command not implemented")

    smtp_EXPN = smtp_AUTH

    async def smtp_QUIT(self, arg: str | None) -> None:
        if self._relay is not None:
            await self._relay.quit()
            self._relay = None
        self._leave(b"221 2.0.0 Bye")

    # The mail

    async def _data(self) -> bytes:
        """Reads the mail, and has it judged and handed on; what to answer."""
        limit, memory = self.service.options.size_limit, self.service.memory
        pieces: list[bytes] = []
        held = 0
        trouble: bytes | None = None
        try:
            try:
                async with asyncio.timeout(_MAIL_TIME):
                    async for piece in wire.pieces(self._reader):
                        self._reset_timeout()
                        if trouble is None and held + len(piece) > limit:
                            trouble = _TOO_LARGE
                        if trouble is None and not memory.take(len(piece)):
                            trouble = _NO_MEMORY
                        if trouble is None:
                            held += len(piece)
                            pieces.append(piece)
                        else:  # what is refused is read to its end, and not kept
                            pieces.clear()
            except Exception:  # the rest of the mail must not be taken for commands
                self._leave(_FAILED)
            self._stale = True
            with self._untimed():
                return trouble or await self._handed_on(pieces)
        finally:
            memory.give_back(held)

    async def _handed_on(self, pieces: list[bytes]) -> bytes:
        large = sum(map(len, pieces)) > _LARGE
        mail, taken = await asyncio.to_thread(_prepared, pieces) if large else _prepared(pieces)
        if mail is None:
            return _BARE
        if self._judged is not None:
            verdict = await self.service.judges.judge(
                mail, taken, self._judged, trusted=self._is_trusted(), utf8=self._utf8
            )
            if verdict is None:
                return _BUSY
            reply, decision = verdict
            if reply is not None:
                if decision is None or decision.action != "hold" or not self.service.options.mark_held:
                    return reply.line()
                mail = with_hold(mail, rules_of(decision))
        assert self._relay is not None  # else _broken
        data = await asyncio.to_thread(wire.stuffed, mail) if large else wire.stuffed(mail)
        try:
            answer = await self._relay.take(data)
        except RelayError:
            self._drop()
            raise
        self._stale = False
        return answer.data

    # The relay

    async def _connected(self) -> Relay:
        if self._relay is None:
            self._relay = await Relay.connected(self.service.options.relay)
        return self._relay

    async def _ask(self, line: bytes) -> Answer:
        """The relay's answer to a command that the client gave.

        Raises:
            RelayError: there is none. The same is said of the rest of the transaction, for which there is no relay.
        """
        try:
            with self._untimed():
                relay = await self._connected()
                if self._stale:
                    await relay.ask(b"RSET")
                    self._stale = False
                answer = await relay.ask(line)
        except RelayError as error:
            self._drop()
            self._broken = _unreachable(error)
            raise
        if answer.code == 421:
            self._drop()
            self._broken = _unreachable(RelayError("relay ended the connection"))
        return answer

    def _greet(self, name: str, *, extended: bool) -> None:
        assert self.session is not None
        self._reset()
        self.session.extended_smtp = extended
        self.session.host_name = name

    def _reset(self) -> None:
        self._stale = self._stale or self._begun
        self._forget()

    # Whom to trust

    def _peer_is_trusted(self) -> bool:
        peer = self.session.peer if self.session else None
        return peer is not None and self.service.judges.trusts(str(peer[0]))

    def _is_trusted(self) -> bool:
        """Whether who sent the mail may say facts: the client, or the one for which a client that may says XFORWARD."""
        return self._peer_is_trusted() and (self._forwarded is None or self.service.judges.trusts(self._forwarded))

    # aiosmtpd's ways

    @contextlib.contextmanager
    def _untimed(self) -> Iterator[None]:
        """While the client waits for us, it is not the one that is slow."""
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()
        try:
            yield
        finally:
            if self.transport is not None:
                self._reset_timeout()

    def _size(self, relays: str) -> str:
        """The smaller limit; 0 of a relay means none."""
        limit = self.service.options.size_limit
        theirs = int(relays) if relays.isdecimal() and len(relays) < 20 else 0
        return f"SIZE {min(limit, theirs) if theirs else limit}"


def _prepared(pieces: list[bytes]) -> tuple[bytes | None, list[Header]]:
    """The mail without dots and without our headers, and these; None where its line ends would pass for others."""
    mail = wire.unstuffed(b"".join(pieces))
    pieces.clear()
    return (None, []) if wire.has_bare_line_ends(mail) else without_ours(mail)


def _unreachable(error: RelayError) -> bytes:
    return Reply(451, "4.4.1", f"{error}, try again later").line()


def _command(verb: str, arg: Any) -> bytes | None:
    """A command as the relay gets it; None where it has control characters: to the next hop they may be its end."""
    if not arg or any(ord(char) < 32 or ord(char) == 127 for char in arg):
        return None
    line: bytes = f"{verb} {arg}".encode("utf-8", "surrogateescape")
    return line
