"""Readers of archives: each record with its place, and a row for each thing that could not be read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

pa = pytest.importorskip("pyarrow")

from msgpolicy.audit.archives.finding import expand, measure  # noqa: E402
from msgpolicy.audit.archives.raw import MAIL, REJECTED, Raw, Rejection, as_batch, from_batch  # noqa: E402
from msgpolicy.audit.archives.reading import Reader  # noqa: E402
from msgpolicy.inputs import InputError  # noqa: E402
from tests.audit_archives import lines, mail, mailbox, record  # noqa: E402


def read(*paths: Path | str) -> list[Raw]:
    return list(Reader([str(path) for path in paths]))


def sound(records: Sequence[Raw]) -> list[Raw]:
    return [raw for raw in records if raw.kind != REJECTED]


def refused(records: Sequence[Raw]) -> list[tuple[int | None, str, str]]:
    out = []
    for raw in records:
        if raw.kind == REJECTED:
            rejection = msgspec.json.decode(raw.data, type=Rejection)
            out.append((raw.number, rejection.position, rejection.why))
    return out


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# Mailboxes


def test_the_mails_of_a_mailbox_are_as_they_were_written(tmp_path: Path) -> None:
    texts = [mail(1), mail(2, "From here on:\n>From there"), mail(3)]
    found = read(write(tmp_path / "a.mbox", mailbox(texts)))
    assert [raw.data.decode() for raw in found] == texts
    assert [(raw.number, raw.line, raw.kind) for raw in found] == [(1, 1, MAIL), (2, 12, MAIL), (3, 24, MAIL)]


def test_line_ends_of_windows(tmp_path: Path) -> None:
    texts = [mail(1).replace("\n", "\r\n"), mail(2).replace("\n", "\r\n")]
    data = mailbox([mail(1), mail(2)]).replace(b"\n", b"\r\n")
    assert [raw.data.decode() for raw in read(write(tmp_path / "a.mbox", data))] == texts


def test_from_in_a_text_does_not_begin_a_mail(tmp_path: Path) -> None:
    text = "\n\nFrom our side all is well.\nNote: it is 10:00 now.\n\nFrom a friend at 10:15 in 2024\nwithout a field"
    data = mailbox([mail(1)]).rstrip() + text.encode() + b"\n\n" + mailbox([mail(2)])
    found = read(write(tmp_path / "a.mbox", data))
    assert len(found) == 2
    assert found[0].data.decode().endswith(text + "\n")


def test_a_mailbox_that_was_cut_off_loses_nothing(tmp_path: Path) -> None:
    data = mailbox([mail(1), mail(2)])
    for end in range(len(data) - 60, len(data)):
        found = read(write(tmp_path / "a.mbox", data[:end]))
        assert len(found) == 2
        assert mail(2).encode().startswith(found[1].data.rstrip(b"\n"))


def test_what_stands_before_the_first_mail_is_rejected(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.mbox", b"garbage\nmore of it\n\n" + mailbox([mail(1)])))
    assert refused(found) == [(None, "line 1", "stands before the first mail of the mailbox")]
    assert [raw.number for raw in sound(found)] == [1]


def test_a_mail_that_is_too_large_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgpolicy.audit.archives import mbox

    monkeypatch.setattr(mbox, "LARGEST", 1000)
    found = read(write(tmp_path / "a.mbox", mailbox([mail(1), mail(2, "long " * 1000), mail(3)])))
    assert [raw.number for raw in sound(found)] == [1, 3]
    assert [number for number, _, _ in refused(found)] == [2]


# JSON lines, compressed or not


def zstandard(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return bytes(sink.getvalue())


PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard}


@pytest.mark.parametrize("suffix", PACKED)
def test_compressed_lines(tmp_path: Path, suffix: str) -> None:
    data = lines([record(1), record(2)])
    found = read(write(tmp_path / f"a.jsonl{suffix}", PACKED[suffix](data)))
    assert [raw.data + b"\n" for raw in found] == data.splitlines(keepends=True)


def test_blank_lines_are_no_records_but_count_as_lines(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.jsonl", b"\n{}\n \r\n{}\r\n\n{}"))
    assert [(raw.number, raw.line, raw.data) for raw in found] == [(1, 2, b"{}"), (2, 4, b"{}"), (3, 6, b"{}")]


@pytest.mark.parametrize("suffix", PACKED)
def test_compressed_data_that_is_cut_off_gives_what_is_whole(tmp_path: Path, suffix: str) -> None:
    data = lines(record(n, os.urandom(200).hex()) for n in range(2000))
    packed = PACKED[suffix](data)
    found = read(write(tmp_path / f"a.jsonl{suffix}", packed[: len(packed) // 2]))
    whole = sound(found)
    assert [raw.data for raw in whole] == data.split(b"\n")[: len(whole)]
    if suffix != ".bz2":  # which is one block
        assert len(whole) > 100
    (entry,) = refused(found)
    assert entry[1:] == (f"after line {len(whole)}" if whole else "byte 0", "the data is cut off or damaged")


def test_what_is_not_compressed_at_all(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.jsonl.gz", lines([record(1)])))
    assert refused(found) == [(None, "byte 0", "the data is cut off or damaged")]


@pytest.mark.parametrize("suffix", PACKED)
def test_compressed_data_that_is_cut_off_before_it_begins(tmp_path: Path, suffix: str) -> None:
    (entry,) = refused(read(write(tmp_path / f"a.jsonl{suffix}", b"")))
    assert entry[1] == "byte 0"
    assert read(write(tmp_path / f"b.jsonl{suffix}", PACKED[suffix](b""))) == []
    assert read(write(tmp_path / "c.jsonl", b"")) == []


def test_several_streams_in_one_file(tmp_path: Path) -> None:
    data = gzip.compress(lines([record(1)])) + gzip.compress(lines([record(2)]))
    assert len(read(write(tmp_path / "a.jsonl.gz", data))) == 2


# Folders


def test_the_files_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b.eml", "a/z.eml", "a/B.eml", "c.jsonl", "note.txt", ".hidden.eml", "_SUCCESS"):
        write(tmp_path / "x" / name, lines([record(1)]) if name.endswith("jsonl") else mail(1).encode())
    found = [(os.path.relpath(raw.file, tmp_path), raw.number) for raw in read(tmp_path / "x")]
    assert found == [("x/b.eml", 1), ("x/c.jsonl", 1), ("x/a/B.eml", 1), ("x/a/z.eml", 1)]
    assert [os.path.basename(name) for name in measure([str(tmp_path / "x")]).not_read] == ["note.txt"]


def test_a_maildir(tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "new/2", "tmp/3", ".Sent/cur/4:2,S", ".Sent/new/.keep", ".Sent/tmp/5"):
        write(tmp_path / "m" / name, mail(1).encode())
    (tmp_path / "m/.Sent/new").mkdir(exist_ok=True)
    found = [os.path.relpath(raw.file, tmp_path / "m") for raw in read(tmp_path / "m")]
    assert found == [".Sent/cur/4:2,S", "cur/1:2,S", "new/2"]


def test_a_mailbox_without_ending(tmp_path: Path) -> None:
    write(tmp_path / "p" / "Inbox", mailbox([mail(1)]))
    write(tmp_path / "p" / "Inbox.msf", b"// index")
    assert [os.path.basename(raw.file) for raw in read(tmp_path / "p")] == ["Inbox"]


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path / "x" / "a.eml", mail(1).encode())
    os.mkfifo(tmp_path / "x" / "b.eml")
    assert len(read(tmp_path / "x")) == 1


def test_each_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    a, b = write(tmp_path / "x/a.eml", b""), write(tmp_path / "x/b.eml", b"")
    assert expand([str(a), str(tmp_path / "x" / ".." / "x" / "a.eml"), str(b)]) == [str(a), str(b)]
    assert expand([str(a), str(tmp_path / "x")]) == [str(tmp_path / "x")]
    assert expand([str(tmp_path / "x" / "*.eml")]) == [str(a), str(b)]


def test_the_state_of_an_archive_changes_with_its_files(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", lines([record(1)]))
    before = measure([str(path)])
    assert (before.files, before.bytes) == (1, path.stat().st_size)
    assert measure([str(path)]).state == before.state
    write(path, lines([record(2)]))
    os.utime(path, ns=(0, 0))
    assert measure([str(path)]).state != before.state


def test_a_file_of_no_known_kind(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", b"x")
    with pytest.raises(InputError, match="neither its name nor its beginning tells what it holds"):
        measure([str(path)])


# Zip and tar


def zip_of(members: Sequence[tuple[str, bytes]]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return sink.getvalue()


def tar_of(members: Sequence[tuple[str, bytes]], mode: Any = "w") -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode=mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return sink.getvalue()


MEMBERS = [("x/1.eml", mail(1).encode()), ("x/2.jsonl", lines([record(1), record(2)])), ("read.me", b"hello")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zip_of(MEMBERS)),
        ("a.tar", tar_of(MEMBERS)),
        ("a.tar.gz", tar_of(MEMBERS, "w:gz")),
        ("a.tgz", tar_of(MEMBERS, "w:gz")),
        ("a.tar.xz", tar_of(MEMBERS, "w:xz")),
    ],
)
def test_members_are_read_as_files(tmp_path: Path, name: str, data: bytes) -> None:
    path = write(tmp_path / name, data)
    reader = Reader([str(path)])
    found = [(raw.file.removeprefix(str(path)), raw.number) for raw in reader]
    assert found == [("!x/1.eml", 1), ("!x/2.jsonl", 1), ("!x/2.jsonl", 2)]
    assert reader.notices == [f"members of {path} that are of no known kind are not read"]


def test_members_of_one_name_stay_apart(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tar", tar_of([("a.eml", mail(1).encode()), ("a.eml", mail(2).encode())]))
    assert [raw.file.removeprefix(str(path)) for raw in read(path)] == ["!a.eml", "!a.eml#2"]


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name in ("1.eml", "2.eml", "3.eml"):
            archive.writestr(name, mail(int(name[0])))
    data = stored.getvalue().replace(b"order 123-1234567-0000002", b"order 123-1234567-9999992")
    found = read(write(tmp_path / "a.zip", data))
    assert [raw.file[-5:] for raw in sound(found)] == ["1.eml", "3.eml"]
    assert refused(found) == [(None, "byte 0", "the archive is cut off or damaged")]
    assert found[1].file.endswith("!2.eml")


@pytest.mark.parametrize(("name", "pack"), [("a.zip", zip_of), ("a.tar", tar_of)])
def test_an_archive_that_is_cut_off_is_told(tmp_path: Path, name: str, pack: Any) -> None:
    data = pack([(f"{n}.eml", mail(n).encode()) for n in range(9)])
    found = read(write(tmp_path / name, data[: len(data) // 3]))
    assert [why for _, _, why in refused(found)] == ["the archive is cut off or damaged"]


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", zip_of([("b.zip", zip_of(MEMBERS))])))
    assert [why for _, _, why in refused(found)] == ["a .zip file inside an archive is not read"]


def test_a_member_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgpolicy.audit.archives import reading

    monkeypatch.setattr(reading, "LARGEST", 1000)
    found = read(write(tmp_path / "a.zip", zip_of([("1.eml", b"a" * 10_000_000), ("2.eml", mail(1).encode())])))
    assert [raw.file[-5:] for raw in sound(found)] == ["2.eml"]


# As Arrow


def test_records_go_through_arrow_unchanged() -> None:
    records = [Raw("a", MAIL, b"\xff\x00", 1, 7), Raw("b", MAIL, b"", None, None)]
    assert list(from_batch(as_batch(records))) == records
    assert as_batch([]).num_rows == 0
