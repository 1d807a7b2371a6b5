"""Python's cyclic garbage collector, while tables are made that stay, and when they are there."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Python's own: new objects between two looks at the youngest, and such looks until older ones are looked at too.
_THRESHOLDS = (700, 10, 10)


def settle() -> None:
    """For a process that judges from now on: what is loaded stays and is not looked through again, and what comes is
    looked at in small steps. In large ones, fit for loading, one message in a hundred waits 20 ms."""
    gc.unfreeze()  # of what was loaded before, in the meantime replaced
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts the collector off: of hundreds of thousands of new objects that all stay it finds none to take away, and
    looking for them takes as long as half of the work. Threads may overlap; who disabled it finds it disabled."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
