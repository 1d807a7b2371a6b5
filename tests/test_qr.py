"""Codes in images."""

from __future__ import annotations

import io
import sys

import pytest
import sample_files as samples

from msgpolicy.facts.files import qr
from msgpolicy.facts.files.qr import read_codes

zxingcpp = pytest.importorskip("zxingcpp")
Image = pytest.importorskip("PIL.Image")


def code(text: str, scale: int = 4):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=scale)).convert("L")


def saved(image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_formats(kind):
    assert read_codes(saved(code("https://shop.example/a"), kind)) == ["https://shop.example/a"]


def test_turned_on_a_photo():
    photo = Image.new("RGB", (600, 500), "beige")
    photo.paste(code("https://shop.example/a").rotate(7, fillcolor=255), (180, 130))
    assert read_codes(saved(photo, "JPEG", quality=70)) == ["https://shop.example/a"]


def test_two_codes_and_one_twice():
    sheet = Image.new("L", (700, 300), 255)
    for place, text in enumerate(("one", "two", "one")):
        sheet.paste(code(text), (20 + 220 * place, 20))
    assert sorted(read_codes(saved(sheet, "PNG")) or ()) == ["one", "two"]


def test_black_on_nothing():
    """Drawn on a transparent ground, whose hidden colour is black."""
    shade = code("https://shop.example/a").point(lambda value: 255 - value)
    picture = Image.new("RGBA", shade.size, (0, 0, 0, 0))
    picture.putalpha(shade)
    assert read_codes(saved(picture, "PNG")) == ["https://shop.example/a"]


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", samples.png()[:-20], samples.pdf("a"), samples.svg(), b"GIF89a"]
)
def test_no_image_has_no_codes(content):
    assert read_codes(content) == []


def test_image_without_code():
    assert read_codes(saved(Image.new("L", (300, 200), 255), "PNG")) == []


def test_too_many_pixels_are_not_unpacked(monkeypatch):
    picture = saved(code("https://shop.example/a"), "PNG")
    monkeypatch.setattr(qr, "MAX_PIXELS", 100)
    assert read_codes(picture) == []


def test_huge_image_in_a_small_file():
    """Its header says 60,000 by 60,000 pixels."""
    content = bytearray(samples.png())
    content[16:24] = b"\0\0\xea\x60" * 2
    assert read_codes(bytes(content)) == []


@pytest.mark.parametrize("absent", ["zxingcpp", "PIL"])
def test_without_the_extra(absent, monkeypatch):
    picture = saved(code("https://shop.example/a"), "PNG")
    monkeypatch.setitem(sys.modules, absent, None)
    assert read_codes(picture) is None
