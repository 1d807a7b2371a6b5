"""Who does the jobs: processes, each with rules of its own, or threads of this process.

Judging keeps a core busy, so that threads would take turns and keep the server from answering. A process can be ended:
one that is stuck, or that a fault of a library has ended, is replaced, and costs the job that it was at and no other.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Protocol

import msgspec

from msgpolicy.garbage import settle
from msgpolicy.hooks.gate import Gate
from msgpolicy.hooks.settings import GateSettings
from msgpolicy.service.jobs import Answer, Job
from msgpolicy.service.judging import Judge

# Seconds that a process has beyond the time budgets of its messages, before it is taken for stuck.
GRACE = 5.0
# Seconds until it is tried again to begin one.
RETRY = 10.0

_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE_JOB = msgspec.msgpack.Decoder(Job).decode
_DECODE_ANSWER = msgspec.msgpack.Decoder(Answer).decode
_READY = b""


class CrewError(Exception):
    """A job could not be done: `kind` is `stuck` or `died`, or `start` where nobody could begin."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Crew(Protocol):
    """Does jobs, as many at a time as `size`."""

    size: int
    ready: int
    """How many can take a job, or are at one."""

    async def start(self) -> None:
        """Returns when all are ready.

        Raises:
            CrewError: one cannot judge by these settings.
        """

    async def do(self, job: Job) -> Answer:
        """The answer to a job, when its turn has come.

        Raises:
            CrewError: no answer came of it.
        """

    async def retire(self) -> None:
        """Ends, when the jobs under way are done."""


class Threads:
    """Threads of this process. They take turns at the interpreter's lock: for tests, and for very small machines."""

    def __init__(self, gate: Gate, size: int = 1) -> None:
        self.size = size
        self.ready = 0
        self._judge = Judge(gate)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="msgpolicy-judge")

    async def start(self) -> None:
        """A gate is warm when it is made."""
        self.ready = self.size

    async def do(self, job: Job) -> Answer:
        """See Crew."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._judge.do, job)

    async def retire(self) -> None:
        """See Crew."""
        self.ready = 0
        await asyncio.to_thread(self._threads.shutdown)


class Processes:
    """Processes, each fed through a pipe by a thread that waits for it."""

    def __init__(
        self, settings: GateSettings, digests: tuple[str, ...], size: int, *, tell: Callable[[str], None]
    ) -> None:
        """As many processes as `size`; `digests` are those of the rulesets that each has to load, `tell` is told what
        becomes of them."""
        self.size = size
        self.ready = 0
        self._recipe = (msgspec.to_builtins(settings), digests)
        self._budget = settings.time_budget
        self._tell = tell
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(size + 1, thread_name_prefix="msgpolicy-worker")
        self._pending = 0
        self._empty = asyncio.Event()
        self._empty.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """See Crew."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.size):
                    group.create_task(self._hire())
        except ExceptionGroup as errors:
            await self.retire()
            raise errors.exceptions[0] from None

    async def do(self, job: Job) -> Answer:
        """See Crew."""
        self._pending += 1
        self._empty.clear()
        try:
            worker = await self._idle.get()
        except asyncio.CancelledError:
            self._one_less()
            raise
        seconds = self._budget * len(job.bodies) + GRACE
        work = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, _ENCODE(job), seconds)
        work.add_done_callback(lambda done: self._done(worker, done))
        # Whoever asked may go away; the process is free when it has answered.
        return _DECODE_ANSWER(await asyncio.shield(work))

    async def retire(self) -> None:
        """See Crew."""
        await self._empty.wait()
        self.ready = 0
        for task in list(self._tasks):
            task.cancel()
        for worker in list(self._workers):
            worker.end()
        await asyncio.to_thread(self._threads.shutdown)

    def _one_less(self) -> None:
        self._pending -= 1
        if not self._pending:
            self._empty.set()

    async def _hire(self) -> None:
        worker = _Worker(self._recipe)
        self._workers.add(worker)
        await asyncio.get_running_loop().run_in_executor(self._threads, worker.begin)
        self.ready += 1
        self._idle.put_nowait(worker)

    def _done(self, worker: _Worker, work: asyncio.Future[bytes]) -> None:
        self._one_less()
        error = work.exception()
        if not worker.gone:
            self._idle.put_nowait(worker)
            return
        self.ready -= 1
        self._workers.discard(worker)
        self._tell(f"a process that judges is replaced: {error}")
        task = asyncio.get_running_loop().create_task(self._replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self) -> None:
        while True:
            try:
                return await self._hire()
            except CrewError as error:
                self._tell(f"no process can take its place yet: {error}")
            await asyncio.sleep(RETRY)


class _Worker:
    """One process, and this end of its pipe. Its methods block."""

    def __init__(self, recipe: tuple[Any, tuple[str, ...]]) -> None:
        # Not a fork: other threads may hold locks at that moment.
        context = multiprocessing.get_context("spawn")
        self._pipe, self._its_pipe = context.Pipe()
        self._process = context.Process(
            target=work, args=(self._its_pipe, *recipe), name="msgpolicy-judge", daemon=True
        )
        self.gone = False

    def begin(self) -> None:
        """Returns when it is ready.

        Raises:
            CrewError: it cannot be.
        """
        self._process.start()
        self._its_pipe.close()
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, OSError):
            said = b"it ended before it was ready"
        if said != _READY:
            self.end()
            raise CrewError("start", said.decode())

    def ask(self, job: bytes, seconds: float) -> bytes:
        """The answer to a job.

        Raises:
            CrewError: none came in time, or the process ended; it is gone then.
        """
        try:
            self._pipe.send_bytes(job)
            if self._pipe.poll(seconds):
                return self._pipe.recv_bytes()
        except (EOFError, OSError):
            self.end()
            raise CrewError("died", "the process that judged it ended") from None
        self.end()
        raise CrewError("stuck", f"it was judged for longer than {seconds:g} seconds")

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self.gone = True
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
        self._pipe.close()


def work(pipe: Connection, settings: Mapping[str, Any], digests: tuple[str, ...]) -> None:
    """What a process does until the server's end of the pipe is closed."""
    # They are for the server, which lets its processes finish; a terminal and systemd send them to all.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    try:
        gate = Gate(settings)
    except Exception as error:
        pipe.send_bytes(str(error).encode() or b"it cannot load the rules")
        return
    if tuple(ruleset.digest for ruleset in gate.linter.rulesets) != digests:
        pipe.send_bytes(b"the rules have changed on disk: reload the service")
        return
    judge = Judge(gate)
    settle()
    pipe.send_bytes(_READY)
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_ENCODE(judge.do(_DECODE_JOB(pipe.recv_bytes()))))
