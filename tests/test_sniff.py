"""File types by their bytes: right with the system's libmagic, with the bundled one, and with none at all."""

from __future__ import annotations

import gzip
import zipfile

import pytest
import sample_files as samples
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.files.magic_library import load_bundled, load_system
from msgpolicy.facts.files.sniff import Sniffed, sniff

OOXML = samples.OOXML
PORTABLE_EXECUTABLE = "application/vnd.microsoft.portable-executable"
JAR = samples.zipped({"META-INF/MANIFEST.MF": "", "A.class": b"\xca\xfe\xba\xbe"})

# name, bytes, type: what a seller, a buyer or an attacker may attach.
KNOWN = [
    ("invoice.pdf", samples.pdf("Invoice 12"), "application/pdf"),
    ("scan.pdf", b"junk from a scanner\r\n" * 20 + samples.pdf("Invoice 12"), "application/pdf"),
    ("a.docx", samples.docx(), OOXML + "wordprocessingml.document"),
    ("a.docm", samples.docx(macros=True), "application/vnd.ms-word.document.macroEnabled.12"),
    ("a.xlsx", samples.xlsx(), OOXML + "spreadsheetml.sheet"),
    ("a.xlsm", samples.xlsx(macros=True), "application/vnd.ms-excel.sheet.macroEnabled.12"),
    ("a.pptx", samples.pptx(), OOXML + "presentationml.presentation"),
    ("a.odt", samples.odt(), "application/vnd.oasis.opendocument.text"),
    ("a.doc", samples.ole(streams={"WordDocument": b"\xec\xa5"}), "application/msword"),
    ("a.xls", samples.ole(streams={"Workbook": b"\x09\x08"}), "application/vnd.ms-excel"),
    ("a.ppt", samples.ole(streams={"PowerPoint Document": b""}), "application/vnd.ms-powerpoint"),
    ("a.msg", samples.ole(streams={"__properties_version1.0": b""}), "application/vnd.ms-outlook"),
    ("a.rtf", samples.RTF, "application/rtf"),
    ("a.png", samples.png(), "image/png"),
    ("moving.png", samples.png(animated=True), "image/apng"),
    ("a.jpg", samples.jpeg(), "image/jpeg"),
    ("a.gif", samples.gif(), "image/gif"),
    ("a.webp", samples.webp(), "image/webp"),
    ("a.tif", samples.tiff(), "image/tiff"),
    ("a.bmp", samples.bmp(), "image/bmp"),
    ("a.heic", samples.heic(), "image/heic"),
    ("a.heic", samples.heic(b"mif1").replace(b"mif1mif1", b"mif1heic"), "image/heic"),
    ("a.avif", samples.heic(b"avif"), "image/avif"),
    ("a.svg", samples.svg(), "image/svg+xml"),
    ("b.svg", samples.svg(before="\ufeff<?xml version='1.0'?>\n<!-- a > b -->\n"), "image/svg+xml"),
    ("c.svg", samples.svg(before='<!DOCTYPE svg SYSTEM "svg11.dtd" [<!ENTITY a "b">]>'), "image/svg+xml"),
    ("d.svg", b"<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    ("e.svg", "\ufeff<svg/>".encode("utf-16-le"), "image/svg+xml"),
    ("a.zip", samples.zipped({"a.txt": "a"}), "application/zip"),
    ("secret.zip", samples.encrypted_zip(), "application/zip"),
    ("a.jar", JAR, "application/java-archive"),
    ("a.gz", gzip.compress(b"a", mtime=0), "application/gzip"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "application/x-7z-compressed"),
    ("a.rar", b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    ("a.exe", samples.exe(), PORTABLE_EXECUTABLE),
    ("a", samples.elf(), "application/x-elf"),
    ("a", samples.macho(), "application/x-mach-binary"),
    ("a", b"\xca\xfe\xba\xbe\0\0\0\x02\x01\0\0\x07", "application/x-mach-binary"),
    ("A.class", b"\xca\xfe\xba\xbe\0\0\0\x3d\0\x10", "application/java-vm"),
    ("a.msi", samples.ole(class_id="84100c0000000000c000000000000046"), "application/x-msi"),
    ("a.lnk", bytes.fromhex("4c0000000114020000000000c000000000000046") + b"\0" * 60, "application/x-ms-shortcut"),
    ("a.eml", samples.eml(), "message/rfc822"),
    ("forwarded", samples.eml(), "message/rfc822"),
    ("a.txt", samples.TEXT.encode(), "text/plain"),
    ("a.txt", samples.TEXT.encode("cp1252"), "text/plain"),
    ("a.txt", ("\ufeff" + samples.TEXT).encode("utf-16-le"), "text/plain"),
    ("a.txt", samples.TEXT.encode("utf-16-be"), "text/plain"),
    ("a.csv", samples.CSV, "text/csv"),
    ("a.csv", b"Item\nLamp\n", "text/csv"),
    (None, samples.CSV, "text/csv"),
    ("a.json", b'{"order": "123-1234567-1234567"}', "application/json"),
    (None, b'{"order": "123-1234567-1234567"}', "application/json"),
    ("a.xml", b"<?xml version='1.0'?><note>Dust it</note>", "application/xml"),
    ("a.html", samples.HTML, "text/html"),
    ("a", b"\xef\xbb\xbf  <TABLE border=0><tr><td>1</td></tr></TABLE>", "text/html"),
    ("part.html", b"just words, shown as a page", "text/html"),
    (None, b"<p>Dear Ben, dust it.</p>", "text/html"),
    ("a.js", samples.JS, "text/javascript"),
    ("a.sh", b"#!/bin/sh\necho hello\n", "text/x-shellscript"),
    ("tool", b"#!/usr/bin/env python3\nprint(1)\n", "text/x-python"),
    ("a.bat", b"rem nothing\r\n", "application/x-bat"),
    ("a", b"@ECHO OFF\r\nrem nothing\r\n", "application/x-bat"),
    ("a.ps1", b"Write-Output 1\n", "application/x-powershell"),
    ("a.vbs", b"Dim a\r\na = 1\r\n", "text/vbscript"),
    ("a.pkg", b"xar!\0\x1c\0\1\0\0\0\0", "application/x-xar"),
    ("a.url", b"[InternetShortcut]\r\nURL=https://shop.example/\r\n", "application/x-mswinurl"),
    ("a.php", b"<?php echo 1;", "text/x-php"),
    ("a.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "text/calendar"),
    ("a.vcf", b"BEGIN:VCARD\r\nFN:Ada Example\r\nEND:VCARD\r\n", "text/vcard"),
]  # fmt: skip
# The system's library first: the dynamic linker hands out the one that it loaded first.
SYSTEM = load_system()
LIBRARIES = {"system": SYSTEM, "bundled": load_bundled(), "none": None}


@pytest.fixture(params=["system", "bundled", "none"])
def library(request):
    found = LIBRARIES[request.param]
    if found is None and request.param != "none":
        pytest.skip(f"no {request.param} libmagic here")
    return found


@pytest.mark.parametrize(("name", "content", "expected"), KNOWN, ids=[f"{name}-{kind}" for name, _, kind in KNOWN])
def test_known_kinds(name, content, expected, library):
    assert sniff(content, name, library=library).media_type == expected


def test_sample_is_broad():
    assert len({kind for *_, kind in KNOWN}) >= 40


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ-700 is the name of the lamp.", "a.txt"),
        (b"BM lamps are made here, and have been for years.", None),
        (b"PK is short for package.", None),
        (b"FWS lamps are bright.", None),
        (b"ID3 and ID4 are two lamps.", None),
        (b"BZh91 is a part number.", None),
        (b"GIF is a format for images.", None),
        (b"The first line of such a file is %PDF-1.7, they say.", None),
        (b"Note: dust it.\nCare: dry.\nPower: 12 W.\nFrom: our shop\n", None),
        (b"From: Ada\nTo: Ben\nSubject: lamp\nDate: Monday\n\nquoted by hand", "a.txt"),
        (b"<b>Dear Ben</b>, dust it.", "a.txt"),
        (b"a < b and c > d", None),
        (b"<Ada> hello", None),
        (b"Dear Ben,\nthe lamp, is here\n", None),
        (b"", None),
    ],
)  # fmt: skip
def test_text_that_begins_like_something_else(content, name, library):
    found = sniff(content, name, library=library)
    assert found == (Sniffed("text/plain", "text") if content else Sniffed(None))


@pytest.mark.parametrize(
    ("content", "media_type", "also"),
    [
        (b"GIF89a/*" + samples.gif()[8:] + b"*/=1;<script>a</script>", "image/gif", ("text/html", "text/javascript")),
        (b"GIF89a/*" + samples.gif()[8:] + b"*/=1;alert(1)", "image/gif", ("text/javascript",)),
        (b"GIF89a/*" + samples.gif()[8:], "image/gif", ()),
        (samples.jpeg() + JAR, "image/jpeg", ("application/java-archive",)),
        (samples.gif() + samples.pdf("two in one"), "image/gif", ("application/pdf",)),
        (samples.exe()[:256] + samples.pdf("two in one"), PORTABLE_EXECUTABLE, ("application/pdf",)),
        (b"<script>alert(1)</script>" + samples.pdf("two in one"), "application/pdf", ("text/html",)),
        (b"#!/bin/sh\nexit\n" + samples.zipped({"a.txt": "a"}), "application/zip", ("text/x-shellscript",)),
        (b"@echo off\r\nexit\r\n" + samples.docx(), OOXML + "wordprocessingml.document", ("application/x-bat",)),
        (samples.pdf("one") + samples.zipped({"a.txt": "a"}), "application/pdf", ("application/zip",)),
    ],
)  # fmt: skip
def test_two_kinds_in_one_file(content, media_type, also, library):
    assert sniff(content, library=library)[::2] == (media_type, also)


@pytest.mark.parametrize("content", [content for _, content, _ in KNOWN])
def test_honest_files_open_as_one_kind_only(content):
    assert sniff(content).also == ()


def test_how_it_was_told():
    told = {name: sniff(content, name).by for name, content, _ in KNOWN if name}
    assert (told["invoice.pdf"], told["a.docx"], told["a.eml"], told["a.js"]) == (
        "signature",
        "contents",
        "text",
        "name",
    )


def test_the_rest_is_libmagics(library):
    sound = b".snd\0\0\0\x18\0\0\x01\0\0\0\0\x01\0\0\x1f\x40\0\0\0\x01" + b"\0" * 40
    expected = Sniffed("audio/basic", "libmagic") if library else Sniffed(None)
    assert sniff(sound, "a.au", library=library) == expected
    assert sniff(b"\x00\x9a\xfe\x12\x13\x14" * 9, library=library) == Sniffed(None)


def layer3(size: int = 417) -> bytes:
    """A frame of MPEG audio: 128 kbit/s at 44.1 kHz."""
    return b"\xff\xfb\x90\x64" + b"\0" * (size - 4)


def mp4(*tracks: bytes, brand: bytes = b"mp42") -> bytes:
    handlers = b"".join(b"\0\0\0\x20hdlr" + b"\0" * 8 + track + b"\0" * 12 for track in tracks)
    return b"\0\0\0\x14ftyp" + brand + b"\0\0\0\0isom" + handlers


def old_tar() -> bytes:
    header = bytearray(b"care.txt".ljust(100, b"\0") + b"0000644\0" * 3 + b"00000000004\0" + b"00000000000\0")
    header += b" " * 8 + b"0" + b"\0" * 355
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"dust".ljust(512, b"\0")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (layer3() * 2, "audio/mpeg"),
        (layer3(300) * 2, None),
        (b"\xff\xfb\xff\x01" * 20, None),
        (b"\xff\xf1\x50\x80\x02\x1f\xfc" + b"\0" * 9 + b"\xff\xf1\x50\x80", "audio/aac"),
        (mp4(b"soun"), "audio/mp4"),
        (mp4(b"soun", b"vide"), "video/mp4"),
        (mp4(b"soun", brand=b"M4A "), "audio/mp4"),
        (mp4(b"vide", brand=b"3gp5"), "video/3gpp"),
        (mp4(brand=b"jxl "), "image/jxl"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x88matroska", "video/x-matroska"),
        (old_tar(), "application/x-tar"),
        (old_tar().replace(b"care", b"cane"), None),
        (b"FORM\0\0\0\x2eAIFFCOMM", "audio/aiff"),
        (b"\xc5\xd0\xd3\xc6\x1e\0\0\0", "application/postscript"),
    ],
)  # fmt: skip
def test_sound_film_and_tar_without_libmagic(content, media_type):
    assert sniff(content, library=None).media_type == media_type


