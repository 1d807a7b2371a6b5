"""The contact view: what a text looks like, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.contacts.digit_clusters import digit_clusters
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.view import ContactView, contact_view
from msgpolicy.facts.spans import OffsetMap, Piece, Reading


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｃｏｍ", "shop@example.com"),
        ("𝐬𝐡𝐨𝐩 𝓼𝓱𝓸𝓹 𝚜𝚑𝚘𝚙", "shop shop shop"),
        ("ⓢⓗⓞⓟ 🅢🅗🅞🅟 🆂🅷🅾🅿", "shop SHOP SHOP"),
        ("①②③⓪ ⑴⑵ ⒈⒉ ❶❷", "1230 12 12 12"),
        ("⁺⁴⁸ ⁶⁰¹ ₂₃₄", "+48 601 234"),
        ("٠١٢٣ ۴۵ १२ ๓๔ １２", "0123 45 12 34 12"),
        ("1️⃣2️⃣3️⃣", "123"),
        ("аmаzоn АВСЕ", "amazon ABCE"),
        ("ѕһор ορ", "shop op"),
        ("sʜᴏᴘ ᴡʜᴀᴛsᴀᴘᴘ", "shop whatsapp"),
        ("sh\u200bo\u00adp\u2060.\ufeffexample", "shop.example"),
        ("s\u0336h\u0336o\u0336p\u0336", "shop"),
        ("shop。example｡com․de", "shop.example.com.de"),
        ("601–234—567−8‑9", "601-234-567-8-9"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("℡ №", "TEL No"),
        ("ﬁﬂ", "fifl"),
    ],
)
def test_looks_like(written: str, plain: str) -> None:
    assert look(written) == plain


@pytest.mark.parametrize(
    "text", ["Müller, Größe, señor, żółw", "Bestellung™ … fertig", "ありがとうございます", "감사합니다"]
)
def test_ordinary_letters_stay(text: str) -> None:
    assert look(text) == text


def test_words_of_a_script_stay_words() -> None:
    # Some letters fold, but the words of the tables fold alike and are found.
    view = ContactView("Наш Телеграм и телефон")
    assert {(word.tag, word.detail) for word in view.words} >= {("chat", "telegram"), ("phone", "")}


def test_plain_ascii_is_not_copied() -> None:
    text = "Call us at shop.example"
    view = ContactView(text)
    assert view.text is text
    assert view.span(5, 7) == (5, 7)


def test_span_leads_back_to_what_was_written() -> None:
    text = "Bitte: a\u200bn\u200bna＠shop。example ﬁn"
    view = ContactView(text)
    start = view.text.index("anna@")
    end = start + len("anna@shop.example")
    assert view.written(start, end) == "a\u200bn\u200bna＠shop。example"
    start = view.text.index("fin")
    assert view.written(start, start + 1) == "ﬁ"


def test_view_of_a_reading_speaks_of_the_readings_text() -> None:
    source = "<b>a&#64;shop.example</b>"
    pieces = [Piece(0, 3, 4, True), Piece(1, 4, 9, False), Piece(2, 9, 21, True)]
    reading = Reading("html", "a@shop.example", source, OffsetMap(pieces))
    view = contact_view(reading)
    assert reading.span(*view.span(0, 14)) == (3, 21)
    assert contact_view(view) is view


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call me on WhatsApp", [("Call", "phone"), ("WhatsApp", "chat")]),
        ("callous retell subtotal", []),  # "call" and "tel" inside other words
        ("用微信聊", [("微信", "chat")]),
        ("微信whatsapp聊", [("微信", "chat"), ("whatsapp", "chat")]),
        ("my_line whatsapp_x", []),
    ],
)
def test_words(text: str, words: list[tuple[str, str]]) -> None:
    found = [
        (text[word.start : word.end], word.tag) for word in ContactView(text).words if word.tag in ("phone", "chat")
    ]
    assert found == words


def test_clusters_of_digits() -> None:
    text = "12 ab 34\n56, and then much later 7"
    assert [text[cluster.start : cluster.end] for cluster in digit_clusters(text).found] == ["12 ab 34", "56", "7"]
    assert [cluster.digits for cluster in digit_clusters(text).found] == [4, 2, 1]


@given(st.text())
def test_lower_case_keeps_the_length(text: str) -> None:
    view = ContactView(text)
    assert len(view.text.lower()) == len(view.text)


@given(st.text(alphabet=st.sampled_from("aａ①ﬁ\u200b\u0336 .。é1０")), st.data())
def test_spans_stay_inside_and_in_order(text: str, data: st.DataObject) -> None:
    view = ContactView(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    first, last = view.span(start, end)
    assert 0 <= first <= last <= len(text)
    if end > start:
        # What was written there looks like what the view says, give or take letters that fold to several.
        assert view.text[start:end] in look(text[first:last])
