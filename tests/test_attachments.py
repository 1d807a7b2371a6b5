"""What one attachment is, does and says; hostile files end quickly and are reported."""

from __future__ import annotations

import base64
import io
import logging
import struct
import zlib

import pytest
import sample_files as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError

from msgpolicy.facts.files import document_facts, office_files, pdf_reader, zip_files
from msgpolicy.facts.files.attachments import AttachmentFacts
from msgpolicy.facts.files.document_facts import ACTIVE, Active, Page
from msgpolicy.facts.files.sniff import MAX_BYTES
from msgpolicy.message import Attachment
from tests.growth import cpu_seconds, machine_second

EXE = "application/vnd.microsoft.portable-executable"
DOCM = "application/vnd.ms-word.document.macroEnabled.12"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def facts(
    content: bytes | None = None, name: str | None = None, declared: str | None = None, **more
) -> AttachmentFacts:
    return AttachmentFacts(Attachment(filename=name, content_type=declared, content=content, **more))


def reasons(content: bytes, name: str | None = None) -> set[str]:
    return {action.reason for action in facts(content, name).actions or ()}


def text_of(content: bytes, name: str | None = None, declared: str | None = None) -> list[str]:
    return [page.text for page in facts(content, name, declared).pages or ()]


# --- claims -----------------------------------------------------------------------------------------------------------


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


# --- what acts --------------------------------------------------------------------------------------------------------

SCRIPT = "<</S/JavaScript/JS(app.beep\\(\\))>>"
EMBEDDED = {
    100: "<</Names[(a) 101 0 R]>>",
    101: "<</Type/Filespec/F({name})/UF({name})/EF<</F 102 0 R>>>>",
    102: "<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
}


def embedding(name: str) -> bytes:
    objects = {number: item.replace("{name}", name) for number, item in EMBEDDED.items()}
    return samples.pdf(catalog="/Names<</EmbeddedFiles 100 0 R>>", objects=objects)


