"""Attached files made to cost much end quickly and are reported; any bytes are taken."""

from __future__ import annotations

import io
import logging
import random
import zlib
from collections.abc import Callable
from functools import cache

import pytest
import sample_files as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from msgpolicy.facts.files import document_facts, office_files, zip_files
from msgpolicy.facts.files.attachments import AttachmentFacts
from msgpolicy.facts.files.document_facts import ACTIVE
from tests.attached import (
    RELATIONS,
    SCRIPT,
    embedding,
    facts,
    text_of,
)
from tests.growth import cpu_seconds, machine_second


def test_more_pages_than_are_read():
    many = samples.pdf(*(f"page {number}" for number in range(document_facts.MAX_PAGES + 3)))
    known = facts(many)
    assert len(known.pages or ()) == document_facts.MAX_PAGES
    assert known.pages_missing == "too-large"


def test_more_text_than_is_read():
    known = facts(b"lamp " * (document_facts.MAX_TEXT // 5 + 1), "a.txt")
    assert len((known.pages or ())[0].text) == document_facts.MAX_TEXT
    assert known.pages_missing == "too-large"


def deflated(size: int) -> bytes:
    """Many zeros, packed a thousand times smaller."""
    packer = zlib.compressobj(9)
    block = b"0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // 1_000_000)) + packer.flush()


def laughs() -> str:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE a [<!ENTITY e0 "ha">{lines}]>'


def form(number: int) -> str:
    """A drawing that draws the next one ten times."""
    draws = "/X Do " * 10
    return (
        "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F1 3 0 R>>/XObject<</X "
        f"{number + 1} 0 R>>>>/Length {len(draws)}>>stream\n{draws}\nendstream"
    )


def stream(data: bytes) -> bytes:
    return b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(data), data)


WIDE_FONT = {
    3: "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 100 0 R>>",
    100: "<</Length 131>>stream\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    "1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\nendstream",
}


def bombs() -> dict[str, tuple[Callable[[], bytes], str | None]]:
    """Hostile files, made when a test wants them, and why each is unreadable; "pages" where only its text is reported
    as not read in full."""
    page_loop = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}
    zeros = cache(lambda: stream(deflated(8_000_000)))
    drawing = samples.pdf(contents=b"/X Do", objects={number: form(number) for number in range(100, 120)})
    resources = b"/Resources<</Font<</F1 3 0 R>>"
    fonts = b"/F1 3 0 R" + b"".join(b"/A%d 3 0 R" % number for number in range(200))
    return {
        "zip of zeros": (lambda: samples.zipped({"a.txt": b"0" * 60_000_000}), "bomb"),
        "docx of spaces": (lambda: samples.docx(parts={"word/media/a.xml": b" " * 60_000_000}), "bomb"),
        "docx with entities": (lambda: samples.docx(parts={"word/document.xml": laughs() + "<a>&e11;</a>"}), "damaged"),
        "docx, deep": (lambda: samples.docx(parts={"word/document.xml": "<a>" * 200_000}), "pages"),
        "docx, long": (lambda: samples.docx(parts={"word/document.xml": b"<a/>" + noise()}), "pages"),
        "svg with entities": (lambda:
            laughs().encode() + b"<svg xmlns='http://www.w3.org/2000/svg'>&e11;</svg>", "bomb"),
        "pdf of zeros": (lambda: samples.pdf(objects={11: stream(deflated(100_000_000))}), "pages"),
        "pdf of many zeros": (lambda:
            samples.pdf(*["x"] * 60, objects={11 + 2 * n: zeros() for n in range(60)}), "pages"),
        "pdf, pages in a ring": (lambda: samples.pdf_of(page_loop), "damaged"),
        "pdf, xref in a ring": (lambda: samples.pdf("a").replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"), None),
        "pdf, drawings in drawings": (lambda: drawing.replace(resources, resources + b"/XObject<</X 100 0 R>>"), None),
        "pdf, a million operators": (lambda: samples.pdf(contents=b"q " * 1_000_000), "pages"),
        "pdf, many wide fonts": (lambda: samples.pdf("a", objects=WIDE_FONT).replace(b"/F1 3 0 R", fonts), "pages"),
        "pdf, nested without end": (lambda: samples.pdf(catalog="/A" + "[" * 100_000), "damaged"),
        "pdf, endless table": (lambda: samples.pdf("a").replace(b"xref\n0 1\n", b"xref\n0 99999999\n"), "bomb"),
        "pdf of line breaks": (lambda: b"%PDF-1.7\n" + b"\n" * 4_000_000 + b"%%EOF", "damaged"),
        "pdf of missing objects": (lambda:
            samples.pdf(catalog="/A[" + " ".join(f"{number} 0 R" for number in range(1000, 31_000)) + "]")
            + b"%" + b" 1" * 2_000_000, "too large"),
        "html, deep": (lambda: b"<html>" + b"<div>" * 60_000, None),
        "gif, many blocks": (lambda: samples.gif()[:-1] + b"!\xfe" + b"\x01a" * 4_000_000, None),
    }  # fmt: skip


def noise() -> bytes:
    """20 MB that hardly pack, so that the archive itself is no bomb."""
    return random.Random(1).randbytes(20_000_000)


BOMBS = bombs()


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_quickly_and_are_reported(name):
    make, reported = BOMBS[name]
    known = facts(make())
    assert cpu_seconds(lambda: (known.unreadable, known.pages_missing)) < 30 * machine_second()
    why, missing = known.unreadable, known.pages_missing
    if reported == "pages":
        assert missing in ("too-large", "unreadable")
    else:
        assert why == reported


@pytest.mark.slow
def test_the_time_limit_cuts_what_the_other_limits_let_through():
    """Each of forty fonts takes long, on each of many pages."""
    fonts = b"/F1 3 0 R" + b"".join(b"/A%d 3 0 R" % number for number in range(39))
    content = samples.pdf(*["a"] * 30, objects=WIDE_FONT).replace(b"/F1 3 0 R", fonts)
    assert facts(content).pages_missing == "timeout"


def test_zip_limits():
    assert zip_files.ZipContents(samples.zipped({"a": "b"})).read("A", 1) == b"b"
    assert zip_files.ZipContents(samples.zipped({"a": "b"})).read("c") is None
    many = samples.zipped({str(number): "" for number in range(zip_files.MAX_ENTRIES + 1)})
    assert facts(many).unreadable == "too large"


def test_too_many_relationships(monkeypatch):
    monkeypatch.setattr(office_files, "MAX_RELATIONS", 10)
    known = facts(samples.docx(parts={"word/_rels/document.xml.rels": RELATIONS.format("")}))
    assert (known.unreadable, known.pages_missing) == ("too large", "too-large")


def test_nothing_of_a_file_is_logged(caplog, capfd):
    """pypdf warns of what it mends, and quotes the file when it does."""
    broken = (
        samples.pdf("Invoice 12")
        .replace(b"/Kids[10 0 R]", b"/Kids[(private) 10 0 R]")
        .replace(b"startxref\n", b"startxref\n9")
    )
    with caplog.at_level(logging.DEBUG):
        assert text_of(broken) == ["Invoice 12"]
        assert not caplog.records
        # Others who use pypdf keep its log.
        PdfReader(io.BytesIO(broken)).pages[0]
        assert caplog.records
    assert capfd.readouterr() == ("", "")


# --- any bytes --------------------------------------------------------------------------------------------------------

WHOLE = [
    samples.pdf("Invoice 12", catalog=f"/OpenAction {SCRIPT}"),
    embedding("a.txt"),
    samples.docx("Care", macros=True),
    samples.xlsx(),
    samples.odt(),
    samples.ole("VBA", streams={"WordDocument": b"\xec\xa5"}),
    samples.svg("<script>1</script>"),
    samples.gif(3),
    samples.webp(animated=True),
    samples.heic(),
    samples.eml(),
    samples.HTML,
]


def ask_everything(known: AttachmentFacts) -> None:
    assert known.unreadable is None or isinstance(known.unreadable, str)
    assert all(action.reason in ACTIVE for action in known.actions or ())
    for page in known.pages or ():
        page.text.encode()  # no halves of surrogate pairs
        assert all(isinstance(link, str) for link in page.links)
    assert known.mismatch is None or known.mismatch
    assert known.animated in (None, True, False)
    assert (known.pages is None) <= (known.pages_missing is not None)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_files_never_raise(data):
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    ask_everything(facts(bytes(content[: data.draw(st.integers(1, len(content)))]), "a.pdf", "image/png"))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=3000, deadline=None)
def test_damaged_files_never_raise_at_length(data):
    content = data.draw(st.sampled_from(WHOLE))
    cut, other = data.draw(st.integers(0, len(content))), data.draw(st.sampled_from(WHOLE))
    junk = data.draw(st.binary(max_size=40))
    ask_everything(facts(content[:cut] + junk + other[data.draw(st.integers(0, len(other))) :]))
