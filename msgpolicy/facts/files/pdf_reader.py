"""pypdf within bounds: its limits set lower, its work counted, its log messages (which can quote the file) dropped.

pypdf is left as it is for everybody else: what is set here is set in a copy of the context, for one file.
"""

from __future__ import annotations

import io
import logging
import pkgutil
import time
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar, cast

from msgpolicy.facts.files.document_facts import Unreadable

if TYPE_CHECKING:
    from pypdf import Configuration, PdfReader

__all__ = ["MAX_SECONDS", "Budget", "Overtime", "Spent", "prepare", "read_pdf", "resolved", "trouble"]

T = TypeVar("T")

# Bytes that one stream may unpack to, and all streams that hold objects together.
MAX_STREAM = 4_000_000
MAX_OBJECT_STREAMS = 64_000_000
# Bytes read from the file: a fixed number and a few times its size; each call counts as CALL bytes at least.
MAX_READ = 100_000_000
READ_AGAIN = 12
CALL = 64
# References followed to their objects, and steps of parsing one stream of drawing operations.
MAX_RESOLVED = 500_000
MAX_STEPS = 200_000
# The last guard, ten times what an honest file takes. It is looked at whenever pypdf reads, follows, draws or warns, so
# that a file may take longer by what happens in between: a second at most.
MAX_SECONDS = 10.0

_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MAX_STREAM,
    "lzw_maximum_output_length": MAX_STREAM,
    "run_length_maximum_output_length": MAX_STREAM,
    "array_based_stream_maximum_output_length": MAX_STREAM,
    "stream_decoding_work_maximum_length": 3 * MAX_STREAM,
    "stream_parsing_work_maximum_count": MAX_STEPS,
    "stream_filters_maximum_length": 4,
    "page_tree_maximum_entries": 20_000,
    "xform_maximum_invocations_per_extraction": 500,
    "jbig2dec_binary": None,  # an outside program
    "disable_legacy_handling": True,
}


class Spent(BaseException):
    """The work for one file is used up. No Exception: pypdf catches these in many places and goes on."""


class Overtime(Spent):
    """So is the time."""


class Budget:
    """The work that is left for one file.

    Raises:
        Spent, Overtime: from each method, when nothing is left.
    """

    def __init__(self, size: int) -> None:
        self._read = MAX_READ + READ_AGAIN * size
        self._resolved = MAX_RESOLVED
        self._deadline = time.thread_time() + MAX_SECONDS

    def check_time(self) -> None:
        if time.thread_time() > self._deadline:
            raise Overtime

    def read(self, size: int) -> None:
        self._read -= max(size, CALL)
        if self._read < 0:
            raise Spent
        self.check_time()

    def resolve(self) -> None:
        self._resolved -= 1
        if self._resolved < 0:
            raise Spent
        self.check_time()


_budget: ContextVar[Budget | None] = ContextVar("msgpolicy_pdf_budget", default=None)


class _Metered:
    """The file as a stream that counts what is read. Without `getbuffer`, past which pypdf would copy uncounted."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        file = io.BytesIO(content)
        self._read, self._readline, self._budget = file.read, file.readline, budget
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        data = self._read(size)
        self._budget.read(len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        data = self._readline(size)
        self._budget.read(len(data))
        return data


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        budget = _budget.get()
        if budget is None:
            return True
        budget.check_time()
        return False


@cache
def prepare() -> tuple[type[PdfReader], Configuration]:
    """pypdf's reader, counting the references that are followed, and its limits. Its loggers are made quiet for us.

    Raises:
        ImportError, TypeError: pypdf is not here, or of a release that has other limits. That is no file's fault.
    """
    import pypdf

    quiet = _Quiet()
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        logging.getLogger(module.name).addFilter(quiet)

    class Reader(pypdf.PdfReader):
        def get_object(self, indirect_reference: Any) -> Any:
            budget = _budget.get()
            if budget is not None:
                budget.resolve()
            return super().get_object(indirect_reference)

    return Reader, pypdf.Configuration(**_LIMITS)


def read_pdf(content: bytes, work: Callable[[PdfReader, Budget], T]) -> T:
    """What `work` makes of the file; `prepare()` comes first.

    Raises:
        Spent, Overtime: the work, or the time, for one file is used up.
        Exception: whatever pypdf raises.
    """
    return copy_context().run(_read, content, work)


def _read(content: bytes, work: Callable[[PdfReader, Budget], T]) -> T:
    from pypdf import overwrite_configuration
    from pypdf.generic import StreamObject

    budget = Budget(len(content))
    _budget.set(budget)
    reader_class, limits = prepare()
    overwrite_configuration(limits)
    reader = reader_class(cast("IO[bytes]", _Metered(content, budget)), root_object_recovery_limit=1000)
    size = 0
    for number in dict.fromkeys(stream for stream, _ in reader.xref_objStm.values()):
        held = reader.get_object(number)
        size += len(held.get_data()) if isinstance(held, StreamObject) else 0
        if size > MAX_OBJECT_STREAMS:
            raise Spent
    return work(reader, budget)


def trouble(error: BaseException) -> Unreadable | Literal["not-installed", "timeout"]:
    """Why a file or a page cannot be read, by what was raised."""
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    if isinstance(error, DependencyError):
        return "not-installed"
    if isinstance(error, FileNotDecryptedError):
        return "encrypted"
    if isinstance(error, LimitReachedError):
        return "bomb"
    if isinstance(error, Overtime):
        return "timeout"
    return "too large" if isinstance(error, Spent | MemoryError) else "damaged"


def resolved(value: Any) -> Any:
    """The object that a reference stands for; None when that cannot be read."""
    try:
        return value.get_object() if value is not None else None
    except Exception as error:  # as above
        if trouble(error) == "damaged":
            return None
        raise
