"""The text, links and pictures of RTF files: one pass over their control words, within fixed limits."""

from __future__ import annotations

import binascii
import codecs
from typing import NamedTuple

import regex

from msgpolicy.facts.files.document_facts import MAX_TEXT, Active, Inspection, Page, Pages, cut
from msgpolicy.later import regex_later

__all__ = ["inspect_rtf", "rtf_pages", "rtf_pictures"]

# Groups inside each other, words and pieces of text, and bytes of all pictures together, that are read.
MAX_DEPTH = 500
MAX_TOKENS = 500_000
MAX_PICTURES = 32 * 1024 * 1024

_TOKEN = regex_later(
    rb"\\(?:([a-z]{1,32}+)(-?\d{1,10}+)?+ ?+|'([0-9a-fA-F]{2})|([^a-z]))|([{}])|[\r\n]++|([^\\{}\r\n]++)",
    regex.IGNORECASE | regex.DOTALL,
)
# Groups whose content is not shown: tables of fonts and styles, what programs keep, what a link or field is made of.
_UNSEEN = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator filetbl themedata datastore"
    b" colorschememapping latentstyles datafield objdata objclass objname pict nonshppict bkmkstart bkmkend xe tc"
    b" atnid atnref atrfstart atrfend mmathPr pgptbl wgrffmtfilter xmlnstbl listtext pntext private docvar".split()
)
# Groups marked as "to be skipped by who does not know them" that are shown all the same, or hold what is.
_SEEN = frozenset(
    b"shppict shpinst shptxt shprslt footnote annotation atnauthor background htmltag nesttableprops ud".split()
)
_MARKS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t", b"nestrow": "\n",
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"emspace": " ", b"enspace": " ", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
# Character sets of fonts (\fcharset) by their Windows code pages.
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_LINK = regex_later(r"HYPERLINK\s++(?:\\[mnot]\s++)*+\"?+([^\\\"\s]{1,2000}+)", regex.IGNORECASE)
_OBJECT = regex_later(rb"\\obj(?:data|ect|ocx|autlink|update)\b")
_STARTS_PROGRAM = regex_later(r"\bDDE(?:AUTO)?+\b", regex.IGNORECASE)
_LOADS = regex_later(
    r"\bINCLUDE(?:PICTURE|TEXT)\s++(?:\\\w\s++)*+\"?+\s*+((?:https?:|ftp:|\\\\)[^\"\s]{1,2000}+)", regex.IGNORECASE
)
_OUTSIDE = regex_later(r"(?:https?:|ftp:|file:|\\\\)[^\s]{0,2000}+", regex.IGNORECASE)
_ABOUT = frozenset(b"title subject author manager company keywords comment doccomm operator category hlinkbase".split())
_HEX = regex_later(rb"(?:[0-9a-fA-F]{2}[\r\n]*+){32,}+")


class _Group(NamedTuple):
    """What holds inside a pair of braces: where text goes ("" nowhere), its code page, bytes after \\u."""

    goes: str = "text"
    codec: str = "cp1252"
    fallback: int = 1


def _read(content: bytes) -> _Reader:
    reader = _Reader()
    for count, match in enumerate(_TOKEN.finditer(content)):
        reader.take(match)
        if reader.room < 0 or count == MAX_TOKENS:
            reader.full = True
            break
    reader.flush()
    return reader


def inspect_rtf(content: bytes) -> Inspection:
    """What in the file acts: objects, a template from elsewhere, fields that start programs or load something."""
    found = [Active("embedded-object")] if _OBJECT.search(content) else []
    if b"template" in content or b"fldinst" in content:
        reader = _read(content)
        fields = "".join(reader.fields)
        if _STARTS_PROGRAM.search(fields):
            found.append(Active("launch"))
        loaded = [*_LOADS.findall(fields), *_OUTSIDE.findall("".join(reader.template))]
        found += (Active("remote-content", address[:200]) for address in dict.fromkeys(loaded))
    return Inspection(tuple(found))


def rtf_pages(content: bytes) -> Pages:
    """The text and the links of the file, page by page; what is said about it (title, author …) is `about`."""
    reader = _read(content)
    pages = [Page(number, "".join(page)) for number, page in enumerate(reader.pages, 1)]
    links = tuple(dict.fromkeys(_LINK.findall("".join(reader.fields))))
    pages[0] = pages[0]._replace(links=links)
    found = cut(pages)
    return found._replace(about="".join(reader.about).strip(), why="too-large" if reader.full else found.why)


