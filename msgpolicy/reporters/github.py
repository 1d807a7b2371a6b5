"""`--format github`: workflow commands, which GitHub shows at the lines of a pull request.

What stands in a message cannot give the runner a command of its own: each finding is one line that starts with ours,
without control characters, and everything in it is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import EVERY_RULE, FAILED, Location, Report, Source
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.places import path_of, place_in_part, region_of
from msgpolicy.reporters.text import reason_of

_LEVELS: Mapping[str, str] = {"error": "error", "warning": "warning", "info": "notice"}

Properties = Mapping[str, str | int | None]


class GithubReporter:
    """Writes a line to `out` for each active violation, each message that needs a person, and each unusable input."""

    def __init__(self, out: Terminal) -> None:
        self._out = out

    def __enter__(self) -> GithubReporter:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def report(self, draft: Draft, report: Report) -> None:
        """Writes the active violations, and why a message has to be looked at or is not covered."""
        for violation in report.violations:
            if violation.status != "active":
                continue
            text = violation.message
            if violation.suggestion:
                text = f"{text} Instead: {violation.suggestion}"
            place = _place(draft, violation.location)
            if "col" not in place:
                text = f"{place_in_part(violation.location)}: {text}"
            self._command(_LEVELS[violation.severity], {**place, "title": violation.rule}, text)
        for entry in report.not_evaluated:
            text = f"{'all rules' if entry.rule == EVERY_RULE else entry.rule}: {reason_of(entry, self._out)}"
            if entry.why in FAILED:
                self._command("error", {**_line(draft.source), "title": "a person has to look"}, text)
            elif report.verdict == "review" or entry.why == "not-covered":
                level = "warning" if report.verdict == "review" else "notice"
                self._command(level, {**_line(draft.source), "title": "not judged"}, text)

    def error(self, error: InputError) -> None:
        """Writes each reason."""
        for trouble in error.troubles:
            line = trouble.line if trouble.line is not None else error.line
            text = f"{trouble}{f' ({trouble.hint})' if trouble.hint else ''}"
            place = {**_line(Source(file=error.file, line=line)), "col": trouble.column}
            self._command(
                "error", {**place, "title": "unusable input"}, text if "file" in place else f"{error.file}: {text}"
            )

    def notice(self, text: str, source: Source | None) -> None:
        """Writes a warning."""
        self._command("warning", {**(_line(source) if source else {}), "title": "msgpolicy"}, text)

    def _command(self, level: str, properties: Properties, text: str) -> None:
        written = ",".join(
            f"{name}={self._escaped(str(value), also=':,')}" for name, value in properties.items() if value is not None
        )
        self._out.write(f"::{level} {written}::{self._escaped(' '.join(text.split()))}\n")

    def _escaped(self, text: str, also: str = "") -> str:
        """On one line, as the runner reads it: `%`, and in properties what parts them, by their code."""
        text = self._out.safe(text)
        for char in "%" + also:
            text = text.replace(char, f"%{ord(char):02X}")
        return text


def _place(draft: Draft, location: Location) -> dict[str, str | int | None]:
    """The place in the file, as far as it is one."""
    region = region_of(draft, location)
    if region is None:
        return _line(draft.source)
    return {
        "file": path_of(draft.source.file),
        "line": region.line,
        "col": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _line(source: Source) -> dict[str, str | int | None]:
    path = path_of(source.file)
    return {} if path is None else {"file": path, "line": source.line}
