"""What the names of files say, and which claims of names and declared types are honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.files.file_names import extensions_of, has_direction_override, hidden_extension, words_of_name
from msgpolicy.facts.files.kinds import KINDS, canonical, compatible

PORTABLE_EXECUTABLE = "application/vnd.microsoft.portable-executable"
OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("name", "extensions", "hidden"),
    [
        ("invoice.PDF", ("pdf",), None),
        ("invoice.pdf.exe", ("pdf", "exe"), "exe"),
        ("invoice.pdf                    .exe", ("pdf", "exe"), "exe"),
        ("invoice.pdf.exe. ", ("pdf", "exe"), "exe"),
        ("photo.jpg.html", ("jpg", "html"), "html"),
        ("scan.jpg.pdf", ("jpg", "pdf"), None),
        ("backup.tar.gz", ("tar", "gz"), None),
        ("jquery.min.js", ("js",), None),
        ("report.v2.pdf", ("pdf",), None),
        ("Invoice No. 12", ("12",), None),
        ("12.5 kg", (), None),
        (".exe", ("exe",), None),
        (".hidden", (), None),
        ("README", (), None),
        ("", (), None),
        (None, (), None),
    ],
)
def test_extensions(name, extensions, hidden):
    assert (extensions_of(name), hidden_extension(name)) == (extensions, hidden)


def test_direction_override():
    assert has_direction_override("invoice\u202efdp.exe")
    assert not has_direction_override("\u200fفاتورة\u200f.pdf")
    assert not has_direction_override(None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("WarrantyCard_2026-01.pdf", ("warranty", "card", "2026", "01", "pdf")),
        ("HTMLPage", ("html", "page")),
        ("GEBRAUCHSANWEISUNG v2", ("gebrauchsanweisung", "v", "2")),
        ("facture_nº12", ("facture", "no", "12")),
        ("InvoiceÜbersicht", ("invoice", "übersicht")),
        ("e\u0301tiquetteRetour", ("étiquette", "retour")),
        ("保証書2024.pdf", ("保証書", "2024", "pdf")),
        ("ИнструкцияПользователя", ("инструкция", "пользователя")),
        ("คู่มือ", ("คู่มือ",)),
        (None, ()),
    ],
)
def test_words_of_name(name, words):
    assert words_of_name(name) == words


@given(st.text(max_size=200))
def test_any_name(name):
    assert all(words_of_name(name))
    extensions_of(name)
    hidden_extension(name)


# --- claims -----------------------------------------------------------------------------------------------------------


def test_declared_types_have_one_name():
    assert canonical("image/JPG; name=a.jpg") == "image/jpeg"
    assert canonical("application/x-dosexec") == PORTABLE_EXECUTABLE
    assert canonical("application/vnd.ms-word.document.macroenabled.12") in KINDS
    assert canonical("application/octet-stream") is None
    assert canonical("pdf") is None
    assert canonical(None) is None


@pytest.mark.parametrize(
    ("claimed", "found", "honest"),
    [
        ("text/plain", "text/csv", True),
        ("text/csv", "text/plain", True),
        ("application/vnd.ms-excel", "text/csv", True),
        ("application/zip", OOXML + "wordprocessingml.document", True),
        ("application/msword", OOXML + "wordprocessingml.document", True),
        ("image/png", "image/apng", True),
        ("text/x-unheard-of", "application/pdf", True),
        ("audio/mpeg", None, True),
        ("application/pdf", None, False),
        ("application/pdf", "text/plain", False),
        ("application/pdf", PORTABLE_EXECUTABLE, False),
        ("image/jpeg", "image/png", False),
        ("text/plain", "application/pdf", False),
        ("image/svg+xml", "text/plain", False),
        (OOXML + "wordprocessingml.document", "application/vnd.ms-word.document.macroEnabled.12", False),
        (OOXML + "wordprocessingml.document", "application/zip", False),
        ("application/zip", "application/vnd.ms-excel", False),
    ],
)
def test_which_claims_are_honest(claimed, found, honest):
    assert compatible(claimed, found) is honest
