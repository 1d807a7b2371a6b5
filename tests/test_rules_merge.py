from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_rules_support import DEMO, HEAD, Write, loaded, pointed_at, problems_of, ruleset_text, shipped, write

from msgpolicy.rules import Ruleset, RuleVersion

__all__ = ["shipped", "write"]

BASE = """
    - id: one
      check: demo
      group: content
      aliases: [first]
      with: {words: [a, b, c], limit: 5, concepts: [review]}
      allow: {hosts: [shop.example]}
      severity: error
      when: {kind: proactive}
      message: {en: "One {found}", de: "Eins {found}"}
      why: base
      source: HELP
      examples: [{fail: "a"}, {pass: "z"}]
    - id: locked
      check: demo
      with: {limit: 2, words: [a, b]}
      severity: warning
      suppressible: never
      when: {kind: proactive}
      allow: {names: [Acme, Other]}
      message: {en: "Locked"}
      source: HELP
      revisions: [{from: 2020-01-01}, {from: 2024-01-01, with: {limit: 3}}]
      examples: [{fail: "a"}, {pass: "z"}]
"""
CHILD = "schema: 1\nname: child\nversion: 2\nextends: [./base.yaml]\n"


def child(write: Write, text: str, base: str = BASE) -> Path:
    write(ruleset_text(base, name="base"), "base.yaml")
    return write(CHILD + text, "child.yaml")


def version(ruleset: Ruleset, name: str = "one") -> RuleVersion:
    found = ruleset.rule(name).at(None)
    assert found is not None
    return found


def params(ruleset: Ruleset, name: str = "one") -> Any:
    return version(ruleset, name).params


def test_rules_merge_key_by_key(write: Write) -> None:
    text = "rules: [{id: one, with: {limit: 9}, message: {pl: 'Jeden {found}', de: 'Neu'}, why: mine}]\n"
    ruleset = loaded(child(write, text))
    rule = ruleset.rule("one")
    assert (ruleset.name, ruleset.version) == ("child", "2")
    assert [rule.id for rule in ruleset.rules] == ["one", "locked"]
    assert params(ruleset).limit == 9
    assert params(ruleset).words == ("a", "b", "c")
    assert version(ruleset).message == {"en": "One {found}", "de": "Neu", "pl": "Jeden {found}"}
    assert version(ruleset).why == "mine"
    assert version(ruleset).severity == "error"
    assert (rule.group, rule.aliases) == ("content", ("first",))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("{add: [d]}", ("a", "b", "c", "d")),
        ("{add: [b, d]}", ("a", "b", "c", "d")),
        ("{remove: [b]}", ("a", "c")),
        ("{remove: [b], add: [e, b]}", ("a", "c", "e", "b")),
        ("{replace: [x]}", ("x",)),
        ("[y]", ("y",)),
        ("[]", ()),
    ],
)
def test_lists_take_changes(write: Write, change: str, words: tuple[str, ...]) -> None:
    assert params(loaded(child(write, f"rules: [{{id: one, with: {{words: {change}}}}}]\n"))).words == words


def test_a_change_to_a_default_of_the_check_changes_that_default(write: Write) -> None:
    base = BASE.replace("words: [a, b, c], ", "")
    ruleset = loaded(child(write, "rules: [{id: one, with: {words: {add: [x], remove: [beta]}}}]\n", base))
    assert params(ruleset).words == ("alpha", "x")


def test_changes_in_turn_add_up(write: Write) -> None:
    base = BASE.replace("words: [a, b, c], ", "")
    child(write, "rules: [{id: one, with: {words: {add: [x, y], remove: [beta]}}}]\n", base)
    top = "schema: 1\nname: top\nversion: 1\nextends: [./child.yaml]\n"
    top += "rules: [{id: one, with: {words: {remove: [x], add: [z]}}}]\n"
    assert params(loaded(write(top, "top.yaml"))).words == ("alpha", "y", "z")


