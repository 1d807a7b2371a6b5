"""Links to devices at the buyer's own home."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.facts.links.finding import classify_url, is_at_home
from tests.checks.support import excerpts

EXTERNAL: dict[str, Any] = {"find": "external", "own_hosts": ["own"], "shorteners": "shorteners", "allowed": []}
INSECURE: dict[str, Any] = {"find": "insecure", "own_hosts": ["own"]}


@pytest.mark.parametrize(
    "text",
    [
        "Open http://192.168.178.1/setup in the browser",
        "Gehen Sie auf http://fritz.box und dort auf WLAN, oder auf fritz.box",
        "http://printer.local/menu",
        "http://localhost:8080",
    ],
)
def test_a_device_at_home_is_no_link_away(text: str) -> None:
    assert excerpts("link", {"text": text}, **EXTERNAL) == []
    assert excerpts("link", {"text": text}, **INSECURE) == []


@pytest.mark.parametrize(
    "text",
    [
        "http://192.169.0.1/x",
        "http://192.0.2.7/x",
        "http://0xC0A80001/x",
        "http://local.example",
        "http://notfritz.box",
    ],
)
def test_others_are(text: str) -> None:
    assert excerpts("link", {"text": text}, **EXTERNAL) == [text]


def test_what_an_element_bears_is_judged() -> None:
    assert excerpts("link", {"html": "<a href='http://192.168.0.1/x'>x</a>"}, **EXTERNAL) == ["http://192.168.0.1/x"]


@pytest.mark.parametrize(
    ("url", "home"), [("http://[::1]/", False), ("mailto:a@b.example", False), ("http://10.1.2.3", True)]
)
def test_is_at_home(url: str, home: bool) -> None:
    assert is_at_home(classify_url(url)) is home
