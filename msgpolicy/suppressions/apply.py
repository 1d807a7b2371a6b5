"""Suppressions laid over a report: which violations an exception covers, and what is to be said of the exceptions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

import msgspec

from msgpolicy.conditions import comparable
from msgpolicy.message import Message
from msgpolicy.report import Excuse, Report, Source, UsedFile, Violation, verdict_of
from msgpolicy.suppressions.model import SCOPES, SuppressionEntry

# The names of the scopes that an entry gives, and their values.
Scope = tuple[tuple[str, ...], tuple[str, ...]]
Key = tuple[str, Scope]


class Notice(NamedTuple):
    """Something about a file of exceptions that is no verdict: one sentence without end mark, and its place."""

    text: str
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Suppression:
    """One exception. `rules` are the ids that its rule's name stands for, `line` is where it starts (from 1)."""

    entry: SuppressionEntry
    rules: frozenset[str]
    file: str
    line: int

    @property
    def source(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def keys(self) -> list[Key]:
        """What the exception is found by: one key for each rule."""
        return [(rule, scope_of(self.entry)) for rule in self.rules]

    def ended(self, today: date) -> bool:
        return today >= self.entry.until

    def notice(self, text: str) -> Notice:
        return Notice(text, Source(file=self.file, line=self.line))


class Suppressions:
    """All exceptions of a file, for certain rulesets. Immutable: safe between threads and processes."""

    def __init__(
        self, file: str, digest: str, entries: Iterable[Suppression], locked: Mapping[str, frozenset[str]]
    ) -> None:
        """`locked` gives, for each ruleset's name, the rules that are never suppressed in it."""
        self.file = file
        self.digest = digest
        self.entries = tuple(entries)
        self._locked = dict(locked)
        self._index: dict[Key, Suppression] = {}
        self._order = {entry.source: number for number, entry in enumerate(self.entries)}
        shapes: dict[str, dict[tuple[str, ...], None]] = {}
        for entry in self.entries:
            for key in entry.keys:
                self._index[key] = entry
                rule, (names, _) = key
                shapes.setdefault(rule, {})[names] = None
        # For each rule the combinations of scopes that its entries have: looking them up costs the same for any number
        # of entries.
        self._shapes = {rule: tuple(found) for rule, found in shapes.items()}

    def apply(self, report: Report, message: Message, *, today: date) -> Report:
        """The report with its excused violations marked, and the verdict of the others. Nothing is taken away.

        An exception counts on the days before its end, whenever the message was sent: what a message says of its own
        date cannot bring an exception back. `today` is a day of UTC.
        """
        used = UsedFile(file=self.file, digest=self.digest, day=today)
        report = msgspec.structs.replace(report, receipt=msgspec.structs.replace(report.receipt, suppressions=used))
        ruleset = report.receipt.ruleset
        if ruleset not in self._locked:
            return report
        violations = tuple(
            self.excused(violation, _values(violation, report, message), ruleset=ruleset, today=today)
            if violation.rule in self._shapes
            else violation
            for violation in report.violations
        )
        verdict = verdict_of(violations, report.not_evaluated, strict=report.receipt.strict)
        return msgspec.structs.replace(report, violations=violations, verdict=verdict)

    def notices(self, today: date) -> Iterator[Notice]:
        """What has to be said before any message is judged: exceptions that have ended, or count in part only."""
        for entry in self.entries:
            if entry.ended(today):
                ended = f"the exception for {entry.entry.rule} ended on {entry.entry.until}"
                yield entry.notice(f"{ended}: decide on it anew, or remove it")
            for name, rules in self._locked.items():
                if rules & entry.rules:
                    yield entry.notice(f"{entry.entry.rule} is never suppressed in {name}")

    def unused(self, used: Container[str], today: date) -> Iterator[Notice]:
        """The exceptions in force that no report named; `used` are the sources of the excuses in all reports."""
        for entry in self.entries:
            if not entry.ended(today) and entry.source not in used:
                yield entry.notice(f"nothing in this run needed the exception for {entry.entry.rule}")

    def excused(
        self, violation: Violation, values: Mapping[str, tuple[str, ...]], *, ruleset: str, today: date
    ) -> Violation:
        """The violation as the exceptions leave it.

        Args:
            values: for each scope (`text`, `template`, …) those of its message; a scope that is not there fits nothing.
            ruleset: the name of the one that it was found by.
        """
        locked = self._locked.get(ruleset)
        # Without it they were loaded for another ruleset: what must not be suppressed is not known.
        if locked is None or violation.rule in locked or violation.rule not in self._shapes:
            return violation
        if violation.status != "active":
            return violation
        found = list(self._covering(violation, values))
        if not found:
            return violation
        best = min(found, key=lambda entry: (entry.ended(today), self._order[entry.source]))
        ended = best.ended(today)
        excuse = Excuse(
            kind="suppression",
            source=best.source,
            reason=best.entry.reason,
            author=best.entry.author,
            until=best.entry.until,
            ticket=best.entry.ticket,
            ended=ended,
        )
        return msgspec.structs.replace(violation, status="active" if ended else "suppressed", excuse=excuse)

    def _covering(self, violation: Violation, values: Mapping[str, tuple[str, ...]]) -> Iterator[Suppression]:
        for names in self._shapes[violation.rule]:
            # What is absent has no surroundings: its fingerprint is the same in every message.
            if names == ("fingerprint",) and violation.location.start is None:
                continue
            # The last one listed also stands for those that are not, whose fingerprints nobody has seen.
            if "fingerprint" in names and "more" in violation.evidence:
                continue
            for choice in product(*(values.get(name, ()) for name in names)):
                entry = self._index.get((violation.rule, (names, choice)))
                if entry is not None:
                    yield entry


def scope_of(entry: SuppressionEntry) -> Scope:
    """What an entry is limited to, in the way in which values are compared."""
    given = {name: value for name in SCOPES if (value := getattr(entry, name)) is not None}
    if "sender" in given:
        given["sender"] = comparable(given["sender"])
    return tuple(given), tuple(given.values())


def _values(violation: Violation, report: Report, message: Message) -> dict[str, tuple[str, ...]]:
    """For each scope the values that fit."""
    sender = comparable(message.sender) if message.sender else ""
    named = (message.extra or {}).get("template")
    account = message.account.id if message.account else None
    candidates: dict[str, tuple[object, ...]] = {
        "fingerprint": (violation.fingerprint,),
        "text": (report.signals.text,),
        "template": (named, report.signals.template),
        "sender": (sender, f"@{sender.rpartition('@')[2]}") if "@" in sender else (),
        "account": (account,),
    }
    return {name: tuple(item for item in items if isinstance(item, str)) for name, items in candidates.items()}
