"""The ruleset `amazon-sp-api`: every operation's limits, on both sides of each, and the routes that lead to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from msgpolicy import Message, Report
from tests.linters import linter

# Operation: most code points of its text (None: it has none), fewest and most files. policy.md, P05 to P13 and P20.
LIMITS: dict[str, tuple[int | None, int, int]] = {
    "confirmCustomizationDetails": (800, 0, 5),
    "confirmDeliveryDetails": (2000, 0, 0),
    "confirmOrderDetails": (2000, 0, 0),
    "confirmServiceDetails": (2000, 0, 0),
    "unexpectedProblem": (2000, 0, 0),
    "digitalAccessKey": (400, 0, 5),
    "legalDisclosure": (None, 0, 5),
    "warranty": (None, 1, 5),
    "invoice": (None, 1, 5),
    "productReviewAndSellerFeedback": (None, 0, 0),
}
PURPOSES = {"invoice": "invoice", "warranty": "warranty", "legalDisclosure": "legal_disclosure"}
DAY = timedelta(days=1)


def judged(reason: str, as_of: datetime | None = None, **fields: Any) -> Report:
    return linter().check(Message(channel="sp_api", reason=reason, **fields), as_of)


def rules(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations}


def files(count: int, reason: str) -> list[dict[str, str]]:
    purpose = PURPOSES.get(reason, "instructions")
    return [{"filename": f"{number}.pdf", "purpose": purpose} for number in range(count)]


def least(reason: str) -> dict[str, Any]:
    """A message that the operation takes, and not a character more."""
    most, fewest, _ = LIMITS[reason]
    return {"text": None if most is None else "x", "attachments": files(fewest, reason), "kind": "proactive"}


@pytest.mark.parametrize("reason", LIMITS)
def test_the_least_of_each_operation_breaks_no_limit(reason: str) -> None:
    report = judged(reason, **least(reason))
    assert report.receipt.ruleset == "amazon-sp-api"
    assert rules(report) == set()


@pytest.mark.parametrize("reason", [reason for reason, limits in LIMITS.items() if limits[0] is not None])
def test_a_text_is_neither_too_long_nor_missing(reason: str) -> None:
    most = LIMITS[reason][0]
    assert most is not None
    parts = least(reason)
    # Code points count, not bytes and not UTF-16 units.
    assert rules(judged(reason, **{**parts, "text": "\U00020000" * most})) & {"message-length", "text-missing"} == set()
    report = judged(reason, **{**parts, "text": "\U00020000" * most + "yz"})
    place = next(violation.location for violation in report.violations if violation.rule == "message-length")
    assert (place.part, place.start, place.end) == ("text", most, most + 2)
    for missing in (None, "", " \n\u00a0"):
        given = {**parts, "text": missing, "subject": "x"}
        assert "text-missing" in rules(judged(reason, **given)), repr(missing)


@pytest.mark.parametrize("reason", [reason for reason, limits in LIMITS.items() if limits[0] is None])
def test_operations_without_a_text(reason: str) -> None:
    assert rules(judged(reason, **{**least(reason), "text": "x"})) == {"text-not-allowed"}


@pytest.mark.parametrize("reason", LIMITS)
def test_the_number_of_files(reason: str) -> None:
    _, fewest, most = LIMITS[reason]
    for count in range(8):
        found = rules(judged(reason, **{**least(reason), "attachments": files(count, reason)}))
        assert ("attachment-count" in found) is not (fewest <= count <= most), count


def test_files_of_another_purpose() -> None:
    for reason, purpose in PURPOSES.items():
        for other in ("invoice", "warranty", "legal_disclosure", "instructions"):
            found = rules(judged(reason, attachments=[{"filename": "a.pdf", "purpose": other}]))
            assert ("attachment-purpose" in found) is (purpose != other), (reason, other)


@pytest.mark.parametrize(
    ("reason", "ended"), [("negativeFeedbackRemoval", "2025-08-04"), ("amazonMotors", "2026-01-30")]
)
def test_operations_that_ended(reason: str, ended: str) -> None:
    day = datetime.fromisoformat(ended).replace(tzinfo=UTC)
    fields: dict[str, Any] = {"text": "x", "available_reasons": [reason]}
    assert "operation-not-available" not in rules(judged(reason, day - timedelta(seconds=1), **fields))
    report = judged(reason, day, **fields)
    assert [v.severity for v in report.violations if v.rule == "operation-not-available"] == ["error"]


def test_operations_that_the_order_does_not_offer() -> None:
    offered = {"available_reasons": ["invoice", "warranty"]}
    assert "operation-not-available" in rules(judged("unexpectedProblem", text="x", **offered))
    assert "operation-not-available" not in rules(judged("warranty", attachments=files(1, "warranty"), **offered))
    # The solicitation is offered by another call.
    assert "operation-not-available" not in rules(judged("productReviewAndSellerFeedback", attachments=[], **offered))
    unknown = judged("createSomething", text="x")
    assert [v.severity for v in unknown.violations if v.rule == "operation-not-available"] == ["warning"]


def solicited(sent_at: datetime, status: str | None = "Shipped") -> Report:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    order = {"status": status, "earliest_delivery": day, "latest_delivery": day + 2 * DAY, "completed_at": day - DAY}
    return judged("productReviewAndSellerFeedback", attachments=[], sent_at=sent_at, order=order)


@pytest.mark.parametrize(
    ("sent_at", "inside"),
    [
        (datetime(2026, 11, 5, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 6, tzinfo=UTC), True),
        (datetime(2026, 12, 3, tzinfo=UTC), True),
        (datetime(2026, 12, 3, 0, 0, 1, tzinfo=UTC), False),
    ],
)
def test_the_window_of_a_solicitation(sent_at: datetime, inside: bool) -> None:
    report = solicited(sent_at)
    # The window of other messages, 30 days after completion, is over: it does not hold here.
    assert rules(report) == (set() if inside else {"solicitation-window"})


def test_a_solicitation_needs_a_shipped_order_and_is_made_once() -> None:
    inside = datetime(2026, 11, 10, tzinfo=UTC)
    assert rules(solicited(inside, "Unshipped")) == {"solicitation-window"}
    again = judged("productReviewAndSellerFeedback", attachments=[], history={"review_requests": 1})
    assert rules(again) == {"repeat-review-request"}


def test_a_request_for_a_review_inside_another_operation() -> None:
    report = judged("unexpectedProblem", text="The lamp broke. Please leave us a review.", kind="proactive")
    assert rules(report) == {"reason-mismatch"}


def test_an_answer_cannot_be_sent() -> None:
    assert "reply-not-supported" in rules(judged("unexpectedProblem", text="x", kind="reply"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Red or <b>blue</b>?", ["<b>", "</b>"]),
        ('<a href="https://www.amazon.de/x">Order</a>', ['<a href="https://www.amazon.de/x">', "</a>"]),
        ("Red<br/>blue<BR>", ["<br/>", "<BR>"]),
        ("Red&nbsp;&#38;&#x26; blue", ["&nbsp;", "&#38;", "&#x26;"]),
        ("<!DOCTYPE html>x<!-- y", ["<!DOCTYPE html>", "<!--"]),
        ("a < b > c, <3, <order id>, <anna@mail.example>, <a@mail.example>, R&D; AT&T, &, x<y>z", []),
        ("Write <name> and <Size M>; <p", []),
    ],
)
def test_html_in_a_text(text: str, found: list[str]) -> None:
    report = judged("confirmOrderDetails", text=text, kind="proactive")
    places = [v.location for v in report.violations if v.rule == "html-not-allowed"]
    assert [text[place.start : place.end] for place in places] == found


def test_an_html_part() -> None:
    report = judged("confirmOrderDetails", text="x", html="<p>x</p>", kind="proactive")
    assert [v.location.part for v in report.violations if v.rule == "html-not-allowed"] == ["html"]


def test_links_about_the_operation_are_for_a_person_to_judge() -> None:
    report = judged("confirmCustomizationDetails", text="Your draft: https://shop.example/draft", kind="proactive")
    assert [(v.rule, v.severity) for v in report.violations] == [("external-link", "warning")]