SLIDES = b"\x02\0\0\x04\x0c\0\0\0\x07\0\0\0"  # the beginning of a VBAInfoAtom
SHEET = b"\x85\0\x0e\0\x10\x20\0\0\0?\x06\0Sheet1"  # a BoundSheet8 without its type
FIELD = "<w:document xmlns:w='w'><w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p></w:document>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.pdf("a"), set()),
        (samples.pdf(catalog="/OpenAction[10 0 R/Fit]"), set()),
        (samples.pdf(catalog="/OpenAction<</S/GoTo/D[10 0 R/Fit]>>"), set()),
        (samples.pdf(catalog="/OpenAction<</S/Named/N/Print>>"), set()),
        (samples.pdf(catalog="/AcroForm<</Fields[]>>"), set()),
        (samples.pdf(page="/Annots[<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://shop.example)>>>>]"), set()),
        (samples.pdf("JavaScript and /Launch, only written"), set()),
        (samples.pdf(page="/AA<</O<</S/GoTo/D[10 0 R/Fit]>>>>"), set()),
        (samples.pdf(catalog=f"/OpenAction {SCRIPT}"), {"open-action", "javascript"}),
        (samples.pdf(catalog="/OpenAction<</S/URI/URI(https://shop.example)>>"), {"open-action"}),
        (samples.pdf(catalog=f"/OpenAction<</S/GoTo/D[10 0 R/Fit]/Next {SCRIPT}>>"), {"javascript"}),
        (samples.pdf(catalog=f"/Names<</JavaScript<</Names[(a) {SCRIPT}]>>>>"), {"javascript"}),
        (samples.pdf(catalog="/Names 100 0 R", objects={100: f"<</A {SCRIPT}>>"}), {"javascript"}),
        (samples.pdf(catalog=f"/Names<</A {SCRIPT.replace('Java', 'J#61va')}>>"), {"javascript"}),
        (samples.pdf(page=f"/AA<</O {SCRIPT}>>"), {"additional-action", "javascript"}),
        (samples.pdf(page=f"/Annots[<</Subtype/Widget/AA<</D {SCRIPT}>>>>]"), {"additional-action", "javascript"}),
        (samples.pdf(page="/Annots[<</Subtype/Link/A<</S/Launch/F(setup.exe)>>>>]"), {"launch"}),
        (samples.pdf(page="/Annots[<</Subtype/Widget/A<</S/SubmitForm/F(https://shop.example)>>>>]"), {"submit-form"}),
        (samples.pdf(page="/Annots[<</Subtype/RichMedia>>]"), {"rich-media"}),
        (samples.pdf(catalog="/AcroForm<</XFA 100 0 R>>", objects={100: "(form)"}), {"dynamic-form"}),
        (samples.pdf(catalog="/Outlines<</First<</A<</S/Launch/F(a)>>>>>>"), {"launch"}),
        (samples.pdf(page="/Annots[<</Subtype/FileAttachment/FS 101 0 R>>]", objects=EMBEDDED), {"embedded-file"}),
        (embedding("setup.exe"), {"embedded-file"}),
        (embedding("factur-x.xml"), {"invoice-data"}),
        (b"%PDF-1.7 cut off /S /JavaScript /JS (a)", {"javascript"}),
        (samples.exe(), {"executable"}),
        (b"#!/bin/sh\nexit\n", {"script"}),
        (samples.HTML, {"html"}),
        (samples.svg(), set()),
        (samples.svg("<a href='https://shop.example'><text>only once</text></a>"), set()),
        (samples.svg("<x/>", before='<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'), set()),
        (samples.svg("<script>1</script>"), {"svg-script"}),
        (samples.svg("<circle onclick='a()'/>"), {"svg-script"}),
        (samples.svg("<a href=' JavaScript:a()'>x</a>"), {"svg-script"}),
        (samples.svg("<foreignObject><p/></foreignObject>"), {"svg-script"}),
        (samples.svg("<x:script xmlns:x='x'>1</x:script>", before="\ufeff<!-- a -->"), {"svg-script"}),
        (samples.svg("<script>1</script><circle>"), {"svg-script"}),
        (samples.svg("<image href='https://shop.example/a.png'/>"), {"svg-remote"}),
        (samples.svg("<style>@import url(https://shop.example/a.css);</style>"), {"svg-remote"}),
        (samples.docx(), set()),
        (samples.docx(macros=True), {"macros"}),
        (samples.docx(parts={"word/vbaProject.bin": samples.ole("VBA")}), {"macros"}),
        (samples.xlsx(macros=True), {"macros"}),
        (samples.xlsx(parts={"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": samples.xlsx()}), set()),
        (samples.docx(parts={"word/embeddings/oleObject1.bin": samples.ole("\x01Ole10Native")}), {"embedded-object"}),
        (samples.docx(parts={"word/activeX/activeX1.bin": b""}), {"embedded-object"}),
        (samples.odt(parts={"Basic/Standard/Module1.xml": "<m/>"}), {"macros"}),
        (samples.ole("VBA", streams={"WordDocument": b"\xec\xa5"}), {"macros"}),
        (samples.ole(streams={"WordDocument": b"", "\x01Ole10Native": b""}), {"embedded-file"}),
        (samples.ole(streams={"WordDocument": "a text on VBA\0 and Macros\0".encode("utf-16-le")}), set()),
        (samples.ole(streams={"PowerPoint Document": SLIDES + b"\x01\0\0\0\x02\0\0\0"}), {"macros"}),
        (samples.ole(streams={"PowerPoint Document": SLIDES + b"\0\0\0\0\x02\0\0\0"}), set()),
        (samples.ole(streams={"Workbook": SHEET.replace(b"?", b"\x01")}), {"macros"}),
        (samples.ole(streams={"Workbook": SHEET.replace(b"?", b"\x00")}), set()),
        (samples.docx(parts={"word/document.xml": FIELD.format("DDEAUTO c:\\\\calc.exe")}), {"launch"}),
        (samples.docx(parts={"word/document.xml": FIELD.format(" ddeauto x")}), {"launch"}),
        (samples.docx(parts={"word/document.xml": FIELD.format("DATE dde")}), set()),
        (samples.docx("DDEAUTO is a field of Word"), set()),
        (samples.xlsx(parts={"xl/externalLinks/externalLink1.xml": "<x:ddeLink xmlns:x='x'/>"}), {"launch"}),
        (samples.odt(parts={"Object 1": samples.ole("\x01Ole10Native")}), {"embedded-object"}),
        (samples.odt(parts={"Object 1/content.xml": "<a/>"}), set()),
        (samples.RTF, set()),
        (samples.RTF.replace(b"\\par", b"{\\object\\objemb{\\*\\objdata 01}}"), {"embedded-object"}),
        (samples.zipped({"a.txt": "a", "b.pdf": "b"}), set()),
        (samples.zipped({"a.txt": "a", "run/setup.exe": "b"}), {"holds-program"}),
        (samples.eml(), set()),
        (samples.gif() + samples.pdf("a"), {"other-kind"}),
    ],
)  # fmt: skip
def test_what_acts(content, expected):
    assert reasons(content) == expected


