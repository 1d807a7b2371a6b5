"""Checks that read the text: thanks-only, tone, patterns, secrets."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.checks.base import Hit
from tests.checks.support import excerpts, run

THANKS: dict[str, Any] = {
    "set_aside": ["greeting", "thanks", "closing", "help"],
    "core": ["thanks", "help"],
    "closing": "closing",
    "substance": ["question"],
}


class TestThanksOnly:
    @pytest.mark.parametrize(
        "text",
        [
            "Dear Anna, thank you for your purchase.",
            "Hello,\n\nthank you for the order 305-1234567-1234567. Feel free to contact us.\n\nKind regards\nUs",
            "Thank you for your purchase.\nKind regards\nYour lamp shop team from the sunny south of the country",
            "Liebe Anna, vielen Dank für Ihren Einkauf bei uns.\nMit freundlichen Grüßen",
            "Thanks!",
        ],
    )
    def test_nothing_else(self, text: str) -> None:
        assert len(run("thanks-only", {"text": text, "attachments": []}, **THANKS)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "Thank you for your order. Which colour would you like?",
            "Thank you, and which colour would you like to have?",
            "Thank you for your order. Red or blue?",
            "Thank you for your order. The address that you gave us lacks a house number.",
            "The lamp is dimmable from ten to a hundred percent.",
            "Kind regards come first. Thank you. But the carrier brought your parcel back to our warehouse.",
        ],
    )
    def test_something_remains(self, text: str) -> None:
        assert run("thanks-only", {"text": text, "attachments": []}, **THANKS) == []

    def test_few_words_say_nothing(self) -> None:
        assert len(run("thanks-only", {"text": "Thank you. All the best. Bye!", "attachments": []}, **THANKS)) == 1

    def test_thanks_that_nobody_sees_are_none(self) -> None:
        record = {"html": "<p>Anna</p><p hidden>Thank you</p>", "attachments": []}
        assert run("thanks-only", record, **THANKS) == []

    def test_an_attachment_is_something(self) -> None:
        record = {"text": "Thank you for your purchase.", "attachments": [{"filename": "invoice.pdf"}]}
        assert run("thanks-only", record, **THANKS) == []

    def test_unknown_attachments_lower_the_confidence(self) -> None:
        (known,) = run("thanks-only", {"text": "Thank you for your purchase.", "attachments": []}, **THANKS)
        (unsure,) = run("thanks-only", {"text": "Thank you for your purchase."}, **THANKS)
        assert isinstance(known, Hit)
        assert isinstance(unsure, Hit)
        assert unsure.confidence < known.confidence

    def test_both_readings_must_say_nothing_and_are_reported_once(self) -> None:
        text = "Thank you for your purchase."
        assert len(run("thanks-only", {"text": text, "html": f"<p>{text}</p>", "attachments": []}, **THANKS)) == 1
        html = "<p>Thank you. The carrier could not find the address that you gave us.</p>"
        assert run("thanks-only", {"text": text, "html": html, "attachments": []}, **THANKS) == []


class TestTone:
    def test_phrases_and_shouting(self) -> None:
        text = "That is not our problem. YOU MUST READ THE MANUAL NOW!"
        assert excerpts("tone", {"text": text}, concepts=["rude"]) == [
            "not our problem",
            "YOU MUST READ THE MANUAL NOW!",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "The SKU is LED LAMP E27 WARM and it is in the box with the rest.",
            "PLEASE NOTE: the lamp is dimmable.",
            "Tracking 1Z999AA10123456784, EAN 4006381333931.",
            "OK",
        ],
    )
    def test_codes_and_short_capitals_are_not_shouted(self, text: str) -> None:
        assert run("tone", {"text": text}, concepts=["rude"]) == []


class TestPattern:
    def test_parts_case_and_places(self) -> None:
        record = {"subject": "[IMPORTANT] order", "text": "[important] x", "html": "<p>[imp<b>ortant</b>]</p>"}
        params: dict[str, Any] = {"patterns": [r"\[important\]"]}
        assert excerpts("pattern", record, **params) == ["[IMPORTANT]", "[important]", "[imp<b>ortant</b>]"]
        assert excerpts("pattern", record, **params, parts=["subject"]) == ["[IMPORTANT]"]
        assert excerpts("pattern", record, **params, parts=["subject"], ignore_case=False) == []

    def test_overlapping_patterns_report_once(self) -> None:
        params: dict[str, Any] = {"patterns": [r"\{\{\w+\}\}", r"\{\w+\}"]}
        assert excerpts("pattern", {"text": "Hi {{name}} and {first}"}, **params) == ["{{name}}", "{first}"]

    def test_empty_matches_are_nothing(self) -> None:
        assert run("pattern", {"text": "abc"}, patterns=["x*"]) == []


class TestSensitiveData:
    def test_cards_are_masked_in_evidence(self) -> None:
        hits = run("sensitive-data", {"text": "The card 4111 1111 1111 1111 was charged."}, asks=["secret"])
        (hit,) = hits
        assert isinstance(hit, Hit)
        assert "11111111" not in str(hit.fills) + str(hit.evidence)
        assert hit.fills["found"] == "4111…1111"

    def test_numbers_that_only_look_like_cards(self) -> None:
        text = "EAN 4006381333931, order 305-1234567-1234567, tracking 00340434161094042557, card 4111 1111 1111 1112"
        assert run("sensitive-data", {"text": text}, asks=["secret"]) == []

    def test_questions_for_secrets(self) -> None:
        assert excerpts("sensitive-data", {"text": "Send us your password."}, asks=["secret"]) == ["your password"]

    def test_a_secret_that_the_reader_is_to_send_elsewhere_in_the_message(self) -> None:
        params = {"asks": ["question"], "together": [{"all": ["secret", "request"], "within": "message"}]}
        text = "Please send what follows.\n- your password\n- the date"
        assert excerpts("sensitive-data", {"text": text}, **params) == ["Please send what follows.\n- your password"]
        assert run("sensitive-data", {"text": "It is your password."}, **params) == []
        assert run("sensitive-data", {"text": text}, **params, unless=["request"]) == []

    def test_what_somebody_else_asked_for_is_quoted(self) -> None:
        text = "That “please send your password” is not from us."
        assert run("sensitive-data", {"text": text}, asks=["secret"], mention_unless=[]) == []
        assert excerpts("sensitive-data", {"text": text}, asks=["secret"]) == ["your password"]
