"""Quoted words of the buyer: told in answers and not held against the seller, never in the seller's own messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Linter, Message
from msgpolicy.facts.quotes import quoted_spans


def own_words(text: str) -> str:
    """The text with blanks in place of what it quotes."""
    for start, end in quoted_spans(text):
        text = text[:start] + "".join("\n" if char == "\n" else " " for char in text[start:end]) + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We are sorry.\n> You idiots!\n> Call me.", ["We are sorry."]),
        ("Sorry.\n\nOn 3 May 2026, Anna wrote:\nYou idiots!\nCall me.", ["Sorry."]),
        ("Sorry.\nAm 3. Mai schrieb Anna:\n> Alles Mist\nDas tut uns leid.", ["Sorry.", "Das tut uns leid."]),
        ("Przykro nam.\nW dniu 3 maja Anna napisała:\nTo oszustwo", ["Przykro nam."]),
        ("Sorry.\n-----Original Message-----\nYou idiots!", ["Sorry."]),
        ('You wrote: "call me tonight". We only answer here.', ["You wrote:", ". We only answer here."]),
        ("Sie schrieben: „bitte stornieren“. Das ist erledigt.", ["Sie schrieben:", ". Das ist erledigt."]),
    ],
)
def test_what_is_quoted_is_blank(text: str, kept: list[str]) -> None:
    read = own_words(text)
    assert len(read) == len(text)
    assert [part.strip() for part in read.replace("\n", "  ").split("  ") if part.strip()] == kept


@pytest.mark.parametrize(
    "text",
    [
        "Please leave us “5 stars”.",
        "On Monday we wrote: the lamp is ready, and more follows here.",
        "5 > 3 and a -> b",
        "Read the chapter “You wrote” in the manual.",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert own_words(text) == text


@given(st.text(alphabet='ab >\n"„“:you wrote'))
def test_the_length_and_the_lines_stay(text: str) -> None:
    read = own_words(text)
    assert len(read) == len(text)
    assert [i for i, c in enumerate(read) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@pytest.mark.parametrize("flood", ["> a\n" * 50_000, 'you wrote "' * 20_000, "On " * 70_000, "am x schrieb\n" * 20_000])
def test_floods_are_read_to_their_end(flood: str) -> None:
    assert all(0 <= start < end <= len(flood) for start, end in quoted_spans(flood))


def test_an_answer_is_not_blamed_for_the_buyers_words_and_they_are_told() -> None:
    text = "A new lamp is on its way, and we are sorry.\n\n> You idiots, call me at +44 20 7946 0958!"
    linter = Linter("amazon")
    wrong = {"offensive-language", "phone-number"}
    answer = linter.check(Message(text=text, kind="reply"))
    assert {v.severity for v in answer.violations} == {"info"}
    assert wrong <= {v.rule for v in answer.violations}
    assert answer.verdict == "pass"
    first = linter.check(Message(text=text, kind="proactive"))
    assert wrong <= {v.rule for v in first.violations if v.severity == "error"}


def test_what_an_answer_repeats_in_its_own_words_counts() -> None:
    text = "Call us at +44 20 7946 0958.\n\n> Call me at +44 20 7946 0959!"
    answer = Linter("amazon").check(Message(text=text, kind="reply"))
    severities = [v.severity for v in answer.violations if v.rule == "phone-number"]
    assert severities == ["warning", "info"]
