"""Images: whether they move, and whether they are cut off."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["is_animated", "is_truncated"]

# Blocks of a GIF and boxes of a HEIC that are followed; what comes after is taken to be in order.
MAX_BLOCKS = 200_000

_MOVING_BRANDS = (b"avis", b"msf1", b"hevc", b"hevx")


def is_animated(content: bytes, media_type: str) -> bool:
    """Whether an image of this type shows more than one picture in turn."""
    if media_type == "image/gif":
        return sum(kind == b"," for kind, _ in _gif_blocks(content)) > 1
    if media_type == "image/webp":
        return content[12:16] == b"VP8X" and len(content) > 20 and bool(content[20] & 2)
    if media_type in ("image/avif", "image/heic", "image/heif"):
        return content[8:12] in _MOVING_BRANDS
    return media_type == "image/apng"


def is_truncated(content: bytes, media_type: str) -> bool:
    """Whether the image's end is missing."""
    if media_type in ("image/png", "image/apng"):
        return b"IEND" not in content
    if media_type == "image/jpeg":
        return content.rfind(b"\xff\xd9") < max(content.rfind(b"\xff\xda"), 0)
    if media_type == "image/gif":
        return any(kind == b"" for kind, _ in _gif_blocks(content))
    if media_type == "image/webp":
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    if media_type in ("image/heic", "image/heif", "image/avif"):
        return _boxes_end(content) > len(content)
    return False


def _gif_blocks(content: bytes) -> Iterator[tuple[bytes, int]]:
    """The blocks of a GIF: the byte that each begins with (b"" for a missing one), and where. Ends at MAX_BLOCKS."""
    at = 13 + _color_table(content[10:11])
    left = MAX_BLOCKS
    while left > 0:
        kind = content[at : at + 1]
        yield kind, at
        if kind == b",":
            at += 11 + _color_table(content[at + 9 : at + 10])
        elif kind == b"!":
            at += 2
        else:  # the end, or what nobody reads any further
            return
        while left > 0 and (size := content[at : at + 1]) not in (b"", b"\0"):
            at += 1 + size[0]
            left -= 1
        at += 1
        left -= 1


def _color_table(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _boxes_end(content: bytes) -> int:
    """Where the outermost boxes of an ISO media file say that they end."""
    at = 0
    for _ in range(MAX_BLOCKS):
        size = int.from_bytes(content[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        if size < 8 or at + size >= len(content):
            return at + size if size >= 8 else len(content)
        at += size
    return len(content)
