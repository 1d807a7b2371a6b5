from __future__ import annotations

from typing import Any

import pytest
from test_rules_support import Write, loaded, pointed_at, problems_of, ruleset_text, shipped, write

from msgpolicy.report import Policy
from msgpolicy.rules import RulesetError, SettingError, load_ruleset

__all__ = ["shipped", "write"]

HEAD = """
settings:
  limit: {default: 5, minimum: 1, maximum: 9, why: how many, source: HELP}
  share: {default: 0.5}
  strict: {default: false}
  word: {default: completed_at, one_of: [completed_at, delivered_at]}
  code: {default: "5"}
  words: {default: [a, b]}
"""
RULE = """
    - id: uses
      check: demo
      with: {limit: {setting: limit}, share: {setting: share}, strict: {setting: strict}, words: {setting: words},
             unless: [{concept: review, words: {setting: limit}}], fires_when: {order.status: {setting: word}}}
      when: {order.id: {setting: code}}
      message: {en: x}
      source: HELP
      examples: [{fail: a}, {pass: {text: b, settings: {limit: 4, words: [x]}}}]
"""


def text(head: str = HEAD) -> str:
    return ruleset_text(RULE, head=head)


def params(path: Any, **settings: Any) -> Any:
    version = loaded(path, **settings).rule("uses").at(None)
    assert version is not None
    return version.params


def test_the_default_gives_the_type(write: Write) -> None:
    ruleset = loaded(write(text()))
    assert {name: (setting.kind, setting.default) for name, setting in ruleset.settings.items()} == {
        "limit": ("whole number", 5),
        "share": ("number", 0.5),
        "strict": ("true or false", False),
        "word": ("text", "completed_at"),
        "code": ("text", "5"),
        "words": ("list of texts", ("a", "b")),
    }
    assert ruleset.values == {name: setting.default for name, setting in ruleset.settings.items()}
    assert ruleset.changed == {}
    assert ruleset.rule("uses").settings == ("limit", "share", "strict", "words", "word", "code")
    assert ruleset.settings["limit"].why == "how many"
    assert [source.title for source in ruleset.settings["limit"].sources] == ["Help page"]
    assert isinstance(ruleset.settings["limit"].sources[0], Policy)


def test_values_stand_where_the_rule_names_the_setting(write: Write) -> None:
    found = params(write(text()), limit="7", share=1, strict="true", words="x, y", word="delivered_at")
    assert (found.limit, found.share, found.strict, found.words) == (7, 1, True, ("x", "y"))
    assert found.unless[0].words == 7
    assert found.fires_when == {"order.status": "delivered_at"}


def test_a_setting_in_a_condition(write: Write) -> None:
    version = loaded(write(text()), code="123").rule("uses").at(None)
    assert version is not None
    assert version.when is not None
    assert version.when.evaluate({"order.id": "123"}.get).value is True
    assert version.when.evaluate({"order.id": "5"}.get).value is False


def test_what_the_caller_changes_is_listed(write: Write) -> None:
    ruleset = loaded(write(text()), limit=5, share=0.25)
    assert ruleset.changed == {"share": 0.25}
    assert ruleset.values["share"] == 0.25
    assert ruleset.digest != loaded(write(text())).digest


