"""Random archives, judged by the queries and by plain loops that look at every pair of messages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgpolicy.audit.across import findings_across
from msgpolicy.report import Violation
from tests.archive_tables import HOUR, at, auditor, table

Row = dict[str, Any]
Found = dict[int, str]  # by number: `fires`, or the fields that are lacking
FIRES = "fires"
LIMIT = timedelta(hours=12)
SPAN = timedelta(hours=1)
MASS = {"mass_buyers": 3, "mass_within": "1 hours"}
SETTINGS = {"reply_hours": "12 hours", "daily_cap_messages": 2, "daily_cap_orders": 1, **MASS}

TIMES = st.one_of(
    st.none(), st.sampled_from([0, 5, 30, 60, 61, 90, 12 * HOUR, 13 * HOUR, 25 * HOUR, 40 * HOUR]).map(at)
)
ROWS = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(["seller_to_buyer", "seller_to_buyer", "buyer_to_seller"]),
        "kind": st.sampled_from(["proactive", "proactive", "reply", "reply", None]),
        "thread": st.sampled_from(["t", "u", None]),
        "order": st.sampled_from(["A", "B", None]),
        "buyer": st.sampled_from(["a", "b", "c", "d", None]),
        "sender": st.sampled_from(["s", "s", "s", None]),
        "text": st.sampled_from(["x", "x", "y"]),
        "template": st.just("z"),
        "reason": st.sampled_from(["invoice", "order_problem", None]),
        "review_request": st.booleans(),
        "stop_request": st.sampled_from([False, False, True]),
        "daily_order_average": st.sampled_from([0.0, 1.0, None]),
        "history_review_requests": st.sampled_from([None, None, 0, 2]),
        "history_sent_today": st.sampled_from([None, None, 0, 3]),
        "history_last_buyer_message_at": st.one_of(st.none(), st.none(), st.sampled_from([at(0), at(HOUR)])),
        "sent_at": TIMES,
    }
)


def place(row: Row) -> Any:
    return row["sent_at"], row["direction"], row["number"]


def sellers(rows: list[Row], *kinds: str | None) -> list[Row]:
    return [row for row in rows if row["direction"] == "seller_to_buyer" and row["kind"] in kinds]


def repeats(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    asking = [row for row in sellers(rows, "proactive", "reply", None) if row["review_request"]]
    for row in asking:
        told, lacks = row["history_review_requests"], []
        earlier = 0
        if row["sent_at"] is not None and row["order"] is not None:
            earlier = sum(
                o["order"] == row["order"] and o["sent_at"] is not None and place(o) < place(row) for o in asking
            )
        elif told is None:
            lacks = [n for n, column in (("order.id", "order"), ("sent_at", "sent_at")) if row[column] is None]
        if row["kind"] != "reply" and (lacks or earlier or told):
            yield row, ",".join((["kind"] if row["kind"] is None else []) + lacks) or FIRES


def talk_of(row: Row, rows: list[Row]) -> Any:
    loose_thread = row["thread"] and any(o["thread"] == row["thread"] and o["order"] is None for o in rows)
    loose_order = row["order"] and any(o["order"] == row["order"] and o["thread"] is None for o in rows)
    thread = row["thread"] if loose_thread or not loose_order else None
    order = None if loose_thread else row["order"]
    return None if thread is None and order is None else (thread, order)


def no_turn(row: Row) -> str:
    lacks = ["sent_at"] if row["sent_at"] is None else []
    return ",".join(lacks + (["thread_id", "order.id"] if row["thread"] is None and row["order"] is None else []))


def waits(row: Row, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The buyer's messages before it in its talk, and those answers."""
    talk = talk_of(row, rows)
    before = [o for o in rows if talk_of(o, rows) == talk and o["sent_at"] is not None and place(o) < place(row)]
    return [o for o in before if o["direction"] == "buyer_to_seller"], sellers(before, "reply", None)


