"""Why an attached file cannot be opened."""

from __future__ import annotations

import struct

import pytest
import sample_files as samples
from pypdf.errors import DependencyError

from msgpolicy.facts.files import pdf_reader
from msgpolicy.facts.files.sniff import MAX_BYTES
from tests.attached import (
    encrypted_pdf,
    facts,
)

NOISE_BYTES = b"\x00\x9a\xfe\x12\x13\x14" * 9
# The CurrentUserAtom of a presentation with a password.
LOCKED = b"\0\0\xf6\x0f\x20\0\0\0\x14\0\0\0\xdf\xc4\xd1\xf3"


def office_with_password(kind: str) -> bytes:
    if kind == "word":
        return samples.ole(streams={"WordDocument": b"\xec\xa5" + b"\0" * 9 + b"\x01"})
    records = struct.pack("<HH", 0x809, 4) + b"\0" * 4 + struct.pack("<HH", 0x2F, 4) + b"\0" * 4
    return samples.ole(streams={"Workbook": records})


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.pdf", "empty"),
        (encrypted_pdf("secret"), "a.pdf", "encrypted"),
        (encrypted_pdf(""), "a.pdf", None),
        (samples.pdf("a"), "a.pdf", None),
        (samples.pdf("a")[:200], "a.pdf", "truncated"),
        (b"%PDF-1.7\nnothing\n%%EOF", "a.pdf", "damaged"),
        (samples.encrypted_zip(), "a.zip", "encrypted"),
        (samples.docx(), "a.docx", None),
        (samples.docx()[:-40], "a.docx", "truncated"),
        (samples.ole(streams={"EncryptedPackage": b"", "EncryptionInfo": b""}), "a.docx", "encrypted"),
        (office_with_password("word"), "a.doc", "encrypted"),
        (office_with_password("excel"), "a.xls", "encrypted"),
        (samples.ole(streams={"WordDocument": b"\xec\xa5" + b"\0" * 40}), "a.doc", None),
        (samples.ole(streams={"PowerPoint Document": LOCKED}), "a.ppt", "encrypted"),
        (samples.ole(streams={"PowerPoint Document": LOCKED[:-4] + b"\x5f\xc0\x91\xe3"}), "a.ppt", None),
        (samples.ooxml(samples.OOXML + "wordprocessingml.document.main+xml", "word/x.xml", {}), "a.docx", "damaged"),
        (samples.odt(parts={"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), "a.odt", "encrypted"),
        (samples.png(), "a.png", None),
        (samples.png()[:-12], "a.png", "truncated"),
        (samples.jpeg(), "a.jpg", None),
        (samples.jpeg()[:-2], "a.jpg", "truncated"),
        (samples.gif(), "a.gif", None),
        (samples.gif()[:-3], "a.gif", "truncated"),
        (samples.webp(), "a.webp", None),
        (samples.webp()[:-2], "a.webp", "truncated"),
        (samples.heic(), "a.heic", None),
        (samples.heic()[:-2], "a.heic", "truncated"),
        (samples.svg() + b"</svg>", "a.svg", "damaged"),
        (samples.TEXT.encode(), "a.txt", None),
        (NOISE_BYTES, "a.pdf", "damaged"),
        (NOISE_BYTES, "a.eml", "damaged"),
        (NOISE_BYTES, "a.txt", None),
        (NOISE_BYTES, "blob.bin", None),
    ],
)  # fmt: skip
def test_unreadable(content, name, why):
    known = facts(content, name)
    assert known.unreadable == why
    if why:
        assert known.pages is None


def test_a_missing_library_says_nothing_of_the_file(monkeypatch):
    """AES needs the package cryptography, which is not asked for; whoever has the password-free file can open it."""

    def refuse(*_: object, **__: object) -> None:
        raise DependencyError("cryptography is required")

    monkeypatch.setattr("pypdf.PdfReader.__init__", refuse)
    known = facts(samples.pdf("a"))
    assert (known.unreadable, known.pages, known.pages_missing) == (None, None, "not-installed")


def test_a_password_that_only_pdfium_can_try(monkeypatch):
    """pypdf needs the package cryptography for AES; PDFium does not."""
    pytest.importorskip("pypdfium2")

    def refuse(*_: object, **__: object) -> None:
        raise DependencyError("cryptography is required")

    locked, empty = encrypted_pdf("secret"), encrypted_pdf("")
    monkeypatch.setattr("pypdf.PdfReader.__init__", refuse)
    assert facts(locked).unreadable == "encrypted"
    assert facts(empty).unreadable is None


def test_a_binary_workbook_is_no_damaged_one():
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    known = facts(samples.ooxml(main, "xl/workbook.bin", {"xl/workbook.bin": b"\x83\x01\0"}), "a.xlsb")
    assert (known.unreadable, known.pages, known.pages_missing, known.active) == (None, None, "not-covered", ())


def test_another_release_of_pypdf_is_no_fault_of_the_file(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise TypeError("unexpected keyword argument")

    pdf_reader.prepare.cache_clear()
    monkeypatch.setattr("pypdf.Configuration", refuse)
    with pytest.raises(TypeError, match="unexpected"):
        _ = facts(samples.pdf("a")).unreadable
    pdf_reader.prepare.cache_clear()


def test_larger_than_what_is_looked_at():
    known = facts(samples.pdf("a") + b"\n" * MAX_BYTES, "a.pdf")
    assert (known.media_type, known.unreadable, known.pages_missing) == ("application/pdf", "too large", "too-large")
    assert facts(b"MZ" + b"\0" * MAX_BYTES).active == ("is a program",)
