"""Words in quotation marks: what is only mentioned, such as a title, an inscription or what somebody else said."""

from __future__ import annotations

from msgpolicy.later import regex_later

# Code points between a pair of marks; more is no title and no remark.
_LONGEST = 160
# Pairs as the languages write them. An apostrophe inside a word opens and closes nothing.
_PAIRS = (
    "„“”",
    "“”",
    "«»",
    "»«",
    "””",
    '""',
    "「」",
    "『』",
    "‹›",
    "《》",
    "〈〉",
)
# Code points on either side that are looked at for words around a quotation, and how many it takes.
_AROUND = 80
_WORDS_AROUND = 2
_WORD = regex_later(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}]++")
_ALL = "".join(dict.fromkeys("".join(_PAIRS)))
_QUOTED = regex_later(
    "|".join(
        [rf"{pair[0]}[^{_ALL}\n]{{1,{_LONGEST}}}+[{pair[1:]}]" for pair in _PAIRS]
        + [rf"(?<!\w)[‘'][^‘’'\n]{{1,{_LONGEST}}}+[’'](?!\w)"]
    )
)


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each stretch between quotation marks within a line, marks included, in order."""
    return [match.span() for match in _QUOTED.finditer(text)]


def has_words_around(text: str, span: tuple[int, int]) -> bool:
    """Whether at least two words (letters, in scripts without spaces) stand beside a quotation near it in its line."""
    start, end = span
    before = text[max(start - _AROUND, 0) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return len(_WORD.findall(before)) + len(_WORD.findall(after)) >= _WORDS_AROUND
