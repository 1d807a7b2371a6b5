"""Texts of shipped rules in other languages, and the words that checks fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_rules_support import Write, loaded, shipped, write

from msgpolicy.rules import translations
from msgpolicy.rules.translations import in_words_of, translated_languages, translation

__all__ = ["shipped", "write"]

FRENCH = """\
language: fr
reviewed: "for a test"
rules:
  base:
    first: {message: "Trouvé {found}.", suggestion: "Enlevez-le."}
  other:
    first: {message: "Ailleurs {found}."}
words:
  empty: vide
  "named {name}, but it is {type}": "s'appelle {name}, mais c'est {type}"
"""


@pytest.fixture
def french(shipped: Path) -> Iterator[Path]:
    folder = shipped / "texts"
    folder.mkdir()
    (folder / "fr.yaml").write_text(FRENCH, encoding="utf-8")
    yield folder
    translations._read.cache_clear()
    translations._compiled.cache_clear()


def test_a_shipped_rule_speaks_what_its_file_says(french: Path, shipped: Path) -> None:
    message = loaded(shipped / "base.yaml").rule("first").newest.message
    assert (message["fr"], message["en"]) == ("Trouvé {found}.", "Found {found}.")
    assert ("fr" in message, "de" in message, "../fr" in message) == (True, False, False)
    assert dict(message) == {"en": "Found {found}.", "fr": "Trouvé {found}."}
    assert len(message) == 2
    second = loaded(shipped / "base.yaml").rule("second").newest.message
    assert list(second) == ["en"]
    with pytest.raises(KeyError):
        second["fr"]


def test_a_text_that_a_rule_does_not_have_is_not_translated(french: Path, shipped: Path) -> None:
    # The rule has no suggestion of its own: a translation alone would be read without an English one.
    assert dict(loaded(shipped / "base.yaml").rule("first").newest.suggestion) == {}


def test_a_child_inherits_the_texts_and_may_write_its_own(french: Path, write: Write) -> None:
    head = "schema: 1\nname: own\nversion: 1\nextends: base\n"
    kept = loaded(write(head + "rules: [{first: warning}]\n", "kept.yaml"))
    assert kept.rule("first").newest.message["fr"] == "Trouvé {found}."
    own = loaded(write(head + "rules: [{id: first, message: {fr: 'À nous {found}'}}]\n", "own.yaml"))
    assert own.rule("first").newest.message["fr"] == "À nous {found}"


def test_the_nearest_shipped_ruleset_comes_first(french: Path, shipped: Path) -> None:
    text = "schema: 1\nname: other\nversion: 1\nextends: base\nrules: [{first: warning}]\n"
    (shipped / "other.yaml").write_text(text, encoding="utf-8")
    assert loaded(shipped / "other.yaml").rule("first").newest.message["fr"] == "Ailleurs {found}."


@pytest.mark.parametrize(
    ("english", "french_words"),
    [
        ("empty", "vide"),
        ("empty, empty", "vide, vide"),
        ("empty, unknown words", "vide, unknown words"),
        ("named a.pdf, but it is a ZIP archive", "s'appelle a.pdf, mais c'est a ZIP archive"),
        ("unknown words", "unknown words"),
    ],
)
def test_words_of_checks(french: Path, english: str, french_words: str) -> None:
    assert in_words_of("fr", english) == french_words
    assert in_words_of("de", english) == english


def test_a_language_is_no_path(french: Path) -> None:
    assert translated_languages() == ["fr"]
    assert translation("fr") is not None
    for strange in ("../fr", "/etc/passwd", "fr/../fr", "", "FR"):
        assert translation(strange) is None
