"""What quotes mean for the verdict: told in answers and not held against the seller, never a place to hide in."""

from __future__ import annotations

import io
from typing import Any

import pytest

from msgpolicy import Message
from msgpolicy.inputs import Draft
from msgpolicy.report import Report, Source
from msgpolicy.reporters.display import Terminal
from msgpolicy.reporters.text import TextReporter
from tests.checks.support import run
from tests.linters import linter

ANSWER = "A new lamp is on its way to you today, and we are sorry that the first one broke."
HEAD = "On 3 May 2026 at 12:30, Anna Berg wrote:"


def judged(text: str | None = None, **fields: Any) -> Report:
    return linter().check(Message(text=text, **{"kind": "reply", **fields}))


def severities(report: Report, rule: str) -> list[str]:
    return [violation.severity for violation in report.violations if violation.rule == rule]


def test_an_answer_is_not_blamed_for_the_buyers_words_and_they_are_told() -> None:
    text = f"{ANSWER}\n\n> You idiots, call me at +44 20 7946 0958!"
    wrong = {"offensive-language", "phone-number"}
    answer = judged(text)
    assert {violation.severity for violation in answer.violations} == {"info"}
    assert all(violation.evidence["quoted"] is True for violation in answer.violations)
    assert wrong <= {violation.rule for violation in answer.violations}
    assert answer.verdict == "pass"


def test_in_the_first_message_nothing_is_quoted() -> None:
    text = f"{ANSWER}\n\n> You idiots, call me at +44 20 7946 0958!"
    first = judged(text, kind="proactive")
    wrong = [violation for violation in first.violations if violation.severity == "error"]
    assert {"offensive-language", "phone-number"} <= {violation.rule for violation in wrong}
    assert not any("quoted" in violation.evidence for violation in first.violations)


def test_what_an_answer_repeats_in_its_own_words_counts() -> None:
    report = judged("Call us at +44 20 7946 0958.\n\n> Call me at +44 20 7946 0958!")
    assert severities(report, "phone-number") == ["warning", "info"]


def test_a_contact_between_quotation_marks_is_given_all_the_same() -> None:
    report = judged(f'{ANSWER} You asked: "what is sales@shop.example for, you idiots". It is ours.')
    assert severities(report, "email-address") == ["error"]
    assert severities(report, "offensive-language") == ["info"]


def test_html_and_text_are_judged_alike() -> None:
    html = f"<p>{ANSWER}</p><p>{HEAD}</p><blockquote type=cite>Write to <b>anna@buyer.example</b>!</blockquote>"
    report = judged(html=html)
    assert severities(report, "email-address") == ["info"]
    (found,) = [violation for violation in report.violations if violation.rule == "email-address"]
    assert html[found.location.start : found.location.end] == "anna@buyer.example"
    assert report.verdict == "pass"


# --- no place to hide in ----------------------------------------------------------------------------------------------


def test_many_quoted_contacts_do_not_push_the_sellers_own_out() -> None:
    quoted = "\n".join(f"> buyer{number}@buyer.example" for number in range(150))
    report = judged(f"{HEAD}\n{quoted}\n\n{ANSWER} Write to sales@shop.example.")
    assert severities(report, "email-address").count("error") == 1
    assert report.verdict == "block"


def test_a_quote_without_an_answer_is_the_message() -> None:
    report = judged(f"{HEAD}\n> Write to sales@shop.example.")
    assert severities(report, "email-address") == ["error"]


def test_words_that_the_buyer_never_wrote_count_where_the_buyers_message_is_known() -> None:
    text = f"{ANSWER}\n\n{HEAD}\n> Where is my lamp?\n> Write to sales@shop.example."
    assert severities(judged(text), "email-address") == ["info"]
    known = judged(text, extra={"earlier_messages": ["Where is my lamp?"]})
    assert severities(known, "email-address") == ["error"]
    genuine = judged(
        text, extra={"earlier_messages": ["Hello!\nWhere is my lamp? Write to sales@shop.example. Thanks"]}
    )
    assert severities(genuine, "email-address") == ["info"]


