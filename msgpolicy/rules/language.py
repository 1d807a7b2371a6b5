"""What a ruleset has in one language, and what it lacks: phrases, function words, examples and texts.

`rulesets/examples/<language>.yaml` holds messages in that language by ruleset and rule: what must fail, what must
pass. They are judged like the examples of a rule (`msgpolicy test RULESET --language xx`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from msgpolicy.rules.examples import ExampleResult, Judge, judge_case
from msgpolicy.rules.files import load_bytes, shipped_folder
from msgpolicy.rules.lexicons import function_words
from msgpolicy.rules.params import named_in
from msgpolicy.rules.ruleset import Case, Rule, Ruleset
from msgpolicy.typed import FrozenDict, freeze

ENGLISH = "en"
# The groups of rules that are about words.
_OF_WORDS = ("content", "purpose")


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message in the language, which either fails its rule or passes it; proactive unless `kind` says reply."""

    fail: str | None = None
    pass_: str | None = msgspec.field(default=None, name="pass")
    kind: Literal["proactive", "reply"] = "proactive"

    def __post_init__(self) -> None:
        if (self.fail is None) == (self.pass_ is None):
            raise ValueError("an example has either fail or pass")

    def case(self, place: str) -> Case:
        record: dict[str, Any] = {
            "kind": self.kind,
            "sent_at": "2026-11-01T10:00:00Z",
            "text": self.fail or self.pass_,
            "attachments": [],
        }
        return Case(expect="fail" if self.fail is not None else "pass", record=freeze(record), place=place)


class LanguageExamples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: examples by ruleset and rule."""

    language: str
    rules: dict[str, dict[str, tuple[Example, ...]]]


def languages_with_examples() -> list[str]:
    """The languages that there is a file of examples for, in the order of their tags."""
    return sorted(path.stem for path in (shipped_folder() / "examples").glob("*.yaml"))


def examples_of(language: str) -> Mapping[str, tuple[Case, ...]]:
    """The shipped examples in a language, by rule.

    Raises:
        msgspec.ValidationError: the file has another shape.
    """
    path = shipped_folder() / "examples" / f"{language}.yaml"
    # Known before it is read: a language tag is no path.
    if language not in languages_with_examples():
        return FrozenDict()
    file = msgspec.yaml.decode(load_bytes(path), type=LanguageExamples)
    cases: dict[str, tuple[Case, ...]] = {}
    for ruleset, rules in file.rules.items():
        for rule, examples in rules.items():
            numbered = enumerate(examples, 1)
            cases[rule] = tuple(item.case(f"{_shown(path)} ({ruleset}, {rule}, {number})") for number, item in numbered)
    return FrozenDict(cases)


def run_language(judge: Judge, ruleset: Ruleset, language: str) -> list[ExampleResult]:
    """The result of every shipped example in a language whose rule the ruleset has and does not turn off."""
    cases = examples_of(language)
    return [
        judge_case(judge, rule, case)
        for rule in ruleset.rules
        if any(version.severity != "off" for version in rule.versions)
        for case in cases.get(rule.id, ())
    ]


def lacking(ruleset: Ruleset, language: str) -> Iterator[str]:
    """What the ruleset has in English and not in another language, one line each."""
    if language not in function_words():
        yield "languages: no function words; without them the language is not recognised in short sentences"
    for name, concept in sorted(ruleset.concepts.items()):
        english = len(concept.phrases.get(ENGLISH, ()))
        if english and not concept.phrases.get(language):
            yield f"concept {name}: no phrases ({english} in English): {concept.title}"
    cases = examples_of(language)
    for rule in ruleset.rules:
        if _reads_words(rule):
            kinds = {case.expect for case in cases.get(rule.id, ())}
            if absent := [kind for kind in ("fail", "pass") if kind not in kinds]:
                yield f"rule {rule.id}: no example that must {' and none that must '.join(absent)}"


def untranslated(ruleset: Ruleset, language: str) -> list[str]:
    """The rules of which the message or the suggestion is not written in a language."""
    return [
        rule.id
        for rule in ruleset.rules
        if any(text and language not in text for text in (rule.newest.message, rule.newest.suggestion))
    ]


def _reads_words(rule: Rule) -> bool:
    """Whether a rule judges by what a text says, so that it may work in one language and not in another."""
    named = named_in(rule.newest.params)
    return rule.newest.severity != "off" and rule.group in _OF_WORDS and any(kind == "concept" for kind, _ in named)


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
