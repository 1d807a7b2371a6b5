"""Older and rarer formats: RTF, .doc, .ppt, XML, cards and calendars; properties, notes and fields of documents."""

from __future__ import annotations

import io

import pytest
import sample_files as samples
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.files.compound_files import CompoundFile
from msgpolicy.facts.files.outlook_files import read_tnef
from msgpolicy.facts.files.rtf_files import rtf_pages, rtf_pictures
from tests.attached import facts, reasons, text_of

ADDRESS = "service@shop.example"


# --- RTF --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (rb"ser{\b vi}ce@shop.example", ADDRESS),
        (rb"ser\'76ice", "service"),
        (rb"Gr\'fc\'dfe", "Grüße"),
        (rb"\u1055?\u1086?\u1082?\u1072?", "Пока"),
        (rb"{\uc0\u9742}\uc2\u9742 ab1", "☎☎1"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"{\fonttbl{\f0\fcharset204 Arial;}}\f0\'cf\'ee\'ea\'e0", "Пока"),
        (rb"{\*\unknown hidden}seen", "seen"),
        (rb"{\*\shppict x}{\header page 1}", "xpage 1"),
        (rb"a\par b\tab c\~d\\\{\}", "a\nb\tc\u00a0d\\{}"),
        (rb"{\stylesheet{\s1 Normal;}}{\colortbl;\red0;}b", "b"),
    ],
)
def test_rtf_text(inside, text):
    assert text_of(rb"{\rtf1\ansi\ansicpg1252 " + inside + b"}") == [text]


def test_rtf_pages_links_and_properties():
    known = facts(
        rb"{\rtf1{\info{\title Care}{\author ada@shop.example}}one\page two "
        rb'{\field{\*\fldinst{ HYPERLINK "https://shop.example/a" }}{\fldrslt here}}'
        rb'{\field{\*\fldinst HYPERLINK \\l "top"}{\fldrslt up}}}'
    )
    assert [page.text for page in known.pages or ()] == ["one", "two hereup"]
    assert (known.pages or ())[0].links == ("https://shop.example/a",)
    assert known.about == "Care\nada@shop.example"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (rb"{\*\template http://shop.example/a.dotm}", {"remote-content"}),
        (rb"{\*\template C:\\Templates\\Normal.dotm}", set()),
        (rb"{\field{\*\fldinst DDEAU{\b TO} c:\\\\a.exe}}", {"launch"}),
        (rb'{\field{\*\fldinst INCLUDEPICTURE "https://shop.example/a.png"}}', {"remote-content"}),
        (rb"{\object\objdata 0105}", {"embedded-object"}),
        (rb"DDEAUTO is no field", set()),
    ],
)
def test_what_acts_in_rtf(inside, expected):
    assert reasons(rb"{\rtf1\ansi " + inside + b"}") == expected


def test_pictures_in_rtf():
    picture = samples.png()
    content = rb"{\rtf1{\pict\pngblip\picw1 " + picture.hex().encode() + b"}}"
    assert rtf_pictures(content) == [picture]


RTF_PIECES = (
    rb"{ } \par \u1? \uc9 \'f \'ff \*\x \f1 a \fonttbl \info \author \fldinst \u-10179 \ansicpg0 \ansicpg932 \xff \\"
)


@given(st.lists(st.sampled_from(RTF_PIECES.split())))
def test_any_rtf(pieces):
    for page in rtf_pages(b"{\\rtf1" + b"".join(pieces)).pages or ():
        page.text.encode()


# --- older Office -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["utf-16-le", "cp1252"])
def test_doc_text_and_links(codec):
    content = samples.doc(f'Mail {ADDRESS} \x13 HYPERLINK "https://shop.example/a" \x14here\x15\rGrüße', codec)
    known = facts(content)
    assert known.media_type == "application/msword"
    assert [(page.text, page.links) for page in known.pages or ()] == [
        (f"Mail {ADDRESS} here\nGrüße", ("https://shop.example/a",))
    ]


