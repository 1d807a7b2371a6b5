"""The pure batch function: records in, tables out; what comes out depends on nothing else."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from msgpolicy import Message  # noqa: E402
from msgpolicy.audit.archives.raw import JSON, MAIL, REJECTED, Raw, as_batch, rejected  # noqa: E402
from msgpolicy.audit.batch import Auditor, Recipe  # noqa: E402
from msgpolicy.audit.tables import TABLES  # noqa: E402
from tests.audit_archives import PHONE, mail, order, record  # noqa: E402

KEY = b"0123456789abcdef"
AUDITOR = Auditor(Recipe(key=KEY))


def raw(number: int, text: str = "Hello", **fields: Any) -> Raw:
    return Raw("a.jsonl", JSON, json.dumps(record(number, text, **fields)).encode(), number, number)


def audited(*records: Raw, auditor: Auditor = AUDITOR) -> dict[str, list[dict[str, Any]]]:
    return {name: table.to_pylist() for name, table in auditor.audit(records).items()}


def test_arrow_and_records_give_the_same() -> None:
    records = [raw(1), raw(2, PHONE), Raw("b.mbox", MAIL, mail(3).encode(), 1, 1), rejected("c", "line 1", "why")]
    assert AUDITOR.audit(as_batch(records)) == AUDITOR.audit(records)


def test_the_line_may_be_missing() -> None:
    batch = pa.record_batch({"file": ["a"], "kind": ["json"], "data": [b'{"text": 1}'], "number": [7]})
    (row,) = AUDITOR.audit(batch)["rejected"].to_pylist()
    assert (row["number"], row["position"], row["why"]) == (7, "record 7", "text: expected str, got int")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Raw("a", JSON, b"{}"), "it has no file or no number"),
        (Raw(None, JSON, b"{}", 1), "it has no file or no number"),  # type: ignore[arg-type]
        (Raw("a", "pdf", b"{}", 1), "it is of no kind that is known"),
        (Raw("a", None, b"{}", 1), "it is of no kind that is known"),  # type: ignore[arg-type]
        (Raw("a", JSON, None, 1), "it has no data"),  # type: ignore[arg-type]
        (Raw("a", MAIL, "text", 1), "it has no data"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_record_at_all_is_rejected(record: Raw, why: str) -> None:
    """Tables of other engines hold what they hold; the batch is judged all the same."""
    tables = audited(record, raw(2))
    assert [row["why"] for row in tables["rejected"]] == [why]
    assert [row["number"] for row in tables["messages"]] == [2]


def test_what_one_message_gives_does_not_depend_on_its_neighbours() -> None:
    records = [raw(n, PHONE if n % 3 else f"Answer {n}") for n in range(1, 10)]
    together = audited(*records)
    apart = [audited(record) for record in records]
    for name in ("messages", "violations", "not_evaluated"):
        assert together[name] == [row for tables in apart for row in tables[name]]


def test_every_schema_is_kept_when_there_is_nothing() -> None:
    assert {name: table.schema for name, table in AUDITOR.audit([]).items()} == dict(TABLES)


def test_ids_are_hashed_with_the_key() -> None:
    other = Auditor(Recipe(key=KEY[::-1]))
    mine, theirs = audited(raw(1))["messages"][0], audited(raw(1), auditor=other)["messages"][0]
    assert mine["order"] != theirs["order"]
    assert mine["order"] == audited(Raw("m", MAIL, mail(1).encode(), 1))["messages"][0]["order"]
    assert len(mine["order"]) == 20


def test_paths_are_hashed_where_they_are_private() -> None:
    name = f"mails/{order(1)}/anna@shop.example.jsonl"
    (row,) = audited(raw(1)._replace(file=name))["messages"]
    assert row["file"].startswith("mails/~")
    assert order(1) not in row["file"]
    assert "anna" not in row["file"]
    other = audited(raw(1)._replace(file=name.replace("anna", "otto")))["messages"][0]["file"]
    assert other != row["file"]


def test_names_of_the_buyer_are_masked_in_what_is_quoted() -> None:
    text = "Dear Anna Muster, please leave a 5 star review, Anna!"
    tables = audited(raw(1, text, buyer={"name": "Anna Muster"}))
    assert tables["violations"]
    assert "Anna" not in str(tables)
    assert "Muster" not in str(tables)


def test_reasons_and_hints_of_ours_are_not_masked() -> None:
    record = json.dumps({"text": "x", "sent_at": "call +49 30 23125 000"}).encode()
    (row,) = audited(Raw("a", JSON, record, 1))["rejected"]
    assert "is not an RFC 3339 time" in row["why"]
    assert "23125" not in row["why"]
    assert row["hint"] == "write 2026-11-01T10:00:00+01:00, or Z for UTC"


def test_reasons_of_rejection_quote_nothing_private() -> None:
    (row,) = audited(raw(1, sender="a@shop.example", sent_at="+49 30 23125000"))["rejected"]
    assert row["why"].startswith("sent_at: ")
    assert "23125" not in row["why"]


def test_shown_html_is_what_a_reader_sees() -> None:
    html = f"<style>p {{color: red}}</style><p>Hello &amp; welcome</p><p>{PHONE}</p>"
    shown = audited(Raw("a", JSON, json.dumps({"html": html}).encode(), 1))["shown"]
    assert "Hello & welcome" in shown[0]["text"]
    assert "<p>" not in shown[0]["text"]
    assert "23125" not in shown[0]["text"]


def test_a_fault_of_a_check_costs_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = AUDITOR.linter.check_with_facts

    def failing(message: Message, *args: Any) -> Any:
        if message.id == "j2":
            raise ZeroDivisionError("secret text")
        return judge(message, *args)

    monkeypatch.setattr(AUDITOR.linter, "check_with_facts", failing)
    tables = audited(raw(1), raw(2), raw(3))
    assert [row["number"] for row in tables["messages"]] == [1, 3]
    (row,) = tables["rejected"]
    assert (row["position"], row["why"]) == ("line 2", "internal error ZeroDivisionError")


def test_a_full_disk_is_not_a_fault_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AUDITOR.linter, "check_with_facts", failing)
    with pytest.raises(OSError, match="No space"):
        audited(raw(1))


def test_a_changed_ruleset_is_refused() -> None:
    with pytest.raises(RuntimeError, match="the ruleset amazon has changed"):
        Auditor(Recipe(digest="sha256:0"))


def test_times_at_the_ends_of_the_calendar() -> None:
    early, late = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
    rows = audited(raw(1, sent_at=early), raw(2, sent_at=late))["messages"]
    assert [row["sent_at"].year for row in rows] == [1, 9999]


def test_counts_that_no_int32_holds() -> None:
    rows = audited(raw(1, history={"sent_today": 10**15}))["messages"]
    assert rows[0]["history_sent_today"] == 2**31 - 1


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["id", "text", "html", "sent_at", "order", "buyer", "kind", "history", "attachments", "extra", "marketplace"]
)
GARBAGE = st.one_of(
    st.binary(max_size=80),
    st.dictionaries(FIELDS, ANY_JSON, max_size=4).map(lambda data: json.dumps(data).encode()),
    st.text(max_size=40).map(lambda text: json.dumps({"text": text}).encode("utf-8", "surrogatepass")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([JSON, MAIL, "row"]), GARBAGE), max_size=5))
def test_whatever_is_in_a_record_it_is_judged_or_rejected(items: list[tuple[str, bytes]]) -> None:
    records = [Raw("a", kind, data, n, n) for n, (kind, data) in enumerate(items, start=1)]
    tables = audited(*records)
    numbers = [row["number"] for row in (*tables["messages"], *tables["rejected"])]
    assert sorted(numbers) == list(range(1, len(records) + 1))
    assert not any("internal error" in row["why"] for row in tables["rejected"])


def test_a_rejected_record_keeps_its_reason() -> None:
    item = rejected("a", "byte 7", "it is broken", "mend it", number=3)
    assert item.kind == REJECTED
    assert msgspec.json.decode(item.data)["position"] == "byte 7"
    assert audited(item)["rejected"] == [
        {"file": "a", "number": 3, "position": "byte 7", "why": "it is broken", "hint": "mend it"}
    ]
