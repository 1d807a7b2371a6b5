"""Numbers that are no phone numbers, each with its exact place."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.facts.contacts import checksums
from msgpolicy.facts.contacts.data import number_shapes
from msgpolicy.facts.contacts.data.number_shapes import Shape
from msgpolicy.facts.contacts.numbers import Number, find_numbers, signs_of
from msgpolicy.facts.spans import Reading


def numbers(text: str) -> list[Number]:
    return find_numbers(Reading("text", text, text))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(number.kind, text[number.start : number.end]) for number in numbers(text)]


# Text, kind, what the number is. Everything else in the text must be no number.
ONE = [
    # Order ids
    ("Your order 305-1234567-1234567.", "order-id", "305-1234567-1234567"),
    ("注文番号：305-1234567-1234567です", "order-id", "305-1234567-1234567"),
    ("3０５–1234567–1234567", "order-id", "3０５–1234567–1234567"),
    ("305 1234567 1234567", "order-id-suspected", "305 1234567 1234567"),
    ("order 30512345671234567", "order-id-suspected", "30512345671234567"),
    ("305_1234567.1234567", "order-id-suspected", "305_1234567.1234567"),
    ("D01-1234567-1234567", "amazon-digital-order-id", "D01-1234567-1234567"),
    ("Order 12-34567-89012", "ebay-order-id", "12-34567-89012"),
    ("2000123-12345678", "walmart-order-id", "2000123-12345678"),
    ("2000001234567890", "mercadolibre-order-id", "2000001234567890"),
    ("Kaufland order number 12345678901", "order", "12345678901"),
    ("Numer zamówienia: 601234567", "order", "601234567"),
    ("订单号 1234567890123456789", "order", "1234567890123456789"),
    ("7f1d2c3b-0a1b-4c2d-8e3f-0123456789ab", "uuid", "7f1d2c3b-0a1b-4c2d-8e3f-0123456789ab"),
    # Parcels
    ("UPS 1Z999AA10123456784", "tracking", "1Z999AA10123456784"),
    ("RR123456785DE", "tracking", "RR123456785DE"),
    ("RR 123 456 785 DE", "tracking", "RR 123 456 785 DE"),
    ("3SABCD1234567890", "tracking", "3SABCD1234567890"),
    ("JJD000390007812345678", "tracking", "JJD000390007812345678"),
    ("TBA123456789012", "tracking", "TBA123456789012"),
    ("9400 1000 0000 0000 0000 00", "tracking", "9400 1000 0000 0000 0000 00"),
    ("00340434123456789012", "tracking", "00340434123456789012"),
    ("Sendungsnummer: 123456789012", "tracking", "123456789012"),
    ("Numer przesyłki to 620012345678901234567890", "tracking", "620012345678901234567890"),
    ("Your DHL parcel 1234567890 is on its way", "tracking", "1234567890"),
    ("FedEx says that 7946 1234 5678 was delivered", "tracking", "7946 1234 5678"),
    ("お問い合わせ番号 1234-5678-9012", "tracking", "1234-5678-9012"),
    ("运单号SF1234567890123", "tracking", "SF1234567890123"),
    ("8R 03382 46470 9", "tracking", "8R 03382 46470 9"),
    ("numéro de suivi 6A12345678901", "tracking", "6A12345678901"),
    # Registers
    ("FR 92 427365053", "registration", "FR 92 427365053"),
    ("FR92 427 365 053", "registration", "FR92 427 365 053"),
    ("DE 123 456 789", "registration", "DE 123 456 789"),
    ("NL 123456789 B01", "registration", "NL 123456789 B01"),
    ("momsregistreringsnummer: SE 556012345601", "registration", "SE 556012345601"),
    # Money
    ("IBAN DE89 3704 0044 0532 0130 00", "iban", "DE89 3704 0044 0532 0130 00"),
    ("GB29NWBK60161331926819", "iban", "GB29NWBK60161331926819"),
    ("Kontonummer 601234567", "bank", "601234567"),
    ("card 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("4012888888881881", "card", "4012888888881881"),
    ("3782 822463 10005", "card", "3782 822463 10005"),
    ("gift card 601234567", "reference", "601234567"),
    ("It costs 1.234,56 € in all", "price", "1.234,56 €"),
    ("$1,299.00", "price", "$1,299.00"),
    ("razem 12 500 zł", "price", "12 500 zł"),
    ("1.234.567,89", "amount", "1.234.567,89"),
    ("20 % off", "percentage", "20 %"),
    # Products
    ("EAN 4006381333931", "product", "4006381333931"),
    ("4006381333931", "gtin", "4006381333931"),
    ("036000291452", "gtin", "036000291452"),
    ("ISBN 978-3-16-148410-0", "isbn", "978-3-16-148410-0"),
    ("ASIN B0ABCDEFG1", "asin", "B0ABCDEFG1"),
    ("WH-1000XM4", "code", "WH-1000XM4"),
    ("Artikelnummer 601234567", "product", "601234567"),
    ("S/N 1234567890", "serial", "1234567890"),
    ("Seriennummer: 20260101", "serial", "20260101"),
    ("EN 60335-1", "standard", "EN 60335-1"),
    ("30 x 40 x 2,5 cm", "size", "30 x 40 x 2,5 cm"),
    ("weighs 1200 g", "size", "1200 g"),
    ("firmware 10.2.113", "version", "firmware 10.2.113"),
    # Registers and references
    ("VAT DE123456789", "registration", "DE123456789"),
    ("HRB 123456", "registration", "123456"),
    ("NIP 525-000-00-00", "registration", "525-000-00-00"),
    ("SIRET 123 456 789 00012", "registration", "123 456 789 00012"),
    ("Kundennummer: 601 234 567", "reference", "601 234 567"),
    ("your customer number is 601234567", "reference", "601234567"),
    ("PLZ 1234567", "postal", "1234567"),
    # Dates, times, places
    ("5.11.2026", "date", "5.11.2026"),
    ("11/28/2026", "date", "11/28/2026"),
    ("2026-11-01T10:00:00+01:00", "date", "2026-11-01T10:00:00+01:00"),
    ("2026年11月1日", "date", "2026年11月1日"),
    ("20261101", "date", "20261101"),
    ("9:00-17:00", "time", "9:00-17:00"),
    ("um 17.30 Uhr", "time", "17.30 Uhr"),
    ("192.168.0.1", "ip-address", "192.168.0.1"),
    ("52.2297, 21.0122", "coordinates", "52.2297, 21.0122"),
]


@pytest.mark.parametrize(("text", "kind", "number"), ONE, ids=[text for text, _, _ in ONE])
def test_one_number(text: str, kind: str, number: str) -> None:
    assert kinds(text) == [(kind, number)]


@pytest.mark.parametrize(
    "text",
    [
        "+48 601 234 567",
        "(206) 555-0100",
        "206.555.0100",
        "01.99.00.12.34",
        "01 99 00 12 34",
        "Tel.: 0601 234 567",
        "call us at 20261101",  # said to be a phone number, though it reads as a date
        "WhatsApp 4915112345678",
        "tel0601234567",
        "601 234 567 in the morning",  # not 567 inches
        "0601-234-567 V",  # not 567 volts
        "my number is 601 234 567",
        "nothing here",
    ],
)
def test_no_number(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "305-1234567-12345678",  # a digit too many
        "3305-1234567-1234567",
        "305-123456-1234567",
    ],
)
def test_near_order_ids(text: str) -> None:
    assert "order-id" not in [number.kind for number in numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",  # wrong check digit
        "1234 5678 9012 3456",  # no network's prefix
        "tracking number 4111111111111111",  # said to be something else
        "0000 0000 0000 0000",
    ],
)
def test_near_cards(text: str) -> None:
    assert "card" not in [number.kind for number in numbers(text)]


def test_several_in_one_text() -> None:
    text = "Order 305-1234567-1234567 of 2026-11-01, 12.50 EUR, tracking 1Z999AA10123456784."
    assert kinds(text) == [
        ("order-id", "305-1234567-1234567"),
        ("date", "2026-11-01"),
        ("price", "12.50 EUR"),
        ("tracking", "1Z999AA10123456784"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("305–1234567–1234567", "305-1234567-1234567"),
        ("30512345671234567", "305-1234567-1234567"),
        ("4111 1111 1111 1111", "4111111111111111"),
        ("de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("1.234,56 €", "1.234,56 €"),
    ],
)
def test_value_is_the_number_alone(text: str, value: str) -> None:
    assert [number.value for number in numbers(text)] == [value]


def test_short_numbers_need_not_be_paid_for() -> None:
    text = "20 % of 12.50 EUR, order 305-1234567-1234567"
    found = find_numbers(Reading("text", text, text), least_digits=7)
    assert [number.kind for number in found] == ["order-id"]


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (checksums.luhn, "4111111111111111", "4111111111111112"),
        (checksums.iban, "GB82WEST12345698765432", "GB83WEST12345698765432"),
        (checksums.gtin, "4006381333931", "4006381333932"),
        (checksums.gtin, "96385074", "96385075"),
        (checksums.upu_s10, "RA473124829GB", "RA473124820GB"),
    ],
)
def test_check_digits(check, good: str, bad: str) -> None:  # type: ignore[no-untyped-def]
    assert check(good)
    assert not check(bad)


PIECES = [
    *(
        "305-1234567-1234567",
        "order ",
        "tracking ",
        "4111 1111 1111 1111",
        "12.50",
        " EUR",
        "1Z",
        "2026",
        "DE89",
        "call ",
    ),
    *("-", ".", " ", "\n", "x", "０", "\u200b", "%", "cm", "٣", "№ ", "B0", "1", "23", "456", "é"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text())
def test_places_are_in_order_and_inside(text: str) -> None:
    end = 0
    for number in numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


SHAPES = [shape for shape in (*number_shapes.EXACT, *number_shapes.EVERYDAY) if shape.needs]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.kind}, {shape.needs}")
@given(data=st.data())
@settings(max_examples=15)
def test_every_match_has_what_its_shape_needs(shape: Shape, data: st.DataObject) -> None:
    greedy = shape.pattern.replace("++", "+").replace("*+", "*")  # strategies know no possessive repeats
    written = data.draw(st.from_regex(re.compile(greedy, re.ASCII)))
    for match in regex.finditer(shape.pattern, written, regex.ASCII):
        # Of a code, its test asks for a letter.
        if shape.test != "code" or any(char.isalpha() for char in match.group()):
            assert signs_of(match.group()) & set(shape.needs)
