"""The bytes of a mail part become text: transfer encodings and character sets.

Every function here is total (any bytes give a result, none raises) and takes time linear in the input. Where the
standard library would lose text of hostile mail (`a2b_qp` drops the line after `=` and a lone CR, base64 what follows
its padding) it is given only what it reads well.
"""

from __future__ import annotations

import binascii
import codecs
from encodings.aliases import aliases
from typing import NamedTuple

import regex

from msgpolicy.later import regex_later

# Transfer encodings that leave the bytes as they are.
AS_IT_IS = ("", "7bit", "8bit", "binary")
# An equals sign that starts no escape: a soft line break, or a plain sign of a broken encoder.
_LOOSE_EQUALS = regex_later(rb"=(?![0-9A-Fa-f]{2})([ \t]*+(?:\r\n|[\r\n]|\Z))?")
_BASE64_RUN = regex_later(rb"[A-Za-z0-9+/]++")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_SPACE_IN_LINE = regex_later(rb"[^\s][ \t]++[^\s]")
_UU_BEGIN = regex_later(rb"(?:^|[\r\n])begin [0-7]{3,4} [^\r\n]*+(?:\r\n|[\r\n])")
_LINE = regex_later(rb"[^\r\n]++")


def transfer_encoding(raw: str) -> tuple[str, str]:
    """The name that a raw Content-Transfer-Encoding gives, in small letters without signs, and as it is written."""
    match = regex.match(r"\s*+([\w-]*+)", raw)
    assert match is not None  # it matches the empty text too
    return match[1].lower().replace("-", "").replace("_", ""), match[1]


def decode_transfer(payload: bytes, encoding: str) -> tuple[bytes, str]:
    """`payload` without its Content-Transfer-Encoding, and what was wrong with it ("" when nothing was)."""
    name, token = transfer_encoding(encoding)
    if name in AS_IT_IS:
        return payload, ""
    if name == "quotedprintable":
        return decode_quoted_printable(payload), ""
    if name == "base64":
        return decode_base64(payload)
    if name in ("xuuencode", "uuencode", "xuue", "uue"):
        return _decode_uu(payload)
    return payload, f"unknown transfer encoding {token[:40]!r}"


def decode_quoted_printable(data: bytes) -> bytes:
    """Quoted-printable decoded; a broken escape stays as it is written."""
    return binascii.a2b_qp(_LOOSE_EQUALS.sub(lambda found: b"=3D" if found[1] is None else b"", data))


def decode_base64(data: bytes) -> tuple[bytes, str]:
    """Base64 decoded, also after padding in its middle, and what was wrong with it."""
    junk = data.translate(None, _BASE64)
    # Words with spaces between them are prose that is declared as base64 by mistake.
    spaced = (b" " in junk or b"\t" in junk) and _SPACE_IN_LINE.search(data)
    flaw = "its base64 holds other characters" if spaced or junk.strip() else ""
    out = bytearray()
    for run in _BASE64_RUN.finditer(data.translate(None, _NOT_BASE64) if junk else data):
        digits = run[0]
        if len(digits) % 4 == 1:  # six bits make no byte
            digits = digits[:-1]
            flaw = flaw or "its base64 is cut off or damaged"
        out += binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    return bytes(out), flaw


