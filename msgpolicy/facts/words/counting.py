"""How many words a stretch of text has, also where no spaces are between them."""

from __future__ import annotations

import regex

_HAN = regex.compile(r"\p{Han}")
_LONGER = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Thai}]")
_WORD = regex.compile(r"[\p{L}\p{N}]++")
# Letters of an average word.
_HAN_LETTERS = 2
_LONGER_LETTERS = 4


def unspaced_words(text: str) -> tuple[int, str]:
    """How many words of scripts without spaces a text has, about, and the text with spaces in place of them."""
    if text.isascii():
        return 0, text
    rest, han = _HAN.subn(" ", text)
    rest, longer = _LONGER.subn(" ", rest)
    return han // _HAN_LETTERS + longer // _LONGER_LETTERS, rest


def words_between(text: str) -> int:
    """How many words stand in a text between two hits; a sign counts as one only where spaces set it apart."""
    unspaced, rest = unspaced_words(text)
    return unspaced + len(_WORD.findall(rest)) if unspaced else len(text.split())
