"""What a file shows: an image's own pixels, or the pages of a PDF, drawn. Needs the extra `images`.

Pillow opens images, PDFium (pypdfium2) draws pages, without scripts or forms. What is larger than the limits is said to
be so, never left out in silence.
"""

from __future__ import annotations

import ctypes
import io
import os
import threading
import time
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from msgpolicy.report import Why

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MAX_PAGES_DRAWN", "MAX_PIXELS", "Picture", "needs_password", "pictures"]

# Pixels of an image that is opened: 40 megapixels with transparency take 320 MB for a moment.
MAX_PIXELS = 40_000_000
# Pages of one PDF that are drawn, pixels of a page's longer side, and seconds for one file as the last guard.
MAX_PAGES_DRAWN = 50
SIDE = 1600
MAX_SECONDS = 10.0
# Kinds that Pillow opens by itself, by their media types.
_FORMATS = {
    "image/png": "PNG",
    "image/apng": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}


class Picture(NamedTuple):
    """Pixels without transparency; `page` counts from 1, None for an image."""

    image: Image
    page: int | None = None


def pictures(content: bytes, media_type: str | None, only: Collection[int] | None = None) -> Iterator[Picture | Why]:
    """What a PDF or an image of a kind in _FORMATS shows, one after the other; last, why not all of it could be.

    `only`: the pages (from 1) of a PDF that are wanted; all by default.

    "not-installed": the extra is absent; "too-large", "timeout": beyond the limits; "unreadable": it does not open.
    Nothing for other kinds.
    """
    if media_type == "application/pdf":
        yield from _pages(content, only)
    elif media_type in _FORMATS:
        yield _opened(content, _FORMATS[media_type])


def _opened(content: bytes, kind: str) -> Picture | Why:
    try:
        from PIL import Image
    except ImportError:
        return "not-installed"
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as image:
            if image.width * image.height > MAX_PIXELS:
                return "too-large"
            if not image.has_transparency_data:
                return Picture(image.convert("RGB"))
            # Without paper behind it a code is black on black.
            paper = Image.new("RGBA", image.size, "white")
            return Picture(Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "too-large"
    except Exception:  # Pillow raises many kinds of exceptions on garbage
        return "unreadable"


# PDFium is not made for threads; a forked child starts with a lock that nobody holds.
_pdfium = threading.Lock()


def _start_anew() -> None:
    global _pdfium
    _pdfium = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)


def needs_password(content: bytes) -> bool:
    """Whether PDFium asks for a password for this PDF; False where the extra is not installed."""
    try:
        import pypdfium2
    except ImportError:
        return False
    with _pdfium:
        try:
            with pypdfium2.PdfDocument(content):
                return False
        except pypdfium2.PdfiumError:
            return bool(pypdfium2.raw.FPDF_GetLastError() == pypdfium2.raw.FPDF_ERR_PASSWORD)


def _pages(content: bytes, only: Collection[int] | None) -> Iterator[Picture | Why]:
    try:
        import pypdfium2
    except ImportError:
        yield "not-installed"
        return
    deadline = time.monotonic() + MAX_SECONDS
    for number in range(MAX_PAGES_DRAWN + 1):
        if only is not None and number + 1 not in only:
            continue
        with _pdfium:
            # Opened anew for each page, so that the lock is not held while somebody looks at the last one.
            found = _page(pypdfium2, content, number, deadline)
        if found is None:
            return
        yield found
        if isinstance(found, str):
            return


def _page(pypdfium2: Any, content: bytes, number: int, deadline: float) -> Picture | Why | None:
    """Page `number` (from 0), drawn; None when there is none."""
    raw = pypdfium2.raw
    try:
        with pypdfium2.PdfDocument(content) as document:
            if number >= len(document):
                return None
            if number >= MAX_PAGES_DRAWN:
                return "too-large"
            page = document[number]
            scale = SIDE / max(*page.get_size(), 1)
            width, height = (max(1, int(side * scale)) for side in page.get_size())
            bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)

            def is_late(_: object) -> bool:
                return time.monotonic() > deadline

            pause = raw.IFSDK_PAUSE(version=1)
            pause.NeedToPauseNow = type(pause.NeedToPauseNow)(is_late)
            place = (bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT, ctypes.byref(pause))
            done = raw.FPDF_RenderPageBitmap_Start(*place) == raw.FPDF_RENDER_DONE
            raw.FPDF_RenderPage_Close(page)
            if is_late(None):
                return "timeout"
            return Picture(bitmap.to_pil().convert("RGB"), number + 1) if done else "unreadable"
    except pypdfium2.PdfiumError:
        return "unreadable"
