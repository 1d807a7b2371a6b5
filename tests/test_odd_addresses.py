"""Addresses written around filters: spoken endings, signs of all kinds around "at" and "dot", letters apart."""

from __future__ import annotations

import pytest

from msgpolicy.facts.links.finding import find_text_links
from msgpolicy.facts.spans import Reading
from tests.contact_reading import contacts, shown

ADDRESS = "anna@kettlecorner.com"


@pytest.mark.parametrize(
    "written",
    [
        "anna-at-kettlecorner-dot-com",
        "anna_at_kettlecorner_dot_com",
        "anna_arroba_kettlecorner_punto_com",
        'anna "at" kettlecorner "dot" com',
        "anna 'at' kettlecorner 'dot' com",
        "anna “at” kettlecorner “dot” com",
        "anna « at » kettlecorner « dot » com",
        "anna ((at)) kettlecorner ((dot)) com",
        "anna【at】kettlecorner【dot】com",
        "anna~at~kettlecorner~dot~com",
        "anna=at=kettlecorner=dot=com",
        "anna/at/kettlecorner/dot/com",
        "anna\\at\\kettlecorner\\dot\\com",
        "anna (ät) kettlecorner (pkt) com",
        "anna at kettlecorner dotcom",
        "anna собака kettlecorner точка ком",
        "anna アット kettlecorner ドット コム",
        "anna 골뱅이 kettlecorner 닷컴",
        "anna آت kettlecorner دوت كوم",
        "anna ऐट kettlecorner डॉट कॉम",
        "anna แอท kettlecorner ดอท คอม",
        "a n n a @ k e t t l e c o r n e r . c o m",
    ],
)
def test_email(written: str) -> None:
    text = f"My address: {written}"
    assert shown(text, contacts(text).emails) == [(written, ADDRESS)]


def test_signs_of_a_name_are_spoken() -> None:
    text = "My address: anna underscore k at gmail dot com"
    assert shown(text, contacts(text).emails) == [("anna underscore k at gmail dot com", "anna_k@gmail.com")]


@pytest.mark.parametrize(
    "written",
    [
        "kettlecorner-dot-com",
        "kettlecorner 'dot' com",
        'kettlecorner "." com',
        "kettlecorner dotcom",
        "kettlecorner dot-com",
        "kettlecorner точка ком",
        "kettlecorner ドット コム",
        "kettlecorner 닷컴",
        "www kettlecorner com",
        "w w w kettlecorner com",
        "www,kettlecorner,com",
        "kettlecorner*com",
        "kettlecorner|com",
        "kettlecorner\\.com",
        "kettlecorner(com)",
        "k e t t l e c o r n e r . c o m",
    ],
)
def test_link(written: str) -> None:
    text = f"Have a look on {written}"
    (link,) = find_text_links(Reading("text", text, text))
    assert text[link.start : link.end] == written
    assert link.link.registrable == "kettlecorner.com"
    assert link.link.obfuscated


@pytest.mark.parametrize(
    "text",
    [
        "Bu nokta com olarak yazıldı.",
        "هذه نقطة com المنفذ",
        "A vida na loja, com frete",
        "Na loja Azul,com frete",
        "We look at dot-matrix printers and dot-to-dot books.",
        "up-at-dawn, end-to-end, dot-by-dot",
        "A B C D E F. G h i",
        "The www stands for world wide web.",
        "It works with com(1) and net(2) ports.",
        "The sizes are S M L X. x l",
    ],
)
def test_no_address(text: str) -> None:
    assert contacts(text).emails == ()
    assert find_text_links(Reading("text", text, text)) == []
