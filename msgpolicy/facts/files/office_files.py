"""Office and OpenDocument files (.docx, .xlsx, .pptx, .odt, .ods, .odp): text, links, and what acts by itself.

They are zip files with XML inside. The XML is read by expat, which refuses any document type: with it go entity bombs
and external entities, which no such file needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

import regex

from msgpolicy.facts.files.document_facts import Active, Inspection, Page, Pages, Unreadable, cut
from msgpolicy.facts.files.file_names import extensions_of
from msgpolicy.facts.files.kinds import kind_of_extension
from msgpolicy.facts.files.zip_files import ZipContents, content_types
from msgpolicy.report import Why

__all__ = ["inspect_office", "is_office", "office_pages"]

# Bytes of XML that are read of one file, XML elements in it, bytes of its lists of relationships.
MAX_XML = 16 * 1024 * 1024
MAX_ELEMENTS = 1_000_000
MAX_RELATIONS = 2 * 1024 * 1024


class _RefusedError(Exception):
    """The XML declares a document type."""


class _TooMuchError(Exception):
    """There is more than what is read."""


class _Rules(NamedTuple):
    """How the elements of one format, by their local names, become text.

    `text`: elements whose characters are text. `ends`: what follows such an element's end; `marks`: what an empty
    element stands for. `pages`: elements that begin a page. `skipped`: elements that are not shown, or shown twice.
    """

    text: frozenset[str]
    ends: dict[str, str]
    marks: dict[str, str]
    pages: frozenset[str]
    skipped: frozenset[str]


_OOXML = _Rules(
    text=frozenset(("t",)),
    ends={"p": "\n", "si": "\n", "is": "\n"},
    marks={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    pages=frozenset(("lastRenderedPageBreak",)),
    skipped=frozenset(("Fallback", "rPh", "pPr", "rPr")),
)
_ODF = _Rules(
    text=frozenset(("p", "h", "span", "a")),
    ends={"p": "\n", "h": "\n"},
    marks={"tab": "\t", "line-break": "\n", "s": " "},
    pages=frozenset(("soft-page-break", "page")),
    skipped=frozenset(("tracked-changes", "annotation", "script", "binary-data")),
)

# The parts of each format that hold text. The first of them (by name and number) begins the pages; each slide is one;
# what stands in the others (headers, notes, sheets) is read as part of the first page.
_PARTS = (
    (_OOXML, regex.compile(r"word/(?:document\d*+|(?:header|footer)\d*+|footnotes|endnotes)\.xml")),
    (_OOXML, regex.compile(r"xl/(?:sharedStrings|(?:worksheets/sheet|drawings/drawing)\d++)\.xml")),
    (_OOXML, regex.compile(r"ppt/slides/slide\d++\.xml")),
    (_ODF, regex.compile(r"(?:content|styles)\.xml")),
)
# OpenDocument keeps another program's object in a file of this name; charts are in folders.
_EMBEDDED = regex.compile(r"(?:word|xl|ppt)/(?:embeddings|activeX)/[^/]++|Object \d++", regex.IGNORECASE)
# Fields of Word, and links of Excel, that start another program (DDE).
_STARTS_PROGRAM = regex.compile(
    rb"(?:<w:instrText[^>]*+>[\s\"]*+|w:instr=[\"']\s*+)DDE(?:AUTO)?+\b|<(?:\w++:)?+ddeLink\b", regex.IGNORECASE
)
_WITH_FIELDS = regex.compile(r"(?:word|xl/externalLinks)/[^/.]++\.xml", regex.IGNORECASE)
# The main part of a workbook that is not written in XML; its text is not read.
_BINARY = "xl/workbook.bin"
_MACROS = regex.compile(
    r".*vbaProject\.bin|xl/macrosheets/.++|(?:Basic|Scripts)/.*[^/]", regex.IGNORECASE | regex.DOTALL
)
# What a relationship may name outside the file without loading it: what a click opens.
_LINKS = ("/hyperlink", "/externalLinkPath")
_NUMBER = regex.compile(r"\d++")
# The beginning of a part, in which a document type would stand; and the errors of a part that ends after it.
_PROLOG = 4096
_CUT_SHORT = [
    expat.errors.codes[error]
    for error in (
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
]


def is_office(media_type: str) -> bool:
    """Whether files of this type are read here."""
    return (
        media_type.startswith(("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."))
        or "macroEnabled" in media_type
    )


def inspect_office(contents: ZipContents) -> Inspection:
    """What in the file acts by itself, and why it cannot be opened, if it cannot."""
    closed = _why_closed(contents)
    if closed:
        return Inspection((), closed)
    found: dict[Active, None] = {}
    if b"vbaProject" in content_types(contents) or any(_MACROS.fullmatch(name) for name in contents.names):
        found[Active("macros")] = None
    for name in contents.names:
        # The table behind a chart is embedded as a whole workbook; it only opens as such.
        kind = kind_of_extension((extensions_of(name) or ("",))[-1])
        if _EMBEDDED.fullmatch(name) and not (kind and is_office(kind.media_type) and "macro" not in kind.media_type):
            found[Active("embedded-object", name.rpartition("/")[2])] = None
    if _starts_program(contents):
        found[Active("launch")] = None
    names, _ = _parts(contents)
    unreadable: Unreadable | None = None if names or _BINARY in contents else "damaged"
    try:
        for _, _, kind_of_relation, target in _outside(contents):
            if not kind_of_relation.endswith(_LINKS):
                found[Active("remote-content", target[:200])] = None
        for name in names:
            _parse(contents.read(name, _PROLOG) or b"")
    except _TooMuchError:
        unreadable = "too large"
    except _RefusedError:
        unreadable = "damaged"
    except expat.ExpatError as error:
        if error.code not in _CUT_SHORT:
            unreadable = "damaged"
    return Inspection(tuple(found), unreadable)


def office_pages(contents: ZipContents) -> Pages:
    """The text and the links of the file."""
    closed = _why_closed(contents)
    if closed:
        return Pages(None, "too-large" if closed in ("bomb", "too large") else "unreadable")
    names, rules = _parts(contents)
    text = _Text(rules)
    why: Why | None = None
    try:
        links = {(part, key): target for part, key, _, target in _outside(contents) if key}
        room = MAX_XML
        for name in names:
            if contents.size(name) > room:
                raise _TooMuchError
            part = contents.read(name)
            room -= len(part or b"")
            text.begin(
                slide=name.startswith("ppt/"), links={key: url for (of, key), url in links.items() if of == name}
            )
            _parse(part or b"", text.start, text.end, text.characters)
    except _TooMuchError:
        why = "too-large"
    except (_RefusedError, expat.ExpatError):
        why = "unreadable"
    pages = cut(text.pages())
    if not names:
        return Pages(None, "not-covered" if _BINARY in contents else "unreadable")
    return Pages(pages.pages or None, why or pages.why)


def _starts_program(contents: ZipContents) -> bool:
    room = MAX_XML
    for name in contents.names:
        if room > 0 and _WITH_FIELDS.fullmatch(name):
            part = contents.read(name, room) or b""
            room -= len(part)
            if _STARTS_PROGRAM.search(part.replace(b"\0", b"")):
                return True
    return False


def _why_closed(contents: ZipContents) -> Unreadable | None:
    """Why the parts cannot be read, if they cannot. OpenDocument files encrypt each part, not the archive."""
    if contents.unreadable is None and b"encryption-data" in (contents.read("META-INF/manifest.xml") or b""):
        return "encrypted"
    return contents.unreadable


def _parts(contents: ZipContents) -> tuple[list[str], _Rules]:
    """The parts that hold text, in the order in which they are read, and the rules of their format."""
    for rules, pattern in _PARTS:
        names = [name for name in contents.names if pattern.fullmatch(name)]
        if names:
            return sorted(names, key=_reading_order), rules
    return [], _ODF


def _reading_order(name: str) -> tuple[bool, str, int]:
    number = _NUMBER.search(name)
    return "document" not in name, _NUMBER.sub("", name), int(number.group()[:9]) if number else 0


def _outside(contents: ZipContents) -> Iterator[tuple[str, str, str, str]]:
    """What the file's relationships name outside of it: (the part that does, its key for it, the type, the target).

    Raises:
        _TooMuchError, _RefusedError, expat.ExpatError: the lists of relationships cannot be read.
    """
    lists = [name for name in contents.names if name.endswith(".rels")]
    if sum(contents.size(name) for name in lists) > MAX_RELATIONS:
        raise _TooMuchError
    found: list[tuple[str, str, str, str]] = []
    for name in lists:
        folder, _, file = name.rpartition("_rels/")
        part = folder + file.removesuffix(".rels")

        def start(_tag: str, attributes: dict[str, str], part: str = part) -> None:
            if attributes.get("TargetMode", "").lower() == "external":
                values = (attributes.get(key, "") for key in ("Id", "Type", "Target"))
                found.append((part, *values))  # type: ignore[arg-type]

        _parse(contents.read(name) or b"", start)
    yield from found


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Reads one XML part; names come as "namespace name".

    Raises:
        _RefusedError: it declares a document type.
        expat.ExpatError: it is not well-formed.
    """

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.Parse(xml, True)