@pytest.mark.parametrize(("kind", "acts"), [("attachedTemplate", True), ("image", True), ("hyperlink", False)])
def test_what_a_document_loads_from_elsewhere(kind, acts):
    relation = f'<Relationship Id="r1" Type="{OFFICE}{kind}" Target="https://shop.example/x" TargetMode="External"/>'
    content = samples.docx(parts={"word/_rels/settings.xml.rels": RELATIONS.format(relation)})
    assert facts(content).actions == ((Active("remote-content", "https://shop.example/x"),) if acts else ())


@pytest.mark.parametrize("encoding", ["binary", "base64"])
def test_program_inside_a_mail(encoding):
    program = samples.exe() if encoding == "binary" else base64.encodebytes(samples.exe())
    head = samples.eml("--b\r\n\r\nHere is the invoice.\r\n--b").replace(
        b"text/plain; charset=utf-8", b"multipart/mixed; boundary=b"
    )
    part = f"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    known = facts(head + part + program + b"\r\n--b--\r\n")
    assert known.media_type == "message/rfc822"
    assert known.actions == (Active("holds-program", "a.pdf"),)


def test_active_is_worded_for_people():
    assert facts(embedding("setup.exe")).active == ("has files inside (setup.exe)",)
    assert facts(embedding("factur-x.xml")).active == ()
    assert facts(embedding("factur-x.xml")).actions == (Active("invoice-data", "factur-x.xml"),)


def test_every_reason_has_words():
    used = {
        action.reason for content, _ in test_what_acts.pytestmark[0].args[1] for action in facts(content).actions or ()
    }
    assert used <= set(ACTIVE)


# --- what cannot be opened --------------------------------------------------------------------------------------------


def encrypted_pdf(password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf("Invoice 12"))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# The CurrentUserAtom of a presentation with a password.
LOCKED = b"\0\0\xf6\x0f\x20\0\0\0\x14\0\0\0\xdf\xc4\xd1\xf3"
NOISE_BYTES = b"\x00\x9a\xfe\x12\x13\x14" * 9


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


# --- what moves -------------------------------------------------------------------------------------------------------


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


# --- what it says -----------------------------------------------------------------------------------------------------


def test_pdf_pages():
    link = "/Annots[<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://shop.example/a)>>>>]"
    known = facts(samples.pdf("Invoice 12", "Gr\xfc\xdfe", page=link), "a.pdf")
    address = ("https://shop.example/a",)
    assert known.pages == (Page(1, "Invoice 12", address), Page(2, "Gr\xfc\xdfe", address))
    assert known.pages_missing is None


def test_pdf_without_password_but_encrypted_is_read():
    assert text_of(encrypted_pdf("")) == ["Invoice 12"]