@given(st.binary(max_size=64))
def test_any_sound(content):
    sniff(b"\xff\xfb" + content, library=None)
    sniff(b"\0\0\0\x14ftyp" + content, library=None)


PYTHON = "import os\n\n\ndef clean(path):\n    return os.remove(path)\n"
SCRIPT = "const fs = require('fs');\nfunction run(a) {\n  fs.unlink(a);\n}\nrun('x');\n"
VBS = 'Set shell = CreateObject("WScript.Shell")\nshell.Run "calc"\nOn Error Resume Next\n'
POWERSHELL = "$client = New-Object Net.WebClient\nStart-Process notepad\n$a = 1\n"
STYLES = "body {\n  color: #333;\n  margin: 0;\n}\n.note {\n  color: red;\n}\n"
NOTES = "# Care\n\n- Dust it.\n- Do not wash it.\n\nSee [the shop](https://shop.example/care).\n"
LETTER = "Dear Ben,\n\nreturn the lamp if it is broken: import duties are refunded.\n\n- Ada\n"
FROM = "From us to you: a lamp.\nimport tax paid\nFor use in Europe:\nreturn within 30 days\n"


@pytest.mark.parametrize(
    ("text", "name", "media_type"),
    [
        (PYTHON, None, "text/x-python"),
        (PYTHON, "invoice.pdf", "text/x-python"),
        (PYTHON, "note.txt", "text/plain"),  # an editor opens it
        (SCRIPT, "invoice", "text/javascript"),
        (VBS, "invoice.doc", "text/vbscript"),
        (POWERSHELL, None, "application/x-powershell"),
        (STYLES, None, "text/css"),
        (NOTES, None, "text/markdown"),
        (LETTER, None, "text/plain"),
        (LETTER, "letter.pdf", "text/plain"),
        (FROM, None, "text/plain"),
        (NOTES.replace("\n", "\r\n"), None, "text/markdown"),
        ("Care\n====\n\n- Dust it.\n\nRepair\n------\n\n- Send it back.\n", None, "text/markdown"),
        ("Your lamp\n=========\n\nDear Ben,\n\n- Ada\n", None, "text/plain"),
        ("# Order 12\n\nThe lamp is on its way.\n", None, "text/plain"),
        ("lamp:\n  colour: blue\n  parts:\n    - shade\n    - cable\n", None, "application/yaml"),
        ("Order: 12\nColour: blue\nSize: 40 cm\n", None, "text/plain"),
        ("for part in shade cable; do\n  echo $part\ndone\n", None, "text/x-shellscript"),
        (
            '"""Dust the lamp.\n\nAnd the shade.\n"""\n\nfrom shop import lamp\n\n\nlamp.dust(\n  1,\n)\n',
            None,
            "text/x-python",
        ),
        ("1. Screw the leg on.\n2. Turn the lamp over.\n", None, "text/plain"),
    ],
)
def test_sources_without_a_name_that_tells(text, name, media_type):
    assert sniff(text.encode(), name).media_type == media_type


