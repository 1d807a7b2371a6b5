"""Formats that leave the house: what they quote of a message is masked before they are told."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from msgpolicy.inputs import Draft, InputError, Trouble
from msgpolicy.redaction import Redaction, masked
from msgpolicy.report import Report, Source, Violation
from msgpolicy.reporters import Reporter


class MaskedReporter:
    """Hands on to another reporter, with private values masked in all that the rules' texts were filled with."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def __enter__(self) -> MaskedReporter:
        self._reporter.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._reporter.__exit__(*exc)

    def report(self, draft: Draft, report: Report) -> None:
        """Hands on the masked report."""
        masked = Redaction(draft.message, report).report()
        violations = zip(report.violations, masked.violations, strict=True)
        self._reporter.report(
            draft, msgspec.structs.replace(masked, violations=tuple(_usable(*pair) for pair in violations))
        )

    def error(self, error: InputError) -> None:
        """Hands it on with every text masked: what is wrong with a field may quote what stands in it."""
        self._reporter.error(
            InputError(error.file, [_masked_trouble(trouble) for trouble in error.troubles], line=error.line)
        )

    def notice(self, text: str, source: Source | None) -> None:
        """Hands it on."""
        self._reporter.notice(text, source)


def _masked_trouble(trouble: Trouble) -> Trouble:
    return replace(trouble, why=masked(trouble.why), hint=masked(trouble.hint), path=masked(trouble.path))


def _usable(original: Violation, masked: Violation) -> Violation:
    """Without a fix that masks would become part of."""
    return masked if masked.fix == original.fix else msgspec.structs.replace(masked, fix=None)
