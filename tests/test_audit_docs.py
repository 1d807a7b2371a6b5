"""docs/audit.md and audit-report.md say what is there: every column, every option, and Python that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from msgpolicy.arguments import parsers
from msgpolicy.audit.tables import TABLES

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "audit.md").read_text(encoding="utf-8")


def test_every_column_is_named() -> None:
    for table, schema in TABLES.items():
        (row,) = re.findall(rf"^\| `{table}` \|.*$", PAGE, re.MULTILINE)
        named = set(re.findall(r"`(\w+)`", row)) | {"file", "number"}
        assert set(schema.names) <= named, table


def test_every_option_of_its_own_is_told() -> None:
    options = set(re.findall(r"--[a-z-]+", parsers()[1]["audit"].format_help()))
    shared = {"--help", "--ruleset", "--set", "--as-of", "--lang", "--strict", "--fail-on", "--today"}
    told = PAGE + (DOCS / "audit-report.md").read_text(encoding="utf-8")
    assert options - shared <= set(re.findall(r"--[a-z-]+", told))


def test_its_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "audit.md", "exec"), {})
    assert "email-address anna@shop.example" in capsys.readouterr().out


def test_the_batch_function_of_other_engines_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs/audit-spark.md").read_text(encoding="utf-8")
    (code,) = (code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "def violations" in code)
    exec(compile(code, "audit-spark.md", "exec"), {})
    assert "email-address" in capsys.readouterr().out
