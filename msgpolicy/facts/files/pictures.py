"""What an image shows, frame by frame. Needs the extra `images`.

Pillow opens images. What is larger than the limits, or of a kind that it does not open, is told, never left out in
silence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgpolicy.facts.files.quiet import quiet
from msgpolicy.report import Why

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

__all__ = ["MAX_FRAMES", "MAX_PIXELS", "Picture", "frames"]

# Pixels of an image that is opened (with transparency they take 320 MB for a moment), of all its frames, and frames.
MAX_PIXELS = 40_000_000
MAX_FRAME_PIXELS = 100_000_000
MAX_FRAMES = 200
# Pixels of a picture as it is handed out: larger ones are made smaller, by a whole number.
SHOWN_PIXELS = 10_000_000
# Kinds that Pillow opens by itself, by their media types.
_FORMATS = {
    "image/png": "PNG",
    "image/apng": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
    "image/jp2": "JPEG2000",
    "image/x-icon": "ICO",
}


class Picture(NamedTuple):
    """Pixels without transparency; `page` counts from 1, None for an image."""

    image: Image
    page: int | None = None


def frames(content: bytes, media_type: str) -> Iterator[Picture | Why]:
    """The frames or pages of an image, one after the other; last, why not all of it could be read.

    "not-installed": the extra is absent; "not-covered": nothing here opens this kind; "too-large": beyond the limits;
    "unreadable": it does not open.
    """
    try:
        from PIL import Image, features
    except ImportError:
        yield "not-installed"
        return
    kind = _FORMATS.get(media_type)
    if kind is None or (kind == "AVIF" and not features.check("avif")):
        yield "not-covered"
        return
    room = MAX_FRAME_PIXELS
    try:
        with quiet("PIL"):
            image = Image.open(io.BytesIO(content), formats=(kind,))
        with image:
            for number in range(MAX_FRAMES + 1):
                with quiet("PIL"):
                    frame = _frame(image, number, room)
                if frame is None:
                    return
                yield frame
                if isinstance(frame, str):
                    return
                room -= image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        yield "too-large"
    except Exception:  # Pillow raises many kinds of exceptions on garbage
        yield "unreadable"


def _frame(image: ImageFile, number: int, room: int) -> Picture | Why | None:
    """A frame of an image; None when there are no more. `room`: pixels that may still be unpacked."""
    try:
        image.seek(number)
    except EOFError:
        return None
    pixels = image.width * image.height
    if pixels > min(MAX_PIXELS, room) or number == MAX_FRAMES:
        return "too-large"
    return Picture(_on_paper(image))


def _on_paper(image: Image) -> Image:
    """The image without transparency (a code is black on black without paper behind it), turned as it is shown."""
    from PIL import Image as Images
    from PIL import ImageOps

    smaller = 1
    while image.width * image.height > smaller * smaller * SHOWN_PIXELS:
        smaller += 1
    if image.has_transparency_data:
        image = image.convert("RGBA").reduce(smaller)
        paper = Images.new("RGBA", image.size, "white")
        return Images.alpha_composite(paper, image).convert("RGB")
    return ImageOps.exif_transpose(image.convert("RGB").reduce(smaller))
