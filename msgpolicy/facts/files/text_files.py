"""Files of text: reading their bytes as characters, and what kind of text it is."""

from __future__ import annotations

import codecs
import json

import regex

from msgpolicy.facts.files.kinds import is_text, kind_of_extension
from msgpolicy.facts.files.source_text import source_kind
from msgpolicy.facts.mail.decoding import decode_quoted_printable, decode_text
from msgpolicy.later import regex_later

__all__ = ["SNIFFED", "holds_text", "read_card", "read_text", "root_element", "text_kind"]

# Code points (bytes, before decoding) at the beginning that tell the kind of a text.
SNIFFED = 65536

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# Bytes that no text in an 8-bit character set contains (WHATWG MIME Sniffing, "binary data byte"); ESC and FF may.
_BINARY = regex_later(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

# The tags by which a browser takes a file for HTML (WHATWG MIME Sniffing, 7.1); the second half also stands at the
# beginning of plain texts that somebody marks up by hand.
_HTML_TAGS = frozenset(("html", "head", "body", "script", "iframe", "style", "table", "title", "div"))
_INLINE_TAGS = frozenset(("h1", "font", "a", "b", "br", "p"))

_ROOT = regex_later(r"<(?:[\w.-]++:)?+([A-Za-z][\w.-]*+)(?=[\s/>])")
_DOCTYPE = regex_later(r"<!doctype\s++([\w:.-]++)", regex.IGNORECASE)
_SHEBANG = regex_later(r"#![ \t]*+(?:[^\s/]*+/)*+(?:env[ \t]++(?:-S[ \t]++)?+)?+(?:[^\s/]*+/)*+([a-z]++)")
_INTERPRETERS = {
    "python": "text/x-python",
    "perl": "text/x-perl",
    "ruby": "text/x-ruby",
    "php": "text/x-php",
    "node": "text/javascript",
    "pwsh": "application/x-powershell",
}
_BEGINNINGS = (
    ("{\\rtf", "application/rtf"),
    ("begin:vcalendar", "text/calendar"),
    ("begin:vcard", "text/vcard"),
    ("%!ps", "application/postscript"),
    ("<?php", "text/x-php"),
    ("@echo off", "application/x-bat"),
    ("[internetshortcut]", "application/x-mswinurl"),
    ("windows registry editor", "application/x-ms-regedit"),
    ("regedit4", "application/x-ms-regedit"),
)
_HEADER = regex_later(r"([A-Za-z][A-Za-z0-9-]{1,60}+):[^\n]*+(?:\n[ \t][^\n]*+)*+\n?+")
_MAIL_HEADERS = regex_later("from|to|cc|subject|date|sender|reply-to|content-type|delivered-to|in-reply-to|references")
# Headers that programs write; a text in which somebody quotes From, To and Subject is no mail.
_WRITTEN_BY_PROGRAMS = regex_later("message-id|mime-version|received|return-path|dkim-signature|arc-.*+|x-mailer")


def read_text(content: bytes, charset: str | None = None) -> str | None:
    """The bytes as text, newlines as they are; None when they are no text.

    A byte order mark decides, then the declared `charset`, then what fits (see `mail_decoding.decode_text`).
    """
    sample = content[:SNIFFED]
    if content.startswith(_MARKS) or not _BINARY.search(sample):
        return decode_text(content, charset)
    # UTF-16 without a mark, of a mostly Latin text: every second byte is zero.
    for codec, zeros, letters in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > 0.8 * len(zeros) and not _BINARY.search(letters):
            return decode_text(content, codec)
    return None


# A long line of a calendar or a card goes on in the next, which begins with a space; signs in it are escaped.
_FOLDED = regex_later(r"\r?\n[ \t]")
_ESCAPED = regex_later(r"\\([nN,;\\])")
_ENCODED = regex_later(
    r"^([^:\r\n]{0,200}?;ENCODING=)(QUOTED-PRINTABLE|B|BASE64)((?:;[^:\r\n]{0,200})?+:)([^\r\n]*+)", regex.I | regex.M
)


def read_card(text: str) -> str:
    """A calendar or a visiting card (iCalendar, vCard) with whole lines and nothing escaped; pictures are left out."""

    def decoded(match: regex.Match[str]) -> str:
        if match[2].upper() != "QUOTED-PRINTABLE":
            return match[1] + match[2] + match[3]
        return match[3].lstrip(":") + decode_quoted_printable(match[4].encode()).decode("utf-8", "replace")

    # Quoted-printable has a line break of its own.
    whole = _FOLDED.sub("", text.replace("=\r\n", "").replace("=\n", ""))
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], _ENCODED.sub(decoded, whole))


