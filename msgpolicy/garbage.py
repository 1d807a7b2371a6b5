"""Python's cyclic garbage collector, while tables are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
