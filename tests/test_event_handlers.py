"""Addresses that elements open by scripts of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.support import excerpts

EXTERNAL: dict[str, Any] = {"find": "external", "own_hosts": ["own"], "shorteners": "shorteners", "allowed": []}


def found(html: str) -> list[str]:
    return excerpts("link", {"html": html}, **EXTERNAL)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='#' onclick=\"window.open('https://kettle.example/b')\">parts</a>", ["https://kettle.example/b"]),
        ("<div onclick='location.href=\"//kettle.example\"'>parts</div>", ["//kettle.example"]),
        ("<p ONCLICK=window.location=&quot;https://kettle.example&quot;>parts</p>", ["https://kettle.example"]),
        (
            "<body onload=\"document.location='http://kettle.example/?a=1&amp;b=2'\">x",
            ["http://kettle.example/?a=1&amp;b=2"],
        ),
        (
            "<a href='https://kettle.example/a' onclick=\"open('https://www.kettle.example/b')\">x</a>",
            ["https://kettle.example/a"],
        ),
    ],
)
def test_a_handler_that_opens_an_address(html: str, expected: list[str]) -> None:
    assert found(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#' onclick=\"window.open('https://www.amazon.de/orders')\">orders</a>",
        "<img src='https://m.media-amazon.com/a.png' alt='' onerror=\"this.src='https://m.media-amazon.com/b.png'\">",
        "<p>Write onclick=\"location='x'\" there</p>",
        "<p onclick='toggle()'>more</p>",
        "<p data-onclick=\"open('https://kettle.example')\">more</p>",
        "<!-- <p onclick=\"open('https://kettle.example')\"> -->",
        "<p onclick=''>more</p><p onclick>more</p>",
    ],
)
def test_no_link(html: str) -> None:
    assert found(html) == []
