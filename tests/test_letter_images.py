"""Images of letters are read where they stand."""

from __future__ import annotations

import pytest

from msgpolicy.facts.contacts.finding import find_contacts
from msgpolicy.facts.html.reading import read_html
from msgpolicy.facts.spans import Reading
from msgpolicy.linter import Linter
from msgpolicy.message import Message


def readings(html: str) -> list[Reading]:
    return read_html(html).readings("html", lambda index: None)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("anna<img alt='@'>shop<img alt='.'>com", "anna@shop.com"),
        ("<img alt='0'><img alt='1'> <img alt=' 7 '>", "01 7"),
        ("anna<IMG src=a.png ALT=at >shop", "annaatshop"),
        ("a<img alt=''>b<img>c<img alt='logo'>d<img alt='•'>e", "a b c d e"),
        ("<p><img alt='1'> Open</p><p><img alt='2'> Close</p>", "1 Open\n2 Close"),
    ],
)
def test_visible_text(html: str, text: str) -> None:
    assert readings(html)[0].text == text


def test_longer_ones_are_read_apart() -> None:
    assert [(reading.text, reading.shown) for reading in readings("a<img alt='@'><img alt='logo'>")] == [
        ("a@", "visible"),
        ("logo", "alt"),
    ]


def test_spans() -> None:
    html = "<p>Write: anna<img alt='@'>shop<img alt='.'>example, now</p>"
    (visible,) = readings(html)
    (mail,) = find_contacts(visible).emails
    start, end = visible.span(mail.start, mail.end)
    assert html[start:end] == "anna<img alt='@'>shop<img alt='.'>example"


def test_a_hidden_image_is_not_read_in_the_line() -> None:
    message = Message.from_dict({"html": "<p>anna<img alt='@' style='display:none'>shop.example</p>"})
    found = {violation.rule for violation in Linter("amazon").check(message).violations}
    assert "email-address" not in found
