"""`--format suppressions`: a suppressions file with an entry for each active finding, for people to fill in.

Reason, author and end are left empty, so that nothing is excused by it before somebody has said why. Comments name
places, and nothing that the messages say.
"""

from __future__ import annotations

from collections.abc import Callable

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import Report, Source, Violation
from msgpolicy.rules import Ruleset

_HEAD = """\
# Keep the entries that are right all the same, and say why, who answers for it, and when it ends (a day, 2027-01-31,
# the first on which it no longer counts). `text` is exactly this message; see docs/exceptions.md for other scopes.
schema: 1
suppressions:
"""


class SuppressionsReporter:
    """Writes UTF-8 through `write`. Remembers what it has listed: an entry that stands twice would be a mistake."""

    def __init__(self, write: Callable[[bytes], object], ruleset: Ruleset) -> None:
        self._write = write
        self._locked = {rule.id for rule in ruleset.rules if rule.suppressible == "never"}
        self._listed: set[tuple[str, ...]] = set()

    def __enter__(self) -> SuppressionsReporter:
        self._line(_HEAD.rstrip())
        return self

    def __exit__(self, *exc: object) -> None:
        if not self._listed:
            self._line("  []")

    def report(self, draft: Draft, report: Report) -> None:
        """Writes an entry for each active finding; one that cannot be suppressed is only named."""
        for violation in report.violations:
            if violation.status == "active" and violation.severity != "info":
                self._entry(violation, report)

    def error(self, error: InputError) -> None:
        """Says that an input could not be used."""
        self._line(f"# not judged: {_quoted(error.file)}")

    def notice(self, text: str, source: Source | None) -> None:
        """Writes nothing."""

    def _entry(self, violation: Violation, report: Report) -> None:
        place = f"# {_place(violation, report)}: {violation.severity}"
        if violation.rule in self._locked:
            self._line(f"{place}, {violation.rule}, cannot be suppressed: mend the message")
            return
        # What is absent, and what stands for further findings, has no fingerprint of its own.
        own = violation.location.start is not None and "more" not in violation.evidence
        entry = [f"- rule: {violation.rule}", *([f'  fingerprint: "{violation.fingerprint}"'] if own else [])]
        entry.append(f'  text: "{report.signals.text}"')
        if tuple(entry) in self._listed:
            self._line(f"{place}, the same as above")
            return
        self._listed.add(tuple(entry))
        self._line("\n".join([place, *entry, "  reason:", "  author:", "  until:"]))

    def _line(self, text: str) -> None:
        self._write(f"{text}\n".encode())


def _place(violation: Violation, report: Report) -> str:
    file = report.source.file if report.source else None
    location = violation.location
    line = report.source.line if report.source else None
    record = f":{line}" if line is not None else ""
    numbers = "".join(f":{number}" for number in (location.line, location.column) if number is not None)
    return f"{_quoted(file or 'message')}{record} {_quoted(location.part)}{numbers}"


def _quoted(text: str) -> str:
    """What fits into a comment, whatever the name is."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()