@pytest.mark.parametrize("extra", [None, {}, {"earlier_messages": None}, {"earlier_messages": 3}, {"other": ["x"]}])
def test_without_earlier_messages_quotes_are_believed(extra: Any) -> None:
    assert severities(judged(f"{ANSWER}\n\n> Write to a@buyer.example", extra=extra), "email-address") == ["info"]


def test_a_pixel_acts_wherever_it_stands() -> None:
    pixel = '<img src="https://pixel.shop.example/o.gif" width="1" height="1" alt="">'
    report = judged(html=f"<p>{ANSWER}</p><p>{HEAD}</p><blockquote type=cite>Where is it? {pixel} Thanks</blockquote>")
    assert severities(report, "tracking-pixel") == ["warning"]


# --- rules about the whole message ------------------------------------------------------------------------------------


def test_the_language_is_that_of_the_answer() -> None:
    german = (
        "> Guten Tag, ich habe die Lampe noch nicht bekommen und warte nun schon seit zehn Tagen auf sie.\n"
        "> Können Sie mir bitte sagen, wann sie kommt und ob ich noch etwas tun muss?\n"
    )
    english = f"{ANSWER} It will be with you on Friday, and there is nothing that you have to do for it."
    record = {"text": f"{english}\n\n{german}", "kind": "reply", "buyer": {"language": "de"}}
    assert run("language", record)
    assert run("language", {**record, "kind": "proactive"}) == []


def test_a_review_that_the_buyer_wrote_of_is_not_asked_for() -> None:
    asked = "Please leave us a review of your order."
    assert judged(f"{ANSWER}\n\n> {asked}").signals.review_request is False
    assert judged(f"{ANSWER} {asked}\n\n> Hello").signals.review_request is True


def test_answers_from_one_template_are_alike_whatever_they_quote() -> None:
    one, other = judged(f"{ANSWER}\n\n> Where is it?"), judged(f"{ANSWER}\n\n{HEAD}\n> It broke when I opened it.")
    assert one.signals.template == other.signals.template
    assert one.signals.text != other.signals.text


def test_the_order_id_may_stand_in_the_quote() -> None:
    text = f"{ANSWER}\n\n> Order 305-1234567-1234567"
    assert run("order-id", {"text": text, "kind": "reply"}, want="present") == []
    assert run("order-id", {"text": ANSWER, "kind": "reply"}, want="present")
    other = judged(text, order={"id": "305-7654321-7654321"})
    assert set(severities(other, "order-id-mismatch")) <= {"info"}


def test_thanks_do_not_say_more_because_of_a_quote() -> None:
    params: dict[str, Any] = {"set_aside": ["thanks"], "core": ["thanks"], "closing": "closing"}
    asked = {"text": "Thank you!\n\n> Which colour is the lamp that I ordered here?", "kind": "reply"}
    assert run("thanks-only", asked, **params)
    assert run("thanks-only", {"text": "Blue.\n\n> Thank you so much!", "kind": "reply"}, **params) == []


def test_people_are_told_that_it_is_quoted() -> None:
    message = Message(text=f"{ANSWER}\n\n> Write to a@buyer.example", kind="reply")
    out = io.StringIO()
    with TextReporter(Terminal(out), Terminal(io.StringIO())) as reporter:
        reporter.report(Draft(message, Source(file="a.txt"), "text"), linter().check(message))
    assert "Quoted" in out.getvalue()


def test_among_too_many_lines_nothing_is_excused() -> None:
    text = "Thanks.\n" + "> write to bob@shop.example\n" + "> a\n" * 50_000
    (found,) = [
        found for found in linter().check(Message(text=text, kind="reply")).violations if found.rule == "email-address"
    ]
    assert (found.severity, "quoted" in found.evidence) == ("error", False)
