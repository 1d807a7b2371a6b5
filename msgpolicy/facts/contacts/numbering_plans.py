"""What the numbering plans of countries say of digits, as libphonenumber (phonenumberslite) knows them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgpolicy.facts.contacts.data.reserved_numbers import RESERVED_NUMBERS
from msgpolicy.facts.contacts.unknown_country import may_be_sizes
from msgpolicy.later import regex_later

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# Digits of a phone number, the country's code included (ITU-T E.164 allows fifteen).
LEAST, MOST = 7, 15
# Numbers of the smallest countries have no more than five or six; fewer are not looked for.
_SHORTEST = 4

DIGITS = regex_later(r"[0-9]+")
_NO_DIGITS = regex_later(r"[^0-9]+")
_RESERVED = regex_later(RESERVED_NUMBERS)
_SPACES_OR_DASHES = regex_later(r"[0-9]+(?:[ -][0-9]+)+")


def least_digits(countries: Sequence[str]) -> int:
    """The fewest digits that a phone number has; fewer than usual only where one of the countries is that small."""
    return min((_least_in(country) for country in countries), default=LEAST)


@cache
def _least_in(country: str) -> int:
    from phonenumbers import example_number

    example = example_number(country)
    digits = len(str(example.national_number)) if example else LEAST
    return max(digits, _SHORTEST) if digits < LEAST else LEAST


class Plans:
    """The plans of some countries (ISO 3166 codes)."""

    def __init__(self, countries: Sequence[str]) -> None:
        self._countries = countries

    def textbook(self, written: str) -> str | None:
        """E.164 of a number of one of the countries that is grouped as the country's numbers are."""
        groups = DIGITS.findall(written)
        if not 1 < len(groups) < 7 or len({*_NO_DIGITS.findall(written)}) > 3 or may_be_sizes(groups):
            return None
        for country in self._countries:
            number = _parsed("".join(groups), country)
            if number and _grouped(number) == groups:
                return e164(number)
        return None

    def without_plus(self, written: str) -> str | None:
        """E.164 of a number in groups of which the first is the code of one of the countries: "49 171 …"."""
        from phonenumbers import country_code_for_region

        groups = DIGITS.findall(written)
        if not 2 < len(groups) < 7 or may_be_sizes(groups) or not _SPACES_OR_DASHES.fullmatch(written):
            return None
        codes = {str(country_code_for_region(country)) for country in self._countries}
        return self.valid("+" + "".join(groups)) if groups[0] in codes else None

    def valid(self, digits: str) -> str | None:
        """E.164 of digits that are a number of one of the countries, or an international one with its plus."""
        from phonenumbers import is_valid_number

        for country in (None,) if digits.startswith("+") else self._countries:
            number = _parsed(digits, country)
            if number and (is_valid_number(number) or _RESERVED.fullmatch(e164(number))):
                return e164(number)
        return None

    def reserved(self, digits: str) -> str | None:
        """E.164 of digits that no plan lists because they are kept for samples."""
        number = self.valid(digits)
        return number if number and _RESERVED.fullmatch(number) else None

    def possible(self, digits: str, country: str | None) -> str | None:
        """E.164 of digits that have the length of a full number there, whether it exists or not."""
        from phonenumbers import ValidationResult, is_possible_number_with_reason

        number = _parsed(digits, country)
        if number and is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE:
            return e164(number)
        return None


def _grouped(number: PhoneNumber) -> list[str]:
    """The groups in which a number that exists is written in its country; none if it does not."""
    from phonenumbers import PhoneNumberFormat, format_number, is_valid_number

    return DIGITS.findall(format_number(number, PhoneNumberFormat.NATIONAL)) if is_valid_number(number) else []


def _parsed(digits: str, country: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(digits, country)
    except NumberParseException:
        return None


def e164(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)
