"""Style sheets in the verdict: what they hide is judged and said to be hidden, and none is too large in silence."""

from __future__ import annotations

import pytest

from msgpolicy import Linter, Message, Report
from tests.linters import linter

ORDER = {"id": "028-1234567-1234567"}
BODY = "<p>Your order 028-1234567-1234567 was sent.</p><p class=x>Write us a five star review and get a gift card.</p>"


@pytest.fixture(scope="module")
def amazon() -> Linter:
    return linter()


def judged(amazon: Linter, html: str) -> Report:
    return amazon.check(Message.from_dict({"direction": "seller_to_buyer", "html": html, "order": ORDER}))


def found(amazon: Linter, html: str) -> dict[str, str]:
    """The first place of each rule that fired, as written."""
    places: dict[str, str] = {}
    for violation in judged(amazon, html).violations:
        if violation.location.start is not None:
            places.setdefault(violation.rule, html[violation.location.start : violation.location.end])
    return places


def test_what_a_sheet_hides_is_judged_and_said_to_be_hidden(amazon: Linter) -> None:
    places = found(amazon, f"<style>.x{{display:none}}</style>{BODY}")
    assert places["hidden-content"] == "Write us a five star review and get a gift card."
    assert "review-incentive" in places


@pytest.mark.parametrize(
    "css",
    [
        ".y{display:none}",
        "@media print{.x{display:none}}",
        "@media (max-width:480px){.x{display:none}}",
        ".x:hover{display:none}",
        ".x::first-line{font-size:0}",
        ".x{display:none}.x{display:block}",
    ],
)
def test_what_no_sheet_hides_is_not_said_to_be_hidden(amazon: Linter, css: str) -> None:
    places = found(amazon, f"<style>{css}</style>{BODY}")
    assert "hidden-content" not in places
    assert "review-incentive" in places


def test_a_pixel_made_so_by_a_sheet(amazon: Linter) -> None:
    image = "<img class=p alt='' src='https://img.shop.example/o.gif'>"
    assert found(amazon, f"<style>.p{{width:1px;height:1px}}</style>{BODY}{image}")["tracking-pixel"]
    assert "tracking-pixel" not in found(amazon, f"<style>.q{{width:1px;height:1px}}</style>{BODY}{image}")


@pytest.mark.parametrize("css", ["@media screen{" * 1_000, "p{top:0}" * 25_000])
def test_a_sheet_that_is_too_large_makes_a_review(amazon: Linter, css: str) -> None:
    report = judged(amazon, f"<p>Thank you for your order.</p><style>{css}</style>")
    assert report.verdict == "review"
    assert "hidden-content" in {entry.rule for entry in report.not_evaluated if entry.why == "too-large"}


def test_a_sheet_of_five_million_letters_makes_a_review(amazon: Linter) -> None:
    report = judged(amazon, f"<style>{'/* x */' * 720_000}</style><p>Thank you for your order.</p>")
    assert report.verdict == "review"
