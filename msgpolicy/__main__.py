"""The process of the command: `msgpolicy`, and the same as `python -m msgpolicy`."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from msgpolicy.cli import main

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

# New objects between two looks of the garbage collector for cycles (Python's own number is 700). What a process makes
# until its first verdict is tables, which stay; looking through them again and again takes longer than reading them.
_NEW_OBJECTS = 50_000
# Seconds until a Ctrl-C that nobody saw is sent again.
_AGAIN = 0.05


def run() -> NoReturn:
    """Runs the command in a process of its own, and ends it with the exit status.

    By then every file is closed and every worker has ended. The process ends without taking the tables apart object by
    object, as the interpreter would: that takes a tenth of the time in which a short draft is judged.
    """
    gc.set_threshold(_NEW_OBJECTS)
    sys.unraisablehook = _unraisable
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _unraisable(found: UnraisableHookArgs) -> None:
    """Of a Ctrl-C while an object is taken apart, as those of `regex` are, Python prints a traceback, and goes on."""
    if issubclass(found.exc_type, KeyboardInterrupt):
        threading.Timer(_AGAIN, signal.raise_signal, [signal.SIGINT]).start()
    else:
        sys.__unraisablehook__(found)


if __name__ == "__main__":
    run()
