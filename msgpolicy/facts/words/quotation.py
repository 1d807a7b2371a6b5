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
