"""Judges whether the time in which a seller may write first has passed.

The window opens with the completion of the order and closes `days` later, to the second, inclusive. What "completion"
means is not defined in any published page, so the event is a setting. Only that event (or `order.completed_at`) proves
that the window is closed; an earlier event proves that it is still open, because it can only have begun later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

# In the order in which they happen. An earlier one bounds the later ones from below.
EVENTS = ("purchased_at", "shipped_at", "delivered_at", "completed_at")
Event = Literal["purchased_at", "shipped_at", "delivered_at", "completed_at"]


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `contact-window`."""

    days: Annotated[int, Meta(ge=1, description="Length of the window in days of 86,400 seconds.")] = 30
    anchor: Annotated[Event, Meta(description="The event of the order that opens the window.")] = "completed_at"


FILLS = {
    "days": "length of the window in days",
    "late": "whole days since the window opened",
    "event": "the event that opened the window",
}
OWN_WORDS = ("event",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    sent_at = facts.sent_at
    if sent_at is None:
        yield Unknown(("sent_at",))
        return
    window = timedelta(days=params.days)
    times: dict[str, datetime] = {
        event: time for event in EVENTS if (time := facts.lookup(f"order.{event}")) is not None
    }
    for event in dict.fromkeys((params.anchor, "completed_at")):
        if event in times:
            if sent_at - times[event] > window:
                yield _hit(facts, params, event, times[event], sent_at)
            return
    before = EVENTS[: EVENTS.index(params.anchor)]
    if any(sent_at - times[event] <= window for event in before if event in times):
        return
    yield Unknown((f"order.{params.anchor}",))


def _hit(facts: Facts, params: Params, event: str, opened: datetime, sent_at: datetime) -> Hit:
    elapsed = sent_at - opened
    return Hit(
        Place("sent_at"),
        {"days": params.days, "late": elapsed.days, "event": f"order.{event}"},
        {
            "event": f"order.{event}",
            "opened_at": opened.isoformat(),
            "closed_at": (opened + timedelta(days=params.days)).isoformat(),
            "sent_at": sent_at.isoformat(),
            "elapsed_seconds": elapsed.total_seconds(),
        },
    )
