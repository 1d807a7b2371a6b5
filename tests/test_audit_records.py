"""Records of foreign exports made into messages: times without offset, other names, facts from elsewhere."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("pyarrow")

from msgpolicy.audit.archives.raw import JSON, MAIL, ROW, Raw
from msgpolicy.audit.records import Records, zone_of
from msgpolicy.inputs import Context, InputError
from msgpolicy.message import Message

BERLIN = ZoneInfo("Europe/Berlin")


def read(data: dict[str, Any], kind: str = JSON, **how: Any) -> tuple[Message, tuple[str, ...]]:
    return Records(**how).message(Raw("a.jsonl", kind, json.dumps({"text": "Hello", **data}).encode(), 3, 7))


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("2024-01-15T10:00:00", 1),
        ("2024-07-15 10:00", 2),
        ("2024-07-15T10:00:00.123456", 2),
        ("2024-10-27T02:30:00", 2),  # which is there twice: the first one
        ("2024-03-31T02:30:00", 1),  # which is not there
    ],
)
def test_times_without_offset_are_of_the_zone(written: str, hours: int) -> None:
    message, assumed = read({"sent_at": written}, zone=BERLIN)
    assert message.sent_at is not None
    assert message.sent_at.utcoffset() == timedelta(hours=hours)
    assert message.sent_at.replace(tzinfo=None).isoformat().startswith(written.replace(" ", "T"))
    assert assumed == ("timezone=Europe/Berlin",)


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        ("Fri, 1 Mar 2024 10:00:00", 1),
        ("1 Jul 2024 10:00", 2),
        ("Fri, 1 Mar 2024 10:00:00 -0500", None),
        ("soon", None),
    ],
)
def test_mails_whose_date_has_no_offset_are_of_the_zone(date: str, hours: int | None) -> None:
    mail = f"From: shop@shop.example\nDate: {date}\nSubject: Hello\n\nHello\n".encode()
    plain, nothing = Records().message(Raw("a.eml", MAIL, mail, 1))
    message, assumed = Records(zone=BERLIN).message(Raw("a.eml", MAIL, mail, 1))
    assert nothing == ()
    if hours is None:
        assert (message, assumed) == (plain, ())
        return
    assert plain.sent_at is None
    assert message.sent_at is not None
    assert (message.sent_at.hour, message.sent_at.utcoffset()) == (10, timedelta(hours=hours))
    assert assumed == ("timezone=Europe/Berlin",)


def test_times_with_an_offset_stay_and_nothing_is_assumed() -> None:
    message, assumed = read({"sent_at": "2024-07-15T10:00:00-05:00"}, zone=BERLIN)
    assert message.sent_at is not None
    assert message.sent_at.utcoffset() == timedelta(hours=-5)
    assert assumed == ()


@pytest.mark.parametrize("kind", [JSON, ROW])
def test_all_times_of_a_record_are_read(kind: str) -> None:
    local = "2024-01-15T10:00:00"
    message, _ = read(
        {"order": {"completed_at": local}, "history": {"last_buyer_message_at": local}}, kind, zone=BERLIN
    )
    assert message.order is not None
    assert message.history is not None
    assert message.order.completed_at == message.history.last_buyer_message_at
    assert message.order.completed_at is not None


@pytest.mark.parametrize("written", ["2024-01-15", "15.01.2024 10:00", "2024-02-31T10:00:00", "soon"])
def test_what_is_no_time_stays_an_error(written: str) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl:7:.*sent_at"):
        read({"sent_at": written}, zone=BERLIN)


def test_without_a_zone_the_error_names_the_option() -> None:
    with pytest.raises(InputError, match="--timezone Europe/Berlin"):
        read({"sent_at": "2024-01-15T10:00:00"})


def test_foreign_names_may_lie_inside_objects() -> None:
    data = {"text": None, "content": {"body": "Hi"}, "number": "7", "order.no": "1", "colour": "red"}
    names = {"text": "content.body", "order.id": "order.no", "id": "number"}
    message, _ = read(data, names=names)
    assert (message.text, message.id, message.order and message.order.id) == ("Hi", "7", "1")


def test_a_foreign_name_that_is_one_of_ours_means_what_it_is_mapped_to() -> None:
    message, _ = read({"text": "Title", "html": None, "body": "Hi"}, names={"subject": "text", "text": "body"})
    assert (message.subject, message.text) == ("Title", "Hi")


def test_facts_of_the_context_win() -> None:
    context = Context("c.csv")
    context.add("1", {"order": {"status": "Canceled"}, "buyer": {"language": "de"}}, 2)
    message, _ = read({"order": {"id": "1", "status": "Shipped"}}, context=context)
    assert message.order is not None
    assert message.buyer is not None
    assert (message.order.status, message.buyer.language) == ("Canceled", "de")


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "/etc/localtime"])
def test_zones_that_are_none(name: str) -> None:
    with pytest.raises(InputError, match="is not a time zone that is known here"):
        zone_of(name)
