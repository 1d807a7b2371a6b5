"""Finds what a seller sends without being asked after the buyer wrote to stop.

The wish to be left alone is known by the buyer, the order or the thread, whichever a message has, and holds from the
moment of the first such message on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from msgpolicy.checks.across import instant
from msgpolicy.checks.base import Params as BaseParams


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `after-stop`."""

    asks: Annotated[
        Literal["stop-request"],
        Meta(extra={"names": "concept"}, description="What the wish says: the signal `stop_request`."),
    ]


AT = "kind"
FILLS = {"asked_at": "when the buyer asked to stop"}

_BY = "{name} AS (SELECT {key} AS who, MIN(sent) AS since FROM stops WHERE {key} IS NOT NULL GROUP BY {key})"


def query(params: Params) -> str:
    named = (("by_buyer", "buyer"), ("by_order", "order_id"), ("by_thread", "thread"))
    tables = ", ".join(_BY.format(name=name, key=key) for name, key in named)
    return f"""
WITH stops AS (
    SELECT buyer, order_id, thread, sent FROM archive WHERE direction = 'buyer_to_seller' AND stop_request
), {tables}, any_stop AS (SELECT COUNT(*) AS stops FROM stops), started AS (
    SELECT a.file, a.number, a.sent, LEAST(b.since, o.since, t.since) AS since,
        CASE WHEN b.who IS NOT NULL OR o.who IS NOT NULL OR t.who IS NOT NULL THEN 1 ELSE 0 END AS is_known,
        CASE WHEN COALESCE(a.buyer, a.order_id, a.thread) IS NULL THEN 1 ELSE 0 END AS is_nameless
    FROM single a
    LEFT JOIN by_buyer b ON a.buyer = b.who
    LEFT JOIN by_order o ON a.order_id = o.who
    LEFT JOIN by_thread t ON a.thread = t.who
    WHERE a.direction = 'seller_to_buyer' AND COALESCE(a.kind, 'proactive') = 'proactive'
)
SELECT file, number, since, CASE
    WHEN is_nameless = 1 AND sent IS NULL THEN 'buyer.id,sent_at'
    WHEN is_nameless = 1 THEN 'buyer.id'
    WHEN sent IS NULL OR since IS NULL THEN 'sent_at' END AS needs
FROM started CROSS JOIN any_stop
WHERE stops > 0 AND (is_nameless = 1 OR (is_known = 1 AND (sent IS NULL OR since IS NULL OR since < sent)))
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    asked = instant(row["since"])
    return {"asked_at": asked}, {"asked_at": asked, "source": "archive"}
