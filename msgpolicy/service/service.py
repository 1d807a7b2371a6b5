"""The service without HTTP: what is in force, who judges, reloads, and what is counted."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from msgpolicy.hooks.gate import Gate, linter_of
from msgpolicy.hooks.settings import GateSettings
from msgpolicy.inputs.errors import Trouble
from msgpolicy.linter import Linter
from msgpolicy.service.crew import Crew, CrewError, Processes, Threads
from msgpolicy.service.jobs import Answer, Job, Options
from msgpolicy.service.judging import error_record
from msgpolicy.service.metrics import Metrics
from msgpolicy.service.problems import ProblemError
from msgpolicy.service.settings import ServiceSettings
from msgpolicy.service.tokens import Tokens

# Messages of one request that a process gets at a time: those of others come in between.
CHUNK = 8
_BUSY = {"Retry-After": "1"}


class _InForce(NamedTuple):
    linter: Linter
    crew: Crew
    tokens: Tokens


class Service:
    """Judges, for as long as it runs."""

    def __init__(self, settings: ServiceSettings) -> None:
        """A service that has read its rules and is not running yet.

        Raises:
            GateSettingsError: the gate's settings cannot be used.
            RulesetError: the ruleset, one of its settings or the suppressions cannot be used.
            TokenError: the tokens cannot be used.
        """
        self.settings = settings
        self.metrics = Metrics()
        self.draining = False
        self._in_force = self._load()
        self._reloading = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def linter(self) -> Linter:
        """The linter whose rules are in force; it is not the one that judges."""
        return self._in_force.linter

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._in_force.tokens

    @property
    def crew(self) -> Crew:
        """Who judges."""
        return self._in_force.crew

    @property
    def ready(self) -> bool:
        """Whether new requests are welcome."""
        return not self.draining and self.crew.ready > 0

    async def start(self) -> None:
        """Returns when all who judge are ready.

        Raises:
            CrewError: they cannot judge.
        """
        await self.crew.start()

    async def stop(self) -> None:
        """Ends, when what is under way is judged."""
        self.draining = True
        await asyncio.gather(*self._tasks, self.crew.retire(), return_exceptions=True)

    async def reload(self) -> bool:
        """Reads settings, rules and tokens again. Whether they can be used; if not, the old ones stay in force."""
        async with self._reloading:
            try:
                new = await asyncio.to_thread(self._load)
                await new.crew.start()
            except Exception as error:
                self.metrics.reloads["failed"] += 1
                self.tell("reload", ok=False, error=str(error))
                return False
            old, self._in_force = self._in_force, new
            self.metrics.reloads["ok"] += 1
            ruleset = new.linter.ruleset
            self.tell("reload", ok=True, ruleset=ruleset.name, version=ruleset.version, digest=ruleset.digest)
            task = asyncio.create_task(old.crew.retire())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return True

    def tell(self, event: str, **what: Any) -> None:
        """Writes one JSON line about the service to standard error; never of a message."""
        entry = {"schema": 1, "event": event, "time": datetime.now(UTC), **what}
        try:
            sys.stderr.write(msgspec.json.encode(entry).decode() + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody listens; the service goes on
            return

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """One of the requests that are taken at a time.

        Raises:
            ProblemError: there are as many as are taken.
        """
        if self.metrics.in_flight >= self.settings.limits.concurrency:
            raise ProblemError(503, "busy", "as many requests as are taken at a time are under way", headers=_BUSY)
        self.metrics.in_flight += 1
        try:
            yield
        finally:
            self.metrics.in_flight -= 1

    async def one(self, job: Job) -> bytes:
        """The answer to a job of one body.

        Raises:
            ProblemError: there is none.
        """
        try:
            (part,) = await self._do(job)
        except CrewError as error:
            kind = {"stuck": "too-slow", "died": "not-judged"}.get(error.kind, "not-ready")
            raise ProblemError(503, kind, f"the message was not judged: {error}") from None
        return part

    async def many(self, bodies: Sequence[bytes], options: Options) -> bytes:
        """A JSON array with the answer to each body."""
        turns = asyncio.Semaphore(self.crew.size)

        async def chunk(first: int) -> list[bytes]:
            async with turns:
                return await self._chunk(Job("records", list(bodies[first : first + CHUNK]), options, first))

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(chunk(first)) for first in range(0, len(bodies), CHUNK)]
        return b"[" + b",".join(part for task in tasks for part in task.result()) + b"]"

    async def _chunk(self, job: Job) -> list[bytes]:
        """The answers to some messages of a request; on which nobody can be at work is found one by one."""
        try:
            return await self._do(job)
        except CrewError as error:
            if len(job.bodies) == 1:
                return [error_record(job.first, [Trouble(f"it was not judged: {error}")])]
        parts: list[bytes] = []
        for index, body in enumerate(job.bodies, start=job.first):
            parts += await self._chunk(Job("records", [body], job.options, index))
        return parts

    async def _do(self, job: Job) -> list[bytes]:
        answer: Answer = await self.crew.do(job)
        if answer.refusal is not None:
            refusal = answer.refusal
            raise ProblemError(refusal.status, refusal.kind, refusal.detail, errors=refusal.errors)
        self.metrics.judged(answer.verdicts, answer.rules)
        return answer.parts

    def _load(self) -> _InForce:
        settings = self.settings
        tokens = Tokens(settings.tokens, settings.token)
        given = settings.gate
        gate_settings = given if isinstance(given, GateSettings) else GateSettings.from_file(given)
        if not settings.workers:
            gate = Gate(gate_settings)
            return _InForce(gate.linter, Threads(gate), tokens)
        linter = linter_of(gate_settings)
        digests = tuple(ruleset.digest for ruleset in linter.rulesets)
        return _InForce(linter, Processes(gate_settings, digests, settings.workers, tell=self._replaced), tokens)

    def _replaced(self, what: str) -> None:
        self.metrics.replaced += 1
        self.tell("worker", what=what)
