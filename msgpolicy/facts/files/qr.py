"""Reads the codes (QR, Data Matrix, Aztec, bar codes …) in pictures, with zxing-cpp (the extra `images`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from msgpolicy.facts.files.pictures import Picture
from msgpolicy.report import Why

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_CODES", "Code", "Codes", "read_codes"]

# Codes of one file that are told.
MAX_CODES = 32
# What all pictures of one file may cost, in pixels of noise; an evenly coloured one costs a twentieth of that.
MAX_WORK = 12_000_000


class Code(NamedTuple):
    """What a code says, and the page (from 1) on which it stands; None in an image."""

    text: str
    page: int | None = None


class Codes(NamedTuple):
    """The different codes of a file, and why there may be more (see `pictures.frames`); None when these are all."""

    codes: tuple[Code, ...] = ()
    why: Why | None = None


def read_codes(pictures: Iterable[Picture | Why]) -> Codes:
    """What the codes in these pictures say."""
    try:
        import zxingcpp
    except ImportError:
        return Codes((), "not-installed")
    found: dict[Code, None] = {}
    missing: Why | None = None
    room = MAX_WORK
    for picture in pictures:
        if isinstance(picture, str):
            missing = missing or picture
            continue
        grey = picture.image.convert("L")
        room -= _work(grey)
        if room < 0:
            return Codes(tuple(found)[:MAX_CODES], "too-large")
        for code in zxingcpp.read_barcodes(grey):
            if code.text:
                found[Code(code.text, picture.page)] = None
    return Codes(tuple(found)[:MAX_CODES], missing)


def _work(grey: Image) -> int:
    """Pixels of noise that take as long to search: it is their differing from their neighbours that costs."""
    from PIL import ImageChops, ImageStat

    differing = ImageStat.Stat(ImageChops.difference(grey, ImageChops.offset(grey, 1, 0))).mean[0] / 85
    return int(grey.width * grey.height * min(0.05 + differing, 1.0))
