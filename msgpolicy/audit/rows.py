"""One judged message as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from msgpolicy.audit.archives.raw import MAIL, Raw
from msgpolicy.audit.redacting import Pseudonyms
from msgpolicy.audit.tables import MESSAGE
from msgpolicy.inputs.reading import only_order_id
from msgpolicy.message import Message
from msgpolicy.redaction import Redaction, masked
from msgpolicy.report import NotEvaluated, Report, Violation
from msgpolicy.rules.dates import in_utc

Row = dict[str, Any]

# What an int32 can hold; counts beyond are as good as this one.
_MOST = 2**31 - 1
# Code points of a text for people to look at.
_LONGEST_SHOWN = 20_000


def message_row(
    key: Mapping[str, Any], raw: Raw, message: Message, report: Report, assumed: Sequence[str], names: Pseudonyms
) -> Row:
    """The row of the table `messages`."""
    order = message.order.id if message.order else None
    if order is None and raw.kind == MAIL:
        order = only_order_id(message)
    history, account, signals = message.history, message.account, report.signals
    active = [violation.severity for violation in report.violations if violation.status == "active"]
    return {
        **key,
        "line": raw.line,
        "message_id": names.message(message.id),
        "thread": names.message(message.thread_id),
        "in_reply_to": names.message(message.in_reply_to),
        "order": names.order(order),
        "buyer": names.person(buyer_of(message)),
        "sender": names.person(message.sender),
        "direction": message.direction,
        "kind": message.kind,
        "channel": message.channel,
        "marketplace": message.marketplace,
        "reason": message.reason,
        "language": message.language,
        "sent_at": _instant(message.sent_at),
        "offset_minutes": _offset(message.sent_at),
        "as_of": _instant(report.receipt.as_of),
        "assumed": [*report.receipt.assumed, *assumed],
        "verdict": report.verdict,
        "template": signals.template,
        "text": signals.text,
        "review_request": signals.review_request,
        "stop_request": signals.stop_request,
        "history_review_requests": _count(history.review_requests if history else None),
        "history_sent_today": _count(history.sent_today if history else None),
        "history_last_buyer_message_at": _instant(history.last_buyer_message_at if history else None),
        "daily_order_average": account.daily_order_average if account else None,
        "violations": len(report.violations),
        "errors": active.count("error"),
        "warnings": active.count("warning"),
        "bytes": len(raw.data),
    }


def buyer_of(message: Message) -> str | None:
    """Who the buyer is: the id, or else the address on the buyer's side, if the marketplace relays to it."""
    if message.buyer is not None and message.buyer.id:
        return message.buyer.id
    address = message.recipient if message.direction == "seller_to_buyer" else message.sender
    return address if address and "@marketplace.amazon." in address.lower() else None


def violation_row(key: Mapping[str, Any], violation: Violation, scope: str) -> Row:
    """A row of the table `violations`; what is private is masked already, if it is to be."""
    place = violation.location
    return {
        **key,
        "rule": violation.rule,
        "severity": violation.severity,
        "status": violation.status,
        "scope": scope,
        "confidence": violation.confidence,
        "message": violation.message,
        "suggestion": violation.suggestion,
        "params": _json(violation.params),
        "part": place.part,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        "page": place.page,
        "selector": place.selector,
        "excerpt": violation.excerpt,
        "evidence": _json(violation.evidence),
        "policy": _json(violation.policy),
        "fingerprint": violation.fingerprint,
        "excuse": None if violation.excuse is None else _json(violation.excuse),
    }


def violation_rows(key: Mapping[str, Any], report: Report) -> Iterator[Row]:
    """The rows of the table `violations` that are about one message."""
    for violation in report.violations:
        yield violation_row(key, violation, MESSAGE)


def not_evaluated_row(key: Mapping[str, Any], entry: NotEvaluated) -> Row:
    """A row of the table `not_evaluated`."""
    return {**key, "rule": entry.rule, "why": entry.why, "needs": list(entry.needs), "detail": entry.detail}


def not_evaluated_rows(key: Mapping[str, Any], report: Report, *, mask: bool) -> Iterator[Row]:
    """The rows of the table `not_evaluated` that are about one message."""
    for entry in report.not_evaluated:
        row = not_evaluated_row(key, entry)
        yield {**row, "detail": masked(entry.detail)} if mask and entry.detail else row


def shown_row(key: Mapping[str, Any], message: Message, report: Report, redaction: Redaction, *, show: bool) -> Row:
    """The row of the table `shown`, without why it is there."""
    subject = message.subject if show else redaction.part("subject")
    text = redaction.visible(masked=not show)
    return {
        **key,
        "subject": subject if subject is None else _sound(subject[:_LONGEST_SHOWN]),
        "text": text if text is None else _sound(text[:_LONGEST_SHOWN]),
        "template": report.signals.template,
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _sound(text: str) -> str:
    """Text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


def _instant(time: datetime | None) -> datetime | None:
    return None if time is None else in_utc(time)


def _offset(time: datetime | None) -> int | None:
    offset = time.utcoffset() if time is not None else None
    return None if offset is None else offset // timedelta(minutes=1)


def _count(number: int | None) -> int | None:
    return None if number is None else min(number, _MOST)
