"""Looks into attached files, each kind with its own reader: what acts by itself, what cannot be opened, what it says.

Nothing here runs, fetches or unpacks more than fixed limits allow (see `document_facts` and each reader).
"""

from __future__ import annotations

from collections.abc import Callable

from msgpolicy.facts.files.document_facts import MAX_TEXT, Active, Inspection, Page, Pages, cut
from msgpolicy.facts.files.file_names import extensions_of
from msgpolicy.facts.files.image_files import is_truncated
from msgpolicy.facts.files.inside import PACKED, read_mail
from msgpolicy.facts.files.kinds import is_text, kind_of_extension, runs
from msgpolicy.facts.files.office_files import inspect_office, is_office, office_pages
from msgpolicy.facts.files.ole_files import MAGIC as OLE_MAGIC
from msgpolicy.facts.files.ole_files import has_macros, has_packaged_file, is_encrypted, starts_program
from msgpolicy.facts.files.outlook_files import read_msg, read_tnef
from msgpolicy.facts.files.pdf_files import inspect_pdf
from msgpolicy.facts.files.pdf_text import pdf_pages
from msgpolicy.facts.files.rtf_files import inspect_rtf, rtf_pages
from msgpolicy.facts.files.sniff import MAX_BYTES, Sniffed
from msgpolicy.facts.files.text_files import read_card, read_text
from msgpolicy.facts.files.word_files import old_office_pages
from msgpolicy.facts.files.xml_files import inspect_xml, xml_pages
from msgpolicy.facts.files.zip_files import ZipContents
from msgpolicy.facts.mail.decoding import decode_text

__all__ = ["inspect_document", "read_document", "runs_by_name"]

# What begins a file that is kept in a OneNote section.
_ONENOTE_FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")


def inspect_document(content: bytes, sniffed: Sniffed) -> Inspection:
    """What in a file of this kind acts by itself, and why it cannot be opened, if it cannot."""
    if not content:
        return Inspection((), "empty")
    media_type = sniffed.media_type or ""
    how = runs(media_type)
    found = [Active(how)] if how else []
    found += (Active("other-kind", other) for other in sniffed.also)
    if len(content) > MAX_BYTES:
        return Inspection(tuple(found), "too large")
    inside = _inspector(content, media_type)(content)
    return Inspection((*found, *inside.active), inside.unreadable)


def _inspector(content: bytes, media_type: str) -> Callable[[bytes], Inspection]:
    if media_type == "application/pdf":
        return inspect_pdf
    if content.startswith(OLE_MAGIC):
        return _inspect_ole
    if is_office(media_type):
        return lambda data: inspect_office(ZipContents(data))
    if media_type in ("application/zip", "application/epub+zip"):
        return _inspect_zip
    if media_type == "application/rtf":
        return inspect_rtf
    if media_type in ("image/svg+xml", "application/xml"):
        return lambda data: inspect_xml(data, media_type)
    if media_type.startswith("image/"):
        return lambda data: Inspection((), "truncated" if is_truncated(data, media_type) else None)
    if media_type == "application/onenote":
        return lambda data: Inspection((Active("embedded-file"),) if _ONENOTE_FILE in data else ())
    return _inspect_mail if media_type == "message/rfc822" else lambda _: Inspection()


def _inspect_ole(content: bytes) -> Inspection:
    found = [Active("macros")] if has_macros(content) else []
    found += [Active("embedded-file")] if has_packaged_file(content) else []
    found += [Active("launch")] if starts_program(content) else []
    return Inspection(tuple(found), "encrypted" if is_encrypted(content) else None)


def _inspect_zip(content: bytes) -> Inspection:
    contents = ZipContents(content)
    programs = (name for name in contents.names if runs_by_name(name))
    return Inspection(tuple(Active("holds-program", name[:200]) for name in programs)[:20], contents.unreadable)


def runs_by_name(name: str | None) -> bool:
    """Whether a file of this name is a program or a script."""
    kind = kind_of_extension((extensions_of(name) or ("",))[-1])
    return kind is not None and kind.runs in ("executable", "script")


def _inspect_mail(content: bytes) -> Inspection:
    return Inspection((), None if read_mail(content) else "damaged")


def read_document(content: bytes, media_type: str | None, charset: str | None = None) -> Pages:
    """The text and the links of a file of this kind, page by page; `charset` is what was declared for a text.

    What stands in files inside it is not among them (see `inside`); a kind that is nothing but other files has no page.
    """
    if not content:
        return Pages(None, "unreadable")
    if len(content) > MAX_BYTES:
        return Pages(None, "too-large")
    media_type = media_type or ""
    if media_type in _READERS:
        return _READERS[media_type](content)
    if is_office(media_type):
        return office_pages(ZipContents(content))
    if content.startswith(OLE_MAGIC):
        return old_office_pages(content, media_type)
    if media_type == "text/html":
        return cut([_html_page(1, decode_text(content, charset, html=True))])
    if media_type in PACKED:
        return Pages(())
    # Scripts are text, but not meant to be read.
    prose = is_text(media_type) and not runs(media_type)
    text = read_text(content, charset) if prose else None
    if text is None:
        return Pages(None, "not-covered")
    return cut([Page(1, read_card(text) if media_type in ("text/vcard", "text/calendar") else text)])


def _html_page(number: int, source: str) -> Page:
    from msgpolicy.facts.html.reading import read_html

    if len(source) > MAX_TEXT:
        # More than a page's worth: `cut` tells of it, without a parser's having to read it.
        return Page(number, source)
    document = read_html(source)
    readings = document.readings("attachment", lambda _: None)
    links = (document.elements[index].get("href") for index in document.find("a", "area"))
    text = "\n".join(reading.text for reading in readings if reading.shown == "visible")
    return Page(number, text, tuple(dict.fromkeys(link.strip() for link in links if link)))


def _mail_pages(content: bytes) -> Pages:
    """The subject and the text of a mail, then its HTML: a reader shows either."""
    mail = read_mail(content)
    if mail is None:
        return Pages(None, "unreadable")
    page = _html_page(1, mail.html) if mail.html else Page(1, "")
    if not mail.text or not mail.html:
        return cut([page._replace(text="\n".join(part for part in (mail.subject, mail.text, page.text) if part))])
    return cut([Page(1, "\n".join(part for part in (mail.subject, mail.text) if part)), page._replace(number=2)])


def _outlook_pages(content: bytes) -> Pages:
    mail = read_msg(content) if content.startswith(OLE_MAGIC) else read_tnef(content)
    if mail is None:
        return Pages(None, "unreadable")
    pages = [Page(1, mail.text)]
    if mail.html:
        pages.append(_html_page(2, decode_text(mail.html, html=True)))
    elif mail.rtf:
        pages += (page._replace(number=page.number + 1) for page in rtf_pages(mail.rtf).pages or ())
    return cut(pages)


_READERS: dict[str, Callable[[bytes], Pages]] = {
    "application/pdf": pdf_pages,
    "application/rtf": rtf_pages,
    "application/xml": xml_pages,
    "image/svg+xml": xml_pages,
    "message/rfc822": _mail_pages,
    "application/vnd.ms-outlook": _outlook_pages,
    "application/ms-tnef": _outlook_pages,
}
