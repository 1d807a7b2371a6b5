"""Facts of orders for mails: found by what a mail says, in files that change and databases that fail."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from msgpolicy import Message
from msgpolicy.inputs import InputError
from msgpolicy.mailfilter.lookup import Lookup, LookupFailedError
from tests.gates import RELAY, RecordingGate

ONE, TWO, OTHER = "305-1234567-1234567", "305-7654321-7654321", "305-1111111-1111111"
ORDERS = f"""\
order.id,order.status,buyer.language,buyer.opted_out,recipient
{ONE},Shipped,de-DE,no,{RELAY}
{TWO},Canceled,de-DE,no,{RELAY}
{OTHER},Pending,fr-FR,,z9y8x7@marketplace.amazon.fr
"""


def mail(
    text: str = "Hello", subject: str = "Your order", to: str = RELAY, message_id: str = "m1@shop.example"
) -> bytes:
    return (
        f"From: shop@shop.example\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{message_id}>\r\n\r\n{text}\r\n"
    ).encode()


def read(**parts: str) -> Message:
    return Message.from_email(mail(**parts))


def csv_file(folder: Path, text: str = ORDERS) -> Path:
    path = folder / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return path


def database(folder: Path, *statements: str) -> Path:
    path = folder / "shop.sqlite"
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


TABLE = "CREATE TABLE shop (number TEXT, state TEXT, lang TEXT, mail TEXT, paid INTEGER, noemail INTEGER)"
ROWS = (
    f"INSERT INTO shop VALUES ('{ONE}', 'Shipped', 'de-DE', '{RELAY}', 1790000000, 0)",
    f"INSERT INTO shop VALUES ('{TWO}', 'Canceled', 'de-DE', '{RELAY}', NULL, 0)",
    f"INSERT INTO shop VALUES ('{OTHER}', 'Pending', 'fr-FR', 'z9y8x7@marketplace.amazon.fr', NULL, NULL)",
)
VIEW = (
    "CREATE VIEW msgpolicy_orders AS SELECT number AS order_id, state AS order_status, lang AS buyer_language,"
    " noemail AS buyer_opted_out, mail AS recipient, paid AS 'order.purchased_at' FROM shop"
)


def opened(folder: Path, kind: str, told: list[str] | None = None) -> Lookup:
    path = csv_file(folder) if kind == "csv" else database(folder, TABLE, *ROWS, VIEW)
    return Lookup.open(path, tell=None if told is None else told.append)


KINDS = pytest.mark.parametrize("kind", ["csv", "sqlite"])


# --- which entry is a mail's ------------------------------------------------------------------------------------------


@KINDS
@pytest.mark.parametrize("parts", [{"text": f"On {TWO}."}, {"subject": f"Order {TWO}"}])
def test_an_order_that_the_mail_names(tmp_path: Path, kind: str, parts: dict[str, str]) -> None:
    facts = opened(tmp_path, kind)(read(**parts))
    assert facts["order"] == {"id": TWO, "status": "Canceled"}
    assert facts["buyer"] == {"language": "de-DE", "opted_out": False}


@KINDS
def test_of_several_orders_only_what_they_agree_on(tmp_path: Path, kind: str) -> None:
    lookup = opened(tmp_path, kind)
    assert lookup(read(subject=ONE, text=f"and {TWO}")) == {
        "order": {},
        "buyer": {"language": "de-DE", "opted_out": False},
        "recipient": RELAY,
    }
    assert lookup(read(text=f"{ONE}, {OTHER}")) == {"order": {}, "buyer": {}}
    unknown = "305-2222222-2222222"
    assert lookup(read(text=f"{ONE}, {unknown}")) == {}
    assert lookup(read(text=f"{unknown}, {ONE}")) == {}


@KINDS
def test_without_an_order_the_relay_address_tells(tmp_path: Path, kind: str) -> None:
    lookup = opened(tmp_path, kind)
    assert lookup(read(to="Z9Y8X7@marketplace.amazon.fr"))["order"] == {"id": OTHER, "status": "Pending"}
    assert lookup(read(to=RELAY))["buyer"] == {"language": "de-DE", "opted_out": False}
    assert not lookup(read(to=RELAY))["order"]
    assert lookup(read(to="nobody@marketplace.amazon.de")) == {}


@KINDS
def test_an_order_that_is_not_known_is_not_guessed_from_the_address(tmp_path: Path, kind: str) -> None:
    assert opened(tmp_path, kind)(read(text="On 305-2222222-2222222.", to="z9y8x7@marketplace.amazon.fr")) == {}


@KINDS
def test_an_order_that_is_known_already_counts_before_those_named(tmp_path: Path, kind: str) -> None:
    message = Message.from_email(mail(text=f"On {ONE}."), context={"order": {"id": OTHER}})
    assert opened(tmp_path, kind)(message)["order"] == {"id": OTHER, "status": "Pending"}


def test_the_message_id_and_what_is_said_of_every_message(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    entries: list[Mapping[str, Any]] = [
        {"id": "<m1@shop.example>", "kind": "reply", "order": {"status": "Pending"}},
        {"order": {"id": ONE, "status": "Shipped"}, "kind": "proactive"},
    ]
    path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    facts = Lookup.open(path)(read(text=ONE))
    assert facts["kind"] == "reply"
    assert facts["order"] == {"id": ONE, "status": "Pending"}
    everyone = tmp_path / "all.json"
    everyone.write_text('{"account": {"country": "DE"}}', encoding="utf-8")
    assert Lookup.open(everyone)(read()) == {"account": {"country": "DE"}}


def test_the_message_id_in_a_database(tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "CREATE TABLE msgpolicy_orders (id TEXT, kind TEXT)",
        "INSERT INTO msgpolicy_orders VALUES ('m1@shop.example', 'reply')",
    )
    assert Lookup.open(path)(read()) == {"id": "m1@shop.example", "kind": "reply"}
    assert Lookup.open(path)(read(message_id="m2@shop.example", text=ONE)) == {}


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_bad_row_is_told_with_file_line_and_column(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"order.id,order.custom\n{ONE},perhaps\n")
    with pytest.raises(InputError, match=r"orders\.csv:2: order\.custom: 'perhaps' is not true or false"):
        Lookup.open(path)
    path = tmp_path / "orders.json"
    path.write_text(f'{{"{ONE}": {{\n  "buyer": {{"country": "Germany"}}}}}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"orders\.json:2:13: buyer\.country"):
        Lookup.open(path)


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    lookup = Lookup.open(path)
    assert lookup(read(text=ONE))["order"]["status"] == "Shipped"
    path.write_text(ORDERS.replace("Shipped", "Unshipped"), encoding="utf-8")
    assert lookup(read(text=ONE))["order"]["status"] == "Unshipped"
    replacement = tmp_path / "new.csv"  # put in its place, of the same size
    replacement.write_text(ORDERS.replace("Shipped", "Pending"), encoding="utf-8")
    os.replace(replacement, path)
    assert lookup(read(text=ONE))["order"]["status"] == "Pending"


def test_a_broken_file_leaves_the_old_facts_in_force_and_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    path = csv_file(tmp_path)
    lookup = Lookup.open(path, tell=told.append)
    path.write_text(ORDERS.replace("Shipped", "Shiped"), encoding="utf-8")
    for _ in range(3):
        assert lookup(read(text=ONE))["order"]["status"] == "Shipped"
    (trouble,) = told
    assert "orders.csv:2: order.status: 'Shiped'" in trouble
    path.unlink()
    for _ in range(3):
        assert lookup(read(text=ONE))["order"]["status"] == "Shipped"
    assert len(told) == 2
    csv_file(tmp_path, ORDERS.replace("Shipped", "Unfulfillable"))
    assert lookup(read(text=ONE))["order"]["status"] == "Unfulfillable"
    assert len(told) == 2


def test_reload_reads_what_looks_the_same(tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    lookup = Lookup.open(path)
    stat = path.stat()
    path.write_text(ORDERS.replace("Pending", "Shipped"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert lookup(read(text=OTHER))["order"]["status"] == "Pending"
    lookup.reload()
    assert lookup(read(text=OTHER))["order"]["status"] == "Shipped"


def test_trouble_is_a_json_line_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path)
    lookup = Lookup.open(path)
    path.write_text("nothing\n", encoding="utf-8")
    lookup(read())
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["ok"]) == ("lookup", False)
    assert "unknown column 'nothing'" in line["error"]


# --- databases --------------------------------------------------------------------------------------------------------


def test_a_query_names_its_columns_as_fields(tmp_path: Path) -> None:
    path = database(tmp_path, TABLE, *ROWS)
    query = "SELECT number AS order_id, state AS 'order.status', paid AS extra_paid FROM shop WHERE number = :order_id"
    facts = Lookup.open(path, query=query)(read(text=ONE))
    assert facts == {"order": {"id": ONE, "status": "Shipped"}, "extra": {"paid": "1790000000"}}
    assert Lookup.open(path, query=query)(read(to=RELAY)) == {}  # it does not ask for addresses


def test_values_of_a_database(tmp_path: Path) -> None:
    facts = opened(tmp_path, "sqlite")(read(text=ONE))
    assert facts["order"]["purchased_at"] == "2026-09-21T14:13:20+00:00"
    assert Message.from_dict({"text": "x", **facts}).order is not None


@pytest.mark.parametrize(
    ("statements", "query", "why"),
    [
        ((TABLE,), None, "no table or view msgpolicy_orders"),
        (("CREATE TABLE msgpolicy_orders (order_id, order_statsu)",), None, "unknown column 'order_statsu'"),
        (("CREATE TABLE msgpolicy_orders (order_status)",), None, "says what a row is about"),
        ((TABLE,), "SELECT number FROM shop WHERE number = :order_id", "unknown column 'number'"),
        ((TABLE,), "SELECT number AS order_id FROM shop", "no :order_id"),
        ((TABLE,), "SELECT number AS order_id FROM shops WHERE number = :order_id", "no such table: shops"),
        ((TABLE,), "SELECT number AS order_id FROM shop WHERE number = :number", "SQLite: "),
        ((TABLE,), "DELETE FROM shop WHERE number = :order_id", "SQLite: attempt to write a readonly database"),
    ],
)
def test_a_database_that_does_not_fit_is_told_at_the_start(
    tmp_path: Path, statements: tuple[str, ...], query: str | None, why: str
) -> None:
    with pytest.raises(InputError, match=r"shop\.sqlite: ") as error:
        Lookup.open(database(tmp_path, *statements), query=query)
    assert why in str(error.value)


def test_no_database_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unable to open database file"):
        Lookup.open(tmp_path / "shop.db")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "shop.db").write_bytes(b"no database at all, but some text" * 99)
    with pytest.raises(InputError, match="file is not a database"):
        Lookup.open(tmp_path / "shop.db")


def test_a_bad_row_fails_its_own_mail_only(tmp_path: Path) -> None:
    told: list[str] = []
    lookup = opened(tmp_path, "sqlite", told)
    with sqlite3.connect(tmp_path / "shop.sqlite") as connection:
        connection.execute("UPDATE shop SET paid = 'yesterday' WHERE number = ?", (ONE,))
    connection.close()
    for _ in range(2):
        with pytest.raises(LookupFailedError, match=rf"order {ONE}: .*shop\.sqlite: order\.purchased_at: "):
            lookup(read(text=ONE))
    assert len(told) == 1
    assert lookup(read(text=OTHER))["order"]["status"] == "Pending"
    with pytest.raises(LookupFailedError):
        lookup(read(text=ONE))
    assert len(told) == 2  # it was well in between


def test_a_blob_and_a_word_for_a_truth_value_are_bad(tmp_path: Path) -> None:
    for value in ("x'00ff'", "'maybe'", "2"):
        (tmp_path / "shop.sqlite").unlink(missing_ok=True)
        lookup = opened(tmp_path, "sqlite", [])
        with sqlite3.connect(tmp_path / "shop.sqlite") as connection:
            connection.execute(f"UPDATE shop SET noemail = {value}")
        connection.close()
        with pytest.raises(LookupFailedError, match=r"buyer\.opted_out: is not true or false"):
            lookup(read(text=ONE))


def test_a_locked_database_fails_in_time(tmp_path: Path) -> None:
    told: list[str] = []
    path = database(tmp_path, TABLE, *ROWS, VIEW)
    lookup = Lookup.open(path, timeout=0.01, tell=told.append)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LookupFailedError, match="database is locked"):
        lookup(read(text=ONE))
    writer.execute("ROLLBACK")
    writer.close()
    assert lookup(read(text=ONE))["order"]["status"] == "Shipped"
    assert len(told) == 1


def test_a_query_without_end_is_stopped(tmp_path: Path) -> None:
    path = database(tmp_path, TABLE)
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE :order_id IS NOT NULL)"
        " SELECT sum(x) AS extra_x FROM n"
    )
    lookup = Lookup.open(path, query=endless, timeout=0.05, tell=lambda _: None)
    with pytest.raises(LookupFailedError, match="interrupted"):
        lookup(read(text=ONE))


def test_too_many_rows(tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "CREATE TABLE msgpolicy_orders (order_id, recipient)",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1001)"
        f" INSERT INTO msgpolicy_orders SELECT x, '{RELAY}' FROM n",
    )
    with pytest.raises(LookupFailedError, match="more than 1000 rows"):
        Lookup.open(path, tell=lambda _: None)(read())


def test_what_a_mail_says_never_becomes_sql_or_an_error(tmp_path: Path) -> None:
    lookup = opened(tmp_path, "sqlite")
    hostile = Message(text="x", id="' OR 1=1 --\ud800\x00", recipient="'; DROP TABLE shop; --")
    assert lookup(hostile) == {}
    assert lookup(read(text=ONE))["order"]["status"] == "Shipped"


def test_from_many_threads(tmp_path: Path) -> None:
    lookup = opened(tmp_path, "sqlite")
    found: list[Any] = []

    def ask() -> None:
        found.extend(lookup(read(text=ONE))["order"]["status"] for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Shipped"] * 160


# --- in front of a gate -----------------------------------------------------------------------------------------------


@KINDS
def test_a_gate_judges_by_what_is_looked_up(tmp_path: Path, kind: str) -> None:
    gate = RecordingGate(tmp_path)
    lookup = opened(tmp_path, kind)
    assert gate.decide(mail(text=TWO), lookup=lookup).rules == ("no-canceled",)
    assert gate.decide(mail(text=ONE), lookup=lookup).action == "send"
    assert gate.decide(mail(text=ONE), context={"order": {"status": "Canceled"}}, lookup=lookup).action == "send"
    unknown = gate.decide(mail(text="305-2222222-2222222"), lookup=lookup)
    assert unknown.action == "send"
    assert gate.lines[-1]["not_evaluated"][0]["needs"] == ["order.status"]


@pytest.mark.parametrize(
    ("failure", "text", "action", "rules"),
    [
        ("hold", "Hello", "hold", ()),
        ("send", "Hello", "send", ()),
        ("send", "HURRY", "refuse", ("no-shouting",)),
        ("hold", "HURRY", "refuse", ("no-shouting",)),
        ("refuse", "Hello", "refuse", ()),
    ],
)
def test_a_lookup_that_fails_is_a_failure_and_the_mail_is_judged_without(
    tmp_path: Path, failure: str, text: str, action: str, rules: tuple[str, ...]
) -> None:
    def broken(_: Message) -> Mapping[str, Any]:
        raise LookupFailedError("the disk is gone")

    gate = RecordingGate(tmp_path, failure=failure)
    decision = gate.decide(mail(text=text), lookup=broken)
    assert (decision.action, decision.rules, decision.failure) == (action, rules, "LookupFailedError")
    assert decision.report is not None
    assert "disk" not in json.dumps(gate.lines)


def test_reasons_are_those_of_what_is_done(tmp_path: Path) -> None:
    def broken(_: Message) -> Mapping[str, Any]:
        raise LookupFailedError

    gate = RecordingGate(tmp_path, failure="refuse", warning="hold")
    decision = gate.decide(mail(text="thanks"), lookup=broken)
    assert (decision.action, decision.reasons) == ("refuse", ())


def test_facts_that_are_no_record_are_a_failure_of_the_lookup(tmp_path: Path) -> None:
    decision = RecordingGate(tmp_path).decide(mail(), lookup=lambda _: {"order": {"status": 7}})
    assert (decision.action, decision.failure) == ("hold", "MessageError")


def test_a_record_takes_no_lookup(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="only a mail takes a context"):
        RecordingGate(tmp_path).decide(Message(text="x"), lookup=lambda _: None)
