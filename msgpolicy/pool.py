"""Many messages judged by several processes, in order, with a bounded number of them under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from msgpolicy.garbage import settle
from msgpolicy.message import Message
from msgpolicy.report import Report

if TYPE_CHECKING:
    from msgpolicy.linter import Linter

# Messages handed to a process at once; batches under way for each process.
BATCH = 64
AHEAD = 3

_linter: Linter | None = None
# Why this process has none; told with the first batch, because an initializer that raises only breaks the pool.
_failure = ""


def check_in_processes(linter: Linter, messages: Iterable[Message], processes: int) -> Iterator[Report]:
    """Reports in the order of the messages. Each process loads the same ruleset, and makes sure that it is the same.

    Raises:
        RuntimeError: a process could not load the same ruleset again.
        BrokenProcessPool: a process died.
    """
    pool = ProcessPoolExecutor(processes, initializer=_start, initargs=linter.recipe)
    source = iter(messages)
    batches = iter(lambda: tuple(islice(source, BATCH)), ())
    pending: deque[Future[list[Report]]] = deque()
    try:
        for batch in islice(batches, processes * AHEAD):
            pending.append(pool.submit(_judge, batch))
        while pending:
            reports = pending.popleft().result()
            for batch in islice(batches, 1):
                pending.append(pool.submit(_judge, batch))
            yield from reports
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _start(ruleset: str, settings: dict[str, object], digest: str, options: dict[str, object]) -> None:
    from msgpolicy.linter import Linter

    global _linter, _failure
    try:
        _linter = Linter(ruleset, settings=settings, **options)  # type: ignore[arg-type]
    except Exception as error:
        _failure = f"the ruleset {ruleset} cannot be loaded again: {error}"
        return
    if _linter.ruleset.digest != digest:
        _failure = f"the ruleset {ruleset} has changed on disk since it was loaded: make the linter anew"
    settle()


def _judge(batch: tuple[Message, ...]) -> list[Report]:
    if _linter is None or _failure:
        raise RuntimeError(_failure)
    return [_linter.check(message) for message in batch]