def test_doc_that_starts_a_program():
    assert reasons(samples.doc("\x13 DDEAUTO c:\\\\a.exe \x14\x15")) == {"launch"}
    assert reasons(samples.doc("We do not use DDEAUTO here.")) == set()


def test_ppt_text():
    assert text_of(samples.ppt(f"Mail {ADDRESS}")) == [f"Mail {ADDRESS}"]


def test_a_table_of_sectors_that_runs_in_circles():
    content = bytearray(samples.doc("Dust it. " * 900))
    sectors = int.from_bytes(content[76:80], "little")
    table = 512 * (sectors + 1)
    content[table : table + 64] = b"\0" * 64
    assert facts(bytes(content)).pages_missing in (None, "unreadable", "not-covered", "too-large")


@given(st.data())
def test_any_compound_file(data):
    content = bytearray(samples.msg("Care", "Dust it.", {"a.txt": b"x" * 5000}))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
        content[at] = data.draw(st.integers(0, 255))
    file = CompoundFile(bytes(content[: data.draw(st.integers(8, len(content)))]))
    assert all(len(file.read(entry)) <= len(content) for entry in file.entries)


@given(st.data())
def test_any_tnef(data):
    content = bytearray(samples.tnef("Dust it.", {"a.txt": b"x" * 50}))
    for at in data.draw(st.lists(st.integers(4, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    read_tnef(bytes(content[: data.draw(st.integers(4, len(content)))]))


# --- XML --------------------------------------------------------------------------------------------------------------

WORD = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"{}><w:body><w:p><w:r><w:t>service@</w:t>'
    '</w:r><w:r><w:t>shop.example</w:t></w:r></w:p><w:object onload="a"/></w:body></w:wordDocument>'
)


def test_word_in_one_xml():
    known = facts(WORD.format("").encode(), "a.xml")
    assert (known.actions, known.unreadable) == ((), None)
    assert text_of(WORD.format("").encode()) == [ADDRESS]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WORD.format(' w:macrosPresent="yes"'), {"macros"}),
        (WORD.format(' w:macrosPresent="no"'), set()),
        ('<?xml version="1.0"?><a><part name="/word/vbaProject.bin"/></a>', {"macros"}),
        ('<?xml version="1.0"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></a>', {"xml-script"}),
        ('<?xml version="1.0"?><a><script>1</script></a>', set()),
        ('<?xml version="1.0"?><?xml-stylesheet href="https://shop.example/a.xsl"?><a/>', {"xml-remote"}),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', {"xml-script"}),
    ],
)
def test_what_acts_in_xml(content, expected):
    assert reasons(content.encode(), "a.xml") == expected


def test_text_of_a_drawing():
    drawing = samples.svg(
        '<style>a{}</style><a href="https://shop.example/a"><text>ser<tspan>vice@</tspan>shop.example</text></a>'
    )
    (page,) = facts(drawing).pages or ()
    assert (page.text, page.links) == (ADDRESS, ("https://shop.example/a",))


# --- cards ------------------------------------------------------------------------------------------------------------


def test_cards_and_calendars():
    card = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:ser\r\n vice@shop.example\r\nPHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoA\r\n"
        b" AAAGMAAABj\r\nNOTE;ENCODING=QUOTED-PRINTABLE:www=2Eshop=2E=\r\nexample\r\nEND:VCARD\r\n"
    )
    (text,) = text_of(card, "a.vcf")
    assert ADDRESS in text
    assert "www.shop.example" in text
    assert "iVBOR" not in text
    (text,) = text_of(b"BEGIN:VCALENDAR\r\nDESCRIPTION:Call us\\, please\\nor write\r\nEND:VCALENDAR\r\n", "a.ics")
    assert "Call us, please\nor write" in text


# --- what no page shows -----------------------------------------------------------------------------------------------


