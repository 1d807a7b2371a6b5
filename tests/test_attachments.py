"""What one attachment claims to be and is, and whether it moves."""

from __future__ import annotations

import pytest
import sample_files as samples

from msgpolicy.facts.files.document_facts import ACTIVE
from msgpolicy.message import Attachment
from tests.attached import (
    DOCM,
    EXE,
    facts,
)


@pytest.mark.parametrize(
    ("content", "name", "declared", "why"),
    [
        (samples.pdf("a"), "a.pdf", "application/pdf", None),
        (samples.pdf("a"), "a.PDF", "application/x-pdf; name=a.PDF", None),
        (samples.pdf("a"), "a.pdf", "application/octet-stream", None),
        (samples.pdf("a"), None, None, None),
        (samples.pdf("a"), "invoice.2026", None, None),
        (samples.CSV, "a.csv", "application/vnd.ms-excel", None),
        (samples.CSV, "a.csv", "text/plain", None),
        (samples.docx(), "a.docx", "application/zip", None),
        (samples.ole(streams={"EncryptedPackage": b"", "EncryptionInfo": b""}), "a.docx", None, None),
        (b"", "a.pdf", "application/pdf", None),
        (samples.exe(), "a.pdf", "application/pdf", f"it is named .pdf and is {EXE}"),
        (samples.exe(), "a.exe", "application/pdf", f"it is declared as application/pdf and is {EXE}"),
        (samples.png(), "a.jpg", "image/jpeg", "it is named .jpg and is image/png"),
        (b"\x00\x9a\xfe\x12" * 9, "a.pdf", None, "it is named .pdf and is of another kind"),
        (samples.zipped({"a.txt": "a"}), "a.docx", None, "it is named .docx and is application/zip"),
        (samples.docx(macros=True), "a.docx", None, f"it is named .docx and is {DOCM}"),
        (samples.exe(), "invoice.pdf.exe", None, "its name hides that it ends in .exe"),
        (samples.exe(), "invoice\u202efdp.exe", None, "its name holds characters that make it read in another order"),
        (None, "a.pdf", "application/pdf", None),
        (None, "a.pdf", "application/octet-stream", None),
        (None, "a.csv", "application/vnd.ms-excel", None),
        (None, "a.pdf", None, None),
        (None, None, "image/png", None),
        (None, "a.pdf", "image/png", "it is named .pdf and declared as image/png"),
        (None, "invoice.pdf.js", None, "its name hides that it ends in .js"),
    ],
)  # fmt: skip
def test_mismatch(content, name, declared, why):
    assert facts(content, name, declared).mismatch == why


def test_without_content_only_name_and_declared_type_speak():
    known = facts(name="invoice.pdf", declared="application/x-pdf", size=7)
    assert (known.media_type, known.told_by, known.size) == ("application/pdf", "declared", 7)
    assert (known.active, known.actions, known.pages, known.animated, known.unreadable) == (None,) * 5
    assert known.pages_missing == "missing"
    assert (facts(name="a.xlsx").media_type, facts(name="a.xlsx").told_by) == (
        samples.OOXML + "spreadsheetml.sheet",
        "name",
    )
    assert facts(name="a").media_type is None
    assert facts(name="setup.exe").active == ("is a program",)
    assert facts(declared="text/html").active == (ACTIVE["html"],)
    assert facts(name="a.pdf", size=0).unreadable == "empty"


def test_facts_are_frozen():
    known = facts(samples.TEXT.encode(), "a.txt")
    with pytest.raises(AttributeError):
        known.attachment = Attachment()  # type: ignore[misc]
    assert known.pages is known.pages


def test_undetermined_bytes_are_not_called_harmless():
    assert facts(b"\x00\x9a\xfe\x12\x13\x14" * 9).active is None


@pytest.mark.parametrize(
    ("content", "moves"),
    [
        (samples.gif(), False),
        (samples.gif(2), True),
        (samples.png(), False),
        (samples.png(animated=True), True),
        (samples.webp(), False),
        (samples.webp(animated=True), True),
        (samples.heic(), False),
        (samples.heic(b"avis"), True),
        (samples.jpeg(), False),
        (samples.pdf("a"), None),
        (samples.gif() + b"," * 40, False),
    ],
)
def test_animated(content, moves):
    assert facts(content).animated is moves
