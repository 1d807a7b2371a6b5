"""What in a ruleset does nothing is pointed out with its place; `msgpolicy test` tells it, and what a child changed."""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.cli import main
from msgpolicy.facts.words.phrase_cover import covered
from msgpolicy.facts.words.variants import variants
from msgpolicy.rules import RulesetError
from msgpolicy.rules.lint import lint_ruleset

BASE = """\
schema: 1
name: base
version: "1"
settings:
  most: {default: 3}
sources: {HELP: {title: Help page, site: shop.example}}
concepts:
  pledge: {title: A promise, phrases: {en: [we promise, "we (swear|vow)"], de: [wir versprechen]}}
lists:
  hosts: [a.example, b.example]
rules:
- id: promised
  check: phrases
  with: {all: [pledge]}
  message: {en: "Promises: {found}."}
  source: HELP
  examples: [{fail: We promise it., at: We promise}, {pass: We hope for it.}]
- id: too-many
  check: condition
  with: {fires_when: {history.sent_today: {more_than: {setting: most}}}, at: history.sent_today}
  message: {en: Too many.}
  source: HELP
  examples:
  - fail: {record: {text: a, history: {sent_today: 4}}}
  - pass: {record: {text: a, history: {sent_today: 3}}}
"""
HEAD = 'schema: 1\nname: own\nversion: "1"\nextends: ./base.yaml\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def own(folder: Path, body: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(HEAD + dedent(body), encoding="utf-8")
    return path


def found(path: Path) -> list[tuple[str, str, str]]:
    """Message, hint, and the source from the place on."""
    lines = path.read_text(encoding="utf-8").splitlines()
    out = []
    for problem in lint_ruleset(path):
        assert problem.file == str(path)
        assert problem.line is not None
        assert problem.column is not None
        out.append((problem.message, problem.hint, lines[problem.line - 1][problem.column - 1 :]))
    return out


def test_a_sound_file_has_no_findings(folder: Path) -> None:
    assert found(folder / "base.yaml") == [("no rule uses the list 'hosts'", "", "hosts: [a.example, b.example]")]
    assert found(own(folder, "settings: {most: 5, brand_names: {default: [Promise Shop]}}\n")) == []


@pytest.mark.parametrize(
    ("body", "message", "hint", "place"),
    [
        ("settings: {idle: {default: 1}}", "no rule uses the setting 'idle'",
         "{setting: idle} in a rule's with or when", "idle:"),
        ("settings: {mosst: {default: 1}}", "no rule uses the setting 'mosst'", "did you mean 'most'?", "mosst:"),
        ("settings: {most: 1}\nrules: [too-many: off]", "every rule that uses the setting 'most' is off",
         "too-many", "most:"),
        ("concepts: {idle: {phrases: {en: [a]}}}", "no rule uses the concept 'idle'", "", "idle:"),
        ("lists: {idle: [a]}", "no rule uses the list 'idle'", "", "idle:"),
        ("sources: {IDLE: {title: a, site: b}}", "nothing uses the source 'IDLE'", "", "IDLE:"),
        ("concepts: {pledge: {add: {en: [we promise]}}}", "this is in the list already", "it needs not be added",
         "we promise]"),
        ("concepts: {pledge: {add: {en: [we vow]}}}", "the phrase 'we vow' is covered", "by 'we (swear|vow)'",
         "we vow]"),
        ("concepts: {pledge: {not: {en: [no <2> a, no <1> a]}}}", "the phrase 'no <1> a' is covered",
         "by 'no <2> a'", "no <1> a]"),
        ("rules: [{id: promised, allow: {names: [A]}}]",
         "no example shows what the changed allow of 'promised' does", "examples: […]", "promised,"),
        ("rules: [{id: promised, with: {within: clause}}]",
         "no example shows what the changed with of 'promised' does", "examples: […]", "promised,"),
        ("rules: [{id: too-many, severity: info, allow: {names: [A]}, examples: [{pass: b}]}]",
         "the rule 'too-many' reads no phrases, so names change nothing in it", "", "names:"),
        ("rules: [{id: promised, examples: [{pass: We hope for it.}]}]",
         "the rule 'promised' has this example already", "at BASE:17", "{pass: We hope"),
        ("rules: [{id: promised, examples: [{pass: {text: We promise it.}}]}]",
         "another example of 'promised' says that this is to fail", "BASE:17", "{pass: {text"),
    ],
)  # fmt: skip
def test_findings(folder: Path, body: str, message: str, hint: str, place: str) -> None:
    told = found(own(folder, body + "\n"))
    hint = hint.replace("BASE", str(folder / "base.yaml"))
    assert (message, hint) in [(text, says) for text, says, _ in told]
    assert [source.startswith(place) for text, _, source in told if text == message] == [True]


