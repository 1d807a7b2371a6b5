"""What was not evaluated, in few numbers: of how many messages which gaps stand together.

A message has a dozen of them, so that a table of many messages has too many to count different messages for each gap
within bounded memory. But few different sets of gaps occur, and all that is told of gaps follows from those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import duckdb

# Gaps that one number has bits for.
_BITS = 100


class Gap(NamedTuple):
    """A rule that was not evaluated, why, and the facts that it needs."""

    rule: str
    why: str
    needs: tuple[str, ...]


class Gaps(NamedTuple):
    """All gaps that occur, in order; and for each set of them that a message has, as bits, how many messages do."""

    kinds: tuple[Gap, ...]
    sets: tuple[tuple[int, int], ...]

    def messages(self, is_meant: Callable[[Gap], bool]) -> int:
        """How many messages have one of the gaps that are meant."""
        meant = sum(1 << nth for nth, gap in enumerate(self.kinds) if is_meant(gap))
        return sum(messages for bits, messages in self.sets if bits & meant)


def read_gaps(tables: duckdb.DuckDBPyConnection) -> Gaps:
    """The gaps of the table `not_evaluated`."""
    tables.execute("""
        CREATE OR REPLACE TEMP TABLE gap_kinds AS
        SELECT rule, why, needs, row_number() OVER (ORDER BY rule, why, needs) - 1 AS nth
        FROM (SELECT DISTINCT rule, why, coalesce(needs, []) AS needs FROM not_evaluated)""")
    kinds = tables.execute("SELECT rule, why, needs FROM gap_kinds ORDER BY nth").fetchall()
    words = range(len(kinds) // _BITS + 1)
    bit = f"CASE WHEN nth // {_BITS} = {{}} THEN 1::UHUGEINT << (nth % {_BITS})::UHUGEINT ELSE 0::UHUGEINT END"
    found = tables.execute(f"""
        SELECT {", ".join(f"word{word}" for word in words)}, count(*) FROM (
            SELECT {", ".join(f"bit_or({bit.format(word)}) AS word{word}" for word in words)}
            FROM not_evaluated n JOIN gap_kinds k
            ON k.rule = n.rule AND k.why = n.why AND k.needs = coalesce(n.needs, [])
            GROUP BY file, number
        ) GROUP BY ALL""").fetchall()
    sets = (
        (sum(int(word) << nth * _BITS for nth, word in enumerate(written)), messages) for *written, messages in found
    )
    return Gaps(tuple(Gap(rule, why, tuple(needs)) for rule, why, needs in kinds), tuple(sets))
