"""The process of the command: `msgpolicy`, and the same as `python -m msgpolicy`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

from msgpolicy.cli import main

# New objects between two looks of the garbage collector for cycles (Python's own number is 700). What a process makes
# until its first verdict is tables, which stay; looking through them again and again takes longer than reading them.
_NEW_OBJECTS = 50_000


def run() -> NoReturn:
    """Runs the command in a process of its own, and ends it with the exit status.

    By then every file is closed and every worker has ended. The process ends without taking the tables apart object by
    object, as the interpreter would: that takes a tenth of the time in which a short draft is judged.
    """
    gc.set_threshold(_NEW_OBJECTS)
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
