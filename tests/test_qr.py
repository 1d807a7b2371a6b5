"""Codes in images and on pages."""

from __future__ import annotations

import io
import logging
import sys
import zlib

import pytest
import sample_files as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.facts.files import drawn_pages, pictures, qr
from msgpolicy.facts.files.attachments import AttachmentFacts
from msgpolicy.facts.files.qr import Code, Codes
from msgpolicy.message import Attachment

zxingcpp = pytest.importorskip("zxingcpp")
Image = pytest.importorskip("PIL.Image")


def code(text: str, scale: int = 4):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=scale)).convert("L")


def saved(image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def found(content: bytes) -> Codes:
    return AttachmentFacts(Attachment(content=content)).codes


def texts(content: bytes) -> list[str]:
    return [item.text for item in found(content).codes]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_formats(kind):
    assert texts(saved(code("https://shop.example/a"), kind)) == ["https://shop.example/a"]


def test_turned_on_a_photo():
    photo = Image.new("RGB", (600, 500), "beige")
    photo.paste(code("https://shop.example/a").rotate(7, fillcolor=255), (180, 130))
    assert texts(saved(photo, "JPEG", quality=70)) == ["https://shop.example/a"]


def test_two_codes_and_one_twice():
    sheet = Image.new("L", (700, 300), 255)
    for place, text in enumerate(("one", "two", "one")):
        sheet.paste(code(text), (20 + 220 * place, 20))
    assert sorted(texts(saved(sheet, "PNG"))) == ["one", "two"]


def test_black_on_nothing():
    """Drawn on a transparent ground, whose hidden colour is black."""
    shade = code("https://shop.example/a").point(lambda value: 255 - value)
    picture = Image.new("RGBA", shade.size, (0, 0, 0, 0))
    picture.putalpha(shade)
    assert texts(saved(picture, "PNG")) == ["https://shop.example/a"]


@pytest.mark.parametrize("content", [b"", samples.pdf("a"), samples.docx(), samples.TEXT.encode()])
def test_no_picture_has_no_codes(content):
    assert found(content) == Codes()


@pytest.mark.parametrize("content", [samples.svg(), samples.heic()])
def test_pictures_of_kinds_that_are_not_opened_are_told(content):
    assert found(content) == Codes((), "not-covered")


@pytest.mark.parametrize("content", [samples.tiff(), samples.png().replace(b"IHDR", b"IHDX")])
def test_what_does_not_open_is_told(content):
    assert found(content) == Codes((), "unreadable")


def test_image_without_code():
    assert texts(saved(Image.new("L", (300, 200), 255), "PNG")) == []


def test_too_many_pixels_are_not_unpacked(monkeypatch):
    picture = saved(code("https://shop.example/a"), "PNG")
    monkeypatch.setattr(pictures, "MAX_PIXELS", 100)
    assert found(picture) == Codes((), "too-large")


def test_nothing_of_an_image_comes_into_a_log(caplog):
    """Pillow notes the tags of a TIFF, descriptions included; of other images the application may know."""
    described = saved(code("lamp"), "TIFF", description="a@shop.example")
    caplog.set_level(logging.DEBUG)
    assert texts(described) == ["lamp"]
    assert caplog.text == ""
    Image.open(io.BytesIO(described)).load()
    assert "a@shop.example" in caplog.text


@pytest.mark.parametrize("side", [7_000, 11_000, 60_000])
def test_huge_image_in_a_small_file(side):
    """What only its header says; Pillow warns of the second and refuses the third."""
    content = bytearray(samples.png())
    content[16:24] = side.to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    assert found(bytes(content)) == Codes((), "too-large")


@pytest.mark.parametrize("absent", ["zxingcpp", "PIL"])
def test_without_the_extra(absent, monkeypatch):
    picture = saved(code("https://shop.example/a"), "PNG")
    monkeypatch.setitem(sys.modules, absent, None)
    assert found(picture) == Codes((), "not-installed")


# --- pages ------------------------------------------------------------------------------------------------------------


def pages(*shown: str | None) -> bytes:
    """A PDF of A4 pages at 100 dots an inch, each with a code of four centimetres or nothing."""
    sheets = []
    for text in shown:
        sheet = Image.new("RGB", (827, 1169), "white")
        if text:
            sheet.paste(code(text).resize((157, 157)), (600, 900))
        sheets.append(sheet)
    return saved(sheets[0], "PDF", save_all=True, append_images=sheets[1:])


def test_codes_on_pages():
    content = pages(None, "https://shop.example/a", "https://shop.example/b")
    assert found(content) == Codes((Code("https://shop.example/a", 2), Code("https://shop.example/b", 3)))


def test_more_pages_than_are_drawn(monkeypatch):
    monkeypatch.setattr(drawn_pages, "MAX_PAGES_DRAWN", 1)
    assert found(pages("https://shop.example/a", "https://shop.example/b")) == Codes(
        (Code("https://shop.example/a", 1),), "too-large"
    )
    assert found(pages("https://shop.example/a")).why is None


def test_time_for_pages(monkeypatch):
    monkeypatch.setattr(drawn_pages, "MAX_SECONDS", -1)
    assert found(pages("https://shop.example/a")) == Codes((), "timeout")


def test_pdf_without_pdfium(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert found(samples.pdf("a")) == Codes((), "not-installed")
    assert texts(saved(code("https://shop.example/a"), "PNG")) == ["https://shop.example/a"]


def test_what_cannot_be_opened_is_not_drawn(monkeypatch):
    """Another rule tells of it."""
    known = AttachmentFacts(Attachment(filename="a.pdf", content=samples.pdf("a")[:200]))
    assert (known.unreadable, known.codes) == ("truncated", Codes())


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_pages_never_raise(data):
    content = bytearray(samples.pdf("a", "b"))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    assert found(bytes(content)).codes == ()


# --- frames, documents, other codes -----------------------------------------------------------------------------------

ADDRESS = "https://shop.example/a"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_codes_in_a_later_frame(kind):
    picture = code(ADDRESS).convert("RGB")
    empty = Image.new("RGB", picture.size, "white")
    out = io.BytesIO()
    empty.save(out, kind, save_all=True, append_images=[Image.new("RGB", picture.size, "grey"), picture])
    assert texts(out.getvalue()) == [ADDRESS]


@pytest.mark.parametrize("kind", ["QRCode", "DataMatrix", "Aztec", "PDF417"])
def test_kinds_of_codes(kind):
    made = zxingcpp.create_barcode(ADDRESS, getattr(zxingcpp.BarcodeFormat, kind))
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=4)).convert("L")
    assert texts(saved(picture, "PNG")) == [ADDRESS]


