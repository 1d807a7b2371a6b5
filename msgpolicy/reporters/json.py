"""`--format json`: one JSON array of report and error records, in input order."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import Report, Source


class JsonReporter:
    """Writes UTF-8 through `write`; the array is complete even when what is between breaks off."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._before = b"["

    def __enter__(self) -> JsonReporter:
        return self

    def __exit__(self, *exc: object) -> None:
        self._write(b"[]\n" if self._before == b"[" else b"\n]\n")

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the report record."""
        self._entry(report.to_json())

    def error(self, error: InputError) -> None:
        """Writes the error record."""
        self._entry(msgspec.json.encode(error.to_dict()))

    def notice(self, text: str, source: Source | None) -> None:
        """Writes nothing: every record is a report or an error."""

    def _entry(self, record: bytes) -> None:
        self._write(self._before + b"\n" + record)
        self._before = b","
