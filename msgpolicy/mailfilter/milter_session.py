"""One connection of a mail server to the milter: its mails are put together, judged and answered, one after another."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kilter.protocol.messages import (
    Accept,
    ActionFlags,
    ChangeHeader,
    Continue,
    Message,
    Negotiate,
    ProtocolFlags,
    Quarantine,
    ReplyCode,
    Skip,
)

from msgpolicy.mailfilter.events import tell
from msgpolicy.mailfilter.headers import Header, is_ours
from msgpolicy.mailfilter.milter_wire import Packet, WireError, packed, packet
from msgpolicy.mailfilter.replies import Reply, rules_of

if TYPE_CHECKING:
    from msgpolicy.mailfilter.milter import Milter

# Seconds without a word, after which a mail server is taken for gone; as in Sendmail's library.
_IDLE = 7210.0
_VERSION = 6

# Steps of which we want to know nothing, or for which the mail server need not wait.
_WANTED = (
    ProtocolFlags.NO_HELO
    | ProtocolFlags.NO_UNKNOWN
    | ProtocolFlags.NO_DATA
    | ProtocolFlags.NR_CONNECT
    | ProtocolFlags.NR_SENDER
    | ProtocolFlags.NR_RECIPIENT
    | ProtocolFlags.NR_HEADER
    | ProtocolFlags.SKIP
    | ProtocolFlags.HEADER_LEADING_SPACE
)
_UNANSWERED = {
    b"C": ProtocolFlags.NR_CONNECT,
    b"M": ProtocolFlags.NR_SENDER,
    b"R": ProtocolFlags.NR_RECIPIENT,
    b"L": ProtocolFlags.NR_HEADER,
}
_IGNORED = frozenset((b"D", b"H", b"T", b"U"))

_BUSY = Reply(451, "4.3.2", "msgpolicy has too much to do, try again later")
_NO_MEMORY = Reply(452, "4.3.1", "msgpolicy has too much to do, try again later")
_TOO_LARGE = Reply(552, "5.3.4", "message too large")
_FAILED = Reply(451, "4.3.0", "msgpolicy failed, try again later")


class _Mail:
    """What is known of the mail under way. `judged` is the first recipient who makes it our business."""

    def __init__(self, utf8: bool) -> None:
        self.utf8 = utf8
        self.judged: str | None = None
        self.parts: list[bytes] = []
        self.size = 0
        self.ours: list[Header] = []
        # The name and place of each of our headers among those of that name, from 1 on.
        self.places: list[tuple[bytes, int]] = []
        self.counted: Counter[bytes] = Counter()


class MilterSession:
    """Reads what the mail server says until it ends, or the milter does."""

    def __init__(self, service: Milter, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._service = service
        self._reader = reader
        self._writer = writer
        self._trusted = False
        self._mail: _Mail | None = None
        self._flags = ProtocolFlags.NONE
        self._actions = ActionFlags.NONE
        self._steps: dict[bytes, Callable[[Packet], Awaitable[Message | None]]] = {
            b"C": self._connect,
            b"M": self._sender,
            b"R": self._recipient,
            b"L": self._header,
            b"N": self._end_of_headers,
            b"B": self._body,
            b"E": self._end,
        }

    async def run(self) -> None:
        """Until the connection ends."""
        try:
            while (came := await self._next()) is not None:
                if not await self._take(came):
                    return
                if self._service.stopping and self._mail is None:
                    return
        except WireError:
            tell("error", "milter", error="not the milter protocol")
        except (OSError, TimeoutError):
            return  # the mail server is gone
        finally:
            self._forget()
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    def stop(self) -> None:
        """Ends the session now, or when the mail under way was answered."""
        if self._mail is None:
            self._writer.transport.abort()

    def abort(self) -> None:
        """Ends the session whatever it does."""
        self._writer.transport.abort()

    async def _next(self) -> Packet | None:
        async with asyncio.timeout(_IDLE):
            return await packet(self._reader)

    async def _take(self, came: Packet) -> bool:
        """Does what a packet asks for; whether the connection goes on."""
        if came.letter == b"O":
            return await self._negotiate(came.negotiate())
        if came.letter in (b"A", b"K"):  # the mail, or the client, is gone; the connection stays
            self._forget()
            return True
        if came.letter == b"Q":
            return False
        step = self._steps.get(came.letter)
        if step is None and came.letter not in _IGNORED:
            raise WireError
        answer = None
        if step is not None:
            try:
                answer = await step(came)
            except (WireError, OSError):
                raise
            except Exception as error:
                tell("error", "milter", error=type(error).__name__)
                answer = _reply(_FAILED)
                self._forget()
        if came.letter != b"D" and not self._flags & _UNANSWERED.get(came.letter, ProtocolFlags.NONE):
            await self._send(answer or Continue())
        return True

    async def _negotiate(self, offered: Negotiate) -> bool:
        wanted = ActionFlags.CHANGE_HEADERS
        if self._service.options.quarantine:
            wanted |= ActionFlags.QUARANTINE
        self._actions = wanted & offered.action_flags
        if self._actions != wanted:
            tell("error", "milter", error="the mail server lets no milter change headers, or hold mail")
            return False
        self._flags = _WANTED & offered.protocol_flags
        await self._send(Negotiate(min(_VERSION, offered.version), self._actions, self._flags))
        return True

    async def _connect(self, came: Packet) -> None:
        self._trusted = self._service.judges.trusts(came.address())

    async def _sender(self, came: Packet) -> None:
        self._forget()
        self._mail = _Mail(utf8=b"SMTPUTF8" in (argument.upper() for argument in came.arguments()[1:]))

    async def _recipient(self, came: Packet) -> None:
        mail = self._begun()
        if mail.judged is None:
            said = came.arguments()[0].decode("utf-8", "replace")
            mail.judged = self._service.judges.judged_address(f"TO:{said}")

    async def _header(self, came: Packet) -> Message | None:
        mail = self._begun()
        name, value = came.header()
        key = name.strip().lower()
        mail.counted[key] += 1
        if is_ours(name):
            mail.places.append((name, mail.counted[key]))
            mail.ours.append((name.strip(), b" ".join(line.strip() for line in value.split(b"\n"))))
            return None
        blank = b"" if self._flags & ProtocolFlags.HEADER_LEADING_SPACE else b" "
        return self._keep(
            mail, name + b":" + blank + b"\r\n".join(value.replace(b"\r\n", b"\n").split(b"\n")) + b"\r\n"
        )

    async def _end_of_headers(self, came: Packet) -> Message | None:
        mail = self._begun()
        if mail.judged is None and not mail.places:
            self._forget()
            return Accept()
        return self._keep(mail, b"\r\n")

    async def _body(self, came: Packet) -> Message | None:
        mail = self._begun()
        if mail.judged is None and self._flags & ProtocolFlags.SKIP:
            return Skip()
        return self._keep(mail, came.data)

    async def _end(self, came: Packet) -> Message:
        mail = self._begun()
        answer = self._keep(mail, came.data) or await self._judged(mail)
        self._forget()
        return answer

    async def _judged(self, mail: _Mail) -> Message:
        """The answer to a mail that is here; what is to be done with it was said by then."""
        if mail.judged is not None:
            data = b"".join(mail.parts)
            verdict = await self._service.judges.judge(
                data, mail.ours, mail.judged, trusted=self._trusted, utf8=mail.utf8
            )
            if verdict is None:
                return _reply(_BUSY)
            if verdict.reply is not None:
                held = verdict.decision is not None and verdict.decision.action == "hold"
                if verdict.decision is None or not held or not self._service.options.quarantine:
                    return _reply(verdict.reply)
                await self._send(Quarantine(f"msgpolicy: {rules_of(verdict.decision)}"))
        # From the last to the first: a header that is gone counts no more.
        for name, place in reversed(mail.places):
            await self._send(ChangeHeader(place, name.decode("latin-1"), b""))
        return Accept()

    def _begun(self) -> _Mail:
        if self._mail is None:
            raise WireError
        return self._mail

    def _keep(self, mail: _Mail, part: bytes) -> Message | None:
        """Keeps a part of a mail that is to be judged; what to answer where there is no room for it."""
        if mail.judged is None:
            return None
        trouble = None
        if mail.size + len(part) > self._service.options.size_limit:
            trouble = _TOO_LARGE
        elif not self._service.memory.take(len(part)):
            trouble = _NO_MEMORY
        if trouble is not None:
            return _reply(trouble)
        mail.parts.append(part)
        mail.size += len(part)
        return None

    def _forget(self) -> None:
        if self._mail is not None:
            self._service.memory.give_back(self._mail.size)
            self._mail = None

    async def _send(self, message: Message) -> None:
        self._writer.write(packed(message))
        await self._writer.drain()


def _reply(reply: Reply) -> ReplyCode:
    # A percent sign begins something else in this protocol.
    return ReplyCode(reply.line().replace(b"%", b"%%") + b"\0")
