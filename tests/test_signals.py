"""Signals for rules across messages: what is asked for, and messages made from one template."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from msgpolicy import Message
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.words.concepts import Lexicon
from msgpolicy.report import Signals
from msgpolicy.rules.lexicons import function_words
from msgpolicy.signals import REVIEW_REQUEST, STOP_REQUEST, read_signals, text_fingerprint

CONCEPTS = {REVIEW_REQUEST: {"en": ["leave a review"]}, STOP_REQUEST: {"en": ["stop writing"]}}
LEXICON = Lexicon(
    {name: SimpleNamespace(phrases=phrases, not_={}) for name, phrases in CONCEPTS.items()}, function_words()
)


def signals(concepts: tuple[str, ...] = tuple(CONCEPTS), **record: Any) -> Signals:
    return read_signals(Facts(Message.from_dict(record), LEXICON, {}), concepts)


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Please leave a review."},
        {"subject": "Leave a review", "text": "Hello"},
        {"text": "Hello", "html": "<p>Please leave a <b>review</b></p>"},
        {"html": '<p>Hello</p><div style="display:none">leave a review</div>'},
        {"html": '<p>Hello</p><img src="cid:stars" alt="Leave a review">'},
    ],
)
def test_a_review_request_is_seen_in_every_reading(record: dict[str, Any]) -> None:
    assert signals(**record).review_request is True
    assert signals(**record).stop_request is False


def test_a_request_to_stop() -> None:
    found = signals(text="Please stop writing to me.", direction="buyer_to_seller")
    assert (found.review_request, found.stop_request) == (False, True)


def test_what_the_ruleset_has_no_words_for_is_not_known() -> None:
    found = signals((), text="Please leave a review.")
    assert (found.review_request, found.stop_request) == (None, None)
    assert found.template is not None


LETTER = "Dear {name},\n\nyour lamp of order {order} is at the shop. Write to {mail}. Parcel {parcel}.\n\nThe lamp team"


def letter(name: str, order: str, mail: str, parcel: str) -> str | None:
    text = LETTER.format(name=name, order=order, mail=mail, parcel=parcel)
    return signals(text=text, buyer={"name": name}).template


def test_names_numbers_and_addresses_do_not_change_a_template() -> None:
    first = letter("Anna Example", "305-1234567-1234567", "a@shop.example", "1Z999AA10123456784")
    assert first == letter("Jürgen Müller-Lüdenscheidt", "028-7654321-0000001", "team@shop.example", "JD014600")
    assert first == letter("ŁUCJA O’NEIL", "1", "x@y.example", "2")
    assert first is not None


def test_other_words_are_another_template() -> None:
    text = "Dear Anna, your lamp is at the shop."
    one = signals(text=text).template
    assert one == signals(text=text.upper()).template
    assert one != signals(text=text.replace("lamp", "kettle")).template
    assert one != signals(text=text + " Thank you.").template


def test_a_name_is_only_known_from_the_buyer() -> None:
    assert signals(text="Dear Anna, hello.").template != signals(text="Dear Ben, hello.").template


def test_words_are_those_that_are_seen() -> None:
    seen = signals(text="Dear Anna, your lamp is here.").template
    assert seen == signals(html="<p>Dear Anna,<br>your <b>lamp</b> is here.</p>").template
    assert seen == signals(html="<p>Dear Anna, your lamp is here.</p><p hidden>Other words</p>").template


@pytest.mark.parametrize("record", [{"subject": "Your lamp"}, {"text": "305-1234567-1234567"}, {"text": " \n"}])
def test_without_words_there_is_no_template(record: dict[str, Any]) -> None:
    assert signals(**record).template is None


def test_an_empty_text_beside_html_says_nothing() -> None:
    assert signals(text="\n", html="<p>Your lamp is here.</p>").template == signals(text="Your lamp is here.").template


@pytest.mark.parametrize("text", ["x" * 500_000, "x@" * 250_000, "1 " * 250_000, "a1" * 250_000, "é" * 300_000])
def test_long_runs_are_read_in_linear_time(text: str) -> None:
    # Seconds before the pattern for variable words was made linear: this would run for hours.
    signals(text=text)


def test_the_text_is_known_by_its_fingerprint() -> None:
    known = text_fingerprint(Message(text="Hello\nAnna"))
    assert re.fullmatch("[0-9a-f]{24}", known)
    assert signals(text="Hello\nAnna").text == known
    # A file and a mail differ in line ends and in the white space at the end.
    assert text_fingerprint(Message(text="Hello\r\nAnna\r\n")) == known


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Hello\nAnne"},
        {"text": "Hello Anna"},
        {"html": "Hello\nAnna"},
        {"subject": "Hello\nAnna"},
        {"text": "Hello\nAnna", "subject": "Order"},
        {"text": "Hello\nAnna", "attachments": [{"filename": "a.pdf"}]},
        {"text": "Hello\nAnna", "attachments": [{"filename": "a.pdf", "content": "aGVsbG8="}]},
        {"text": "Hello\nAnna", "attachments": [{"filename": "a.pdf", "content": "aGVsbG9v"}]},
        {"text": "Hello\nAnna", "attachments": [{"filename": "a.pdf", "size": 5}]},
    ],
)
def test_another_message_has_another_fingerprint(record: dict[str, Any]) -> None:
    seen = {text_fingerprint(Message(text="Hello\nAnna")), text_fingerprint(Message(text="Hello\nAnna", attachments=[
        {"filename": "b.pdf"}]))}  # fmt: skip
    assert text_fingerprint(Message.from_dict(record)) not in seen
