"""The pages of a PDF, drawn as pictures by PDFium (pypdfium2, extra `images`), without scripts or forms."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Collection, Iterator
from typing import Any

from msgpolicy.facts.files.pictures import Picture
from msgpolicy.report import Why

__all__ = ["MAX_PAGES_DRAWN", "drawn_pages", "needs_password"]

# Pages of one PDF that are drawn, pixels of a page's longer side, and seconds for one file as the last guard.
MAX_PAGES_DRAWN = 50
SIDE = 1600
MAX_SECONDS = 10.0

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


def drawn_pages(content: bytes, only: Collection[int] | None = None) -> Iterator[Picture | Why]:
    """The pages, or those of them (from 1) that are in `only`; last, why not all of them could be drawn (a `Why`)."""
    try:
        import pypdfium2
    except ImportError:
        yield "not-installed"
        return
    deadline = time.thread_time() + MAX_SECONDS
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
                return time.thread_time() > deadline

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
