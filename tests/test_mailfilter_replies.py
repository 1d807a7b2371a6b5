"""What a mail server is told of a decision."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.hooks.decision import Decision, Reason
from msgpolicy.mailfilter.replies import MAX_REPLY, reply_to, rules_of


def decision(action: Any, *reasons: Reason, judged: Any = None, failure: str | None = None) -> Decision:
    return Decision(id="m", action=action, judged=judged or action, reasons=reasons, failure=failure)


def refused(rule: str = "a-rule", suggestion: str = "Take it out.") -> Reason:
    return Reason("refuse", rule, "error", "Found “+1 206 555 0100”.", suggestion)


def test_what_may_leave_has_no_reply() -> None:
    assert reply_to(decision("send")) is None
    assert reply_to(decision("send", refused(), judged="refuse")) is None


def test_a_refusal_names_rules_and_the_first_suggestion() -> None:
    reply = reply_to(decision("refuse", refused("a", ""), refused("b", "Take b out."), refused("a", "Take a out.")))
    assert reply is not None
    assert reply.line() == b"550 5.7.1 refused by msgpolicy: a, b: Take b out."


def test_a_refusal_without_a_suggestion() -> None:
    reply = reply_to(decision("refuse", refused("a", "")))
    assert reply is not None
    assert reply.line() == b"550 5.7.1 refused by msgpolicy: a"


def test_a_mail_that_is_held_is_to_come_again() -> None:
    reply = reply_to(decision("hold", Reason("hold", "a", "warning", "", "Ask.")))
    assert reply is not None
    assert reply.line() == b"450 4.7.1 held by msgpolicy: a: Ask."


def test_a_mail_that_cannot_be_read() -> None:
    unread = Reason("refuse", "*", "not judged: unreadable", "private")
    reply = reply_to(decision("refuse", unread, failure="unreadable"))
    assert reply is not None
    assert reply.line() == b"550 5.7.1 refused by msgpolicy: not judged: unreadable"


@pytest.mark.parametrize("action", ["hold", "refuse"])
@pytest.mark.parametrize("failure", ["timeout", "MemoryError", "unrecorded"])
def test_a_failure_is_never_permanent(action: Any, failure: str) -> None:
    reply = reply_to(decision(action, failure=failure))
    assert reply is not None
    assert (reply.code, reply.status) == (451, "4.7.1")
    assert failure in reply.text


def test_what_was_to_be_sent_but_could_not_be_recorded_is_a_failure() -> None:
    reply = reply_to(decision("refuse", refused("note"), judged="send", failure="unrecorded"))
    assert reply is not None
    assert reply.code == 451


@pytest.mark.parametrize("utf8", [False, True])
def test_a_reply_is_one_line_of_bounded_length(utf8: bool) -> None:
    hostile = "é\r\n250 ok\x00\x1b[2J\u2028\u202e\x85 " + "ü" * 5000
    reply = reply_to(decision("refuse", refused("r\r\nx", hostile)), utf8)
    assert reply is not None
    line = reply.line()
    assert len(line) <= MAX_REPLY - 2
    assert not set(line) & set(range(32))
    assert line.startswith(b"550 5.7.1 refused by msgpolicy: r x: ")
    assert line.isascii() is not utf8
    line.decode("utf-8")


def test_letters_become_plain_where_the_reader_takes_ascii() -> None:
    said = refused("a", "Usuń → „ten” kod: é")
    plain, rich = (reply_to(decision("refuse", said), utf8) for utf8 in (False, True))
    assert plain is not None
    assert rich is not None
    assert plain.text.endswith("a: Usun ? ?ten? kod: e")
    assert rich.text.endswith("a: Usuń → „ten” kod: é")


def test_rules_as_a_header_carries_them() -> None:
    assert rules_of(decision("hold", refused("a"), refused("b\r\nX: y"))) == "a, b X: y"
    assert rules_of(decision("hold", failure="timeout")) == "timeout"
    assert len(rules_of(decision("hold", *(refused(f"rule-{number}") for number in range(1000))))) <= 400
