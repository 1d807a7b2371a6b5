"""From a merged rule to what the linter runs: options, conditions, texts, sources and examples of each revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec

from msgpolicy.checks.across import FIELDS
from msgpolicy.checks.base import CheckSpec, Scope
from msgpolicy.conditions import Condition
from msgpolicy.rules.cases import read_cases
from msgpolicy.rules.changes import overlay
from msgpolicy.rules.dates import start_of
from msgpolicy.rules.lexicons import Vocabulary
from msgpolicy.rules.located import Mapping as MappingNode
from msgpolicy.rules.located import Node, Scalar, Sequence, plain
from msgpolicy.rules.merge import REVISED, Merged
from msgpolicy.rules.model import RuleEntry
from msgpolicy.rules.params import find_check, read_params
from msgpolicy.rules.problems import Problems
from msgpolicy.rules.ruleset import Across, Allow, Rule, RuleVersion, SeverityWhen
from msgpolicy.rules.settings import Setting, Value, names_used, with_values
from msgpolicy.rules.sources import Sources
from msgpolicy.rules.texts import check_texts
from msgpolicy.rules.translations import Texts
from msgpolicy.rules.when import read_condition
from msgpolicy.typed import FrozenDict, build, freeze, nearest

# The keys in which {setting: name} stands for a value.
WITH_SETTINGS = ("with", "when", "across", "severity_when", "revisions")
_TOLD = ("severity", "allow", "message", "suggestion", "why")


@dataclass(frozen=True)
class Context:
    """What rules refer to. `values` lacks a setting whose definition is wrong; `usual` are fields of every example;
    `shipped` are the shipped rulesets that lie over each other, the last one first."""

    merged: Merged
    settings: Mapping[str, Setting]
    values: Mapping[str, Value]
    sources: Sources
    vocabulary: Vocabulary
    problems: Problems
    usual: Mapping[str, str]
    shipped: tuple[str, ...]


class Compiled(NamedTuple):
    """A rule, and the data that its judgement depends on, for the digest."""

    rule: Rule
    essence: dict[str, Any]


class _Span(NamedTuple):
    """A revision laid over its rule, and the days from which and until which it holds."""

    node: MappingNode
    from_: date | None
    until: date | None


def compile_rule(rule_id: str, node: MappingNode, context: Context) -> Compiled | None:
    """The rule as it is in force, or None when it has mistakes; all of them are reported."""
    before = len(context.problems)
    compiler = _Compiler(rule_id, node, context)
    compiled = compiler.compile()
    return compiled if len(context.problems) == before else None


class _Compiler:
    def __init__(self, rule_id: str, node: MappingNode, context: Context) -> None:
        self.id = rule_id
        self.node = node
        self.context = context
        self.problems = context.problems

    def compile(self) -> Compiled | None:
        shape, found = build(RuleEntry, plain(self.node), lax=True)
        self.problems.of(self.node, found)
        self.ask_settings()
        check = self.node.get("check")
        spec = None
        if isinstance(check, Scalar) and check.value:
            spec = find_check(check, self.problems)
        else:
            self.missing("names no check", "check: …")
        scope: Scope = (shape.scope if shape else None) or "message"
        if spec is not None and isinstance(check, Scalar):
            self.ask_scope(check, spec, scope)
        for key in ("allow", "across") if scope == "conversation" else ():
            if not _is_nothing(self.node.get(key)):
                self.problems.at(self.node.keys[key], f"a rule across messages has no {key}")
        across = self.across(scope)
        spans = self.spans()
        built = [self.version(span, spec) for span in spans]
        self.ask_complete(spans)
        settings = {name: self.context.settings.get(name) for name in self.context.merged.settings}
        cases = read_cases(self.node, settings, self.context.usual, self.problems)
        self.ask_examples(scope, has_across=across is not None)
        versions = [entry for entry in built if entry is not None]
        if shape is None or spec is None or len(versions) < len(spans):
            return None
        rule = Rule(
            id=self.id,
            group=shape.group or "general",
            aliases=shape.aliases if isinstance(shape.aliases, tuple) else (),
            check=spec.name,
            versions=tuple(version for version, _ in versions),
            suppressible=shape.suppressible or "with-reason",
            assumed=shape.assumed,
            examples=cases,
            settings=tuple(dict.fromkeys(name.value or "" for name in self.settings_named())),
            origins=FrozenDict(_origins(self.node)),
            scope=scope,
            across=across,
        )
        essence = {
            "check": spec.name,
            **self.across_essence(across),
            "suppressible": rule.suppressible,
            "versions": [data for _, data in versions],
        }
        return Compiled(rule, essence)

    def missing(self, what: str, hint: str = "") -> None:
        self.problems.at(self.node.get("id") or self.node, f"the rule {self.id!r} {what}", hint)

    def ask_settings(self) -> None:
        known = self.context.merged.settings
        for name in self.settings_named():
            if name.value not in known and self.context.merged.complete:
                hint = nearest(name.value or "", known)
                self.problems.at(name, f"there is no setting {name.value!r}", hint)

    def settings_named(self) -> list[Scalar]:
        nodes = (self.node.get(key) for key in WITH_SETTINGS)
        return [name for node in nodes if node is not None for name in names_used(node)]

    def ask_complete(self, spans: Iterable[_Span]) -> None:
        for span in spans:
            message = span.node.get("message")
            if not isinstance(message, MappingNode) or "en" not in message.items:
                self.missing("has no message in English", "message: {en: …}")
            source = span.node.get("source")
            if source is None or not plain(source):
                self.missing("has no source", "source: the key of one under sources")

    def ask_examples(self, scope: Scope, *, has_across: bool) -> None:
        listed = [item for item in _items(self.node.get("examples")) if isinstance(item, MappingNode)]
        for kind, which in (("fail", "fails"), ("pass", "passes")):
            bodies = [item.items[kind] for item in listed if kind in item.items]
            several = [body for body in bodies if isinstance(body, MappingNode) and "records" in body.items]
            if scope == "message" and len(several) == len(bodies):
                self.missing(f"has no example that {which}", f"examples: [{{{kind}: …}}]")
            if (scope == "conversation" or has_across) and not several:
                self.missing(
                    f"has no example across messages that {which}", f"examples: [{{{kind}: {{records: […]}}}}]"
                )
            for body in bodies if scope == "conversation" else ():
                if body not in several:
                    self.problems.at(body, "an example of a rule across messages has several", "records: […]")
            for body in several if scope == "message" and not has_across else ():
                self.problems.at(body, "the rule is about one message alone", "text: …, or record: …")

    # --- across messages ----------------------------------------------------------------------------------------------

    def ask_scope(self, name: Scalar, spec: CheckSpec, scope: Scope) -> None:
        if spec.scope != scope:
            said = "across messages" if spec.scope == "conversation" else "about one message"
            self.problems.at(name, f"the check {spec.name!r} is one {said}", f"scope: {spec.scope}")

    def across(self, scope: Scope) -> Across | None:
        """What judges a rule about one message in an archive."""
        node = self.node.get("across")
        if not isinstance(node, MappingNode) or scope != "message":
            return None
        name = node.get("check")
        if not isinstance(name, Scalar) or not name.value:
            self.missing("names no check across messages", "across: {check: …}")
            return None
        spec = find_check(name, self.problems)
        if spec is None:
            return None
        self.ask_scope(name, spec, "conversation")
        params = self.params(spec, node, texts=self.node)
        when = self.across_when(node.get("when"))
        return None if params is None else Across(check=spec.name, params=params, when=when)

    def across_when(self, node: Node | None) -> Condition | None:
        condition = self.condition(node)
        if condition is not None and node is not None:
            unknown = sorted(condition.fields() - FIELDS.keys())
            if unknown:
                hint = f"known are {', '.join(FIELDS)}"
                self.problems.at(node, f"a check across messages knows nothing of {', '.join(unknown)}", hint)
        return condition

    def across_essence(self, across: Across | None) -> dict[str, Any]:
        if across is None:
            return {}
        node = self.node.get("across")
        when = node.get("when") if isinstance(node, MappingNode) else None
        condition = None if when is None or _is_nothing(when) else _canonical(with_values(when, self.context.values))
        return {"across": [across.check, across.params, condition]}

    # --- revisions ----------------------------------------------------------------------------------------------------

    def spans(self) -> list[_Span]:
        """The rule under each of its revisions, or as it is when it has none."""
        revisions = [item for item in _items(self.node.get("revisions")) if isinstance(item, MappingNode)]
        if not revisions:
            return [_Span(self.node, None, None)]
        spans = []
        for index, revision in enumerate(revisions):
            over = {key: value for key, value in revision.items.items() if key not in ("from", "until")}
            over_node = MappingNode(over, revision.keys, revision.file, revision.index)
            node = overlay(self.node, over_node, self.problems, deep=REVISED)
            until = _day(revision.get("until"))
            following = revisions[index + 1] if index + 1 < len(revisions) else None
            self.ask_order(revision, following, first=index == 0)
            if until is None and following is not None:
                until = _day(following.get("from"))
            spans.append(_Span(node, _day(revision.get("from")), until))
        return spans

    def ask_order(self, revision: MappingNode, following: MappingNode | None, *, first: bool) -> None:
        start, until = _day(revision.get("from")), _day(revision.get("until"))
        if start is None and not first and _is_nothing(revision.get("from")):
            self.problems.at(revision, "a later revision has to say from when it holds", "from: 2026-11-01")
        if start and until and until <= start:
            self.problems.at(revision.items["until"], f"the revision ends before it starts, on {start}")
        begins = _day(following.get("from")) if following else None
        if begins is None or following is None:
            return
        if start and begins <= start:
            self.problems.at(
                following.items["from"], f"the revisions are out of order: the one before starts on {start}"
            )
        elif until and until > begins:
            self.problems.at(revision.items["until"], f"the revision overlaps the next one, which starts on {begins}")

    # --- one version --------------------------------------------------------------------------------------------------

    def version(self, span: _Span, spec: CheckSpec | None) -> tuple[RuleVersion, dict[str, Any]] | None:
        node = span.node
        params = self.params(spec, node, texts=node) if spec is not None else None
        is_across = spec is not None and spec.scope == "conversation"
        condition = self.across_when if is_across else self.condition
        when = condition(node.get("when"))
        otherwise = self.severity_when(node.get("severity_when"), condition)
        sources = self.context.sources.policies(node.get("source"))
        told = {key: plain(item) for key, item in node.items.items() if key in _TOLD}
        shape, _ = build(RuleEntry, {"id": self.id, **told}, lax=True)
        if shape is None or params is None or otherwise is None or not sources:
            return None
        version = RuleVersion(
            from_=start_of(span.from_) if span.from_ else None,
            until=start_of(span.until) if span.until else None,
            params=params,
            when=when,
            severity=shape.severity or "error",
            severity_when=otherwise,
            allow=_allow(shape),
            message=Texts(freeze(shape.message or {}), self.context.shipped, self.id, "message"),
            suggestion=Texts(freeze(shape.suggestion or {}), self.context.shipped, self.id, "suggestion"),
            why=shape.why,
            sources=sources,
        )
        return version, self.essence(version, node)

    def params(self, spec: CheckSpec, node: MappingNode, *, texts: MappingNode) -> msgspec.Struct | None:
        """The options under `with` of a node; what the check fills in is asked of the rule's texts."""
        context = self.context
        place = node.get("check") or node
        options = read_params(spec, node.get("with"), place, context.values, context.vocabulary, self.problems)
        if options.params is not None:
            fills = spec.fills(options.params)
            check_texts(texts.get("message"), fills, self.problems)
            check_texts(texts.get("suggestion"), fills, self.problems)
        return options.params if options.sound else None

    def condition(self, node: Node | None) -> Condition | None:
        if node is None or _is_nothing(node):
            return None
        values = self.context.values
        return read_condition(with_values(node, values), node, values, self.problems)

    def severity_when(
        self, node: Node | None, condition: Callable[[Node | None], Condition | None]
    ) -> tuple[SeverityWhen, ...] | None:
        entries = []
        for item in _items(node):
            if not isinstance(item, MappingNode):
                return None
            when = condition(item.get("when"))
            severity, why = item.get("severity"), item.get("why")
            if when is None or not isinstance(severity, Scalar):
                return None
            said = why.value if isinstance(why, Scalar) else None
            entries.append(SeverityWhen(when=when, severity=severity.value, why=said))  # type: ignore[arg-type]
        return tuple(entries)

    def essence(self, version: RuleVersion, node: MappingNode) -> dict[str, Any]:
        """What the judgement depends on, written one way only."""
        conditions = {
            key: _canonical(with_values(item, self.context.values))
            for key in ("when", "severity_when")
            if (item := node.get(key)) is not None and not _is_nothing(item)
        }
        return {
            "from": version.from_,
            "until": version.until,
            "params": version.params,
            "severity": version.severity,
            "allow": {kind: sorted(getattr(version.allow, kind)) for kind in ("hosts", "phrases", "names")},
            "message": version.message.own,
            "suggestion": version.suggestion.own,
            "sources": version.sources,
            **conditions,
        }


def _allow(shape: RuleEntry) -> Allow:
    given = shape.allow
    if given is None:
        return Allow()
    kinds = {kind: getattr(given, kind) for kind in ("hosts", "phrases", "names")}
    return Allow(**{kind: listed for kind, listed in kinds.items() if isinstance(listed, tuple)})


def _origins(node: MappingNode) -> dict[str, str]:
    origins = {}
    for key, value in node.items.items():
        origins[key] = _place(value)
        if key == "with" and isinstance(value, MappingNode):
            origins |= {f"with.{name}": _place(inner) for name, inner in value.items.items()}
    return origins


def _place(node: Node) -> str:
    return f"{node.file.path}:{node.file.place(node.index)[0]}"


def _canonical(value: Any) -> Any:
    """Data in which a number or truth value is the text that YAML would have for it."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(node: Node | None) -> date | None:
    """The day that a node gives; None where it gives none, or is no day (which is reported with the shape)."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    try:
        return msgspec.convert(node.value, date)
    except msgspec.ValidationError:
        return None


def _is_nothing(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.value is None)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()