class _Reader:
    """Takes the tokens of a file one after the other."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.fields: list[str] = []
        self.about: list[str] = []
        self.template: list[str] = []
        self.room = MAX_TEXT + 1
        self.full = False
        self._state = _Group()
        self._stack: list[_Group] = []
        self._beyond = 0
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._skip = 0
        self._starred = False
        self._bytes = bytearray()
        self._high = ""

    def take(self, match: regex.Match[bytes]) -> None:
        word, number, code, symbol, brace, text = match.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, int(number) if number else None)
        elif code:
            self._raw(bytes((int(code, 16),)))
        elif symbol == b"*":
            self._starred = True
        elif symbol:
            self._put(_SYMBOLS.get(symbol, ""))
        elif text:
            self._raw(text)

    def _brace(self, brace: bytes) -> None:
        self.flush()
        self._skip = 0
        self._starred = False
        if brace == b"{":
            if len(self._stack) < MAX_DEPTH:
                self._stack.append(self._state)
            else:
                self._beyond += 1
                self.full = True
        elif self._beyond:
            self._beyond -= 1
        elif self._stack:
            self._state = self._stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        state, starred, self._starred = self._state, self._starred, False
        if word == b"fldinst":
            self._to("field")
        elif word == b"template":
            self._to("template")
        elif word == b"info":
            self._to("info")
        elif word in _ABOUT and state.goes == "info":
            self._to("about")
            self.about.append("\n")
        elif word == b"fonttbl":
            self._to("fonts")
        elif word in _UNSEEN or (starred and word not in _SEEN):
            self._to("")
        elif word == b"ansicpg" and number:
            self._codec = _known(f"cp{number}") or "cp1252"
            self._to(state.goes, self._codec)
        elif word == b"f" and number is not None:
            self._font = number
            if state.goes != "fonts":
                self._to(state.goes, self._fonts.get(number, self._codec))
        elif word == b"fcharset" and state.goes == "fonts":
            if codec := _CHARSETS.get(number or 0):
                self._fonts[self._font] = codec
        elif word == b"uc":
            self._state = state._replace(fallback=min(max(number or 0, 0), 8))
        elif word == b"u" and number is not None:
            self._unicode(number % 65536)
        elif word == b"page":
            self.flush()
            if state.goes == "text":
                self.pages.append([])
        elif word in _MARKS:
            self._put(_MARKS[word])

    def _to(self, goes: str, codec: str | None = None) -> None:
        self.flush()
        # What is not shown holds nothing that is.
        goes = self._state.goes if self._state.goes == "" else goes
        self._state = self._state._replace(goes=goes, codec=codec or self._state.codec)

    def _unicode(self, number: int) -> None:
        character = chr(number)
        if 0xD800 <= number < 0xDC00:
            self.flush()
            self._high = character
        elif self._high:
            pair, self._high = self._high + character, ""
            self._put(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        else:
            self._put(character if not 0xDC00 <= number < 0xE000 else "\ufffd")
        self._skip = self._state.fallback

    def _raw(self, text: bytes) -> None:
        """Bytes in the code page that holds; those that only repeat what a \\u said are left out."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes += text[skipped:]

    def _put(self, text: str) -> None:
        self.flush()
        goes = self._state.goes
        if goes == "text":
            self.pages[-1].append(text)
            self.room -= len(text)
        elif goes == "field":
            self.fields.append(text)
        elif goes == "about":
            self.about.append(text)
        elif goes == "template":
            self.template.append(text)

    def flush(self) -> None:
        if self._bytes:
            text, self._bytes = bytes(self._bytes).decode(self._state.codec, "replace"), bytearray()
            self._put(text)


def _known(codec: str) -> str | None:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return "utf-8" if codec == "cp65001" else None


def rtf_pictures(content: bytes) -> list[bytes]:
    """The PNG and JPEG files that stand in it in hexadecimal digits, MAX_PICTURES bytes of them at most."""
    found: list[bytes] = []
    room = MAX_PICTURES
    at = 0
    while (at := content.find(b"\\pict", at)) >= 0 and room > 0:
        digits = _HEX.search(content, at)
        if digits is None:
            break
        at = digits.end()
        picture = binascii.unhexlify(digits.group().translate(None, b"\r\n"))
        if picture.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            found.append(picture[:room])
            room -= len(picture)
    return found
