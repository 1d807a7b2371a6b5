"""The text of the older Office formats (.doc, .ppt), as their streams hold it.

A Word document's text lies in pieces, listed in a table; a presentation's in records. [MS-DOC], [MS-PPT].
"""

from __future__ import annotations

from msgpolicy.facts.files.compound_files import CompoundFile
from msgpolicy.facts.files.document_facts import MAX_TEXT, Page, Pages, cut
from msgpolicy.later import regex_later

__all__ = ["old_office_pages"]

# Records of a presentation, and bytes of links beside the text, that are looked at.
MAX_RECORDS = 200_000
MAX_PIECES = 100_000

# Field codes stand between 0x13 and 0x14, what they show between 0x14 and 0x15.
_LINK = regex_later(r"\x13\s*+HYPERLINK\s++(?:\\[mnot]\s++)*+\"([^\"\x13-\x15]{1,2000}+)\"")
_CODE = regex_later(r"\x13[^\x13-\x15]*+\x14?+|[\x01\x02\x05\x08\x14\x15]")
_ENDS = str.maketrans({"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": None, "\0": None})
# An address in UTF-16 beside the text: where a presentation keeps those of its links.
_ADDRESS = regex_later(rb"(?:h\0t\0t\0p\0|m\0a\0i\0l\0t\0o\0|t\0e\0l\0:\0)(?:[\x21-\x7e]\0){3,500}")


def old_office_pages(content: bytes, media_type: str) -> Pages:
    """The text and the links of a .doc or .ppt file, as one page; "not-covered" for other kinds and older releases."""
    file = CompoundFile(content)
    if media_type == "application/msword":
        return _word(file)
    if media_type == "application/vnd.ms-powerpoint":
        return _slides(file)
    return Pages(None, "not-covered")


def _word(file: CompoundFile) -> Pages:
    main = file.stream("WordDocument")
    if main[:2] != b"\xec\xa5" or int.from_bytes(main[2:4], "little") < 0xC1:
        return Pages(None, "not-covered")  # Word 95 and older
    table = file.stream("1Table" if main[11] & 2 else "0Table")
    at, size = (int.from_bytes(main[place : place + 4], "little") for place in (0x1A2, 0x1A6))
    text = _pieces(main, table[at : at + size])
    if text is None:
        return Pages(None, "unreadable")
    links = tuple(dict.fromkeys(_LINK.findall(text)))
    return cut([Page(1, _CODE.sub("", text).translate(_ENDS), links)])


def _pieces(main: bytes, table: bytes) -> str | None:
    """The text of all pieces; None where their table cannot be read."""
    at = 0
    while table[at : at + 1] == b"\x01":  # what formats come first
        at += 3 + int.from_bytes(table[at + 1 : at + 3], "little")
    if table[at : at + 1] != b"\x02":
        return None
    pieces = table[at + 5 : at + 5 + int.from_bytes(table[at + 1 : at + 5], "little")]
    count = (len(pieces) - 4) // 12
    ends = [int.from_bytes(pieces[4 * n : 4 * n + 4], "little") for n in range(count + 1)]
    found: list[str] = []
    room = MAX_TEXT + 1
    for number in range(min(count, MAX_PIECES)):
        place = 4 * (count + 1) + 8 * number + 2
        start = int.from_bytes(pieces[place : place + 4], "little")
        length = min(max(ends[number + 1] - ends[number], 0), room)
        if start & 0x40000000:  # one byte for each character
            start = (start & 0x3FFFFFFF) // 2
            text = main[start : start + length].decode("cp1252", "replace")
        else:
            text = main[start : start + 2 * length].decode("utf-16-le", "replace")
        found.append(text)
        room -= len(text)
    return "".join(found)


def _slides(file: CompoundFile) -> Pages:
    records = file.stream("PowerPoint Document")
    found: list[str] = []
    at = 0
    for _ in range(MAX_RECORDS):
        if at + 8 > len(records):
            break
        version, kind = records[at] & 15, int.from_bytes(records[at + 2 : at + 4], "little")
        size = int.from_bytes(records[at + 4 : at + 8], "little")
        at += 8
        if version == 15:  # it holds records
            continue
        if kind in (0x0FA0, 0x0FBA):
            found.append(records[at : at + size].decode("utf-16-le", "replace"))
        elif kind == 0x0FA8:
            found.append(records[at : at + size].decode("latin-1"))
        at += size
    links = [match.decode("utf-16-le") for match in _ADDRESS.findall(records)]
    text = "\n".join(found).translate(_ENDS)
    return cut([Page(1, text, tuple(dict.fromkeys(links)))]) if found else Pages(None, "not-covered")
