from __future__ import annotations

from pathlib import Path

import pytest
from test_rules_support import LEXICON, Write, loaded, pointed_at, problems_of, ruleset_text, shipped, write

from msgpolicy.rules import Concept, RulesetError
from msgpolicy.rules.lexicons import check_vocabulary, function_words

__all__ = ["shipped", "write"]

USES = """
    - id: uses
      check: demo
      with: {{concepts: [{}]}}
      message: {{en: x}}
      source: HELP
      examples: [{{fail: a}}, {{pass: b}}]
"""


def concept(write: Write, name: str, head: str = "") -> Concept:
    return loaded(write(ruleset_text(USES.format(name), head=head))).concepts[name]


def test_own_concepts(write: Write) -> None:
    head = 'concepts: {brand: {title: Brands, phrases: {en: [Acme, "off"], de: [Akme]}, not: {en: [acme of]}}}\n'
    assert concept(write, "brand", head) == Concept(
        name="brand",
        title="Brands",
        phrases={"en": ("Acme", "off"), "de": ("Akme",)},
        not_={"en": ("acme of",)},
    )


def test_changes_to_a_shipped_concept(write: Write) -> None:
    head = "concepts: {review: {add: {en: [stars], fr: [avis]}, remove: {en: [rating]}, not: {de: [bewertung von]}}}\n"
    found = concept(write, "review", head)
    assert found.title == "A review"
    assert found.phrases == {"en": ("review", "stars"), "de": ("bewertung",), "fr": ("avis",)}
    assert found.not_ == {"en": ("review your order",), "de": ("bewertung von",)}


def test_a_definition_of_ones_own_replaces_a_shipped_concept(write: Write) -> None:
    found = concept(write, "review", "concepts: {review: {phrases: {en: [opinion]}}}\n")
    assert found.phrases == {"en": ("opinion",)}
    assert found.not_ == {}


def test_changes_of_several_layers_add_up(write: Write) -> None:
    write(ruleset_text(USES.format("own"), head="concepts: {own: {phrases: {en: [a, b]}}}\n"), "base.yaml")
    write("schema: 1\nname: m\nversion: 1\nextends: [./base.yaml]\nconcepts: {own: {add: {en: [c]}}}\n", "mid.yaml")
    top = "schema: 1\nname: t\nversion: 1\nextends: [./mid.yaml]\nconcepts: {own: {remove: {en: [a, c]}, title: Own}}\n"
    found = loaded(write(top)).concepts["own"]
    assert found.phrases == {"en": ("b",)}
    assert found.title == "Own"


@pytest.mark.parametrize(
    ("head", "says", "at"),
    [
        ("concepts: {nope: {add: {en: [a]}}}\n", "the concept 'nope' has no phrases", "{add: "),
        ("concepts: {review: {remove: {en: [ratings]}}}\n", "this is not in the list", "ratings]"),
        ("concepts: {review: {remove: {fr: [avis]}}}\n", "this is not in the list", "avis]"),
        ("concepts: {own: {phrases: {en: [a, b, a]}}}\n", "'a' stands here twice", "a]}"),
        ("concepts: {own: {phrases: {English: [a]}}}\n", "'English' is not a language tag", "[a]}"),
        ("concepts: {own: {phrases: {en: [a, ]}, not: {en: [null]}}}\n", "expected a text, got nothing", "null]"),
        ("concepts: {own: {phrases: {en: ['(a']}}}\n", "the phrase '(a' cannot be read", "'(a']"),
        ("concepts: {own: {phrases: {en: [a]}, add: {en: [b]}}}\n", "nothing to change", "add: "),
        ("concepts: {own: {phrase: {en: [a]}}}\n", "unknown key 'phrase'", "phrase: "),
        ("concepts: {own: {phrases: {en: a}}}\n", "expected a list, got a text", "a}}}"),
        ("lists: {own: [a, b, a]}\n", "'a' stands here twice", "a]"),
        ("lists: {hosts: {remove: [shop.exampel]}}\n", "this is not in the list", "shop.exampel]"),
        ("lists: {hosts: {ad: [x]}}\n", "unknown key 'ad'", "ad: [x]"),
    ],
)
def test_mistakes_in_own_concepts_and_lists_show_even_if_no_rule_names_them(
    write: Write, head: str, says: str, at: str
) -> None:
    problems = problems_of(write(ruleset_text("plain", head=head)))
    assert [problem for problem in problems if says in problem.message and pointed_at(problem).startswith(at)], problems


