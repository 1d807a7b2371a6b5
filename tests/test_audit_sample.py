"""The sample of passed messages: always the same ones, and each as likely as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit import shards as shards_module
from msgpolicy.audit.archives.raw import JSON, Raw
from msgpolicy.audit.batch import Auditor, Recipe, draw_of
from msgpolicy.audit.run import Options, audit
from msgpolicy.audit.shards import sample_of
from msgpolicy.audit.tables import EXAMPLE_ROW, SAMPLE, SAMPLE_ROW
from tests.audit_archives import PHONE, lines, record, rows


def test_the_sample_holds_the_smallest_draws_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards_module, "SHARD_RECORDS", 20)
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(record(n, f"Answer number {n}.") for n in range(300)))
    audit([str(path)], Options(out=str(tmp_path / "out")))
    sample = [row["number"] for row in rows(tmp_path / "out", "shown") if row["because"] == SAMPLE_ROW]
    everyone = [Raw(str(path), JSON, b"", n) for n in range(1, 301)]
    assert sorted(sample) == sorted(raw.number for raw in sorted(everyone, key=draw_of)[:SAMPLE])


def test_the_share_of_each_shard_is_enough() -> None:
    """Draws are by chance: of many thousand shards none has more of the sample than it may keep."""
    draws = sorted((draw_of(Raw("a", JSON, b"", n)), n) for n in range(100_000))[:SAMPLE]
    for shards in (1, 2, 10, 100, 1000):
        size = 100_000 // shards
        for index in range(shards):
            mine = sum(index * size <= number < (index + 1) * size for _, number in draws)
            assert mine <= sample_of(index)


def test_one_example_of_each_template() -> None:
    texts = [f"Hello {n}! {PHONE}" for n in range(5)] + [f"Please do write again. {PHONE}"]
    batch = [Raw("a", JSON, b'{"text": "%s"}' % text.encode(), n) for n, text in enumerate(texts, start=1)]
    shown = Auditor(Recipe()).audit(batch)["shown"].to_pylist()
    assert [(row["number"], row["because"]) for row in shown] == [(1, EXAMPLE_ROW), (6, EXAMPLE_ROW)]
    assert len({row["template"] for row in shown}) == 2
