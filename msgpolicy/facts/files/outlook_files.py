"""Mails as Outlook writes them: .msg files, and the winmail.dat (TNEF) that it wraps formatting and files in.

Both hold MAPI properties: numbers with a type and a value. [MS-OXMSG], [MS-OXTNEF], [MS-OXRTFCP].
"""

from __future__ import annotations

from typing import NamedTuple

from msgpolicy.facts.files.compound_files import CompoundFile

__all__ = ["TNEF_MAGIC", "OutlookMail", "read_msg", "read_tnef"]

TNEF_MAGIC = b"\x78\x9f\x3e\x22"

# Attributes of a TNEF file, properties of one list, and bytes that a compressed body may unpack to.
MAX_ATTRIBUTES = 10_000
MAX_PROPERTIES = 5_000
MAX_BODY = 4 * 1024 * 1024

_SUBJECT, _BODY, _RTF, _HTML, _DATA, _NAME, _SHORT_NAME = 0x0037, 0x1000, 0x1009, 0x1013, 0x3701, 0x3707, 0x3704
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8,
          0x0048: 16}  # fmt: skip
_VARIABLE = (0x000D, 0x001E, 0x001F, 0x0102)

# What a compressed body refers back to before anything was written.
_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b"
    b"\\i\\u\\tab\\tx"
)


class OutlookMail(NamedTuple):
    """What is in the mail: text with its subject, HTML and RTF as bytes (empty where there is none), and its files."""

    text: str
    html: bytes
    rtf: bytes
    files: tuple[tuple[str, bytes], ...]


def read_msg(content: bytes) -> OutlookMail:
    """A .msg file; a mail inside it is not looked into."""
    file = CompoundFile(content)
    found: dict[tuple[str, ...], dict[int, bytes]] = {}
    for entry in file.entries:
        name = entry.path[-1]
        if entry.is_stream and name.startswith("__substg1.0_") and len(entry.path) <= 2:
            try:
                tag = int(name[12:20], 16)
            except ValueError:
                continue
            if tag >> 16 in (_SUBJECT, _BODY, _RTF, _HTML, _DATA, _NAME, _SHORT_NAME):
                found.setdefault(entry.path[:-1], {})[tag] = file.read(entry)
    files = [_file(properties) for path, properties in found.items() if path and path[0].startswith("__attach")]
    return _mail(found.get((), {}), files)


def read_tnef(content: bytes) -> OutlookMail | None:
    """A winmail.dat; None where it is cut off before anything was read."""
    properties: dict[int, bytes] = {}
    files: list[list[tuple[int, bytes]]] = []
    at = 6
    for _ in range(MAX_ATTRIBUTES):
        if at + 11 > len(content):
            break
        kind = int.from_bytes(content[at + 1 : at + 5], "little")
        size = int.from_bytes(content[at + 5 : at + 9], "little")
        data = content[at + 9 : at + 9 + size]
        at += 11 + size
        if kind == 0x00069002:  # a new attached file
            files.append([])
        elif kind == 0x0006800F and files:
            files[-1].append((_DATA << 16 | 0x0102, data))
        elif kind == 0x00018010 and files:
            files[-1].append((_SHORT_NAME << 16 | 0x001E, data))
        elif kind == 0x00069005 and files:
            files[-1].extend(_properties(data).items())
        elif kind == 0x00069003:
            properties |= _properties(data)
        elif kind == 0x0002800C:
            properties.setdefault(_BODY << 16 | 0x001E, data)
        elif kind == 0x00018004:
            properties.setdefault(_SUBJECT << 16 | 0x001E, data)
    if not properties and not files:
        return None
    return _mail(properties, [_file(dict(file)) for file in files])


def _mail(properties: dict[int, bytes], files: list[tuple[str, bytes]]) -> OutlookMail:
    lines = [_text(properties, number) for number in (_SUBJECT, _BODY)]
    html = properties.get(_HTML << 16 | 0x0102) or _text(properties, _HTML).encode()
    rtf = _unpacked(properties.get(_RTF << 16 | 0x0102, b""))
    return OutlookMail("\n".join(line for line in lines if line), html, rtf, tuple(file for file in files if file[1]))


def _file(properties: dict[int, bytes]) -> tuple[str, bytes]:
    return _text(properties, _NAME) or _text(properties, _SHORT_NAME), properties.get(_DATA << 16 | 0x0102, b"")


def _text(properties: dict[int, bytes], number: int) -> str:
    wide = properties.get(number << 16 | 0x001F)
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return properties.get(number << 16 | 0x001E, b"").decode("cp1252", "replace").rstrip("\0")


def _properties(data: bytes) -> dict[int, bytes]:
    """The values of a list of MAPI properties by their tags (number and type), as far as it can be followed."""
    found: dict[int, bytes] = {}
    at = 4

    def number() -> int:
        nonlocal at
        at += 4
        return int.from_bytes(data[at - 4 : at], "little")

    for _ in range(min(int.from_bytes(data[:4], "little"), MAX_PROPERTIES)):
        tag = number()
        kind = tag & 0xFFFF
        if tag >= 0x80000000:  # it has a name in place of a number
            at += 16
            if number():
                at += _padded(number())
            else:
                at += 4
        many = bool(kind & 0x1000)
        kind &= 0xEFFF
        variable = kind in _VARIABLE
        if not variable and kind not in _FIXED:
            break
        for _ in range(min(number(), MAX_PROPERTIES) if many or variable else 1):
            size = number() if variable else _FIXED[kind]
            found.setdefault(tag, data[at : at + size])
            at += _padded(size)
            if at >= len(data):
                return found
    return found


def _padded(size: int) -> int:
    return size + -size % 4


def _unpacked(packed: bytes) -> bytes:
    """A compressed body: literal bytes, and references (where, how many) into the last 4096 that were written."""
    if packed[8:12] == b"MELA":
        return packed[16:]
    if packed[8:12] != b"LZFu":
        return b""
    out = bytearray(_BEFORE)
    at = 16
    while at < len(packed) and len(out) < MAX_BODY:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(packed[at : at + 2], "big")
            at += 2
            place = len(out) % 4096
            back = (place - (reference >> 4)) % 4096
            if not back or back > len(out) or at > len(packed):
                return bytes(out[len(_BEFORE) :])
            for _ in range((reference & 15) + 2):
                out.append(out[-back])
    return bytes(out[len(_BEFORE) :])
