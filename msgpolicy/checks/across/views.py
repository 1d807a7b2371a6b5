"""The relations that checks across messages read, made of the table `messages` step by step.

`archive`: each message, as each of its archives tells of it. `single`: each message once, for what is counted.
`talks`: the messages with the thread and order by which they are judged together. Times are microseconds since 1970
(UTC). Each step is a SELECT over those before it; where DuckDB and Spark have different words for one thing, `Dialect`
has both.
"""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """How an engine quotes a name that is a word of SQL, and turns a point in time into microseconds."""

    quote: str
    microseconds: str


DUCKDB = Dialect('"', "epoch_us")
SPARK = Dialect("`", "unix_micros")


class Step(NamedTuple):
    """A relation; one that is `kept` is small or dear, and is worked out once."""

    name: str
    select: str
    kept: bool = False


def steps(dialect: Dialect) -> tuple[Step, ...]:
    """The relations in the order in which they have to be made."""
    return (
        Step("renamed", _RENAMED.format(q=dialect.quote, micros=dialect.microseconds)),
        Step("copies", _COPIES, kept=True),
        Step("archive", _ARCHIVE),
        Step("single", _SINGLE),
        Step("loose_threads", _LOOSE.format(key="thread", other="order_id"), kept=True),
        Step("loose_orders", _LOOSE.format(key="order_id", other="thread"), kept=True),
        Step("talks", _TALKS),
    )


# `day`: the calendar day of the sender, by the offset that the time was written with.
_RENAMED = """
SELECT file, number, message_id, thread, in_reply_to, {q}order{q} AS order_id, buyer, sender, direction, kind, reason,
    {micros}(sent_at) AS sent,
    CAST(FLOOR(({micros}(sent_at) + COALESCE(offset_minutes, 0) * CAST(60000000 AS BIGINT))
        / CAST(86400000000 AS DOUBLE)) AS BIGINT) AS sent_day,
    template AS template_hash, text AS text_hash, review_request, stop_request, daily_order_average,
    history_review_requests, history_sent_today, {micros}(history_last_buyer_message_at) AS history_last_buyer
FROM messages
"""

# What stands there more than once, from the second time on. `everywhere`: with the same thread, order and buyer; the
# others are the same message in archives of two kinds, which may tell different things of it. Without an id it has to
# say the same, at the same moment, to the same.
_COPIES = """
WITH named AS (
    SELECT file, number, direction, order_id, buyer, thread, sent, template_hash,
        COALESCE(message_id, CASE WHEN COALESCE(order_id, buyer, thread) IS NOT NULL THEN
            CONCAT(COALESCE(text_hash, ''), ' ', COALESCE(buyer, ''), ' ', COALESCE(thread, '')) END) AS name
    FROM renamed
), often AS (
    SELECT name, sent FROM named WHERE name IS NOT NULL AND sent IS NOT NULL GROUP BY name, sent HAVING COUNT(*) > 1
), counted AS (
    SELECT n.file, n.number,
        ROW_NUMBER() OVER (PARTITION BY n.name, n.sent, n.direction, n.order_id, n.buyer, n.thread
            ORDER BY n.file, n.number) AS nth_everywhere,
        ROW_NUMBER() OVER (PARTITION BY n.name, n.sent, n.direction, n.order_id, n.template_hash
            ORDER BY n.file, n.number) AS nth
    FROM named n JOIN often o ON n.name = o.name AND n.sent = o.sent
)
SELECT file, number, nth_everywhere > 1 AS everywhere FROM counted WHERE nth > 1 OR nth_everywhere > 1
"""

_ARCHIVE = """
SELECT r.* FROM renamed r
WHERE NOT EXISTS (SELECT 1 FROM copies c WHERE c.file = r.file AND c.number = r.number AND c.everywhere)
"""

_SINGLE = """
SELECT r.* FROM renamed r
WHERE NOT EXISTS (SELECT 1 FROM copies c WHERE c.file = r.file AND c.number = r.number)
"""

# A thread in which a message names no order, or the other way round: its messages cannot be told apart by that.
_LOOSE = "SELECT DISTINCT {key} AS name FROM archive WHERE {key} IS NOT NULL AND {other} IS NULL"

_TALKS = """
SELECT a.*, CASE WHEN lo.name IS NULL OR lt.name IS NOT NULL THEN a.thread END AS talk_thread,
    CASE WHEN lt.name IS NULL THEN a.order_id END AS talk_order
FROM archive a LEFT JOIN loose_threads lt ON a.thread = lt.name LEFT JOIN loose_orders lo ON a.order_id = lo.name
"""
