"""The headers X-Msgpolicy-*: what they say, and that nothing else of a mail changes when they go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Message
from msgpolicy.mailfilter.headers import PREFIX, HeaderError, facts_of, fields, with_hold, without_ours

MAIL = b"From: a@shop.example\r\nSubject: hello\r\n\r\nX-Msgpolicy-Order-Status: in the body it stays\r\n"


def test_a_mail_without_our_headers_stays_as_it_is() -> None:
    assert without_ours(MAIL) == (MAIL, [])


@pytest.mark.parametrize(
    "header",
    [
        b"X-Msgpolicy-Order-Status: Shipped\r\n",
        b"x-MSGPOLICY-order-status:Shipped\r\n",
        b"X-Msgpolicy-Order-Status \t: Shipped\r\n",
        b"X-Msgpolicy-Order-Status:\r\n  Shipped\r\n\t \r\n",
        b"X-Msgpolicy-Order-Status: Shipped\r\nX-Msgpolicy-Anything-Else: x\r\n",
    ],
)
@pytest.mark.parametrize("at", [0, len(b"From: a@shop.example\r\n")])
def test_our_headers_are_taken_out_wherever_and_however_they_stand(header: bytes, at: int) -> None:
    mail, taken = without_ours(MAIL[:at] + header + MAIL[at:])
    assert mail == MAIL
    assert next(value for _, value in taken).strip() == b"Shipped"


def test_headers_behind_a_line_that_is_none_are_taken_out_too() -> None:
    mail, taken = without_ours(b"From: a@b.example\r\nno header\r\nX-Msgpolicy-By: eve\r\n\r\nbody")
    assert mail == b"From: a@b.example\r\nno header\r\n\r\nbody"
    assert taken == [(b"X-Msgpolicy-By", b"eve")]


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\r\n",
        b"\r\nX-Msgpolicy-By: in the body\r\n",
        b"Subject: x\r\n X-Msgpolicy-By: folded\r\n\r\n",
        b"Subject: X-Msgpolicy-By: said\r\n\r\n",
        b"X-Msgpolicy: another name\r\n\r\n",
        b"X-Msgpolicy-By without a colon\r\n\r\n",
    ],
)
def test_what_only_looks_like_one_stays(mail: bytes) -> None:
    assert without_ours(mail) == (mail, [])


def test_a_mail_that_is_nothing_but_our_headers() -> None:
    assert without_ours(b"X-Msgpolicy-By: anna\r\n")[0] == b""
    assert without_ours(b"X-Msgpolicy-By: anna")[0] == b""


_LINE = st.sampled_from(
    [b"Subject: x", b" folded", b"X-Msgpolicy-By: eve", b"x-msgpolicy-a : b", b"", b"body", b"\tX-Msgpolicy-By: x"]
)


@given(st.lists(_LINE))
def test_what_is_left_holds_none_of_them_and_all_of_the_rest(lines: list[bytes]) -> None:
    mail = b"\r\n".join(lines)
    left, _ = without_ours(mail)
    assert without_ours(left) == (left, [])
    _head, gap, body = mail.partition(b"\r\n\r\n")
    if gap and not mail.startswith(b"\r\n"):
        assert left.endswith(body)
    assert left.count(b"Subject: x") == mail.count(b"Subject: x")


def test_fields_say_what_a_record_may_hold() -> None:
    facts = facts_of(
        [
            (b"X-Msgpolicy-Order-Status", b"Shipped"),
            (b"X-Msgpolicy-Order-Completed-At", b"2026-11-01T10:00:00+01:00"),
            (b"x-msgpolicy-buyer-opted-out", b"no"),
            (b"X-Msgpolicy-History-Sent-Today", b"12"),
            (b"X-Msgpolicy-Account-Approved-Senders", b"a@shop.example; b@shop.example"),
            (b"X-Msgpolicy-Buyer-Name", b"=?utf-8?q?J=C3=B3zef?="),
            (b"X-Msgpolicy-Reason", b""),
            (b"X-Msgpolicy-Context", b'{"order": {"status": "Pending", "channel": "MFN"}}'),
        ]
    )
    assert facts.context == {
        "order": {"status": "Shipped", "channel": "MFN", "completed_at": "2026-11-01T10:00:00+01:00"},
        "buyer": {"opted_out": False, "name": "Józef"},
        "history": {"sent_today": 12},
        "account": {"approved_senders": ["a@shop.example", "b@shop.example"]},
    }
    assert facts.send_anyway is None
    Message.from_email(MAIL, context=facts.context)


def test_send_anyway_with_who_says_so() -> None:
    facts = facts_of([(b"X-Msgpolicy-Send-Anyway", b"asked for by phone"), (b"X-Msgpolicy-By", b"anna")])
    assert facts == ({}, "asked for by phone", "anna")


def test_a_mark_from_an_earlier_hold_says_nothing() -> None:
    assert facts_of([(b"X-Msgpolicy-Hold", b"a-rule")]) == ({}, None, None)


@pytest.mark.parametrize(
    "headers",
    [
        [(b"X-Msgpolicy-Odrer-Status", b"private")],
        [(b"X-Msgpolicy-Text", b"private")],
        [(b"X-Msgpolicy-Order-Status", b"private"), (b"x-msgpolicy-order-status", b"private")],
        [(b"X-Msgpolicy-Order-Custom", b"private")],
        [(b"X-Msgpolicy-History-Sent-Today", b"private")],
        [(b"X-Msgpolicy-Buyer-Name", b"private\xff")],
        [(b"X-Msgpolicy-Buyer-Name", b"=?no-such-charset?q?private?=")],
        [(b"X-Msgpolicy-Buyer-Name", b"private" * 100_000)],
        [(b"X-Msgpolicy-Context", b'["private"]')],
        [(b"X-Msgpolicy-Context", b'{"text": "private"}')],
        [(b"X-Msgpolicy-Context", b"[" * 60_000)],
        [(b"X-Msgpolicy-\xff\r\nprivate"[:13], b"x")],
    ],
)
def test_what_cannot_be_used_is_named_without_what_it_says(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(HeaderError, match=r"\A[Xx]-?[\w?-]+ .+\Z") as error:
        facts_of(headers)
    assert "private" not in str(error.value)
    assert str(error.value).isascii()


def test_every_field_has_a_name_of_its_own() -> None:
    assert len(set(fields().values())) == len(fields())
    assert fields()["order-completed-at"] == ("order", "completed_at")
    assert PREFIX == b"x-msgpolicy-"


def test_a_mark_of_a_held_mail_is_one_header() -> None:
    assert with_hold(MAIL, "a-rule, another") == b"X-Msgpolicy-Hold: a-rule, another\r\n" + MAIL
