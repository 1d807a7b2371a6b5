"""Loaded rulesets in the cache: written as plain data, and made again from it.

An entry belongs to what was asked for, the settings, and all shipped files as they are now; the other files that a
ruleset was made of are read again and compared. Only what comes back the same is kept, and no ruleset with mistakes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from msgpolicy.cache import cache_folder, kept
from msgpolicy.checks.base import Scope, load_check
from msgpolicy.conditions import Condition, compiled
from msgpolicy.garbage import uncollected
from msgpolicy.report import Policy
from msgpolicy.rules.files import load_bytes, shipped_folder
from msgpolicy.rules.lexicons import Concept
from msgpolicy.rules.ruleset import (
    Across,
    Allow,
    Case,
    Covers,
    Expectation,
    Level,
    Route,
    Rule,
    Ruleset,
    RuleVersion,
    SeverityWhen,
    Suppressible,
)
from msgpolicy.rules.settings import Setting, Value
from msgpolicy.rules.translations import Texts
from msgpolicy.typed import FrozenDict, freeze

# What is raised for data that is no ruleset, or cannot be written.
_NO_ENTRY = (ValueError, LookupError, TypeError, ImportError, OverflowError, RecursionError)


class _Version(msgspec.Struct, array_like=True):
    from_: str | None
    until: str | None
    params: Any
    when: Any
    severity: Level
    severity_when: list[tuple[Any, Level, str | None]]
    allow: Allow
    message: dict[str, str]
    suggestion: dict[str, str]
    why: str | None
    sources: tuple[Policy, ...]


class _Case(msgspec.Struct, array_like=True):
    expect: Expectation
    record: dict[str, Any]
    place: str
    at: tuple[str, ...]
    as_of: str | None
    settings: dict[str, Value]
    template: bool
    note: str | None
    others: list[dict[str, Any]] | None


class _Rule(msgspec.Struct, array_like=True):
    id: str
    group: str
    aliases: tuple[str, ...]
    check: str
    versions: list[_Version]
    suppressible: Suppressible
    assumed: str | None
    examples: list[_Case]
    settings: tuple[str, ...]
    origins: dict[str, str]
    scope: Scope
    across: tuple[str, Any, Any] | None


class _Vocabulary(msgspec.Struct, array_like=True):
    """Concepts by name: title, phrases, and phrases that only look like it. They are most of a ruleset, and those that
    messages are routed to have the same: an entry of its own, known by its digest."""

    concepts: dict[str, tuple[str, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]


class _Kept(msgspec.Struct, array_like=True):
    """A ruleset as plain data. `whole`: it comes back from there the same."""

    whole: bool
    name: str
    version: str
    title: str
    description: str
    digest: str
    covers: Covers | None
    routes: list[tuple[Any, str, str]]
    settings: dict[str, Setting]
    values: dict[str, Value]
    changed: dict[str, Value]
    rules: list[_Rule]
    concepts: str
    lists: dict[str, tuple[str, ...]]
    weakened: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    texts_from: tuple[str, ...]


def kept_ruleset(ref: str | Path, settings: Mapping[str, Any], load: Callable[[], Ruleset]) -> Ruleset:
    """What `load` gives for a reference and settings, from the cache where it was loaded before.

    Raises:
        RulesetError: `load` does.
    """
    if cache_folder() is None:
        return load()
    try:
        asked = (isinstance(ref, Path), str(ref), os.getcwd(), dict(settings), sorted(_shipped_files()))
        msgspec.msgpack.encode(asked)
    except (OSError, TypeError, ValueError, OverflowError):  # a setting that is no plain data: reported by `load`
        return load()
    made: list[Ruleset] = []

    def make() -> _Kept:
        made.append(load())
        return _written(made[0])

    entry = kept("ruleset", asked, _Kept, make, _is_current)
    if made:
        return made[0]
    try:
        with uncollected():
            return _ruleset(entry)
    except _NO_ENTRY:  # its concepts are gone, or it never was a ruleset
        ruleset = load()
        _put_concepts(ruleset)
        return ruleset


def _shipped_files() -> Iterator[tuple[str, int, int]]:
    folder = shipped_folder()
    for place in (folder, folder / "lexicons", folder / "lists"):
        with os.scandir(place) as found:
            for entry in found:
                if entry.name.endswith(".yaml"):
                    state = entry.stat()
                    yield entry.path, state.st_size, state.st_mtime_ns


def _is_current(entry: _Kept) -> bool:
    """Whether the files that are not shipped hold what they held."""
    return entry.whole and all(
        Path(path).is_relative_to(shipped_folder()) or _sha256(Path(path)) == sha256 for path, sha256 in entry.files
    )


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(load_bytes(path)).hexdigest()
    except (OSError, ValueError):
        return ""


# --- writing ----------------------------------------------------------------------------------------------------------


def _written(ruleset: Ruleset) -> _Kept:
    entry = _entry(ruleset, _put_concepts(ruleset))
    with suppress(*_NO_ENTRY):
        entry.whole = all(map(_is_own, _checks(ruleset))) and _comes_back(entry, ruleset)
    return entry


def _checks(ruleset: Ruleset) -> Iterator[str]:
    for rule in ruleset.rules:
        yield rule.check
        if rule.across:
            yield rule.across.check


def _is_own(check: str) -> bool:
    """Whether a check is of this package: what others install may change at any time."""
    return load_check(check).params.__module__.startswith("msgpolicy.checks.")


def _comes_back(entry: _Kept, ruleset: Ruleset) -> bool:
    data = msgspec.msgpack.encode(entry)
    back = _ruleset(msgspec.msgpack.decode(data, type=_Kept))
    pairs = zip(_versions(ruleset), _versions(back), strict=True)
    return (
        msgspec.msgpack.encode(_entry(back, entry.concepts)) == data
        and back.concepts == ruleset.concepts
        and all(ours.params == theirs.params for ours, theirs in pairs)
    )


def _versions(ruleset: Ruleset) -> list[RuleVersion]:
    return [version for rule in ruleset.rules for version in rule.versions]


def _entry(ruleset: Ruleset, concepts: str) -> _Kept:
    texts = next((version.message.rulesets for version in _versions(ruleset)), ())
    return _Kept(
        whole=False,
        name=ruleset.name,
        version=ruleset.version,
        title=ruleset.title,
        description=ruleset.description,
        digest=ruleset.digest,
        covers=ruleset.covers,
        routes=[(route.when.data, route.ruleset, route.path) for route in ruleset.routes],
        settings=dict(ruleset.settings),
        values=dict(ruleset.values),
        changed=dict(ruleset.changed),
        rules=[_rule_entry(rule) for rule in ruleset.rules],
        concepts=concepts,
        lists=dict(ruleset.lists),
        weakened=ruleset.weakened,
        files=ruleset.files,
        texts_from=texts,
    )


def _put_concepts(ruleset: Ruleset) -> str:
    """Puts the concepts into the cache; gives their digest."""
    concepts = {name: (c.title, dict(c.phrases), dict(c.not_)) for name, c in ruleset.concepts.items()}
    digest = hashlib.sha256(msgspec.msgpack.encode(concepts)).hexdigest()
    kept("concepts", digest, _Vocabulary, lambda: _Vocabulary(concepts), bool)
    return digest


def _rule_entry(rule: Rule) -> _Rule:
    return _Rule(
        id=rule.id,
        group=rule.group,
        aliases=rule.aliases,
        check=rule.check,
        versions=[_version_entry(version) for version in rule.versions],
        suppressible=rule.suppressible,
        assumed=rule.assumed,
        examples=[_case_entry(case) for case in rule.examples],
        settings=rule.settings,
        origins=dict(rule.origins),
        scope=rule.scope,
        across=_across_entry(rule.across) if rule.across else None,
    )


def _across_entry(across: Across) -> tuple[str, Any, Any]:
    return across.check, _options(across.params), across.when.data if across.when else None


def _version_entry(version: RuleVersion) -> _Version:
    return _Version(
        from_=_text(version.from_),
        until=_text(version.until),
        params=_options(version.params),
        when=version.when.data if version.when else None,
        severity=version.severity,
        severity_when=[(entry.when.data, entry.severity, entry.why) for entry in version.severity_when],
        allow=version.allow,
        message=dict(version.message.own),
        suggestion=dict(version.suggestion.own),
        why=version.why,
        sources=version.sources,
    )


def _options(params: msgspec.Struct) -> dict[str, Any]:
    """Options that are no defaults: a default is written as it is told, 2 and not 2.0."""
    given = ((field, getattr(params, field.name)) for field in msgspec.structs.fields(params))
    return {
        field.encode_name: msgspec.to_builtins(value)
        for field, value in given
        if type(value) is not type(field.default) or value != field.default
    }


def _case_entry(case: Case) -> _Case:
    return _Case(
        expect=case.expect,
        record=dict(case.record),
        place=case.place,
        at=case.at,
        as_of=_text(case.as_of),
        settings=dict(case.settings),
        template=case.template,
        note=case.note,
        others=None if case.others is None else [dict(record) for record in case.others],
    )


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


# --- reading ----------------------------------------------------------------------------------------------------------


def _ruleset(entry: _Kept) -> Ruleset:
    """
    Raises:
        ValueError, LookupError, TypeError, ImportError: it cannot be a ruleset.
    """
    return Ruleset(
        name=entry.name,
        version=entry.version,
        title=entry.title,
        description=entry.description,
        digest=entry.digest,
        covers=entry.covers,
        routes=tuple(Route(when=compiled(when), ruleset=name, path=path) for when, name, path in entry.routes),
        settings=FrozenDict(entry.settings),
        values=FrozenDict(entry.values),
        changed=FrozenDict(entry.changed),
        rules=tuple(_rule(rule, entry.texts_from) for rule in entry.rules),
        concepts=_concepts(entry.concepts),
        lists=FrozenDict(entry.lists),
        weakened=entry.weakened,
        files=entry.files,
    )


@lru_cache(maxsize=4)
def _concepts(digest: str) -> FrozenDict:
    """
    Raises:
        LookupError: they are not in the cache.
    """

    def make() -> _Vocabulary:
        raise LookupError(digest)

    known = kept("concepts", digest, _Vocabulary, make, bool)
    return FrozenDict(
        {
            name: Concept(name=name, title=title, phrases=FrozenDict(phrases), not_=FrozenDict(not_))
            for name, (title, phrases, not_) in known.concepts.items()
        }
    )


def _rule(entry: _Rule, texts_from: tuple[str, ...]) -> Rule:
    shape = load_check(entry.check).params
    return Rule(
        id=entry.id,
        group=entry.group,
        aliases=entry.aliases,
        check=entry.check,
        versions=tuple(_version(version, entry.id, shape, texts_from) for version in entry.versions),
        suppressible=entry.suppressible,
        assumed=entry.assumed,
        examples=tuple(map(_case, entry.examples)),
        settings=entry.settings,
        origins=FrozenDict(entry.origins),
        scope=entry.scope,
        across=_across(*entry.across) if entry.across else None,
    )


def _across(check: str, options: Any, when: Any) -> Across:
    return Across(check=check, params=msgspec.convert(options, load_check(check).params), when=_condition(when))


def _version(entry: _Version, rule: str, shape: type[msgspec.Struct], texts_from: tuple[str, ...]) -> RuleVersion:
    return RuleVersion(
        from_=_instant(entry.from_),
        until=_instant(entry.until),
        params=msgspec.convert(entry.params, shape),
        when=_condition(entry.when),
        severity=entry.severity,
        severity_when=tuple(
            SeverityWhen(when=compiled(when), severity=severity, why=why) for when, severity, why in entry.severity_when
        ),
        allow=entry.allow,
        message=Texts(FrozenDict(entry.message), texts_from, rule, "message"),
        suggestion=Texts(FrozenDict(entry.suggestion), texts_from, rule, "suggestion"),
        why=entry.why,
        sources=entry.sources,
    )


def _case(entry: _Case) -> Case:
    return Case(
        expect=entry.expect,
        record=freeze(entry.record),
        place=entry.place,
        at=entry.at,
        as_of=_instant(entry.as_of),
        settings=FrozenDict(entry.settings),
        template=entry.template,
        note=entry.note,
        others=None if entry.others is None else tuple(freeze(record) for record in entry.others),
    )


def _condition(data: Any) -> Condition | None:
    return None if data is None else compiled(data)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
