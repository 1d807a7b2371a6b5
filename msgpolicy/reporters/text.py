"""`--format text`: what people read. Each violation with the line it is in, what was not judged and why, and a sum."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable

from msgpolicy.inputs import Draft, InputError
from msgpolicy.message import Message
from msgpolicy.report import EVERY_RULE, FAILED, Excuse, NotEvaluated, Policy, Report, Source, Violation
from msgpolicy.reporters.display import Terminal, excerpt
from msgpolicy.reporters.places import place_in_part

_COLORS = {
    "block": ("bold", "red"),
    "review": ("bold", "yellow"),
    "warn": ("yellow",),
    "pass": ("green",),
    "error": ("red",),
    "warning": ("yellow",),
    "info": ("blue",),
}
_VERDICTS = ("block", "review", "warn", "pass")
_SEVERITIES = ("error", "warning", "info")
_INDENT = "    "
_EXCERPT = 400  # code points of an excerpt from an attachment


class TextReporter:
    """Writes judgements to `out`, and what could not be read to `err`, both in input order.

    With `excused` also what a suppression or the baseline covers, and why.
    """

    def __init__(self, out: Terminal, err: Terminal, *, excused: bool = False) -> None:
        self._out = out
        self._err = err
        self._excused = excused
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> TextReporter:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc[0] is None:
            self._out.write(self._summary() + "\n")

    def report(self, draft: Draft, report: Report) -> None:
        """Writes a header, the active violations, and what was not evaluated."""
        self._counts[report.verdict] += 1
        name = self._name(draft)
        lines = [f"{self._out.style(name, 'bold')}  {self._out.style(report.verdict, *_COLORS[report.verdict])}"]
        for violation in report.violations:
            if violation.status == "active":
                self._counts[violation.severity] += 1
                lines += ["", *self.violation(draft, violation)]
            else:
                self._counts[violation.status] += 1
                if self._excused:
                    lines += ["", *self._exception(draft, violation)]
        if report.not_evaluated:
            lines += ["", *(_INDENT[2:] + line for line in not_evaluated_lines(report.not_evaluated, self._out))]
        if len(lines) > 1:
            lines.append("")
        self._out.write("\n".join(lines) + "\n")

    def error(self, error: InputError) -> None:
        """Writes what is wrong with an input, each reason on a line."""
        self._counts["unusable"] += 1
        self._out.stream.flush()
        for line in error.lines():
            self._err.write(f"{self._err.style('error', 'bold', 'red')}: {self._err.safe(line)}\n")
        self._err.stream.flush()

    def notice(self, text: str, source: Source | None) -> None:
        """Writes the notice where errors are written."""
        self._out.stream.flush()
        self._err.write(notice_line(text, source, self._err))
        self._err.stream.flush()

    def violation(self, draft: Draft, violation: Violation) -> list[str]:
        """Place, rule and severity; what is wrong; the line; how to mend it; the policy behind it."""
        out = self._out
        severity = out.style(violation.severity, *_COLORS[violation.severity])
        lines = [
            f"  {self._place(draft, violation)}  {out.style(violation.rule, 'bold')}  {severity}",
            _INDENT + _flat(violation.message, out),
            *(_INDENT + line for line in self._source_lines(draft.message, violation)),
        ]
        if violation.evidence.get("quoted"):
            lines.append(f"{_INDENT}Quoted from an earlier message: not held against the writer.")
        if violation.excuse is not None:
            lines.append(f"{_INDENT}{out.style('Excused no longer', 'yellow')}: {excuse_text(violation.excuse, out)}")
        if violation.suggestion:
            lines.append(f"{_INDENT}{out.style('Instead', 'green')}: {_flat(violation.suggestion, out)}")
        lines.append(_INDENT + out.style(_policy(violation.policy, violation.confidence, out), "dim"))
        return lines

    def _exception(self, draft: Draft, violation: Violation) -> list[str]:
        """Place, rule and status; what is wrong; what excuses it."""
        out = self._out
        status = out.style(violation.status, "dim")
        lines = [
            f"  {self._place(draft, violation)}  {out.style(violation.rule, 'bold')}  {status}",
            _INDENT + _flat(violation.message, out),
        ]
        if violation.excuse is not None:
            lines.append(f"{_INDENT}Excused: {excuse_text(violation.excuse, out)}")
        return lines

    def _name(self, draft: Draft) -> str:
        name = self._out.safe(draft.source.file or "message")
        return name if draft.source.line is None else f"{name}:{draft.source.line}"

    def _place(self, draft: Draft, violation: Violation) -> str:
        """`draft.txt:3:9` where the part is the file itself, else `draft.eml text:3:9`."""
        location = violation.location
        if location.part == draft.part and location.line is not None:
            return f"{self._name(draft)}:{location.line}:{location.column}"
        return f"{self._name(draft)} {self._out.safe(place_in_part(location))}"

    def _source_lines(self, message: Message, violation: Violation) -> list[str]:
        location = violation.location
        source = getattr(message, location.part) if location.part in ("subject", "text", "html") else None
        if source is not None and location.start is not None and location.end is not None:
            gutter = f" {location.line or ''} | "
            columns = max(self._out.width - len(_INDENT) - len(gutter) - 6, 20)
            shown = excerpt(self._out, source, location.start, location.end, columns)
            pointer = self._out.style(shown.pointer, *_COLORS[violation.severity])
            return [gutter + shown.line, " " * (len(gutter) - 2) + "| " + pointer]
        if violation.excerpt and location.start is not None:
            return [f" | {self._out.safe(violation.excerpt[:_EXCERPT])}"]
        return []

    def _summary(self) -> str:
        counts = self._counts
        judged = sum(counts[verdict] for verdict in _VERDICTS)
        verdicts = ", ".join(
            f"{counts[verdict]} {self._out.style(verdict, *_COLORS[verdict])}"
            for verdict in _VERDICTS
            if counts[verdict]
        )
        found = ", ".join(
            [_count(counts[severity], severity) for severity in _SEVERITIES[:2] if counts[severity]]
            + [f"{counts[word]} {word}" for word in ("info", "suppressed", "baselined") if counts[word]]
        )
        parts = [f"{_count(judged, 'message')}: {verdicts}" if verdicts else _count(judged, "message")]
        parts += [found] if found else []
        parts += [f"{_count(counts['unusable'], 'input')} could not be used"] if counts["unusable"] else []
        return "; ".join(parts)


def notice_line(text: str, source: Source | None, out: Terminal) -> str:
    """The line that says something about the run: `note: file:line: text`."""
    place = "" if source is None else ":".join(str(item) for item in (source.file, source.line) if item is not None)
    return f"{out.style('note', 'bold')}: {out.safe(f'{place}: {text}' if place else text)}\n"


def not_evaluated_lines(entries: Iterable[NotEvaluated], out: Terminal) -> list[str]:
    """What gave no judgement, by reason: rules that failed first, then those that lack a fact."""
    groups: dict[tuple[bool, str], list[str]] = {}
    for entry in entries:
        rules = groups.setdefault((entry.why not in FAILED, reason_of(entry, out)), [])
        if entry.rule not in rules:
            rules.append(entry.rule)
    lines = ["Not evaluated:"]
    for (_, reason), rules in sorted(groups.items(), key=lambda group: group[0][0]):
        text = f"{reason}: {', '.join('all rules' if rule == EVERY_RULE else out.safe(rule) for rule in rules)}"
        lines += textwrap.wrap(
            text,
            max(out.width - 4, 40),
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def reason_of(entry: NotEvaluated, out: Terminal) -> str:
    """Why a rule gave no judgement, in words."""
    needs = ", ".join(out.safe(need) for need in entry.needs)
    plural = len(entry.needs) > 1
    if entry.why == "missing":
        reason = f"{needs or 'a fact'} {'are' if plural else 'is'} not known"
    elif entry.why == "not-installed":
        reason = f"{needs or 'what it needs'} {'are' if plural else 'is'} not installed"
    elif entry.why == "undetermined":
        reason = f"could not be told{f' from {needs}' if needs else ''}"
    elif entry.why == "not-covered":
        return _flat(entry.detail, out) if entry.detail else "outside what the ruleset covers"
    else:
        failed = {
            "timeout": "took too long",
            "crash": "the check failed",
            "unreadable": "could not be read",
            "too-large": "too large to judge",
        }[entry.why]
        reason = f"{failed}{f' ({needs})' if needs else ''}, a person has to look"
    return f"{reason} ({_flat(entry.detail, out)})" if entry.detail else reason


def excuse_text(excuse: Excuse, out: Terminal) -> str:
    """What the entry says, who answers for it, and until when."""
    until = f"{'ended on' if excuse.ended else 'until'} {excuse.until}" if excuse.until else None
    details = ", ".join(out.safe(item) for item in (excuse.author, until, excuse.ticket, excuse.source) if item)
    return f"{_flat(excuse.reason, out)} ({details})" if excuse.reason else f"known in {details}"


def _policy(policy: Policy, confidence: float, out: Terminal) -> str:
    parts = [out.safe(policy.title), out.safe(policy.site)]
    if policy.seen:
        parts.append(f"seen {out.safe(policy.seen)}")
    text = f"Policy: {', '.join(parts)}"
    if policy.confidence != "high":
        text += f" ({policy.confidence} confidence in the source)"
    return text if confidence >= 1 else f"{text}; confidence {confidence:.2g}"


def _flat(text: str, out: Terminal) -> str:
    """On one line, and safe: texts of rules are filled with what stands in the message."""
    return out.safe(" ".join(text.split()))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
