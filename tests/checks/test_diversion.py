"""Requests that divert only together with contact data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.support import excerpts, run

DIVERSION: dict[str, Any] = {"outside": ["outside"], "invite": "invite", "request": "thanks"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanks if you use help@shop.example for this.", ["Thanks if you use help@shop.example"]),
        ("Thanks in advance: +44 20 7946 0958 is our number.", ["Thanks in advance: +44 20 7946 0958"]),
    ],
)
def test_a_request_before_contact_data(text: str, found: list[str]) -> None:
    assert excerpts("diversion", {"text": text}, **DIVERSION) == found


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the answer.\nShop Ltd, help@shop.example",
        "Shop Ltd and help@shop.example, thanks.",
        "Thanks for following us on Instagram.",
        "Thanks, see https://www.shop.example/manual",
    ],
)
def test_signatures_social_networks_and_links_need_an_invitation(text: str) -> None:
    assert run("diversion", {"text": text}, **{**DIVERSION, "own_hosts": []}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kind regards\nShop Ltd\nThanks: help@shop.example", []),
        ("Thanks.: help@shop.example", []),
        ("Call us: +44 20 7946 0958", ["Call us: +44 20 7946 0958"]),
        ("Call us +44 20 7946 0958", ["Call us +44 20 7946 0958"]),
        ("Thanks help@shop.example", ["Thanks help@shop.example"]),
    ],
)
def test_one_word_with_a_colon_is_a_label(text: str, found: list[str]) -> None:
    assert excerpts("diversion", {"text": text}, **DIVERSION) == found


def test_what_labels_the_next_contact_is_no_invitation() -> None:
    text = "Which colour?\n\nKind regards\nTel. +49 30 901820, Thanks: help@shop.example"
    assert run("diversion", {"text": text}, **DIVERSION) == []


def test_an_invitation_that_stands_inside_another_is_one_thing() -> None:
    text = "Order on our website on our website: write to us at help@shop.example on our website."
    found = excerpts("diversion", {"text": text}, **{**DIVERSION, "outside": ["outside", "invite"]})
    assert "write to us at help@shop.example" in found
    assert "write to us" not in found
    assert found.count("on our website") == 3


def test_what_stands_in_quotation_marks_may_be_a_mention() -> None:
    text = "The mug says “on our website”, as ordered."
    assert excerpts("diversion", {"text": text}, **DIVERSION, mention_unless=["thanks"]) == []
    assert excerpts("diversion", {"text": text}, **DIVERSION) == ["on our website"]
    thanked = "Thanks for ordering “on our website” next time."
    assert excerpts("diversion", {"text": thanked}, **DIVERSION, mention_unless=["thanks"]) == ["on our website"]
