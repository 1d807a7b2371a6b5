"""What is inside a zip file, read within fixed limits: a hostile archive costs no more than an honest one."""

from __future__ import annotations

import io
import zipfile

from msgpolicy.facts.files.document_facts import Unreadable

__all__ = [
    "MAX_ENTRIES",
    "MAX_PART",
    "MAX_RATIO",
    "MAX_UNPACKED",
    "ZipContents",
    "content_types",
    "ends_as_zip",
    "zip_kind",
]

MAX_ENTRIES = 10_000
# Bytes that all entries together may claim to unpack to, and what the ratio may be once that is more than MAX_PART.
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 150
# Bytes of one entry that are unpacked; also all that is ever in memory at once.
MAX_PART = 16 * 1024 * 1024

_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END = b"PK\x05\x06"


class ZipContents:
    """The listing of a zip file. `unreadable` says why there is none, or why nothing in it may be unpacked.

    Reasons: "encrypted" (needs a password), "truncated" (the listing at the end is missing), "damaged",
    "too large" (more than MAX_ENTRIES), "bomb" (unpacks to far more than it is).
    """

    def __init__(self, content: bytes) -> None:
        self.names: tuple[str, ...] = ()
        self.unreadable: Unreadable | None = None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        # Each entry of the listing begins so; zipfile would make an object of every one.
        if content.count(b"PK\x01\x02") > MAX_ENTRIES:
            self.unreadable = "too large"
            return
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            infos = self._file.infolist()
        except Exception:  # zipfile raises many kinds of exceptions on garbage
            self.unreadable = "damaged" if _END in content else "truncated"
            return
        self.names = tuple(info.filename for info in infos)
        # Office programs take names of parts in any case.
        self._infos = {info.filename.lower(): info for info in infos}
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_UNPACKED or (unpacked > MAX_PART and unpacked > MAX_RATIO * len(content)):
            self.unreadable = "bomb"
        elif any(info.flag_bits & 1 for info in infos):
            self.unreadable = "encrypted"

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def read(self, name: str, limit: int = MAX_PART) -> bytes | None:
        """The first `limit` bytes of an entry (its name in any case); None when it is not there or cannot be read."""
        info = self._infos.get(name.lower())
        if info is None or self.unreadable or info.compress_type not in _STORED_OR_DEFLATED:
            return None
        try:
            with self._file.open(info) as entry:
                return entry.read(limit)
        except Exception:  # as above
            return None

    def size(self, name: str) -> int:
        """The unpacked size in bytes that the listing gives for an entry; 0 when it is not there."""
        info = self._infos.get(name.lower())
        return info.file_size if info else 0


def ends_as_zip(content: bytes) -> bool:
    """Whether a zip file's listing ends exactly at the end of the bytes, whatever they begin with."""
    at = content.rfind(_END, -(22 + 65535))
    return at >= 0 and at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") == len(content)


# The content type of an OOXML file's main part, and the media type of the file; those with macros first.
_OOXML = "application/vnd.openxmlformats-officedocument."
_MS = "application/vnd.ms-"
_MAIN_PARTS = (
    (b"ms-word.document.macroEnabled.main", _MS + "word.document.macroEnabled.12"),
    (b"ms-word.template.macroEnabledTemplate.main", _MS + "word.template.macroEnabled.12"),
    (b"ms-excel.sheet.macroEnabled.main", _MS + "excel.sheet.macroEnabled.12"),
    (b"ms-excel.template.macroEnabled.main", _MS + "excel.template.macroEnabled.12"),
    (b"ms-excel.addin.macroEnabled.main", _MS + "excel.addin.macroEnabled.12"),
    (b"ms-excel.sheet.binary.macroEnabled.main", _MS + "excel.sheet.binary.macroEnabled.12"),
    (b"ms-powerpoint.presentation.macroEnabled.main", _MS + "powerpoint.presentation.macroEnabled.12"),
    (b"ms-powerpoint.slideshow.macroEnabled.main", _MS + "powerpoint.slideshow.macroEnabled.12"),
    (b"ms-powerpoint.template.macroEnabled.main", _MS + "powerpoint.template.macroEnabled.12"),
    (b"wordprocessingml.document.main+xml", _OOXML + "wordprocessingml.document"),
    (b"wordprocessingml.template.main+xml", _OOXML + "wordprocessingml.template"),
    (b"spreadsheetml.sheet.main+xml", _OOXML + "spreadsheetml.sheet"),
    (b"spreadsheetml.template.main+xml", _OOXML + "spreadsheetml.template"),
    (b"presentationml.presentation.main+xml", _OOXML + "presentationml.presentation"),
    (b"presentationml.slideshow.main+xml", _OOXML + "presentationml.slideshow"),
    (b"presentationml.template.main+xml", _OOXML + "presentationml.template"),
)
# Where the main part usually is, for a file whose content types cannot be read.
_USUAL_PARTS = (
    ("word/document.xml", _OOXML + "wordprocessingml.document"),
    ("xl/workbook.xml", _OOXML + "spreadsheetml.sheet"),
    ("ppt/presentation.xml", _OOXML + "presentationml.presentation"),
)
_SELF_NAMED = ("application/vnd.oasis.opendocument.", "application/epub+zip")


def zip_kind(contents: ZipContents) -> str:
    """The media type of a zip file by its listing: an Office or OpenDocument file, a Java program, or just a zip."""
    types = content_types(contents)
    for part, kind in _MAIN_PARTS:
        if part in types:
            return kind
    if "[Content_Types].xml" in contents:
        for name, kind in _USUAL_PARTS:
            if name in contents:
                return kind
    self_named = (contents.read("mimetype", 128) or b"").decode("ascii", "replace").strip()
    if self_named.startswith(_SELF_NAMED):
        return self_named
    if "AndroidManifest.xml" in contents:
        return "application/vnd.android.package-archive"
    if "META-INF/MANIFEST.MF" in contents and any(name.lower().endswith(".class") for name in contents.names):
        return "application/java-archive"
    return "application/zip"


def content_types(contents: ZipContents) -> bytes:
    """The list of an OOXML file's content types, whichever of XML's encodings it is in; empty when there is none."""
    return (contents.read("[Content_Types].xml") or b"").replace(b"\0", b"")
