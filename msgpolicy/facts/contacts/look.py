"""What a text looks like, in plain letters, digits and signs; the table behind the contact view."""

from __future__ import annotations

import unicodedata

from msgpolicy.facts.contacts.data.look_alikes import BLANK, LOOK_ALIKES
from msgpolicy.facts.views import FoldTable


def look(text: str) -> str:
    """The text as it looks. Upper and lower case stay; lower() of the result never changes its length."""
    return text if text.isascii() else text.translate(LOOK)


def _fold_char(char: str) -> str:
    if char in LOOK_ALIKES:
        return LOOK_ALIKES[char]
    if char in BLANK:
        return " "
    if char in "™…":  # a mark after a name, the end of a sentence: part of no word
        return char
    category = unicodedata.category(char)
    if category == "Cf" or _is_overlay(ord(char)):
        return ""
    if category == "Zs":
        return " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(char, None)
    if digit is None and category == "No":  # such as the nought in a circle
        value = unicodedata.numeric(char, None)
        digit = int(value) if value is not None and value in range(10) else None
    if digit is not None:
        return str(digit)
    compatible = unicodedata.normalize("NFKC", char)
    if compatible == char or any(part.isspace() or unicodedata.combining(part) for part in compatible):
        return char
    if compatible[0] == "(" and compatible[-1] == ")":
        compatible = compatible[1:-1]
    return "".join(_fold_char(part) for part in compatible)


def _is_overlay(code: int) -> bool:
    """Marks that are drawn over a character and leave it readable; variation selectors."""
    return 0x300 <= code <= 0x36F or 0x20D0 <= code <= 0x20FF or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


LOOK = FoldTable(_fold_char)
