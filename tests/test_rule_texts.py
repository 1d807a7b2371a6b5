"""Messages and suggestions of the shipped rulesets say the same in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import get_args

import pytest
import regex

from msgpolicy import Message, load_ruleset
from msgpolicy.facts.files.document_facts import ACTIVE, Unreadable
from msgpolicy.rules import shipped_rulesets
from msgpolicy.rules.texts import PLACEHOLDER
from msgpolicy.rules.translations import in_words_of
from tests.linters import linter

# The marks around a quoted word in each language; those of another language are a slip of the translator.
QUOTES = {
    "en": ("“", "”"),
    "de": ("„", "“"),
    "pl": ("„", "”"),
    "fr": ("« ", " »"),
    "es": ("«", "»"),
    "zh": ("“", "”"),
    "ar": ("«", "»"),
    "th": ("“", "”"),
}
QUOTED = {lang: regex.compile(f"{opening}([^„“”«»]*){closing}") for lang, (opening, closing) in QUOTES.items()}


def texts_of(ruleset: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each message and suggestion of each version of each rule, with a name for it."""
    for rule in load_ruleset(ruleset).rules:
        for version in rule.versions:
            yield f"{rule.id} message", version.message
            yield f"{rule.id} suggestion", version.suggestion


@pytest.mark.parametrize("ruleset", shipped_rulesets())
def test_german_and_polish_come_together(ruleset: str) -> None:
    assert [name for name, texts in texts_of(ruleset) if ("de" in texts) != ("pl" in texts)] == []


@pytest.mark.parametrize("ruleset", shipped_rulesets())
def test_every_language_uses_the_same_placeholders(ruleset: str) -> None:
    for name, texts in texts_of(ruleset):
        wanted = Counter(PLACEHOLDER.findall(texts.get("en", "")))
        for lang, text in texts.items():
            assert Counter(PLACEHOLDER.findall(text)) == wanted, (name, lang)


@pytest.mark.parametrize("ruleset", shipped_rulesets())
def test_every_text_exists_in_eight_languages(ruleset: str) -> None:
    texts = [(name, by_language) for name, by_language in texts_of(ruleset) if by_language]
    assert texts
    for name, by_language in texts:
        assert QUOTES.keys() <= by_language.keys(), name
        assert all(text.strip() == text != "" for text in by_language.values()), name


def test_quotation_marks_are_those_of_the_language() -> None:
    for name, texts in texts_of("amazon"):
        for lang, pattern in QUOTED.items():
            rest = pattern.sub("", texts[lang])
            assert not set('„“”«»"') & set(rest), (name, lang)


@pytest.mark.parametrize("lang", sorted(QUOTES.keys() - {"en"}))
def test_what_checks_fill_in_is_translated(lang: str) -> None:
    reasons = [*ACTIVE.values(), *get_args(Unreadable), "an e-mail address", "Asks for a secret"]
    assert [reason for reason in reasons if in_words_of(lang, reason) == reason] == []
    assert ".exe" in in_words_of(lang, "its name hides that it ends in .exe") != "its name hides that it ends in .exe"


@pytest.mark.parametrize(
    ("lang", "message", "suggestion"),
    [
        (
            "de",
            "Enthält eine Telefonnummer: +48 22 123 45 67.",
            "Entfernen Sie die Nummer; bitten Sie den Käufer, auf diese Nachricht zu antworten.",
        ),
        (
            "pl",
            "Zawiera numer telefonu: +48 22 123 45 67.",
            "Usuń numer; poproś kupującego o odpowiedź na tę wiadomość.",
        ),
    ],
)
def test_a_report_speaks_the_language_asked_for(lang: str, message: str, suggestion: str) -> None:
    draft = Message(text="Call us on +48 22 123 45 67 about order 305-1234567-1234567.", kind="proactive")
    (found,) = [item for item in linter(lang=lang).check(draft).violations if item.rule == "phone-number"]
    assert (found.message, found.suggestion) == (message, suggestion)


@pytest.mark.parametrize("lang", ["de", "pl"])
def test_quoted_words_of_the_draft_stay_as_they_were_written(lang: str) -> None:
    draft = Message(text="Click here to unsubscribe from our messages.", kind="proactive")
    (found,) = [item for item in linter(lang=lang).check(draft).violations if item.rule == "opt-out-request"]
    opening, closing = QUOTES[lang]
    assert found.excerpt
    assert f"{opening}{found.excerpt}{closing}" in found.message


@pytest.mark.parametrize("lang", QUOTES)
def test_the_review_request_that_is_suggested_may_be_sent(lang: str) -> None:
    (wording,) = QUOTED[lang].findall(load_ruleset("amazon").rule("review-incentive").newest.suggestion[lang])
    draft = Message(text=f"305-1234567-1234567: {wording}", kind="proactive", reason="review_request")
    assert linter().check(draft).violations == ()