def test_removing_what_is_not_there_is_a_mistake(write: Write) -> None:
    (problem,) = problems_of(child(write, "rules: [{id: one, with: {words: {remove: [cc]}}}]\n"))
    assert problem.message == "this is not in the list that it is removed from"
    assert pointed_at(problem).startswith("cc]")


def test_replace_stands_alone(write: Write) -> None:
    (problem,) = problems_of(child(write, "rules: [{id: one, with: {words: {replace: [x], add: [y]}}}]\n"))
    assert problem.message == "replace stands alone"


def test_examples_are_added_and_can_be_replaced(write: Write) -> None:
    ruleset = loaded(child(write, "rules: [{id: one, examples: [{fail: 'b'}]}]\n"))
    assert [(case.expect, case.record["text"]) for case in ruleset.rule("one").examples] == [
        ("fail", "a"), ("pass", "z"), ("fail", "b"),
    ]  # fmt: skip
    replaced = loaded(child(write, "rules: [{id: one, examples: {replace: [{fail: 'c'}, {pass: 'd'}]}}]\n"))
    assert [case.record["text"] for case in replaced.rule("one").examples] == ["c", "d"]


def test_a_condition_is_replaced_whole(write: Write) -> None:
    when = version(loaded(child(write, "rules: [{id: one, when: {channel: web}}]\n"))).when
    assert when is not None
    assert when.fields() == {"channel"}
    assert version(loaded(child(write, "rules: [{id: one, when: null}]\n"))).when is None


