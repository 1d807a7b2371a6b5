"""The message record: validation that names every mistake, immutability, and lossless JSON."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Attachment, Buyer, History, Message, MessageError, Order


def problems(data: object) -> dict[str, str]:
    with pytest.raises(MessageError) as caught:
        Message.from_dict(data)  # type: ignore[arg-type]
    return {str(problem).split(": ")[0]: str(problem) for problem in caught.value.problems}


def test_every_mistake_is_listed_with_its_path() -> None:
    found = problems(
        {
            "text": 5,
            "senderr": "a@shop.example",
            "sent_at": "2026-11-01T10:00:00",
            "direction": "seller-to-buyer",
            "order": {"status": "Cancelled", "idd": "1", "custom": "yes"},
            "buyer": {"country": "UK", "language": "de_DE"},
            "attachments": [{"size": -1}, {"content": "%%"}],
        }
    )
    assert set(found) == {
        "text",
        "senderr",
        "sent_at",
        "direction",
        "order.status",
        "order.idd",
        "order.custom",
        "buyer.country",
        "buyer.language",
        "attachments[0].size",
        "attachments[1].content",
    }
    assert "did you mean 'sender'" in found["senderr"]
    assert "offset" in found["sent_at"]
    assert "'seller_to_buyer'" in found["direction"]
    assert "did you mean 'Canceled'" in found["order.status"]


@pytest.mark.parametrize(
    ("status", "accepted"),
    [("Canceled", True), ("Shipped", True), ("shipped", False), ("Cancelled", False), ("ReadyForPickup", True)],
)
def test_order_status_uses_amazons_words_and_keeps_other_marketplaces(status: str, accepted: bool) -> None:
    if accepted:
        assert Order(status=status).status == status
    else:
        with pytest.raises(MessageError, match="did you mean"):
            Order(status=status)


def test_the_constructor_validates_as_well() -> None:
    with pytest.raises(MessageError, match="text: expected str"):
        Message(text=5)  # type: ignore[arg-type]
    with pytest.raises(MessageError, match="review_requests"):
        History(review_requests=-1)


def test_the_constructor_takes_plain_dicts_and_lists() -> None:
    message = Message(text="hi", order={"id": "1"}, attachments=[{"filename": "a.pdf"}])  # type: ignore[arg-type]
    assert message.order == Order(id="1")
    assert message.attachments == (Attachment(filename="a.pdf"),)


def test_an_empty_message_is_refused_except_for_the_api() -> None:
    assert "the record" in problems({"channel": "email"})
    assert Message(channel="sp_api").text is None
    assert Message(attachments=(Attachment(filename="a.pdf"),)).attachments is not None


def test_unknown_and_none_differ_for_attachments() -> None:
    assert Message.from_dict({"text": "a"}).attachments is None
    assert Message.from_dict({"text": "a", "attachments": None}).attachments is None
    assert Message.from_dict({"text": "a", "attachments": []}).attachments == ()


def test_null_means_absent_where_there_is_a_default() -> None:
    message = Message.from_json(b'{"text": "a", "direction": null, "channel": null, "kind": null}')
    assert (message.direction, message.channel, message.kind) == ("seller_to_buyer", "email", None)


def test_frozen_all_the_way_down() -> None:
    message = Message(text="a", extra={"own": {"deep": [1, {"x": 2}]}}, buyer=Buyer(name="Anna"))
    with pytest.raises(AttributeError):
        message.text = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        message.buyer.name = "Eve"  # type: ignore[misc, union-attr]
    assert message.extra is not None
    with pytest.raises(TypeError):
        message.extra["own"]["deep"] = []
    with pytest.raises(TypeError):
        message.extra["own"]["deep"][1]["x"] = 3
    assert hash(message) == hash(copy.deepcopy(message))
    assert pickle.loads(pickle.dumps(message)) == message


def test_times_keep_offset_and_microseconds() -> None:
    record = b'{"text": "a", "sent_at": "2026-11-01T10:00:00.123456+05:30"}'
    message = Message.from_json(record)
    assert message.sent_at == datetime(2026, 11, 1, 10, 0, 0, 123456, timezone(timedelta(hours=5, minutes=30)))
    assert message.to_dict()["sent_at"] == "2026-11-01T10:00:00.123456+05:30"
    with pytest.raises(MessageError, match="offset"):
        Message(text="a", sent_at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"text": "\xff"}',
        b'{"text": "\\ud83d half"}',
        b'{"text": "a", "extra": ' + b"[" * 100_000,
        b'{"text": "a", "order": []}',
        b'{"text": "a", "attachments": {}}',
    ],
)
def test_bad_json_is_a_message_error(data: bytes) -> None:
    with pytest.raises(MessageError):
        Message.from_json(data)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TIMES = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-8)), timezone(timedelta(hours=5, minutes=45))]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
MESSAGES = st.builds(
    Message,
    text=TEXT.map(lambda text: text + "."),
    html=st.none() | TEXT,
    subject=st.none() | TEXT,
    kind=st.sampled_from([None, "proactive", "reply"]),
    sent_at=st.none() | TIMES,
    attachments=st.none()
    | st.lists(
        st.builds(Attachment, filename=st.none() | TEXT, content=st.none() | st.binary(max_size=30)), max_size=3
    ).map(tuple),
    order=st.none() | st.builds(Order, id=st.none() | TEXT, custom=st.none() | st.booleans(), delivered_at=TIMES),
    buyer=st.none() | st.builds(Buyer, language=st.sampled_from([None, "de-DE", "zh-Hant-TW"]), name=st.none() | TEXT),
    available_reasons=st.none() | st.lists(TEXT, max_size=3).map(tuple),
    extra=st.none() | st.dictionaries(TEXT, JSON, max_size=3),
)


@given(MESSAGES)
def test_json_round_trip(message: Message) -> None:
    assert Message.from_json(message.to_json()) == message
    assert Message.from_dict(message.to_dict()) == message


@given(st.dictionaries(st.sampled_from([*Message.__struct_fields__, "nonsense"]), JSON, max_size=8))
def test_arbitrary_records_are_read_or_refused_with_reasons(data: dict[str, object]) -> None:
    try:
        message = Message.from_dict(data)
    except MessageError as error:
        reasons = [problem.message for problem in error.problems]
    else:
        reasons = []
        assert Message.from_json(message.to_json()) == message
    assert all(reasons)
