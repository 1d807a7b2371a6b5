"""Files inside attached files: archives, mails, and what is inside these."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile

import pytest
import sample_files as samples

from msgpolicy.facts.files import inside
from tests.attached import facts, reasons, text_of

WRITE = "Write to service@shop.example"
DOCX = samples.docx(WRITE)
MAIL = (
    b"MIME-Version: 1.0\r\nFrom: ada@shop.example\r\nMessage-ID: <1@shop.example>\r\nSubject: Care\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nDust it.\r\n"
    b"--b\r\nContent-Type: application/octet-stream; name=care.docx\r\nContent-Transfer-Encoding: binary\r\n\r\n"
)


def mail(content: bytes) -> bytes:
    import base64

    return MAIL.replace(b"binary", b"base64") + base64.encodebytes(content) + b"\r\n--b--\r\n"


@pytest.mark.parametrize(
    "content",
    [
        samples.zipped({"a/care.docx": DOCX}),
        samples.zipped({"care.docx": DOCX}, zipfile.ZIP_STORED),
        samples.zipped({"inner.zip": samples.zipped({"care.docx": DOCX})}),
        samples.tar({"care.docx": DOCX}),
        gzip.compress(DOCX, mtime=0),
        bz2.compress(DOCX),
        lzma.compress(DOCX),
        gzip.compress(samples.tar({"care.docx": DOCX}), mtime=0),
        mail(DOCX),
        mail(mail(DOCX)),
        samples.msg("Care", "Dust it.", {"care.docx": DOCX}),
        samples.tnef("Dust it.", {"care.docx": DOCX}),
    ],
)
def test_text_of_files_inside(content):
    known = facts(content)
    assert known.pages_missing is None
    assert known.pages is not None
    page = known.pages[-1]
    assert page.text == f"{WRITE}\n"
    assert page.number == len(known.pages)
    assert "care.docx" in page.file or content[:2] in (b"\x1f\x8b", b"BZ", b"\xfd7")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (samples.zipped({"care.docx": samples.docx(macros=True)}), "holds-active"),
        (mail(samples.docx(macros=True)), "holds-active"),
        (samples.msg("a", "b", {"care.docx": samples.docx(macros=True)}), "holds-active"),
        (samples.tnef("a", {"page.txt": samples.HTML}), "holds-active"),
        (samples.zipped({"invoice.txt": samples.exe()}), "holds-program"),
        (
            samples.zipped({"a.zip": samples.zipped({"b.zip": samples.zipped({"c.exe": samples.exe()})})}),
            "holds-program",
        ),
        (samples.zipped({"../../c.exe": b"x"}), "holds-program"),
        (samples.tar({"a.vbs": b"x"}), "holds-program"),
        (gzip.compress(samples.elf(), mtime=0), "holds-program"),
    ],
)
def test_what_acts_inside(content, reason):
    assert reasons(content) == {reason}


@pytest.mark.parametrize(
    "content", [samples.zipped({"a.txt": "Dust it."}), mail(DOCX), samples.tar({"a.png": samples.png()})]
)
def test_harmless_files_inside(content):
    assert (facts(content).actions, facts(content).unreadable) == ((), None)


@pytest.mark.parametrize(
    "content",
    [
        b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
        b"Rar!\x1a\x07\x01\0" + b"\0" * 40,
        samples.encrypted_zip(),
        gzip.compress(b"x" * 99, mtime=0)[:-10],
    ],
)
def test_what_is_not_unpacked_is_not_called_harmless(content):
    known = facts(content)
    assert known.active is None
    assert known.pages is None
    assert known.pages_missing in ("not-covered", "unreadable")


def test_an_encrypted_file_inside_is_told():
    known = facts(samples.zipped({"a.zip": samples.encrypted_zip(), "b.txt": "Dust it."}))
    assert (known.unreadable, known.pages_missing, known.active) == (None, "unreadable", None)
    assert [page.text for page in known.pages or ()] == ["Dust it."]


def test_both_forms_of_a_mail_are_read():
    both = (
        b"MIME-Version: 1.0\r\nFrom: ada@shop.example\r\nMessage-ID: <1@shop.example>\r\nSubject: Care\r\n"
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nDust it.\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Wipe it.</p>\r\n--b--\r\n"
    )
    assert [page.split() for page in text_of(both)] == [["Care", "Dust", "it."], ["Wipe", "it."]]


# --- limits -----------------------------------------------------------------------------------------------------------


def test_more_files_than_are_looked_at(monkeypatch):
    monkeypatch.setattr(inside, "MAX_FILES", 3)
    known = facts(samples.zipped({f"{n}.txt": "a" for n in range(4)}))
    assert (len(known.pages or ()), known.pages_missing, known.codes.why) == (3, "too-large", "too-large")


def test_files_deep_inside_others():
    content = b"Dust it."
    for _ in range(6):
        content = samples.zipped({"a.zip": content})
    assert (facts(content).pages, facts(content).pages_missing, facts(content).active) == (None, "too-large", None)


@pytest.mark.parametrize(
    "make",
    [
        lambda: gzip.compress(b"\0" * 200_000_000, 1, mtime=0),
        lambda: bz2.compress(b"\0" * 50_000_000),
        lambda: lzma.compress(b"\0" * 50_000_000, preset=1),
        lambda: samples.zipped(
            {f"{n}.zip": samples.zipped({f"{m}.bin": b"\0" * 15_000_000 for m in range(2)}) for n in range(4)}
        ),
    ],
)
def test_what_grows_when_it_is_unpacked(make):
    known = facts(make())
    assert known.pages_missing == "too-large"
    assert known.active is None


def test_a_tar_whose_sizes_are_wrong():
    content = bytearray(samples.tar({"a.txt": b"Dust it."}))
    for size in (b"77777777777\0", b"\x80" + b"\xff" * 11):
        content[124:136] = size
        assert facts(bytes(content)).pages_missing == "unreadable"
