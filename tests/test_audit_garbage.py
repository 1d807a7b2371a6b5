"""Archives with garbage of every kind between sound records: nothing crashes, and every line comes out once."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from benchmarks.audit import garbage
from benchmarks.audit.archives import write
from msgpolicy.audit.archives.jsonl import read_jsonl
from msgpolicy.audit.batch import Auditor, Recipe

CHEAP = [name for name in garbage.KINDS if name not in garbage._COSTLY]


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor(Recipe(key=b"0123456789abcdef"))


@pytest.mark.parametrize("kind", CHEAP)
def test_garbage_comes_out_once_and_costs_no_neighbour(kind: str, auditor: Auditor, tmp_path: Path) -> None:
    rejected, make = garbage.KINDS[kind]
    sound = b'{"text": "Thank you."}'
    path = write(tmp_path / "a.jsonl", [sound, make(Random(kind)), sound])
    with path.open("rb") as stream:
        tables = auditor.audit(read_jsonl(stream, "a.jsonl"))
    judged, refused = (tables[name].to_pylist() for name in ("messages", "rejected"))
    assert sorted(row["number"] for row in (*judged, *refused)) == [1, 2, 3]
    assert {row["number"] for row in judged} >= {1, 3}
    if rejected is not None:
        assert [row["number"] for row in refused] == ([2] if rejected else [])
    assert not any("internal error" in row["why"] for row in refused), refused
    assert all(row["why"] and row["position"].startswith("line 2") for row in refused)


def test_what_is_compared_is_noticed() -> None:
    kinds = [kind for kind, _ in garbage.lines(20_000)]
    assert set(kinds) == {"", *garbage.KINDS}
    assert kinds.count("") == 19_800
