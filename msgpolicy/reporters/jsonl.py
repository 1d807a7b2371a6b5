"""`--format jsonl`: one report or error record a line, in input order."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import Report, Source


class JsonlReporter:
    """Writes UTF-8 through `write`, and calls `flush`, if given, after each line, so that no reader has to wait."""

    def __init__(self, write: Callable[[bytes], object], flush: Callable[[], object] | None = None) -> None:
        self._write = write
        self._flush = flush

    def __enter__(self) -> JsonlReporter:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the report record."""
        self._line(report.to_json())

    def error(self, error: InputError) -> None:
        """Writes the error record."""
        self._line(msgspec.json.encode(error.to_dict()))

    def notice(self, text: str, source: Source | None) -> None:
        """Writes nothing: every record is a report or an error."""

    def _line(self, record: bytes) -> None:
        self._write(record + b"\n")
        if self._flush is not None:
            self._flush()