def test_own_and_changed_lists(write: Write) -> None:
    rule = USES.replace("concepts: [{}]", "hosts: {}")
    head = "lists: {own: [a.example], hosts: {add: [b.example], remove: [shop.example]}}\n"
    assert loaded(write(ruleset_text(rule.format("own"), head=head))).lists == {"own": ("a.example",)}
    assert loaded(write(ruleset_text(rule.format("hosts"), head=head))).lists == {"hosts": ("www.example", "b.example")}


@pytest.mark.parametrize(
    "name", ["languages", "../lexicons/review", "/etc/passwd", "review.yaml", "rev\\u0000iew", "Review", ""]
)
def test_names_that_are_no_concept(write: Write, name: str) -> None:
    (problem,) = problems_of(write(ruleset_text(USES.format(f'"{name}"'))))
    assert problem.message.startswith("there is no concept")


@pytest.mark.parametrize(
    ("old", "new", "says", "at"),
    [
        ("concept: review", "concept: reviews", "the file's name says 'review'", "reviews"),
        ("title: A review\n", "", "the key 'title' is missing", "concept"),
        ("de: [bewertung]", "de: bewertung", "expected a list, got a text", "bewertung"),
        ("reviewed:", "reviewd:", "unknown key 'reviewd'", "reviewd"),
        ("[bewertung]", "[bewertung", "did not find expected", "de:"),
        ("[bewertung]", "[*bewertung]", "aliases are not used here", "*bewertung"),
    ],
)
def test_mistakes_in_a_lexicon_that_a_rule_names(
    write: Write, shipped: Path, old: str, new: str, says: str, at: str
) -> None:
    assert old in LEXICON
    (shipped / "lexicons" / "review.yaml").write_text(LEXICON.replace(old, new), encoding="utf-8")
    problem = problems_of(write(ruleset_text(USES.format("review"))))[0]
    assert says in problem.message
    assert Path(problem.file).name == "review.yaml"
    assert pointed_at(problem).startswith(at) or says.startswith("did not")


def test_a_lexicon_is_read_again_when_it_changes_and_its_mistakes_are_told_again(write: Write, shipped: Path) -> None:
    path = write(ruleset_text(USES.format("review")))
    file = shipped / "lexicons" / "review.yaml"
    assert loaded(path).concepts["review"].phrases["de"] == ("bewertung",)
    file.write_text(LEXICON.replace("bewertung", "rezension"), encoding="utf-8")
    assert loaded(path).concepts["review"].phrases["de"] == ("rezension",)
    file.write_text(LEXICON.replace("reviewed:", "reviewd:"), encoding="utf-8")
    assert [problem.message for problem in problems_of(path)] == ["unknown key 'reviewd'"]
    assert [problem.message for problem in problems_of(path)] == ["unknown key 'reviewd'"]
    file.write_text(LEXICON, encoding="utf-8")
    assert loaded(path).concepts["review"].phrases["de"] == ("bewertung",)


def test_all_lexicons_and_lists_are_checked_phrase_by_phrase(shipped: Path) -> None:
    assert check_vocabulary() == []
    (shipped / "lexicons" / "review.yaml").write_text(LEXICON.replace("[review, rating]", "['(a', b, b]"))
    (shipped / "lists" / "hosts.yaml").write_text("list: hosts\ntitle: x\nitems: [a, a]\n")
    assert [problem.message.partition(":")[0] for problem in check_vocabulary()] == [
        "the phrase '(a' cannot be read", "'b' stands here twice", "'a' stands here twice",
    ]  # fmt: skip


def test_function_words(shipped: Path) -> None:
    function_words.cache_clear()
    assert function_words() == {"en": ("the", "and")}
    function_words.cache_clear()
    (shipped / "lexicons" / "languages.yaml").write_text("languages: {en: {words: [the]}}\n")
    with pytest.raises(RulesetError, match="the key 'title' is missing"):
        function_words()
    function_words.cache_clear()
