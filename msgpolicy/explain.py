"""What one rule asks for, and why; and what it made of one message, condition by condition.

A page is a list of sections, shown on a terminal or as Markdown (the reference in the docs is made of the same pages).
"""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import inspect

from msgpolicy.checks.base import load_check
from msgpolicy.conditions import Step, parse_condition
from msgpolicy.inputs import Draft
from msgpolicy.report import EVERY_RULE, NotEvaluated, Policy, Report, Violation
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.text import reason_of
from msgpolicy.rules import Case, Rule, Ruleset, RuleVersion

# Examples of each kind on a terminal, and code points of one.
_EXAMPLES = 5
_EXAMPLE = 500
# Fields of a message that have a default.
_ALWAYS_KNOWN = frozenset({"direction", "channel"})
# What goes without saying in an example.
_USUAL = {
    "schema": 1,
    "direction": "seller_to_buyer",
    "channel": "email",
    "kind": "proactive",
    "sent_at": "2026-11-01T10:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: paragraphs, then a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def rule_page(ruleset: Ruleset, rule: Rule, *, as_of: datetime | None = None, lang: str = "en") -> list[Section]:
    """What is known of a rule as it is in force at `as_of` (now, unless given)."""
    in_force = rule.at(as_of)
    version = in_force or rule.newest
    sections = [
        Section(rule.id, (text_in(version.message, lang), *_profile(rule), *_not_in_force(in_force, as_of))),
        Section("Why", _some(version.why)),
        Section("How to mend", _some(text_in(version.suggestion, lang))),
        Section("In other languages", items=tuple(_other_texts(version, lang))),
        Section("Severity", items=tuple(_severity(rule, version))),
        Section("When it applies", _some(_applies(version))),
        Section("What it looks for", _some(_check_in_a_sentence(rule.check)), tuple(_options(version.params))),
        Section("Over the messages of an archive", tuple(_across(rule)), tuple(_across_options(rule))),
        Section("Exceptions", items=tuple(_exceptions(version))),
        Section("Settings", items=tuple(_settings(ruleset, rule))),
        Section("Sources", items=tuple(_source(source) for source in version.sources)),
        Section("Assumed or not known", _assumed(rule)),
        Section("Revisions", items=tuple(_revisions(rule)) if rule.is_dated else ()),
        Section("Where it is written", items=tuple(_origins(rule))),
        Section("Examples", items=tuple(_example(case) for case in rule.examples)),
    ]
    return [section for section in sections if section.paragraphs or section.items]


def message_page(
    ruleset: Ruleset, rule: Rule, draft: Draft, report: Report, steps: Sequence[Step], out: Terminal
) -> list[Section]:
    """What the rule made of a message: whether it fires, and each condition with the value that it met."""
    words = {True: "yes", False: "no", None: "not known"}
    place = draft.source.file or "message"
    if draft.source.line is not None:
        place = f"{place}:{draft.source.line}"
    return [
        Section(f"{place} {rule.id}", (_conclusion(ruleset, rule, report, steps, out),)),
        Section("Conditions", items=tuple(f"{words[s.outcome]}: {s.condition} ({_cut(s.value)})" for s in steps)),
    ]


def judgements(report: Report, rule: Rule) -> tuple[list[Violation], list[NotEvaluated]]:
    """What a report says of one rule: active violations, and why it gave no judgement."""
    violations = [found for found in report.violations if found.rule == rule.id and found.status == "active"]
    return violations, [entry for entry in report.not_evaluated if entry.rule in (rule.id, EVERY_RULE)]


def _conclusion(ruleset: Ruleset, rule: Rule, report: Report, steps: Sequence[Step], out: Terminal) -> str:
    violations, open_ = judgements(report, rule)
    if report.receipt.ruleset != ruleset.name:
        other = report.receipt.ruleset
        return f"The ruleset `{other}` judges this message: see --ruleset {other}."
    if violations:
        return "It fires." if len(violations) == 1 else f"It fires {len(violations)} times."
    if open_:
        return f"It is not evaluated: {'; '.join(reason_of(entry, out) for entry in open_)}."
    version = rule.at(report.receipt.as_of)
    if version is not None and version.severity == "off":
        return "It does not fire: it is switched off."
    failed = next((step.condition for step in steps if step.outcome is False), None)
    return "It does not fire" + (f": it is not so that {failed}." if failed else ".")


def as_markdown(sections: Sequence[Section]) -> str:
    """The page in Markdown; the first section is its title."""
    out: list[str] = []
    for level, section in zip([1] + [2] * len(sections), sections, strict=False):
        out.append(f"{'#' * level} {section.title}\n")
        out += [f"{_markdown(text)}\n" for text in section.paragraphs]
        if section.items:
            out.append("\n".join(f"- {_markdown(item)}" for item in section.items) + "\n")
    return "\n".join(out)


def as_text(sections: Sequence[Section], terminal: Terminal) -> str:
    """The page for a terminal."""
    out: list[str] = []
    for section in sections:
        out.append(terminal.style(terminal.safe(section.title), "bold"))
        for text in section.paragraphs:
            out += _wrapped(terminal, text, "  ", "  ")
        for item in _few(section):
            out += _wrapped(terminal, item, "  - ", "    ")
        out.append("")
    return "\n".join(out)


def text_in(texts: Mapping[str, str], lang: str) -> str:
    """The text in a language, else in its base language, else in English; empty where there is none."""
    for name in (lang, lang.partition("-")[0], "en"):
        if name in texts:
            return texts[name]
    return ""


def _few(section: Section) -> Iterator[str]:
    """The items of a section; of examples the first ones of each kind."""
    seen: dict[str, int] = {}
    for item in section.items:
        kind = item.split(" ", 1)[0] if section.title == "Examples" else ""
        seen[kind] = seen.get(kind, 0) + 1
        if not kind or seen[kind] <= _EXAMPLES:
            yield item
    left_out = sum(max(count - _EXAMPLES, 0) for kind, count in seen.items() if kind)
    if left_out:
        yield f"and {left_out} more (--format markdown shows all)"


def _wrapped(terminal: Terminal, text: str, first: str, other: str) -> list[str]:
    return textwrap.wrap(
        terminal.safe(" ".join(text.split())),
        max(terminal.width, 40),
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _markdown(text: str) -> str:
    return " ".join(text.split()).replace("<", "\\<")


def _some(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _profile(rule: Rule) -> Iterator[str]:
    yield f"Group `{rule.group}`, check `{rule.check}`."
    if rule.scope == "conversation":
        yield "It is judged over the messages of an archive (`msgpolicy audit`), not in one message alone."
    if rule.aliases:
        yield f"Also called {', '.join(f'`{name}`' for name in rule.aliases)}."


def _not_in_force(version: RuleVersion | None, as_of: datetime | None) -> tuple[str, ...]:
    if version is not None:
        return ()
    when = f"on {as_of.date().isoformat()}" if as_of else "any more"
    return (f"It is not in force {when}; what follows is its newest version.",)


def _other_texts(version: RuleVersion, lang: str) -> Iterator[str]:
    """What people read who use another language."""
    for other, message in version.message.items():
        if other not in (lang, lang.partition("-")[0]):
            suggestion = version.suggestion.get(other)
            yield f"`{other}`: {message}" + (f" {suggestion}" if suggestion else "")


def _severity(rule: Rule, version: RuleVersion) -> Iterator[str]:
    for entry in version.severity_when:
        yield f"`{entry.severity}` where {entry.when}" + (f": {entry.why}" if entry.why else "")
    otherwise = " otherwise" if version.severity_when else ""
    yield f"`{version.severity}`{otherwise}"
    if rule.suppressible == "never":
        yield "cannot be suppressed, and a child ruleset may not weaken it"
    else:
        yield "can be suppressed with a reason"


def _applies(version: RuleVersion) -> str:
    if version.when is None:
        return "Every message that the ruleset covers."
    needs = ", ".join(f"`{name}`" for name in sorted(version.when.fields() - _ALWAYS_KNOWN))
    unknown = f" The rule is not evaluated where that cannot be told for lack of {needs}." if needs else ""
    return f"Where {version.when}.{unknown}"


def _check_in_a_sentence(name: str) -> str:
    """The first paragraph of what the check says of itself."""
    return load_check(name).doc.split("\n\n")[0]


def _across(rule: Rule) -> Iterator[str]:
    """How a rule about one message is judged in an archive."""
    if rule.across is not None:
        yield (
            f"In an audit the check `{rule.across.check}` takes the place of `{rule.check}`: the messages tell it. "
            f"{_check_in_a_sentence(rule.across.check)}"
        )
        if rule.across.when is not None:
            yield f"It applies where {rule.across.when}."


def _across_options(rule: Rule) -> Iterator[str]:
    if rule.across is not None:
        yield from _options(rule.across.params)


def _options(params: msgspec.Struct) -> Iterator[str]:
    info = inspect.type_info(type(params))
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        value = getattr(params, field.name)
        if value != field.default and value not in ((), {}, None, frozenset()):
            names = (field.type.extra or {}).get("names") if isinstance(field.type, inspect.Metadata) else None
            shown = str(parse_condition(value)[0]) if names == "condition" else _shown(value)
            yield f"`{field.encode_name}`: {_fenced(shown)}"


def _shown(value: Any) -> str:
    plain = msgspec.to_builtins(value, enc_hook=str)
    if isinstance(plain, list | tuple) and all(isinstance(item, str) for item in plain):
        return ", ".join(plain)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _exceptions(version: RuleVersion) -> Iterator[str]:
    for what in ("hosts", "phrases", "names"):
        items = getattr(version.allow, what)
        if items:
            yield f"{what}: {', '.join(items)}"


def _settings(ruleset: Ruleset, rule: Rule) -> Iterator[str]:
    for name in rule.settings:
        setting, value = ruleset.settings[name], ruleset.values[name]
        text = f"`{name}` is {_shown(value)}"
        text += " (the default)" if value == setting.default else f" (default {_shown(setting.default)})"
        if setting.one_of:
            text += f"; one of {_shown(setting.one_of)}"
        yield text + (f". {setting.why}" if setting.why else "")


def _source(source: Policy) -> str:
    parts = [source.title, source.site, *([source.url] if source.url else [])]
    parts += [f"seen {source.seen}"] if source.seen else []
    return f"{', '.join(parts)} ({source.confidence} confidence)"


def _assumed(rule: Rule) -> tuple[str, ...]:
    undated = "" if rule.is_dated else "The sources do not say since when this is so: it is applied at any time."
    return (*_some(rule.assumed), *_some(undated))


def _revisions(rule: Rule) -> Iterator[str]:
    for version in rule.versions:
        since = f"from {version.from_.date().isoformat()}" if version.from_ else "from the beginning"
        until = f" until {version.until.date().isoformat()} (not included)" if version.until else ""
        yield f"{since}{until}: `{version.severity}`; {_source(version.source)}"


def _origins(rule: Rule) -> Iterator[str]:
    """Where each key stands; worth telling only where more than one file has a say."""
    if len({place.rpartition(":")[0] for place in rule.origins.values()}) > 1:
        for key, place in rule.origins.items():
            yield f"`{key}`: {os.path.basename(place)}"


def _example(case: Case) -> str:
    record = _unusual(case.record, case.others)
    shown = _code(record["text"] if record.keys() == {"text"} else record)
    if case.others:
        shown += f" in an archive with {', '.join(_code(_unusual(other, case.others)) for other in case.others)}"
    if case.as_of:
        shown += f" as of {case.as_of.isoformat().removesuffix('T00:00:00+00:00')}"
    if case.template:
        shown += " as a template"
    if case.settings:
        shown += f" with {_code(case.settings)}"
    found = f", for {' and '.join(_code(text) for text in case.at)}" if case.at else ""
    word = {"fail": "fails", "pass": "passes", "unknown": "cannot be judged"}[case.expect]
    return f"{word}{found}: {shown}" + (f" ({case.note})" if case.note else "")


def _unusual(record: Mapping[str, Any], others: object) -> dict[str, Any]:
    """What does not go without saying; of several messages when each was sent, and what it is."""
    usual = {key: item for key, item in _USUAL.items() if others is None or key not in ("kind", "sent_at")}
    return {key: item for key, item in record.items() if item != usual.get(key)}


def _code(value: Any) -> str:
    return _fenced(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))


def _fenced(text: str) -> str:
    """Code in Markdown."""
    text = _cut(text)
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _cut(text: str) -> str:
    return text if len(text) <= _EXAMPLE else text[:_EXAMPLE] + "…"
