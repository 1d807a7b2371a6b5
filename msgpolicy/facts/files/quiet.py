"""Other libraries' loggers, quiet while they read a file of ours: what they note quotes from it."""

from __future__ import annotations

import logging
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module

_reads: ContextVar[bool] = ContextVar("reads", default=False)


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _reads.get()


_QUIET = _Quiet()


@contextmanager
def quiet(package: str) -> Iterator[None]:
    """While it lasts, the loggers of an imported package's modules say nothing about what this thread does."""
    _prepare(package)
    token = _reads.set(True)
    try:
        yield
    finally:
        _reads.reset(token)


@cache
def _prepare(package: str) -> None:
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        logging.getLogger(module.name).addFilter(_QUIET)
