"""A call that is waited for no longer than a number of seconds.

Python cannot end a thread. One that is overdue goes on for as long as the linter's own limits let it; while too many
do, further calls fail at once, so that hostile messages cannot pile up.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")

# Overdue calls of one gate that may still be running when another is begun.
MAX_OVERDUE = 16


class _Call(Thread, Generic[T]):
    def __init__(self, call: Callable[[], T]) -> None:
        super().__init__(name="msgpolicy-judge", daemon=True)
        self.call = call
        self.results: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.results.append(self.call())
        except BaseException as error:  # for whoever waits
            self.error = error


class Timed:
    """Runs calls, each in a thread of its own. No locks: it can be used after a fork."""

    def __init__(self) -> None:
        self._overdue: dict[Thread, None] = {}

    def run(self, call: Callable[[], T], seconds: float) -> T:
        """The result of a call.

        Raises:
            TimeoutError: it took longer than `seconds`, or too many others did and are still running.
            Exception: what the call raised; a panic of a library, which is none, becomes a RuntimeError.
        """
        for thread in list(self._overdue):
            if not thread.is_alive():
                self._overdue.pop(thread, None)
        if len(self._overdue) >= MAX_OVERDUE:
            raise TimeoutError
        began = _Call(call)
        began.start()
        began.join(seconds)
        if began.error is not None:
            if isinstance(began.error, Exception):
                raise began.error
            raise RuntimeError(type(began.error).__name__) from began.error
        if began.results:
            return began.results[0]
        self._overdue[began] = None
        raise TimeoutError