def test_another_check_starts_with_its_own_options(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    base = BASE.replace("severity: error", "severity: error\n      revisions: [{from: 2020-01-01, with: {limit: 7}}]")
    monkeypatch.setattr("msgpolicy.rules.params.load_check", lambda name: DEMO._replace(name=name))
    kept = loaded(child(write, "rules: [{id: one, check: demo}]\n", base))
    assert (params(kept).words, params(kept).limit) == (("a", "b", "c"), 7)
    other = loaded(child(write, "rules: [{id: one, check: demo2, with: {strict: true}}]\n", base))
    assert (params(other).words, params(other).limit, params(other).strict) == (("alpha", "beta"), 5, True)


@pytest.mark.parametrize("level", ["off", "info", "warning", "error"])
def test_short_forms(write: Write, level: str) -> None:
    assert version(loaded(child(write, f"rules:\n- one: {level}\n"))).severity == level
    assert version(loaded(child(write, f"rules:\n- first: {level}\n"))).severity == level


@pytest.mark.parametrize(
    ("text", "says", "hint", "at"),
    [
        ("rules: [{ones: off}]\n", "there is no inherited rule 'ones'", "did you mean 'one'?", "ones: off"),
        ("rules: [{id: onne, severity: info}]\n", "there is no inherited rule 'onne'", "did you mean 'one'?", "onne,"),
        ("rules: [{id: quite-new, why: x}]\n", "there is no inherited rule 'quite-new'", "", "quite-new,"),
        ("rules: [{one: of}]\n", "'of' is not a severity", "did you mean 'off'?", "of}"),
        ("rules: [{one: false}]\n", "'false' is not a severity", "", "false}"),
        ("rules: [{one: off}, {one: warning}]\n", "the rule 'one' stands here twice", "first at 5:10", "one: warning"),
        ("rules: [{one: off}, {id: first, why: x}]\n", "the rule 'one' stands here twice", "first at", "first, why"),
        ("settings: {anchor: 5}\n", "there is no inherited setting 'anchor'", "", "anchor: 5"),
    ],
)
def test_what_changes_nothing_is_a_mistake(write: Write, text: str, says: str, hint: str, at: str) -> None:
    problem, *rest = problems_of(child(write, text))
    assert rest == []
    assert problem.message == says
    assert hint in problem.hint
    assert pointed_at(problem).startswith(at)


def test_short_forms_are_for_rulesets_that_extend_another(write: Write) -> None:
    messages = [problem.message for problem in problems_of(write(ruleset_text("own-rule", "- {own-rule: off}\n")))]
    assert "the short form changes an inherited rule" in messages


def test_a_diamond_applies_each_file_once(write: Write) -> None:
    write(ruleset_text(BASE, name="base"), "base.yaml")
    write(CHILD.replace("child", "left") + "rules: [{id: one, with: {limit: 7}}]\n", "left.yaml")
    write(CHILD.replace("child", "right") + "rules: [{id: one, with: {share: 0.1}}]\n", "right.yaml")
    ruleset = loaded(write("schema: 1\nname: top\nversion: 1\nextends: [./left.yaml, ./right.yaml]\n", "top.yaml"))
    assert (params(ruleset).limit, params(ruleset).share) == (7, 0.1)
    names = [Path(name).name for name, _ in ruleset.files]
    assert names == ["top.yaml", "base.yaml", "left.yaml", "right.yaml", "review.yaml"]


def test_later_bases_lie_over_earlier_ones(write: Write) -> None:
    write(ruleset_text("same", name="a").replace("Found", "A"), "a.yaml")
    write(ruleset_text("same", name="b").replace("Found", "B"), "b.yaml")
    top = "schema: 1\nname: top\nversion: 1\nextends: [./{}.yaml, ./{}.yaml]\n"
    assert version(loaded(write(top.format("a", "b"), "ab.yaml")), "same").message["en"].startswith("B")
    assert version(loaded(write(top.format("b", "a"), "ba.yaml")), "same").message["en"].startswith("A")


def test_what_a_child_sets_holds_in_every_revision(write: Write) -> None:
    base = BASE.replace("why: base", "revisions: [{from: 2020-01-01, severity: warning, with: {limit: 1, words: [r]}}]")
    ruleset = loaded(child(write, "rules: [{id: one, severity: info, with: {limit: 8, words: {add: [s]}}}]\n", base))
    assert version(ruleset).severity == "info"
    assert params(ruleset).limit == 8
    assert params(ruleset).words == ("r", "s")
    off = loaded(child(write, "rules: [{one: off}]\n", base))
    assert version(off).severity == "off"


def test_covers_and_routes_are_inherited_and_replaced(write: Write, shipped: Path) -> None:
    head = "covers: {channels: [email], from: 2020-01-01}\nroutes: [{when: {kind: reply}, ruleset: base}]\n"
    write(ruleset_text(BASE, name="base", head=head), "base.yaml")
    kept = loaded(write(CHILD + "covers: {channels: [web]}\n", "child.yaml"))
    assert kept.covers is not None
    assert kept.covers.channels == ("web",)
    assert kept.covers.from_ is not None
    assert [route.ruleset for route in kept.routes] == ["base"]
    assert Path(kept.routes[0].path) == shipped / "base.yaml"
    assert loaded(write(CHILD + "routes: []\n", "child.yaml")).routes == ()


# --- locked and weakened rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("severity: info", "severity warning → info"),
        ("severity: off", "severity warning → off"),
        ("allow: {hosts: [x.example]}", "allows hosts: x.example"),
        ("allow: {names: {add: [New]}}", "allows names: New"),
        ("when: {kind: reply}", "when changed"),
        ("when: null", "when changed"),
        ("with: {limit: 4}", "with.limit changed"),
        ("with: {words: {remove: [a]}}", "with.words changed"),
        ("severity_when: [{when: {kind: proactive}, severity: off}]", "severity_when changed"),
        ("revisions: [{from: 2030-01-01}]", "revisions changed"),
        ("suppressible: with-reason", "suppressible changed"),
    ],
)
def test_a_locked_rule_keeps_what_it_judges(write: Write, keys: str, says: str) -> None:
    problem, *rest = problems_of(child(write, f"rules:\n- id: locked\n  {keys}\n"))
    assert rest == []
    assert problem.message == f"the rule 'locked' is locked: {says}"
    assert pointed_at(problem).startswith(keys.partition(":")[0]) or keys.startswith("with")


def test_a_short_form_cannot_weaken_a_locked_rule(write: Write) -> None:
    (problem,) = problems_of(child(write, "rules:\n- locked: off\n"))
    assert problem.message == "the rule 'locked' is locked: severity warning → off"
    assert pointed_at(problem) == "locked: off"


