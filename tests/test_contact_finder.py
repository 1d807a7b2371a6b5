"""The words of contact data are found by two automata, one for Latin letters: together they find what one would."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.words import _Entries, _entries, _finder, find_words
from msgpolicy.scan import Scanner


@pytest.fixture(scope="module")
def known() -> _Entries:
    return _entries()


def test_what_comes_first_is_latin(known: _Entries) -> None:
    assert known.fit()
    assert all(max(literal) < "\u0370" for literal in known.literals[: known.latin])
    assert all(max(literal) >= "\u0370" for literal in known.literals[known.latin :])
    assert 0 < known.latin < len(known.literals)


@pytest.mark.parametrize(
    "text",
    [
        "please call my mobile phone or send an e-mail, two zero six",
        "rufen sie mich auf dem handy an, telefonnummer null eins sieben",
        "電話番号 line whatsapp メール e-mail",
        "اتصل على الهاتف whatsapp 微信 wechat",
        "позвоните: телефон, email",
        "",
    ],
)
def test_both_find_what_one_would_in_the_same_order(known: _Entries, text: str) -> None:
    alone = [(known.literals[index], start, end) for index, start, end in Scanner(known.literals).find(text)]
    both = [(known.literals[index], start, end) for index, start, end in _finder().find(text)]
    assert both == alone


def test_words_of_both_kinds_are_found_in_one_text() -> None:
    text = "whatsapp 電話"
    found = {(text[word.start : word.end], word.tag) for word in find_words(text).found}
    assert ("whatsapp", "chat") in found
    assert ("電話", "phone") in found
