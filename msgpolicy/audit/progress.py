"""How far an audit is: one line that renews itself on a terminal, a line now and then in a log; no texts."""

from __future__ import annotations

import time
from typing import TextIO

# Seconds between two of them.
ON_TERMINAL, IN_LOG = 0.5, 30.0
# Seconds of judging after which a rate means something.
_SETTLED = 3.0


class Progress:
    """Tells how far an audit is. `total` is the size of the archives in bytes; nothing is told without a stream."""

    def __init__(self, stream: TextIO | None, total: int) -> None:
        self._stream = stream
        self._total = total
        self._on_terminal = stream is not None and stream.isatty()
        self._began = self._started = self._told = time.monotonic()
        self._records = 0
        self._skipped = 0
        self._done = self._skipped_bytes = 0
        self._width = 0

    def skipped(self, records: int, done: int) -> None:
        """Records that were judged before; `done`: bytes of the archives up to here."""
        self._skipped += records
        self._skipped_bytes = self._done = done
        self._started = time.monotonic()
        self._tell()

    def judged(self, records: int, done: int) -> None:
        """Records that are judged now."""
        self._records += records
        self._done = max(self._done, done)  # shards are done in any order
        self._tell()

    def step(self, what: str) -> None:
        """What is done now; a log is told of it only when it takes long anyway."""
        long = time.monotonic() - self._began >= IN_LOG
        if self._stream is not None and (self._on_terminal or long):
            self._write(what)

    def end(self) -> None:
        """Leaves the line."""
        if self._stream is not None and self._width:
            self._stream.write("\n")
            self._stream.flush()
            self._width = 0

    def line(self) -> str:
        """The counts so far, the rate, the time that is left."""
        seconds = time.monotonic() - self._started
        words = [f"{self._records + self._skipped:,} messages"]
        if seconds > _SETTLED and self._records:
            words.append(f"{self._records / seconds:,.0f} a second")
        if self._total:
            words.append(f"{min(self._done / self._total, 1):.0%}")
            new = self._done - self._skipped_bytes
            if seconds > _SETTLED and new > 0:
                words.append(f"about {_duration(seconds * max(self._total - self._done, 0) / new)} left")
        return ", ".join(words)

    def _tell(self) -> None:
        now = time.monotonic()
        if self._stream is None or now - self._told < (ON_TERMINAL if self._on_terminal else IN_LOG):
            return
        self._write(self.line())

    def _write(self, line: str) -> None:
        assert self._stream is not None
        self._told = time.monotonic()
        if self._on_terminal:
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
