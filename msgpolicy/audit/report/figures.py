"""The counts of the report: verdicts in all, over time, by what messages have in common; rules; rejected records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from msgpolicy.audit.report.tables import Row, Tables

VERDICTS = ("block", "review", "warn", "pass")
SEVERITIES = ("error", "warning", "info")
# Rows of one table; what is beyond is counted in one row.
MOST = 15
MOST_REJECTED = 20
# Points in time of the one over time, at most.
_PERIODS = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_BY_VERDICT = ", ".join(f"COUNT(*) FILTER (verdict = '{verdict}') AS {verdict}" for verdict in VERDICTS)


class Share(NamedTuple):
    """Messages that have something in common, and how they were judged."""

    name: str
    messages: int
    block: int
    review: int
    warn: int
    passed: int


class Breakdown(NamedTuple):
    """Messages by one thing. `others`: how many further values the last share is of."""

    title: str
    shares: list[Share]
    others: int = 0


def totals(tables: Tables) -> Row:
    """Messages by verdict, those judged, records rejected, findings by status."""
    counts = tables.rows(f"SELECT COUNT(*) AS messages, {_BY_VERDICT} FROM messages")[0]
    rejected = tables.rows("SELECT COUNT(*) AS rejected FROM rejected")[0]
    return {**counts, **rejected, "read": counts["messages"] + rejected["rejected"]}


def findings(tables: Tables) -> dict[tuple[str, str, str], int]:
    """How many findings there are, by scope, status and severity."""
    rows = tables.rows("SELECT scope, status, severity, COUNT(*) AS n FROM violations GROUP BY ALL")
    return {(row["scope"], row["status"], row["severity"]): row["n"] for row in rows}


def rules(tables: Tables) -> list[Row]:
    """The rules that found something, most errors first: findings by severity, those set aside, messages."""
    counted = ", ".join(f"COUNT(*) FILTER (status = 'active' AND severity = '{name}') AS {name}" for name in SEVERITIES)
    return tables.rows(f"""
        SELECT rule, scope, {counted}, COUNT(*) FILTER (status <> 'active') AS excused,
            COUNT(DISTINCT (file, number)) FILTER (status = 'active') AS messages
        FROM violations GROUP BY rule, scope ORDER BY error DESC, warning DESC, info DESC, rule, scope""")


def breakdowns(tables: Tables) -> list[Breakdown]:
    """Messages by language, marketplace, sender, and what else may tell where the trouble is."""
    most, worst = "messages DESC", "block DESC, review DESC, warn DESC, messages DESC"
    asked = (
        ("language", "Language", most),
        ("marketplace", "Marketplace", most),
        ("sender", "Sender", worst),
        ("channel", "Channel", most),
        ("direction", "Direction", most),
        ("kind", "Kind", most),
    )
    return [_breakdown(tables, *one) for one in asked]


def _breakdown(tables: Tables, column: str, title: str, order: str) -> Breakdown:
    rows = tables.rows(f"""
        WITH shares AS (SELECT {column} AS name, COUNT(*) AS messages, {_BY_VERDICT} FROM messages GROUP BY ALL),
        numbered AS (SELECT *, ROW_NUMBER() OVER (ORDER BY {order}, name NULLS LAST) AS nth FROM shares)
        SELECT CASE WHEN nth <= {MOST} THEN name END AS name, nth <= {MOST} AS listed, COUNT(*) AS values,
            MIN(nth) AS nth, {", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in ("messages", *VERDICTS))}
        FROM numbered GROUP BY CASE WHEN nth <= {MOST} THEN nth END, 1, 2 ORDER BY nth""")
    listed = [_share(row, row["name"] if row["name"] is not None else "not known") for row in rows if row["listed"]]
    others = [row for row in rows if not row["listed"]]
    listed += [_share(row, f"{row['values']:,} others") for row in others]
    return Breakdown(title, listed, sum(row["values"] for row in others))


def _share(row: Row, name: str) -> Share:
    return Share(name, row["messages"], *(row[verdict] for verdict in VERDICTS))


def over_time(tables: Tables) -> tuple[str, list[Share]]:
    """Verdicts by day, week, month, quarter or year of sending (UTC), and the word for that.

    The unit fits what lies between the first and the last thousandth of the messages, so that a wrong year does not
    stretch it; what lies outside stands in a row before and one behind.
    """
    bounds = tables.rows("""
        SELECT quantile_disc(epoch_us(sent_at), 0.001) AS low, quantile_disc(epoch_us(sent_at), 0.999) AS high
        FROM messages""")[0]
    unknown = [
        _share(row, "not known")
        for row in tables.rows(f"SELECT COUNT(*) AS messages, {_BY_VERDICT} FROM messages WHERE sent_at IS NULL")
        if row["messages"]
    ]
    if bounds["low"] is None:
        return "day", unknown
    low, high = (_EPOCH + timedelta(microseconds=bounds[name]) for name in ("low", "high"))
    unit = _unit(high - low)
    starts = list(_starts(unit, low, high))
    place = f"CAST(date_trunc('{unit}', make_timestamp(epoch_us(sent_at))) AS TIMESTAMP)"
    first, last = (f"TIMESTAMP '{start:%Y-%m-%d %H:%M:%S}'" for start in (starts[0], starts[-1]))
    rows = tables.rows(f"""
        WITH placed AS (SELECT verdict, {place} AS start FROM messages WHERE sent_at IS NOT NULL)
        SELECT CASE WHEN start < {first} THEN -1 WHEN start > {last} THEN 1 ELSE 0 END AS side,
            CASE WHEN start BETWEEN {first} AND {last} THEN start END AS start, COUNT(*) AS messages, {_BY_VERDICT}
        FROM placed GROUP BY 1, 2""")
    found = {(row["side"], row["start"]): row for row in rows}
    nothing: Row = dict.fromkeys(("messages", *VERDICTS), 0)
    shares = [_share(found.get((0, start.replace(tzinfo=None)), nothing), _named(unit, start)) for start in starts]
    before, behind = found.get((-1, None)), found.get((1, None))
    if before:
        shares.insert(0, _share(before, f"before {_named(unit, starts[0])}"))
    if behind:
        shares.append(_share(behind, f"after {_named(unit, starts[-1])}"))
    return unit, shares + unknown


def _unit(span: timedelta) -> str:
    days = span / timedelta(days=1)
    for unit, length in (("day", 1.0), ("week", 7.0), ("month", 30.4), ("quarter", 91.3)):
        if days / length <= (_PERIODS if unit != "day" else 31):
            return unit
    return "year"


def _starts(unit: str, low: datetime, high: datetime) -> Iterator[datetime]:
    start = datetime(low.year, low.month, low.day, tzinfo=UTC)
    if unit == "week":
        start -= timedelta(days=start.weekday())
    elif unit in ("month", "quarter", "year"):
        month = {"month": low.month, "quarter": (low.month - 1) // 3 * 3 + 1, "year": 1}[unit]
        start = start.replace(day=1, month=month)
    for _ in range(10 * _PERIODS):
        yield start
        following = _after(unit, start)
        if following is None or following > high:
            return
        start = following


def _after(unit: str, start: datetime) -> datetime | None:
    try:
        if unit in ("day", "week"):
            return start + timedelta(days=1 if unit == "day" else 7)
        months = start.month - 1 + {"month": 1, "quarter": 3, "year": 12}[unit]
        return start.replace(year=start.year + months // 12, month=months % 12 + 1)
    except (OverflowError, ValueError):
        return None


def _named(unit: str, start: datetime) -> str:
    if unit in ("day", "week"):
        return f"{start.year:04}-{start:%m-%d}"
    if unit == "quarter":
        return f"{start.year:04}, quarter {(start.month + 2) // 3}"
    return f"{start.year:04}-{start.month:02}" if unit == "month" else f"{start.year:04}"


def rejected(tables: Tables) -> dict[str, Any]:
    """Records that could not be read: how many by reason, and the first of them."""
    reasons = tables.rows(f"""
        SELECT why, ANY_VALUE(hint) AS hint, COUNT(*) AS records, COUNT(DISTINCT file) AS files
        FROM rejected GROUP BY why ORDER BY records DESC, why LIMIT {MOST}""")
    first = tables.rows(f"SELECT * FROM rejected ORDER BY file, number, position LIMIT {MOST_REJECTED}")
    count = tables.rows("SELECT COUNT(*) AS records, COUNT(DISTINCT why) AS kinds FROM rejected")[0]
    return {"reasons": reasons, "first": first, **count}
