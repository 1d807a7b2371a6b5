"""PDF attachments, read with pypdf: text and links page by page, and what acts by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING, Any, Literal

import regex

from msgpolicy.facts.files.document_facts import (
    MAX_LINKS,
    MAX_PAGES,
    MAX_TEXT,
    Active,
    Inspection,
    Page,
    Pages,
    Unreadable,
)
from msgpolicy.facts.files.drawn_pages import needs_password
from msgpolicy.facts.files.pdf_reader import Budget, Overtime, Spent, prepare, read_pdf
from msgpolicy.report import Why

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["inspect_pdf", "pdf_pages"]

# Objects looked at for actions; bytes and drawing operations of all pages; fonts of one page.
MAX_OBJECTS = 50_000
MAX_CONTENTS = 10_000_000
MAX_OPERATIONS = 200_000
MAX_FONTS = 40

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
_INVOICE_DATA = regex.compile(r"(?:factur-x|zugferd-invoice|xrechnung|order-x|cii)\.xml", regex.IGNORECASE)
# The same in the raw bytes, for a file that pypdf cannot follow; names may be written with #hex.
_RAW_NAME = regex.compile(rb"/(?:[A-Za-z]|#[0-9A-Fa-f]{2}){2,20}+")
_HEX = regex.compile(rb"#([0-9A-Fa-f]{2})")
_RAW = {b"JavaScript": "javascript", b"JS": "javascript", b"Launch": "launch", b"EmbeddedFile": "embedded-file"}


def _trouble(error: BaseException) -> Unreadable | Literal["not-installed", "timeout"]:
    """Why a file or a page cannot be read, by what was raised."""
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    if isinstance(error, DependencyError):
        return "not-installed"
    if isinstance(error, FileNotDecryptedError):
        return "encrypted"
    if isinstance(error, LimitReachedError):
        return "bomb"
    if isinstance(error, Overtime):
        return "timeout"
    return "too large" if isinstance(error, Spent | MemoryError) else "damaged"


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
        trouble = _trouble(error)
        if trouble == "timeout":
            unreadable = "too large"
        elif trouble != "not-installed":
            unreadable = trouble
        elif needs_password(content):  # else: a library that is missing here says nothing of the file
            unreadable = "encrypted"
    if unreadable == "damaged" and b"%%EOF" not in content[-2048:]:
        unreadable = "truncated"
    return Inspection(tuple(dict.fromkeys(found)), unreadable)


def pdf_pages(content: bytes) -> Pages:
    """The text and the links of a PDF, page by page."""
    pages: list[Page] = []
    why: Why | None = None

    def look(reader: PdfReader, budget: Budget) -> None:
        nonlocal why
        work = _Work(budget)
        for number, page in enumerate(reader.pages, 1):
            if number > MAX_PAGES:
                raise Spent
            text, links, flaw = work.read(page)
            pages.append(Page(number, text, links))
            why = why or flaw

    prepare()
    try:
        read_pdf(content, look)
    except Spent as error:
        return Pages(tuple(pages), "timeout" if isinstance(error, Overtime) else "too-large")
    except Exception as error:  # as above
        return Pages(None, "not-installed" if _trouble(error) == "not-installed" else "unreadable")
    return Pages(tuple(pages), why) if pages else Pages(None, "unreadable")


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
            item = _resolved(item)
            if item is None:
                yield None
        if isinstance(item, DictionaryObject):
            yield item
            stack.extend(value for key, value in item.items() if key not in _NOT_FOLLOWED)
        elif isinstance(item, ArrayObject):
            stack.extend(item)
    raise Spent


def _resolved(value: Any) -> Any:
    """The object that a reference stands for; None when that cannot be read."""
    try:
        return value.get_object() if value is not None else None
    except Exception as error:  # as above
        if _trouble(error) == "damaged":
            return None
        raise


def _acting(item: dict[str, Any]) -> Iterator[Active]:
    kind = str(item.get("/S", ""))
    if kind in _ACTIONS or "/JS" in item:
        yield Active(_ACTIONS.get(kind, "javascript"))
    if _acts(_resolved(item.get("/OpenAction"))):
        yield Active("open-action")
    events = _resolved(item.get("/AA"))
    if isinstance(events, dict) and any(_acts(_resolved(action)) for action in events.values()):
        yield Active("additional-action")
    if "/EF" in item:
        name = str(_resolved(item.get("/UF") or item.get("/F")) or "")[:200]
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


# --- text -------------------------------------------------------------------------------------------------------------


class _Work:
    """What is left of the limits for the pages of one file."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.contents = MAX_CONTENTS
        self.operations = MAX_OPERATIONS
        self.text = MAX_TEXT
        self.links = MAX_LINKS

    def read(self, page: Any) -> tuple[str, tuple[str, ...], Why | None]:
        """A page's text and links, and what is missing of them.

        Raises:
            Spent: the limits for all pages are used up.
            Exception: whatever pypdf raises when no page will be readable.
        """
        text = ""
        flaw: Why | None = None
        try:
            text = self._text_of(page)
        except Exception as error:  # as above; the other pages may be sound
            trouble = _trouble(error)
            if trouble in ("not-installed", "encrypted"):
                raise
            flaw = "too-large" if trouble == "bomb" else "unreadable"
        try:
            return text, self._links_of(page), flaw
        except Exception:
            return text, (), "unreadable"

    def _text_of(self, page: Any) -> str:
        stream = page.get_contents()
        self.contents -= len(stream.get_data()) if stream is not None else 0
        resources = _resolved(page.get("/Resources"))
        fonts = _resolved(resources.get("/Font")) if isinstance(resources, dict) else None
        if self.contents < 0 or (isinstance(fonts, dict) and len(fonts) > MAX_FONTS):
            raise Spent
        text = str(page.extract_text(visitor_operand_before=self._operation))
        # A font's own table of characters may hold half of a surrogate pair.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self.text -= len(text)
        if self.text < 0:
            raise Spent
        return text

    def _operation(self, _operator: object, operands: Sized, *_: object) -> None:
        self.operations -= 1 + len(operands) // 8
        if self.operations < 0:
            raise Spent
        self.budget.check_time()

    def _links_of(self, page: Any) -> tuple[str, ...]:
        links: dict[str, None] = {}
        for annotation in _resolved(page.get("/Annots")) or ():
            self.links -= 1
            if self.links < 0:
                raise Spent
            entry = _resolved(annotation)
            action = _resolved(entry.get("/A")) if isinstance(entry, dict) else None
            address = _resolved(action.get("/URI")) if isinstance(action, dict) else None
            if isinstance(address, bytes):
                links[address.decode("utf-8", "replace")] = None
            elif address is not None:
                links[str(address)] = None
        return tuple(links)
