"""Phone numbers written backwards, with words on the keys of a telephone, told part by part."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts, shown
from tests.growth import assert_linear

BACKWARDS = [
    ("call the number backwards: 3410-555-206", "US", "3410-555-206", "+16025550143"),
    ("my cell in reverse is 7710 555 214", "US", "7710 555 214", "+14125550177"),
    ("Nummer von hinten lesen: 9876543 1710, dann anrufen", "DE", "9876543 1710", "+491713456789"),
    ("llámame, el número al revés: 765 432 216", "ES", "765 432 216", "+34612234567"),
    ("dzwoń, numer od tyłu: 765 432 106", "PL", "765 432 106", "+48601234567"),
]
ON_KEYS = [
    ("call 1-800-FLOWERS and ask for the ribbon", "US", "1-800-FLOWERS", "+18003569377"),
    ("Prairie Lamps\n(800) 555-LAMP", "US", "(800) 555-LAMP", "+18005555267"),
    ("ring 0800 LAMPS 4U and ask for Pat", "GB", "0800 LAMPS 4U", "+448005267748"),
]
IN_PARTS = [
    "Area is 615. Middle is 555. End is 0194. Dial it and ask for June.",
    "start with 615, follow with 555 and end with 0194, then hit call",
    "the first three are 615, the next three are 555, the last four 0194. call after 5",
]
NONE = [
    ("measure backwards from 120-30-40", "US"),
    ("the last 4 digits backwards are 4410", "US"),
    ("der Zähler läuft rückwärts: 10 9 8 7 6 5 4", "DE"),
    ("Model 1-800-LAMP is on the sticker", "US"),
    ("the part is 503-TRX-4411", "US"),
    ("The middle shelf is 615 mm, the end shelf 555.", "US"),
]


@pytest.mark.parametrize(("text", "country", "written", "number"), [*BACKWARDS, *ON_KEYS])
def test_what_is_meant(text: str, country: str, written: str, number: str) -> None:
    found = contacts(text, country).phones
    assert shown(text, found) == [(written, number)]
    assert found[0].obfuscated


@pytest.mark.parametrize("text", IN_PARTS)
def test_in_parts(text: str) -> None:
    assert [number for _, number in shown(text, contacts(text, "US").phones)] == ["+16155550194"]


@pytest.mark.parametrize(("text", "country"), NONE)
def test_no_number(text: str, country: str) -> None:
    assert not contacts(text, country).phones


def test_a_dialled_number_behind_one_letter() -> None:
    text = "急的话打l38ool38000，找小周"
    assert [number for _, number in shown(text, contacts(text, "CN").phones)] == ["+8613800138000"]


@pytest.mark.parametrize("piece", ["backwards 1234567 ", "1-800-ABCDEFG ", "(800) A-"])
def test_floods_are_linear(piece: str) -> None:
    assert_linear(lambda size: piece * (size // len(piece)), lambda text: contacts(text, "US"), 5_000)
