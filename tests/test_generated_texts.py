"""Text that is shown without standing between tags: what style sheets write."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts, facts_of
from tests.growth import assert_linear


def shown(html: str, how: str) -> list[str]:
    return [item.reading.text for item in facts_of({"html": html}).readings if item.reading.shown == how]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('"Write to us"', "Write to us"),
        ("'Write' \" to us\"", "Write to us"),
        (r'"Wr\69 te \74o \"us\""', 'Write to "us"'),
        ("'Write \\\nto us'", "Write to us"),
        ('"Write to " counter(a) "us"', "Write to us"),
        (r'"\110000 Write"', "\ufffdWrite"),
    ],
)
def test_strings_of_content(content: str, text: str) -> None:
    assert shown(f"<style>p::after{{content:{content};color:red}}</style><p>Hello</p>", "generated") == [text]


@pytest.mark.parametrize("content", [r'"\f095"', '"»"', '""', "none", "attr(title)", "url('https://a.example/b c')"])
def test_icons_marks_and_pictures_are_no_text(content: str) -> None:
    assert shown(f"<style>p::after{{content:{content}}}</style><p>Hello</p>", "generated") == []


def test_contacts_in_content_stand_where_they_are_written() -> None:
    html = r'<style>p::after{content:"Write to anna\40 shop.example"}</style><p>Hello</p>'
    assert excerpts("contact-data", {"html": html}, kind="email") == [r"anna\40 shop.example"]


@pytest.mark.parametrize(
    "part", ['p{content:"some words"}', r'p{content:"a\" }', r'p{content:"\41 "}', "p{content:a(b("]
)
def test_time_is_linear(part: str) -> None:
    def read(html: str) -> None:
        assert facts_of({"html": html}).readings

    assert_linear(lambda size: "<style>" + part * (size // len(part)) + "</style><p>a</p>", read, 4000)
