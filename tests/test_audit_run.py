"""An audit from end to end: what stands in its folder, and that nothing but the archive decides about it."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from msgpolicy.audit import run as run_module
from msgpolicy.audit import shards as shards_module
from msgpolicy.audit.run import Options, audit
from msgpolicy.audit.tables import TABLES
from msgpolicy.audit.workers import Workers
from msgpolicy.inputs import InputError
from tests.audit_archives import PHONE, lines, mail, mailbox, order, record, rows

KEY = b"0123456789abcdef0123456789abcdef"


@pytest.fixture
def archive(tmp_path: Path) -> list[str]:
    """Eight mails, of which two are wrong, and five records, of which one is wrong and one is garbage."""
    (tmp_path / "a.mbox").write_bytes(mailbox(mail(n, PHONE) if n in (2, 5) else mail(n) for n in range(8)))
    (tmp_path / "b.jsonl").write_bytes(
        lines([record(1), record(2, PHONE)]) + b"garbage\n" + lines([record(3), record(4)])
    )
    return [str(tmp_path / "a.mbox"), str(tmp_path / "b.jsonl")]


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "key").write_bytes(KEY)
    return Options(out=str(tmp_path / "out"), redaction_key=str(tmp_path / "key"))


def tables(out: str) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(Path(out), name) for name in TABLES}


def small_shards(monkeypatch: pytest.MonkeyPatch, records: int = 3) -> None:
    monkeypatch.setattr(shards_module, "SHARD_RECORDS", records)


def changed(options: Options, **values: Any) -> Options:
    from dataclasses import replace

    return replace(options, **values)


def test_counts_add_up(archive: list[str], options: Options) -> None:
    summary = audit(archive, options)
    assert summary.records == {"read": 13, "judged": 12, "rejected": 1}
    assert summary.verdicts["block"] == 3
    assert sum(summary.verdicts.values()) == 12
    assert json.loads((Path(options.out) / "summary.json").read_bytes())["records"]["read"] == 13


def test_each_message_is_one_row_in_the_order_of_the_archive(archive: list[str], options: Options) -> None:
    audit(archive, options)
    found = [(row["file"], row["number"]) for row in rows(Path(options.out), "messages")]
    assert found == [(archive[0], n) for n in range(1, 9)] + [(archive[1], n) for n in (1, 2, 4, 5)]
    (rejected,) = rows(Path(options.out), "rejected")
    assert (rejected["file"], rejected["number"], rejected["position"]) == (archive[1], 3, "line 3, column 1")
    assert rejected["why"].startswith("not JSON")


def test_a_violation_says_where_it_is(archive: list[str], options: Options) -> None:
    audit(archive, options)
    found = [row for row in rows(Path(options.out), "violations") if row["rule"] == "phone-number"]
    assert [(row["file"], row["number"]) for row in found] == [(archive[0], 3), (archive[0], 6), (archive[1], 2)]
    text = f"About order {order(2)}: {PHONE}"
    assert text[found[2]["start"] : found[2]["end"]] == "+49 30 23125 000"
    assert found[2]["excerpt"] == "+•• •• ••••• •••"


def test_nothing_private_is_in_the_folder(archive: list[str], options: Options) -> None:
    audit(archive, options)
    written = str(tables(options.out)) + "".join(file.read_text() for file in Path(options.out).glob("*.json"))
    for private in ("service@shop", "marketplace.amazon.de", "m2@shop", "123-1234567", "30 23125", "+4930"):
        assert private not in written


def test_addresses_in_paths_are_hashes_everywhere(tmp_path: Path, options: Options) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "kim@buyer.example.mbox").write_bytes(mailbox([mail(1, PHONE)]))
    (folder / "kim@buyer.example.doc").write_bytes(b"not read")
    audit([str(folder / "kim@buyer.example.mbox"), str(folder / "..") + "/./mails"], changed(options, jsonl=True))
    files = [file for file in Path(options.out).rglob("*") if file.is_file()]
    assert [file.name for file in files if b"kim@" in file.read_bytes()] == []
    assert "kim@" not in str(tables(options.out))


def test_an_old_audit_is_repeated_by_its_receipt(archive: list[str], tmp_path: Path, options: Options) -> None:
    """All that is needed stands in audit.json and in the rows, but for the files that were named."""
    with open(archive[1], "ab") as stream:
        stream.write(lines([record(9, PHONE, sent_at="2021-03-01T10:00:00"), {"body": "Hello", "sent_at": None}]))
    first = changed(
        options, settings={"reply_hours": "48 hours"}, lang="de", strict=True, timezone="Europe/Berlin",
        names={"extra.note": "note"}, as_of=datetime(2022, 1, 1, tzinfo=UTC), today=date(2026, 1, 2),
    )  # fmt: skip
    audit(archive, first)
    told = json.loads((Path(options.out) / "audit.json").read_bytes())["asked"]
    again = Options(
        out=str(tmp_path / "again"),
        ruleset=f"{told['ruleset']}@{told['version']}",
        settings=told["settings"],
        lang=told["lang"],
        strict=told["strict"],
        timezone=told["timezone"],
        encoding=told["encoding"],
        names=told["names"],
        as_of=datetime.fromisoformat(told["as_of"]),
        today=date.fromisoformat(told["today"]),
        redact=told["redacted"],
        redaction_key=told["key_file"],
        show_text=told["show_text"],
    )
    audit(told["archives"]["paths"], again)
    assert json.loads((tmp_path / "again" / "audit.json").read_bytes())["asked"] == told
    assert tables(again.out) == tables(options.out)
    assert {tuple(row["assumed"]) for row in rows(Path(again.out), "messages")} == {(), ("timezone=Europe/Berlin",)}
    # Another day's policy is another audit.
    audit(told["archives"]["paths"], changed(again, out=str(tmp_path / "other"), as_of=None))
    assert tables(str(tmp_path / "other")) != tables(options.out)


def test_without_redaction_it_is(archive: list[str], options: Options) -> None:
    audit(archive, changed(options, redact=False, show_text=True))
    first = rows(Path(options.out), "messages")[2]
    assert (first["message_id"], first["order"]) == ("m2@shop.example", order(2))
    assert first["buyer"] == "a2b2c3d4e5f6@marketplace.amazon.de"
    assert any(PHONE in row["text"] for row in rows(Path(options.out), "shown"))


def test_equal_values_have_equal_hashes(archive: list[str], options: Options) -> None:
    audit(archive, options)
    found = rows(Path(options.out), "messages")
    assert found[2]["order"] == found[9]["order"]  # mail 2 and record 2
    assert len({row["order"] for row in found}) == 8
    assert len({row["sender"] for row in found if row["sender"]}) == 1


def test_a_key_is_made_for_the_owner_alone(archive: list[str], options: Options) -> None:
    summary = audit(archive, changed(options, redaction_key=None))
    key = Path(options.out) / "redaction.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert summary.redaction["file"] == "redaction.key"
    assert key.read_text().strip() not in (Path(options.out) / "summary.json").read_text()


def test_processes_do_not_change_the_result(
    archive: list[str], options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_shards(monkeypatch)
    audit(archive, options)
    other = changed(options, out=str(tmp_path / "other"), processes=2)
    audit(archive, other)
    assert tables(options.out) == tables(other.out)
    assert (Path(options.out) / "summary.json").read_bytes() == (Path(other.out) / "summary.json").read_bytes()


def test_an_ended_run_is_gone_on_with(
    archive: list[str], options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_shards(monkeypatch)
    audit(archive, options)
    for after in (0, 3):
        other = changed(options, out=str(tmp_path / f"ended{after}"))
        judged: list[int] = []
        with monkeypatch.context() as patch:
            parts = Workers.parts

            def ending(self: Workers, shards: Any, after: int = after, parts: Any = parts) -> Any:
                for number, part in enumerate(parts(self, shards)):
                    if number == after:
                        raise KeyboardInterrupt
                    yield part

            patch.setattr(Workers, "parts", ending)
            with pytest.raises(KeyboardInterrupt):
                audit(archive, other)
        with monkeypatch.context() as patch:

            def counting(self: Workers, shards: Any, judged: list[int] = judged, parts: Any = parts) -> Any:
                for part in parts(self, shards):
                    judged.append(part.index)
                    yield part

            patch.setattr(Workers, "parts", counting)
            audit(archive, changed(other, resume=True))
        assert tables(other.out) == tables(options.out)
        assert judged == list(range(after + 1, 5))


def test_a_damaged_part_is_done_again(
    archive: list[str], options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_shards(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(run_module.Parts, "join", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            audit(archive, options)
    record_path = Path(options.out) / "audit.json"
    state = json.loads(record_path.read_bytes())
    state["parts"] = None
    record_path.write_text(json.dumps(state))
    (Path(options.out) / "parts" / "00001" / "messages.parquet").write_bytes(b"")
    shutil.rmtree(Path(options.out) / "parts" / "00003")
    audit(archive, changed(options, resume=True))
    other = changed(options, out=str(tmp_path / "other"))
    audit(archive, other)
    assert tables(options.out) == tables(other.out)


def test_a_run_that_ended_while_joining_is_finished(
    archive: list[str], options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(run_module, "summarize", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            audit(archive, options)
    assert audit(archive, changed(options, resume=True)).records["judged"] == 12
    assert not (Path(options.out) / "parts").exists()


def test_a_finished_audit_is_summed_up_again(archive: list[str], options: Options) -> None:
    first = audit(archive, options)
    assert audit(archive, changed(options, resume=True)) == first


def test_the_same_audit_needs_to_be_told_to_resume(archive: list[str], options: Options) -> None:
    audit(archive, options)
    with pytest.raises(InputError, match="holds this audit already, which is finished"):
        audit(archive, options)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"strict": True}, "another --strict"),
        ({"timezone": "Europe/Berlin"}, "another --timezone"),
        ({"redact": False}, "--no-redact"),
        ({"redaction_key": None}, "another redaction key"),
    ],
)
def test_another_audit_in_the_folder_is_refused(
    archive: list[str], options: Options, change: dict[str, Any], what: str
) -> None:
    audit(archive, options)
    with pytest.raises(InputError, match=what):
        audit(archive, changed(options, resume=True, **change))


def test_a_changed_archive_is_another_audit(archive: list[str], options: Options) -> None:
    audit(archive, options)
    with open(archive[1], "ab") as stream:
        stream.write(lines([record(9)]))
    with pytest.raises(InputError, match="archives that have changed since"):
        audit(archive, changed(options, resume=True))


def test_an_archive_that_changes_while_it_is_read_is_told(
    archive: list[str], options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Workers.parts

    def appending(self: Workers, shards: Any) -> Any:
        yield from parts(self, shards)
        with open(archive[1], "ab") as stream:
            stream.write(lines([record(9)]))

    monkeypatch.setattr(Workers, "parts", appending)
    summary = audit(archive, options)
    assert summary.notices == ["the archives changed while they were read: what came late may be missing"]


def test_a_folder_with_other_things_is_left_alone(archive: list[str], options: Options) -> None:
    out = Path(options.out)
    out.mkdir()
    (out / "holiday.txt").write_text("x")
    with pytest.raises(InputError, match=r"something else already \(holiday.txt\)"):
        audit(archive, options)
    assert [file.name for file in out.iterdir()] == ["holiday.txt"]


def test_two_audits_at_once_are_refused(archive: list[str], options: Options) -> None:
    from msgpolicy.audit.lock import locked

    Path(options.out).mkdir()
    with locked(options.out), pytest.raises(InputError, match="another audit is at work"):
        audit(archive, options)


def test_a_message_without_time_or_kind_stays_unknown(tmp_path: Path, options: Options) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"text": "Thank you for your order."}]))
    audit([str(tmp_path / "a.jsonl")], options)
    (row,) = rows(Path(options.out), "messages")
    assert (row["kind"], row["sent_at"], row["as_of"], row["assumed"]) == (None, None, None, [])
    assert "kind" in {need for entry in rows(Path(options.out), "not_evaluated") for need in entry["needs"]}


def test_a_message_is_judged_by_the_policy_of_its_time(tmp_path: Path, options: Options) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([record(1)]))
    audit([str(tmp_path / "a.jsonl")], options)
    (row,) = rows(Path(options.out), "messages")
    assert row["as_of"] == row["sent_at"]
    assert row["offset_minutes"] == 120


def test_an_empty_archive_has_empty_tables(tmp_path: Path, options: Options) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    summary = audit([str(tmp_path / "a.jsonl")], options)
    assert summary.records == {"read": 0, "judged": 0, "rejected": 0}
    assert not any(tables(options.out).values())
