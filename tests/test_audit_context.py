"""Facts from elsewhere, kept in a file: found by order and message id as `check` finds them."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from msgpolicy.audit.context import open_context, store_context  # noqa: E402
from msgpolicy.inputs import Context, InputError, load_context  # noqa: E402


def stored(tmp_path: Path, file: Path) -> Context:
    store_context(str(file), str(tmp_path / "stored"))
    return open_context(str(tmp_path / "stored"))


FILES = {
    "a.csv": "id,order.id,order.status,buyer.opted_out\n,1,Shipped,yes\nm1,,,no\n",
    "a.jsonl": '{"order": {"id": "1", "status": "Shipped"}, "buyer": {"opted_out": true}}\n'
    '{"id": "<m1>", "buyer": {"opted_out": false}}\n',
    "a.json": '{"1": {"order": {"status": "Shipped"}}, "<m1>": {"buyer": {"id": "B"}}}',
    "b.json": '{"order": {"status": "Shipped"}, "marketplace": "amazon.de"}',
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_facts_as_in_memory(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name])
    expected, found = load_context(str(tmp_path / name)), stored(tmp_path, tmp_path / name)
    for ids in (("m1", "1"), ("<m1>", None), (None, "1"), ("m2", "2"), (None, None), ("m1", "3")):
        assert found.facts_for(*ids) == expected.facts_for(*ids)
        assert found.matched == expected.matched


def test_facts_in_parquet(tmp_path: Path) -> None:
    table: dict[str, Any] = {
        "order.id": ["1", "2"],
        "order.completed_at": pa.array([datetime(2024, 3, 4, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
        "buyer": [{"language": "de-DE", "country": "DE"}, None],
        "colour": ["red", "blue"],
    }
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    found = stored(tmp_path, tmp_path / "a.parquet")
    assert found.facts_for(None, "1") == {
        "order": {"id": "1", "completed_at": "2024-03-04T00:00:00+00:00"},
        "buyer": {"language": "de-DE", "country": "DE"},
    }
    assert found.facts_for(None, "2") == {"order": {"id": "2"}}


def test_two_entries_of_one_id_that_differ(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order.id,order.status\n1,Shipped\n1,Shipped\n1,Canceled\n")
    with pytest.raises(InputError, match=r"a\.csv:4: '1' has other facts on line 2"):
        stored(tmp_path, tmp_path / "a.csv")


def test_parquet_without_an_id(tmp_path: Path) -> None:
    pq.write_table(pa.table({"order.status": ["Shipped"]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="no column says what a row is about"):
        stored(tmp_path, tmp_path / "a.parquet")


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order.id,buyer.name\n1,Anna\n")
    stored(tmp_path, tmp_path / "a.csv")
    assert stat.S_IMODE((tmp_path / "stored").stat().st_mode) == 0o600
