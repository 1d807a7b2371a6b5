"""Ways in which people write a phone number so that no filter sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
_DARK = "⓿❶❷❸❹❺❻❼❽❾"
_BRACKETS = "0⑴⑵⑶⑷⑸⑹⑺⑻⑼"
_SUPER, _SUB = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_ZEROS = [
    code
    for code in range(0x80, 0x1FC00)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.digit(chr(code)) == 0
]
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LETTERS = {"0": "OoOо", "1": "lIi|", "2": "Zz", "5": "Ss", "8": "B", "6": "b", "9": "g"}


def _replaced(digits: str) -> Callable[[str, Random], str]:
    table = str.maketrans("0123456789", digits)
    return lambda number, random: number.translate(table)


def other_script(number: str, random: Random) -> str:
    zero = random.choice(_ZEROS)
    return "".join(chr(zero + int(char)) if char.isdigit() else char for char in number)


def zero_width(number: str, random: Random) -> str:
    return (
        "".join(char + (random.choice(_NOTHING) if random.random() < 0.6 else "") for char in number[:-1]) + number[-1]
    )


def one_by_one(number: str, random: Random) -> str:
    gap = random.choice([" ", " ", "-", ".", ", ", " - ", "  ", "_", "/", " . ", "*", "·"])
    return gap.join(char for char in number if char.isdigit() or char == "+")


def keycaps(number: str, random: Random) -> str:
    mark = random.choice(["\ufe0f\u20e3", "\u20e3"])
    return "".join(char + mark if char.isdigit() else char for char in number)


def letters(number: str, random: Random) -> str | None:
    """Some digits as the letters that they look like; None if the number has no such digits."""
    places = [place for place, char in enumerate(number) if char in _LETTERS]
    if not places:
        return None
    share = max(1, round(len(places) * random.uniform(0.2, 0.7)))
    out = list(number)
    for place in random.sample(places, share):
        out[place] = random.choice(_LETTERS[number[place]])
    return "".join(out)


DISGUISES: dict[str, Callable[[str, Random], str | None]] = {
    "digits of any script": other_script,
    "zero-width gaps": zero_width,
    "digit by digit": one_by_one,
    "circled": lambda number, random: _replaced(random.choice([_CIRCLED, _DARK, _BRACKETS]))(number, random),
    "superscript": lambda number, random: _replaced(random.choice([_SUPER, _SUPER, _SUB]))(number, random),
    "keycaps": keycaps,
    "letters for digits": letters,
}
