"""Images: whether they move, whether they are cut off, and what acts in an SVG."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

import regex

from msgpolicy.facts.files.document_facts import Active, Inspection, Unreadable

__all__ = ["inspect_svg", "is_animated", "is_truncated"]

# Blocks of a GIF and boxes of a HEIC that are followed; what comes after is taken to be in order.
MAX_BLOCKS = 200_000
# Bytes of an SVG that are read.
MAX_SVG = 4 * 1024 * 1024
# Code points of an entity that is declared in an SVG.
MAX_ENTITY = 200

_MOVING_BRANDS = (b"avis", b"msf1", b"hevc", b"hevx")
_OUTSIDE = regex.compile(r"\s*+(?:https?:|ftp:|//)", regex.IGNORECASE)
_SCRIPT_ADDRESS = regex.compile(r"\s*+(?:javascript|vbscript|data:text/html)", regex.IGNORECASE)
_STYLE_OUTSIDE = regex.compile(r"(?:url\(|@import)\s*+[\"']?+\s*+(?:https?:|//)", regex.IGNORECASE)
# The same where the XML cannot be read.
_RAW_SCRIPT = regex.compile(
    rb"<(?:[\w-]++:)?script\b|\son\w++\s*+=|javascript:|<(?:[\w-]++:)?foreignObject\b", regex.IGNORECASE
)


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


def inspect_svg(content: bytes) -> Inspection:
    """What in an SVG acts by itself."""
    found: dict[Active, None] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if name in ("script", "handler", "foreignobject", "iframe", "embed", "object"):
            found[Active("svg-script")] = None
        for key, value in attributes.items():
            local = key.rpartition(":")[2].lower()
            if local.startswith("on") or (local in ("href", "to", "values", "from") and _SCRIPT_ADDRESS.match(value)):
                found[Active("svg-script")] = None
            elif (local == "href" and name != "a" and _OUTSIDE.match(value)) or _STYLE_OUTSIDE.search(value):
                found[Active("svg-remote", value.strip()[:200])] = None

    def characters(text: str) -> None:
        if match := _STYLE_OUTSIDE.search(text):
            found[Active("svg-remote", text[match.start() : match.end() + 180].strip())] = None

    def instruction(target: str, data: str) -> None:
        if target == "xml-stylesheet" and "//" in data:
            found[Active("svg-remote", data[:200])] = None

    def entity(_name: str, _parameter: bool, value: str | None, *_: object) -> None:
        # Drawing programs name their namespaces so; what is made of others is a bomb, or markup in disguise.
        if value is None or len(value) > MAX_ENTITY or "&" in value or "<" in value:
            raise _EntityError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    parser.ProcessingInstructionHandler = instruction
    unreadable: Unreadable | None = "too large" if len(content) > MAX_SVG else None
    try:
        parser.Parse(content[:MAX_SVG], unreadable is None)
    except _EntityError:
        return Inspection((*found, Active("svg-script")), "bomb")
    except (expat.ExpatError, ValueError, LookupError):
        unreadable = "damaged"
        if _RAW_SCRIPT.search(content[:MAX_SVG]):
            found[Active("svg-script")] = None
    return Inspection(tuple(found), unreadable)


class _EntityError(Exception):
    """An entity is made of others, of markup, or of what lies outside the file."""
