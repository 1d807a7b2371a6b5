"""Looks into attached files, each kind with its own reader: what acts by itself, what cannot be opened, what it says.

Nothing here runs, fetches or unpacks more than fixed limits allow (see `document_facts` and each reader).
"""

from __future__ import annotations

from collections.abc import Callable

import regex

from msgpolicy.facts.files.document_facts import MAX_TEXT, Active, Inspection, Page, Pages, cut
from msgpolicy.facts.files.file_names import extensions_of
from msgpolicy.facts.files.image_files import inspect_svg, is_truncated
from msgpolicy.facts.files.kinds import is_text, kind_of_extension, runs
from msgpolicy.facts.files.office_files import inspect_office, is_office, office_pages
from msgpolicy.facts.files.ole_files import MAGIC as OLE_MAGIC
from msgpolicy.facts.files.ole_files import has_macros, has_packaged_file, is_encrypted
from msgpolicy.facts.files.pdf_files import inspect_pdf, pdf_pages
from msgpolicy.facts.files.sniff import MAX_BYTES, Sniffed, sniff
from msgpolicy.facts.files.text_files import read_text
from msgpolicy.facts.files.zip_files import ZipContents
from msgpolicy.facts.mail.decoding import decode_text
from msgpolicy.message import Message, MessageError

__all__ = ["inspect_document", "read_document"]

# Files inside an attached mail that are looked at.
MAX_INNER = 50

_RTF_OBJECT = regex.compile(rb"\\obj(?:data|ect|ocx|autlink|update)\b")


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
        return lambda data: Inspection((Active("embedded-object"),) if _RTF_OBJECT.search(data) else ())
    if media_type in ("image/svg+xml", "application/xml"):
        return inspect_svg
    if media_type.startswith("image/"):
        return lambda data: Inspection((), "truncated" if is_truncated(data, media_type) else None)
    return _inspect_mail if media_type == "message/rfc822" else lambda _: Inspection()


def _inspect_ole(content: bytes) -> Inspection:
    found = [Active("macros")] if has_macros(content) else []
    found += [Active("embedded-file")] if has_packaged_file(content) else []
    return Inspection(tuple(found), "encrypted" if is_encrypted(content) else None)


def _inspect_zip(content: bytes) -> Inspection:
    contents = ZipContents(content)
    programs = (name for name in contents.names if _runs_by_name(name))
    return Inspection(tuple(Active("holds-program", name[:200]) for name in programs)[:20], contents.unreadable)


def _runs_by_name(name: str | None) -> bool:
    kind = kind_of_extension((extensions_of(name) or ("",))[-1])
    return kind is not None and kind.runs in ("executable", "script")


def _inspect_mail(content: bytes) -> Inspection:
    mail = _mail(content)
    found = []
    for inner in (mail.attachments or ())[:MAX_INNER] if mail else ():
        how = runs(sniff(inner.content or b"", inner.filename).media_type)
        if how in ("executable", "script") or _runs_by_name(inner.filename):
            found.append(Active("holds-program", (inner.filename or "")[:200]))
    return Inspection(tuple(found), None if mail else "damaged")


def read_document(content: bytes, media_type: str | None, charset: str | None = None) -> Pages:
    """The text and the links of a file of this kind, page by page; `charset` is what was declared for a text."""
    if not content:
        return Pages(None, "unreadable")
    if len(content) > MAX_BYTES:
        return Pages(None, "too-large")
    media_type = media_type or ""
    if media_type == "application/pdf":
        return pdf_pages(content)
    if is_office(media_type):
        return office_pages(ZipContents(content))
    if media_type == "text/html":
        return cut([_html_page(decode_text(content, charset, html=True))])
    if media_type == "message/rfc822":
        return _mail_page(content)
    # Scripts and markup of other kinds are text, but not meant to be read.
    prose = is_text(media_type) and not runs(media_type) and not media_type.endswith("xml")
    text = read_text(content, charset) if prose else None
    return Pages(None, "not-covered") if text is None else cut([Page(1, text)])


def _html_page(source: str) -> Page:
    from msgpolicy.facts.html.reading import read_html

    if len(source) > MAX_TEXT:
        # More than a page's worth: `cut` tells of it, without a parser's having to read it.
        return Page(1, source)
    document = read_html(source)
    readings = document.readings("attachment", lambda _: None)
    links = (document.elements[index].get("href") for index in document.find("a", "area"))
    text = "\n".join(reading.text for reading in readings if reading.shown == "visible")
    return Page(1, text, tuple(dict.fromkeys(link.strip() for link in links if link)))


def _mail_page(content: bytes) -> Pages:
    """The subject and the text of a mail; of a mail inside it nothing."""
    mail = _mail(content)
    if mail is None:
        return Pages(None, "unreadable")
    body = Page(1, mail.text or "") if mail.text or not mail.html else _html_page(mail.html)
    return cut([Page(1, "\n".join(part for part in (mail.subject, body.text) if part), body.links)])


def _mail(content: bytes) -> Message | None:
    try:
        return Message.from_email(content)
    except MessageError:
        return None
