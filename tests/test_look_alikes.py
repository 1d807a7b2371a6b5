"""What looks like contact data and is none passes, and so do the exceptions of the policy."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy import Message
from tests.linters import linter

CONTACTS = {"email-address", "phone-number", "messenger-contact", "external-link", "insecure-link"}

# Numbers that their kind's own shape tells, whatever stands around them.
ALONE = [
    # Orders
    "305-1234567-1234567",
    "D01-1234567-1234567",
    "12-34567-89012",
    "2000123-12345678",
    "2000001234567890",
    "7f1d2c3b-0a1b-4c2d-8e3f-0123456789ab",
    "123456-20261101-0123456789",
    # Parcels
    "1Z999AA10123456784",
    "1Z 999 AA1 01 2345 6784",
    "9400 1000 0000 0000 0000 00",
    "9405511899223197428490",
    "JJD000390007812345678",
    "00340434123456789012",
    "RR123456785DE",
    "RR 123 456 785 GB",
    "6A 12345 67890 1",
    "6A12345678901",
    "620012345678901234567890",
    "PQ4E3X0412345678901234A",
    "3SABCD1234567890",
    "SF1234567890123",
    "TBA123456789012",
    "H1000730000828801049",
    # Articles and books
    "4006381333931",
    "036000291452",
    "978-3-16-148410-0",
    "B08N5WRWNW",
    "X001ABCDE1",
    "AB-1234-CD",
    "SN12345678",
    # Banks and registers
    "DE89 3704 0044 0532 0130 00",
    "GB29NWBK60161331926819",
    "FR 40 303 265 045",
    "ATU12345678",
    "NL123456789B01",
    "CHE-123.456.789",
    "12.345.678/0001-90",
    "HRB 123456",
    # Dates and times
    "17.11.2026",
    "2026-11-17",
    "11/17/2026",
    "17.11.26 18:20",
    "2026-11-17T18:20:00Z",
    "2026年11月17日",
    "09:00-17:30",
    "9.30 Uhr",
    # Measures
    "120 x 230 x 340 mm",
    "100x200x300",
    "1920 x 1080 px",
    "34 36 38 40",
    "5000 mAh 12 V",
    "1.234,56 EUR",
    "$1,234.56",
    "12 345,67 zł",
    "¥123,456",
    "52.520008, 13.404954",
    "48°51'24\" N",
    "v1.12.345",
    "10.0.19045.3803",
    "ISO 9001:2015",
    "EN 60335-2-30",
    # Files, sentences, tags
    "invoice_20261117_1234567.pdf",
    "photo.zip",
    "setup.sh",
    "readme.md",
    "Your lamp has arrived.We hope you like it",
    "It was sent back.It is on its way",
    "Danke.Ihr Paket ist da",
    "come by @ noon",
    "3 lamps @ 19.99",
    "#lamp #sale2026 #order.ready",
    "e.g. this, i.e. that, z.B. dies, p. ej. esto, m.in. tak, d.h. das",
    "a.m., p.m., U.S.A., Ph.D., St.Gallen",
    "Lamp Co.Ltd and Glass Inc.Please",
    "1234567890123456789012345",
    "192.168.0.1",
]

# What stands before a number in a language, the number.
ANNOUNCED = [
    ("Etsy order number", "1234567890"),
    ("Bestellnummer", "601234567"),
    ("Kaufland-Bestellnummer", "12345678901"),
    ("Numer zamówienia", "601 234 567"),
    ("numéro de commande", "0612345678"),
    ("número de pedido", "612345678"),
    ("numero d'ordine", "3331234567"),
    ("bestelnummer", "0612345678"),
    ("ordernummer", "0701234567"),
    ("sipariş numarası", "05321234567"),
    ("注文番号", "09012345678"),
    ("订单号", "13812345678"),
    ("주문번호", "01012345678"),
    ("رقم الطلب", "0501234567"),
    ("หมายเลขคำสั่งซื้อ", "0812345678"),
    ("ऑर्डर नंबर", "9812345678"),
    ("UPS tracking number", "123456789012"),
    ("USPS", "94001000000000000000"),
    ("FedEx", "7946 1234 5678"),
    ("DHL Sendungsnummer", "1234567890"),
    ("DPD", "01234567890123"),
    ("GLS-Paketnummer", "12345678901"),
    ("Royal Mail tracking", "123456789012345"),
    ("numéro de suivi La Poste", "8R12345678901"),
    ("numer przesyłki InPost", "601234567890123456789012"),
    ("número de seguimiento Correos", "612345678"),
    ("codice di spedizione Poste Italiane", "123456789012"),
    ("PostNL zendingsnummer", "3SABCD123456789"),
    ("日本郵便 追跡番号", "1234-5678-9012"),
    ("顺丰运单号", "123456789012"),
    ("Aramex shipment number", "1234567890"),
    ("SKU", "601234567"),
    ("Artikelnummer", "030 123 456"),
    ("serial number", "0301234567"),
    ("Seriennummer", "0171-2345678"),
    ("EAN", "40063813"),
    ("ISBN", "3-16-148410-0"),
    ("USt-IdNr.", "DE123456789"),
    ("VAT number", "GB 123 4567 89"),
    ("NIP", "601-234-56-78"),
    ("P.IVA", "01234567890"),
    ("SIRET", "123 456 789 00012"),
    ("KvK", "12345678"),
    ("Org.nr", "556012-3456"),
    ("REGON", "601234567"),
    ("Company number", "01234567"),
    ("Handelsregister", "HRB 12345"),
    ("Kontonummer", "0301234567"),
    ("PLZ", "10115"),
    ("fattura n.", "3331234567"),
    ("Zählernummer", "0171 3920012"),
    ("Kd.-Nr.", "030 23125 000"),
    ("kontraktnr", "070-1740605"),
    ("garantienummer", "0612345687"),
    ("Lieferschein", "0302312500"),
    ("delivery note", "07700 900123"),
    ("n° de compteur", "0639981234"),
    ("albarán", "612 345 671"),
    ("nr umowy", "601-234-568"),
    ("n.º do contrato", "912 345 687"),
    ("irsaliye no", "0532 123 45 68"),
    ("номер договора", "8 916 123-45-68"),
    ("契約番号", "090-1234-5679"),
    ("合同编号", "13812345679"),
    ("계약번호", "010-1234-5679"),
    ("رقم العقد", "0501234568"),
    ("เลขที่สัญญา", "0812345679"),
    ("रसीद संख्या", "9876543211"),
]

FRAMES = ["We noted {}, thank you.", "{}", "Our reference for you: {}\nThe lamp team", "Auf dem Karton steht {}."]


def broken(record: dict[str, Any]) -> set[str]:
    """The rules about contacts and links that a message breaks."""
    message = Message.from_dict({"id": "1", "kind": "proactive", **record})
    return CONTACTS & {violation.rule for violation in linter().check(message).violations}


KNOWN = {"marketplace": "amazon.de", "buyer": {"country": "PL"}, "account": {"country": "US"}}


@pytest.mark.parametrize("written", ALONE)
def test_told_by_its_shape(written: str) -> None:
    for frame in FRAMES:
        for record in (KNOWN, {}):
            assert broken({**record, "text": frame.format(written)}) == set(), frame
    assert broken({**KNOWN, "html": f"<p>{FRAMES[0].format(written)}</p>"}) == set()
    assert broken({**KNOWN, "subject": written, "text": "Your lamp."}) == set()


@pytest.mark.parametrize(("label", "written"), ANNOUNCED)
def test_told_by_what_announces_it(label: str, written: str) -> None:
    for text in (f"{label}: {written}", f"{label} {written}", f"Your lamp ({label} {written}) is here."):
        for record in (KNOWN, {}, {"buyer": {"country": "FR"}, "account": {"country": "IT"}}):
            assert broken({**record, "text": text}) == set(), text


@pytest.mark.parametrize(
    "text",
    [
        # "com" and "eu" are words, and what follows tells it.
        "Mi farebbe piacere sapere com'è andata, provi a raccontare com'era il letto.",
        "Il letto lo può provare com’è, senza viti.",
        "Vendemos redes na beira da estrada, eu, meu irmão e um fusca.",
    ],
)
def test_words_that_are_endings_too(text: str) -> None:
    assert broken({**KNOWN, "text": text}) == set()


@pytest.mark.parametrize(
    "url",
    [
        "https://www.amazon.de/your-orders",
        "https://www.amazon.co.uk/gp/css/order-history",
        "https://sellercentral.amazon.com/messaging",
        "https://a.co/d/abc1234",
        "https://amzn.to/3abcdef",
        "https://m.media-amazon.com/images/I/lamp.png",
    ],
)
def test_hosts_of_amazon(url: str) -> None:
    assert broken({**KNOWN, "text": f"Your order is at {url} as always."}) == set()
    assert broken({**KNOWN, "html": f'<p>See <a href="{url}">your orders</a>.</p>'}) == set()


@pytest.mark.parametrize(
    "host",
    [
        "amazon.de.mugs.example",
        "amazon-de.example",
        "www.amazon.de@mugs.example",
        "notamazon.de",
        "amazon.evil.example",
        "аmazon.de",
    ],
)
def test_hosts_that_only_look_like_it(host: str) -> None:
    assert broken({**KNOWN, "text": f"Your order is at https://{host}/your-orders as always."}) == {"external-link"}


TRACKING = "Your parcel: https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=1234567890"


def test_a_carriers_page_where_the_reason_allows_it() -> None:
    allowed = {"reason": "order_problem"}
    assert broken({**KNOWN, **allowed, "text": TRACKING}) == set()
    assert broken({**KNOWN, "reason": "review_request", "text": TRACKING}) == {"external-link"}
    insecure = TRACKING.replace("https:", "http:")
    assert "external-link" in broken({**KNOWN, **allowed, "text": insecure})
    imitation = TRACKING.replace("www.dhl.de", "www.dhl.de.mugs.example")
    assert broken({**KNOWN, **allowed, "text": imitation}) == {"external-link"}


@pytest.mark.parametrize(
    "text",
    [
        "For the warranty please call the manufacturer on +49 30 23125 000.",
        "The carrier DHL can be called on +49 30 23125 000 about the delivery.",
        "Wegen der Garantie erreichen Sie den Hersteller unter +49 30 23125 000.",
    ],
)
def test_phones_of_warranty_and_carrier_since_the_day_of_the_policy(text: str) -> None:
    assert broken({**KNOWN, "text": text, "sent_at": "2026-11-01T10:00:00+01:00"}) == set()
    assert broken({**KNOWN, "text": text, "sent_at": "2021-02-01T10:00:00+01:00"}) == {"phone-number"}
    own = "Call us on +49 30 23125 000."
    assert broken({**KNOWN, "text": own, "sent_at": "2026-11-01T10:00:00+01:00"}) == {"phone-number"}
