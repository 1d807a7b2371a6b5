"""The text and the links of PDF attachments, page by page, and what their properties say; read with pypdf."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING, Any

from msgpolicy.facts.files.document_facts import MAX_LINKS, MAX_PAGES, MAX_TEXT, Page, Pages
from msgpolicy.facts.files.office_text import said_by
from msgpolicy.facts.files.pdf_reader import Budget, Overtime, Spent, prepare, read_pdf, resolved, trouble
from msgpolicy.report import Why

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["pdf_pages"]

# Bytes and drawing operations of all pages; fonts of one page; bookmarks; code points of the properties.
MAX_CONTENTS = 10_000_000
MAX_OPERATIONS = 200_000
MAX_FONTS = 40
MAX_BOOKMARKS = 2_000
MAX_ABOUT = 20_000
MAX_ACTIONS = 20

# Properties that name the programs that made the file, with their makers' addresses.
_MADE_BY = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner")
_SAID = frozenset(("title", "creator", "description", "subject", "rights", "Keywords", "Author", "Company"))


def pdf_pages(content: bytes) -> Pages:
    """The text and the links of a PDF, page by page; what its properties and bookmarks say is `about`."""
    pages: list[Page] = []
    why: Why | None = None
    about = ""

    def look(reader: PdfReader, budget: Budget) -> None:
        nonlocal why, about
        about = _about(reader)
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
        return Pages(tuple(pages), "timeout" if isinstance(error, Overtime) else "too-large", about)
    except Exception as error:  # as above
        return Pages(None, "not-installed" if trouble(error) == "not-installed" else "unreadable")
    return Pages(tuple(pages), why, about) if pages else Pages(None, "unreadable")


def _about(reader: PdfReader) -> str:
    """What the properties and the bookmarks say, each on a line; what cannot be read of them is left out."""
    said: list[str] = []
    try:
        for key, value in (resolved(reader.trailer.get("/Info")) or {}).items():
            if key not in _MADE_BY:
                said.append(_words(resolved(value)))
        metadata = resolved(reader.root_object.get("/Metadata"))
        if metadata is not None:
            said += said_by(metadata.get_data(), _SAID).splitlines()
        said += _bookmarks(resolved(reader.root_object.get("/Outlines")))
    except Exception:  # as above; the pages may be sound
        said.append("")
    return "\n".join(dict.fromkeys(line for line in said if line))[:MAX_ABOUT]


def _bookmarks(outlines: Any) -> Iterator[str]:
    stack = [outlines]
    for _ in range(MAX_BOOKMARKS):
        if not stack:
            return
        item = resolved(stack.pop())
        if isinstance(item, dict):
            yield _words(resolved(item.get("/Title")))
            yield from _addresses(item)
            stack += (item.get(key) for key in ("/Next", "/First") if key in item)


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    """Where a click on this leads outside of the file: one action, and those that follow it."""
    for key in ("/A", "/PA"):
        action = resolved(item.get(key))
        for _ in range(MAX_ACTIONS):
            if not isinstance(action, dict):
                break
            if address := _words(resolved(action.get("/URI"))):
                yield address
            action = resolved(action.get("/Next"))


def _words(value: Any) -> str:
    """A string of the file as text; empty for anything else, a name too."""
    from pypdf.generic import NameObject

    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if not isinstance(value, str) or isinstance(value, NameObject):
        return ""
    return value.encode("utf-16-le", "replace").decode("utf-16-le", "replace")


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
            why = trouble(error)
            if why in ("not-installed", "encrypted"):
                raise
            flaw = "too-large" if why == "bomb" else "unreadable"
        try:
            links, notes = self._notes_of(page)
        except Exception:
            return text, (), "unreadable"
        return "\n".join((text, *notes)), links, flaw

    def _text_of(self, page: Any) -> str:
        stream = page.get_contents()
        self.contents -= len(stream.get_data()) if stream is not None else 0
        resources = resolved(page.get("/Resources"))
        fonts = resolved(resources.get("/Font")) if isinstance(resources, dict) else None
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

    def _notes_of(self, page: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where the page's links lead, and what its notes and the fields of its forms say."""
        links: dict[str, None] = {}
        notes: dict[str, None] = {}
        for annotation in resolved(page.get("/Annots")) or ():
            self.links -= 1
            if self.links < 0:
                raise Spent
            entry = resolved(annotation)
            if not isinstance(entry, dict):
                continue
            links |= dict.fromkeys(_addresses(entry))
            for key in ("/Contents", "/V"):
                if note := _words(resolved(entry.get(key))).strip():
                    notes[note] = None
                    self.text -= len(note)
        if self.text < 0:
            raise Spent
        return tuple(links), tuple(notes)
