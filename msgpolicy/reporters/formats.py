"""The table of output formats: `--format` and `--output` know the names from here.

Each format's module is imported when the format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from msgpolicy.reporters import Reporter
    from msgpolicy.rules import Ruleset


STDOUT = "-"


class Wanted(NamedTuple):
    """An output that is asked for: a format's name and a file; the file `-` is standard output."""

    format: str
    file: str


@dataclass(frozen=True, slots=True)
class Run:
    """What a format may want to know of the call: the rules, the verdicts that fail it, how text is shown.

    `color` is `auto`, `always` or `never`; with `prompt` someone waits for each entry; with `redact`, formats that are
    made to be passed on (sarif, junit, github, html) mask private values; with `excused`, text shows what exceptions
    cover.
    """

    ruleset: Ruleset
    failing: frozenset[str] = frozenset({"block", "review"})
    color: str = "auto"
    prompt: bool = False
    redact: bool = True
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """Where a format is written to: `out`, and `err` for what text says of errors (the same stream, for a file)."""

    out: TextIO
    err: TextIO
    run: Run

    @property
    def write(self) -> Callable[[bytes], object]:
        """Writes UTF-8, whatever the character set of the stream is."""
        return bytes_to(self.out)


def bytes_to(stream: TextIO) -> Callable[[bytes], object]:
    """Writes UTF-8 to a stream, whatever its character set is."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return lambda data: stream.write(data.decode())
    write: Callable[[bytes], object] = buffer.write
    return write


class Format(NamedTuple):
    """One output format: what it is for, and how its reporter is made."""

    what: str
    make: Callable[[Output], Reporter]


def _text(output: Output) -> Reporter:
    from msgpolicy.reporters.display import terminal_of
    from msgpolicy.reporters.text import TextReporter

    color = output.run.color
    out, err = terminal_of(output.out, color), terminal_of(output.err, color)
    return TextReporter(out, err, excused=output.run.excused)


def _json(output: Output) -> Reporter:
    from msgpolicy.reporters.json import JsonReporter

    return JsonReporter(output.write)


def _jsonl(output: Output) -> Reporter:
    from msgpolicy.reporters.jsonl import JsonlReporter

    # A flush for each line costs much time; only who waits for the answer needs it.
    return JsonlReporter(output.write, output.out.flush if output.run.prompt else None)


def _sarif(output: Output) -> Reporter:
    from msgpolicy.reporters.sarif import SarifReporter

    return _masked(SarifReporter(output.write, output.run.ruleset), output)


def _junit(output: Output) -> Reporter:
    from msgpolicy.reporters.junit import JunitReporter

    return _masked(JunitReporter(output.write, output.run.failing), output)


def _github(output: Output) -> Reporter:
    from msgpolicy.reporters.display import terminal_of
    from msgpolicy.reporters.github import GithubReporter

    return _masked(GithubReporter(terminal_of(output.out, "never")), output)


def _masked(reporter: Reporter, output: Output) -> Reporter:
    from msgpolicy.reporters.masked import MaskedReporter

    return MaskedReporter(reporter) if output.run.redact else reporter


def _suppressions(output: Output) -> Reporter:
    from msgpolicy.reporters.suppressions import SuppressionsReporter

    return SuppressionsReporter(output.write, output.run.ruleset)


def _html(output: Output) -> Reporter:
    from msgpolicy.reporters.html import HtmlReporter

    return HtmlReporter(output.write, redact=output.run.redact)


FORMATS: Mapping[str, Format] = {
    "text": Format("for people, with the line of each finding", _text),
    "json": Format("one array of report records", _json),
    "jsonl": Format("one report record a line", _jsonl),
    "sarif": Format("SARIF 2.1.0, for code hosts and editors", _sarif),
    "junit": Format("JUnit XML, for Jenkins and GitLab", _junit),
    "github": Format("annotations of a GitHub workflow", _github),
    "html": Format("one page to look at and to pass on", _html),
    "suppressions": Format("exceptions to fill in, one for each finding", _suppressions),
}
