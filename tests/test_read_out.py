"""Numbers that are read out: hundreds, "then", "double", figures among words; and what only counts."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.contacts.read_out import read_out_runs
from msgpolicy.facts.contacts.view import ContactView
from tests.contact_reading import contacts, shown
from tests.growth import assert_linear


def readings(text: str) -> list[str]:
    return [run.digits for runs in read_out_runs(ContactView(text), bytearray(len(text))) for run in runs]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("sześćset jeden, pięćset pięćdziesiąt pięć, osiemset dwadzieścia", "601555820"),
        ("szescset jeden piecset piecdziesiat piec osiemset dwadziescia", "601555820"),
        ("sıfır beş yüz otuz iki beş yüz elli beş sıfır iki on yedi", "05325550217"),
        ("seiscientos doce, trescientos cuarenta, ciento sesenta y seis", "612340166"),
        ("novecentos e doze, quinhentos e cinquenta e cinco, zero setenta e três", "912555073"),
        ("trecentoquarantasette, cinquantacinque, cinquantadue, diciotto, zero", "3475552180"),
        ("null hundertsiebzig zwei drei vier fünf sechs sieben acht", "01702345678"),
        ("zéro quatre cent septante, vingt-cinq, trente et un, douze", "0470253112"),
        ("восемь девятьсот шестнадцать, пятьсот пятьдесят пять, ноль один, двадцать три", "89165550123"),
        ("one eight hundred five five five oh one two one", "18005550121"),
        ("oh seven seven double oh, nine hundred, three one four", "07700900314"),
        ("five oh three, triple five, oh one double seven", "5035550177"),
        ("अट्ठानवे तीस शून्य पचपन पचास एक", "983005550" + "1"),
        ("không chín một hai, năm năm năm, không ba tám", "0912555038"),
        ("nol delapan satu dua, lima lima lima, nol satu dua tiga", "08125550123"),
        ("o-drei-o, dann 23 12 5, dann sechs-fünf-zwo", "03023125652"),
        ("4 then 0 then 4, next triple 5, then 0, 1, 5, 2", "4045550152"),
        ("503, then 555, and last 0177", "5035550177"),
        ("138，中间5550，最后0396", "13855500396"),
        ("090の5550の1234", "09055501234"),
        ("612 espacio 340 espacio 166", "612340166"),
        ("0 double 7 double 0 9 double 0 3 1 4", "07700900314"),
        ("nine eight teen zero zero paanch five five zero ek", "9830055501"),
    ],
)
def test_what_is_read(text: str, digits: str) -> None:
    assert digits in readings(text)


@pytest.mark.parametrize(
    ("before", "written", "behind", "country"),
    [
        ("Ring ", "0 - 1 - 1 - 4, then 4 9 6, then 0 8 2 3", " after six", "GB"),
        ("its ", "4 then 0 then 4, next triple 5, then 0, 1, 5, 2", ". call & ask for Lou", "US"),
        ("my no. is ", "nine eight triple zero, four three two one zero", ", call", "IN"),
        ("dzwoń pod ", "sześćset jeden - 555 - osiemset dwadzieścia", ".", "PL"),
        ("Meine Nummer: ", "o-drei-o, dann 23 12 5, dann sechs-fünf-zwo", ". Bitte anrufen", "DE"),
        ("call ", "(503) five five five - 0177", "", "US"),
        ("", "〇九〇−五五五〇−一二三四", "にお電話ください", "JP"),
        ("", "0six 39 98 0deux 14", " pour m'appeler", "FR"),
        ("Call ", "five oh three, five five five, oh one seven seven", ". Two of us pick up", "US"),
    ],
)
def test_places(before: str, written: str, behind: str, country: str) -> None:
    text = before + written + behind
    ((found, _),) = shown(text, contacts(text, country).phones)
    assert found == written


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("zweihundert, dreihundert, fünfhundertfünfzig oder siebenhundert Gramm?", "DE"),
        ("cent, deux cents, trois cent cinquante ou cinq cents grammes", "FR"),
        ("un deux trois quatre cinq six sept : sept pièces", "FR"),
        ("page 12 and then 34 and then 56 and then 79 of the manual", "US"),
        ("First 10 then 20 then 3000", "DE"),
        ("the numbers 503, then 555, then 177 are engraved", "US"),
        ("Beads per row: 5, 0, 3, 5, 5, 5, 0, 1, 7, 7 and again", "US"),
        ("śruby: sześć po pięć, siedem po osiem, dwie po trzy i jedna po cztery", "PL"),
        ("The serial reads five zero three five five five zero one seven seven", "US"),
        ("30 23125000 then 12 lamps", "GB"),
    ],
)
def test_what_counts_is_no_number(text: str, country: str) -> None:
    assert contacts(text, country).phones == ()


@pytest.mark.parametrize("flood", ["5 then ", "five hundred ", "double 5, ", "0 dann 1 und ", "nulleins", "の5"])
def test_work_grows_with_the_text(flood: str) -> None:
    assert_linear(lambda size: flood * size, lambda text: find_contacts(ContactView(text), ("US",)), 300)
