"""Lines that are quoted and lines that only begin alike; what is left when quotes are taken out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.quotes import Quotes, find_quotes, said_spans
from msgpolicy.facts.quotes.earlier import Earlier
from msgpolicy.facts.quotes.lines import MAX_LINES
from msgpolicy.facts.spans import Reading
from tests.growth import assert_linear


def quotes_of(text: str, earlier: Earlier | None = None, *, answers: bool = False) -> Quotes:
    return Quotes(Reading("text", text, text), None, earlier=earlier, answers=answers)


def own_words(text: str, earlier: Earlier | None = None) -> list[str]:
    """The text without what it quotes, line by line, blank ones left out."""
    own = quotes_of(text, earlier).without(text)
    assert len(own) == len(text)
    return [part.strip() for line in own.splitlines() for part in line.split("  ") if part.strip()]


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotes_of(text).spans]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We are sorry.\n> You idiots!\n> Call me.", ["We are sorry."]),
        ("Sorry.\n\nOn 3 May 2026, Anna wrote:\nYou idiots!\nCall me.", ["Sorry."]),
        ("Sorry.\nAm 3. Mai schrieb Anna:\n> Alles Mist\nDas tut uns leid.", ["Sorry.", "Das tut uns leid."]),
        ("Przykro nam.\nW dniu 3 maja Anna napisała:\nTo oszustwo", ["Przykro nam."]),
        ("Sorry.\n-----Original Message-----\nYou idiots!", ["Sorry."]),
        ("Hello\n> a\n> b\nWe know.\n> c\nYes.", ["Hello", "We know.", "Yes."]),
        ("Hello\n>> older still\n> old\n>>> oldest", ["Hello"]),
        ("Hello\n> > older still\n>\n> old", ["Hello"]),
        ("Hello\r\n> one\r\n> two\r\nBye", ["Hello", "Bye"]),
        ("Hello\r> one\r> two\rBye", ["Hello", "Bye"]),
        ("Hello\n| where is it?\n| I wait.\nTomorrow.", ["Hello", "Tomorrow."]),
        (
            "Hello\n> the lamp that I ordered in your shop last week has not come\nand I wait.\n> Where is it?\nSoon.",
            ["Hello", "Soon."],
        ),
        ('You wrote: "call me tonight". We only answer here.', ["You wrote:", ". We only answer here."]),
        ("Sie schrieben: „bitte stornieren“. Das ist erledigt.", ["Sie schrieben:", ". Das ist erledigt."]),
        ("Vous écrivez : « annulez ». C’est fait.", ["Vous écrivez :", ". C’est fait."]),
    ],
)
def test_what_is_quoted_is_blank(text: str, kept: list[str]) -> None:
    assert own_words(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Please leave us “5 stars”.",
        "On Monday we wrote: the lamp is ready, and more follows here.",
        "5 > 3 and a -> b",
        "Hello\n> 5 kg costs 8 EUR",
        "Hello\n>20 EUR: no postage\n> 50 EUR: a gift",
        "Hello\n> €20 postage is free",
        "Hello\n>= 3 pieces: one is free",
        "Hello\n>:(\nbye",
        "Hello\n>> BUY NOW <<\nbye",
        "Hello\n->first\n=>second",
        "- one\n* two\n+ three\n1. four",
        "| size | price |\n| S    | 8     |",
        "Hello\n| alone",
        "if (a > b) {\n  return a;\n}",
        "<p>text</p>\n<b>more</b>",
        "Read the chapter “You wrote” in the manual.",
        # The line above is not so long that a program would have broken it, or a blank line parts them.
        "Hello\n>= 3\nand this is ours\n>= 4",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert quoted(text) == []


def test_a_short_line_between_quoted_ones_is_an_answer() -> None:
    assert own_words("Hi\n> is it blue?\nYes.\n> is it big?\nNo.") == ["Hi", "Yes.", "No."]


def test_amounts_below_a_head_are_quoted_all_the_same() -> None:
    head = "On 3 May 2026, Anna wrote:"
    assert quoted(f"Yes.\n{head}\n> 5 kg, please\nDone.") == [f"{head}\n> 5 kg, please"]


@pytest.mark.parametrize(
    "text",
    [
        "> Call us at +44 20 7946 0958.\n> Or write.",
        "On 3 May 2026, Anna wrote:\nCall us at +44 20 7946 0958.",
        "-----Original Message-----\nCall us.",
        "…\n\n-- \n> Call us.",
    ],
)
def test_where_no_answer_is_left_nothing_is_quoted(text: str) -> None:
    assert quoted(text) == []


def test_an_attachment_may_be_the_answer() -> None:
    text = "> Where is the invoice?\n> Thanks"
    assert quotes_of(text, answers=True).spans == [(0, len(text))]


# --- earlier messages that are known ----------------------------------------------------------------------------------

EARLIER = Earlier(["Where is my lamp?\nI have waited for ten days, and you idiots do not answer."])


def test_only_what_was_written_before_is_quoted_where_that_is_known() -> None:
    text = "Soon.\n> I have waited for ten days, and you\n> idiots do not answer.\n> Write to sales@shop.example"
    assert own_words(text, EARLIER) == ["Soon.", "Write to sales@shop.example"]


def test_words_put_into_the_buyers_mouth_are_the_sellers_own() -> None:
    text = "Soon.\n\nOn 3 May 2026, Anna wrote:\nWhere is my lamp? Call +44 20 7946 0958. I have waited for ten days"
    assert own_words(text, EARLIER) == ["Soon.", "Call +44 20 7946 0958"]


def test_single_words_of_an_earlier_message_make_no_quote() -> None:
    assert own_words("Soon.\n> you do answer my lamp for days", EARLIER) == [
        "Soon.",
        "> you do answer my lamp for days",
    ]


def test_a_quote_of_one_word_is_compared_as_a_whole() -> None:
    assert own_words("Soon.\n> idiots", EARLIER) == ["Soon."]
    assert own_words("Soon.\n> fools", EARLIER) == ["Soon.", "> fools"]


# --- all texts --------------------------------------------------------------------------------------------------------


@given(st.text(alphabet='ab >|\n\r"„“:-you wrote20.<@'))
def test_the_length_and_the_lines_stay(text: str) -> None:
    own = quotes_of(text).without(text)
    assert len(own) == len(text)
    assert [i for i, c in enumerate(own) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]


@given(
    st.lists(
        st.sampled_from(["> a", "b", "", "From: a@b.example", "To: c", "Subject: d", "On 3 May 2026 x wrote:", "|"])
    )
)
def test_quotes_are_apart_and_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = find_quotes(text)
    assert all(quote.start <= quote.body <= quote.end <= len(text) for quote in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


FLOODS = [
    "> a\n",
    ">",
    "> \n\n",
    'you wrote "',
    "On ",
    "am x schrieb\n",
    "On 3 May 2026, Anna wrote:\n",
    "On 3 May 2026,\nAnna\nwrote:\n> a\nb\n",
    "From: a@b.example\n",
    "From: a\nTo: b\n",
    "Subject: b\n\n",
    "-----Original Message-----\n> a\n",
    "- ",
    "##- ",
    "| a\n",
    "a:\n",
    "\u200b:\n",
]


@pytest.mark.parametrize("flood", FLOODS)
def test_floods_take_time_in_proportion(flood: str) -> None:
    assert_linear(lambda size: "Hi\n" + flood * (size // len(flood)), lambda text: quotes_of(text, EARLIER), 2_000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('You wrote "it leaks" and "it is late".', ['"it leaks"']),
        ('You wrote " and you wrote "it leaks"', ['" and you wrote "']),
        ('You wrote "it leaks" you wrote "again"', ['"it leaks"', '"again"']),
        ('You wrote: "it leaks', []),
        ('You wrote\n"it leaks"', []),
        ('As you wrote "a" "b"', ['"a"']),
        ("Sie schrieben: „Es tropft“", ["„Es tropft“"]),
        ('We wrote "it leaks"', []),
        (f'You wrote {"x" * 40}"far"', []),
    ],
)
def test_what_was_said_stands_between_the_next_marks(text: str, said: list[str]) -> None:
    assert [text[start:end] for start, end in said_spans(text)] == said


def test_more_lines_than_anyone_writes_are_not_looked_through() -> None:
    assert find_quotes("\n\n" * MAX_LINES + "> a\n" * MAX_LINES)
    with pytest.raises(TooLargeError, match="more than 50,000 lines"):
        find_quotes("> a\n" * (MAX_LINES + 1))
