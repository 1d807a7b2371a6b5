"""Small files of many kinds, made in memory. Wording and people are invented; shop.example is a reserved name."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib

OOXML = "application/vnd.openxmlformats-officedocument."


# --- images -----------------------------------------------------------------------------------------------------------


def png(*, animated: bool = False) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    control = chunk(b"acTL", struct.pack(">II", 1, 0)) if animated else b""
    return b"\x89PNG\r\n\x1a\n" + head + control + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def gif(frames: int = 1) -> bytes:
    frame = b"\x21\xf9\x04\0\x0a\0\0\0" + b"\x2c\0\0\0\0\x01\0\x01\0\0" + b"\x02\x02\x44\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def jpeg() -> bytes:
    quantization = b"\xff\xdb\0\x43\0" + bytes(range(1, 65))
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + quantization
        + b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0"
        b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x7f\xff\xd9"
    )


def webp(*, animated: bool = False) -> bytes:
    body = b"WEBP" + (b"VP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0ANIM\x06\0\0\0\0\0\0\0\0\0" if animated else b"")
    body += b"VP8L\x08\0\0\0\x2f\0\0\0\0\x88\x88\x08"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff() -> bytes:
    return b"II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\x01\0\0\0\0\0\0\0"


def bmp() -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 58, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0)
        + b"\0" * 4
    )


def heic(brand: bytes = b"heic") -> bytes:
    return (
        struct.pack(">I", 24)
        + b"ftyp"
        + brand
        + b"\0\0\0\0mif1"
        + brand
        + struct.pack(">I", 16)
        + b"meta\0\0\0\0\0\0\0\0"
    )


def svg(inside: str = "<circle r='4'/>", before: str = "") -> bytes:
    return f"{before}<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>".encode()


# --- containers -------------------------------------------------------------------------------------------------------


def zipped(entries: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A zip whose only entry says that it needs a password."""
    data = bytearray(zipped({"invoice.txt": "twelve bytes of it, or more"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def ooxml(main_type: str, main_part: str, parts: dict[str, bytes | str]) -> bytes:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, **parts})


def docx(text: str = "Thank you", parts: dict[str, bytes | str] | None = None, *, macros: bool = False) -> bytes:
    """A Word document: each line of `text` is a paragraph; "\\f" is a page break."""
    main = (
        "application/vnd.ms-word.document.macroEnabled.main+xml"
        if macros
        else OOXML + "wordprocessingml.document.main+xml"
    )
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>".replace("\f", '</w:t><w:br w:type="page"/><w:t>')
        for line in text.split("\n")
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    more = dict(parts or {})
    if macros:
        more["word/vbaProject.bin"] = ole("VBA")
    return ooxml(main, "word/document.xml", {"word/document.xml": body, **more})


def xlsx(*, macros: bool = False, parts: dict[str, bytes | str] | None = None) -> bytes:
    main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else OOXML + "spreadsheetml.sheet.main+xml"
    more = {"xl/vbaProject.bin": ole("VBA")} if macros else {}
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Item</t></si>'
        "<si><r><t>Blue </t></r><r><t>lamp</t></r></si></sst>"
    )
    return ooxml(
        main,
        "xl/workbook.xml",
        {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": shared, **more, **(parts or {})},
    )


def pptx(text: str = "Assembly") -> bytes:
    slide = (
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
    )
    main = OOXML + "presentationml.presentation.main+xml"
    return ooxml(main, "ppt/presentation.xml", {"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide})


def odt(text: str = "Care of your lamp", parts: dict[str, bytes | str] | None = None) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:text><text:p>{text}</text:p></office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": kind, "content.xml": content, **(parts or {})}, zipfile.ZIP_STORED)


def ole(*names: str, streams: dict[str, bytes] | None = None, class_id: str = "") -> bytes:
    """An OLE compound file: storages of these names, and streams with these contents (padded to 4096 bytes)."""
    contents = {name: content.ljust(4096, b"\0") for name, content in (streams or {}).items()}
    first_data = 2
    sectors = b"".join(contents.values())

    def entry(name: str, kind: int, start: int, size: int, of_class: bytes = b"") -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1) + b"\xff" * 12
        head += of_class.ljust(36, b"\0")
        return head + struct.pack("<IQ", start, size)

    entries, at = [entry("Root Entry", 5, 0, 0, bytes.fromhex(class_id))], first_data
    for name, content in contents.items():
        entries.append(entry(name, 2, at, len(content)))
        at += len(content) // 512
    entries += [entry(name, 1, 0, 0) for name in names]
    directory = b"".join(entries)
    assert len(directory) <= 1024
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 10 + struct.pack("<II", 1, 0)
    return header.ljust(512, b"\0") + directory.ljust(1024, b"\0") + sectors


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(
    *texts: str,
    catalog: str = "",
    page: str = "",
    objects: dict[int, bytes | str] | None = None,
    contents: bytes | None = None,
) -> bytes:
    """A PDF with one page for each text. `catalog` and `page` are more entries of these dictionaries, `objects` more
    objects (numbers from 100), `contents` a page's content stream in place of a text's."""
    body: dict[int, bytes] = {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
    kids = []
    for index, text in enumerate(texts or ("Invoice",)):
        number = 10 + 2 * index
        kids.append(f"{number} 0 R")
        stream = contents if contents is not None else b"BT /F1 12 Tf 20 100 Td (" + text.encode("cp1252") + b") Tj ET"
        body[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F1 3 0 R>>>>/Contents {number + 1} 0 R"
            f"{page}>>"
        ).encode()
        body[number + 1] = b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream)
    body[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    body[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    body |= {number: item.encode() if isinstance(item, str) else item for number, item in (objects or {}).items()}
    return pdf_of(body)


def pdf_of(body: dict[int, bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(body):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body[number])
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (max(body) + 1, trailer, start)
    return bytes(out)


# --- programs and texts -----------------------------------------------------------------------------------------------


def exe() -> bytes:
    """The headers of a Windows program that does nothing."""
    dos = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 44 + struct.pack("<I", 64)
    return dos + b"PE\0\0" + struct.pack("<HHIIIHH", 0x14C, 0, 0, 0, 0, 224, 0x102) + b"\x0b\x01" + b"\0" * 222


def elf() -> bytes:
    return b"\x7fELF\x02\x01\x01" + b"\0" * 9 + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0)


def macho() -> bytes:
    return struct.pack("<IIIIIII", 0xFEEDFACF, 0x1000007, 3, 2, 0, 0, 0) + b"\0" * 8


def eml(body: str = "Here is the invoice you asked for.") -> bytes:
    return (
        "Received: from mail.shop.example by relay.shop.example; Mon, 2 Nov 2026 10:00:00 +0100\r\n"
        "From: Ada Example <ada@shop.example>\r\nTo: Ben Example <ben@buyer.example>\r\nSubject: Your invoice\r\n"
        "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@shop.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


CSV = b"Item;Amount;Price\r\nLamp;1;19,90\r\nShade;2;7,50\r\n"
TEXT = "Dear Ben,\r\n\r\nthe lamp, the shade and the cable are in the box.\r\nGrüße, Ada\r\n"
HTML = b"<!-- page --><!DOCTYPE html>\n<html><head><title>Care</title></head><body><p>Dust it.</p></body></html>"
RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Dust the lamp once a week.\par}"
JS = b"(function () { var a = new Array(); a.push(1); }());\n"


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with a table of sectors: streams by their paths ("storage/stream"), short ones as such."""
    end = 0xFFFFFFFE
    names = sorted({"/".join(path.split("/")[:depth]) for path in streams for depth in (1, 2)})
    small, small_table, big, table = b"", [], b"", []
    places: dict[str, int] = {}
    for name, content in streams.items():
        unit, at = (64, len(small) // 64) if len(content) < 4096 else (512, len(big) // 512)
        count = -(-len(content) // unit)
        places[name] = at if count else end
        chain = [*range(at + 1, at + count), end][:count]
        padded = content.ljust(count * unit, b"\0")
        if unit == 64:
            small, small_table = small + padded, small_table + chain
        else:
            big, table = big + padded, table + chain
    for held in (small, struct.pack(f"<{len(small_table)}I", *small_table)):
        at, count = len(big) // 512, -(-len(held) // 512)
        places[f":{len(held)}"] = at if count else end
        table += [*range(at + 1, at + count), end][:count]
        big += held.ljust(count * 512, b"\0")
    small_at, small_table_at = places[f":{len(small)}"], places[f":{4 * len(small_table)}"]

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
        return head + b"\0" * 36 + struct.pack("<IQ", start, size)

    def following(folder: str, after: int) -> int:
        inside = (n for n, name in enumerate(names, 1) if name.rpartition("/")[0] == folder and n > after)
        return next(inside, 0xFFFFFFFF)

    entries = [entry("Root Entry", 5, 0xFFFFFFFF, following("", 0), small_at, len(small))]
    for number, name in enumerate(names, 1):
        folder, _, own = name.rpartition("/")
        right = following(folder, number)
        if name in streams:
            entries.append(entry(own, 2, right, 0xFFFFFFFF, places[name], len(streams[name])))
        else:
            entries.append(entry(own, 1, right, following(name, 0), 0, 0))
    directory = b"".join(entries)
    at, count = len(big) // 512, -(-len(directory) // 512)
    table += [*range(at + 1, at + count), end]
    big += directory.ljust(count * 512, b"\0")
    table_at = len(big) // 512
    sectors = -(-(len(table) + 4) // 128)
    table += [0xFFFFFFFD] * sectors
    big += struct.pack(f"<{len(table)}I", *table).ljust(sectors * 512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    )
    header += struct.pack("<IIIIIIII", sectors, at, 0, 4096, small_table_at, 1, end, 0)
    header += struct.pack(f"<{sectors}I", *range(table_at, table_at + sectors))
    return header.ljust(512, b"\xff") + big


def doc(text: str, codec: str = "utf-16-le") -> bytes:
    """A Word 97 document whose text is one piece."""
    encoded = text.encode(codec)
    wide = codec == "utf-16-le"
    place = 1024 if wide else 2048 | 0x40000000
    main = bytearray(b"\xec\xa5\xc1\0" + b"\0" * 1020)
    piece = struct.pack("<II", 0, len(text)) + b"\0\0" + struct.pack("<I", place) + b"\0\0"
    table = b"\x02" + struct.pack("<I", len(piece)) + piece
    main[0x1A2:0x1AA] = struct.pack("<II", 0, len(table))
    return compound({"WordDocument": bytes(main) + encoded, "0Table": table})


def ppt(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    record = struct.pack("<HHI", 0, 0x0FA0, len(encoded)) + encoded
    return compound({"PowerPoint Document": struct.pack("<HHI", 15, 0x03E8, len(record)) + record, "Pictures": b""})


def msg(subject: str, text: str, files: dict[str, bytes]) -> bytes:
    streams = {
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": text.encode("utf-16-le"),
        "__properties_version1.0": b"\0" * 32,
    }
    for number, (name, content) in enumerate(files.items()):
        folder = f"__attach_version1.0_#{number:08}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = content
    return compound(streams)


def tnef(text: str, files: dict[str, bytes]) -> bytes:
    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) % 65536)

    encoded = text.encode("utf-16-le")
    properties = struct.pack("<IIII", 1, 0x1000001F, 1, len(encoded)) + encoded
    out = b"\x78\x9f\x3e\x22\x01\0" + attribute(1, 0x00069003, properties)
    for name, content in files.items():
        out += attribute(2, 0x00069002, b"\0" * 14) + attribute(2, 0x00018010, name.encode() + b"\0")
        out += attribute(2, 0x0006800F, content)
    return out


def tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()