def holds_text(content: bytes) -> bool:
    """Whether the bytes begin as a text does."""
    return read_text(content[:SNIFFED]) is not None


def root_element(text: str) -> str | None:
    """The first element's name in lower case, without prefix; "html" for HTML's doctype; None when it is no markup.

    What may stand before it is skipped: white space, a byte order mark, comments, instructions, other doctypes.
    """
    at = 0
    while True:
        while text[at : at + 1].isspace() or text.startswith("\ufeff", at):
            at += 1
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            if end < 0:
                return None
            at = end + 3
        elif text.startswith("<?", at):
            end = text.find(">", at)
            if end < 0:
                return None
            at = end + 1
        elif doctype := _DOCTYPE.match(text, at):
            if doctype.group(1).lower() == "html":
                return "html"
            end = text.find(">", at)
            declarations = text.find("[", at, end)
            if declarations >= 0:
                end = text.find(">", text.find("]", declarations))
            if end < 0:
                return None
            at = end + 1
        else:
            break
    match = _ROOT.match(text, at)
    return match.group(1).lower() if match else None


def text_kind(text: str, extension: str = "") -> tuple[str, str]:
    """The media type of a text, and what told it: "text", or "name" where only the file name's extension does."""
    start = text[:SNIFFED].lstrip("\ufeff \t\r\n")
    lowered = start[:64].lower()
    for beginning, media_type in _BEGINNINGS:
        if lowered.startswith(beginning):
            return media_type, "text"
    shebang = _SHEBANG.match(start)
    if shebang:
        return _INTERPRETERS.get(shebang.group(1), "text/x-shellscript"), "text"
    named = kind_of_extension(extension)
    markup = _markup_kind(start, named.media_type if named else "") if start.startswith("<") else None
    if markup:
        return markup, "text"
    if _is_mail(start, 1 if extension in ("eml", "mht", "mhtml") else 3):
        return "message/rfc822", "text"
    if named and is_text(named.media_type) and (not named.signed or named.runs == "html"):
        return named.media_type, "text" if named.media_type == "text/plain" else "name"
    if start.startswith(("{", "[")) and _is_json(text):
        return "application/json", "text"
    if named is None and _is_table(start):
        return "text/csv", "text"
    source = source_kind(start) if named is None or not is_text(named.media_type) else None
    return source or "text/plain", "text"


def _markup_kind(start: str, named: str) -> str | None:
    root = root_element(start)
    if named in ("application/hta", "application/x-wsf"):
        return named
    if root == "svg":
        return "image/svg+xml"
    if root in _HTML_TAGS or (root in _INLINE_TAGS and named in ("", "text/html")):
        return "text/html"
    if start.startswith("<?xml") or (root and (named == "application/xml" or start.rstrip().endswith(f"{root}>"))):
        return "application/xml"
    return None


def _is_mail(start: str, least: int) -> bool:
    """Whether the text begins with at least so many different mail headers, one of them written by a program."""
    people: set[str] = set()
    programs: set[str] = set()
    at = 0
    while match := _HEADER.match(start, at):
        name = match.group(1).lower()
        (programs if _WRITTEN_BY_PROGRAMS.fullmatch(name) else people).add(name)
        at = match.end()
    known = {name for name in people if _MAIL_HEADERS.fullmatch(name)} | programs
    return len(known) >= least and (least == 1 or bool(programs))


def _is_json(text: str) -> bool:
    if len(text) > 16 * SNIFFED:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(start: str) -> bool:
    """Whether the first lines have the same number of commas (two or more), semicolons or tabs."""
    lines = [line for line in start.splitlines()[:10] if line.strip()]
    if len(start) == SNIFFED and len(lines) < 10:
        lines = lines[:-1]
    if len(lines) < 2:
        return False
    return any(
        lines[0].count(mark) >= least and len({line.count(mark) for line in lines}) == 1
        for mark, least in ((";", 1), ("\t", 1), (",", 2))
    )
