"""Output formats, one file each. A reporter is told of each report and each unusable input, in order, and writes it."""

from __future__ import annotations

from typing import Protocol

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import Report

__all__ = ["Reporter"]


class Reporter(Protocol):
    """What an output format does. Used as a context manager, it writes what stands around the entries."""

    def __enter__(self) -> Reporter: ...

    def __exit__(self, *exc: object) -> None: ...

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the judgement of one message."""

    def error(self, error: InputError) -> None:
        """Writes that an input could not be used, in its place."""
