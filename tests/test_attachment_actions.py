"""What in an attached file acts by itself."""

from __future__ import annotations

import base64

import pytest
import sample_files as samples

from msgpolicy.facts.files.document_facts import ACTIVE, Active
from tests.attached import (
    EMBEDDED,
    OFFICE,
    RELATIONS,
    SCRIPT,
    embedding,
    facts,
    reasons,
)

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
