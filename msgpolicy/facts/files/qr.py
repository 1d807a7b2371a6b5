"""Reads the codes (QR and the like) in images and on pages of a PDF, with zxing-cpp (the extra `images`)."""

from __future__ import annotations

from typing import NamedTuple

from msgpolicy.facts.files.pictures import pictures
from msgpolicy.report import Why

__all__ = ["MAX_CODES", "Code", "Codes", "read_codes"]

# Codes of one file that are told.
MAX_CODES = 32


class Code(NamedTuple):
    """What a code says, and the page (from 1) on which it stands; None in an image."""

    text: str
    page: int | None = None


class Codes(NamedTuple):
    """The different codes of a file, and why there may be more (see `pictures`); None when these are all."""

    codes: tuple[Code, ...] = ()
    why: Why | None = None


def read_codes(content: bytes, media_type: str | None) -> Codes:
    """What the codes in a PDF, PNG, JPEG, GIF, WebP, BMP or TIFF file say; nothing for files of other kinds."""
    try:
        import zxingcpp
    except ImportError:
        return Codes((), "not-installed")
    found: dict[Code, None] = {}
    for picture in pictures(content, media_type):
        if isinstance(picture, str):
            return Codes(tuple(found)[:MAX_CODES], picture)
        for code in zxingcpp.read_barcodes(picture.image.convert("L")):
            if code.text:
                found[Code(code.text, picture.page)] = None
    return Codes(tuple(found)[:MAX_CODES])
