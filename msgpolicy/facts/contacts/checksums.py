"""Check digits: what tells a card, bank account, product or parcel number from any other run of digits.

All take the digits (and letters) alone, in ASCII, without separators.
"""

from __future__ import annotations


def luhn(digits: str) -> bool:
    """ISO/IEC 7812: payment cards, IMEI."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def iban(text: str) -> bool:
    """ISO 13616: two letters, two check digits, the account."""
    moved = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def gtin(digits: str) -> bool:
    """GS1: EAN-8, UPC, EAN-13, GTIN-14, SSCC."""
    total = sum(int(char) * (3 if place % 2 else 1) for place, char in enumerate(reversed(digits)))
    return total % 10 == 0


def upu_s10(text: str) -> bool:
    """UPU S10: two letters, eight digits and a check digit, two letters."""
    total = sum(int(char) * weight for char, weight in zip(text[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    check = 11 - total % 11
    return int(text[10]) == {10: 0, 11: 5}.get(check, check)
