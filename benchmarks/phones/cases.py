"""All cases of the measurement, made from a seed: numbers, disguises, sentences, and what is no phone number."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from random import Random
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from benchmarks.phones import spoken
from benchmarks.phones.disguises import DISGUISES
from benchmarks.phones.others import BARE, KINDS
from benchmarks.phones.sentences import COUNTRIES, OTHER_SENTENCES, PHONE_SENTENCES

TYPES = (
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.VOIP,
)
# Those who buy and sell on the marketplaces, for look-alikes.
MARKETS = ("US", "GB", "DE", "FR", "IT", "ES", "NL", "PL", "SE", "BR", "TR", "JP", "CN", "IN", "AU", "MX", "CA", "AE")


class Case(NamedTuple):
    """A text. `written` is the phone number in it and `number` what it is read as, in E.164; both "" for none."""

    group: str
    language: str
    text: str
    written: str
    number: str
    countries: tuple[str, ...]


def cases(*, measure: bool, per_group: int, seed: int = 5) -> Iterator[Case]:
    """The cases of one of the two sets. They share neither sentences nor numbers."""
    random = Random(seed * 2 + measure)
    yield from _plain(random, measure)
    yield from _disguised(random, measure, per_group)
    yield from _spoken(random, measure, per_group)
    yield from _others(random, measure, per_group)


def _is_held_out(number: str) -> bool:
    return sha256(number.encode()).digest()[0] % 2 == 1


def _number(region: str, kind: int, random: Random, measure: bool) -> PhoneNumber | None:
    """A number that exists, made from the example of the plan by other last digits; of this half only."""
    example = phonenumbers.example_number_for_type(region, kind)
    if example is None:
        return None
    national = phonenumbers.national_significant_number(example)
    for _ in range(60):
        keep = max(len(national) - 5, 1)
        tail = "".join(random.choices("0123456789", k=len(national) - keep))
        number = phonenumbers.parse(f"+{example.country_code}{national[:keep]}{tail}")
        if phonenumbers.is_valid_number_for_region(number, region) and _is_held_out(_e164(number)) == measure:
            return number
    return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _written(number: PhoneNumber, form: int) -> str:
    return phonenumbers.format_number(number, form)


def _separated(written: str, random: Random) -> str:
    """The number with other separators than its country's textbook."""
    gap = random.choice([".", "-", " ", "/", " - ", " / ", "‑", "\u00a0", "–"])
    if written.startswith("+") and gap in ("/", " / "):
        gap = "."
    return gap.join(written.replace("-", " ").replace("(", "").replace(")", "").split())


def _case(group: str, language: str, which: int, written: str, number: str, countries: tuple[str, ...]) -> Case:
    sentence = PHONE_SENTENCES[language][which]
    return Case(group, language, sentence.replace("{n}", written), written, number, countries)


def _sentence(random: Random, measure: bool) -> int:
    return random.randrange(2) + 2 * measure


def _plain(random: Random, measure: bool) -> Iterator[Case]:
    """Every country's numbers in international and national notation."""
    languages = list(PHONE_SENTENCES)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in TYPES:
            number = _number(region, kind, random, measure)
            if number is None:
                continue
            e164 = _e164(number)
            national = _written(number, PhoneNumberFormat.NATIONAL)
            international = _written(number, PhoneNumberFormat.INTERNATIONAL)
            for group, written, countries in (
                ("country known, national", national, (region,)),
                ("country known, other separators", _separated(national, random), (region,)),
                ("country known, international", international, (region,)),
                ("country unknown, international", _separated(international, random), ()),
                ("country unknown, in one piece", e164, ()),
            ):
                yield _case(group, random.choice(languages), _sentence(random, measure), written, e164, countries)
            for announced in (True, False):
                which = 2 * measure + (not announced)
                group = f"country unknown, national, {'announced' if announced else 'not announced'}"
                yield _case(group, random.choice(languages), which, national, e164, ())


def _local(language: str, random: Random, measure: bool) -> tuple[PhoneNumber, str]:
    """A number of one of the language's countries, and the country."""
    while True:
        region = random.choice(COUNTRIES[language])
        number = _number(region, random.choice(TYPES[:2]), random, measure)
        if number is not None:
            return number, region


def _disguised(random: Random, measure: bool, per_group: int) -> Iterator[Case]:
    for group, disguise in DISGUISES.items():
        for _ in range(per_group):
            language = random.choice(list(PHONE_SENTENCES))
            number, region = _local(language, random, measure)
            form = random.choice([PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL])
            written = disguise(_written(number, form), random)
            if written is not None:
                yield _case(group, language, _sentence(random, measure), written, _e164(number), (region,))


_SPOKEN = {
    "number words": spoken.digits_spoken,
    "number words, some digits": spoken.mixed,
    "number words, double and triple": spoken.doubled,
    "number words, in pairs": spoken.pairs,
}


def _spoken(random: Random, measure: bool, per_group: int) -> Iterator[Case]:
    for group, speak in _SPOKEN.items():
        languages = list(PHONE_SENTENCES)
        if speak is spoken.doubled:
            languages = ["en"]
        elif speak is spoken.pairs:
            languages = sorted(spoken.PAIRS)
        for language in languages:
            for _ in range(max(per_group // 16, 1)):
                number, region = _local(language, random, measure)
                digits = "".join(filter(str.isdigit, _written(number, PhoneNumberFormat.NATIONAL)))
                written = speak(digits, language, random)
                yield _case(group, language, _sentence(random, measure), written, _e164(number), (region,))


def _others(random: Random, measure: bool, per_group: int) -> Iterator[Case]:
    for kind in KINDS:
        for _ in range(max(per_group // 8, 1)):
            language = random.choice(list(OTHER_SENTENCES))
            label = kind.label.get(language, kind.label.get("", ""))
            written = kind.make(random)
            countries = () if random.random() < 0.25 else tuple(random.sample(MARKETS, 2))
            if not label or (kind.bare and random.random() < 0.4):
                text = BARE[language][measure].replace("{n}", written)
            else:
                sentence = OTHER_SENTENCES[language][_sentence(random, measure)]
                text = sentence.replace("{k}", label).replace("{n}", written)
            yield Case(f"not a phone: {kind.name.split(' ')[0]}", language, text, "", "", countries)
