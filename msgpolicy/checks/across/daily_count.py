"""Counts what a seller started on one day; the cap is `per_order` for each of the daily orders, and `base` more.

Counted are proactive messages of one sender on one calendar day of the time as it was written, in the order of time;
`history` counts where it knows of more. Nothing is reported, nor missed for lack of facts, on days that have not even
`base` messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from msgpolicy.checks.base import Params as BaseParams


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `daily-count`."""

    per_order: Annotated[float, Meta(ge=0, description="Messages for each of the daily orders.")]
    base: Annotated[int, Meta(ge=0, description="Messages that may be sent besides.")]


AT = "history.sent_today"
FILLS = {"history.sent_today": "how many messages were sent on that day before"}


def query(params: Params) -> str:
    # An average that is not known is at least 0.
    cap = f"({params.per_order} * COALESCE(daily_order_average, 0) + {params.base})"
    return f"""
WITH started AS (
    SELECT file, number, sender, kind, sent, sent_day, daily_order_average, history_sent_today AS told FROM single
    WHERE direction = 'seller_to_buyer' AND COALESCE(kind, 'proactive') = 'proactive'
), busy AS (
    SELECT sent_day, COUNT(*) - 1 AS others FROM started WHERE sent_day IS NOT NULL GROUP BY sent_day
    HAVING COUNT(*) > {params.base}
), busiest AS (SELECT MAX(others) AS others FROM busy), counted AS (
    SELECT s.file, s.number, s.kind, s.daily_order_average, s.told,
        COUNT(CASE WHEN s.kind = 'proactive' THEN 1 END) OVER (
            PARTITION BY s.sender, s.sent_day ORDER BY s.sent, s.file, s.number
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier,
        0 AS others, NULL AS lacks
    FROM started s JOIN busy b ON s.sent_day = b.sent_day WHERE s.sender IS NOT NULL
    UNION ALL
    SELECT s.file, s.number, s.kind, s.daily_order_average, s.told, 0, b.others, 'sender'
    FROM started s JOIN busy b ON s.sent_day = b.sent_day WHERE s.sender IS NULL
    UNION ALL
    SELECT s.file, s.number, s.kind, s.daily_order_average, s.told, 0, b.others, 'sent_at'
    FROM started s CROSS JOIN busiest b WHERE s.sent_day IS NULL
    UNION ALL
    SELECT s.file, s.number, s.kind, s.daily_order_average, s.told, 0, 0, NULL
    FROM started s LEFT JOIN busy b ON s.sent_day = b.sent_day
    WHERE s.sent_day IS NOT NULL AND b.sent_day IS NULL AND s.told >= {params.base}
)
SELECT file, number, earlier, told, daily_order_average, {cap} AS cap,
    CASE WHEN lacks IS NOT NULL AND (told IS NULL OR told < {cap}) THEN lacks
        WHEN daily_order_average IS NULL THEN 'account.daily_order_average' END AS needs
FROM counted
WHERE earlier >= {cap} OR told >= {cap} OR (told IS NULL AND others >= {cap})
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    by_history = (row["told"] or 0) > row["earlier"]
    count = row["told"] if by_history else row["earlier"]
    average = row["daily_order_average"]
    evidence = {"history.sent_today": count, "account.daily_order_average": average, "cap": row["cap"]}
    return {"history.sent_today": count}, {**evidence, "source": "history" if by_history else "archive"}
