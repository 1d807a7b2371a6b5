"""The process of the command: `msgpolicy`, and the same as `python -m msgpolicy`."""

from __future__ import annotations

import gc
import sys

from msgpolicy.cli import main

# New objects between two looks of the garbage collector for cycles (Python's own number is 700). What a process makes
# until its first verdict is tables, which stay; looking through them again and again takes longer than reading them.
_NEW_OBJECTS = 50_000


def run() -> int:
    """Runs the command in a process of its own; gives the exit status."""
    gc.set_threshold(_NEW_OBJECTS)
    status = main()
    # The process ends here, and its memory with it: nobody needs to look for cycles in the tables once more.
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
