"""What is inside an OLE compound file (.doc, .xls, .ppt, .msg, .msi), by its directory entries.

An entry is 128 bytes at a multiple of 128: a name in UTF-16, the name's length, a type. Entries are looked for by their
names, not through the file's chains of sectors, which a hostile file can bend into loops.
"""

from __future__ import annotations

import regex

from msgpolicy.later import regex_later

__all__ = ["MAGIC", "has_macros", "has_packaged_file", "is_encrypted", "ole_kind", "starts_program"]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STORAGE, _STREAM = 1, 2

# The class of the program that a document belongs to stands in the first entry ...
_CLASSES = {
    bytes.fromhex("0609020000000000c000000000000046"): "application/msword",
    bytes.fromhex("1008020000000000c000000000000046"): "application/vnd.ms-excel",
    bytes.fromhex("2008020000000000c000000000000046"): "application/vnd.ms-excel",
    bytes.fromhex("108d81649b4fcf1186ea00aa00b929e8"): "application/vnd.ms-powerpoint",
    bytes.fromhex("0b0d020000000000c000000000000046"): "application/vnd.ms-outlook",
    bytes.fromhex("84100c0000000000c000000000000046"): "application/x-msi",
    bytes.fromhex("86100c0000000000c000000000000046"): "application/x-msi",  # a patch
}
# ... and what it keeps in which stream, where other programs wrote the file.
_STREAMS = (
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)

# Records of which a few bytes suffice: a presentation says that it has macros (VBAInfoAtom) or a password (the token of
# its CurrentUserAtom), a workbook names a sheet of macros (BoundSheet8 with the type 1).
_SLIDES_WITH_MACROS = regex_later(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", regex.DOTALL)
_SLIDES_WITH_PASSWORD = regex_later(rb"\x00\x00\xf6\x0f.{4}\x14\x00\x00\x00\xdf\xc4\xd1\xf3", regex.DOTALL)
_MACRO_SHEET = regex_later(rb"\x85\x00[\x08-\x60]\x00.{4}[\x00-\x02]\x01[\x01-\x1f]", regex.DOTALL)

# A field of Word that starts another program (DDE), in one byte or two for each character.
_STARTS_PROGRAM = regex_later(
    rb"\x13 *+\"?+DDE(?:AUTO)?+[ \"]|\x13\0(?: \0)*+(?:\"\0)?+D\0D\0E\0(?:A\0U\0T\0O\0)?+[ \"]\0"
)


def ole_kind(content: bytes) -> str:
    """The media type, by the class of the program or by the stream in which it keeps its document."""
    root = _sector(content, int.from_bytes(content[48:52], "little"))
    media_type = _CLASSES.get(root[80:96])
    if media_type:
        return media_type
    for name, kind in _STREAMS:
        if _entry(content, name, _STREAM) >= 0:
            return kind
    return "application/x-ole-storage"


def has_macros(content: bytes) -> bool:
    """Whether there is a VBA project (PowerPoint packs it into its stream), or a sheet of Excel's older macros."""
    if any(_entry(content, name, _STORAGE) >= 0 for name in ("VBA", "Macros", "_VBA_PROJECT_CUR")):
        return True
    if _entry(content, "PowerPoint Document", _STREAM) >= 0:
        return _SLIDES_WITH_MACROS.search(content) is not None
    is_excel = any(_entry(content, name, _STREAM) >= 0 for name in ("Workbook", "Book"))
    return is_excel and _MACRO_SHEET.search(content) is not None


def has_packaged_file(content: bytes) -> bool:
    """Whether a file of any kind is packed into the document, to be opened with a click."""
    return _entry(content, "\x01Ole10Native", _STREAM) >= 0


def starts_program(content: bytes) -> bool:
    """Whether a Word document has a field that starts another program."""
    return _entry(content, "WordDocument", _STREAM) >= 0 and _STARTS_PROGRAM.search(content) is not None


def is_encrypted(content: bytes) -> bool:
    """Whether it needs a password: an encrypted OOXML package, or a Word, Excel or PowerPoint file that says so."""
    if _entry(content, "EncryptedPackage", _STREAM) >= 0 or _SLIDES_WITH_PASSWORD.search(content):
        return True
    word = _start_of_stream(content, "WordDocument")
    if word[:2] == b"\xec\xa5" and word[11] & 1:
        return True
    return any(_asks_for_password(_start_of_stream(content, name)) for name in ("Workbook", "Book"))


def _entry(content: bytes, name: str, kind: int) -> int:
    """Where the directory entry of this name and type begins; -1 when there is none."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = content.find(wanted, 512)
    while at >= 0:
        beside = at % 128
        if not beside and content[at + 64 : at + 67] == bytes((len(wanted), 0, kind)):
            return at
        at = content.find(wanted, at - beside + 128)
    return -1


def _sector(content: bytes, number: int) -> bytes:
    size = 4096 if content[30:31] == b"\x0c" else 512
    return content[(number + 1) * size : (number + 2) * size]


def _start_of_stream(content: bytes, name: str) -> bytes:
    """The first sector of a stream that is long enough (4096 bytes) to have sectors of its own; else empty."""
    entry = _entry(content, name, _STREAM)
    if entry < 0 or int.from_bytes(content[entry + 120 : entry + 124], "little") < 4096:
        return b""
    sector = _sector(content, int.from_bytes(content[entry + 116 : entry + 120], "little"))
    return sector if len(sector) >= 512 else b""


def _asks_for_password(records: bytes) -> bool:
    """Whether an Excel stream begins with BOF and has FILEPASS among the records that come first."""
    at = 0
    while at + 4 <= len(records):
        kind = int.from_bytes(records[at : at + 2], "little")
        if kind == 0x2F:
            return True
        if at == 0 and kind not in (0x809, 0x409, 0x209):
            return False
        at += 4 + int.from_bytes(records[at + 2 : at + 4], "little")
    return False
