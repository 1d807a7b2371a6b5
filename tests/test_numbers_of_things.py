"""Numbers of parts, papers and batches that look like phone numbers: named, in series, written on a thing."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts

OF_THINGS = [
    ("Teil 089-99998-514, Ausführung 3", "DE"),
    ("Ersatzteil 0171 3920088 passt nur auf die alte Baureihe", "DE"),
    ("품번 0255-50319 은 왼쪽용, 0255-50320 은 오른쪽용입니다.", "KR"),
    ("部品 03-5550-0178 は左用、03-5550-0179 は右用です", "JP"),
    ("Hóa đơn ghi MST 0309123456, lô 0912-555", "VN"),
    ("nomor resi 081255501234", "ID"),
    ("Il ricambio 347 555 0218 e il ricambio 347 555 0219", "IT"),
    ("La pieza 612-340-166 va a la izquierda y la 612-340-167 a la derecha", "ES"),
    ("Meter readings 01144 96082 and 01144 97003 on the two photos", "GB"),
    ("Customs want HS 9403 60 8000", "US"),
    ("The ISBN-10 is 0-306-40615-2", "US"),
    ("Medidas: 612 340 166 mm", "ES"),
    # Which one it is
    ("il filtro giusto è il 347 882 1049 Bosch", "IT"),
    ("der passende Riemen ist der 0986 478 201 von Bosch", "DE"),
    ("the belt you need is 330-555-0144 from Gates", "US"),
    ("some people call it a number 214; the pump plate says 0470-811-2200", "US"),
    ("Faturayı 4820193726 vergi numarasına kestik.", "TR"),
    # A series that nobody names
    ("One takes the 503-555-0177, the smaller one the 503-555-0178.", "US"),
    # The second number of a sentence about parts
    ("Die Artikelnummer ist 030 1234 5678, die ältere war 089/123456-7.", "DE"),
    # Written on a thing
    ("It says 503-555-0177 on the underside, right?", "US"),
    ("Auf der Unterseite ist 089 99998514 eingeprägt.", "DE"),
    ("Sul fondo 347 5550218?", "IT"),
    ("Na spodzie jest 601 555 820, zgadza się?", "PL"),
    ("底面に 03-5550-0178 と刻印があります", "JP"),
]


@pytest.mark.parametrize(("text", "country"), OF_THINGS)
def test_no_phone(text: str, country: str) -> None:
    assert contacts(text, country).phones == ()


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("Call about the hinge: 503-555-0177", "US", "+15035550177"),
        ("Call 503-555-0177 or 503-555-0178.", "US", "+15035550177"),
        ("The number on the box is ours, call 503-555-0177", "US", "+15035550177"),
        ("Rufen Sie wegen der Farbe an: 0171 3920088", "DE", "+491713920088"),
        ("Kit 12 is out. 503-555-0177", "US", "+15035550177"),
        ("Sir pls call factory person 9830055501 he explains", "IN", "+919830055501"),
        ("just text 07700900314, my wife answers", "GB", "+447700900314"),
        ("dzwoń pan na 6.0.1.2.3.4.7.6.7 w sprawie paska", "PL", "+48601234767"),
        ("the filter is out, my number is 503-555-0177", "US", "+15035550177"),
        ("call the man about the belt, his number is 503-555-0177", "US", "+15035550177"),
        ("demandez Paul au 0639980214", "FR", "+33639980214"),
    ],
)
def test_a_telephone_is_spoken_of(text: str, country: str, number: str) -> None:
    assert contacts(text, country).phones[0].normalized == number
