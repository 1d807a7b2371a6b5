"""Output formats, one file each. A reporter is told of each report and each unusable input, in order, and writes it.

Which formats there are, and how each is made, stands in `formats`; several at once are written by `outputs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from msgpolicy.inputs import Draft, InputError
    from msgpolicy.report import Report, Source

__all__ = ["Reporter"]


class Reporter(Protocol):
    """What an output format does. Used as a context manager, it writes what stands around the entries.

    Entries are written as they come: memory does not grow with their number.
    """

    def __enter__(self) -> Reporter: ...

    def __exit__(self, *exc: object) -> None: ...

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the judgement of one message."""

    def error(self, error: InputError) -> None:
        """Writes that an input could not be used, in its place."""

    def notice(self, text: str, source: Source | None) -> None:
        """Writes something about the run that is no verdict: an exception that nothing used, a context without effect.

        `text` is one sentence without end mark, `source` the file (and line) that it is about. It comes after the
        entries. A format with a place for such things keeps it there (text: where errors go; junit: `system-err`;
        sarif: a notification; github: a warning), the record formats json and jsonl write nothing. The command says
        every notice on standard error besides.
        """
