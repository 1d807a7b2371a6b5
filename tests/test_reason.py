"""The reason of a message: declared against what it says, and inferred where none is declared."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy import Message, Report, Violation
from tests.linters import linter

ORDER = "305-1234567-1234567"


def judged(text: str, **fields: Any) -> Report:
    return linter().check(Message(**{"text": text, "kind": "proactive", **fields}))


def found(rule: str, text: str, **fields: Any) -> list[Violation]:
    return [violation for violation in judged(text, **fields).violations if violation.rule == rule]


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        (f"Your order {ORDER} has been shipped today.", ("shipping_notification",)),
        ("Take 20 % off our new lamps, only this week.", ("marketing",)),
        ("Subscribe to our newsletter and take 20 % off our new lamps. Your parcel has been shipped.",
         ("marketing", "shipping_notification")),
        ("Abonnieren Sie unseren Newsletter und sparen Sie 20 % auf unsere neuen Lampen.", ("marketing",)),
    ],
)  # fmt: skip
def test_an_unwanted_purpose_is_inferred_and_only_warned_of(text: str, inferred: tuple[str, ...]) -> None:
    (violation,) = found("unpermitted-reason", text)
    assert (violation.severity, violation.location.part) == ("warning", "text")
    assert violation.evidence["inferred"] == inferred
    assert violation.evidence["declared"] is False
    assert violation.confidence == (0.7 if len(inferred) == 1 else 0.8)
    assert f"“{inferred[0]}”" in violation.message


@pytest.mark.parametrize(
    "text",
    [
        # A permitted purpose is there too.
        f"Your order {ORDER} has been shipped without its lid by mistake; please tell us which colour you need.",
        f"Please find attached the invoice for order {ORDER}, which has been shipped.",
        f"How do you like the lamp of order {ORDER}? Please leave us a review.",
    ],
)
def test_a_permitted_purpose_is_seen(text: str) -> None:
    report = judged(text)
    assert "unpermitted-reason" not in {violation.rule for violation in report.violations}
    assert "unpermitted-reason" not in {entry.rule for entry in report.not_evaluated}


def test_where_nothing_tells_the_field_is_named() -> None:
    report = judged("About the lamp.")
    assert [entry.needs for entry in report.not_evaluated if entry.rule == "unpermitted-reason"] == [("reason",)]


def test_a_declared_reason_is_believed_and_an_error() -> None:
    (violation,) = found("unpermitted-reason", "About the lamp.", reason="newsletter")
    assert (violation.severity, violation.location.part) == ("error", "reason")
    assert not found("unpermitted-reason", f"Your order {ORDER} has been shipped today.", reason="other_required")


def test_what_an_answer_quotes_infers_nothing() -> None:
    text = "Yes.\n\nOn 1 Nov 2026, Anna wrote:\n> Has it been shipped?\n"
    assert not found("unpermitted-reason", text, kind="reply")


@pytest.mark.parametrize(
    ("reason", "text", "excerpt"),
    [
        ("invoice", "Why do you want to return the lamp?", "return"),
        ("review_request", "Please tell us your house number for the lamp.", "tell us your house number"),
        ("order_problem", "The lamp is out of stock. Please leave us a review.", "leave us a review"),
    ],
)
def test_a_reason_that_the_words_contradict(reason: str, text: str, excerpt: str) -> None:
    (violation,) = found("reason-mismatch", text, reason=reason)
    assert violation.severity == "warning"
    assert violation.excerpt is not None
    assert excerpt in text
    assert excerpt.split()[-1] in violation.excerpt


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("invoice", "Please tell us your VAT number for the invoice."),
        ("invoice", "Hello Anna, about your lamp."),
        ("order_information", "Why do you want to return the lamp?"),
        ("review_request", "Please leave us a review of the lamp. Should it be damaged, please tell us."),
        ("order_problem", "The lamp is damaged. We never ask you to leave a review for a refund."),
    ],
)
def test_a_reason_that_fits_or_that_nothing_contradicts(reason: str, text: str) -> None:
    assert not found("reason-mismatch", text, reason=reason)


def test_without_a_reason_there_is_nothing_to_contradict() -> None:
    report = judged("Please leave us a review.")
    assert [entry.needs for entry in report.not_evaluated if entry.rule == "reason-mismatch"] == [("reason",)]
