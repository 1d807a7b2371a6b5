"""A loaded ruleset: everything that is in force, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from msgpolicy.checks.base import Scope
from msgpolicy.conditions import Condition
from msgpolicy.report import Policy
from msgpolicy.rules.lexicons import Concept
from msgpolicy.rules.settings import BRAND_NAMES, Setting, Value
from msgpolicy.rules.translations import Texts
from msgpolicy.typed import FrozenDict, nearest

Level = Literal["error", "warning", "info", "off"]
Expectation = Literal["fail", "pass", "unknown"]
Suppressible = Literal["never", "with-reason"]


class Covers(msgspec.Struct, frozen=True, kw_only=True):
    """What a ruleset is about; an empty tuple or None: any. Days are days of UTC, `until` is the first one outside."""

    directions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    marketplaces: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Messages that another ruleset judges. `path` loads it; `ruleset` is its name, or the path as written."""

    when: Condition
    ruleset: str
    path: str


class Allow(msgspec.Struct, frozen=True, kw_only=True):
    """Exceptions to a rule."""

    hosts: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class SeverityWhen(msgspec.Struct, frozen=True, kw_only=True):
    """Another severity where a condition holds."""

    when: Condition
    severity: Level
    why: str | None = None


class Across(msgspec.Struct, frozen=True, kw_only=True):
    """How a rule is judged over the messages of an archive: by which check, with which options, and which messages can
    break it."""

    check: str
    params: msgspec.Struct
    when: Condition | None


class RuleVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it is in force from `from_` (00:00 UTC, included) to `until` (not included); None: no bound.

    `params` are the options as the check takes them. `source` is the first of `sources`.
    """

    from_: datetime | None
    until: datetime | None
    params: msgspec.Struct
    when: Condition | None
    severity: Level
    severity_when: tuple[SeverityWhen, ...]
    allow: Allow
    message: Texts
    suggestion: Texts
    why: str | None
    sources: tuple[Policy, ...]

    @property
    def source(self) -> Policy:
        return self.sources[0]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One example of a rule: a record to judge, and what has to come of it.

    `others` are the other messages of its archive; None for a message alone. `at` are the texts that have to be found;
    `place` is file:line; `template`: it is judged as one.
    """

    expect: Expectation
    record: Mapping[str, Any]
    place: str
    others: tuple[Mapping[str, Any], ...] | None = None
    at: tuple[str, ...] = ()
    as_of: datetime | None = None
    settings: Mapping[str, Value] = FrozenDict()
    template: bool = False
    note: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: its check, its versions from the oldest to the newest, and what is told about it.

    `scope` says what the check reads: one message, or all of an archive (`conversation`). `across` is the check that
    takes its place in an archive, where it has one. `settings` are the names of those that it depends on.
    `origins` says for each key (`severity`, `with.days`) in which file and line its value stands.
    """

    id: str
    group: str
    aliases: tuple[str, ...]
    check: str
    versions: tuple[RuleVersion, ...]
    suppressible: Suppressible
    assumed: str | None
    examples: tuple[Case, ...]
    settings: tuple[str, ...]
    origins: Mapping[str, str]
    scope: Scope = "message"
    across: Across | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Where it is judged: in a message, over the messages of an archive, or in both ways."""
        return ("message", "conversation") if self.across else (self.scope,)

    def across_at(self, version: RuleVersion) -> Across | None:
        """How one of its versions is judged over the messages of an archive; None where it is not."""
        if self.scope == "conversation":
            return Across(check=self.check, params=version.params, when=version.when)
        return self.across

    def at(self, as_of: datetime | None) -> RuleVersion | None:
        """The version in force at a time with an offset from UTC; None when the rule is not in force then.

        Without a time the newest version counts, unless it has ended.
        """
        if as_of is None:
            newest = self.versions[-1]
            return newest if newest.until is None else None
        for version in reversed(self.versions):
            if version.from_ is None or as_of >= version.from_:
                return version if version.until is None or as_of < version.until else None
        return None

    @property
    def newest(self) -> RuleVersion:
        return self.versions[-1]

    @property
    def is_dated(self) -> bool:
        """Whether it depends on the time which version counts."""
        return len(self.versions) > 1 or self.newest.from_ is not None or self.newest.until is not None


class Ruleset(msgspec.Struct, frozen=True, kw_only=True):
    """A ruleset with all that it extends.

    `settings` are the definitions, `values` what is in force, `changed` the values that differ from the default of the
    ruleset that defines them. `weakened` says in words what child rulesets let through that their bases would not.
    `digest` is the same for the same rules, values, concepts and lists, however they are written. `files` are the
    paths and SHA-256 of all files read, the one that was asked for first.
    """

    name: str
    version: str
    title: str
    description: str
    digest: str
    covers: Covers | None
    routes: tuple[Route, ...]
    settings: Mapping[str, Setting]
    values: Mapping[str, Value]
    changed: Mapping[str, Value]
    rules: tuple[Rule, ...]
    concepts: Mapping[str, Concept]
    lists: Mapping[str, tuple[str, ...]]
    weakened: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    @property
    def brand_names(self) -> tuple[str, ...]:
        """The names that no rule takes for words of a phrase."""
        names = self.values.get(BRAND_NAMES, ())
        return names if isinstance(names, tuple) else ()

    def rule(self, name: str) -> Rule:
        """The rule of that id or alias.

        Raises:
            LookupError: there is none; the message has the nearest id.
        """
        for rule in self.rules:
            if name == rule.id or name in rule.aliases:
                return rule
        hint = nearest(name, [rule.id for rule in self.rules])
        raise LookupError(f"the ruleset {self.name!r} has no rule {name!r}" + (f" ({hint})" if hint else ""))
