"""Office and OpenDocument files (.docx, .xlsx, .pptx, .odt, .ods, .odp): text, links, and what acts by itself.

They are zip files with XML inside. The XML is read by expat, which refuses any document type: with it go entity bombs
and external entities, which no such file needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

import regex

from msgpolicy.facts.files.document_facts import Active, Inspection, Pages, Unreadable, cut
from msgpolicy.facts.files.file_names import extensions_of
from msgpolicy.facts.files.kinds import kind_of_extension
from msgpolicy.facts.files.office_text import ODF, OOXML, OfficeText, RefusedError, Rules, TooMuchError, parse, said_by
from msgpolicy.facts.files.zip_files import ZipContents, content_types
from msgpolicy.later import regex_later
from msgpolicy.report import Why

__all__ = ["inspect_office", "is_office", "office_pages"]

# Bytes of XML that are read of one file, and of its lists of relationships.
MAX_XML = 16 * 1024 * 1024
MAX_RELATIONS = 2 * 1024 * 1024


# The parts of each format that hold text. The first of them (by name and number) begins the pages; each slide is one;
# what stands in the others (headers, notes, sheets) is read as part of the first page.
_PARTS = (
    (OOXML, regex_later(r"word/(?:(?:document|header|footer|comments)\d*+|footnotes|endnotes)\.xml")),
    (
        OOXML,
        regex_later(
            r"xl/(?:sharedStrings|(?:worksheets/sheet|drawings/drawing|comments/?+(?:comment)?+|threadedComments/threadedComment)\d++)\.xml"
        ),
    ),
    (OOXML, regex_later(r"ppt/(?:(?:slides/slide|notesSlides/notesSlide)\d++|comments/\w++)\.xml")),
    (ODF, regex_later(r"(?:content|styles)\.xml")),
)
# OpenDocument keeps another program's object in a file of this name; charts are in folders.
_EMBEDDED = regex_later(r"(?:word|xl|ppt)/(?:embeddings|activeX)/[^/]++|Object \d++", regex.IGNORECASE)
# Fields of Word, and links of Excel, that start another program (DDE).
_STARTS_PROGRAM = regex_later(
    rb"(?:<w:instrText[^>]*+>[\s\"]*+|w:instr=[\"']\s*+)DDE(?:AUTO)?+\b|<(?:\w++:)?+ddeLink\b", regex.IGNORECASE
)
_WITH_FIELDS = regex_later(r"(?:word|xl/externalLinks)/[^/.]++\.xml", regex.IGNORECASE)
# The main part of a workbook that is not written in XML; its text is not read.
_BINARY = "xl/workbook.bin"
_MACROS = regex_later(r".*vbaProject\.bin|xl/macrosheets/.++|(?:Basic|Scripts)/.*[^/]", regex.IGNORECASE | regex.DOTALL)
# Properties of a document that say something, and where they are kept.
_ABOUT_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_ABOUT = frozenset(
    ("title", "subject", "creator", "initial-creator", "keywords", "keyword", "description", "category",
     "lastModifiedBy", "Company", "Manager", "HyperlinkBase", "lpwstr", "user-defined")
)  # fmt: skip
MAX_ABOUT = 200_000  # bytes of each
# A relationship to a file of another kind that Word takes in as text.
_CHUNK = "/aFChunk"
# What a relationship may name outside the file without loading it: what a click opens.
_LINKS = ("/hyperlink", "/externalLinkPath")
_NUMBER = regex_later(r"\d++")
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
            if kind_of_relation.endswith(_CHUNK):
                found[Active("embedded-object", target.rpartition("/")[2][:200])] = None
            elif not kind_of_relation.endswith(_LINKS):
                found[Active("remote-content", target[:200])] = None
        for name in names:
            parse(contents.read(name, _PROLOG) or b"")
    except TooMuchError:
        unreadable = "too large"
    except RefusedError:
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
    text = OfficeText(rules)
    why: Why | None = None
    try:
        links = {(part, key): target for part, key, kind, target in _outside(contents) if key and kind[-8:] != _CHUNK}
        room = MAX_XML
        for name in names:
            if contents.size(name) > room:
                raise TooMuchError
            part = contents.read(name)
            room -= len(part or b"")
            text.begin(
                slide=name.startswith("ppt/slides/"), links={key: url for (of, key), url in links.items() if of == name}
            )
            parse(part or b"", text.start, text.end, text.characters)
    except TooMuchError:
        why = "too-large"
    except (RefusedError, expat.ExpatError):
        why = "unreadable"
    pages = cut(text.pages())
    if not names:
        return Pages(None, "not-covered" if _BINARY in contents else "unreadable")
    return Pages(pages.pages or None, why or pages.why, _about(contents))


def _about(contents: ZipContents) -> str:
    """What the properties of the file say, one after the other."""
    said = (said_by(contents.read(name, MAX_ABOUT) or b"", _ABOUT) for name in _ABOUT_PARTS)
    return "\n".join(text for text in said if text)


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


def _parts(contents: ZipContents) -> tuple[list[str], Rules]:
    """The parts that hold text, in the order in which they are read, and the rules of their format."""
    for rules, pattern in _PARTS:
        names = [name for name in contents.names if pattern.fullmatch(name)]
        if names:
            return sorted(names, key=_reading_order), rules
    return [], ODF


def _reading_order(name: str) -> tuple[bool, str, int]:
    number = _NUMBER.search(name)
    return (
        "document" not in name and "slides/slide" not in name,
        _NUMBER.sub("", name),
        int(number.group()[:9]) if number else 0,
    )


def _outside(contents: ZipContents) -> Iterator[tuple[str, str, str, str]]:
    """What the file's relationships name outside of it, or take in as text: (the part, its key, the type, the target).

    Raises:
        TooMuchError, RefusedError, expat.ExpatError: the lists of relationships cannot be read.
    """
    lists = [name for name in contents.names if name.endswith(".rels")]
    if sum(contents.size(name) for name in lists) > MAX_RELATIONS:
        raise TooMuchError
    found: list[tuple[str, str, str, str]] = []
    for name in lists:
        folder, _, file = name.rpartition("_rels/")
        part = folder + file.removesuffix(".rels")

        def start(_tag: str, attributes: dict[str, str], part: str = part) -> None:
            if attributes.get("TargetMode", "").lower() == "external" or attributes.get("Type", "").endswith(_CHUNK):
                values = (attributes.get(key, "") for key in ("Id", "Type", "Target"))
                found.append((part, *values))  # type: ignore[arg-type]

        parse(contents.read(name) or b"", start)
    yield from found
