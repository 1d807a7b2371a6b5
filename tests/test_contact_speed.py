"""Searches for contacts, links and numbers take time in proportion to the text, whatever it holds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from msgpolicy.facts.contacts import find_contacts
from msgpolicy.facts.links import classify_url, find_text_links
from msgpolicy.facts.numbers import find_numbers
from msgpolicy.facts.spans import Reading

pytestmark = pytest.mark.slow

SMALL, LARGE = 10_000, 40_000
# Four times the text takes four times as long; the rest is room for a busy machine; a square would be sixteen.
MOST = 8

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
        "one two ",
        "dot ",
        "a dot b ",
        "at ",
        "WhatsApp ",
        "WhatsApp: a1 ",
        "WhatsApp 601234567 ",
        "add us on ",
    ),
    *("line: ", "telegram @a ", "微信a1", "LINE", "{{", "%%", "*|", "<%", "[[", "４１１１ １１１１ "),
]


def search(text: str) -> None:
    """All searches of one text."""
    reading = Reading("text", text, text)
    find_contacts(reading, ("DE", "PL", "US"))
    find_text_links(reading)
    find_numbers(reading)


def grows_evenly(work: Callable[[str], object], piece: str) -> bool:
    small, large = (piece * LARGE)[:SMALL], (piece * LARGE)[:LARGE]
    work(small)  # tables and patterns are made on first use
    # A busy machine may disturb one measurement, not all.
    return any(seconds(work, large) <= max(MOST * seconds(work, small), 0.05) for _ in range(3))


def seconds(work: Callable[[str], object], text: str) -> float:
    """The better of two runs."""
    times = []
    for _ in range(2):
        started = time.perf_counter()
        work(text)
        times.append(time.perf_counter() - started)
    return min(times)


@pytest.mark.parametrize("piece", REPEATED)
def test_text_of_one_piece_repeated(piece: str) -> None:
    assert grows_evenly(search, piece)


@pytest.mark.parametrize("piece", ["a", "/", "@", "%41", ".", "\\", "[", "x.", "é", "{{", "http:", "#", "?a=", "0x1."])
def test_long_url(piece: str) -> None:
    assert grows_evenly(lambda text: classify_url("https://shop.example/" + text), piece)
    assert grows_evenly(lambda text: classify_url("https://" + text), piece)
    assert grows_evenly(classify_url, piece)
