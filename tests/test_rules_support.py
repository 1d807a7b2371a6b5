"""What the tests of the ruleset loader share: a folder of shipped rulesets of their own, and one small check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from msgpolicy.checks.base import CheckSpec, ConceptName, ConditionData, Hit, ListName, Params, Pattern, Unknown
from msgpolicy.rules import Ruleset, RulesetError, RulesetProblem, load_ruleset


class Near(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    concept: ConceptName
    words: int = 3


class DemoParams(Params, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `demo`."""

    words: tuple[str, ...] = ("alpha", "beta")
    limit: Annotated[int, Meta(ge=1, description="At most so many.")] = 5
    share: float = 0.5
    strict: bool = False
    concepts: tuple[ConceptName, ...] = ()
    unless: tuple[ConceptName | Near, ...] = ()
    hosts: ListName | None = None
    patterns: tuple[Pattern, ...] = ()
    fires_when: ConditionData = None


def demo_check(_facts: Any, _params: Any) -> Iterator[Hit | Unknown]:
    return iter(())


def demo_fills(params: DemoParams) -> Mapping[str, str]:
    return {"found": "what was found", "limit": "the limit", **dict.fromkeys(params.concepts, "its words")}


DEMO = CheckSpec(
    name="demo",
    params=DemoParams,
    fills=demo_fills,
    run=demo_check,
    prepare=lambda params: params,
    nominate=lambda _facts, _params: True,
    doc="A check for tests.",
)


def load_demo(name: str) -> CheckSpec:
    if name != "demo":
        raise LookupError(f"there is no check {name!r}")
    return DEMO


LEXICON = """\
concept: review
title: A review
reviewed: {en: "nobody"}
phrases:
  en: [review, rating]
  de: [bewertung]
not:
  en: [review your order]
"""

RULE = """\
- id: {id}
  check: demo
  message: {{en: "Found {{found}}."}}
  source: HELP
  examples: [{{fail: "alpha beta", at: beta}}, {{pass: "gamma"}}]
"""

HEAD = """\
schema: 1
name: {name}
version: "1.0"
sources: {{HELP: {{title: Help page, site: shop.example, seen: 2026-11, confidence: medium}}}}
"""


def ruleset_text(*rules: str, name: str = "own", head: str = "") -> str:
    """A sound ruleset: each rule is an id, or the YAML of a list item."""
    text = HEAD.format(name=name) + dedent(head) + "rules:\n"
    return text + "".join(RULE.format(id=rule) if rule.replace("-", "").isalnum() else dedent(rule) for rule in rules)


Write = Callable[..., Path]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of shipped rulesets, with one ruleset, one lexicon and one list."""
    package = tmp_path / "package"
    folder = package / "rulesets"
    (folder / "lexicons").mkdir(parents=True)
    (folder / "lists").mkdir()
    (folder / "base.yaml").write_text(ruleset_text("first", "second", name="base"), encoding="utf-8")
    (folder / "lexicons" / "review.yaml").write_text(LEXICON, encoding="utf-8")
    (folder / "lexicons" / "languages.yaml").write_text(
        "languages: {en: {title: English, words: [the, and]}}\n", encoding="utf-8"
    )
    (folder / "lists" / "hosts.yaml").write_text(
        "list: hosts\ntitle: Hosts\nitems: [shop.example, www.example]\n", encoding="utf-8"
    )
    monkeypatch.setattr("msgpolicy.rules.files._PACKAGE", package)
    monkeypatch.setattr("msgpolicy.rules.params.load_check", load_demo)
    monkeypatch.setattr("msgpolicy.rules.params.known_checks", lambda: ["demo"])
    return folder


@pytest.fixture
def write(shipped: Path, tmp_path: Path) -> Write:
    """Writes a file below the caller's own folder."""
    folder = tmp_path / "mine"

    def _write(text: str | bytes, name: str = "own.yaml") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def loaded(path: Path, **settings: Any) -> Ruleset:
    return load_ruleset(path, settings=settings)


def problems_of(path: Path | str, **settings: Any) -> list[RulesetProblem]:
    """The mistakes that loading finds; there has to be one."""
    with pytest.raises(RulesetError) as caught:
        load_ruleset(path, settings=settings)
    return list(caught.value.problems)


def pointed_at(problem: RulesetProblem) -> str:
    """The source from the place that a problem points to, to the end of its line."""
    assert problem.line is not None
    assert problem.column is not None
    return Path(problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1][problem.column - 1 :]


def test_the_shared_ruleset_is_sound(shipped: Path) -> None:
    assert [rule.id for rule in load_ruleset("base").rules] == ["first", "second"]
