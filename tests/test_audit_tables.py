"""The tables of an audit: what they hold, and that rows which do not fit are refused."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402

from msgpolicy.audit.tables import MESSAGES, NOT_EVALUATED, REJECTED, TABLES, VIOLATIONS, batch_of  # noqa: E402


def test_every_row_of_a_message_is_known_by_file_and_number() -> None:
    for name, schema in TABLES.items():
        assert schema.field("file").type == pa.string()
        assert schema.field("number").type == pa.int64()
        assert schema.field("number").nullable is (name == "rejected")


def test_a_missing_key_is_null() -> None:
    batch = batch_of(MESSAGES, [{"file": "a.mbox", "number": 1, "verdict": "pass"}])
    assert batch.schema == MESSAGES
    row = batch.to_pylist()[0]
    assert (row["file"], row["number"], row["verdict"]) == ("a.mbox", 1, "pass")
    assert row["order"] is None


def test_times_are_kept_to_the_microsecond_in_utc() -> None:
    sent = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    batch = batch_of(MESSAGES, [{"file": "a", "number": 1, "sent_at": sent, "offset_minutes": 345}])
    assert batch.to_pylist()[0]["sent_at"] == sent
    assert batch.schema.field("sent_at").type == pa.timestamp("us", tz="UTC")
    assert batch.column("sent_at")[0].as_py().astimezone(UTC).hour == 20


def test_a_required_key_has_to_be_there() -> None:
    with pytest.raises(ValueError, match="rule is missing"):
        batch_of(NOT_EVALUATED, [{"file": "a", "number": 1, "why": "missing"}])


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no such column: colour"):
        batch_of(REJECTED, [{"file": "a", "position": "line 1", "why": "not JSON", "colour": "red"}])


def test_no_rows_are_an_empty_batch() -> None:
    assert all(batch_of(schema, []).num_rows == 0 for schema in TABLES.values())


def test_parquet_gives_the_same_schema_back() -> None:
    for schema in TABLES.values():
        sink = io.BytesIO()
        pq.write_table(pa.Table.from_batches([batch_of(schema, [])]), sink)
        assert pq.read_schema(io.BytesIO(sink.getvalue())).equals(schema)


def test_scope_is_required_of_a_violation() -> None:
    row = {"file": "a", "number": 1, "rule": "emoji", "severity": "error", "status": "active"}
    with pytest.raises(ValueError, match="scope is missing"):
        batch_of(VIOLATIONS, [row])
