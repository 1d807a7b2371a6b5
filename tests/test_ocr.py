"""Text in pictures: with an engine of the tests, and (slow) with the real one and its models."""

from __future__ import annotations

import importlib.util
import io
import os
import types

import pytest
import sample_files as samples

from msgpolicy import Attachment, Message
from msgpolicy.facts.files import attachments, ocr
from msgpolicy.facts.files.ocr import ImageText, Line
from tests.linters import linter

Image = pytest.importorskip("PIL.Image")
Draw = pytest.importorskip("PIL.ImageDraw")
Font = pytest.importorskip("PIL.ImageFont")

NEEDED = "MSGPOLICY_NEEDS_OCR" in os.environ
LINES = ["Wipe the lamp with a soft cloth.", "Questions? Write to", "service@shop.example", "or call 020 7946 0018"]


def saved(image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def card(lines: list[str] = LINES):
    image = Image.new("RGB", (800, 80 + 60 * len(lines)), "white")
    for number, line in enumerate(lines):
        Draw.Draw(image).text((40, 40 + 60 * number), line, "black", Font.load_default(30))
    return image


class Engine:
    """Recognises LINES, each in a box of its own, in any picture."""

    def __init__(self, lines: list[str] = LINES) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.lines = lines

    @property
    def seen(self) -> int:
        return len(self.sizes)

    def __call__(self, image):
        self.sizes.append(image.size)
        boxes = [[[40.0, 40.0 + y], [400.6, 40.0 + y], [400.6, 70.9 + y], [40.0, 70.9 + y]]
                 for y in range(0, 60 * len(self.lines), 60)]  # fmt: skip
        if not self.lines:
            return types.SimpleNamespace(txts=None, boxes=None, scores=None)
        return types.SimpleNamespace(txts=self.lines, boxes=boxes, scores=[0.9] * len(boxes))


@pytest.fixture
def engine(monkeypatch):
    made = Engine()
    monkeypatch.setattr(ocr, "_installed", lambda: True)
    monkeypatch.setattr(ocr, "_loaded", [made])
    return made


def read(content: bytes) -> ImageText:
    return attachments.AttachmentFacts(Attachment(content=content)).image_text


def findings(*attachments: Attachment):
    report = linter().check(Message(text="See the file", attachments=attachments, marketplace="amazon.co.uk"))
    found = [violation for violation in report.violations if violation.rule == "attachment-contact-data"]
    unknown = [item.why for item in report.not_evaluated if item.rule == "attachment-contact-data"]
    return found, unknown


def test_lines_and_where_they_stand(engine):
    assert read(saved(card(), "PNG")).lines[1] == Line(LINES[1], (40, 100, 400, 130), 0.9)


def test_contact_data_in_an_image(engine):
    found, unknown = findings(Attachment(filename="lamp.png", content=saved(card(), "PNG")))
    assert unknown == []
    assert [(item.evidence["normalized"], item.evidence["where"], item.evidence["box"][1]) for item in found] == [
        ("service@shop.example", "image", 160),
        ("+442079460018", "image", 220),
    ]
    assert all(item.confidence <= 0.9 and item.location.start is None for item in found)


def test_a_scanned_page(engine):
    """A page that has text of its own is not read as a picture."""
    scan = saved(card(), "PDF")
    found, _ = findings(Attachment(filename="care.pdf", content=scan))
    assert [item.location.page for item in found] == [1, 1]
    assert engine.seen == 1
    assert findings(Attachment(filename="care.pdf", content=samples.pdf("Wipe it."))) == ([], [])
    assert engine.seen == 1


def test_nothing_recognised(engine):
    engine.lines = []
    assert findings(Attachment(filename="lamp.png", content=saved(card(), "PNG"))) == ([], [])


def test_pictures_too_small_for_text_are_not_read(engine):
    assert read(saved(Image.new("RGB", (400, 20)), "PNG")) == ImageText()
    assert engine.seen == 0


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((300, 1200), (300, 1200)),
        ((300, 1201), (301, 1201)),
        ((24, 12_000), (3000, 12_000)),
        ((12_000, 24), (12_000, 24)),  # the engine pads what is wide
    ],
)
def test_tall_pictures_get_paper_beside_them(engine, size, seen):
    """The engine enlarges the shorter side: 24 by 15,000 pixels took 5 GB."""
    assert read(saved(Image.new("RGB", size), "PNG")).why is None
    assert engine.sizes == [seen]


def test_a_tall_picture_beside_which_there_is_no_room(engine):
    assert read(saved(Image.new("RGB", (24, 13_000)), "PNG")) == ImageText((), "too-large")
    assert engine.seen == 0


def test_more_pictures_than_are_read(engine, monkeypatch):
    monkeypatch.setattr(ocr, "MAX_PICTURES", 1)
    sheets = [card(), card()]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    known = read(out.getvalue())
    assert (len(known.lines), known.why) == (len(LINES), "too-large")


def test_an_engine_that_fails(engine, monkeypatch):
    def fail(_image):
        raise RuntimeError("odd pixels")

    monkeypatch.setattr(ocr, "_loaded", [fail])
    found, unknown = findings(Attachment(filename="lamp.png", content=saved(card(), "PNG")))
    assert (found, unknown) == ([], ["unreadable"])


def test_without_the_extra_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(ocr, "_installed", lambda: False)
    monkeypatch.setattr(attachments, "frames", None)
    assert read(saved(card(), "PNG")) == ImageText((), "not-installed")
    assert findings(Attachment(filename="lamp.png", content=saved(card(), "PNG"))) == ([], ["not-installed"])


@pytest.mark.slow
@pytest.mark.skipif(
    not NEEDED and not importlib.util.find_spec("rapidocr"), reason="the extra ocr is not installed (.ci/run has it)"
)
def test_the_real_engine(capfd):
    content = saved(card(), "JPEG")
    known = read(content)
    assert known.why is None
    for line, (number, wanted) in zip(known.lines, enumerate(LINES), strict=True):
        left, top, right, bottom = line.box
        assert line.text.replace(" ", "") == wanted.replace(" ", "")
        assert 30 <= left <= 50 < right < 800
        assert 30 + 60 * number <= top < bottom <= 95 + 60 * number
    found, _ = findings(Attachment(filename="lamp.jpg", content=content))
    assert {item.evidence["normalized"] for item in found} == {"service@shop.example", "+442079460018"}
    assert read(saved(Image.new("RGB", (300, 200), "white"), "PNG")) == ImageText()
    assert capfd.readouterr() == ("", "")
