"""Addresses with spoken slashes, small capitals, sounds for endings; files and types that look like hosts."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.finding import find_text_links
from tests.contact_reading import contacts


def targets(text: str) -> list[str]:
    return [f"{link.link.ascii_host}{link.link.path}" for link in find_text_links(ContactView(text))]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("the diagram lives at hitchplugs dot info slash seven-pin, page two", "hitchplugs.info/seven-pin"),
        ("Please open help dot mugworks dot in slash setup in your browser", "help.mugworks.in/setup"),
        ("open mugworks dot in, the video is there", "mugworks.in"),
        ("Videos unter teekannen-kiel punkt de slash video", "teekannen-kiel.de/video"),
        ("instrukcja jest na kubki-krakow kropka pl ukośnik mycie", "kubki-krakow.pl/mycie"),
        ("www ㆍ dolsot-gongbang ㆍ com 에 영상이 있습니다", "dolsot-gongbang.com"),
        ("조립 방법은 dalbitmug닷컴에 있습니다", "dalbitmug.com"),
        ("auf MUG.de steht es", "mug.de"),
    ],
)
def test_links(text: str, target: str) -> None:
    assert targets(text) == [target]


@pytest.mark.parametrize(
    "text",
    [
        "rename index.py to main.py, leave build.rs and run.pl alone",
        "the script is called tools.pl",
        "Passend sind die Typen TX.de und TX.at, auf Ihrem steht TX.de.",
        "le modèle RX.fr et non RX.de",
        "아마존닷컴에서 주문하신 상품",
        "the room on the left dot in the plan",
        "press slash setup, then dot in",
    ],
)
def test_no_links(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Mail pics to → ꜱᴀᴅᴅʟᴇ@ʀɪᴏʟᴇᴀᴛʜᴇʀ.ᴄᴏᴍ", "saddle@rioleather.com"),
        ("im nora.makes on gmail, send the name there", "nora.makes@gmail"),
        ("soy nora.cose en gmail, escríbame", "nora.cose@gmail"),
    ],
)
def test_emails(text: str, address: str) -> None:
    assert [email.normalized for email in contacts(text).emails] == [address]


@pytest.mark.parametrize("text", ["the sheet lives at hitchplugs dot info slash seven", "it is hosted at mug dot com"])
def test_a_place_is_no_mailbox(text: str) -> None:
    assert not contacts(text).emails
