"""What the name of a file says: its extensions, tricks that hide them, and its words."""

from __future__ import annotations

import unicodedata

import regex

from msgpolicy.facts.files.kinds import kind_of_extension
from msgpolicy.later import regex_later

__all__ = ["MAX_NAME", "extensions_of", "has_direction_override", "hidden_extension", "words_of_name"]

# No file system keeps longer names; the rest of a longer one is not looked at. Code points.
MAX_NAME = 1024

# U+202D and U+202E make a reader see the letters in another order: "invoice\u202efdp.exe" looks like "invoiceexe.pdf".
_OVERRIDES = "\u202d\u202e"

# Windows drops these from the end of a name, and file dialogs do not show them.
_UNSEEN = " .\t\r\n\0\u00a0\u200b\u200e\u200f\u2060\ufeff"

_EXTENSION = regex_later(r"[0-9a-z][0-9a-z-]{0,20}+", regex.IGNORECASE)
_WORD = regex_later(
    r"\p{Lu}+(?!\p{Ll})"  # INVOICE, and the HTML of HTMLPage
    r"|\p{Lu}?+[\p{Ll}\p{M}]++"  # Page, page
    r"|\p{N}++"
    r"|[\p{Lt}\p{Lm}\p{Lo}][\p{Lm}\p{Lo}\p{M}]*+"  # scripts without capitals
)


def extensions_of(name: str | None) -> tuple[str, ...]:
    """The extensions of a file name in lower case, without dots: its last one, and the known ones right before it.

    "invoice.PDF" has ("pdf",), "invoice.pdf.exe" ("pdf", "exe"), "report.v2.pdf" ("pdf",), "README" none.
    """
    found: list[str] = []
    stem, dot, rest = (name or "")[-MAX_NAME:].rstrip(_UNSEEN).rpartition(".")
    while dot and _EXTENSION.fullmatch(extension := rest.strip(_UNSEEN)):
        if (found or not stem) and kind_of_extension(extension) is None:
            break
        found.append(extension.lower())
        stem, dot, rest = stem.rpartition(".")
    return tuple(reversed(found))


def has_direction_override(name: str | None) -> bool:
    """Whether characters in the name change the order in which its letters are shown."""
    return any(mark in (name or "") for mark in _OVERRIDES)


def hidden_extension(name: str | None) -> str | None:
    """The last extension when it runs and another kind's stands before it, as in "invoice.pdf.exe"; else None."""
    *before, last = extensions_of(name) or ("",)
    kind = kind_of_extension(last)
    return last if before and kind is not None and kind.runs else None


def words_of_name(name: str | None) -> tuple[str, ...]:
    """The words of a file name in lower case: "WarrantyCard_2026-01.pdf" has warranty, card, 2026, 01, pdf.

    Words end at separators, between letters and digits, and where a capital follows a small letter.
    """
    composed = unicodedata.normalize("NFKC", (name or "")[-MAX_NAME:])
    return tuple(word.lower() for word in _WORD.findall(composed))