@pytest.mark.parametrize(
    "body",
    [
        "settings: {most: 4}",
        "rules: [promised: warning]",
        "rules: [{id: promised, allow: {names: [A]}, examples: [{pass: We may promise}]}]",
        "rules: [{id: promised, message: {de: 'Verspricht: {found}.'}}]",
        "rules: [{id: promised, with: {within: clause}, examples: [{pass: We may promise}]}]",
        "concepts: {pledge: {add: {en: [we assure]}, remove: {de: [wir versprechen]}}}",
        "concepts: {pledge: {add: {de: [we promise]}}}",
        "concepts: {pledge: {add: {en: ['we <1> promise']}}}",
    ],
)
def test_what_has_an_effect_is_no_finding(folder: Path, body: str) -> None:
    assert found(own(folder, body + "\n")) == []


def test_mistakes_are_no_findings(folder: Path) -> None:
    with pytest.raises(RulesetError, match="there is no inherited rule 'promise'"):
        lint_ruleset(own(folder, "rules: [promise: off]\n"))


class TestCovered:
    @pytest.mark.parametrize(
        ("phrases", "language", "named"),
        [
            (["gift card", "gift (card|voucher)"], "en", {"gift card"}),
            (["gift (card|voucher)", "gift card", "gift voucher"], "en", {"gift card", "gift voucher"}),
            (["gift (card|voucher)"], "en", set()),
            (["gift card", "gift voucher", "gift (card|voucher)"], "en", {"gift (card|voucher)"}),
            (["review*", "reviews", "review"], "en", {"reviews", "review"}),
            (["reviews", "review*"], "en", {"reviews"}),
            (["reviews", "review", "review (it)?"], "en", {"review (it)?"}),
            (["a <2> b", "a <1> b", "a b"], "en", {"a <1> b", "a b"}),
            (["# stars", "5 stars", "#stars"], "en", {"5 stars"}),
            (["5 stars", "# stars"], "en", {"5 stars"}),
            (["gift", "gift card"], "en", set()),
            (["gut bewertet", "gut (sehr)? bewertet"], "de", {"gut bewertet"}),
            (["schoen", "schön"], "de", {"schoen"}),
            (["schön", "schon"], "de", {"schon"}),
            (["same", "Same", "sa-me", "sa me"], "en", {"Same", "sa me"}),
        ],
    )  # fmt: skip
    def test_which(self, phrases: list[str], language: str, named: set[str]) -> None:
        assert {phrases[index] for index in covered(phrases, language)} == named

    def test_a_phrase_of_too_many_texts_is_not_looked_at(self) -> None:
        many = " ".join("(a|b|c|d)" for _ in range(6)) + " gift"
        assert covered([many, many.replace("gift", "(gift|gifts)")], "en") == {}

    @given(st.lists(st.sampled_from(["a", "b", "(a|b)", "a*", "c", "<1>", "(c)?"]), min_size=1, max_size=4), st.data())
    def test_what_is_left_matches_the_same(self, parts: list[str], data: st.DataObject) -> None:
        pool = ["a b", "a c", "b c", "a <1> c", "(a|b) c", "a* b", "a", "a <2> b", "a (c)? b"]
        phrases = data.draw(st.lists(st.sampled_from(pool), min_size=1, unique=True))
        gone = covered(phrases, "en")
        left = [phrase for index, phrase in enumerate(phrases) if index not in gone]
        for text in ("a b", "a c", "b c", "a x c", "ax b", "a", "a x y b", "a c b", "b x c"):
            assert matches(left, text) == matches(phrases, text)


