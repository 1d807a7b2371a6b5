"""Mail addresses, phone numbers and messengers in a text, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.contacts import Contact, Contacts, find_contacts
from msgpolicy.facts.phones import MAX_RUNS
from msgpolicy.facts.spans import Reading


def contacts(text: str, *countries: str) -> Contacts:
    return find_contacts(Reading("text", text, text), countries)


def shown(text: str, found: tuple[Contact, ...]) -> list[tuple[str, str]]:
    return [(text[contact.start : contact.end], contact.normalized) for contact in found]


# --- e-mail -----------------------------------------------------------------------------------------------------------

PLAIN_EMAILS = [
    ("Write to anna.berg@shop.example.", "anna.berg@shop.example", "anna.berg@shop.example"),
    ("(Anna_B+x@sub.shop.co.uk)", "Anna_B+x@sub.shop.co.uk", "anna_b+x@sub.shop.co.uk"),
    ("mailto:anna@shop.example", "anna@shop.example", "anna@shop.example"),
    ("anna@shop.example.Thanks", "anna@shop.example", "anna@shop.example"),
    ("anna@shop.de.Bitte", "anna@shop.de", "anna@shop.de"),
    ("请发邮件到info@shop.example谢谢", "info@shop.example", "info@shop.example"),
    ("anna@münchen.example", "anna@münchen.example", "anna@xn--mnchen-3ya.example"),
    ("anna@gmail.con", "anna@gmail.con", "anna@gmail.con"),
]


@pytest.mark.parametrize(("text", "written", "address"), PLAIN_EMAILS)
def test_email(text: str, written: str, address: str) -> None:
    found = contacts(text)
    assert shown(text, found.emails) == [(written, address)]
    assert found.emails[0].kind == "email"
    assert not found.emails[0].obfuscated


# Text in which all is the address, address.
DISGUISED_EMAILS = [
    ("anna [at] mugs [dot] example", "anna@mugs.example"),
    ("anna(at)mugs(dot)example", "anna@mugs.example"),
    ("anna (at) mugs.example", "anna@mugs.example"),
    ("anna<at>mugs.example", "anna@mugs.example"),
    ("anna(a)mugs.example", "anna@mugs.example"),
    ("anna{at}mugs{dot}co{dot}uk", "anna@mugs.co.uk"),
    ("anna*at*mugs*dot*com", "anna@mugs.com"),
    ("anna at mugs dot example", "anna@mugs.example"),
    ("anna dot berg at mugs dot com", "anna.berg@mugs.com"),
    ("mugs123 at gmail dot com", "mugs123@gmail.com"),
    ("tom_b @ yahoo . com", "tom_b@yahoo.com"),
    ("support @ mugs.example", "support@mugs.example"),
    ("anna ät mugs punkt de", "anna@mugs.de"),
    ("anna klammeraffe mugs punkt de", "anna@mugs.de"),
    ("anna małpa kubki kropka pl", "anna@kubki.pl"),
    ("anna arobase tasses point fr", "anna@tasses.fr"),
    ("anna arroba tazas punto com", "anna@tazas.com"),
    ("anna chiocciola tazze punto it", "anna@tazze.it"),
    ("anna apenstaartje mokken punt nl", "anna@mokken.nl"),
    ("anna snabel-a muggar punkt se", "anna@muggar.se"),
    ("anna arroba canecas ponto com", "anna@canecas.com"),
    ("annaアットマークmugs.example", "anna@mugs.example"),
    ("anna골뱅이mugs점com", "anna@mugs.com"),
    ("ａｎｎａ＠ｍｕｇｓ．ｅｘａｍｐｌｅ", "anna@mugs.example"),
    ("anna＠mugs。example", "anna@mugs.example"),
    ("an\u200bna@mu\u00adgs.example", "anna@mugs.example"),
    ("аnnа@mugs.example", "anna@mugs.example"),  # Cyrillic а
    ("𝐚𝐧𝐧𝐚@𝐦𝐮𝐠𝐬.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "anna@mugs.example"),
    ("ⓐⓝⓝⓐ@mugs.example", "anna@mugs.example"),
]


@pytest.mark.parametrize(("text", "address"), DISGUISED_EMAILS)
def test_disguised_email(text: str, address: str) -> None:
    found = contacts(text)
    assert shown(text, found.emails) == [(text, address)]
    assert found.emails[0].obfuscated


@pytest.mark.parametrize("frame", ["Please write: {}", "{} is our address.", "Kontakt – {} – danke", "«{}»"])
def test_disguised_email_in_a_sentence(frame: str) -> None:
    written = "anna [at] mugs [dot] example"
    text = frame.format(written)
    assert shown(text, contacts(text).emails) == [(written, "anna@mugs.example")]


@pytest.mark.parametrize(
    "text",
    [
        "Sale @ noon",
        "Follow @mugshop",
        "pkg@1.2.3",
        "icon@2x.png",
        "meet us at shop dot",
        "find us at shop dot example",
        "find us at shop.example",
        "buy now @ amazon.com",
        "look at shop.example",
        "write to us at shop.example",
        "order at amazon dot com",
        "two mugs @ 12.50",
        "Treffen am Punkt in der Mitte",
        "user@host",
        "https://anna@shop.example/x",  # a link with a user name
        "a@b@c",
        "@",
        "available at.\ndot com",
        "We looked at the dot. Example follows",
        "5@10.00",
    ],
)
def test_no_email(text: str) -> None:
    assert contacts(text).emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "a1b2c3d4e5f6g7h@marketplace.amazon.de",
        "a1b2@marketplace.amazon.co.uk",
        "a1b2@marketplace.amazon.com.be",
        "abc123@members.ebay.com",
    ],
)
def test_relay_address(text: str) -> None:
    (found,) = contacts(text).emails
    assert (found.kind, found.normalized) == ("relay-email", text)


@pytest.mark.parametrize("text", ["a1@marketplace.amazon.evil.example", "a1@marketplace-amazon.de", "a1@amazon.de"])
def test_near_relay_address(text: str) -> None:
    (found,) = contacts(text).emails
    assert found.kind == "email"


# --- phone ------------------------------------------------------------------------------------------------------------

# Text, countries, what is written, E.164 or digits.
PHONES = [
    # International notation needs no country
    ("Call +1 206 555 0100 now", (), "+1 206 555 0100", "+12065550100"),
    ("+48 601 234 567", (), "+48 601 234 567", "+48601234567"),
    ("(+48) 601-234-567", (), "(+48) 601-234-567", "+48601234567"),
    ("+48.601.234.567", (), "+48.601.234.567", "+48601234567"),
    ("+44 (0)20 7946 0958", (), "+44 (0)20 7946 0958", "+442079460958"),
    ("＋49 30 23125 000", (), "＋49 30 23125 000", "+493023125000"),
    ("+1 206 555 0100 ext. 12", (), "+1 206 555 0100 ext. 12", "+12065550100"),
    ("0049 30 23125000", (), "0049 30 23125000", "+493023125000"),
    ("+49/30/23125000", (), "+49/30/23125000", "+493023125000"),
    ("T: +44 20 7946 0999", (), "+44 20 7946 0999", "+442079460999"),
    ("Ihr Team(+49 30 23125000)", (), "+49 30 23125000", "+493023125000"),
    ("+४८ ६०१ २३४ ५६७", (), "+४८ ६०१ २३४ ५६७", "+48601234567"),
    ("+٤٨ ٦٠١ ٢٣٤ ٥٦٧", (), "+٤٨ ٦٠١ ٢٣٤ ٥٦٧", "+48601234567"),
    # Local notation of the countries given
    ("(206) 555-0100", ("US",), "(206) 555-0100", "+12065550100"),
    ("206.555.0100", ("DE", "US"), "206.555.0100", "+12065550100"),
    ("1-800-555-0199", ("US",), "1-800-555-0199", "+18005550199"),
    ("601 234 567", ("PL",), "601 234 567", "+48601234567"),
    ("22 123 45 67", ("PL",), "22 123 45 67", "+48221234567"),
    ("030 23125 000", ("DE",), "030 23125 000", "+493023125000"),
    ("030/23125000", ("DE",), "030/23125000", "+493023125000"),
    ("0176 1234 5678", ("DE",), "0176 1234 5678", "+4917612345678"),
    ("020 7946 0958", ("GB",), "020 7946 0958", "+442079460958"),
    ("01 99 00 12 34", ("FR",), "01 99 00 12 34", "+33199001234"),
    ("01.99.00.12.34", ("FR",), "01.99.00.12.34", "+33199001234"),
    ("612 345 678", ("ES",), "612 345 678", "+34612345678"),
    ("333 1234567", ("IT",), "333 1234567", "+393331234567"),
    ("06 12345678", ("NL",), "06 12345678", "+31612345678"),
    ("070-174 06 35", ("SE",), "070-174 06 35", "+46701740635"),
    ("(11) 91234-5678", ("BR",), "(11) 91234-5678", "+5511912345678"),
    ("0532 123 45 67", ("TR",), "0532 123 45 67", "+905321234567"),
    ("03-1234-5678", ("JP",), "03-1234-5678", "+81312345678"),
    ("138 0013 8000", ("CN",), "138 0013 8000", "+8613800138000"),
    ("010-1234-5678", ("KR",), "010-1234-5678", "+821012345678"),
    ("050 123 4567", ("AE",), "050 123 4567", "+971501234567"),
    ("081 234 5678", ("TH",), "081 234 5678", "+66812345678"),
    ("98765 43210", ("IN",), "98765 43210", "+919876543210"),
    ("0491 570 156", ("AU",), "0491 570 156", "+61491570156"),
    # Reserved for fiction: no country's plan lists them, but they are written as phone numbers are
    ("07700 900123", ("GB",), "07700 900123", "+447700900123"),
    # Announced by a word, whatever the country
    ("Tel.: 0601 234 567", (), "0601 234 567", "0601234567"),
    ("call 555-0100", (), "555-0100", "5550100"),
    ("Call or text us at 206-555-0100.", (), "206-555-0100", "2065550100"),
    ("Customer service: 0800 330 1000", (), "0800 330 1000", "08003301000"),
    ("You can reach us on 206-555-0100", (), "206-555-0100", "2065550100"),
    ("Kundenservice 0800 330 1000 (kostenlos)", (), "0800 330 1000", "08003301000"),
    ("Sie erreichen uns telefonisch unter 0601 234567", (), "0601 234567", "0601234567"),
    ("appelez-nous au 01 99 00 12 34", (), "01 99 00 12 34", "0199001234"),
    ("llámenos al 612 345 678", (), "612 345 678", "612345678"),
    ("chiamateci al numero 333 1234567", (), "333 1234567", "3331234567"),
    ("bel ons op 06 12345678", (), "06 12345678", "0612345678"),
    ("proszę dzwonić pod numer 601 234 567", (), "601 234 567", "601234567"),
    ("ring oss på 070-174 06 35", (), "070-174 06 35", "0701740635"),
    ("ligue para 11 91234-5678", (), "11 91234-5678", "11912345678"),
    ("bizi arayın: 0532 123 45 67", (), "0532 123 45 67", "05321234567"),
    ("お電話は03-1234-5678まで", (), "03-1234-5678", "0312345678"),
    ("电话13800138000", (), "13800138000", "13800138000"),
    ("전화번호 010-1234-5678", (), "010-1234-5678", "01012345678"),
    ("اتصل بنا على 0501234567", (), "0501234567", "0501234567"),
    ("โทร 081-234-5678", (), "081-234-5678", "0812345678"),
    ("कॉल करें 98765 43210", (), "98765 43210", "9876543210"),
    ("tel0601234567", (), "0601234567", "0601234567"),
    ("WhatsApp 48601234567", (), "48601234567", "+48601234567"),
    ("0601 234 567 (WhatsApp)", (), "0601 234 567", "0601234567"),
    # In one piece
    ("Anna 601234567", ("PL",), "601234567", "+48601234567"),
    ("Anna 017612345678", ("DE",), "017612345678", "+4917612345678"),
]


@pytest.mark.parametrize(("text", "countries", "written", "number"), PHONES)
def test_phone(text: str, countries: tuple[str, ...], written: str, number: str) -> None:
    found = contacts(text, *countries)
    assert shown(text, found.phones) == [(written, number)]
    assert not found.phones[0].obfuscated


# Text, countries, what is written, E.164 or digits.
DISGUISED_PHONES = [
    ("call 5 5 5 - 0 1 0 0", (), "5 5 5 - 0 1 0 0", "5550100"),
    ("2 0 6 5 5 5 0 1 0 0", ("US",), "2 0 6 5 5 5 0 1 0 0", "+12065550100"),
    ("+4 8 6 0 1 2 3 4 5 6 7", (), "+4 8 6 0 1 2 3 4 5 6 7", "+48601234567"),
    ("2-0-6-5-5-5-0-1-0-0", ("US",), "2-0-6-5-5-5-0-1-0-0", "+12065550100"),
    ("two zero six five five five oh one zero zero", ("US",), "*", "+12065550100"),
    ("two zero six, double five five, 01 zero zero", ("US",), "*", "+12065550100"),
    ("null eins sieben sechs eins zwei drei vier fünf sechs sieben acht", ("DE",), "*", "+4917612345678"),
    ("sześć zero jeden dwa trzy cztery pięć sześć siedem", ("PL",), "*", "+48601234567"),
    ("plus four eight six zero one two three four five six seven", (), "*", "+48601234567"),
    ("seis uno dos tres cuatro cinco seis siete ocho", ("ES",), "*", "+34612345678"),
    ("一三八零零一三八零零零", ("CN",), "*", "+8613800138000"),
    ("call O6O1 234 567", (), "O6O1 234 567", "0601234567"),
    ("0l76 l234 5678", ("DE",), "*", "+4917612345678"),
    ("①②③ call ⑥⓪① ②③④ ⑤⑥⑦", ("PL",), "⑥⓪① ②③④ ⑤⑥⑦", "+48601234567"),
    ("+⁴⁸ ⁶⁰¹ ²³⁴ ⁵⁶⁷", (), "*", "+48601234567"),
    ("+48 6\u200b01 23\u200b4 567", (), "*", "+48601234567"),
    ("+48 60１ 23４ 567", (), "*", "+48601234567"),
]


@pytest.mark.parametrize(("text", "countries", "written", "number"), DISGUISED_PHONES)
def test_disguised_phone(text: str, countries: tuple[str, ...], written: str, number: str) -> None:
    found = contacts(text, *countries)
    assert shown(text, found.phones) == [(text if written == "*" else written, number)]
    assert found.phones[0].obfuscated


NO_PHONES = [
    "Your order 305-1234567-1234567 was packed",
    "305 1234567 1234567",
    "tracking number 1Z999AA10123456784",
    "DHL 00340434123456789012",
    "Sendungsnummer 123456789012",
    "EAN 4006381333931",
    "4006381333931",
    "Artikelnummer 601234567",
    "nr 601234567",
    "No. 2065550100",
    "#2065550100",
    "Kundennummer: 601 234 567",
    "VAT DE123456789, HRB 123456",
    "IBAN DE89 3704 0044 0532 0130 00",
    "4111 1111 1111 1111",
    "from 2026-11-01 10:00 to 2026-11-05 17:00",
    "01.11.2026 - 05.11.2026",
    "12.50 EUR, 13.99 EUR and 45.00 EUR",
    "1.234.567,89",
    "10 20 30 40 50",
    "sizes 1 2 3 4 5 6 7 8 9",
    "scores 5-4-5-3-4",
    "30 x 40 x 50 cm, 1200 g, 230 V",
    "192.168.100.200",
    "52.229700, 21.012200",
    "https://shop.example/p/2065550100?x=601234567",
    "iPhone 15 Pro 256 GB and 601 23",
    "call of duty 2042",
    "phone case 12345678",
    "a phone number with 9 digits",
    "3 to 5 working days, 24/7, 100 %",
    "S/N 1234567890",
    "B0ABCDEFG1 and B0ABCDEFG2",
    "one two three four five six seven eight",
    "one of the two, three or four",
    "Ticket 2065550100",
    "7f1d2c3b-0a1b-4c2d-8e3f-012345678901",
    "10000000 points",
    "$2065550100",
    "1234567 1234567",
    "version 10.2.113.4567",
    "QQ: 123456789",
    "+5 stars +1 2 3",
    "00-950 Warszawa, ul. Polna 12/34",
    "phone holder 2 pcs 123456789",
    "0800-1600 Uhr",
    "Amount: 123 456 789",
    "123 456 789 VND",
    "Tel Aviv 6701101",
    "mobile home park 1234567",
    "cell battery CR2032 3V 10 pcs 1234567",
    "MAC 00:1A:2B:3C:4D:5E",
    "+10 °C to +40 °C",
    "Order of 2 sets: 12-13-14 mm, 15-16-17 mm, 18-19-20 mm",
    "登録番号 T1234567890123",
    "org.nr 556677-8899",
    "Faktura VAT nr 123/11/2026",
]


@pytest.mark.parametrize("text", NO_PHONES)
def test_no_phone(text: str) -> None:
    assert contacts(text, "US", "DE", "PL").phones == ()


@pytest.mark.parametrize("text", ["(206) 555-0100", "601 234 567", "030 23125 000", "555-0100"])
def test_local_notation_needs_a_country_or_a_word(text: str) -> None:
    assert contacts(text).phones == ()


def test_several_numbers() -> None:
    text = "call 601 234 567 / 602 345 678 or +49 30 23125000; order 305-1234567-1234567"
    assert shown(text, contacts(text, "PL").phones) == [
        ("601 234 567", "+48601234567"),
        ("602 345 678", "+48602345678"),
        ("+49 30 23125000", "+493023125000"),
    ]


def test_announced_numbers_are_surer() -> None:
    plain = contacts("Anna 601234567", "PL").phones[0]
    announced = contacts("Tel. 601234567", "PL").phones[0]
    assert announced.confidence > plain.confidence
    assert (plain.detail, announced.detail) == ("", "announced")


def test_more_digits_than_are_read_is_said() -> None:
    text = "601 234 567, " * (MAX_RUNS + 1)
    found = contacts(text, "PL")
    assert not found.complete
    assert len(found.phones) == MAX_RUNS
    assert contacts("601 234 567", "PL").complete


# --- messengers -------------------------------------------------------------------------------------------------------

# Text, what is written, service, handle.
MESSENGERS = [
    # With a handle
    ("our telegram is @shop_x", "telegram is @shop_x", "telegram", "@shop_x"),
    ("add me on WeChat: mugs123", "WeChat: mugs123", "wechat", "mugs123"),
    ("WeChat ID mugshop", "WeChat ID mugshop", "wechat", "mugshop"),
    ("微信：mugs88", "微信：mugs88", "wechat", "mugs88"),
    ("我的微信号是 mugs88", "微信号是 mugs88", "wechat", "mugs88"),
    ("VX: mugs88", "VX: mugs88", "wechat", "mugs88"),
    ("LINE ID: mugs88", "LINE ID: mugs88", "line", "mugs88"),
    ("LINE: @mugs", "LINE: @mugs", "line", "@mugs"),
    ("แอดไลน์ @mugs", "ไลน์ @mugs", "line", "@mugs"),
    ("Skype: mugs.shop", "Skype: mugs.shop", "skype", "mugs.shop"),
    ("Discord: mugs#1234", "Discord: mugs#1234", "discord", "mugs#1234"),
    ("IG: @mugs", "IG: @mugs", "instagram", "@mugs"),
    ("insta: mug_shop", "insta: mug_shop", "instagram", "mug_shop"),
    ("@mugs on Telegram", "@mugs on Telegram", "telegram", "@mugs"),
    ("QQ: 123456789", "QQ: 123456789", "qq", "123456789"),
    ("카톡 아이디: mugshop", "카톡 아이디: mugshop", "kakaotalk", "mugshop"),
    # With a number
    ("WhatsApp: +48 601 234 567", "WhatsApp: +48 601 234 567", "whatsapp", "+48601234567"),
    ("WhatsApp us at +48 601 234 567", "WhatsApp us at +48 601 234 567", "whatsapp", "+48601234567"),
    ("+48 601 234 567 (WhatsApp)", "+48 601 234 567 (WhatsApp)", "whatsapp", "+48601234567"),
    ("Viber +48 601 234 567", "Viber +48 601 234 567", "viber", "+48601234567"),
    ("Zalo: 0912 345 678", "Zalo: 0912 345 678", "zalo", "+84912345678"),
    ("Signal: +48 601 234 567", "Signal: +48 601 234 567", "signal", "+48601234567"),
    # With a link
    ("Instagram: https://instagram.example/mugs", "*", "instagram", "mugs"),
    ("wa.me/48601234567", "*", "whatsapp", "+48601234567"),
    ("WhatsApp: https://wa.me/48601234567", "https://wa.me/48601234567", "whatsapp", "+48601234567"),
    ("https://t.me/mug_shop", "*", "telegram", "mug_shop"),
    ("https://lin.ee/AbCd", "*", "line", "AbCd"),
    ("whatsapp://send?phone=48601234567", "*", "whatsapp", "+48601234567"),
    # With an invitation
    ("DM us on Instagram", "Instagram", "instagram", ""),
    ("Please scan to add WeChat", "WeChat", "wechat", ""),
    ("Write to us on WhatsApp.", "WhatsApp", "whatsapp", ""),
    ("You can reach us via Telegram", "Telegram", "telegram", ""),
    ("chat with us on Facebook", "Facebook", "messenger", ""),
    ("join our Discord", "Discord", "discord", ""),
    ("Schreiben Sie uns gerne auf WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Erreichbar auch über Signal", "Signal", "signal", ""),
    ("contactez-nous sur WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Escríbenos por WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Contattateci su Telegram", "Telegram", "telegram", ""),
    ("Stuur ons een bericht via WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Napisz do nas na WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Skriv till oss på Messenger", "Messenger", "messenger", ""),
    ("Fale conosco pelo WhatsApp", "WhatsApp", "whatsapp", ""),
    ("Bize WhatsApp üzerinden yazın", "WhatsApp", "whatsapp", ""),
    ("公式LINE友だち追加はこちら", "公式LINE", "line", ""),
    ("LINEで友だち追加してください", "LINE", "line", ""),
    ("请加我微信", "微信", "wechat", ""),
    ("카카오톡으로 문의주세요", "카카오톡", "kakaotalk", ""),
    ("تواصل معنا عبر واتساب", "واتساب", "whatsapp", ""),
    ("व्हाट्सएप पर संपर्क करें", "व्हाट्सएप", "whatsapp", ""),
    ("ทักไลน์มาได้เลย", "ไลน์", "line", ""),
    ("Siga-nos no Instagram", "Instagram", "instagram", ""),
    ("Seguici su Instagram", "Instagram", "instagram", ""),
    ("Obserwuj nas na Instagramie", "Instagramie", "instagram", ""),
    ("Unsere WhatsApp-Nummer: 0176 12345678", "WhatsApp-Nummer: 0176 12345678", "whatsapp", "017612345678"),
    ("follow our Instagram page", "Instagram", "instagram", ""),
    # In disguise
    ("Wh\u200bats\u200bApp: +48 601 234 567", "*", "whatsapp", "+48601234567"),
    ("Write to us on ＷｈａｔｓＡｐｐ", "ＷｈａｔｓＡｐｐ", "whatsapp", ""),
    ("add us on WhаtsАрр", "WhаtsАрр", "whatsapp", ""),
]


@pytest.mark.parametrize(("text", "written", "service", "handle"), MESSENGERS)
def test_messenger(text: str, written: str, service: str, handle: str) -> None:
    found = contacts(text, "PL", "VN").messengers
    assert shown(text, found) == [(text if written == "*" else written, handle)]
    assert found[0].detail == service


NO_MESSENGERS = [
    "Line 6 amplifier",
    "See line 12345678 of the invoice",
    "subject line",
    "drop us a line",
    "the signal is weak",
    "Signal: strong",
    "case for Skype phone",
    "Instagram-ready mug",
    "A mug with the WhatsApp logo",
    "WhatsApp: available",
    "compatible with Skype, Discord and Zoom",
    "We do not use WhatsApp",
    "Please do not contact us via WhatsApp",
    "Wir bieten keinen Support über WhatsApp",
    "WhatsAppではご連絡できません",
    "不提供微信客服",
    "the Telegram font poster",
    "Please add the telegram form to the box",
    "Don't contact us on WhatsApp",
    "Nous ne répondons pas sur WhatsApp",
    "No atendemos por WhatsApp",
    "Non rispondiamo su WhatsApp",
    "Nie odpisujemy na WhatsApp",
    "Não atendemos pelo WhatsApp",
    "TikTok light strip",
    "Instagram frame prop 30x40",
    "Your Facebook camera, model 3",
    "Facebook Portal stand",
    "shipped from WA state",
    "Kakao cocoa powder",
    "tg 7",
    "Discord headset for gaming",
    "This sticker says: Follow me",
    "Snapchat yellow",
    "Messenger bag in black",
    "share the photo on Instagram",
    "The app works with WhatsApp. Add two batteries.",
    "see https://shop.example/whatsapp-sticker",
]


@pytest.mark.parametrize("text", NO_MESSENGERS)
def test_no_messenger(text: str) -> None:
    assert contacts(text, "US", "DE", "PL").messengers == ()


def test_a_number_beside_a_messenger_is_both() -> None:
    text = "WhatsApp: +48 601 234 567"
    found = contacts(text)
    assert shown(text, found.phones) == [("+48 601 234 567", "+48601234567")]
    assert shown(text, found.messengers) == [(text, "+48601234567")]


def test_a_chat_link_is_a_messenger_only() -> None:
    found = contacts("https://wa.me/48601234567", "PL")
    assert found.phones == ()
    assert len(found.messengers) == 1


# --- all of them ------------------------------------------------------------------------------------------------------

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


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("We attach your invoice. +48 601 234 567", "+48 601 234 567"),
        ("Your invoice: +48 601 234 567", "+48 601 234 567"),
        ("We attach your invoice. 601 234 567", "601 234 567"),
        ("Invoice no. 601 234 567", None),
        ("Numer faktury 601 234 567", None),
        ("Sendungsnr. 601234567", None),
    ],
)
def test_a_label_reaches_no_further_than_its_sentence_and_no_label_takes_a_plus_sign(
    text: str, phone: str | None
) -> None:
    found = find_contacts(Reading("text", text, text), ("PL",)).phones
    assert [text[contact.start : contact.end] for contact in found] == ([phone] if phone else [])
