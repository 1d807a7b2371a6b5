"""What a file is, by its bytes.

Own signatures come first: they are the same everywhere, know what libmagic's older releases misread, and see what must
never be missed (programs, scripts, HTML, macros' containers). libmagic tells the rest; without it (Windows) the rest is
undetermined. The file's name only decides between kinds of text that look alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

from msgpolicy.facts.files.file_names import extensions_of
from msgpolicy.facts.files.kinds import canonical, runs
from msgpolicy.facts.files.magic_library import MagicLibrary, default_library
from msgpolicy.facts.files.media_files import mp4_kind, mpeg_audio_kind, tells_webm
from msgpolicy.facts.files.ole_files import MAGIC as OLE_MAGIC
from msgpolicy.facts.files.ole_files import ole_kind
from msgpolicy.facts.files.outlook_files import TNEF_MAGIC
from msgpolicy.facts.files.text_files import SNIFFED, read_text, text_kind
from msgpolicy.facts.files.zip_files import ZipContents, ends_as_zip, zip_kind
from msgpolicy.later import regex_later

__all__ = ["MAX_BYTES", "Sniffed", "sniff"]

# Bytes of one file that are looked at, here and wherever a file is read; what is larger is reported as too large.
MAX_BYTES = 32 * 1024 * 1024

# A reader of PDF accepts this many bytes of anything before the header (ISO 32000-1, implementation note 13).
PDF_HEADER_WITHIN = 1024


class Sniffed(NamedTuple):
    """What a file is. `media_type` None: undetermined.

    `by` says what told it: "signature" (first bytes), "contents" (what is inside the container), "text" (how the text
    begins), "name" (it is text, and the name's extension says of which kind), "libmagic"; None when nothing did.
    `also`: other types as which programs may open the same bytes, in alphabetical order.
    """

    media_type: str | None
    by: str | None = None
    also: tuple[str, ...] = ()


ONENOTE_MAGIC = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3")

# (at, bytes, type); none of these can begin a text.
_SIGNATURES = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"\0\0\x01\0", "image/x-icon"),
    (0, b"\0\0\x02\0", "image/x-icon"),
    (0, b"icns\0", "image/x-icns"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51\0", "image/jp2"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\xd7\xcd\xc6\x9a\0\0", "image/wmf"),
    (40, b" EMF\0\0\x01\0", "image/emf"),
    (0, b"AT&TFORM\0", "image/vnd.djvu"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"8BPS\0", "image/vnd.adobe.photoshop"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (0, b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (0, b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\0asm", "application/wasm"),
    (0, b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", "application/x-ms-shortcut"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (0, b"!<arch>\ndebian", "application/vnd.debian.binary-package"),
    (0, b"\xed\xab\xee\xdb", "application/x-rpm"),
    (0, b"xar!\0", "application/x-xar"),
    (0, b"ITSF\x03\0\0\0", "application/vnd.ms-htmlhelp"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"OggS\0", "audio/ogg"),
    (0, b"fLaC\0", "audio/flac"),
    (0, b"MThd\0\0\0\x06", "audio/midi"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c", "video/x-ms-asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\0\0\x01\xb3", "video/mpeg"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (4, b"Standard Jet DB\0", "application/x-msaccess"),
    (4, b"Standard ACE DB\0", "application/x-msaccess"),
    (0, ONENOTE_MAGIC, "application/onenote"),
    (0, TNEF_MAGIC, "application/ms-tnef"),
    (60, b"BOOKMOBI", "application/x-mobipocket-ebook"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"LZIP\x01", "application/x-lzip"),
    (0, b"\0\x01\0\0\0", "font/ttf"),
    (0, b"ttcf\0", "font/ttf"),
    (0, b"OTTO\0", "font/otf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (257, b"ustar", "application/x-tar"),
    (32769, b"CD001", "application/x-iso9660-image"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)

# An image whose size reads as the beginning of a comment, or of an assignment: a script under the name of its mark.
_SCRIPT_IN_IMAGE = regex_later(rb"(?:GIF8[79]a|BM)(?:/\*(?=.*\*/)|=[\x20-\x7e])", regex.DOTALL)
_HTML_IN_BYTES = regex_later(rb"<(?:script|iframe|html|!doctype\s++html)[\s>]", regex.IGNORECASE)


def sniff(
    content: bytes, name: str | None = None, *, library: MagicLibrary | Literal["default"] | None = "default"
) -> Sniffed:
    """What `content` is; `name` (a file name) helps to tell kinds of text apart.

    `library` is the libmagic to ask: the process's own by default, another one, or None for none at all.
    """
    content = content[:MAX_BYTES]
    media_type, by = _by_signature(content)
    if media_type is not None:
        return Sniffed(media_type, by, _also(content, media_type))
    text = read_text(content) if content else None
    if text is not None:
        return Sniffed(*text_kind(text, (extensions_of(name) or ("",))[-1]))
    if _is_mail_with_binary_parts(content):
        return Sniffed("message/rfc822", "text")
    chosen = default_library() if library == "default" else library
    media_type = canonical(chosen.media_type(content)) if chosen and content else None
    return Sniffed(media_type, "libmagic" if media_type else None)


def _by_signature(content: bytes) -> tuple[str | None, str | None]:
    for at, mark, kind in _SIGNATURES:
        if content.startswith(mark, at):
            return ("video/webm" if kind == "video/x-matroska" and tells_webm(content) else kind), "signature"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return zip_kind(ZipContents(content)), "contents"
    if content.startswith(OLE_MAGIC):
        return ole_kind(content), "contents"
    media_type = _structured(content)
    if media_type is None and _has_pdf(content):
        media_type = "application/pdf"
    if media_type:
        return media_type, "signature"
    if ends_as_zip(content):
        return zip_kind(ZipContents(content)), "contents"
    return None, None


def _structured(content: bytes) -> str | None:
    """Kinds whose first bytes are too few, or could be letters, so that more of the header has to fit."""
    start = content[:16]
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        # An animated PNG says so before its image data.
        return "image/apng" if b"acTL" in content[: max(content.find(b"IDAT"), 0)] else "image/png"
    if start[4:8] == b"ftyp":
        return mp4_kind(content)
    if start.startswith(b"FORM") and start[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if start.startswith(b"RIFF"):
        return _RIFF.get(start[8:12])
    if start.startswith(b"BM") and int.from_bytes(content[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    if start.startswith(b"MZ") and (b"\0" in content[:64]):
        return "application/vnd.microsoft.portable-executable"
    if start.startswith(b"\xca\xfe\xba\xbe"):
        # A Mach-O file for several processors counts them here, Java its version.
        many = int.from_bytes(content[4:8], "big")
        return "application/x-mach-binary" if 0 < many < 32 else "application/java-vm"
    if start.startswith(b"BZh") and content[4:10] == b"1AY&SY":
        return "application/x-bzip2"
    if start[:3] in (b"FWS", b"CWS", b"ZWS") and start[3:4] < b"\x40" and not start[3:4].isspace():
        return "application/vnd.adobe.flash.movie"
    if start.startswith(b"ID3") and start[3:4] in b"\x02\x03\x04":
        return "audio/mpeg"
    return mpeg_audio_kind(content) or ("application/x-tar" if _is_old_tar(content[:512]) else None)


def _is_old_tar(block: bytes) -> bool:
    """Whether the bytes are the header of a tar file that has no mark: the sum of its bytes stands in it."""
    digits = block[148:156].strip(b" \0")
    if len(block) < 512 or not digits or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(block) - sum(block[148:156]) + 8 * 0x20


def _has_pdf(content: bytes) -> bool:
    """Whether a PDF begins within the first kilobyte; a text that only names its header has no objects."""
    at = content.find(b"%PDF-", 0, PDF_HEADER_WITHIN)
    return at >= 0 and content.find(b" obj", at) >= 0 and content.find(b"startxref", at) >= 0


def _is_mail_with_binary_parts(content: bytes) -> bool:
    ends = [at for mark in (b"\r\n\r\n", b"\n\n") if (at := content.find(mark, 0, SNIFFED)) > 0]
    header = read_text(content[: min(ends)]) if ends else None
    return header is not None and text_kind(header)[0] == "message/rfc822"


def _also(content: bytes, media_type: str) -> tuple[str, ...]:
    """Other types as which the same bytes open: what a container is wrapped in, what is hidden in an image."""
    also = set()
    if _has_pdf(content):
        also.add("application/pdf")
        also.update(_running_text(content[: content.find(b"%PDF-")]))
    if ends_as_zip(content):
        also.add(zip_kind(ZipContents(content)))
        also.update(_running_text(content[: max(content.find(b"PK\x03\x04"), 0)]))
    if media_type.startswith("image/") and _HTML_IN_BYTES.search(content):
        also.add("text/html")
    if media_type in ("image/gif", "image/bmp") and _SCRIPT_IN_IMAGE.match(content):
        also.add("text/javascript")
    return tuple(sorted(also - {media_type}))


def _running_text(start: bytes) -> Iterator[str]:
    """The type of a script or an HTML page that the bytes are."""
    text = read_text(start[:SNIFFED]) if start else None
    if text is not None and runs(kind := text_kind(text)[0]):
        yield kind
