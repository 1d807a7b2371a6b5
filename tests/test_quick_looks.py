"""Searches that look before they search: they find what the whole pattern finds at every place of a text."""

from __future__ import annotations

from unittest.mock import patch

import regex
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.breaks import text_breaks
from msgpolicy.facts.contacts import (
    backward_digits,
    chat_names,
    keypad_letters,
    odd_addresses,
    parted_addresses,
    phone_looks,
    phones,
    read_out,
    turned_addresses,
)
from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.emoji import find_emoji
from msgpolicy.facts.words.sentences import sentence_spans


def texts(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=25).map("".join)


@given(texts("w", "h", "4", "@t", "$", "app", "sky", "p", "e", "wh@tsapp", "v1ber", ".", "-", "_", " ", "\n", "é", "x"))
def test_names_in_disguise(text: str) -> None:
    names = list(chat_names._long_names())
    expected = [
        match.span()
        for match in chat_names._disguise_pattern().finditer(text)
        if match.lastindex and match.group() != names[match.lastindex - 1]
    ]
    assert [(word.start, word.end) for word in chat_names._disguised(text)] == expected


@given(texts("shop", "a", "-", "*", "|", "\\", "(", ")", ",", ".", "com", "net", "org", " ", "é", "@", "1", "b" * 39))
def test_hosts_with_another_sign_for_the_dot(text: str) -> None:
    found = [match.span() for match in odd_addresses._broken_hosts(text)]
    assert found == [match.span() for match in odd_addresses._BROKEN.finditer(text)]


_MANY = regex.compile(f"{phone_looks._MANY_DIGITS.pattern}|{phone_looks._MANY_LIKE_DIGITS.pattern}")


@given(texts("0", "1", "O", "l", "S", "g", " ", "(", ")", "-", ".", "/", "a", "x" * 20, "\n"))
def test_what_may_be_a_number(text: str) -> None:
    assert phone_looks._has_many_digits(text) == bool(_MANY.search(text))


@given(texts("0", "12", "12345678", "123456789", "o", "O", "a", "_", " ", "-", ".", "é", "\u0301"))
def test_written_digits(text: str) -> None:
    expected = regex.compile(r"(?<![0-9])[0-9]{1,8}(?![0-9])|(?<!\w)[oO](?!\w)")
    assert [match.span() for match in read_out._WRITTEN.finditer(text)] == [
        match.span() for match in expected.finditer(text)
    ]


_NUMBERS = texts(
    *("0171 ", "234 ", "5678", "five ", "seven", "eins ", "double ", "then ", "and ", "114-1234567-7654321 ", "O", "l"),
    *("call me ", "12.11.2026 ", "one hundred ", ", ", ". ", "six 6 ", "0 ", "1", "oh ", "nulleins ", "-", " " * 20),
)


@given(_NUMBERS)
def test_phone_numbers_are_looked_for_where_some_may_be(text: str) -> None:
    found = find_contacts(ContactView(text), ["DE"])
    with (
        patch.object(phones, "has_free_digits", return_value=True),
        patch.object(read_out, "_may_be_number", return_value=True),
    ):
        assert find_contacts(ContactView(text), ["DE"]) == found


@given(texts("l", "L", "i-n-e", "l-i-n-e", "z a l o", "s.i.g.n.a.l", "-", " ", "a", "é", "_"))
def test_short_names_in_parts(text: str) -> None:
    found = [(word.start, word.end) for word in chat_names._parted(text.lower())]
    assert found == [match.span() for match in chat_names._parted_pattern().finditer(text.lower())]


@given(texts("shop", "ab", ".", "]", " ", "c0m", "C o m", "c.o.m", "0RG", "n3t", "-", "x", "é"))
def test_endings_with_signs_for_letters(text: str) -> None:
    found = [place[:2] for place in parted_addresses._signs_for_letters(text)]
    assert found == [match.span() for match in parted_addresses._ODD_ENDING.finditer(text)]


@given(texts("moc", "MOC", ".", "pohs", "@anna", "ed", "backwards ", " ", "-", "é", "x", "1"))
def test_addresses_that_may_be_turned(text: str) -> None:
    assert turned_addresses._DOT.search(text) or not turned_addresses._TURNED.search(text)


@given(texts("www", "W w", " ", "w", "vvv", "shop", ",", "com", "-", "é"))
def test_hosts_without_dots(text: str) -> None:
    assert odd_addresses._WWW_SIGN.search(text) or not odd_addresses._WWW.search(text)


@given(texts("1-", "+1 ", "(", "800", "234", ")", " ", "-", ".", "ABC", "FLOWERS", "7", "a", "é", "0800", "x"))
def test_words_on_the_keys_of_a_telephone(text: str) -> None:
    found = [match.span() for match in keypad_letters._numbers(text)]
    assert found == [match.span() for match in keypad_letters._NUMBER.finditer(text)]


@given(
    texts("then", "Dann", "danach", "SONRA", "en ", "son", "再", "ARDINDAN", " ", "a", "1", "-", "_", "é", "the end")
)
def test_words_that_tell_of_turns(text: str) -> None:
    turns = read_out._then_somewhere()
    assert [match.span() for match in turns.finditer(text)] == [
        match.span() for match in read_out._then().finditer(text)
    ]
    assert turns.is_in(text) == bool(read_out._then().search(text))


@given(
    texts("backward", "s", "Rückwärts", "RUCKWARTS", "al reves", "逆に", "ulta", "à rebours", " ", "a", "é", "1", "_")
)
def test_words_for_backwards(text: str) -> None:
    words = backward_digits._said()
    assert [match.span() for match in words.finditer(text)] == [match.span() for match in words._pattern.finditer(text)]


@given(texts("\n", "\r\n", "\r", "\u2028", " ", "\t", "\u200b", "a"), st.integers(1, 4))
def test_runs_of_line_breaks(text: str, more_than: int) -> None:
    runs = [run for run in text_breaks(text) if run.total > more_than]
    assert list(text_breaks(text, more_than)) == runs


_RUN = regex.compile(r"(?V1)\p{Emoji_Presentation}++")


@given(texts("😀", "🎉", "é", "中", "a", " "))
def test_runs_of_emoji(text: str) -> None:
    expected = [(*match.span(), len(match.group())) for match in _RUN.finditer(text)]
    assert [picture[1:] for picture in find_emoji(text)] == expected


@given(texts("a", "Mr", "z.B", "12", " ", "  ", "\n", ".", "!", "?", "。", ")", "approx", "No", "abcdefgh", "\t"))
def test_sentences_begin_and_end_with_what_is_written(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert [start for start, _ in spans] == sorted({start for start, _ in spans})
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