class _Text:
    """Gathers the text and the links of a file's parts, page by page."""

    def __init__(self, rules: _Rules) -> None:
        self._rules = rules
        self._pages: list[tuple[list[str], list[str]]] = []
        self._links: dict[str, str] = {}
        self._room = MAX_ELEMENTS
        self._at = self._reading = self._skipping = 0
        self._breaks = True

    def begin(self, *, slide: bool, links: dict[str, str]) -> None:
        """The next part, whose relationships name these links."""
        self._links = links
        self._reading = self._skipping = 0
        self._breaks = slide or not self._pages
        self._at = 0
        if self._breaks:
            self._new_page()

    def _new_page(self) -> None:
        self._at = len(self._pages)
        self._pages.append(([], []))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._room -= 1
        if self._room < 0:
            raise _TooMuchError
        name = tag.rpartition(" ")[2]
        texts, links = self._pages[self._at]
        for key, value in attributes.items():
            if key.endswith("relationships id") and value in self._links:
                links.append(self._links[value])
            elif name == "a" and key.endswith("xlink href"):
                links.append(value)
        if self._skipping or name in self._rules.skipped:
            self._skipping += 1
            return
        if name in self._rules.text:
            self._reading += 1
        elif name in self._rules.marks:
            texts.append(self._rules.marks[name])
        breaks = name in self._rules.pages or (name == "br" and "page" in attributes.values())
        if breaks and self._breaks and any(not text.isspace() for text in texts):
            self._new_page()

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self._skipping:
            self._skipping -= 1
            return
        self._reading -= name in self._rules.text
        if name in self._rules.ends:
            self._pages[self._at][0].append(self._rules.ends[name])

    def characters(self, text: str) -> None:
        if self._reading and not self._skipping:
            self._pages[self._at][0].append(text)

    def pages(self) -> list[Page]:
        """What was gathered; a link that stands twice on a page is given once."""
        return [
            Page(number, "".join(texts), tuple(dict.fromkeys(links)))
            for number, (texts, links) in enumerate(self._pages, 1)
        ]