def test_pdf_page_that_cannot_be_read_leaves_the_others():
    content = samples.pdf("one", "two", objects={11: b"<</Length 9/Filter/NoSuchFilter>>stream\n(a) Tj (b\nendstream"})
    known = facts(content)
    assert [page.text for page in known.pages or ()] == ["", "two"]
    assert known.pages_missing == "unreadable"


def test_docx_pages_links_headers():
    relation = (
        f'<Relationship Id="r{{0}}" Type="{OFFICE}hyperlink" '
        'Target="https://shop.example/{0}" TargetMode="External"/>'
    )
    parts: dict[str, bytes | str] = {
        "word/_rels/document.xml.rels": RELATIONS.format(relation.format(1) + relation.format(2)),
        "word/footer1.xml": '<w:ftr xmlns:w="w"><w:p><w:r><w:t>Shop Ltd</w:t></w:r></w:p></w:ftr>',
    }
    link = '</w:t></w:r></w:p><w:p><w:hyperlink r:id="r1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p><w:p><w:r><w:t>'
    known = facts(samples.docx("Care\nof lamps\f" + link, parts))
    assert known.pages == (Page(1, "Care\nof lamps\nShop Ltd\n"), Page(2, "\nhere\n\n", ("https://shop.example/1",)))


def test_other_office_files():
    assert text_of(samples.xlsx()) == ["Item\nBlue lamp\n"]
    assert text_of(samples.pptx("Put it up")) == ["Put it up\n"]
    assert text_of(
        samples.odt('Care<text:tab/>of<text:line-break/><text:a xlink:href="https://shop.example">us</text:a>')
    ) == ["Care\tof\nus\n"]
    linked = facts(samples.odt('<text:a xlink:href="https://shop.example">us</text:a>')).pages
    assert linked == (Page(1, "us\n", ("https://shop.example",)),)


def test_slides_are_pages_in_their_order():
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    main = samples.OOXML + "presentationml.presentation.main+xml"
    slides: dict[str, bytes | str] = {f"ppt/slides/slide{n}.xml": slide.format(f"no. {n}") for n in (10, 2, 1)}
    assert text_of(samples.ooxml(main, "ppt/presentation.xml", slides)) == ["no. 1\n", "no. 2\n", "no. 10\n"]


def test_text_shown_twice_or_never_is_read_once_or_not():
    xml = (
        '<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>'
        "<w:r><w:t>a</w:t></w:r>"
        "<mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback>"
        "</mc:AlternateContent><w:r><w:delText>gone</w:delText></w:r></w:p></w:body></w:document>"
    )
    assert text_of(samples.docx(parts={"word/document.xml": xml})) == ["abox\n"]


@pytest.mark.parametrize(
    ("content", "name", "declared", "text"),
    [
        (samples.TEXT.encode(), "a.txt", None, samples.TEXT),
        (("\ufeff" + samples.TEXT).encode("utf-16-le"), "a.txt", None, samples.TEXT),
        (samples.TEXT.encode("cp1252"), "a.txt", None, samples.TEXT),
        ("保証書".encode("shift_jis"), "a.txt", "text/plain; charset=Shift_JIS", "保証書"),
        (samples.CSV, "a.csv", None, samples.CSV.decode()),
        (b'{"a": "b"}', "a.json", None, '{"a": "b"}'),
        (samples.HTML, "a.html", None, "Dust it."),
        (samples.eml("Hello Ben"), "a.eml", None, "Your invoice\nHello Ben\r\n"),
    ],
)
def test_texts(content, name, declared, text):
    assert [page.rstrip() for page in text_of(content, name, declared)] == [text.rstrip()]


def test_html_links():
    page = b'<html><a href=" https://shop.example/a ">a</a><a name=x>b</a><a href="https://shop.example/a">c</a></html>'
    assert facts(page).pages[0].links == ("https://shop.example/a",)  # type: ignore[index]


