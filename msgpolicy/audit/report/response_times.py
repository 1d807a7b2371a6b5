"""How long buyers waited for an answer, against the limit of the rule about it.

What waits and what answers is as `checks/across/turns.py` says, the same for the rules: from the first message of a
buyer that none had answered, to the first answer in its thread and about its order.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from msgpolicy.audit.findings import Finder
from msgpolicy.audit.report.tables import Tables
from msgpolicy.checks.across.turns import TURNS
from msgpolicy.conditions import parse_duration
from msgpolicy.linter import Linter

# The check whose limit it is.
_CHECK = "late-answer"
_BOUNDS = tuple(timedelta(hours=hours) for hours in (1, 4, 8, 12, 24, 48, 72))
_MICROSECOND = timedelta(microseconds=1)


class Bucket(NamedTuple):
    """Answers that took more than one length of time, up to another; `late`: longer than the limit."""

    name: str
    answers: int
    late: bool


class ResponseTimes(NamedTuple):
    """The distribution. `open`: times that a buyer wrote and the archive has no answer; `limit`: None where no rule has
    one; `unplaced`: messages of buyers without a time, a thread or an order."""

    limit: timedelta | None
    rule: str
    buckets: list[Bucket]
    answered: int
    late: int
    median: timedelta | None
    open: int
    unplaced: int


def limit_of(linter: Linter) -> tuple[str, timedelta | None]:
    """The rule about late answers in the linter's rulesets, and its limit."""
    for job in Finder(linter).jobs():
        if job.check == _CHECK:
            return job.rule, parse_duration(getattr(job.params, "within"))  # noqa: B009 - of this check's own Params
    return "", None


def response_times(tables: Tables, linter: Linter) -> ResponseTimes:
    """Measures the answers of an archive."""
    rule, limit = limit_of(linter)
    bounds = sorted({*_BOUNDS, *((limit,) if limit else ())})
    edges = " ".join(f"WHEN waited <= {bound // _MICROSECOND} THEN {nth}" for nth, bound in enumerate(bounds))
    tables.make(
        "waits",
        f"""
        WITH {TURNS} SELECT waiting_since, MAX(answered_at) - waiting_since AS waited, BOOL_OR(stop_request) AS stopped
        FROM turns WHERE waiting_since IS NOT NULL GROUP BY talk_thread, talk_order, turn, waiting_since""",
    )
    rows = tables.rows(f"""
        SELECT CASE {edges} ELSE {len(bounds)} END AS nth, COUNT(*) AS n
        FROM waits WHERE waited IS NOT NULL GROUP BY 1""")
    counts = {row["nth"]: row["n"] for row in rows}
    buckets = []
    for nth, bound in enumerate([*bounds, None]):
        name = _named(bounds[nth - 1] if nth else None, bound)
        late = limit is not None and (bound is None or bound > limit)
        buckets.append(Bucket(name, counts.get(nth, 0), late))
    middle = tables.rows("SELECT quantile_disc(waited, 0.5) AS median FROM waits")[0]["median"]
    left = tables.rows("""
        SELECT COUNT(*) AS n FROM waits WHERE waited IS NULL AND COALESCE(stopped, FALSE) = FALSE""")[0]["n"]
    unplaced = tables.rows("""
        SELECT COUNT(*) AS n FROM talks WHERE direction = 'buyer_to_seller'
            AND (sent IS NULL OR (talk_thread IS NULL AND talk_order IS NULL))""")[0]["n"]
    return ResponseTimes(
        limit=limit,
        rule=rule,
        buckets=buckets,
        answered=sum(counts.values()),
        late=sum(bucket.answers for bucket in buckets if bucket.late),
        median=None if middle is None else timedelta(microseconds=middle),
        open=left,
        unplaced=unplaced,
    )


def _named(over: timedelta | None, bound: timedelta | None) -> str:
    if bound is None:
        return f"more than {length(over or timedelta())}"
    return f"up to {length(bound)}" if over is None else f"{length(over)} to {length(bound)}"


def length(time: timedelta) -> str:
    """A length of time as people say it, to the minute."""
    minutes = time // timedelta(minutes=1)
    if minutes >= 48 * 60 and not minutes % (24 * 60):
        return f"{minutes // (24 * 60)} days"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    parts += [f"{rest} minute{'s' * (rest != 1)}"] if rest or not hours else []
    return " ".join(parts)
