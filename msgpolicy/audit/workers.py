"""Shards of an archive judged by several processes; one that dies is replaced, and what it was at is done again.

A record on which processes die again and again (out of memory, a fault of a library) is rejected by itself; all others
of its shard are judged.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import TypeVar, cast

import pyarrow as pa

from msgpolicy.audit.archives.raw import REJECTED, Raw, as_batch, rejected
from msgpolicy.audit.batch import Auditor, Recipe, Tables
from msgpolicy.audit.parts import Part, Parts
from msgpolicy.audit.shards import Shard
from msgpolicy.garbage import settle

# Shards under way for each process.
AHEAD = 2
# Deaths of processes that were at nothing but one shard, or one record, until it is held to be the cause.
DEATHS = 3
# Seconds in which a pool whose processes were killed notices.
PATIENCE = 2.0

Result = TypeVar("Result")

_auditor: Auditor | None = None
_failure = ""


def judge(auditor: Auditor, out: str, shard: Shard) -> Part:
    """Judges a shard and writes its part."""
    return _written(auditor, out, shard, auditor.audit(shard.records, sample=shard.sample))


def _written(auditor: Auditor, out: str, shard: Shard, tables: Tables) -> Part:
    messages, rejected_rows = tables["messages"], tables["rejected"]
    found: dict[str, int] = {}
    for verdict in messages.column("verdict").to_pylist():
        found[verdict] = found.get(verdict, 0) + 1
    part = Part(
        index=shard.index,
        read=shard.records.num_rows,
        judged=messages.num_rows,
        rejected=rejected_rows.num_rows,
        found=found,
        matched=auditor.context_matched,
        files={},
    )
    return Parts(out).write(part, tables)


# --- in the processes -------------------------------------------------------------------------------------------------


def start_process(recipe: Recipe) -> None:
    """Makes a new process ready."""
    global _auditor, _failure
    # Ctrl-C is for the first process, which ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _auditor = Auditor(recipe)
    except Exception as error:
        _failure = str(error)
        return
    settle()
    atexit.register(gc.unfreeze)  # else libraries miss theirs when Python ends, and DuckDB says so


def _end_with_parent() -> None:
    """Waits for the end of the process that started this one, which nobody would be left to tell."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _ready() -> Auditor:
    if _auditor is None:
        raise RuntimeError(_failure)
    return _auditor


def _judge(out: str, shard: Shard) -> Part:
    return judge(_ready(), out, shard)


def _try(records: pa.RecordBatch) -> None:
    _ready().audit(records, sample=0)


# --- in the first process ---------------------------------------------------------------------------------------------


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until this is left: half a start of a process would leave one that nobody ends.

    Processes that are started meanwhile do not see it, not even before they can say that it is not for them.
    """
    seen: list[int] = []
    handler = signal.getsignal(signal.SIGINT)  # None: it is not Python's, and could not be put back
    handles = handler is not None and threading.current_thread() is threading.main_thread()
    if handles:
        # To block it is not enough here: a thread of a library may get it, and `multiprocessing` unblocks it.
        signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    blocks = hasattr(signal, "pthread_sigmask")  # not on Windows
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if blocks else set()
    try:
        yield
    finally:
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if handles:
            signal.signal(signal.SIGINT, handler)
        if seen:
            signal.raise_signal(signal.SIGINT)


class Workers:
    """Processes that judge shards; with one process, this one does it.

    Raises (while it is iterated):
        OSError: a part cannot be written (the disk is full).
        RuntimeError: a process cannot load the ruleset.
    """

    def __init__(
        self, recipe: Recipe, out: str, processes: int, *, start: Callable[[Recipe], None] = start_process
    ) -> None:
        self._start = start
        self._recipe = recipe
        self._out = out
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def parts(self, shards: Iterable[Shard]) -> Iterator[Part]:
        """The part of each shard, in the order in which they are done."""
        if self._processes == 1:
            auditor = Auditor(self._recipe)
            for shard in shards:
                yield judge(auditor, self._out, shard)
            return
        try:
            yield from self._judged(iter(shards))
        except BaseException:
            self._end(kill=True)
            raise
        self._end()

    def _judged(self, source: Iterator[Shard]) -> Iterator[Part]:
        pending: dict[Future[Part], Shard] = {}
        while True:
            for new in islice(source, max(self._processes * AHEAD - len(pending), 0)):
                self._submit(new, pending)
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                yield from self._after_death(pending)
                continue
            for future in done:
                del pending[future]
                yield future.result()

    def _submit(self, shard: Shard, pending: dict[Future[Part], Shard]) -> None:
        try:
            pending[self._submitted(_judge, self._out, shard)] = shard
        except BrokenProcessPool as error:
            future: Future[Part] = Future()
            future.set_exception(error)
            pending[future] = shard

    def _submitted(self, work: Callable[..., Result], *arguments: object) -> Future[Result]:
        pool = self._workers()
        with _interrupts_held():  # it may start a process
            return pool.submit(work, *arguments)

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                # A fork would copy the threads' locks of Arrow in whatever state they are.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=self._start,
                initargs=(self._recipe,),
            )
        return self._pool

    def _end(self, *, kill: bool = False) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values())
        queue = pool._call_queue  # type: ignore[attr-defined]
        manager = cast("threading.Thread | None", pool._executor_manager_thread)
        for process in processes if kill else ():
            with suppress(OSError, ValueError):
                process.kill()
        # To its end: else what the pool shares with its processes is left over when Python ends, and Python says so.
        pool.shutdown(wait=not kill, cancel_futures=True)
        if kill and manager is not None:
            manager.join(PATIENCE)
            if manager.is_alive():
                # A thread of the pool's writes on for nobody, and is waited for without end: CPython's gh-94777, which
                # 3.11 had until 3.11.5. Not before: the pool may be closing the same pipe.
                queue._reader.close()
                manager.join()

    def _after_death(self, pending: dict[Future[Part], Shard]) -> Iterator[Part]:
        """A process died, and with it the pool: what was under way is done again, one by one."""
        self._end(kill=True)
        parts = Parts(self._out)
        shards = sorted(pending.values(), key=lambda shard: shard.index)
        pending.clear()
        for shard in shards:
            yield parts.read(shard.index) or self._alone(shard)

    def _alone(self, shard: Shard) -> Part:
        for _ in range(DEATHS):
            try:
                return self._submitted(_judge, self._out, shard).result()
            except BrokenProcessPool:
                self._end(kill=True)
        return self._judge_without_deadly(shard)

    def _judge_without_deadly(self, shard: Shard) -> Part:
        """The part of a shard with a record that no process survives; that one is rejected."""
        sound: list[Raw] = []
        for record in shard.records.to_pylist():
            raw = Raw(**record)
            sound.append(raw if raw.kind == REJECTED or self._survives(raw) else _deadly(raw))
        return self._submitted(_judge, self._out, replace(shard, records=as_batch(sound))).result()

    def _survives(self, raw: Raw) -> bool:
        for _ in range(DEATHS):
            try:
                self._submitted(_try, as_batch([raw])).result()
            except BrokenProcessPool:
                self._end(kill=True)
            else:
                return True
        return False


def _deadly(raw: Raw) -> Raw:
    place = f"line {raw.line}" if raw.line is not None else f"record {raw.number}"
    why = f"{DEATHS} processes died while they judged it"
    hint = "it may need more memory than there is; if not, please report it"
    return rejected(raw.file, place, why, hint, number=raw.number)
