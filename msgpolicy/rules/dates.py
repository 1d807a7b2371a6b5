"""Days and times of rulesets. A day means 00:00 UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec


def start_of(day: date) -> datetime:
    """00:00 UTC of a day."""
    return datetime.combine(day, time(), UTC)


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC. One within a day of the calendar's ends, which has none there, becomes that end."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if instant.year == 1 else datetime.max.replace(tzinfo=UTC)


def parse_instant(text: str) -> datetime:
    """A time with an offset from UTC, or a day, which means 00:00 UTC.

    Raises:
        ValueError: neither `2026-11-01` nor `2026-11-01T10:00:00+01:00`.
    """
    try:
        return start_of(msgspec.convert(text, date))
    except msgspec.ValidationError:
        pass
    try:
        instant = msgspec.convert(text, datetime)
    except msgspec.ValidationError:
        raise ValueError(f"{text!r} is neither a day nor a time, such as 2026-11-01 or 2026-11-01T10:00:00Z") from None
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC, such as Z or +01:00")
    return instant