@given(st.binary(max_size=400), st.sampled_from([None, "a.pdf", "a.txt", "a.html", "x"]))
def test_any_bytes(content, name):
    found = sniff(content, name)
    assert found.media_type is None or "/" in found.media_type
    assert (found.media_type is None) == (found.by is None)


@given(st.data())
def test_damaged_files(data):
    _, content, _ = data.draw(st.sampled_from(KNOWN))
    damaged = bytearray(content)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
        damaged[at] ^= data.draw(st.integers(1, 255))
    sniff(bytes(damaged[: data.draw(st.integers(0, len(content)))]))


def test_zip_with_too_many_entries_is_not_listed():
    entry = b"PK\x01\x02" + b"\0" * 42
    many = b"PK\x03\x04" + entry * 200_000 + b"PK\x05\x06" + b"\0" * 18
    assert sniff(many) == Sniffed("application/zip", "contents")


def test_other_compression_is_not_unpacked():
    """bzip2 unpacks a thousand times its size at once; Office files are never packed with it."""
    content = samples.zipped({"[Content_Types].xml": b"wordprocessingml.document.main+xml"}, zipfile.ZIP_BZIP2)
    assert sniff(content).media_type == "application/zip"


@pytest.mark.parametrize(
    "text",
    ["<!--" * 40_000, "<?a?>" * 40_000 + "<", "<!doctype a[" * 20_000, "a:b\n" * 40_000, "{" * 99_999, "/*" * 40_000,
     '"""' * 30_001 + "a", "[" * 90_000, "**" * 40_000, "# a\n\n" * 20_000, "a\n==\n\n" * 9_000],
)  # fmt: skip
def test_long_hostile_beginnings_end_quickly(text, library):
    sniff(text.encode(), library=library)
