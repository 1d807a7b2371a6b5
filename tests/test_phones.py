"""Phone numbers in a text, however they are written, and what only looks like them."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.phones import MAX_RUNS
from tests.contact_reading import contacts, shown

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
    ("08-465 004 28", ("SE",), "08-465 004 28", "+46846500428"),
    ("+46 31 390 06 12", (), "+46 31 390 06 12", "+46313900612"),
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


@pytest.mark.parametrize(
    "behind", [" I will answer", "!", " | Anna", " is ours", "|", " SSO", ", 2 to 3 days", " one day"]
)
def test_what_follows_a_number_is_no_part_of_it(behind: str) -> None:
    text = "+49 30 901820" + behind
    (phone,) = contacts(text).phones
    assert shown(text, (phone,)) == [("+49 30 901820", "+4930901820")]
    assert not phone.obfuscated


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
    # Digit by digit, whatever the signs in between
    ("+ . 4 . 8 . 6 . 0 . 1 . 2 . 3 . 4 . 5 . 6 . 7", (), "*", "+48601234567"),
    ("call 0, 6, 0, 1, 2, 3, 4, 5, 6, 8, then ask", ("NL",), "0, 6, 0, 1, 2, 3, 4, 5, 6, 8", "0601234568"),
    ("0*9*0*1*2*3*0*3*8*0*5", ("JP",), "*", "+819012303805"),
    ("番号に0 9 0 1 2 3 0 3 8 0 5まで", ("JP",), "0 9 0 1 2 3 0 3 8 0 5", "+819012303805"),
    # Keycaps with their frames
    ("6️⃣0️⃣1️⃣ 2️⃣3️⃣4️⃣ 5️⃣6️⃣7️⃣", ("PL",), "*", "+48601234567"),
    # Letters for digits, not those of the words around
    ("+4B 6OI Z34 S67", (), "*", "+48601234567"),
    ("6OI Z34 567", ("PL",), "*", "+48601234567"),
    ("so 6OI Z34 567 I see", ("PL",), "6OI Z34 567", "+48601234567"),
    ("ring 6OI Z34 S67 in Oslo", ("PL",), "6OI Z34 S67", "+48601234567"),
    ("oI76 iz34 S678", ("DE",), "*", "+4917612345678"),
    ("+4g I76 12B4S678", (), "*", "+4917612845678"),
    # Repeated, in pairs, half in words
    ("zero one seven six triple one four five six seven eight", ("DE",), "*", "+4917611145678"),
    ("sześć zero jeden 2 3 cztery 5 6 7", ("PL",), "*", "+48601234567"),
    ("6 0 jeden 2 3 4 5 6 7", ("PL",), "*", "+48601234567"),
    ("null-eins-sieben-sechs zwölf vierunddreißig sechsundfünfzig achtundsiebzig", ("DE",), "*", "+4917612345678"),
    ("null eins sieben sechs zwoelf fuenfunddreissig 56 78", ("DE",), "*", "+4917612355678"),
    ("zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit", ("FR",), "*", "+33612345678"),
    ("zéro six douze quatre-vingt-quatre soixante et onze vingt et un", ("FR",), "*", "+33612847121"),
    (
        "seiscientos no: seis doce treinta y cuatro cincuenta y seis setenta y ocho",
        ("ES",),
        "seis doce treinta y cuatro cincuenta y seis setenta y ocho",
        "+34612345678",
    ),
    ("tre tre tre ventuno trentotto quarantacinque sei", ("IT",), "*", "+393332138456"),
    ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", ("NL",), "*", "+31612345678"),
    ("szescdziesiat jeden dwadziescia trzy czterdziesci piec szescdziesiat siedem 0", ("PL",), "*", "+48612345670"),
    ("noll sju noll ett sju fyra noll sex trettiofem", ("SE",), "*", "+46701740635"),
    ("nove um dois três quatro cinco meia sete oito", ("PT",), "*", "+351912345678"),
    ("sıfır beş otuziki on iki otuz dört elli altı 7", ("TR",), "*", "+905321234567"),
    ("プラス八一 九〇一二三四五六七八", (), "*", "+819012345678"),
    (
        "に ぜろきゅうぜろ いちにさんよん ごろくななはち",
        ("JP",),
        "ぜろきゅうぜろ いちにさんよん ごろくななはち",
        "+819012345678",
    ),
    ("幺三八零零幺三八零零两", ("CN",), "*", "+8613800138002"),
    ("공일공 일이삼사 오육칠팔", ("KR",), "*", "+821012345678"),
    ("صفر خمسة صفر واحد وثلاثة اثنين أربعة خمسة ستة وسبعة", ("AE",), "*", "+971501324567"),
    ("ศูนย์แปดหนึ่ง สองสามสี่ ห้าหกเจ็ดแปด", ("TH",), "*", "+66812345678"),
    ("नौ आठ सात छह पांच चार एक दो तीन शून्य", ("IN",), "*", "+919876541230"),
    ("नाइन एट सेवन सिक्स फाइव फोर वन टू थ्री ज़ीरो", ("IN",), "*", "+919876541230"),
    ("nau aath saat chhe paanch chaar ek do teen shunya", ("IN",), "*", "+919876541230"),
]


@pytest.mark.parametrize(("text", "countries", "written", "number"), DISGUISED_PHONES)
def test_disguised_phone(text: str, countries: tuple[str, ...], written: str, number: str) -> None:
    found = contacts(text, *countries)
    assert shown(text, found.phones) == [(text if written == "*" else written, number)]
    assert found.phones[0].obfuscated


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("+48 6\u200b01 234 567", "+48 601 234 567"),
        ("⑥⓪① ②③④ ⑤⑥⑦", "601 234 567"),
        ("6OI Z34 S67", "601 234 567"),
        ("6 0 1 2 3 4 5 6 7", "601234567"),
        ("plus cztery osiem sześć zero jeden dwa trzy cztery 567", "+48601234567"),
        ("601 234 567", ""),
    ],
)
def test_a_disguise_is_read_out(text: str, read_as: str) -> None:
    (phone,) = contacts(text, "PL").phones
    assert (phone.normalized, phone.read_as) == ("+48601234567", read_as)


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
    "1Z 9AB CDE 12 3456 7890",
    "BE40 0447 4822 4067 is our account",
    "DPD 09538 3670 4502 37",
    "build 16.7.1219.6078",
    "04.15.2027 and 05.19.2027",
    "IS0 9001 and B2B sales 2025",
    "S0B-1105-Z230",
    "part B0S5-8812-SO1",
    "Ill Bill sold 100 bolts",
    "5, 4, 5, 3, 4, 5, 5",
    "one two, or three; double five",
    "two sets of four, one of six, five of 12",
    "I do not sat no do 5",
    "ein Paar und zwei oder drei, vier Stück zu acht",
    "un deux trois quatre cinq six sept",
    "二〇二六年十一月二十二日",
    "三千二百五十六個と七八個",
    "مقاس واحد او اثنين",
    "ten twenty thirty forty fifty",
    "Am 17.11.26 um 18:20 schrieb Anna",
    "le 17.11.26 un 18 20 une 45",
    "du 12 11 au 14 11, six ou sept",
    "12 30 do 14 45, 16 30 no 18 15",
]


@pytest.mark.parametrize("text", NO_PHONES)
def test_no_phone(text: str) -> None:
    assert contacts(text, "US", "DE", "PL").phones == ()


@pytest.mark.parametrize(
    "text",
    ["601 234 567", "555-0100", "23125 000", "12 34 56 78", "0601234567", "(206) 55", "2065550100", "123 4567 890123"],
)
def test_local_notation_needs_a_country_or_a_word(text: str) -> None:
    assert contacts(text).phones == ()


# Neither a country nor a word for phones: how it stands in the text.
UNKNOWN = [
    ("Any questions? 1706 2478", "1706 2478"),
    ("Für Rückfragen: 526 0852.", "526 0852"),
    ("Kind regards, Anna, 20 49 39 66", "20 49 39 66"),
    ("The lamp is on its way.\n\nAnna Weiss\nMugs & More\n526 0852\n", "526 0852"),
    ("Mugs & More, 601 234 567", "601 234 567"),
    ("Call us on working days between nine and five: 1706 2478", "1706 2478"),
    ("ご質問は1706 2478へ", "1706 2478"),
    ("궁금한 점은 1706 2478 으로", "1706 2478"),
    ("Saygılarımla, Anna, 0961 441990", "0961 441990"),
]


@pytest.mark.parametrize(("text", "written"), UNKNOWN)
def test_how_a_number_stands_tells_where_no_country_does(text: str, written: str) -> None:
    (phone,) = contacts(text).phones
    assert text[phone.start : phone.end] == written
    assert phone.confidence < 0.7  # a warning


@pytest.mark.parametrize("text", [text for text, written in UNKNOWN if len(written) < 10])
def test_it_does_not_where_a_country_is_known(text: str) -> None:
    assert contacts(text, "PL").phones == ()


@pytest.mark.parametrize(
    "text",
    [
        "Any questions about the sizes 1200 1500?",
        "Problem: 220-4410 is out of stock.",
        "Questions about 2019, 2020, 2021 2022",
        "Help with lot 4521 8890.",
        "Sizes: 34 36 38 40, 12 34 56 78.",
        "Your order number is 1706 2478. Any questions?",
        "Kind regards\nAnna\n2019 2020",
        "Questions? Lamps of 1200 1500",
        "Dust the lamp.\n12345678",
        "601 234 567",
    ],
)
def test_other_digits_where_no_country_is_known(text: str) -> None:
    assert contacts(text).phones == ()


@pytest.mark.parametrize("text", ["(206) 555-0100", "206-555-0100", "030 2312 5000", "030/23125000", "01.99.00.12.34"])
def test_what_is_written_as_a_phone_number_anywhere_is_one_for_all_that_is_known(text: str) -> None:
    (phone,) = contacts(text).phones
    assert shown(text, (phone,)) == [(text, "".join(filter(str.isdigit, text)))]
    assert phone.confidence < 0.7


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("Anna 34 43 25 83", "DK", "+4534432583"),
        ("Anna 40.68.00.64", "NO", "+4740680064"),
        ("Anna 601/17/98/66", "GN", "+224601179866"),
        ("Anna 080 / 120 / 0103", "ZA", "+27801200103"),
        ("call 48114", "SB", "+67748114"),
        ("Anna 26-169", "TO", "+67626169"),
    ],
)
def test_grouped_as_numbers_of_the_country_are(text: str, country: str, number: str) -> None:
    assert shown(text, contacts(text, country).phones) == [(text.partition(" ")[2], number)]


@pytest.mark.parametrize("text", ["sizes 34 36 38 40", "34 36 38 40", "call 48114", "23 24 25 26", "10 x 20"])
def test_sizes_and_short_numbers_are_none_where_numbers_are_longer(text: str) -> None:
    assert contacts(text, "DK", "DE").phones == ()


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
    assert not found.all_numbers
    assert len(found.phones) == MAX_RUNS
    assert contacts("601 234 567", "PL").all_numbers


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
    found = contacts(text, "PL").phones
    assert [text[contact.start : contact.end] for contact in found] == ([phone] if phone else [])
