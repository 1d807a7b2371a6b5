"""Emoji and emoticons in a text.

What an emoji is, Unicode's own data say: characters that are drawn as pictures by default, and those that a variation
selector (U+FE0F), a skin tone or a zero-width joiner makes pictures. Text symbols (☎ ✂ ❤ ★ ↔) are text unless so
marked, as Unicode presents them. Digits, # and *, also as keycaps (1️⃣), and © ® ™ are none, however they are marked.
☺ ☹ ☻ are faces drawn as text and count as emoticons.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

from msgpolicy.later import re_later, regex_later

# What begins an emoji. A picture that is marked as text (U+FE0E) is none.
_PICTURE = r"""(?:
    \p{Regional_Indicator}{2}
    | \p{Emoji_Presentation}(?!\N{VARIATION SELECTOR-15})
    | [\p{Emoji}--[0-9#*©®™]]\N{VARIATION SELECTOR-16}
    | \p{Emoji_Modifier_Base}\p{Emoji_Modifier}
    | \p{Extended_Pictographic}(?=\N{ZERO WIDTH JOINER}\p{Extended_Pictographic})
)"""
# What belongs to the emoji before: joiners and what they join, skin tones, selectors, the tags of a region's flag.
_REST = r"""(?:
    \N{ZERO WIDTH JOINER}\p{Extended_Pictographic}
    | [\p{Emoji_Modifier}\N{VARIATION SELECTOR-16}\U000E0020-\U000E007F]
)"""
_EMOJI = regex_later(rf"{_PICTURE}{_REST}*+", regex.VERBOSE | regex.VERSION1)
# No picture begins with anything else; Python's own engine is the faster one here.
_MAY_BE_EMOJI = re_later("[\u200d-\U0010ffff]")

# Where an emoticon may end: nothing of a word, an address or a formula follows.
_END = r"(?![\w/\\&=@#$%*+<>|~^-])"
# Most emoticons stand apart; a smile may also follow a word at once, but no number and no entity such as "&nbsp;".
_APART = r"(?:(?<![^\s.!?,…\"'”“»«])|(?<=\p{Emoji_Presentation}))"
_AFTER_WORD = r"(?<=[\p{L}.!?,…\"'”)»])(?<!&\w{2,8})"
# What each begins with: at nearly all places of a text a look is enough.
_BEGINS = r"(?=[:;：；=<(*^>\-ಠ≧´`・¯\\☺☹☻]|xD|[TＴ][_▽]|[oO]_|m\()"
_EMOTICON = regex_later(
    rf"""
    {_BEGINS} (?: (?:{_APART}|{_AFTER_WORD}) [:;：；](?:'?-)?(?P<mouth>[)]++|[(]++|[）]++|[（]++) {_END} # :-) ;( :))
    | {_APART} (?: [:;]' (?P<mouth>[)]++|[(]++)                          # :') :'(
        | = -? (?P<mouth>[)]++|[(]++)                                   # =)
        | [:;]-[DPpOo|/\\*\]\[] | [:;][DPp] | :[/|] (?=\s|\Z)          # :-D :P :/
        # A heart, and no number: neither "<3 days" nor "<3.5".
        | (?<![^\s\p{{Emoji_Presentation}}])<3++ (?= [ \t]*+ (?:[.!?,…](?!\d)|[\n\r]|\Z|\p{{Emoji_Presentation}}))
        | xD++ (?= [ \t]*+ (?:[.!?,…\n\r]|\Z))
        | \(? (?:\*? \^[_.oO▽ω-]?\^ (?:;{{1,3}}|\*)? | >[_.]< | -_-[;']? | [TＴ][_▽][TＴ] | [oO]_[oO]
            | ಠ_ಠ | ≧▽≦ | [´`][・･]?[ω▽∀][・･]?[｀`´] | ・[_ω]・) \)?
        | m\(_[ ]?_\)m | ¯\\_\(ツ\)_/¯ | \\[oO]/
    ) {_END}
    | [☺☹☻](?![\N{{VARIATION SELECTOR-15}}\N{{VARIATION SELECTOR-16}}]) )
    """,
    regex.VERBOSE | regex.VERSION1,
)
_OPENING, _CLOSING = "(（", ")）"
# How far a parenthesis is looked for that a mouth may be the other half of (code points of the same line).
_REACH = 300


class Picture(NamedTuple):
    """A run of emoji, or one emoticon, as text[start:end]; `number` says how many pictures it is."""

    kind: Literal["emoji", "emoticon"]
    start: int
    end: int
    number: int


def find_emoji(text: str) -> Iterator[Picture]:
    """Runs of emoji in a text, in order; nothing stands between the emoji of a run."""
    if not _MAY_BE_EMOJI.search(text):
        return
    start = end = number = 0
    for match in _EMOJI.finditer(text):
        first, last = match.span()
        if number and first > end:
            yield Picture("emoji", start, end, number)
            number = 0
        if not number:
            start = first
        end = last
        number += 1
    if number:
        yield Picture("emoji", start, end, number)


def find_emoticons(text: str) -> Iterator[Picture]:
    """Emoticons in a text, in order. A mouth that closes or opens a parenthesis of the text is none."""
    for match in _EMOTICON.finditer(text):
        end = match.end()
        mouth = match["mouth"]
        if mouth:
            end -= _needed(text, match.start(), end, mouth[0])
            if end <= match.start("mouth"):
                continue
        yield Picture("emoticon", match.start(), end, 1)


def _needed(text: str, start: int, end: int, mouth: str) -> int:
    """How many parentheses of the same line, left open before or closed after, wait for one like the mouth."""
    if mouth in _CLOSING:
        line = text[max(start - _REACH, 0) : start]
        return _unmatched(line[max(line.rfind("\n"), line.rfind("\r")) + 1 :], _OPENING, _CLOSING)
    line = text[end : end + _REACH].partition("\n")[0].partition("\r")[0]
    return _unmatched(line[::-1], _CLOSING, _OPENING)


def _unmatched(line: str, waiting: str, partner: str) -> int:
    """How many signs of `waiting` have none of `partner` behind them in the line."""
    count = 0
    for sign in line:
        if sign in waiting:
            count += 1
        elif sign in partner and count:
            count -= 1
    return count
