"""Logos that are links by a map of areas over them, or by a script of their own."""

from __future__ import annotations

import pytest

from tests.checks.support import excerpts

LOGO = '<img src="https://shop.example/logo.png" alt="Shop" {}>'


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            LOGO.format('usemap="#m"') + '<map name="m"><area href="https://shop.example/a"></map>',
            ["https://shop.example/a"],
        ),
        (
            LOGO.format("usemap='m'") + '<map name="m"><area href="https://shop.example/a"></map>',
            ["https://shop.example/a"],
        ),
        (LOGO.format('usemap="#n"') + '<map name="m"><area href="https://shop.example/a"></map>', []),
        (LOGO.format("") + '<map name="m"><area href="https://shop.example/a"></map>', []),
        (LOGO.format("onclick=\"location='https://shop.example/b'\""), ["https://shop.example/b"]),
    ],
)
def test_maps_and_scripts(html: str, found: list[str]) -> None:
    assert excerpts("linked-logo", {"html": html}) == found