@pytest.mark.parametrize(
    "keys",
    [
        "severity: error",
        "severity: warning",
        "message: {en: Other, de: Anders}",
        "suggestion: {en: Do so}",
        "examples: [{fail: 'b'}]",
        "allow: {names: {remove: [Acme]}}",
        "allow: {names: [Other]}",
        "with: {words: [a, b]}",
        "when: {kind: proactive}",
        "suppressible: never",
        "why: because",
    ],
)
def test_a_locked_rule_may_be_told_otherwise_and_made_stricter(write: Write, keys: str) -> None:
    assert loaded(child(write, f"rules:\n- id: locked\n  {keys}\n")).weakened == ()


def test_a_grandchild_cannot_unlock(write: Write) -> None:
    child(write, "rules: [{id: one, suppressible: never}]\n")
    top = "schema: 1\nname: top\nversion: 1\nextends: [./child.yaml]\nrules: [{one: info}]\n"
    (problem,) = problems_of(write(top, "top.yaml"))
    assert problem.message == "the rule 'one' is locked: severity error → info"


@pytest.mark.parametrize(
    ("text", "weakened"),
    [
        ("rules: [{one: warning}]\n", ("one: severity error → warning",)),
        ("rules: [{first: off}]\n", ("one: severity error → off",)),
        ("rules: [{id: one, allow: {hosts: {add: [a.example, b]}}}]\n", ("one: allows hosts: a.example, b",)),
        ("rules: [{id: one, when: {kind: reply}}]\n", ("one: when changed",)),
        ("rules: [{id: one, with: {limit: 6}, severity: info}]\n",
         ("one: severity error → info", "one: with.limit changed")),
        ("rules: [{id: one, severity: error, message: {en: x}}, {locked: error}]\n", ()),
        ("concepts: {review: {remove: {en: [rating]}}}\n", ("concept review: phrases removed",)),
        ("concepts: {review: {not: {en: [reviewed]}}}\n", ("concept review: exceptions added",)),
        ("concepts: {review: {add: {en: [stars]}}}\n", ()),
        ("concepts: {review: {phrases: {en: [stars]}}}\n", ("concept review: replaced",)),
        ("concepts: {own: {phrases: {en: [stars]}, not: {en: [x]}}}\n", ()),
        ("lists: {hosts: {add: [x.example]}}\n", ("list hosts: changed",)),
        ("lists: {hosts: [x.example]}\n", ("list hosts: changed",)),
        ("lists: {own: [x.example]}\n", ()),
    ],
)  # fmt: skip
def test_what_a_child_weakens_is_said(write: Write, text: str, weakened: tuple[str, ...]) -> None:
    assert loaded(child(write, text)).weakened == weakened


def test_a_lower_severity_of_one_revision_is_seen(write: Write) -> None:
    base = BASE.replace("why: base", "revisions: [{from: 2020-01-01, severity: warning}, {from: 2021-01-01}]")
    ruleset = loaded(child(write, "rules: [{one: warning}]\n", base))
    assert ruleset.weakened == ("one: severity error → warning",)


def test_a_shipped_ruleset_weakens_nothing(write: Write, shipped: Path) -> None:
    text = "schema: 1\nname: other\nversion: 1\nextends: base\nrules: [{first: off}]\n"
    (shipped / "other.yaml").write_text(text, encoding="utf-8")
    assert loaded(shipped / "other.yaml").weakened == ()
    assert loaded(write(text, "own.yaml")).weakened == ("first: severity error → off",)
    # What a child of it weakens is its own.
    child_of = "schema: 1\nname: child\nversion: 1\nextends: other\nrules: [{second: warning}]\n"
    assert loaded(write(child_of, "child.yaml")).weakened == ("second: severity error → warning",)


def test_a_ruleset_that_extends_nothing_weakens_nothing(write: Write) -> None:
    assert loaded(write(HEAD.format(name="own") + "lists: {hosts: [x.example]}\n" + "rules:" + BASE)).weakened == ()
