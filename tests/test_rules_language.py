"""`msgpolicy test --language`: shipped examples of a language, and what a ruleset lacks in it."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from msgpolicy.cli import main
from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.rules import language as of_language
from msgpolicy.rules import load_ruleset
from msgpolicy.rules.language import Example, examples_of, lacking, languages_with_examples, run_language, untranslated

RULES = """
schema: 1
name: small
version: 1
title: Small
concepts:
  snow: {title: Snow, phrases: {en: [snow*], de: [schnee*]}}
  rain: {title: Rain, phrases: {en: [rain*]}}
rules:
- id: weather
  group: content
  check: phrases
  with: {any: [snow, rain]}
  message: {en: "Weather.", de: "Wetter."}
  suggestion: {en: "No weather."}
  why: A test.
  source: HERE
  examples: [{fail: "It will snow for you and us."}, {pass: "It is warm for you and us."}]
sources:
  HERE: {title: Here, site: example, confidence: high}
"""

GERMAN = """
language: de
rules:
  small:
    weather:
    - fail: "Der Schnee ist für die Kinder da."
    - {pass: "Die Sonne ist für die Kinder da.", kind: reply}
    - pass: "Der Schneemann ist für die Kinder da."
  other:
    unknown: [{fail: "x"}]
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "de.yaml").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(of_language, "shipped_folder", lambda: tmp_path)
    path = tmp_path / "small.yaml"
    path.write_text(RULES, encoding="utf-8")
    return str(path)


def test_examples_are_judged_by_the_rule_that_they_are_for(small: str) -> None:
    linter = Linter(small)
    records: list[object] = []

    def judge(record, as_of, settings, template):  # type: ignore[no-untyped-def]
        records.append(record["kind"])
        return linter.check(Message.from_dict(record), as_of=as_of)

    results = run_language(judge, load_ruleset(small), "de")
    assert [result.ok for result in results] == [True, True, False]
    assert records == ["proactive", "reply", "proactive"]
    assert results[2].place == "examples/de.yaml (small, weather, 3)"
    assert run_language(judge, load_ruleset(small), "fr") == []


def test_what_is_lacking_is_told(small: str) -> None:
    ruleset = load_ruleset(small)
    assert list(lacking(ruleset, "de")) == ["concept rain: no phrases (1 in English): Rain"]
    assert list(lacking(ruleset, "tlh")) == [
        "languages: no function words; without them the language is not recognised in short sentences",
        "concept rain: no phrases (1 in English): Rain",
        "concept snow: no phrases (1 in English): Snow",
        "rule weather: no example that must fail and none that must pass",
    ]
    assert untranslated(ruleset, "de") == untranslated(ruleset, "fr") == ["weather"]
    assert untranslated(ruleset, "en") == []


def test_the_command_says_so_with_its_exit_status(small: str) -> None:
    out = io.StringIO()
    assert main(["test", small, "--language", "de"], io.StringIO(), out, io.StringIO()) == 1
    told = out.getvalue()
    assert "examples/de.yaml (small, weather, 3): weather: example of pass: is reported: 'Schneemann'" in told
    assert told.endswith("3 examples in de for small 1: 1 failed; missing: 1\n")


@pytest.mark.parametrize("text", [GERMAN.replace("fail:", "fial:", 1), "language: [de"])
def test_a_mistake_in_the_examples_is_told_with_their_file(small: str, text: str) -> None:
    (Path(small).parent / "examples" / "de.yaml").write_text(text, encoding="utf-8")
    err = io.StringIO()
    assert main(["test", small, "--language", "de"], io.StringIO(), io.StringIO(), err) == 2
    assert "examples/de.yaml: " in err.getvalue()


@pytest.mark.parametrize("tag", ["../de", "d", "german language"])
def test_what_is_no_language_tag_is_refused(small: str, tag: str) -> None:
    err = io.StringIO()
    assert main(["test", small, "--language", tag], io.StringIO(), io.StringIO(), err) == 2
    assert "is not a language tag" in err.getvalue()


@pytest.mark.parametrize("given", [{}, {"fail": "a", "pass": "b"}, {"fail": "a", "kind": "letter"}, {"fial": "a"}])
def test_an_example_is_one_thing(given: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(given, Example)


@pytest.mark.parametrize("language", languages_with_examples())
def test_the_shipped_examples_hold(language: str) -> None:
    """So do those of the command line: `msgpolicy test amazon --language xx`."""
    assert examples_of(language)
    out = io.StringIO()
    status = main(["test", "amazon", "--language", language], io.StringIO(), out, io.StringIO())
    assert (status, out.getvalue().splitlines()[-1].partition(": ")[2]) == (0, "all hold; missing: nothing")
