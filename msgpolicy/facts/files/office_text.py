"""The text of Office and OpenDocument files: their XML, read by expat, page by page.

Any document type is refused; with it go entity bombs and external entities, which no such file needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from msgpolicy.facts.files.document_facts import Page
from msgpolicy.later import regex_later

__all__ = ["ODF", "OOXML", "OfficeText", "RefusedError", "Rules", "TooMuchError", "parse", "said_by"]

# XML elements that are read of one file.
MAX_ELEMENTS = 1_000_000

_TEXTS, _FIELDS = 0, 2

# What opens an address from a field of Word, or from a formula of Excel.
_FIELD_LINK = regex_later(
    r"\b(?:HYPERLINK|INCLUDEPICTURE|INCLUDETEXT)\s++(?:\\[mnot]\s++)*+\"([^\"\n]{1,2000}+)\""
    r"|\bHYPERLINK\(\s*+\"([^\"\n]{1,2000}+)\""
)


class RefusedError(Exception):
    """The XML declares a document type."""


class TooMuchError(Exception):
    """There is more than what is read."""


class Rules(NamedTuple):
    """How the elements of one format, by their local names, become text.

    `text`: elements whose characters are text. `ends`: what follows an element's end; `marks`: what an empty
    element stands for. `pages`: elements that begin a page. `skipped`: elements that are not shown, or shown twice.
    `fields`: elements that say what a field or a formula does.
    """

    text: frozenset[str]
    ends: dict[str, str]
    marks: dict[str, str]
    pages: frozenset[str]
    skipped: frozenset[str]
    fields: frozenset[str] = frozenset()


OOXML = Rules(
    text=frozenset(("t", "text", "v")),
    ends={"p": "\n", "si": "\n", "is": "\n", "c": "\t", "row": "\n"},
    marks={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    pages=frozenset(("lastRenderedPageBreak",)),
    skipped=frozenset(("Fallback", "rPh", "pPr", "rPr")),
    fields=frozenset(("instrText", "f")),
)
ODF = Rules(
    text=frozenset(("p", "h", "span", "a")),
    ends={"p": "\n", "h": "\n"},
    marks={"tab": "\t", "line-break": "\n", "s": " "},
    pages=frozenset(("soft-page-break", "page")),
    skipped=frozenset(("tracked-changes", "script", "binary-data")),
)


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Reads one XML part; names come as "namespace name".

    Raises:
        RefusedError: it declares a document type.
        expat.ExpatError: it is not well-formed.
    """

    def refuse(*_: object) -> None:
        raise RefusedError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.Parse(xml, True)


def said_by(xml: bytes, names: frozenset[str]) -> str:
    """What the elements of these local names say, each on a line; nothing of XML that cannot be read."""
    said: list[str] = []
    inside = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside += bool(inside) or tag.rpartition(" ")[2] in names

    def end(_: str) -> None:
        nonlocal inside
        inside -= bool(inside)

    def characters(text: str) -> None:
        if inside and not text.isspace():
            said.append(text)

    try:
        parse(xml, start, end, characters)
    except (RefusedError, expat.ExpatError):
        return ""
    return "\n".join(said)


class OfficeText:
    """Gathers the text and the links of a file's parts, page by page."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._pages: list[tuple[list[str], list[str], list[str]]] = []
        self._links: dict[str, str] = {}
        self._room = MAX_ELEMENTS
        self._at = self._reading = self._skipping = 0
        self._breaks = True
        self._indexed = False  # inside a cell that holds no text, but the number of one
        self._into = _TEXTS  # the list of a page that takes characters: its texts, or its fields

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
        self._pages.append(([], [], []))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._room -= 1
        if self._room < 0:
            raise TooMuchError
        name = tag.rpartition(" ")[2]
        texts, links, fields = self._pages[self._at]
        for key, value in attributes.items():
            if key.endswith("relationships id") and value in self._links:
                links.append(self._links[value])
            elif (name == "a" and key.endswith("xlink href")) or (key == "href" and " " in tag):
                links.append(value)
            elif name == "fldSimple" and key.endswith(" instr"):
                fields.append(f"\n{value}\n")
        if name == "fldChar":
            fields.append("\n" * ("begin" in attributes.values()))
        elif name == "c":
            self._indexed = attributes.get("t") in ("s", "b", "e")
        if self._skipping or name in self._rules.skipped:
            self._skipping += 1
            return
        if name in self._rules.fields:
            self._into = _FIELDS
        elif name in self._rules.text:
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
        if name in self._rules.fields:
            self._into = _TEXTS
            self._pages[self._at][_FIELDS].append("\n" * (name == "f"))
            return
        self._reading -= name in self._rules.text
        if name in self._rules.ends:
            self._pages[self._at][_TEXTS].append(self._rules.ends[name])
        self._indexed = self._indexed and name != "v"

    def characters(self, text: str) -> None:
        if not self._skipping and (self._into or (self._reading and not self._indexed)):
            self._pages[self._at][self._into].append(text)

    def pages(self) -> list[Page]:
        """What was gathered; a link that stands twice on a page is given once."""
        return [
            Page(number, "".join(texts), tuple(dict.fromkeys((*links, *_field_links("".join(fields))))))
            for number, (texts, links, fields) in enumerate(self._pages, 1)
        ]


def _field_links(fields: str) -> list[str]:
    return [field or formula for field, formula in _FIELD_LINK.findall(fields)]
