"""Mail addresses, phone numbers and messengers side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contact_reading import contacts, shown

ORDINARY = [
    """Hello Anna, thank you for your order 305-1234567-1234567. We have packed the blue mug today. The parcel usually
takes two to three working days. Please answer to this message if anything is missing. Kind regards, the mug shop""",
    """Guten Tag Frau Berg, anbei die Rechnung Nr. 2026-001234 vom 01.11.2026 über 12,50 EUR zur Bestellung
305-1234567-1234567. Die Sendungsnummer lautet 00340434123456789012 (DHL). Mit freundlichen Grüßen""",
    """Dzień dobry, zamówienie 305-1234567-1234567 zostało spakowane. Numer przesyłki: 620012345678901234567890.
Faktura nr FV/2026/11/0012 na kwotę 49,99 zł jest w załączniku. Pozdrawiamy""",
    """お客様、ご注文番号305-1234567-1234567の商品を発送準備中です。お届けは11月5日(木)午前中の予定です。""",
    """Bonjour, votre colis 6A12345678901 arrivera entre 9h00 et 12h30 le 05/11/2026. Cordialement""",
    """您好，您的订单305-1234567-1234567已经打包。运单号SF1234567890123。谢谢。""",
    """The frame is 30 x 40 cm (11.8 x 15.7 in) and weighs 1.2 kg. EAN 4006381333931, model WH-1000XM4, 230 V, IP44.""",
    """Is the address right? Anna Berg, Musterstr. 12, 10115 Berlin. The door code 4711# is on the label.""",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_messages_hold_no_contacts(text: str) -> None:
    found = contacts(text, "US", "GB", "DE", "PL", "FR", "JP", "CN")
    assert not found


def test_places_are_those_of_the_reading() -> None:
    text = "Ｃall ＋４８ ６０１ ２３４ ５６７ or ａｎｎａ＠ｓｈｏｐ．ｅｘａｍｐｌｅ"
    found = contacts(text)
    assert shown(text, found.phones) == [("＋４８ ６０１ ２３４ ５６７", "+48601234567")]
    assert shown(text, found.emails) == [("ａｎｎａ＠ｓｈｏｐ．ｅｘａｍｐｌｅ", "anna@shop.example")]


PIECES = [
    *(
        "anna",
        "@",
        "shop",
        ".",
        "example",
        " at ",
        " dot ",
        "+48",
        " 601",
        "234",
        "567",
        "WhatsApp",
        ": ",
        "add us on ",
    ),
    *(
        "0",
        "5 ",
        "five ",
        "call ",
        "(",
        ")",
        "-",
        "\n",
        "\u200b",
        "ａ",
        "٣",
        "①",
        "微信",
        "https://",
        "wa.me/",
        "LINE",
        "O",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text())
def test_any_text_is_read(text: str) -> None:
    found = contacts(text, "PL", "US")
    for group in (found.emails, found.phones, found.messengers):
        starts = [contact.start for contact in group]
        assert starts == sorted(starts)
        for contact in group:
            assert 0 <= contact.start < contact.end <= len(text)
            assert 0 < contact.confidence <= 1
    for before, after in zip(found.phones, found.phones[1:], strict=False):
        assert before.end <= after.start
