"""What attached files say: text and links, page by page."""

from __future__ import annotations

import pytest
import sample_files as samples

from msgpolicy.facts.files.document_facts import Page
from tests.attached import (
    OFFICE,
    RELATIONS,
    encrypted_pdf,
    facts,
    text_of,
)


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
    "content",
    [samples.png(), samples.JS, samples.heic(), samples.ole(streams={"Workbook": b""}), b"7z\xbc\xaf\x27\x1c"],
)
def test_kinds_without_a_reader_say_so(content):
    assert (facts(content, "a.js").pages, facts(content, "a.js").pages_missing) == (None, "not-covered")
