"""Counts the requests for a review that a seller sent for one order before, in the archive and by `history`.

A message asks for a review if its words do, or by one of the `reasons`, whose messages have no words of the seller's.
The larger of both counts is taken. Without order and time only `history` tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from msgpolicy.checks.across import instant, quoted
from msgpolicy.checks.base import Params as BaseParams


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `repeated-requests`."""

    allowed: Annotated[int, Meta(ge=1, description="How many requests an order may have.")] = 1
    asks: Annotated[
        Literal["ask-review"],
        Meta(extra={"names": "concept"}, description="What a request says: the signal `review_request`."),
    ]
    reasons: Annotated[
        tuple[str, ...], Meta(description="Reasons with which a message asks for a review without words.")
    ] = ()


AT = "history.review_requests"
FILLS = {"history.review_requests": "how many requests there were before"}


def query(params: Params) -> str:
    reasons = ", ".join(map(quoted, params.reasons))
    asks = "review_request" + (f" OR reason IN ({reasons})" if reasons else "")
    return f"""
WITH asking AS (
    SELECT file, number, order_id, sent, history_review_requests AS told FROM single
    WHERE direction = 'seller_to_buyer' AND ({asks})
), counted AS (
    SELECT file, number, told,
        COUNT(*) OVER before_it AS earlier, MIN(sent) OVER before_it AS first_sent, NULL AS needs
    FROM asking WHERE order_id IS NOT NULL AND sent IS NOT NULL
    WINDOW before_it AS (PARTITION BY order_id ORDER BY sent, file, number
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    UNION ALL
    SELECT file, number, told, 0, NULL, CASE WHEN told IS NOT NULL THEN NULL
        WHEN sent IS NOT NULL THEN 'order.id' WHEN order_id IS NOT NULL THEN 'sent_at' ELSE 'order.id,sent_at' END
    FROM asking WHERE order_id IS NULL OR sent IS NULL
)
SELECT file, number, needs, earlier, first_sent, told FROM counted
WHERE needs IS NOT NULL OR earlier >= {params.allowed} OR told >= {params.allowed}
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    by_history = (row["told"] or 0) > row["earlier"]
    count = row["told"] if by_history else row["earlier"]
    evidence = {"history.review_requests": count, "source": "history" if by_history else "archive"}
    if row["first_sent"] is not None:
        evidence["first_at"] = instant(row["first_sent"])
    return {"history.review_requests": count}, evidence
