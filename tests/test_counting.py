"""Words are counted also in scripts that write none apart, so that a far "not" excuses nothing."""

from __future__ import annotations

import pytest

from msgpolicy.facts.words.counting import unspaced_words, words_between


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" the lid - of a pot ", 6),
        ("给", 1),
        ("给您的", 1),
        ("如果您收到的商品有质量问题", 6),
        (",我们将给您退款50元", 5),
        ("をいただけましたら", 2),
        ("เขียนรีวิวให้เรา", 4),
        (" Amazon 上的评价 ", 3),
    ],
)
def test_words_between(text: str, count: int) -> None:
    assert words_between(text) == count


def test_what_is_left_beside_letters_of_scripts_without_spaces() -> None:
    count, rest = unspaced_words("请在 Amazon 上评价")
    assert (count, rest.split()) == (2, ["Amazon"])
