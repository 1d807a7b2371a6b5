"""Searches for contacts, links and numbers take time in proportion to the text, whatever it holds."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.contacts.numbers import find_numbers
from msgpolicy.facts.links.finding import classify_url, find_text_links
from msgpolicy.facts.spans import Reading
from tests.growth import assert_linear, cpu_seconds, machine_second

pytestmark = pytest.mark.slow

SMALL = 5_000

REPEATED = [
    *("@", ".", "1", "-", "a", "+", "/", ":", "(", ")", "[", "|", " ", "\n", "x", "点", "一", "é", "а", "０", "\u200b"),
    *("a@", "a.", "1-", "1.", "+1", "1 ", "a1", "O1", "//", "::", "@.", "-.", "a-", "(1", "1)", "a ", "1a", "a\n"),
    *("a@b.com ", "a.com/", "shop.com ", "a.b.c.", "http://", "https://a.b/) ", "www.", "hxxp[:]//", "name (at) "),
    *(
        "1234567 ",
        "601 234 567, ",
        "+48601234567 ",
        "305-1234567-1234567 ",
        "call 601234567 ",
        "tracking 1",
        "1Z",
        "DE89",
    ),
    *(
        "five ",
        "double ",
        "one 2 o ",
        "vingt et un ",
        "一二",
        "O1 l2 B3 ",
        "0O|",
        "1, ",
        "+1 - 2 . ",
        "34 36 38 40 ",
        "1️⃣",
        "one two ",
        "dot ",
        "a dot b ",
        "at ",
        "WhatsApp ",
        "WhatsApp: a1 ",
        "WhatsApp 601234567 ",
        "add us on ",
    ),
    *("a.com ", "x.co.uk ", "http://a.com/x ", "name at host dot com ", "ab1.com\n", "a.b ", "我的微信号是abc123。"),
    *("s h o p . ", "a /at/ ", "-dot-", "www a ", "a|com ", "a,com", '"dot" '),
    *(
        "shop\U0001f535com ",
        "shop. com ",
        "plus .com ",
        "moc.shop@anna ",
        "gmail: a.b1 ",
        "a@\n",
        "# @ a#b.com ",
        "de ",
    ),
    *("a, dot, com ", "aDOTcom ", "abcdotcom ", "shop com "),
    *("0|", "1;\n", "0; ", "1 then ", "onetwo ", "onetwo", "plus 1 ", "[1]", "1\n\n"),
    *("12 ", "12 x ", "+1 212 555 0123, ", "1234567\n", "five five one two ", "１２ "),
    *("line: ", "telegram @a ", "微信a1", "LINE", "{{", "%%", "*|", "<%", "[[", "４１１１ １１１１ "),
]


def search(text: str) -> None:
    """All searches of one text."""
    reading = Reading("text", text, text)
    find_contacts(reading, ("DE", "PL", "US"))
    find_text_links(reading)
    find_numbers(reading)


def repeated(piece: str, size: int, before: str = "") -> str:
    return before + (piece * size)[:size]


@pytest.mark.parametrize("piece", REPEATED)
def test_text_of_one_piece_repeated(piece: str) -> None:
    assert_linear(lambda size: repeated(piece, size), search, SMALL)


@pytest.mark.parametrize("piece", ["a.com ", "a@b.com ", "http://a.com/x ", "12 ", "1", "+1 212 555 0123, ", "five "])
def test_a_megabyte_costs_no_more_than_in_proportion(piece: str) -> None:
    little, much = repeated(piece, 10_000), repeated(piece, 1_000_000)
    search(little)
    cost = min(cpu_seconds(lambda: search(much)) for _ in range(3))
    assert cost <= 200 * min(cpu_seconds(lambda: search(little)) for _ in range(3))
    assert cost <= 4 * machine_second()


@pytest.mark.parametrize("piece", ["a", "/", "@", "%41", ".", "\\", "[", "x.", "é", "{{", "http:", "#", "?a=", "0x1."])
def test_long_url(piece: str) -> None:
    for before in ("https://shop.example/", "https://", ""):
        assert_linear(lambda size, before=before: repeated(piece, size, before), classify_url, SMALL)
