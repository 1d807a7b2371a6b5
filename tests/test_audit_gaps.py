"""What was not evaluated is counted exactly, however many kinds there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

duckdb = pytest.importorskip("duckdb")

from msgpolicy.audit.gaps import Gap, Gaps, read_gaps  # noqa: E402

Row = tuple[str, int, str, str, list[str] | None]


def read(*rows: Row) -> Gaps:
    with duckdb.connect() as tables:
        tables.execute("CREATE TABLE not_evaluated (file TEXT, number BIGINT, rule TEXT, why TEXT, needs TEXT[])")
        if rows:
            tables.executemany("INSERT INTO not_evaluated VALUES (?, ?, ?, ?, ?)", rows)
        return read_gaps(tables)


def test_a_message_counts_once_however_often_it_has_a_gap() -> None:
    row: Row = ("a", 1, "some-rule", "timeout", [])
    gaps = read(row, row, ("a", 1, "other-rule", "timeout", ["order.id"]), ("b", 1, "some-rule", "timeout", []))
    assert gaps.kinds == (Gap("other-rule", "timeout", ("order.id",)), Gap("some-rule", "timeout", ()))
    assert gaps.messages(lambda gap: gap.why == "timeout") == 2
    assert gaps.messages(lambda gap: gap.rule == "other-rule") == 1
    assert gaps.messages(lambda gap: gap.why == "missing") == 0


def test_no_facts_are_none() -> None:
    gaps = read(("a", 1, "some-rule", "crash", None), ("a", 2, "some-rule", "crash", []))
    assert gaps.kinds == (Gap("some-rule", "crash", ()),)
    assert gaps.messages(lambda gap: True) == 2


def test_nothing() -> None:
    assert read() == Gaps((), ())


def test_more_kinds_than_one_number_has_bits_for() -> None:
    def rows() -> Iterator[Row]:
        for number in range(250):
            yield "a", number, f"rule-{number}", "missing", ["order.id"]
            yield "a", number, "rule-0", "missing", ["order.id"]

    gaps = read(*rows())
    assert len(gaps.kinds) == 250
    assert gaps.messages(lambda gap: gap.rule == "rule-0") == 250
    assert all(gaps.messages(kind.__eq__) == 1 for kind in gaps.kinds if kind.rule != "rule-0")
    assert gaps.messages(lambda gap: True) == 250
