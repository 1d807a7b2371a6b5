"""What rules across messages find in archives: near misses, lacking facts, other ways of telling the same."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.report import Violation
from tests.archive_tables import HOUR, at, auditor, broken, buyer, found, lacking, reply, seller, table

DAY = 24 * HOUR


def evidence(rows: list[dict[str, Any]], rule: str, number: int, **settings: Any) -> dict[str, Any]:
    entry = found(rows, rule, auditor(**settings))[number]
    assert isinstance(entry, Violation)
    return dict(entry.evidence)


# --- repeat-review-request --------------------------------------------------------------------------------------------

ASKS: dict[str, Any] = {"review_request": True, "order": "A"}


def test_every_request_after_the_first_of_an_order_is_a_repeat() -> None:
    rows = [
        seller(**ASKS, sent_at=at(20)),
        seller(**ASKS, sent_at=at(10)),
        seller(**{**ASKS, "order": "B"}, sent_at=at(30)),
        seller(**{**ASKS, "review_request": False}, sent_at=at(40)),
        seller(**ASKS, sent_at=at(50)),
    ]
    assert broken(rows, "repeat-review-request") == [1, 5]
    assert evidence(rows, "repeat-review-request", 5) == {
        "history.review_requests": 2, "source": "archive", "first_at": at(10).isoformat()
    }  # fmt: skip


def test_a_request_in_an_answer_counts_and_is_not_reported() -> None:
    rows = [reply(**ASKS, sent_at=at(1)), reply(**ASKS, sent_at=at(2)), seller(**ASKS, sent_at=at(3))]
    assert broken(rows, "repeat-review-request") == [3]


def test_what_a_buyer_says_of_reviews_is_no_request() -> None:
    assert broken([buyer(**ASKS, sent_at=at(1)), seller(**ASKS, sent_at=at(2))], "repeat-review-request") == []


def test_the_larger_count_wins_and_names_its_source() -> None:
    rows = [
        seller(**ASKS, sent_at=at(1), history_review_requests=0),
        seller(**ASKS, sent_at=at(2), history_review_requests=0),
        seller(**ASKS, sent_at=at(3), history_review_requests=5),
        seller(**ASKS, sent_at=at(4), history_review_requests=3),
    ]
    assert broken(rows, "repeat-review-request") == [2, 3, 4]
    told = [evidence(rows, "repeat-review-request", number) for number in (2, 3, 4)]
    assert [(one["history.review_requests"], one["source"]) for one in told] == [
        (1, "archive"), (5, "history"), (3, "archive")
    ]  # fmt: skip


def test_a_request_without_order_or_time_is_not_evaluated_unless_history_tells() -> None:
    rows = [
        seller(review_request=True, sent_at=at(1)),
        seller(**ASKS),
        seller(review_request=True),
        seller(review_request=True, history_review_requests=1),
        seller(review_request=True, history_review_requests=0),
        seller(**ASKS, sent_at=at(2), kind=None),
        seller(**ASKS, sent_at=at(3), kind=None),
    ]
    assert lacking(rows, "repeat-review-request") == {
        1: ("order.id",), 2: ("sent_at",), 3: ("order.id", "sent_at"), 7: ("kind",)
    }  # fmt: skip
    assert broken(rows, "repeat-review-request") == [4]


def test_a_message_that_stands_in_two_archives_is_no_repeat() -> None:
    same = {**ASKS, "sent_at": at(1), "message_id": "m"}
    rows = [seller(**same), seller(**same, file="b.mbox", number=1), seller(**{**same, "sent_at": at(2)})]
    assert broken(rows, "repeat-review-request") == [3]
    nameless = {**ASKS, "sent_at": at(1), "message_id": None, "text": "t"}
    assert broken([seller(**nameless), seller(**nameless)], "repeat-review-request") == []
    assert broken([seller(**nameless), seller(**{**nameless, "text": "u"})], "repeat-review-request") == [2]


def test_two_archives_may_tell_different_things_of_one_message() -> None:
    same = {**ASKS, "sent_at": at(1), "message_id": "m", "template": "w"}
    rows = [seller(**same, thread="t"), seller(**same, thread="u", text="other")]
    assert broken(rows, "repeat-review-request") == []
    assert broken([rows[0], {**rows[1], "template": "v"}], "repeat-review-request") == [2]
    asked = buyer(thread="t", order="A", sent_at=at(0), message_id="b")
    answer = reply(order="A", sent_at=at(5), message_id="r")
    talk = [asked, {**answer, "thread": "u"}, {**answer, "thread": "t"}, buyer(sent_at=at(9 * DAY))]
    assert broken(talk, "unanswered-message") == []


def test_before_the_rule_was_made_nothing_is_reported() -> None:
    rows = [seller(**ASKS, sent_at=at(day * DAY), as_of=at(0).replace(year=2019)) for day in (1, 2)]
    assert broken(rows, "repeat-review-request") == []


# --- late-reply and unanswered-message --------------------------------------------------------------------------------

TALK: dict[str, Any] = {"thread": "t", "order": "A"}
LATE = DAY + 1 / 60


def test_the_wait_counts_from_the_first_message_that_had_no_answer() -> None:
    rows = [
        buyer(**TALK, sent_at=at(0)),
        buyer(**TALK, sent_at=at(20 * HOUR)),
        reply(**TALK, sent_at=at(LATE)),
        reply(**TALK, sent_at=at(3 * DAY)),
        buyer(**TALK, sent_at=at(4 * DAY)),
        reply(**TALK, sent_at=at(5 * DAY)),
    ]
    assert broken(rows, "late-reply") == [3]
    assert broken(rows, "unanswered-message") == []
    told = evidence(rows, "late-reply", 3)
    assert (told["history.last_buyer_message_at"], told["waited_hours"]) == (at(0).isoformat(), 24)


@pytest.mark.parametrize("other", [{"thread": "u"}, {"order": "B"}])
def test_an_answer_in_another_thread_or_about_another_order_answers_nothing(other: dict[str, Any]) -> None:
    rows = [buyer(**TALK, sent_at=at(0)), reply(**{**TALK, **other}, sent_at=at(HOUR)), buyer(sent_at=at(LATE))]
    assert broken(rows, "unanswered-message") == [1]
    assert lacking(rows, "late-reply") == {2: ("history.last_buyer_message_at",)}


@pytest.mark.parametrize(("question", "answer"), [({"order": None}, {}), ({}, {"order": None}), ({"thread": None}, {})])
def test_where_a_message_lacks_one_of_both_the_other_alone_counts(
    question: dict[str, Any], answer: dict[str, Any]
) -> None:
    rows = [
        buyer(**{**TALK, **question}, sent_at=at(0)),
        reply(**{**TALK, **answer}, sent_at=at(LATE)),
        buyer(sent_at=at(9 * DAY)),
    ]
    assert broken(rows, "late-reply") == [2]
    assert broken(rows, "unanswered-message") == []


def test_what_a_seller_starts_answers_nothing() -> None:
    rows = [buyer(**TALK, sent_at=at(0)), seller(**TALK, sent_at=at(1)), reply(**TALK, sent_at=at(LATE))]
    assert broken(rows, "late-reply") == [3]
    assert broken([*rows[:2], seller(sent_at=at(LATE))], "unanswered-message") == [1]


def test_a_message_of_unknown_kind_answers_where_its_thread_shows_it() -> None:
    unknown = reply(**TALK, sent_at=at(LATE), kind=None)
    assert broken([buyer(**TALK, sent_at=at(0)), unknown], "late-reply") == [2]
    rows = [buyer(order="A", sent_at=at(0)), {**unknown, "thread": None}]
    assert (broken(rows, "late-reply"), lacking(rows, "late-reply")) == ([], {2: ("kind",)})


def test_history_counts_where_the_archive_has_less_and_no_answer_in_between() -> None:
    rows = [
        buyer(**TALK, sent_at=at(2 * DAY)),
        reply(**TALK, sent_at=at(2 * DAY + 1), history_last_buyer_message_at=at(0)),
        reply(**TALK, sent_at=at(9 * DAY), history_last_buyer_message_at=at(2 * DAY)),
        reply(history_last_buyer_message_at=at(0), sent_at=at(LATE)),
        reply(history_last_buyer_message_at=at(0), sent_at=at(DAY)),
    ]
    assert broken(rows, "late-reply") == [2, 4]
    assert [evidence(rows, "late-reply", number)["source"] for number in (2, 4)] == ["history", "history"]
    earlier = [buyer(**TALK, sent_at=at(0)), reply(**TALK, sent_at=at(LATE), history_last_buyer_message_at=at(60))]
    assert evidence(earlier, "late-reply", 2)["source"] == "archive"


def test_answers_and_questions_without_time_or_ids_are_not_evaluated() -> None:
    rows = [
        buyer(sent_at=at(0)),
        buyer(**TALK),
        reply(sent_at=at(9 * DAY)),
        reply(**TALK),
        reply(**TALK, sent_at=at(5), kind=None),
    ]
    assert lacking(rows, "unanswered-message") == {1: ("thread_id", "order.id"), 2: ("sent_at",)}
    assert lacking(rows, "late-reply") == {
        3: ("thread_id", "order.id"), 4: ("sent_at",), 5: ("kind", "history.last_buyer_message_at")
    }  # fmt: skip


def test_a_question_counts_once_the_archive_reaches_further_than_the_time_for_an_answer() -> None:
    rows = [buyer(**TALK, sent_at=at(0)), buyer(**TALK, sent_at=at(60)), seller(sent_at=at(DAY + 60))]
    assert broken(rows, "unanswered-message") == [1]
    assert evidence(rows, "unanswered-message", 1)["archive_until"] == at(DAY + 60).isoformat()
    assert broken(rows, "unanswered-message", auditor(reply_hours="12 hours")) == [1, 2]


def test_a_question_and_its_answer_of_the_same_second() -> None:
    rows = [reply(**TALK, sent_at=at(0)), buyer(**TALK, sent_at=at(0)), buyer(sent_at=at(9 * DAY))]
    assert broken(rows, "unanswered-message") == []


# --- daily-cap-exceeded -----------------------------------------------------------------------------------------------


def day_of(count: int, **columns: Any) -> list[dict[str, Any]]:
    usual = {"sender": "s", "daily_order_average": 1.0, **columns}
    return [seller(**usual, sent_at=at(minute)) for minute in range(count)]


SMALL = {"daily_cap_messages": 2, "daily_cap_orders": 1}


def test_what_comes_after_the_cap_of_a_day_and_sender() -> None:
    judge = auditor(**SMALL)
    assert broken(day_of(5), "daily-cap-exceeded", judge) == [4, 5]
    assert broken([*day_of(3), *day_of(3, sender="t")], "daily-cap-exceeded", judge) == []
    assert broken([*day_of(3), *day_of(9, kind="reply")], "daily-cap-exceeded", judge) == []
    told = evidence(day_of(4), "daily-cap-exceeded", 4, **SMALL)
    assert (told["history.sent_today"], told["cap"], told["source"]) == (3, 3, "archive")


def test_a_day_is_the_one_in_which_the_time_was_written() -> None:
    midnight = [seller(sender="s", daily_order_average=1.0, sent_at=at(minute)) for minute in (-90, -80, -10, 10)]
    assert broken(midnight, "daily-cap-exceeded", auditor(**SMALL)) == []
    east = [{**row, "offset_minutes": 120} for row in midnight]
    assert broken(east, "daily-cap-exceeded", auditor(**SMALL)) == [4]


def test_the_cap_is_not_missed_for_lack_of_facts_where_it_could_not_be_reached() -> None:
    judge = auditor(**SMALL)
    assert found(day_of(2, sender=None, daily_order_average=None), "daily-cap-exceeded", judge) == {}
    assert lacking(day_of(3, sender=None), "daily-cap-exceeded", judge) == {}
    assert set(lacking(day_of(4, sender=None), "daily-cap-exceeded", judge).values()) == {("sender",)}
    assert lacking(day_of(3, daily_order_average=None), "daily-cap-exceeded", judge) == {
        3: ("account.daily_order_average",)
    }
    undated = [*day_of(4), seller(sender="s", daily_order_average=1.0)]
    assert lacking(undated, "daily-cap-exceeded", judge) == {5: ("sent_at",)}
    assert lacking(day_of(5, kind=None), "daily-cap-exceeded", judge) == {}


def test_the_history_of_a_day_counts_where_it_is_more() -> None:
    rows = [
        seller(sent_at=at(0), daily_order_average=1.0, history_sent_today=3),
        seller(sent_at=at(1), daily_order_average=1.0, history_sent_today=2),
        seller(daily_order_average=1.0, history_sent_today=7),
    ]
    assert broken(rows, "daily-cap-exceeded", auditor(**SMALL)) == [1, 3]
    assert evidence(rows, "daily-cap-exceeded", 1, **SMALL)["source"] == "history"


# --- mass-message -----------------------------------------------------------------------------------------------------

MASS = {"mass_buyers": 3}
SAID: dict[str, Any] = {"text": "x", "template": "y"}


def to(*buyers: tuple[str | None, float], **columns: Any) -> list[dict[str, Any]]:
    return [seller(**{**SAID, **columns}, buyer=name, sent_at=at(minute)) for name, minute in buyers]


def test_all_of_one_mailing_are_reported() -> None:
    rows = to(("a", 0), ("b", DAY / 2), ("c", DAY), ("d", 4 * DAY))
    assert broken(rows, "mass-message", auditor(**MASS)) == [1, 2, 3]
    entry = found(rows, "mass-message", auditor(**MASS))[1]
    assert isinstance(entry, Violation)
    assert entry.message == "The same text went to 3 buyers within 24 hours."
    assert broken(to(("a", 0), ("b", 1), ("c", DAY + 1)), "mass-message", auditor(**MASS)) == []


def test_one_buyer_who_gets_it_again_counts_once() -> None:
    assert broken(to(("a", 0), ("b", 1), ("a", 2), ("b", 3)), "mass-message", auditor(**MASS)) == []
    months = [(name, 30 * DAY * month + place) for month in (0, 1) for place, name in enumerate("abc")]
    assert broken(to(*months), "mass-message", auditor(**MASS)) == [1, 2, 3, 4, 5, 6]


def test_what_is_the_same_but_for_names_and_numbers_counts_by_the_setting_only() -> None:
    rows = [{**row, "text": str(place)} for place, row in enumerate(to(("a", 0), ("b", 1), ("c", 2)))]
    assert broken(rows, "mass-message", auditor(**MASS)) == []
    assert broken(rows, "mass-message", auditor(**MASS, mass_same="template")) == [1, 2, 3]


def test_what_has_no_words_is_no_text() -> None:
    assert broken(to(("a", 0), ("b", 1), ("c", 2), template=None), "mass-message", auditor(**MASS)) == []


def test_the_mailing_is_not_missed_for_lack_of_facts_where_it_could_not_be_one() -> None:
    judge = auditor(**MASS)
    assert found(to((None, 0), (None, 1)), "mass-message", judge) == {}
    assert lacking(to((None, 0), ("b", 1), ("b", 2)), "mass-message", judge) == {}
    assert lacking(to((None, 0), ("b", 1), ("c", 2)), "mass-message", judge) == dict.fromkeys((1, 2, 3), ("buyer.id",))
    rows = [*to(("a", 0), ("b", 1)), seller(**SAID, buyer="c")]
    assert lacking(rows, "mass-message", judge) == {3: ("sent_at",)}
    assert set(lacking(to(("a", 0), ("b", 1), ("c", 2), kind=None), "mass-message", judge).values()) == {("kind",)}


# --- contact-after-stop -----------------------------------------------------------------------------------------------

STOP = buyer(stop_request=True, buyer="b", order="A", thread="t", sent_at=at(0))


@pytest.mark.parametrize("key", [{"buyer": "b"}, {"order": "A"}, {"thread": "t"}, {"buyer": "b", "order": "B"}])
def test_who_asked_to_stop_is_known_by_buyer_order_or_thread(key: dict[str, Any]) -> None:
    rows = [STOP, seller(**key, reason="invoice", sent_at=at(1)), seller(**key, reason="invoice", sent_at=at(-1))]
    assert broken(rows, "contact-after-stop") == [2]


def test_after_a_stop_what_the_order_needs_and_answers_may_be_sent() -> None:
    rows = [
        STOP,
        seller(buyer="b", reason="order_problem", sent_at=at(1)),
        reply(buyer="b", sent_at=at(2)),
        seller(buyer="b", sent_at=at(3)),
        seller(buyer="c", reason="invoice", sent_at=at(4)),
        seller(buyer="b", reason="invoice", kind=None, sent_at=at(5)),
    ]
    entries = found(rows, "contact-after-stop")
    assert sorted(entries) == [4, 6]
    assert isinstance(entries[4], Violation)
    assert entries[4].severity == "warning"
    assert lacking(rows, "contact-after-stop") == {6: ("kind",)}


def test_without_ids_or_time_it_is_not_known_whether_one_asked_to_stop() -> None:
    rows = [seller(reason="invoice", sent_at=at(1)), seller(reason="invoice"), seller(buyer="b", reason="invoice")]
    assert found(rows, "contact-after-stop") == {}
    assert lacking([*rows, STOP], "contact-after-stop") == {
        1: ("buyer.id",), 2: ("buyer.id", "sent_at"), 3: ("sent_at",)
    }  # fmt: skip


# --- all of them ------------------------------------------------------------------------------------------------------


def test_an_empty_archive_has_nothing() -> None:
    assert table([]).num_rows == 0
    assert found([], "late-reply") == {}


def test_other_marketplaces_are_not_judged_and_routed_messages_are() -> None:
    asked = {**ASKS, "marketplace": "ebay.de"}
    assert found([seller(**asked, sent_at=at(1)), seller(**asked, sent_at=at(2))], "repeat-review-request") == {}
    request = {"channel": "sp_api", "reason": "productReviewAndSellerFeedback", "order": "A", "kind": None}
    rows = [seller(**request, sent_at=at(1)), seller(**request, sent_at=at(2))]
    assert broken(rows, "repeat-review-request") == [2]
