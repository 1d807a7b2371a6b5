"""Phone numbers in groups with odd signs, line breaks or words between them, and what only looks so."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts, shown

MOBILE = "+491713920012"

PARTED = [
    "0171*392*0012",
    "0171|392|0012",
    "0171:3920012",
    "0171=3920012",
    "0171#3920012",
    "0171\\3920012",
    "0171'3920'012",
    "0171;392;0012",
    "0171 … 392 … 0012",
    "{0171}{392}{0012}",
    "[0][1][7][1][3][9][2][0][0][1][2]",
    '"0" "1" "7" "1" "3" "9" "2" "0" "0" "1" "2"',
    "0; 1; 7; 1; 3; 9; 2; 0; 0; 1; 2",
    "0→1→7→1→3→9→2→0→0→1→2",
    "0\t1\t7\t1\t3\t9\t2\t0\t0\t1\t2",
    "0 1 7 1 . . . 3 9 2 0 0 1 2",
    "0\n1\n7\n1\n3\n9\n2\n0\n0\n1\n2",
    "0171\n392\n0012",
    "0171\n3920012",
    "0171 3920\n012",
    "0171 und dann 3920012",
    "0171, dann 392, dann 0012",
    "0171 then 392 and then 0012",
    "0171 puis 392 puis 0012",
    "plus 49 171 3920012",
    "plus49 171 3920012",
    "plus vierneun 171 3920012",
    "49 171 3920012",
    "nulleinssiebeneinsdreineunzweinullnulleinszwei",
    "zeroOneSevenOneThreeNineTwoZeroZeroOneTwo",
    "0171 39200one2",
    "0171-three9two-0zero12",
    "0171\n3 9 two 0 0 one 2",
    "O I 7 I 3 9 2 0 0 1 2",
    "🄌➊➐➊➌➒➋🄌🄌➊➋",
]


@pytest.mark.parametrize("written", PARTED)
def test_parted(written: str) -> None:
    text = f"Bei Fragen: {written}"
    assert shown(text, contacts(text, "DE").phones) == [(written, MOBILE)]


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("電話は 〇九〇の一二三四の五六七九 です", "JP", "+819012345679"),
        ("전화 공일공에 일이삼사에 오육칠구", "KR", "+821012345679"),
        ("电话 1、3、8、1、2、3、4、5、6、7、9", "CN", "+8613812345679"),
        ("शून्य नौ आठ सात छह पांच चार तीन दो एक शून्य", "IN", "+919876543210"),
    ],
)
def test_parted_in_other_languages(text: str, country: str, number: str) -> None:
    (phone,) = contacts(text, country).phones
    assert phone.normalized == number


@pytest.mark.parametrize(
    "text",
    [
        "Scores: 3; 5; 4; 5; 3; 4; 5; 2",
        "A=1; B=3; C=5; D=2; E=7; F=9; G=4",
        "0% 17% 39% 20% 12%",
        "12:30; 13:45; 14:00; 15:15",
        "0.5; 0.7; 1.2; 0.9",
        "0800-1700; 0900-1300",
        "1\n2\n1\n19\n3\n4\n10",
        "2026\n11\n17\n18:20",
        "Boxes [1] [4] [2] hold cups, [7] [9] [3] [5] plates",
        "First 10 then 20 then 3000",
        "sevenoneone, onetwo and threefour",
        "10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0",
    ],
)
def test_no_number(text: str) -> None:
    assert contacts(text, "DE").phones == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tel. 030 23125000\n10115 Berlin", "030 23125000"),
        ("Tel. 030 23125000; 12 lamps", "030 23125000"),
        ("Tel. 030 23125000 then 12 lamps", "030 23125000"),
    ],
)
def test_what_follows_stays_outside(text: str, written: str) -> None:
    assert shown(text, contacts(text, "DE").phones) == [(written, "+493023125000")]


@pytest.mark.parametrize("word", ["Zählernummer", "Kundnr", "garantienummer"])
def test_a_compound_says_what_a_number_is(word: str) -> None:
    assert contacts(f"{word} 0171 3920012", "DE").phones == ()


@pytest.mark.parametrize("word", ["Privatnummer", "Telefonnr", "Handynummer", "kontaktnummer"])
def test_a_compound_of_telephones(word: str) -> None:
    assert len(contacts(f"{word} 0171 3920012", "DE").phones) == 1
