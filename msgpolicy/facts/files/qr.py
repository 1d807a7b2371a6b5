"""Reads the codes (QR and the like) in an image, with zxing-cpp and Pillow (the extra `images`)."""

from __future__ import annotations

import io

__all__ = ["MAX_CODES", "MAX_PIXELS", "read_codes"]

# Pixels of an image that is read: 40 megapixels with transparency take 320 MB for a moment.
MAX_PIXELS = 40_000_000
MAX_CODES = 32
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


def read_codes(content: bytes) -> list[str] | None:
    """What the codes in a PNG, JPEG, GIF, WebP, BMP or TIFF image say; None when the extra is not installed.

    Empty for anything that is no such image, cannot be read, or has more than MAX_PIXELS pixels.
    """
    try:
        import zxingcpp
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return []
            if image.has_transparency_data:
                # Without paper behind it a code is black on black.
                paper = Image.new("RGBA", image.size, "white")
                seen = Image.alpha_composite(paper, image.convert("RGBA")).convert("L")
            else:
                seen = image.convert("L")
            found = zxingcpp.read_barcodes(seen)
    except Exception:  # Pillow raises many kinds of exceptions on garbage
        return []
    return list(dict.fromkeys(code.text for code in found if code.text))[:MAX_CODES]
