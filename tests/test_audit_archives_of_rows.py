"""CSV and Parquet as archives: which column is which field, and a row that is broken costs itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

from msgpolicy.audit.archives.raw import Raw  # noqa: E402
from msgpolicy.audit.archives.reading import Reader  # noqa: E402
from msgpolicy.audit.archives.rows import field_of  # noqa: E402
from msgpolicy.inputs.files import raw_lines  # noqa: E402
from tests.test_audit_archives import refused, sound, write  # noqa: E402


def read(path: Path, encoding: str | None = None, /, **names: str) -> list[Raw]:
    return list(Reader([str(path)], {field.replace("__", "."): name for field, name in names.items()}, encoding))


def records(found: list[Raw]) -> list[Any]:
    return [msgspec.json.decode(raw.data) for raw in sound(found)]


def csv(tmp_path: Path, data: str | bytes, encoding: str | None = None, /, **names: str) -> list[Raw]:
    return read(write(tmp_path / "a.csv", data if isinstance(data, bytes) else data.encode()), encoding, **names)


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cells_become_fields(tmp_path: Path, separator: str, end: str) -> None:
    rows = (["id", "text", "order.id", "buyer.opted_out", "history.sent_today"], ["m1", "Hello", "7", "yes", "3"])
    found = csv(tmp_path, end.join(separator.join(row) for row in rows) + end)
    assert records(found) == [
        {"id": "m1", "text": "Hello", "order": {"id": "7"}, "buyer": {"opted_out": True}, "history": {"sent_today": 3}}
    ]
    assert [(raw.number, raw.line) for raw in found] == [(1, 2)]


def test_quoted_cells_hold_anything(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id,text\n1,"a ""b"", c\nd"\n2,e\n')
    assert [item["text"] for item in records(found)] == ['a "b", c\nd', "e"]
    assert [raw.line for raw in found] == [2, 4]


def test_empty_cells_are_unknown(tmp_path: Path) -> None:
    assert records(csv(tmp_path, "id,text,buyer.id\n,Hello, \n")) == [{"text": "Hello"}]


def test_foreign_columns(tmp_path: Path) -> None:
    text = "Nachricht,Datum,Vorgang,Farbe\nHallo,2024-01-01T10:00:00Z,17,rot\n"
    reader = Reader(
        [str(write(tmp_path / "a.csv", text.encode()))],
        {"text": "Nachricht", "sent_at": "Datum", "extra.case": "Vorgang", "html": "HTML"},
    )
    assert records(list(reader)) == [{"text": "Hallo", "sent_at": "2024-01-01T10:00:00Z", "extra": {"case": "17"}}]
    assert reader.notices == ["columns that are not used: 'Farbe'", "columns of --map that a table lacks: 'HTML'"]


def test_a_mapped_column_wins_over_one_of_our_name(tmp_path: Path) -> None:
    assert records(csv(tmp_path, "text,body\nold,new\n", text="body")) == [{"text": "new"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the first line is empty"),
        ("\ntext\nHello\n", "the first line is empty"),
        (" , \na,b\n", "the first line is empty"),
        ("a,b\n1,2\n", "no column is the text, html or subject of a message; there are 'a', 'b'"),
        ("text,text\n1,2\n", "two columns are text"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path: Path, text: str, why: str) -> None:
    assert [entry[2] for entry in refused(csv(tmp_path, text))] == [why]


def test_a_row_of_other_length_costs_itself(tmp_path: Path) -> None:
    found = csv(tmp_path, "id,text\n1,a\n2\n3,b,c\n4,d\n")
    assert [item["id"] for item in records(found)] == ["1", "4"]
    assert refused(found) == [
        (2, "line 3", "1 cells in a row, but the header has 2"),
        (3, "line 4", "3 cells in a row, but the header has 2"),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_line(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id,text\n1,a\n2,"b\n3,c\n4,d\n')
    assert [item["id"] for item in records(found)] == ["1", "3", "4"]
    assert [(number, position) for number, position, _ in refused(found)] == [(2, "line 3")]
    assert [raw.line for raw in sound(found)] == [2, 4, 5]


def test_a_quotation_mark_that_closes_another_costs_both_lines(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id,text\n1,"a\n2,b\n3,"c" x\n4,d\n')
    assert [item["id"] for item in records(found)] == ["2", "4"]
    assert [position for _, position, _ in refused(found)] == ["line 2", "line 4"]


def test_many_broken_quotation_marks_are_read_in_linear_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgpolicy.audit.archives import csv as module

    monkeypatch.setattr(module, "_AGAIN_ALWAYS", 1000)
    given: list[int] = []
    take = module._Lines.__next__

    def counting(self: Any) -> str:
        line = take(self)
        given.append(len(line))
        return line

    monkeypatch.setattr(module._Lines, "__next__", counting)
    data = "id,text\n" + '1,"a\n' * 4000
    found = csv(tmp_path, data)
    assert not sound(found)
    assert sum(given) < 10 * len(data) + 2000


def test_rows_of_other_character_sets_are_rejected_one_by_one(tmp_path: Path) -> None:
    data = "id,text\n1,Grüße\n".encode() + "2,Grüße\n".encode("cp1252") + b"3,Ende\n"
    found = csv(tmp_path, data)
    assert [item["text"] for item in records(found)] == ["Grüße", "Ende"]
    assert refused(found) == [(2, "line 3", "holds bytes that are not UTF-8")]


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", "cp1252"), ("utf-8-sig", None), ("utf-16", None)])
def test_character_sets_of_whole_files(tmp_path: Path, encoding: str, said: str | None) -> None:
    found = csv(tmp_path, "id,text\n1,Grüße\n".encode(encoding), said)
    assert records(found) == [{"id": "1", "text": "Grüße"}]


def test_the_line_of_spreadsheets_that_names_the_separator(tmp_path: Path) -> None:
    assert records(csv(tmp_path, "sep=|\nid|text, short\n1|x\n", text="text, short")) == [{"id": "1", "text": "x"}]


def test_a_cell_that_does_not_fit_is_named_but_not_shown(tmp_path: Path) -> None:
    found = csv(tmp_path, "text,history.sent_today\na,secret\n")
    assert refused(found) == [(1, "line 2", "column 'history.sent_today': the cell is not a whole number")]


def test_lines_end_where_bytes_say() -> None:
    import io

    assert list(raw_lines(io.BytesIO(b"a\nb\r\nc"))) == [b"a\n", b"b\r\n", b"c"]


def test_only_fields_of_a_record_can_be_mapped() -> None:
    assert [field_of(name) for name in ("text", "order.id", "extra.case")] == ["text", "order.id", "extra.case"]
    with pytest.raises(ValueError, match=r"has no field 'order\.number'"):
        field_of("order.number")


# Parquet


def parquet(tmp_path: Path, table: Any, **how: Any) -> Path:
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), tmp_path / "a.parquet", **how)
    return tmp_path / "a.parquet"


def test_values_of_many_types(tmp_path: Path) -> None:
    sent = datetime(2024, 3, 4, 10, 0, 0, 123456, tzinfo=UTC)
    path = parquet(
        tmp_path,
        {
            "id": pa.array([17]),
            "text": pa.array(["Hello"]).dictionary_encode(),
            "subject": pa.array([b"Hi"]),
            "html": pa.array([None], pa.string()),
            "sent_at": pa.array([sent], pa.timestamp("us", "UTC")),
            "order": pa.array([{"id": "7", "completed_at": sent, "custom": True}]),
            "buyer.opted_out": pa.array([1]),
            "history.sent_today": pa.array([3.0]),
            "account.daily_order_average": pa.array([40]),
            "available_reasons": pa.array([["invoice"]]),
        },
    )
    assert records(read(path)) == [
        {
            "id": "17",
            "text": "Hello",
            "subject": "Hi",
            "sent_at": "2024-03-04T10:00:00.123456+00:00",
            "order": {"id": "7", "completed_at": "2024-03-04T10:00:00.123456+00:00", "custom": True},
            "buyer": {"opted_out": True},
            "history": {"sent_today": 3},
            "account": {"daily_order_average": 40.0},
            "available_reasons": ["invoice"],
        }
    ]


def test_attachments(tmp_path: Path) -> None:
    kind = pa.list_(pa.struct({"filename": pa.string(), "content": pa.binary()}))
    path = parquet(tmp_path, {"attachments": pa.array([[{"filename": "a.txt", "content": b"\x00\xff"}], None], kind)})
    assert records(read(path))[0] == {"attachments": [{"filename": "a.txt", "content": "AP8="}]}


def test_times_of_nanoseconds_and_without_zone(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        {
            "text": ["a"],
            "sent_at": pa.array([1_709_546_400_123_456_789], pa.timestamp("ns", "UTC")),
            "order.completed_at": pa.array([datetime(2024, 3, 4, 10)], pa.timestamp("ms")),  # noqa: DTZ001
        },
    )
    (found,) = records(read(path))
    assert found["sent_at"] == "2024-03-04T10:00:00.123456+00:00"
    assert found["order"]["completed_at"] == "2024-03-04T10:00:00"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sent_at", pa.array([date(2024, 1, 1)])),
        ("sent_at", pa.array([1_700_000_000])),
        ("text", pa.array([1.5])),
        ("text", pa.array([True])),
        ("text", pa.array([b"\xff"])),
        ("buyer.opted_out", pa.array([2])),
        ("history.sent_today", pa.array([1.5])),
        ("account.daily_order_average", pa.array([float("nan")])),
        ("available_reasons", pa.array([7])),
    ],
)
def test_a_value_that_does_not_fit_is_rejected(tmp_path: Path, name: str, value: Any) -> None:
    columns = {"subject": pa.array(["a"]), name: value}
    found = read(parquet(tmp_path, columns))
    assert [(number, position) for number, position, _ in refused(found)] == [(1, "row 1")]
    assert "cell is not" in refused(found)[0][2]


def test_numbers_are_text_where_text_is_asked_for(tmp_path: Path) -> None:
    path = parquet(tmp_path, {"text": ["a"], "order.id": pa.array([Decimal("12345678901234567890")])})
    assert records(read(path))[0]["order"] == {"id": "12345678901234567890"}


def test_rows_are_counted_over_row_groups(tmp_path: Path) -> None:
    path = parquet(tmp_path, {"text": [str(n) for n in range(7)]}, row_group_size=3)
    assert [(raw.number, msgspec.json.decode(raw.data)["text"]) for raw in read(path)] == [
        (n + 1, str(n)) for n in range(7)
    ]


def test_a_damaged_row_group_costs_itself(tmp_path: Path) -> None:
    texts = [f"text number {n} of the table" for n in range(9)]
    path = parquet(tmp_path, {"text": texts}, row_group_size=3, compression="none", use_dictionary=False)
    place = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[place : place + 40] = b"\xff" * 40
    path.write_bytes(data)
    found = read(path)
    assert [raw.number for raw in sound(found)] == [1, 2, 3, 7, 8, 9]
    assert [(number, position) for number, position, _ in refused(found)] == [(4, "rows 4 to 6")]


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = parquet(tmp_path, {"text": ["a"] * 100})
    path.write_bytes(path.read_bytes()[:-20])
    assert refused(read(path)) == [(None, "byte 0", "the data is cut off or damaged")]