@pytest.mark.parametrize(
    ("name", "value", "says", "hint"),
    [
        ("limt", 1, "there is no such setting", "did you mean 'limit'?"),
        ("limit", "many", "expected a whole number, got 'many'", ""),
        ("limit", "5.0", "expected a whole number, got '5.0'", ""),
        ("limit", 5.0, "expected a whole number, got '5.0'", ""),
        ("limit", True, "expected a whole number, got 'true'", ""),
        ("limit", 0, "0 is too small", "at least 1"),
        ("limit", "10", "10 is too large", "at most 9"),
        ("limit", None, "expected a whole number, got 'None'", ""),
        ("limit", "9" * 5000, "expected a whole number", ""),
        ("share", "nan", "expected a number, got 'nan'", ""),
        ("share", float("inf"), "expected a number, got 'inf'", ""),
        ("strict", "yes", "expected true or false, got 'yes'", ""),
        ("strict", 1, "expected true or false, got '1'", ""),
        ("word", "shipped_at", "'shipped_at' is not allowed", "one of: completed_at, delivered_at"),
        ("word", 5, "expected a text, got '5'", ""),
        ("words", ["a", 5], "expected a list of texts", ""),
    ],
)
def test_a_wrong_value_is_refused(write: Write, name: str, value: Any, says: str, hint: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_ruleset(write(text()), settings={name: value})
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (f"setting {name}", None)
    assert problem.message.startswith(says)
    assert problem.hint == hint


def test_every_wrong_value_is_named(write: Write) -> None:
    assert len(problems_of(write(text()), limit="x", word="y", nope=1)) == 3


def test_mistakes_of_the_file_come_before_those_of_the_caller(write: Write) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(write(text() + "titel: x\n"), settings={"nope": 1})
    assert not isinstance(caught.value, SettingError)


def test_a_child_sets_new_defaults(write: Write) -> None:
    write(text(), "base.yaml")
    child = "schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nsettings: {limit: 8, words: [z], strict: true}\n"
    ruleset = loaded(write(child))
    assert ruleset.values["limit"] == 8
    assert ruleset.values["words"] == ("z",)
    assert ruleset.values["strict"] is True
    assert ruleset.changed == {"limit": 8, "words": ("z",), "strict": True}
    assert loaded(write(child), limit=5).changed == {"words": ("z",), "strict": True}
    assert params(write(child)).limit == 8


def test_a_child_may_give_the_default_that_the_base_left_out(write: Write) -> None:
    write(text(HEAD.replace("{default: 0.5}", "{maximum: 1}")), "base.yaml")
    child = "schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nsettings: {share: {default: 0.25}}\n"
    assert loaded(write(child)).values["share"] == 0.25


def test_a_child_may_narrow_a_definition(write: Write) -> None:
    write(text(), "base.yaml")
    child = "schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nsettings: {limit: {maximum: 6}}\n"
    assert loaded(write(child), limit=6).values["limit"] == 6
    assert problems_of(write(child), limit=7)[0].hint == "at most 6"


@pytest.mark.parametrize(
    ("settings", "says", "at"),
    [
        ("{limit: many}", "setting 'limit': expected a whole number, got 'many'", "many}"),
        ("{limit: 10}", "setting 'limit': 10 is too large", "10}"),
        ("{word: other}", "setting 'word': 'other' is not allowed", "other}"),
        ("{strict: off}", "setting 'strict': expected true or false, got 'off'", "off}"),
        ("{words: {default: [[a]]}}", "setting 'words': expected a list of texts", "[[a]]}}"),
    ],
)
def test_a_childs_default_has_the_type_of_the_base(write: Write, settings: str, says: str, at: str) -> None:
    write(text(), "base.yaml")
    child = f"schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nsettings: {settings}\n"
    problem, *rest = problems_of(write(child))
    assert rest == []
    assert problem.message.startswith(says)
    assert pointed_at(problem) == at


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{default: 0.5}", "{default: null}", "the setting 'share' has no default"),
        ("{default: 0.5}", "{one_of: [0.5]}", "the setting 'share' has no default"),
        ("{default: 0.5}", "{default: 0.5, one_off: [1]}", "unknown key 'one_off'"),
        ("default: 5, minimum: 1", "default: 0, minimum: 1", "setting 'limit': 0 is too small"),
        ("one_of: [completed_at", "one_of: [done_at", "setting 'word': 'completed_at' is not allowed"),
        ("source: HELP}", "source: HLEP}", "there is no source 'HLEP'"),
        ("{setting: share}", "{setting: shares}", "there is no setting 'shares'"),
    ],
)
def test_wrong_definitions(write: Write, old: str, new: str, says: str) -> None:
    assert old in text()
    assert says in [problem.message for problem in problems_of(write(text().replace(old, new)))]


def test_a_setting_that_a_child_no_longer_uses_is_none(write: Write) -> None:
    write(text(), "base.yaml")
    child = "schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nrules: [{id: uses, with: {share: 0.1}}]\n"
    assert params(write(child)).share == 0.1


class TestAValueThatTheCheckDoesNotTake:
    """It is named where it was given: by the caller, in the child, else where the rule uses it."""

    def test_by_the_caller(self, write: Write) -> None:
        path = write(text(HEAD.replace("minimum: 1, ", "")))
        with pytest.raises(SettingError) as caught:
            load_ruleset(path, settings={"limit": 0})
        assert str(caught.value) == "setting limit: expected int >= 1"

    def test_by_a_child(self, write: Write) -> None:
        write(text(HEAD.replace("minimum: 1, ", "")), "base.yaml")
        child = "schema: 1\nname: c\nversion: 1\nextends: [./base.yaml]\nsettings: {limit: 0, words: [a]}\n"
        (problem,) = problems_of(write(child))
        assert problem.file.endswith("own.yaml")
        assert pointed_at(problem).startswith("0, words")

    def test_by_the_ruleset_itself(self, write: Write) -> None:
        path = write(text(HEAD.replace("minimum: 1, ", "").replace("default: 5, ", "default: 0, ")))
        assert "{setting: limit}" in {pointed_at(problem)[:16] for problem in problems_of(path)}


def test_settings_of_examples(write: Write) -> None:
    case = loaded(write(text())).rule("uses").examples[1]
    assert case.settings == {"limit": 4, "words": ("x",)}
    problem, *rest = problems_of(write(text().replace("limit: 4", "limit: eight")))
    assert rest == []
    assert problem.message == "setting 'limit': expected a whole number, got 'eight'"
