"""The database over the tables of an audit: what does not fit into memory goes to the audit's folder, and is gone
afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("duckdb")

from msgpolicy.audit.database import database
from msgpolicy.audit.parts import WORK

# Twice what may be held in memory.
MORE_THAN_FITS = "CREATE TEMP TABLE many AS SELECT i, md5(i::VARCHAR) AS hash FROM range(2_000_000) AS t(i)"


def test_a_query_that_needs_more_than_the_memory_spills_to_the_folder(tmp_path: Path) -> None:
    work = tmp_path / WORK
    with database(str(tmp_path), memory="50MB", threads=1) as tables:
        tables.execute(MORE_THAN_FITS)
        assert list((work / "duckdb").iterdir())
        assert work.stat().st_mode & 0o077 == 0
        assert tables.execute("SELECT count(DISTINCT hash) FROM many").fetchall() == [(2_000_000,)]
    assert not work.exists()


def test_what_others_have_in_the_work_folder_stays(tmp_path: Path) -> None:
    theirs = tmp_path / WORK / "context"
    theirs.parent.mkdir()
    theirs.touch()
    with database(str(tmp_path)) as tables:
        tables.execute("SELECT 1")
    assert theirs.exists()


def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    with database(str(tmp_path / "not there")) as tables:
        assert tables.execute("SELECT 1").fetchall() == [(1,)]