def matches(phrases: list[str], text: str) -> set[tuple[int, int]]:
    """The spans of a text that phrases match, without those inside others."""
    spans = set()
    for phrase in phrases:
        for variant in variants(phrase, "en"):
            start = text.find(variant.literal)
            while start >= 0:
                if span := variant.match(text, start, start + len(variant.literal)):
                    spans.add(span)
                start = text.find(variant.literal, start + 1)
    return {a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)}


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), io.BytesIO(), out, err), out.getvalue(), err.getvalue()


class TestCommand:
    def test_warnings_are_told_and_fail_only_when_strict(self, folder: Path) -> None:
        path = own(folder, "lists: {idle: [a]}\n")
        status, out, err = run("test", str(path))
        assert (status, err) == (0, "")
        assert f"warning: {path}:5:9: no rule uses the list 'idle'" in out
        assert out.splitlines()[-1] == "4 examples of 2 rules in own 1: all hold; 1 warning"
        assert run("test", str(path), "--strict")[0] == 1
        assert run("test", str(own(folder, "")), "--strict")[:2] == (0, "4 examples of 2 rules in own 1: all hold\n")

    def test_an_inherited_example_that_a_child_changes_is_no_failure(self, folder: Path) -> None:
        body = "settings: {most: 4}\nconcepts: {pledge: {remove: {en: [we promise]}}}\n"
        status, out, _ = run("test", str(own(folder, body)))
        assert status == 0
        base, path = folder / "base.yaml", folder / "own.yaml"
        lines = out.splitlines()
        assert lines[0] == (f"{base}:17: promised: example of fail: is not reported; changed by {path}:6 (pledge)")
        assert lines[1].startswith(f"{base}:24: too-many: example of fail: is not reported")
        assert lines[1].endswith(f"; changed by {path}:5 (most)")
        assert lines[2].endswith(": all hold, but for 2 inherited ones that own changes")

    def test_what_nothing_of_the_child_explains_is_a_failure(self, folder: Path) -> None:
        broken = BASE.replace("sent_today: 3", "sent_today: 30")
        (folder / "base.yaml").write_text(broken, encoding="utf-8")
        status, out, _ = run("test", str(own(folder, "concepts: {pledge: {add: {en: [we assure]}}}\n")))
        assert status == 1
        assert out.splitlines()[-1].endswith(": 1 failed")

    def test_an_own_example_that_fails_is_a_failure(self, folder: Path) -> None:
        body = "rules:\n- {id: promised, with: {within: clause}, examples: [{pass: We promise.}]}\n"
        status, out, _ = run("test", str(own(folder, body)))
        assert status == 1
        assert f"{folder / 'own.yaml'}:6: promised: example of pass: is reported: 'We promise'" in out

    def test_a_rule_that_is_turned_off_is_told(self, folder: Path) -> None:
        path = own(folder, "rules:\n- promised: off\n")
        status, out, _ = run("test", str(path))
        assert status == 0
        assert out.splitlines()[0] == f"{path}:6: promised is off: its 2 examples are not run"


def test_the_shipped_ruleset_is_clean() -> None:
    assert lint_ruleset("amazon") == []


@pytest.mark.slow
def test_the_shipped_lexicons_are_clean() -> None:
    assert lint_ruleset("amazon", lexicons=True) == []