def lates(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    for row in sellers(rows, "reply", None):
        told, doubt = row["history_last_buyer_message_at"], ["kind"] if row["kind"] is None else []
        if row["sent_at"] is None or talk_of(row, rows) is None:
            if row["sent_at"] is None or told is None:
                yield row, ",".join([*doubt, no_turn(row)])
            elif row["sent_at"] - told > LIMIT:
                yield row, ",".join(doubt) or FIRES
            continue
        asked, answered = waits(row, rows)
        last = max((o["sent_at"] for o in answered), default=None)
        open_ = [o["sent_at"] for o in asked if not any(place(o) < place(a) for a in answered)]
        thread, _ = talk_of(row, rows)
        if thread is not None and open_:
            doubt = []
        if told is None and not asked:
            yield row, ",".join([*doubt, "history.last_buyer_message_at"])
        since = [*open_, *([told] if told and not (last and last >= told) else [])]
        if since and row["sent_at"] - min(since) > LIMIT:
            yield row, ",".join(doubt) or FIRES


def unanswered(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    end = max((row["sent_at"] for row in rows if row["sent_at"] is not None), default=None)
    for row in rows:
        if row["direction"] == "seller_to_buyer" or row["stop_request"]:
            continue
        if row["sent_at"] is None:
            yield row, no_turn(row)
        elif end - row["sent_at"] > LIMIT:
            if talk_of(row, rows) is None:
                yield row, no_turn(row)
            elif not any(
                talk_of(o, rows) == talk_of(row, rows) and o["sent_at"] is not None and place(o) > place(row)
                for o in sellers(rows, "reply", None)
            ):
                yield row, FIRES


def caps(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    started = sellers(rows, "proactive", None)
    on_day: dict[Any, int] = {}
    for row in started:
        if row["sent_at"] is not None:
            on_day[row["sent_at"].date()] = on_day.get(row["sent_at"].date(), 0) + 1
    for row in started:
        cap = (row["daily_order_average"] or 0) + 2
        told, earlier, most, lacks = row["history_sent_today"], 0, 0, ""
        if row["sent_at"] is None:
            most, lacks = max((count - 1 for count in on_day.values() if count > 2), default=0), "sent_at"
        elif row["sender"] is None:
            count = on_day[row["sent_at"].date()]
            most, lacks = count - 1 if count > 2 else 0, "sender"
        else:
            earlier = sum(
                o["sender"] == row["sender"] and o["kind"] == "proactive" and o["sent_at"] is not None
                and o["sent_at"].date() == row["sent_at"].date() and place(o) < place(row)
                for o in started
            )  # fmt: skip
        doubt = ["kind"] if row["kind"] is None else []
        average = [] if row["daily_order_average"] is not None else ["account.daily_order_average"]
        if max(earlier, told or 0) >= cap:
            yield row, ",".join(doubt + average) or FIRES
        elif told is None and most >= cap:
            yield row, ",".join([*doubt, lacks])


def stops(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    asked = [row for row in rows if row["direction"] == "buyer_to_seller" and row["stop_request"]]
    for row in sellers(rows, "proactive", None):
        keys = ("buyer", "order", "thread")
        mine = [o for o in asked if any(row[key] is not None and o[key] == row[key] for key in keys)]
        nameless = all(row[key] is None for key in keys)
        times = [o["sent_at"] for o in mine if o["sent_at"] is not None]
        if row["reason"] == "order_problem" or not asked or not (mine or nameless):
            continue
        lacks = ["buyer.id"] if nameless else []
        if row["sent_at"] is None or (mine and not times):
            lacks.append("sent_at")
        if lacks or (times and min(times) < row["sent_at"]):
            yield row, ",".join((["kind"] if row["kind"] is None else []) + lacks) or FIRES


ORACLES: dict[str, Callable[[list[Row]], Iterator[tuple[Row, str]]]] = {
    "repeat-review-request": repeats,
    "late-reply": lates,
    "unanswered-message": unanswered,
    "daily-cap-exceeded": caps,
    "contact-after-stop": stops,
}


def by_queries(rows: list[Row]) -> dict[str, Found]:
    found: dict[str, Found] = {rule: {} for rule in (*ORACLES, "mass-message")}
    for _, number, entry in findings_across(table(rows), auditor(**SETTINGS), threads=1):
        found[entry.rule][number] = FIRES if isinstance(entry, Violation) else ",".join(entry.needs)
    return found


def mailings(rows: list[Row]) -> set[int]:
    """What is surely one of the same text to three buyers within the time: all of its sends are known."""
    sent = [row for row in sellers(rows, "proactive") if row["buyer"] and row["sent_at"] is not None]
    found = set()
    for three in itertools.combinations(sent, 3):
        times = [row["sent_at"] for row in three]
        same = len({row["buyer"] for row in three}) == 3 and len({row["text"] for row in three}) == 1
        if same and max(times) - min(times) <= SPAN:
            found |= {row["number"] for row in three}
    return found


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROWS, max_size=12))
def test_the_queries_find_what_loops_find(rows: list[Row]) -> None:
    check(rows)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROWS, max_size=10))
def test_the_queries_find_what_loops_find_in_a_few_archives(rows: list[Row]) -> None:
    check(rows)


def check(rows: list[Row]) -> None:
    rows = [{**row, "number": number, "message_id": str(number)} for number, row in enumerate(rows, 1)]
    found = by_queries(rows)
    for rule, oracle in ORACLES.items():
        assert found[rule] == {row["number"]: said for row, said in oracle(rows)}, rule
    fired = {number for number, said in found["mass-message"].items() if said == FIRES}
    known = all(row["buyer"] and row["kind"] and row["sent_at"] for row in rows)
    assert fired <= mailings(rows) | {number for number, row in enumerate(rows, 1) if not row["buyer"]}
    if known and not any(a["buyer"] == b["buyer"] for a, b in itertools.combinations(rows, 2)):
        assert fired == mailings(rows)
