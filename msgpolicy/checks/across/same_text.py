"""Finds the same text sent to many buyers in a short time, by sellers who were not asked.

The same is `by: text` what has the same subject, text, HTML and attachments to the letter; `by: template` what differs
in names, numbers and addresses only. A message counts if it is one of the same to `buyers` buyers within `within`; a
buyer who got it again within that time counts once. What has no words (the API may send its own) is no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from msgpolicy.checks.across import microseconds, whole_hours
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.conditions import parse_duration


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `same-text`."""

    buyers: Annotated[int, Meta(ge=2, description="How many buyers are many.")]
    within: Annotated[str, Meta(description="In what time, such as `24 hours`.")]
    by: Annotated[Literal["text", "template"], Meta(description="What is the same: `text` or `template`.")] = "text"

    def __post_init__(self) -> None:
        parse_duration(self.within)


AT = "text"
FILLS = {"buyers": "to how many buyers the same text went", "hours": "in how many hours"}


def query(params: Params) -> str:
    span = microseconds(parse_duration(params.within))
    same = f"{params.by}_hash"
    return f"""
WITH started AS (
    SELECT file, number, {same} AS said, buyer, kind, sent FROM single
    WHERE direction = 'seller_to_buyer' AND COALESCE(kind, 'proactive') = 'proactive'
        AND {same} IS NOT NULL AND template_hash IS NOT NULL
), frequent AS (
    SELECT said FROM started GROUP BY said HAVING COUNT(*) >= {params.buyers}
), timed AS (
    SELECT s.file, s.number, s.said, s.buyer, s.kind, s.sent,
        LAG(s.sent) OVER (PARTITION BY s.said, s.buyer ORDER BY s.sent, s.file, s.number) AS sent_before
    FROM started s JOIN frequent f ON s.said = f.said WHERE s.sent IS NOT NULL
), reached AS (
    SELECT file, number, said, buyer, kind, sent,
        COUNT(CASE WHEN kind IS NOT NULL AND buyer IS NOT NULL
            AND (sent_before IS NULL OR sent - sent_before > {span}) THEN 1 END) OVER until_it AS buyers,
        COUNT(CASE WHEN buyer IS NULL OR sent_before IS NULL OR sent - sent_before > {span} THEN 1 END)
            OVER until_it AS perhaps
    FROM timed
    WINDOW until_it AS (PARTITION BY said ORDER BY sent RANGE BETWEEN {span} PRECEDING AND CURRENT ROW)
), spread AS (
    SELECT file, number, buyer, kind,
        MAX(buyers) OVER from_it AS buyers, MAX(perhaps) OVER from_it AS perhaps, NULL AS lacks
    FROM reached
    WINDOW from_it AS (PARTITION BY said ORDER BY sent RANGE BETWEEN CURRENT ROW AND {span} FOLLOWING)
    UNION ALL
    SELECT s.file, s.number, s.buyer, s.kind, 0, {params.buyers}, 'sent_at'
    FROM started s JOIN frequent f ON s.said = f.said WHERE s.sent IS NULL
)
SELECT file, number, buyers, CASE
    WHEN lacks IS NOT NULL THEN lacks
    WHEN kind IS NULL THEN 'kind'
    WHEN buyers < {params.buyers} THEN 'buyer.id' END AS needs
FROM spread WHERE perhaps >= {params.buyers}
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    fills = {"buyers": row["buyers"], "hours": whole_hours(microseconds(parse_duration(params.within)))}
    return fills, {**fills, "same": params.by, "source": "archive"}
