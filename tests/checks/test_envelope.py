"""Checks that rest on facts of the message: window, order id, relay address, language, conditions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from msgpolicy.checks.base import Hit
from tests.checks.support import excerpts, run, unknown

COMPLETED = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
MONTH = timedelta(seconds=2_592_000)


def sent(after: timedelta, **order: datetime) -> dict[str, Any]:
    times = {name: value.isoformat() for name, value in (order or {"completed_at": COMPLETED}).items()}
    return {"text": "x", "sent_at": (COMPLETED + after).isoformat(), "order": times}


class TestContactWindow:
    def test_thirty_days_are_inclusive_to_the_second(self) -> None:
        assert run("contact-window", sent(MONTH)) == []
        (hit,) = run("contact-window", sent(MONTH + timedelta(microseconds=1)))
        assert isinstance(hit, Hit)
        assert hit.evidence["event"] == "order.completed_at"

    def test_summer_time_does_not_shift_the_end(self) -> None:
        record = sent(MONTH)
        record["sent_at"] = (COMPLETED + MONTH).astimezone().isoformat()
        assert run("contact-window", record) == []

    @pytest.mark.parametrize("event", ["purchased_at", "shipped_at", "delivered_at"])
    def test_an_earlier_event_proves_only_that_it_is_open(self, event: str) -> None:
        assert run("contact-window", sent(MONTH, **{event: COMPLETED})) == []
        late = sent(MONTH + timedelta(seconds=1), **{event: COMPLETED})
        assert unknown("contact-window", late) == [(("order.completed_at",), "missing")]

    def test_the_named_event_proves_both(self) -> None:
        late = sent(MONTH + timedelta(seconds=1), delivered_at=COMPLETED)
        (hit,) = run("contact-window", late, anchor="delivered_at")
        assert isinstance(hit, Hit)
        assert hit.evidence["event"] == "order.delivered_at"

    def test_completion_counts_whatever_event_is_named(self) -> None:
        late = sent(MONTH + timedelta(seconds=1), completed_at=COMPLETED)
        assert len(run("contact-window", late, anchor="purchased_at")) == 1

    def test_a_later_event_does_not_open_an_earlier_window(self) -> None:
        # The window is anchored at the purchase; a recent delivery says nothing about when that was.
        recent = sent(timedelta(days=1), delivered_at=COMPLETED)
        assert unknown("contact-window", recent, anchor="purchased_at") == [(("order.purchased_at",), "missing")]

    def test_unknown_times(self) -> None:
        assert unknown("contact-window", {"text": "x"}) == [(("sent_at",), "missing")]
        assert unknown("contact-window", {"text": "x", "sent_at": COMPLETED.isoformat()}) == [
            (("order.completed_at",), "missing")
        ]


class TestOrderId:
    @pytest.mark.parametrize(
        "record",
        [
            {"text": "Order 305-1234567-1234567."},
            {"text": "Order 305–1234567–1234567"},
            {"subject": "305-1234567-1234567", "text": "Hello"},
            {"html": "<p>Order <b>305-12345</b>67-1234567</p>"},
            {"text": "see above", "html": "<p>305-1234567-1234567</p>"},
            {"text": "Order D01-77 is ready", "order": {"id": "D01-77"}},
        ],
    )
    def test_present(self, record: dict[str, Any]) -> None:
        assert run("order-id", record, want="present") == []

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "Your order is ready."},
            {"text": "Order 1305-1234567-1234567"},
            {"text": "Order 305-1234567-12345678"},
            {"html": '<p title="305-1234567-1234567">Order</p>'},
            {"html": "<p>Order</p><p hidden>305-1234567-1234567</p>"},
        ],
    )
    def test_missing_is_reported_once(self, record: dict[str, Any]) -> None:
        assert len(run("order-id", record, want="present")) == 1

    def test_text_and_html_are_one_message(self) -> None:
        assert len(run("order-id", {"text": "Hello", "html": "<p>Hello</p>", "subject": "Hi"}, want="present")) == 1

    def test_another_order(self) -> None:
        record = {"text": "Order 305-1234567-7654321", "order": {"id": "305-1234567-1234567"}}
        assert excerpts("order-id", record, want="matching") == ["305-1234567-7654321"]

    def test_matching_order(self) -> None:
        record = {"text": "Order 305-1234567-1234567", "order": {"id": "305-1234567-1234567"}}
        assert run("order-id", record, want="matching") == []

    def test_matching_needs_the_order_only_when_one_is_named(self) -> None:
        assert unknown("order-id", {"text": "Order 305-1234567-7654321"}, want="matching") == [
            (("order.id",), "missing")
        ]
        assert run("order-id", {"text": "Hello"}, want="matching") == []


class TestRelayAddress:
    @pytest.mark.parametrize(
        ("recipient", "relay"),
        [
            ("a1b2c3@marketplace.amazon.de", True),
            ("Anna <a1b2c3@Marketplace.Amazon.de>", True),
            ("a1b2c3@marketplace.amazon.de.", True),
            ("anna@mail.example", False),
            ("a1b2c3@marketplace.amazon.de.evil.example", False),
            ("a1b2c3@evilmarketplace.amazon.de", False),
            ("marketplace.amazon.de", False),
            ("@marketplace.amazon.de", False),
            ("", False),
        ],
    )
    def test_hosts(self, recipient: str, relay: bool) -> None:
        assert (run("relay-address", {"text": "x", "recipient": recipient}, hosts="relay") == []) is relay

    def test_unknown(self) -> None:
        assert unknown("relay-address", {"text": "x"}, hosts="relay") == [(("recipient",), "missing")]


ENGLISH = "We need the colour that you would like before we can send it to you with the rest of the order."
GERMAN = "Wir brauchen noch die Farbe, die Sie möchten, bevor wir das Paket mit dem Rest an Sie senden können."


class TestLanguage:
    @pytest.mark.parametrize(
        ("record", "language"),
        [
            ({"text": ENGLISH}, "en"),
            ({"html": f"<p>{ENGLISH}</p>"}, "en"),
            ({"text": ENGLISH, "html": f"<p>{ENGLISH}</p>"}, "en"),
            ({"text": "ご注文の商品についてのお知らせです。よろしくお願いします。"}, "ja"),
            ({"text": GERMAN, "language": "fr"}, "fr"),
        ],
    )
    def test_another_language_is_reported_once(self, record: dict[str, Any], language: str) -> None:
        (hit,) = run("language", {**record, "buyer": {"language": "de-DE"}})
        assert isinstance(hit, Hit)
        assert hit.fills == {"language": language, "preferred": "de-DE"}

    @pytest.mark.parametrize(
        "record",
        [{"text": GERMAN}, {"text": f"{GERMAN}\n\n{ENGLISH}"}, {"text": ENGLISH, "language": "de-AT"}],
    )
    def test_the_buyers_language_passes(self, record: dict[str, Any]) -> None:
        assert run("language", {**record, "buyer": {"language": "de-DE"}}) == []

    @pytest.mark.parametrize("text", ["Invoice 4711", "OK", "LED E27 806 lm 2700 K"])
    def test_too_little_text_is_not_guessed(self, text: str) -> None:
        assert unknown("language", {"text": text, "buyer": {"language": "de"}}) == [(("language",), "undetermined")]

    def test_unknown_preference(self) -> None:
        assert unknown("language", {"text": ENGLISH}) == [(("buyer.language",), "missing")]

    def test_a_language_that_is_not_recognised_is_not_judged(self) -> None:
        assert unknown("language", {"text": ENGLISH, "buyer": {"language": "sw"}}) == [(("language",), "undetermined")]

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Potwierdzenie wymiany produktu", "pl"),
            ("Hyvää päivää, kattila toimitettiin eilen", "fi"),
            ("Bestätigung Austauschgerät\n\nMit freundlichen Grüßen\nJohn Featherstonehaugh Whitworth", "de"),
        ],
    )
    def test_letters_tell_where_function_words_do_not(self, text: str, language: str) -> None:
        (hit,) = run("language", {"text": text, "buyer": {"language": "en-GB"}}, closing=("closing",))
        assert isinstance(hit, Hit)
        assert hit.fills["language"] == language
        assert run("language", {"text": text, "buyer": {"language": language}}, closing=("closing",)) == []

    def test_a_buyer_whose_language_has_no_function_words(self) -> None:
        (hit,) = run("language", {"text": ENGLISH, "buyer": {"language": "fi"}})
        assert isinstance(hit, Hit)
        assert hit.fills["language"] == "en"

    def test_names_codes_and_addresses_say_nothing(self) -> None:
        text = "Annemarie Oberhuber-Sauerbier https://www.amazon.de/gp/geschenkgutscheine ABC-KATALOGNUMMER 4711"
        record = {"text": text, "buyer": {"language": "en", "name": "Annemarie Oberhuber-Sauerbier"}}
        assert unknown("language", record) == [(("language",), "undetermined")]

    def test_one_sentence_in_the_buyers_language_makes_it_bilingual(self) -> None:
        text = f"{ENGLISH} {ENGLISH}\n\nDie Rechnung ist im Anhang und wir danken Ihnen."
        assert run("language", {"text": text, "buyer": {"language": "de"}}) == []

    def test_without_the_detector_it_says_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def absent(*_: object) -> None:
            raise ModuleNotFoundError("py3langid")

        monkeypatch.setattr("msgpolicy.checks.language.detect", absent)
        entries = run("language", {"text": "Bestätigung Austauschgerät", "buyer": {"language": "en"}})
        (entry,) = entries
        assert not isinstance(entry, Hit)
        assert "msgpolicy[languages]" in (entry.detail or "")


class TestCondition:
    PARAMS: dict[str, Any] = {"fires_when": {"order.status": "Canceled"}, "at": "order.status"}  # noqa: RUF012

    def test_outcomes(self) -> None:
        (hit,) = run("condition", {"text": "x", "order": {"status": "Canceled"}}, **self.PARAMS)
        assert isinstance(hit, Hit)
        assert hit.place.part == "order.status"
        assert hit.evidence == {"order.status": "Canceled"}
        assert run("condition", {"text": "x", "order": {"status": "Shipped"}}, **self.PARAMS) == []
        assert unknown("condition", {"text": "x"}, **self.PARAMS) == [(("order.status",), "missing")]

    def test_lists_and_times_are_told_as_plain_data(self) -> None:
        params = {"fires_when": {"sender": {"not_in": "account.approved_senders"}}, "at": "sender"}
        record = {"text": "x", "sender": "c@shop.example", "account": {"approved_senders": ["a@shop.example"]}}
        (hit,) = run("condition", record, **params)
        assert isinstance(hit, Hit)
        assert hit.evidence == {"account.approved_senders": ["a@shop.example"], "sender": "c@shop.example"}
        params = {"fires_when": {"sent_at": {"known": True}}, "at": "sent_at"}
        (hit,) = run("condition", {"text": "x", "sent_at": "2026-11-01T10:00:00+01:00"}, **params)
        assert isinstance(hit, Hit)
        assert hit.evidence == {"sent_at": "2026-11-01T10:00:00+01:00"}

    @pytest.mark.parametrize("at", ["order", "order.stats", "", "text.x"])
    def test_it_points_to_a_field(self, at: str) -> None:
        with pytest.raises(msgspec.ValidationError, match="not a field"):
            run("condition", {"text": "x"}, fires_when={"order.status": "Canceled"}, at=at)