def test_more_frames_than_are_read(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_FRAMES", 2)
    picture = code(ADDRESS).convert("RGB")
    out = io.BytesIO()
    Image.new("RGB", picture.size).save(
        out, "GIF", save_all=True, append_images=[Image.new("RGB", picture.size, "grey"), picture]
    )
    assert found(out.getvalue()) == Codes((), "too-large")


def test_pictures_of_noise_cost_more_than_plain_ones(monkeypatch):
    monkeypatch.setattr(qr, "MAX_WORK", 60_000)
    noise = Image.effect_noise((400, 400), 200)
    assert found(saved(noise, "PNG")) == Codes((), "too-large")
    assert found(saved(Image.new("L", (1000, 1000), 255), "PNG")) == Codes()


def test_a_large_photo_is_made_smaller():
    picture = Image.new("L", (4200, 4200), 255)
    picture.paste(code(ADDRESS).resize((600, 600)), (3000, 3000))
    assert texts(saved(picture, "PNG")) == [ADDRESS]


@pytest.mark.parametrize(
    "content",
    [
        lambda picture: samples.docx("Care", parts={"word/media/image1.png": picture}),
        lambda picture: samples.odt("Care", parts={"Pictures/1.png": picture}),
        lambda picture: samples.xlsx(parts={"xl/media/image1.png": picture}),
        lambda picture: rb"{\rtf1 Care{\pict\pngblip " + picture.hex().encode() + b"}}",
        lambda picture: samples.zipped({"a.docx": samples.docx("Care", parts={"word/media/image1.png": picture})}),
        lambda picture: samples.msg("Care", "Dust it.", {"a.png": picture}),
        lambda picture: samples.compound(
            {
                "WordDocument": b"\xec\xa5\xc1\0".ljust(5000, b"\0"),
                "Data": b"\0" * 68
                + b"\0\x6e\x1e\xf0"
                + (17 + len(picture)).to_bytes(4, "little")
                + b"u" * 16
                + b"\xff"
                + picture,
            }
        ),
    ],
)
def test_codes_in_pictures_of_documents(content):
    made = content(saved(code(ADDRESS), "PNG"))
    assert [(item.text, item.page) for item in found(made).codes] == [(ADDRESS, None)]


def test_documents_without_pictures_need_no_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert found(samples.docx("Care")) == Codes()
    assert found(samples.docx("Care", parts={"word/media/image1.png": samples.png()})) == Codes((), "not-installed")