def test_properties_of_documents():
    core = (
        '<c xmlns:dc="d"><dc:title>Care</dc:title><dc:creator>ada@shop.example</dc:creator><dc:date>2026</dc:date></c>'
    )
    assert facts(samples.docx(parts={"docProps/core.xml": core})).about == "Care\nada@shop.example"
    meta = (
        '<m xmlns:meta="m"><meta:initial-creator>Ada</meta:initial-creator><meta:generator>Maker 1</meta:generator></m>'
    )
    assert facts(samples.odt(parts={"meta.xml": meta})).about == "Ada"
    info = b"/Root 1 0 R/Info<</Author(ada@shop.example)/Producer(https://maker.example)>>"
    assert facts(samples.pdf("a").replace(b"/Root 1 0 R", info)).about == "ada@shop.example"


def test_metadata_and_bookmarks_of_a_pdf():
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="d" xmlns:p="p"><dc:creator><s><l>Ada</l></s></dc:creator>'
        "<p:CreatorTool>Maker 1</p:CreatorTool></x:xmpmeta>"
    )
    content = samples.pdf(
        "a",
        catalog="/Metadata 100 0 R/Outlines 101 0 R",
        objects={
            100: f"<</Type/Metadata/Subtype/XML/Length {len(xmp)}>>stream\n{xmp}\nendstream",
            101: "<</First 102 0 R>>",
            102: "<</Title(Our shop)/A<</S/URI/URI(https://shop.example)>>/Next 102 0 R>>",
        },
    )
    assert facts(content).about.splitlines() == ["Ada", "Our shop", "https://shop.example"]


def test_notes_and_fields_of_a_pdf():
    notes = (
        f"/Annots[<</Subtype/FreeText/Contents({ADDRESS})>><</Subtype/Widget/FT/Tx/V(030 901820)>>"
        "<</Subtype/Widget/FT/Btn/V/Off>><</Subtype/Link/A<</S/GoTo/Next<</S/URI/URI(https://shop.example)>>>>>>]"
    )
    (page,) = facts(samples.pdf("Care", page=notes)).pages or ()
    assert page.text.splitlines() == ["Care", ADDRESS, "030 901820"]
    assert page.links == ("https://shop.example",)


@pytest.mark.parametrize(
    "name",
    ["/J#61vaScript", "/JavaScript"],
)
def test_actions_in_object_streams_and_behind_a_password(name):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(
        clone_from=io.BytesIO(samples.pdf("a", catalog=f"/OpenAction<</S{name}/JS(app.beep\\(\\))>>"))
    )
    writer.encrypt(user_password="", owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert b"app.beep" not in out.getvalue()
    assert reasons(out.getvalue()) == {"open-action", "javascript"}


def test_comments_fields_and_formulas():
    comments = '<w:comments xmlns:w="w"><w:comment><w:p><w:r><w:t>Write</w:t></w:r></w:p></w:comment></w:comments>'
    field = (
        '<w:document xmlns:w="w"><w:p><w:fldChar w:fldCharType="begin"/><w:instrText> HYPER</w:instrText>'
        '<w:instrText>LINK "https://shop.example/a" </w:instrText><w:fldChar w:fldCharType="end"/><w:t>here</w:t></w:p>'
        "<w:fldSimple w:instr=' HYPERLINK \"https://shop.example/b\" '/></w:document>"
    )
    (page,) = facts(samples.docx(parts={"word/document.xml": field, "word/comments.xml": comments})).pages or ()
    assert page.text == "here\nWrite\n"
    assert page.links == ("https://shop.example/a", "https://shop.example/b")
    sheet = (
        '<worksheet><row><c t="s"><v>1</v></c><c t="str"><f>HYPERLINK("https://shop.example/a","x")</f><v>care</v></c>'
        '<c><v>12</v></c><c t="inlineStr"><is><t>lamp</t></is></c></row></worksheet>'
    )
    (page,) = facts(samples.xlsx(parts={"xl/worksheets/sheet1.xml": sheet})).pages or ()
    assert page.text.split() == ["Item", "Blue", "lamp", "care", "12", "lamp"]
    assert page.links == ("https://shop.example/a",)


def test_text_taken_in_from_another_file():
    relation = '<Relationships><Relationship Id="r1" Type="http://a/aFChunk" Target="/word/a.html"/></Relationships>'
    assert reasons(samples.docx(parts={"word/_rels/document.xml.rels": relation})) == {"embedded-object"}
