"""The phrase view: what is folded, and that every letter of it leads back to what was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import FoldTable, fold_phrase, folded, phrase_view, translated


def view(text: str, part: str = "text") -> str:
    return phrase_view(Reading(part, text, text)).text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hello  World", "hello world"),
        ("FÜNF-STERNE", "funf sterne"),
        ("Straße", "strasse"),
        ("zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("cafe\u0301", "cafe"),
        ("İstanbul ılık", "istanbul ilik"),
        ("ＲＥＶＩＥＷ　５", "review 5"),
        ("re\u200bvi\u00adew", "review"),
        ("ﬁve", "five"),
        ("don’t", "don't"),
        ("𝐫𝐞𝐯𝐢𝐞𝐰", "review"),
        ("مُحَمَّد أهلاً", "محمد اهلا"),
        ("ดีมาก ค่ะ", "ดีมาก ค่ะ"),
        ("समीक्षा", "समीक्षा"),
        ("か\u3099", "が"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert view(text) == folded


def test_line_breaks_that_only_wrap_are_spaces() -> None:
    long = "This line is long enough that a mail program has wrapped it"
    assert view(f"{long}\nhere and there") == f"{long.lower()} here and there"
    assert view("please\nreview us") == "please review us"


@pytest.mark.parametrize("text", ["Hello Anna,\nThank you", "one\n\ntwo", "one\r\n\r\ntwo", "list:\n- item", "a\n1. b"])
def test_line_breaks_that_end_something_stay(text: str) -> None:
    assert view(text).count("\n") == 1


def test_line_breaks_before_thai_stay() -> None:
    long = "ขอบคุณที่สั่งซื้อสินค้ากับทางร้านของเรา หวังว่าจะได้ใช้งานอย่างมีความสุข"
    assert view(f"{long}\nรบกวนแจ้งที่อยู่") == f"{long}\nรบกวนแจ้งที่อยู่"


def test_every_line_break_of_html_text_counts() -> None:
    assert view("please\nreview us", "html") == "please\nreview us"


def test_positions_lead_back() -> None:
    text = "Großes  Lob\u200b für\r\n\r\nﬁve"
    folded = phrase_view(Reading("text", text, text))
    at = folded.text.index("five")
    assert text[slice(*folded.span(at, at + 1))] == "ﬁ"
    at = folded.text.index("lob")
    assert text[slice(*folded.span(at, at + 3))] == "Lob"
    at = folded.text.index("ss")
    assert text[slice(*folded.span(at, at + 2))] == "ß"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_folding_is_exact_and_keeps_the_order(text: str) -> None:
    folded = phrase_view(Reading("text", text, text))
    last = 0
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert 0 <= last <= start <= end <= len(text)
        assert end > start
        last = start


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60))
def test_a_phrase_folds_as_the_text_does(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold_phrase(composed) == " ".join(view(composed, "html").split())


def test_a_ligature_of_a_whole_sentence_does_not_make_the_text_longer() -> None:
    assert phrase_view(Reading("text", "a \ufdfa b", "a \ufdfa b")).text == "a \ufdfa b"
    assert len(phrase_view(Reading("text", "\ufdfb", "\ufdfb")).text) == 8


_FOLDED = {"\u200b": "", "ﬁ": "fi", "…": "..."}


@given(st.text("a\u200bﬁ…", min_size=1, max_size=40), st.integers(1, 90))
def test_places_of_long_texts_are_those_of_their_code_points(piece: str, times: int) -> None:
    text = piece * times
    view = folded(text, FoldTable(lambda char: _FOLDED.get(char, char)))
    assert view.text == "".join(_FOLDED.get(char, char) for char in text)
    places = [place for place, char in enumerate(text) for _ in _FOLDED.get(char, char)]
    assert [view.span(at, at + 1) for at in range(len(view.text))] == [(place, place + 1) for place in places]


CASES = FoldTable(lambda char: {"ß": "ss", "\u00ad": "", "a": "b", "b": "c"}.get(char, char.casefold()))


@given(st.text(st.sampled_from("aAbBßẞ\u00adÄäΣσςİıéÉ中。 -xyzXYZ") | st.characters(), max_size=80))
def test_a_short_way_to_translate_comes_to_the_same(text: str) -> None:
    assert translated(text, CASES) == text.translate(CASES)


def test_lines_that_go_on_are_one_and_others_are_not() -> None:
    long = "We have sent your order from our store house today"
    assert view(f"{long}\nand it") == f"{long.lower()} and it"
    assert view(f"{long}\nAnd it") == f"{long.lower()} and it"
    assert view(f"{long}\n\nand it") == f"{long.lower()}\nand it"
    assert view("Short\nand it") == "short and it"
    assert view("Short\n  and it") == "short and it"
    assert view("Short\nAnd it") == "short\nand it"
    assert view("Short\n1 it") == view("Short\n 1 it").replace(" 1", "1") == "short\n1 it"
