"""Mails before the gate: whose are judged, what headers and an order lookup know of one, and what to answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

import regex

from msgpolicy.hooks import Decision, Gate
from msgpolicy.hooks.gate import LookUp
from msgpolicy.mailfilter.headers import Facts, Header, HeaderError, facts_of
from msgpolicy.mailfilter.replies import Reply, one_line, reply_to

# Networks whose clients may say facts.
Trust = tuple[IPv4Network | IPv6Network, ...]

_ADDRESS = regex.compile(r"<([^<>]*+)>")


class Verdict(NamedTuple):
    """What to answer where a mail is not to be sent (else None), and the decision, if there is one."""

    reply: Reply | None
    decision: Decision | None


class Judges:
    """Has mails judged in threads, some at a time; made and asked within one event loop."""

    def __init__(self, gate: Gate | None, *, trust: Trust, lookup: LookUp | None, hook: str) -> None:
        """Judges who are ready.

        Args:
            gate: what decides; None lets all mail through.
            trust: networks whose clients may say facts.
            lookup: gives further facts of a mail.
            hook: who asks, for the record.
        """
        self._gate = gate
        self._trust = trust
        self._lookup = lookup
        self._hook = hook
        count = max(2, os.cpu_count() or 1)
        self._slots = asyncio.Semaphore(count)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=f"msgpolicy-{hook}")

    def close(self) -> None:
        """Takes no further mails; what is being judged is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def trusts(self, address: str) -> bool:
        """Whether a client at this address may say facts of its mails."""
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        # An address of the older kind in new clothes is itself.
        known = ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
        return any(known in network for network in self._trust)

    def judged_address(self, argument: str) -> str | None:
        """The address of a RCPT command where mail to it is judged."""
        # Parameters behind the address do not count; what is odd is judged rather than not.
        said = argument[: argument.rfind(">") + 1] or argument
        if self._gate is None or not self._gate.is_judged([said]):
            return None
        match = _ADDRESS.search(said)
        return match[1] if match else said.partition(":")[2].strip()

    async def judge(
        self, mail: bytes, headers: Iterable[Header], recipient: str, *, trusted: bool, utf8: bool
    ) -> Verdict | None:
        """The verdict on a mail from which our headers were taken; None where it was not judged in time."""
        assert self._gate is not None
        gate, loop = self._gate, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(gate.settings.time_budget):
                await self._slots.acquire()
        except TimeoutError:
            return None
        try:
            judging = self._threads.submit(
                decide,
                gate,
                mail,
                headers,
                recipient=recipient,
                trusted=trusted,
                lookup=self._lookup,
                hook=self._hook,
            )
        except RuntimeError:  # stopped
            self._slots.release()
            return None
        # The slot is free when the thread is, not when the client is gone.
        judging.add_done_callback(lambda _: _in(loop, self._slots.release))
        try:
            decision = await asyncio.wrap_future(judging)
        except HeaderError as error:
            return Verdict(Reply(550, "5.6.0", one_line(str(error), utf8=False)), None)
        return Verdict(reply_to(decision, utf8), decision)


class Memory:
    """Bytes that may be held."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def take(self, count: int) -> bool:
        """Whether so many more are there to be had; they are taken."""
        if count > self._left:
            return False
        self._left -= count
        return True

    def give_back(self, count: int) -> None:
        """They are free again."""
        self._left += count


def decide(
    gate: Gate,
    mail: bytes,
    headers: Iterable[Header],
    *,
    recipient: str,
    trusted: bool,
    lookup: LookUp | None = None,
    hook: str,
) -> Decision:
    """The decision on a mail from which our headers were taken. What is known: record < headers < lookup.

    Args:
        headers: those that were taken; they count where the client is `trusted`.
        recipient: the first address of the envelope that is judged.

    Raises:
        HeaderError: a trusted client's header cannot be used.
    """
    facts = facts_of(headers) if trusted else Facts({})
    said = {"recipient": recipient, **facts.context}
    return gate.decide(mail, context=said, lookup=lookup, send_anyway=facts.send_anyway, by=facts.by, hook=hook)


def _in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
