"""Finds messages of buyers that no answer followed, neither in their thread nor about their order (see `late-answer`).

A message counts once the archive reaches further than the time for an answer; whether it was answered after the end of
the archive is not known. What asks to be written to no more wants no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from msgpolicy.checks.across import instant, microseconds, whole_hours
from msgpolicy.checks.across.turns import LACKS, TURNS, WITHOUT_TURN
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.conditions import parse_duration


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `missing-answer`."""

    within: Annotated[str, Meta(description="Time in which an answer is in time, such as `24 hours`.")]

    def __post_init__(self) -> None:
        parse_duration(self.within)


AT = "sent_at"
FILLS = {"sent_at": "when the buyer wrote", "hours": "for how many whole hours after it the archive has no answer"}


def query(params: Params) -> str:
    limit = microseconds(parse_duration(params.within))
    return f"""
WITH {TURNS}, end_of AS (SELECT MAX(sent) AS latest FROM archive), open_questions AS (
    SELECT file, number, sent, stop_request, waiting_since, NULL AS needs
    FROM turns WHERE is_buyer = 1 AND answered_at IS NULL
    UNION ALL
    SELECT file, number, sent, stop_request, NULL, {LACKS}
    FROM talks WHERE direction = 'buyer_to_seller' AND {WITHOUT_TURN}
)
SELECT file, number, needs, sent, waiting_since, latest
FROM open_questions CROSS JOIN end_of
WHERE COALESCE(stop_request, FALSE) = FALSE AND (sent IS NULL OR latest - sent > {limit})
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    sent = instant(row["sent"])
    hours = whole_hours(row["latest"] - row["sent"])
    evidence = {
        "sent_at": sent,
        "waiting_since": instant(row["waiting_since"]),
        "archive_until": instant(row["latest"]),
    }
    return {"sent_at": sent, "hours": hours}, {**evidence, "waited_hours": hours, "source": "archive"}
