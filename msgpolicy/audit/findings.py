"""What rules across messages make of the rows that their queries give: violations, and what cannot be judged.

Knows no engine: a row is a mapping, whether DuckDB or Spark made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from msgpolicy.assembly import fingerprint_of, text_of
from msgpolicy.checks.across import FIELDS
from msgpolicy.checks.base import load_check
from msgpolicy.conditions import Lookup
from msgpolicy.coverage import not_covered
from msgpolicy.linter import Linter
from msgpolicy.report import Location, NotEvaluated, Severity, Violation
from msgpolicy.rules import Rule, RuleVersion
from msgpolicy.rules.ruleset import Across
from msgpolicy.typed import freeze

# Columns of the table `messages` that every row has besides those of its query, as `of_` and the name; times are
# microseconds since 1970 (UTC).
TIMES = frozenset({"as_of", "sent_at", "history_last_buyer_message_at"})
COLUMNS = ("as_of", "text", "template", *FIELDS.values())

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Job(NamedTuple):
    """A query to run: a rule, by its check and options. A rule has several where the policy changed, or where a ruleset
    that messages are routed to has it otherwise."""

    rule: str
    check: str
    params: msgspec.Struct

    @property
    def query(self) -> str:
        across = load_check(self.check).across
        assert across is not None
        return across.query(self.params)


class Finder:
    """Judges rows by the rules across messages of a linter's ruleset, and of those that it routes messages to."""

    def __init__(self, linter: Linter, today: date | None = None) -> None:
        """`today` is the day (UTC) for which it is asked which exceptions are in force."""
        self._linter = linter
        self._today = today or linter.today or datetime.now(UTC).date()
        self._rules = {
            ruleset.name: {rule.id: rule for rule in ruleset.rules if "conversation" in rule.scopes}
            for ruleset in linter.rulesets
        }

    def jobs(self) -> list[Job]:
        """All queries, in the order of the rules."""
        found: dict[Job, None] = {}
        for rules in self._rules.values():
            for rule in rules.values():
                for version in rule.versions:
                    across = rule.across_at(version)
                    if across is not None and version.severity != "off":
                        found[Job(rule.id, across.check, across.params)] = None
        return list(found)

    def findings(
        self, job: Job, rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[tuple[str, int, Violation | NotEvaluated]]:
        """What the rows of a query come to, each with the file and number of its message; rows of messages that the
        rule, as it was in force, does not apply to come to nothing."""
        for row in rows:
            found = self._finding(job, row)
            if found is not None:
                yield row["file"], row["number"], found

    def _finding(self, job: Job, row: Mapping[str, Any]) -> Violation | NotEvaluated | None:
        def lookup(path: str) -> Any:
            column = FIELDS.get(path)
            return _value(column, row[f"of_{column}"]) if column else None

        as_of = _value("as_of", row["of_as_of"])
        rule = self._rule(job.rule, lookup, as_of)
        version = rule.at(as_of) if rule else None
        if rule is None or version is None or version.severity == "off":
            return None
        across = rule.across_at(version)
        if across is None or (across.check, across.params) != (job.check, job.params):
            return None
        needs = row["needs"].split(",") if row["needs"] else []
        if across.when is not None:
            applies = across.when.evaluate(lookup)
            if applies.value is False:
                return None
            if applies.value is None:
                needs = [*applies.needs, *needs]
        if needs:
            return NotEvaluated(rule=rule.id, why="missing", needs=tuple(dict.fromkeys(needs)))
        severity = _severity(version, lookup)
        if severity is None:
            return None
        return self._excused(self._violation(rule, version, across, severity, row), lookup, row)

    def _rule(self, rule_id: str, lookup: Lookup, as_of: datetime | None) -> Rule | None:
        """The rule as the ruleset that judges the message has it; what that lacks is a matter of the first ruleset."""
        ruleset = self._linter.ruleset_for(lookup)
        direction, channel, marketplace = (lookup(name) for name in ("direction", "channel", "marketplace"))
        if not_covered(ruleset.covers, direction, channel, marketplace, as_of):
            return None
        rules = self._rules[ruleset.name]
        return rules.get(rule_id) or self._rules[self._linter.ruleset.name].get(rule_id)

    def _excused(self, violation: Violation, lookup: Lookup, row: Mapping[str, Any]) -> Violation:
        """As the exceptions leave it: those that are limited to a text or a template. Senders and accounts are not in
        the table, or as keyed hashes."""
        linter = self._linter
        if linter.suppressions is None:
            return violation
        scopes = {name: (row[f"of_{name}"],) for name in ("text", "template") if row[f"of_{name}"] is not None}
        scopes["fingerprint"] = (violation.fingerprint,)
        ruleset = linter.ruleset_for(lookup).name
        return linter.suppressions.excused(violation, scopes, ruleset=ruleset, today=self._today)

    def _violation(
        self, rule: Rule, version: RuleVersion, across: Across, severity: Severity, row: Mapping[str, Any]
    ) -> Violation:
        spec = load_check(across.check)
        assert spec.across is not None
        fills, evidence = spec.across.told(row, across.params)
        part, lang = spec.across.at, self._linter.lang
        return Violation(
            rule=rule.id,
            severity=severity,
            confidence=1.0,
            message=text_of(version.message, fills, spec.words, lang) or rule.id,
            suggestion=text_of(version.suggestion, fills, spec.words, lang),
            params=freeze(dict(fills)),
            location=Location(part=part),
            evidence=freeze(dict(evidence)),
            policy=version.source,
            fingerprint=fingerprint_of(rule.id, part, 1),
        )


def _severity(version: RuleVersion, lookup: Lookup) -> Severity | None:
    severity: str = version.severity
    for entry in version.severity_when:
        if entry.when.evaluate(lookup).value:
            severity = entry.severity
            break
    return None if severity == "off" else severity  # type: ignore[return-value]


def _value(column: str, value: Any) -> Any:
    if column in TIMES and value is not None:
        return _EPOCH + timedelta(microseconds=value)
    return value
