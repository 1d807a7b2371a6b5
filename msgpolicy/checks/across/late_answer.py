"""Measures how long a buyer waited for an answer: from the first message that none had answered, to the first reply.

Threads are judged by themselves, and so are the orders in one; where a message of a thread names no order, the thread
alone counts. What a seller starts is no answer; a message of unknown kind is a reply if a buyer's message of its thread
waits for one. The time by `history` counts where it is longer, unless the archive has an answer in between.
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
    """Options of the check `late-answer`."""

    within: Annotated[str, Meta(description="Time in which an answer is in time, such as `24 hours`.")]

    def __post_init__(self) -> None:
        parse_duration(self.within)


AT = "sent_at"
FILLS = {
    "history.last_buyer_message_at": "when the buyer wrote that the answer is to",
    "sent_at": "when the answer was sent",
    "hours": "how many whole hours the buyer waited",
}


def query(params: Params) -> str:
    limit = microseconds(parse_duration(params.within))
    return f"""
WITH {TURNS}, answers AS (
    SELECT file, number, kind, sent, talk_thread, waiting_since,
        CASE WHEN answer_before >= history_last_buyer THEN NULL ELSE history_last_buyer END AS told_since,
        CASE WHEN buyer_before = 0 AND history_last_buyer IS NULL THEN 'history.last_buyer_message_at' END AS lacks
    FROM turns WHERE is_answer = 1
    UNION ALL
    SELECT file, number, kind, sent, NULL, NULL, history_last_buyer,
        CASE WHEN sent IS NULL OR history_last_buyer IS NULL THEN {LACKS} END
    FROM talks WHERE direction = 'seller_to_buyer' AND COALESCE(kind, 'reply') = 'reply' AND {WITHOUT_TURN}
)
SELECT file, number, sent, waiting_since, told_since,
    CASE WHEN kind IS NOT NULL OR (talk_thread IS NOT NULL AND waiting_since IS NOT NULL) THEN lacks
        WHEN lacks IS NULL THEN 'kind' ELSE CONCAT('kind,', lacks) END AS needs
FROM answers
WHERE lacks IS NOT NULL OR sent - waiting_since > {limit} OR sent - told_since > {limit}
"""


def told(row: Mapping[str, Any], params: Params) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    by_archive, by_history = row["waiting_since"], row["told_since"]
    source = "archive" if by_history is None or (by_archive is not None and by_archive <= by_history) else "history"
    since = by_archive if source == "archive" else by_history
    fills = {"history.last_buyer_message_at": instant(since), "sent_at": instant(row["sent"])}
    hours = whole_hours(row["sent"] - since)
    return {**fills, "hours": hours}, {**fills, "waited_hours": hours, "source": source}
