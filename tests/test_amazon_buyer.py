"""The ruleset `amazon-buyer`: each rule on both sides of its boundary, and near misses, by way of `amazon`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from msgpolicy import Message, Report
from tests.linters import linter

ORDER = "305-1234567-1234567"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def judged(text: str | None = "The kettle leaks.", **fields: Any) -> Report:
    return linter().check(Message(direction="buyer_to_seller", text=text, **fields))


def rules(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations}


def places(report: Report, rule: str, text: str) -> list[str]:
    spans = [v.location for v in report.violations if v.rule == rule]
    return [text[place.start : place.end] for place in spans]


def test_a_good_message_passes() -> None:
    report = judged(
        f"Hello,\nthe kettle of my order {ORDER} arrived without its lid. A photo is attached. Could you please send "
        "me the lid?\nKind regards, Anna",
        subject="Kettle without lid",
        kind="proactive",
        reason="damaged_or_defective",
        order={"channel": "MFN", "id": ORDER},
        attachments=[{"filename": "lid.jpg"}],
    )
    assert report.receipt.ruleset == "amazon-buyer"
    assert (report.verdict, rules(report)) == ("pass", set())


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Where is it? When will it come?", "When will it come?"),
        ("أين الطرد؟ متى يصل؟", "متى يصل؟"),
        ("商品はどこですか。いつ届きますか。", "いつ届きますか。"),
        ("包裹在哪里？什么时候到？", "什么时候到？"),
        ("¿Dónde está? ¿Cuándo llega?", "¿Cuándo llega?"),
        ("Where is it?! And when\nwill it come??", "And when\nwill it come??"),
    ],
)
def test_two_questions(text: str, last: str) -> None:
    assert places(judged(text), "multiple-questions", text) == [last]


@pytest.mark.parametrize(
    "text",
    [
        "Where is it???",
        "Where is it? Where is it?",
        "How are you? Where is my kettle?",
        "Where is it? See https://www.amazon.de/gp/help?nodeId=1?x and the order page.",
        "商品は届きました。ありがとうございます。壊れていますか。",
        "I asked whether it fits. It does not.",
    ],
)
def test_one_question_at_most(text: str) -> None:
    assert "multiple-questions" not in rules(judged(text))


def test_questions_that_an_answer_quotes_are_the_sellers() -> None:
    text = "It is 12 cm wide.\n\nOn 1 Nov 2026, Shop wrote:\n> How wide is it? And how high? And which colour?\n"
    assert "multiple-questions" not in rules(judged(text, kind="reply"))


@pytest.mark.parametrize(("length", "long"), [(1500, False), (1501, True)])
def test_length(length: int, long: bool) -> None:
    text = ("The kettle leaks. " * 100)[: length - 1] + "."
    assert ("message-too-long" in rules(judged(text))) is long
    page = f"<p>{text}</p>"
    assert ("message-too-long" in rules(judged(None, html=page))) is long


@pytest.mark.parametrize(
    "text",
    [
        "Reply immediately!",
        "Please answer, this is urgent, I am waiting",
        "This is the third time I am writing to you.",
        "Antworten Sie sofort, wo ist mein Paket.",
        "Ich schreibe jetzt zum dritten Mal wegen des Pakets und habe keine Antwort.",
        "Proszę natychmiast odpowiedzieć, gdzie jest paczka.",
        "Where is it!!!",
        "WHERE IS MY PARCEL, I WANT IT TODAY",
    ],
)
def test_pressing(text: str) -> None:
    assert "pressing-tone" in rules(judged(text))


@pytest.mark.parametrize(
    "text",
    [
        "I need it for a birthday on Friday, please tell me whether it will arrive in time.",
        "Thank you for your quick reply!! It arrived immediately after.",
        "There is no need to answer today.",
        "Es eilt nicht, eine Antwort bis Freitag reicht mir.",
        "Dziękuję za szybką odpowiedź, to nic pilnego.",
        "The model is USB HDMI VGA DVI in one, but VGA is missing.",
    ],
)
def test_not_pressing(text: str) -> None:
    assert "pressing-tone" not in rules(judged(text))


@pytest.mark.parametrize(
    "subject", [None, "", "  ", "?", "Question", "Hello!", "Re: My order", "Frage zu Bestellung", "Pytanie"]
)
def test_subjects_that_say_nothing(subject: str | None) -> None:
    assert "subject-missing" in rules(judged(subject=subject, kind="proactive"))


@pytest.mark.parametrize(
    "subject", ["Question about the lid", f"Order {ORDER}", "Falsche Größe", "Zepsuty czajnik", "水壶坏了"]
)
def test_subjects_that_say_something(subject: str) -> None:
    assert "subject-missing" not in rules(judged(subject=subject, kind="proactive"))


def test_the_form_and_answers_need_no_subject() -> None:
    assert "subject-missing" not in rules(judged(kind="proactive", channel="web"))
    assert "subject-missing" not in rules(judged(kind="reply"))


@pytest.mark.parametrize(
    ("order", "reason", "seconds", "found"),
    [
        ({"channel": "MFN"}, "cancel", 1800, True),
        ({"channel": "MFN"}, "cancel", 1801, False),
        ({"channel": "MFN"}, "return", 60, False),
        ({"channel": "AFN", "status": "Pending"}, "cancel", 90_000, True),
        ({"channel": "AFN", "status": "Shipped"}, "cancel", 60, False),
    ],
)
def test_cancelling_by_oneself(order: dict[str, str], reason: str, seconds: int, found: bool) -> None:
    bought = NOON - timedelta(seconds=seconds)
    report = judged(reason=reason, sent_at=NOON, order={**order, "purchased_at": bought})
    assert ("self-service-first" in rules(report)) is found


@pytest.mark.parametrize(("hours", "found"), [(23.99, True), (24, False)])
def test_a_parcel_said_to_be_delivered(hours: float, found: bool) -> None:
    order = {"delivered_at": NOON - timedelta(hours=hours), "channel": "MFN"}
    assert ("self-service-first" in rules(judged(reason="not_arrived", sent_at=NOON, order=order))) is found


@pytest.mark.parametrize(("seconds", "early"), [(172_799, True), (172_800, False)])
def test_writing_again(seconds: int, early: bool) -> None:
    history = {"last_buyer_message_at": NOON - timedelta(seconds=seconds)}
    assert ("follow-up-too-early" in rules(judged(kind="proactive", sent_at=NOON, history=history))) is early
    assert "follow-up-too-early" not in rules(judged(kind="reply", sent_at=NOON, history=history))


def test_whom_to_turn_to() -> None:
    assert "contact-the-platform" in rules(judged(reason="not_arrived", order={"channel": "AFN"}))
    assert "contact-the-platform" not in rules(judged(reason="pre_order_question", order={"channel": "AFN"}))
    assert "contact-the-platform" not in rules(judged(reason="not_arrived", order={"channel": "MFN"}))


def test_the_order_is_named_where_there_is_one() -> None:
    assert "order-not-identified" in rules(judged(kind="proactive", reason="return"))
    assert "order-not-identified" in rules(judged(kind="proactive", order={"id": ORDER}))
    assert "order-not-identified" not in rules(
        judged(f"The kettle of {ORDER} leaks.", kind="proactive", reason="return")
    )
    assert "order-not-identified" not in rules(judged(kind="proactive", reason="pre_order_question"))
    report = judged(kind="proactive")
    assert [entry.needs for entry in report.not_evaluated if entry.rule == "order-not-identified"] == [("reason",)]


def test_attachments_and_the_text_agree() -> None:
    photo = [{"filename": "photo.jpg"}]
    silent = "The kettle of my order leaks at the handle and I would like to have a new one."
    said = "The kettle leaks at the handle. I have attached a photo."
    assert rules(judged(silent, attachments=photo)) == {"attachment-not-mentioned"}
    assert rules(judged(said, attachments=photo)) == set()
    assert rules(judged(said, attachments=[])) == {"attachment-missing"}
    assert rules(judged(silent, attachments=[])) == set()


def test_a_language_without_words_for_attachments_is_said_to_be_undetermined() -> None:
    report = judged("Tämä on hyvä kattila.", attachments=[{"filename": "photo.jpg"}])
    assert [entry.why for entry in report.not_evaluated if entry.rule == "attachment-not-mentioned"] == ["undetermined"]


def test_what_the_platform_does_not_let_through_is_an_error() -> None:
    text = (
        "You idiot, mail me at anna@mail.example or call +48 22 123 45 67, see https://fotos.example/1, "
        "card 4111 1111 1111 1111."
    )
    found = {v.rule: v.severity for v in judged(text).violations}
    wanted = ("offensive-language", "email-address", "phone-number", "external-link", "sensitive-data")
    assert {rule: found.get(rule) for rule in wanted} == dict.fromkeys(wanted, "error")
    advice = judged(f"A? B? <b>x</b> {'y' * 1500}!!!", channel="web", kind="proactive", reason="return")
    assert {v.severity for v in advice.violations} == {"warning"}


def test_sellers_messages_are_not_judged_as_buyers() -> None:
    report = linter().check(Message(direction="seller_to_buyer", text="Where is it? When?"))
    assert report.receipt.ruleset == "amazon"