def _decode_uu(data: bytes) -> tuple[bytes, str]:
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return b"", "its uuencoded data has no begin line"
    out = bytearray()
    flaw = ""
    for found in _LINE.finditer(data, begin.end()):
        line = found[0]
        if line.rstrip() == b"end":
            return bytes(out), flaw
        # Some encoders write more, or fewer (trailing spaces cut off), characters than the length byte says.
        length = (line[0] - 32) & 63
        digits = line[1 : 1 + (length + 2) // 3 * 4]
        try:
            out += binascii.a2b_uu(line[:1] + digits)
        except binascii.Error:
            flaw = "a uuencoded line is damaged"
    return bytes(out), flaw or "its uuencoded data has no end line"


# --- character sets ---------------------------------------------------------------------------------------------------

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
# Only these are ever looked up: Python's other codecs are no character sets, some are slow, and each unknown name that
# is looked up stays in its cache.
_CODECS = (
    set(aliases.values()) | {"cp720", "cp737", "cp856", "cp874", "iso8859_1", "koi8_t", "koi8_u", "utf_8_sig"}
) - {"base64_codec", "bz2_codec", "hex_codec", "mbcs", "quopri_codec", "rot_13", "uu_codec", "zlib_codec"}
# Mail programs read these names as the larger set, as the WHATWG Encoding standard says; and names Python lacks.
_READ_AS = {
    "big5": "cp950",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859_1": "cp1252",
    "iso8859_11": "cp874",
    "iso8859_9": "cp1254",
    "iso_8859_8_e": "iso8859_8",
    "iso_8859_8_i": "iso8859_8",
    "latin_1": "cp1252",
    "shift_jis": "cp932",
    "tis_620": "cp874",
    "utf_16": "utf_16_le",
    "utf_32": "utf_32_le",
    "windows_874": "cp874",
    "x_gbk": "gb18030",
    "x_sjis": "cp932",
}
# windows-1252 as browsers read it: the five bytes without a meaning are control characters, so that any bytes decode.
_WINDOWS_1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_WINDOWS_1252_BYTES = codecs.charmap_build(_WINDOWS_1252)
_HTML_DECLARATION_BYTES = 1024  # where browsers look for it
_HTML_DECLARATION = regex_later(
    # <meta charset=…>, <meta http-equiv=… content="…; charset=…">, <?xml … encoding=…?>; BeautifulSoup's patterns for
    # these take milliseconds on hostile documents, and a mail may hold thousands.
    rb"""<(?:meta\b[^<>]*?\bcharset|\?xml\b[^<>]*?\bencoding)\s*+=\s*+["']?\s*+([\w.:-]++)""",
    flags=regex.IGNORECASE,
)
_DAMAGED = 8  # at least this many good characters beyond ASCII for each bad one


class Decoded(NamedTuple):
    """Text read from bytes: with which of Python's codecs, and the byte order mark before it.

    `codec` is "" where bytes that fit none were replaced by U+FFFD.
    """

    text: str
    codec: str
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """Another text in the same character set, with the same mark.

        Raises:
            UnicodeEncodeError: the character set lacks something.
        """
        if self.codec == "cp1252":
            return self.mark + codecs.charmap_encode(text, "strict", _WINDOWS_1252_BYTES)[0]
        return self.mark + text.encode(self.codec)


def decode_text(data: bytes, charset: str | None = None, *, html: bool = False) -> str:
    """`data` as text; see `read_text`."""
    return read_text(data, charset, html=html).text


def read_text(data: bytes, charset: str | None = None, *, html: bool = False) -> Decoded:
    """`data` as text; nothing is lost, and newlines stay as they are.

    A byte order mark decides (and is dropped), then the declared `charset` if all of `data` fits it, then UTF-8, then
    what an HTML document declares in itself. If none fits, the first of `charset` and UTF-8 that is merely damaged
    (U+FFFD for the bad bytes), else windows-1252, which fits anything.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and (text := _strictly(data[len(mark) :], codec)) is not None:
            return Decoded(text, codec, mark)
    declared = _codec(charset)
    candidates = [declared, "utf_8"] if declared else ["utf_8"]
    for codec in candidates:
        if (text := _strictly(data, codec)) is not None:
            return Decoded(text, codec)
    if html and (codec := _codec(_declared_in_html(data))) and (text := _strictly(data, codec)) is not None:
        return Decoded(text, codec)
    for codec in candidates:
        if (text := _damaged(data, codec)) is not None:
            return Decoded(text, "")
    return Decoded(_windows_1252(data), "cp1252")


def _codec(charset: str | None) -> str:
    """Python's codec for a declared character set, or "" when there is none."""
    if not charset or len(charset) > 64:
        return ""
    name = regex.sub(r"[^a-z0-9]++", "_", charset.lower()).strip("_")
    name = aliases.get(name, name)
    name = _READ_AS.get(name, name)
    return name if name in _CODECS else ""


def _strictly(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _windows_1252(data)
    if codec.startswith(("utf_16", "utf_32")) and data and b"\0" not in data:
        return None  # mail declared so by mistake: real text has spaces or newlines, and with them zero bytes
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # UTF-7 can write half of a surrogate pair
    except UnicodeError:
        return None
    return text


def _damaged(data: bytes, codec: str) -> str | None:
    """`data` with U+FFFD for its bad bytes, if most of what lies beyond ASCII is good."""
    if codec.startswith(("utf_7", "utf_16", "utf_32")):
        return None
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text if good >= bad * _DAMAGED else None


def _windows_1252(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]


def _declared_in_html(data: bytes) -> str | None:
    found = _HTML_DECLARATION.search(data, 0, _HTML_DECLARATION_BYTES)
    return found[1].decode("ascii") if found else None
