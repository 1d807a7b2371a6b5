"""Quoted words of the buyer: blanked in answers, never in the seller's own messages, at unchanged offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Linter, Message
from msgpolicy.facts.quotes import without_quotes


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
    read = without_quotes(text)
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
    assert without_quotes(text) == text


@given(st.text(alphabet='ab >\n"„“:you wrote'))
def test_the_length_and_the_lines_stay(text: str) -> None:
    read = without_quotes(text)
    assert len(read) == len(text)
    assert [i for i, c in enumerate(read) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_floods_stay_linear() -> None:
    for flood in ("> a\n" * 50_000, 'you wrote "' * 20_000, "On " * 70_000, "am x schrieb\n" * 20_000):
        began = time.perf_counter()
        without_quotes(flood)
        assert time.perf_counter() - began < 2


def test_an_answer_is_not_blamed_for_the_buyers_words() -> None:
    text = "A new lamp is on its way, and we are sorry.\n\n> You idiots, call me at +44 20 7946 0958!"
    found = {v.rule for v in Linter("amazon").check(Message(text=text, kind="reply")).violations}
    assert not found & {"offensive-language", "phone-number", "off-platform-diversion"}
    found = {v.rule for v in Linter("amazon").check(Message(text=text, kind="proactive")).violations}
    assert {"offensive-language", "phone-number"} <= found
