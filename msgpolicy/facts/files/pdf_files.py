"""What acts by itself in PDF attachments, read with pypdf; their text is read by `pdf_text`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import regex

from msgpolicy.facts.files.document_facts import Active, Inspection, Unreadable
from msgpolicy.facts.files.drawn_pages import needs_password
from msgpolicy.facts.files.pdf_reader import Budget, Spent, prepare, read_pdf, resolved, trouble
from msgpolicy.later import regex_later

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["inspect_pdf"]

# Objects looked at for actions.
MAX_OBJECTS = 50_000

# Keys that lead to drawing, tagging and back to the parent: nothing there acts, and most of a file's objects are there.
_NOT_FOLLOWED = frozenset(
    ("/Parent", "/P", "/Prev", "/Contents", "/Resources", "/AP", "/MK", "/Font", "/XObject", "/Thumb", "/PieceInfo",
     "/StructTreeRoot", "/StructParents", "/Metadata", "/OCProperties", "/PageLabels", "/Dests", "/Dest")
)  # fmt: skip
# Actions that only move the reader within the file.
_HARMLESS = ("/GoTo", "/Named", "/Thread", "/Hide", "/ResetForm", "/SetOCGState", "/Trans", "/GoTo3DView")
_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToR": "launch",
    "/GoToE": "launch",
    "/SubmitForm": "submit-form",
    "/ImportData": "submit-form",
    "/Rendition": "rich-media",
    "/Movie": "rich-media",
    "/Sound": "rich-media",
}
_MEDIA = ("/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")
# Names that the e-invoice standards prescribe for the data inside the PDF (ZUGFeRD, Factur-X, XRechnung, Order-X).
_INVOICE_DATA = regex_later(r"(?:factur-x|zugferd-invoice|xrechnung|order-x|cii)\.xml", regex.IGNORECASE)
# The same in the raw bytes, for a file that pypdf cannot follow; names may be written with #hex.
_RAW_NAME = regex_later(rb"/(?:[A-Za-z]|#[0-9A-Fa-f]{2}){2,20}+")
_HEX = regex_later(rb"#([0-9A-Fa-f]{2})")
_RAW = {b"JavaScript": "javascript", b"JS": "javascript", b"Launch": "launch", b"EmbeddedFile": "embedded-file"}


def inspect_pdf(content: bytes) -> Inspection:
    """What in a PDF acts by itself, and why it cannot be opened, if it cannot."""
    unreadable: Unreadable | None = None
    found: list[Active] = []

    def look(reader: PdfReader, _: Budget) -> None:
        for item in _walk(reader):
            found.extend(_raw_names(content) if item is None else _acting(item))
        if not len(reader.pages):
            raise ValueError("no pages")

    prepare()
    try:
        read_pdf(content, look)
    except (Exception, Spent) as error:  # pypdf raises almost anything on garbage
        found.extend(_raw_names(content))
        why = trouble(error)
        if why == "timeout":
            unreadable = "too large"
        elif why != "not-installed":
            unreadable = why
        elif needs_password(content):  # else: a library that is missing here says nothing of the file
            unreadable = "encrypted"
    if unreadable == "damaged" and b"%%EOF" not in content[-2048:]:
        unreadable = "truncated"
    return Inspection(tuple(dict.fromkeys(found)), unreadable)


# --- what acts --------------------------------------------------------------------------------------------------------


def _walk(reader: PdfReader) -> Iterator[dict[str, Any] | None]:
    """All dictionaries to which a program that shows the file can come, each once; None where one cannot be read."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    seen: set[tuple[int, int]] = set()
    stack: list[Any] = [reader.root_object]
    for _ in range(MAX_OBJECTS):
        if not stack:
            return
        item = stack.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = resolved(item)
            if item is None:
                yield None
        if isinstance(item, DictionaryObject):
            yield item
            stack.extend(value for key, value in item.items() if key not in _NOT_FOLLOWED)
        elif isinstance(item, ArrayObject):
            stack.extend(item)
    raise Spent


def _acting(item: dict[str, Any]) -> Iterator[Active]:
    kind = str(item.get("/S", ""))
    if kind in _ACTIONS or "/JS" in item:
        yield Active(_ACTIONS.get(kind, "javascript"))
    if _acts(resolved(item.get("/OpenAction"))):
        yield Active("open-action")
    events = resolved(item.get("/AA"))
    if isinstance(events, dict) and any(_acts(resolved(action)) for action in events.values()):
        yield Active("additional-action")
    if "/EF" in item:
        name = str(resolved(item.get("/UF") or item.get("/F")) or "")[:200]
        yield Active("invoice-data" if _INVOICE_DATA.fullmatch(name) else "embedded-file", name)
    if "/XFA" in item:
        yield Active("dynamic-form")
    if item.get("/Subtype") in _MEDIA:
        yield Active("rich-media")


def _acts(action: Any) -> bool:
    """Whether this is an action that does more than move the reader within the file."""
    return isinstance(action, dict) and "/S" in action and str(action.get("/S")) not in _HARMLESS


def _raw_names(content: bytes) -> Iterator[Active]:
    for match in _RAW_NAME.finditer(content):
        reason = _RAW.get(_HEX.sub(lambda code: bytes((int(code.group(1), 16),)), match.group()[1:]))
        if reason:
            yield Active(reason)
