"""Judges the examples of rules across messages: a few records as if they were an archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import pyarrow as pa

from msgpolicy.audit.across import findings_across
from msgpolicy.audit.tables import MESSAGES, batch_of
from msgpolicy.linter import Linter
from msgpolicy.message import Account, Buyer, History, Message, Order
from msgpolicy.report import NotEvaluated, Report, Violation


def judge_last(linter: Linter, rule: str, messages: Sequence[Message], as_of: datetime | None = None) -> Report:
    """The judgement of the last message, the others being all that is known of its archive.

    Of the rules across messages only the one of that id judges.

    Args:
        linter: made with `across=True`.
    """
    reports = [linter.check(message, as_of=as_of) for message in messages]
    table = pa.Table.from_batches(
        [batch_of(MESSAGES, map(message_row, range(1, len(messages) + 1), messages, reports))]
    )
    found = [
        entry
        for _, number, entry in findings_across(table, linter, rules=(rule,), threads=1)
        if number == len(messages)
    ]
    report = reports[-1]
    return msgspec.structs.replace(
        report,
        violations=(*report.violations, *(entry for entry in found if isinstance(entry, Violation))),
        not_evaluated=(*report.not_evaluated, *(entry for entry in found if isinstance(entry, NotEvaluated))),
    )


def message_row(number: int, message: Message, report: Report) -> dict[str, Any]:
    """A message as a row of the table `messages`, as far as rules across messages read it."""
    order, buyer = message.order or Order(), message.buyer or Buyer()
    account, history = message.account or Account(), message.history or History()
    offset = message.sent_at.utcoffset() if message.sent_at else None
    return {
        "file": "examples",
        "number": number,
        "message_id": message.id,
        "thread": message.thread_id,
        "in_reply_to": message.in_reply_to,
        "order": order.id,
        "buyer": buyer.id,
        "sender": message.sender,
        "direction": message.direction,
        "kind": message.kind,
        "channel": message.channel,
        "marketplace": message.marketplace,
        "reason": message.reason,
        "language": message.language,
        "sent_at": message.sent_at,
        "offset_minutes": None if offset is None else int(offset.total_seconds()) // 60,
        "as_of": report.receipt.as_of,
        "verdict": report.verdict,
        "template": report.signals.template,
        "text": report.signals.text,
        "review_request": report.signals.review_request,
        "stop_request": report.signals.stop_request,
        "history_review_requests": history.review_requests,
        "history_sent_today": history.sent_today,
        "history_last_buyer_message_at": history.last_buyer_message_at,
        "daily_order_average": account.daily_order_average,
    }
