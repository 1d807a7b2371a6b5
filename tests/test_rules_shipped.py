"""The rulesets, lexicons and lists that come with msgpolicy load without a mistake."""

from __future__ import annotations

import pytest

from msgpolicy.rules import load_ruleset, shipped_rulesets
from msgpolicy.rules.lexicons import check_vocabulary, function_words


@pytest.mark.parametrize("name", shipped_rulesets())
def test_a_shipped_ruleset_loads_under_its_name(name: str) -> None:
    ruleset = load_ruleset(name)
    assert ruleset.name == name
    assert ruleset.rules
    assert load_ruleset(f"{name}@{ruleset.version}").digest == ruleset.digest


def test_every_shipped_phrase_and_list_is_sound() -> None:
    assert [str(problem) for problem in check_vocabulary()] == []


def test_function_words_of_every_language_are_there() -> None:
    assert {"en", "de", "fr", "es", "it", "pl", "nl", "sv", "pt", "tr", "ja", "zh", "ko", "ar"} <= set(function_words())
