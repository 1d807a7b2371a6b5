"""The rulesets, lexicons and lists that come with msgpolicy load without a mistake."""

from __future__ import annotations

import pytest
import regex

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


# Letters of which no phrase of a language may have any: a merge may put lines under the language that follows.
FOREIGN = {
    "ja": r"[\p{Hangul}\p{Arabic}\p{Thai}\p{Devanagari}]",
    "ko": r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Arabic}\p{Thai}\p{Devanagari}]",
    "zh": r"[\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Thai}\p{Devanagari}--[ー]]",
    "ar": r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}\p{Thai}\p{Devanagari}]",
    "th": r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}\p{Arabic}\p{Devanagari}]",
    "hi": r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}\p{Arabic}\p{Thai}]",
}
LATIN_ALONE = r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}\p{Arabic}\p{Thai}\p{Devanagari}]"


def test_phrases_stand_under_a_language_of_their_script() -> None:
    strays = [
        (concept.name, language, phrase)
        for concept in load_ruleset("amazon").concepts.values()
        for phrases in (concept.phrases, concept.not_)
        for language, listed in phrases.items()
        for phrase in listed
        if regex.search(FOREIGN.get(language, LATIN_ALONE), phrase, regex.V1)
        # Letters with marks are of European languages, and in no loan word of these.
        or (language in ("ja", "ko", "zh", "ar", "th") and regex.search(r"[à-öø-ÿąćęłńśźżğış]", phrase))
    ]
    assert strays == []
