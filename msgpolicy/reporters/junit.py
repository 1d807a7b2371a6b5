"""`--format junit`: JUnit XML as Jenkins and GitLab read it. A suite for each file, a test case for each message.

A message that fails the call (`--fail-on`) is a failure; one that a person has to look at, and an input that could not
be used, is an error; one that the ruleset does not cover is skipped. Quotes no more than the texts of rules do.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from msgpolicy.inputs import Draft, InputError
from msgpolicy.report import EVERY_RULE, Report, Source, Violation
from msgpolicy.reporters.display import ANYWHERE, safe_text
from msgpolicy.reporters.places import place_in_part
from msgpolicy.reporters.spool import Spool
from msgpolicy.reporters.text import not_evaluated_lines, notice_line

Write = Callable[[bytes], object]

# The suite that holds notices about the run.
_RUN = "msgpolicy"


class JunitReporter:
    """Writes XML in UTF-8 through `write`; the document is complete even when what is between breaks off.

    `failing` are the verdicts that fail the call. A suite starts with its counts, so the one that is being filled waits
    in a spool.
    """

    def __init__(self, write: Write, failing: frozenset[str]) -> None:
        self._write = write
        self._failing = failing
        self._suite: _Suite | None = None
        self._notices = Spool()
        self._noticed = False

    def __enter__(self) -> JunitReporter:
        self._write(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="msgpolicy">\n')
        return self

    def __exit__(self, *exc: object) -> None:
        if self._noticed:
            suite = self._in_suite(_RUN)
            suite.xml.start("system-err")
            self._notices.pour(suite.write)
            suite.xml.end("system-err")
        self._notices.close()
        self._end_suite()
        self._write(b"</testsuites>\n")

    def report(self, draft: Draft, report: Report) -> None:
        """Writes a test case for the message."""
        suite = self._in_suite(draft.source.file or "message")
        line = f"line {draft.source.line}" if draft.source.line is not None else ""
        name = f"{report.message_id} ({line})" if report.message_id and line else report.message_id or line or "message"
        suite.counts["tests"] += 1
        suite.xml.start("testcase", {"name": name, "classname": suite.name})
        active = [violation for violation in report.violations if violation.status == "active"]
        found = [_line(violation) for violation in active]
        unjudged = not_evaluated_lines(report.not_evaluated, ANYWHERE) if report.not_evaluated else []
        if report.verdict == "review":
            suite.outcome("error", "review: a person has to look", "review", [*unjudged, *found])
        elif report.verdict in self._failing:
            suite.outcome("failure", f"{report.verdict}: {_rules(active)}", report.verdict, found)
        elif report.verdict == "pass" and _is_not_covered(report):
            suite.outcome("skipped", "outside what the ruleset covers", "not-covered", unjudged)
        elif found:
            suite.xml.element("system-out", {}, "\n".join(found))
        suite.xml.end("testcase")

    def error(self, error: InputError) -> None:
        """Writes a test case that could not be run."""
        suite = self._in_suite(error.file)
        name = f"line {error.line}" if error.line is not None else "message"
        suite.counts["tests"] += 1
        suite.xml.start("testcase", {"name": name, "classname": suite.name})
        lines = error.lines()
        suite.outcome("error", lines[0], "unusable-input", lines)
        suite.xml.end("testcase")

    def notice(self, text: str, source: Source | None) -> None:
        """Keeps the notice for `system-err` of a suite of its own."""
        self._noticed = True
        _Xml(self._notices.write).text(notice_line(text, source, ANYWHERE))

    def _in_suite(self, name: str) -> _Suite:
        if self._suite is None or self._suite.name != name:
            self._end_suite()
            self._suite = _Suite(name)
        return self._suite

    def _end_suite(self) -> None:
        if self._suite is not None:
            self._suite.end(self._write)
            self._suite = None


class _Suite:
    """The test cases of one file, and how many came out how."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self._spool = Spool()
        self.write = self._spool.write
        self.xml = _Xml(self.write)

    def outcome(self, kind: str, message: str, type_: str, lines: list[str]) -> None:
        self.counts[kind] += 1
        self.xml.element(kind, {"message": message, "type": type_}, "\n".join(lines))

    def end(self, write: Write) -> None:
        names = {"tests": "tests", "failures": "failure", "errors": "error", "skipped": "skipped"}
        counts = {name: str(self.counts[kind]) for name, kind in names.items()}
        xml = _Xml(write)
        xml.start("testsuite", {"name": self.name, **counts})
        self._spool.pour(write)
        xml.end("testsuite")


class _Stream(io.TextIOBase):
    """Text as UTF-8."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def write(self, text: str) -> int:
        self._write(text.encode())
        return len(text)


class _Xml:
    """Elements and text, escaped, without a code point that XML cannot hold."""

    def __init__(self, write: Write) -> None:
        self._generator = XMLGenerator(_Stream(write), encoding="utf-8")

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        self._open(name, attributes or {})
        self._generator.ignorableWhitespace("\n")

    def text(self, text: str) -> None:
        self._generator.characters("\n".join(map(ANYWHERE.safe, text.split("\n"))))

    def end(self, name: str) -> None:
        self._generator.endElement(name)
        self._generator.ignorableWhitespace("\n")

    def element(self, name: str, attributes: Mapping[str, str], text: str) -> None:
        self._open(name, attributes)
        self.text(text)
        self.end(name)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        safe = AttributesImpl({key: safe_text(value) for key, value in attributes.items()})
        self._generator.startElement(name, safe)


def _line(violation: Violation) -> str:
    advice = f" Instead: {violation.suggestion}" if violation.suggestion else ""
    told = safe_text(f"{violation.message}{advice}")
    return f"{place_in_part(violation.location)} {violation.rule} {violation.severity}: {told}"


def _rules(violations: list[Violation]) -> str:
    """Each rule once, with how often."""
    counts = Counter(violation.rule for violation in violations)
    return ", ".join(rule if count == 1 else f"{rule} ({count})" for rule, count in counts.items())


def _is_not_covered(report: Report) -> bool:
    return any(entry.rule == EVERY_RULE and entry.why == "not-covered" for entry in report.not_evaluated)
