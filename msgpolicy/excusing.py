"""Suppressions and baseline over one run: what is marked, and what has to be said at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgpolicy.baseline import BaselineRun
from msgpolicy.linter import Linter
from msgpolicy.report import Report
from msgpolicy.suppressions import Notice


class Excusing:
    """Takes the reports of a linter in their order. What was used is told from the reports themselves.

    So it does not matter how many processes made them; it belongs to the thread that takes them.
    """

    def __init__(self, linter: Linter, today: date, baseline: str | None = None, *, update: bool = False) -> None:
        """`baseline` is the path of its file; with `update` it is written anew by `save`. `today` is a day of UTC.

        Raises:
            InputError: the baseline cannot be used; says where, why and how to mend it.
        """
        self._suppressions = linter.suppressions
        self._today = today
        self._update = update
        self._baseline = (
            BaselineRun(baseline, linter.rulesets, today=today, update=update) if baseline is not None else None
        )
        self._used: set[str] = set()

    def apply(self, report: Report) -> Report:
        """The report with what the baseline knows marked; its suppressions the linter has marked already."""
        self._used |= {violation.excuse.source for violation in report.violations if violation.excuse is not None}
        return report if self._baseline is None else self._baseline.apply(report)

    def failed(self, file: str) -> None:
        """Something in this file could not be read."""
        if self._baseline is not None:
            self._baseline.failed(file)

    def notices(self) -> Iterator[Notice]:
        """Exceptions that have ended, that nothing needed, or that are no longer there."""
        if self._suppressions is not None:
            yield from self._suppressions.notices(self._today)
            yield from self._suppressions.unused(self._used, self._today)
        if self._baseline is not None:
            yield from self._baseline.notices()

    def save(self) -> None:
        """Writes the baseline, where that was asked for.

        Raises:
            OSError: the file cannot be written.
        """
        if self._baseline is not None and self._update:
            self._baseline.save()
