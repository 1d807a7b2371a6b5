"""XML outside of archives: SVG drawings, office files written as one XML, invoice data.

expat reads it with namespaces. Entities that are made of others, of markup, or of what lies outside are refused: with
them go entity bombs and external entities.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

import regex

from msgpolicy.facts.files.document_facts import Active, Inspection, Page, Pages, Unreadable, cut
from msgpolicy.later import regex_later

__all__ = ["inspect_xml", "xml_pages"]

# Bytes that are read, and code points of an entity that is declared.
MAX_XML = 4 * 1024 * 1024
MAX_ENTITY = 200

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_ACTING = frozenset(("script", "handler", "foreignobject", "iframe", "embed", "object"))
_OUTSIDE = regex_later(r"\s*+(?:https?:|ftp:|//)", regex.IGNORECASE)
_SCRIPT_ADDRESS = regex_later(r"\s*+(?:javascript|vbscript|data:text/html)", regex.IGNORECASE)
_STYLE_OUTSIDE = regex_later(r"(?:url\(|@import)\s*+[\"']?+\s*+(?:https?:|//)", regex.IGNORECASE)
# The same where the XML cannot be read.
_RAW_SCRIPT = regex_later(
    rb"<(?:[\w-]++:)?script\b|\son\w++\s*+=|javascript:|<(?:[\w-]++:)?foreignObject\b", regex.IGNORECASE
)
# How Word keeps macros in a file that is all XML, in the older format and in the newer one.
_MACROS = regex_later(r"(?:.*/)?+(?:editdata\.mso|oledata\.mso|vbaProject\.bin)", regex.IGNORECASE)

# Elements whose characters nobody reads, whatever the format; and attributes that hold an address to go to.
_UNSEEN = frozenset(("script", "style", "binData", "binaryData", "binary-data", "EmbeddedDocumentBinaryObject"))
_ADDRESSES = frozenset(("href", "dest", "Target", "HRef"))


class _EntityError(Exception):
    """An entity is made of others, of markup, or of what lies outside the file."""


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    def entity(_name: str, _parameter: bool, value: str | None, *_: object) -> None:
        # Drawing programs name their namespaces so; what is made of others is a bomb, or markup in disguise.
        if value is None or len(value) > MAX_ENTITY or "&" in value or "<" in value:
            raise _EntityError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    return parser


def inspect_xml(content: bytes, media_type: str) -> Inspection:
    """What in an SVG (`image/svg+xml`), or another XML that a browser or an office program opens, acts by itself."""
    found: dict[Active, None] = {}
    is_svg = media_type == "image/svg+xml"
    script, remote = ("svg-script", "svg-remote") if is_svg else ("xml-script", "xml-remote")

    def start(tag: str, attributes: dict[str, str]) -> None:
        space, _, local_name = tag.rpartition(" ")
        name = local_name.lower()
        for key, value in attributes.items():
            if _MACROS.fullmatch(value) or (key.endswith("macrosPresent") and value.lower() in ("yes", "true", "1")):
                found[Active("macros")] = None
        # A browser runs what belongs to these languages, in whichever XML it stands; in a drawing, be strict.
        if not is_svg and space not in (_SVG, _XHTML):
            return
        if name in _ACTING:
            found[Active(script)] = None
        for key, value in attributes.items():
            local = key.rpartition(" ")[2].lower()
            if local.startswith("on") or (local in ("href", "to", "values", "from") and _SCRIPT_ADDRESS.match(value)):
                found[Active(script)] = None
            elif (local == "href" and name != "a" and _OUTSIDE.match(value)) or _STYLE_OUTSIDE.search(value):
                found[Active(remote, value.strip()[:200])] = None

    def characters(text: str) -> None:
        if is_svg and (match := _STYLE_OUTSIDE.search(text)):
            found[Active(remote, text[match.start() : match.end() + 180].strip())] = None

    def instruction(target: str, data: str) -> None:
        if target == "xml-stylesheet" and "//" in data:
            found[Active(remote, data[:200])] = None

    parser = _parser(start)
    parser.CharacterDataHandler = characters
    parser.ProcessingInstructionHandler = instruction
    unreadable: Unreadable | None = "too large" if len(content) > MAX_XML else None
    try:
        parser.Parse(content[:MAX_XML], unreadable is None)
    except _EntityError:
        return Inspection((*found, Active(script)), "bomb")
    except (expat.ExpatError, ValueError, LookupError):
        unreadable = "damaged"
        if is_svg and _RAW_SCRIPT.search(content[:MAX_XML]):
            found[Active(script)] = None
    return Inspection(tuple(found), unreadable)


def xml_pages(content: bytes) -> Pages:
    """What its elements say, each on a line, and the addresses in their attributes."""
    if len(content) > MAX_XML:
        return Pages(None, "too-large")
    said: list[str] = []
    links: dict[str, None] = {}
    unseen = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal unseen
        unseen += bool(unseen) or tag.rpartition(" ")[2] in _UNSEEN
        for key, value in attributes.items():
            if key.rpartition(" ")[2] in _ADDRESSES and not value.startswith("#"):
                links[value.strip()] = None

    def end(tag: str) -> None:
        nonlocal unseen
        unseen -= bool(unseen)
        # A word that is set in pieces stays one: runs, spans and links inside a line.
        if tag.rpartition(" ")[2] not in ("t", "r", "span", "tspan", "a", "hlink", "hyperlink"):
            said.append("\n")

    parser = _parser(start)
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: said.append(text) if not unseen else None
    try:
        parser.Parse(content, True)
    except (_EntityError, expat.ExpatError, ValueError, LookupError):
        return Pages(None, "unreadable")
    lines = (line.strip() for line in "".join(said).splitlines())
    return cut([Page(1, "\n".join(line for line in lines if line), tuple(links))])