def test_mail_with_html_only():
    mail = samples.eml("<p>Hello <a href='https://shop.example'>Ben</a></p>").replace(b"text/plain", b"text/html")
    assert facts(mail).pages == (Page(1, "Your invoice\nHello Ben", ("https://shop.example",)),)


@pytest.mark.parametrize(
    "content", [samples.png(), samples.RTF, samples.svg(), samples.JS, samples.zipped({"a.txt": "a"})]
)
def test_kinds_without_a_reader_say_so(content):
    assert (facts(content, "a.js").pages, facts(content, "a.js").pages_missing) == (None, "not-covered")


# --- limits -----------------------------------------------------------------------------------------------------------


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


def bombs() -> dict[str, tuple[bytes, str | None]]:
    """Hostile files, each with why it is unreadable; "pages" where only its text is reported as not read in full."""
    page_loop = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}
    zeros = stream(deflated(8_000_000))
    drawing = samples.pdf(contents=b"/X Do", objects={number: form(number) for number in range(100, 120)})
    resources = b"/Resources<</Font<</F1 3 0 R>>"
    fonts = b"/F1 3 0 R" + b"".join(b"/A%d 3 0 R" % number for number in range(200))
    return {
        "zip of zeros": (samples.zipped({"a.txt": b"0" * 60_000_000}), "bomb"),
        "docx of spaces": (samples.docx(parts={"word/media/a.xml": b" " * 60_000_000}), "bomb"),
        "docx with entities": (samples.docx(parts={"word/document.xml": laughs() + "<a>&e11;</a>"}), "damaged"),
        "docx, deep": (samples.docx(parts={"word/document.xml": "<a>" * 200_000}), "pages"),
        "docx, long": (samples.docx(parts={"word/document.xml": b"<a/>" + NOISE}), "pages"),
        "svg with entities": (laughs().encode() + b"<svg xmlns='http://www.w3.org/2000/svg'>&e11;</svg>", "bomb"),
        "pdf of zeros": (samples.pdf(objects={11: stream(deflated(100_000_000))}), "pages"),
        "pdf of many zeros": (samples.pdf(*["x"] * 60, objects={11 + 2 * n: zeros for n in range(60)}), "pages"),
        "pdf, pages in a ring": (samples.pdf_of(page_loop), "damaged"),
        "pdf, xref in a ring": (samples.pdf("a").replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"), None),
        "pdf, drawings in drawings": (drawing.replace(resources, resources + b"/XObject<</X 100 0 R>>"), None),
        "pdf, a million operators": (samples.pdf(contents=b"q " * 1_000_000), "pages"),
        "pdf, many wide fonts": (samples.pdf("a", objects=WIDE_FONT).replace(b"/F1 3 0 R", fonts), "pages"),
        "pdf, nested without end": (samples.pdf(catalog="/A" + "[" * 100_000), "damaged"),
        "pdf, endless table": (samples.pdf("a").replace(b"xref\n0 1\n", b"xref\n0 99999999\n"), "bomb"),
        "pdf of line breaks": (b"%PDF-1.7\n" + b"\n" * 4_000_000 + b"%%EOF", "damaged"),
        "pdf of missing objects": (
            samples.pdf(catalog="/A[" + " ".join(f"{number} 0 R" for number in range(1000, 31_000)) + "]")
            + b"%" + b" 1" * 2_000_000, "too large"),
        "html, deep": (b"<html>" + b"<div>" * 60_000, None),
        "gif, many blocks": (samples.gif()[:-1] + b"!\xfe" + b"\x01a" * 4_000_000, None),
    }  # fmt: skip


# 20 MB that hardly pack, so that the archive itself is no bomb.
NOISE = zlib.compress(b"", 0) + b"".join(struct.pack("<Q", n * 0x9E3779B97F4A7C15 % 2**64) for n in range(2_500_000))
BOMBS = bombs()


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_quickly_and_are_reported(name):
    content, reported = BOMBS[name]
    known = facts(content)
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
