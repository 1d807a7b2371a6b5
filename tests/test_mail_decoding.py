from __future__ import annotations

import base64
import binascii
import codecs
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.mail.decoding import decode_base64, decode_quoted_printable, decode_text, decode_transfer
from tests.growth import assert_linear

UMLAUTS = "Grüße aus Köln, übermorgen"


# --- transfer encodings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "7bit", "8BIT", "binary", "7-bit", "8bit (as it is)"])
def test_identity_encodings_change_nothing(name: str) -> None:
    assert decode_transfer(b"a=41\r\n\0\rb\n\xff", name) == (b"a=41\r\n\0\rb\n\xff", "")


def test_an_unknown_encoding_leaves_the_bytes_and_says_so() -> None:
    content, flaw = decode_transfer(b"abc", "gzip64")
    assert content == b"abc"
    assert "gzip64" in flaw


@given(st.binary(max_size=300))
def test_quoted_printable_round_trips(data: bytes) -> None:
    # quopri.encodestring makes one kind of line end of several; this writes each as =0D or =0A.
    assert decode_quoted_printable(binascii.b2a_qp(data, istext=False)) == data


@pytest.mark.parametrize(
    ("encoded", "plain"),
    [
        (b"a=3Db", b"a=b"),
        (b"soft=\r\nbreak", b"softbreak"),
        (b"soft=\nbreak", b"softbreak"),
        (b"soft=\rbreak\r\nnext", b"softbreak\r\nnext"),  # binascii drops "break"
        (b"soft= \t\r\nbreak", b"softbreak"),
        (b"100 = 100", b"100 = 100"),
        (b"a==41", b"a=A"),
        (b"==\r\n41", b"=41"),  # what a soft break joins is not decoded again
        (b"=4=\r\n1", b"=41"),
        (b"=ZZ=4", b"=ZZ=4"),
        (b"cut off=", b"cut off"),
        (b"=e4=E4", b"\xe4\xe4"),
        (b"keep\r\nthese\nand\rthose", b"keep\r\nthese\nand\rthose"),
    ],
)
def test_quoted_printable_loses_nothing(encoded: bytes, plain: bytes) -> None:
    assert decode_quoted_printable(encoded) == plain


@given(st.binary(max_size=300))
def test_base64_round_trips(data: bytes) -> None:
    assert decode_base64(base64.encodebytes(data).replace(b"\n", b"\r\n")) == (data, "")


@pytest.mark.parametrize("encoded", [b"aGFsbG8", b"aGFsbG8=", b" aGFs\r\n\tbG8= \r\n", b"aGFsbG8==="])
def test_base64_without_its_padding_is_whole(encoded: bytes) -> None:
    assert decode_base64(encoded) == (b"hallo", "")


def test_base64_goes_on_after_padding() -> None:
    assert decode_base64(b"aGk=\r\naGlkZGVu\r\n") == (b"hihidden", "")


@pytest.mark.parametrize("encoded", [b"aGF*sbG8=", b"aGFsbG8=\r\n-- \r\n", b"aGFsb", b"Dear Anna", b"call me\r\n"])
def test_damaged_base64_is_named(encoded: bytes) -> None:
    assert "base64" in decode_base64(encoded)[1]


@given(st.binary(max_size=300))
def test_any_bytes_are_some_base64(data: bytes) -> None:
    content, _ = decode_base64(data)
    assert len(content) <= len(data)


def uuencoded(data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45)]
    return b"begin 644 invoice.pdf\n" + b"".join(lines) + b"`\nend\n"


@given(st.binary(max_size=300))
def test_uuencode_round_trips(data: bytes) -> None:
    assert decode_transfer(uuencoded(data), "x-uuencode") == (data, "")
    assert decode_transfer(uuencoded(data).replace(b"\n", b"\r\n"), "UUE") == (data, "")


def test_uuencode_with_its_trailing_spaces_cut_off() -> None:
    assert decode_transfer(b"begin 644 f\n#  \nend\n", "x-uue") == (b"\0\0\0", "")


def test_damaged_uuencode_is_named() -> None:
    whole = uuencoded(b"one line of forty-five bytes, then another one")
    assert decode_transfer(whole.removesuffix(b"end\n"), "x-uuencode") == (
        b"one line of forty-five bytes, then another one",
        "its uuencoded data has no end line",
    )
    assert decode_transfer(b"no such data", "x-uuencode") == (b"", "its uuencoded data has no begin line")
    assert decode_transfer(b"begin 644 f\n#\x80\x80\x80\x80\nend\n", "x-uuencode")[1] == "a uuencoded line is damaged"


# --- character sets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "charset", ["utf-8", "UTF8", "iso-8859-1", "Windows-1252", "latin1", "iso-8859-15", "utf-7", "cp850", "macintosh"]
)
def test_the_declared_character_set_is_used(charset: str) -> None:
    assert decode_text(UMLAUTS.encode(charset), charset) == UMLAUTS


@pytest.mark.parametrize(
    "charset", ["us-ascii", "ISO-2022-JP", "x-unknown", "", None, "unicode_escape", "\0", "a" * 999]
)
def test_utf8_is_read_where_the_declaration_lies(charset: str | None) -> None:
    assert decode_text(UMLAUTS.encode("utf-8"), charset) == UMLAUTS


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "x-unknown", None])
def test_latin1_is_read_where_the_declaration_lies(charset: str | None) -> None:
    assert decode_text(UMLAUTS.encode("latin-1"), charset) == UMLAUTS


def test_latin1_means_windows_1252_as_in_mail_programs() -> None:
    assert decode_text("10 € – „gut“".encode("cp1252"), "iso-8859-1") == "10 € – „gut“"
    assert decode_text(b"\x81\x8d\x8f\x90\x9d\xa0", "iso-8859-1") == "\x81\x8d\x8f\x90\x9d\xa0"


def test_names_stand_for_the_larger_set() -> None:
    assert decode_text("髙橋①".encode("cp932"), "Shift_JIS") == "髙橋①"
    assert decode_text("镕基".encode("gbk"), "gb2312") == "镕基"
    assert decode_text("똠방각하".encode("cp949"), "ks_c_5601-1987") == "똠방각하"


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META  charset = windows-1251 />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<?xml version='1.0' encoding='windows-1251'?>",
    ],
)
def test_html_declares_its_own_character_set(declaration: str) -> None:
    page = f"{declaration}<p>Спасибо за заказ</p>"
    data = page.encode("windows-1251")
    assert decode_text(data, html=True) == page
    assert decode_text(data, "utf-8", html=True) == page
    assert decode_text(data) != page  # a text part cannot declare anything
    assert decode_text(page.encode("utf-8"), html=True) == page  # UTF-8 proves itself
    assert decode_text(data, "koi8-r", html=True) == data.decode("koi8-r")  # the header wins


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "utf-16"])
def test_a_byte_order_mark_decides(mark: bytes, codec: str, declared: str | None) -> None:
    assert decode_text(mark + UMLAUTS.encode(codec), declared) == UMLAUTS


def test_ascii_declared_as_utf16_is_no_chinese() -> None:
    assert decode_text(b"call us!", "utf-16") == "call us!"
    assert decode_text("call us".encode("utf-16-le"), "utf-16") == "call us"


def test_a_damaged_text_keeps_its_character_set() -> None:
    text = "ご注文ありがとうございます"
    broken = text.encode("utf-8")[:-1]
    assert decode_text(broken, "utf-8") == text[:-1] + "\ufffd"
    assert decode_text(broken) == text[:-1] + "\ufffd"
    assert decode_text(text.encode("euc-jp")[:-1], "euc-jp") == text[:-1] + "\ufffd"


@pytest.mark.parametrize("newlines", ["a\r\nb", "a\rb", "a\nb", "a\r\r\nb", "\x85\u2028\x0b\x0c"])
def test_newlines_stay(newlines: str) -> None:
    assert decode_text(newlines.encode("utf-8"), "utf-8") == newlines


def test_no_codec_gives_half_a_surrogate_pair() -> None:
    assert decode_text(b"+2AA-", "utf-7") == "+2AA-"
    for charset in sorted(set(aliases) | set(aliases.values())):
        for data in (b"\xed\xa0\x80", b"\xd8\x00", b"\x00\xd8", b"\x83\x36\xc7\x38", b"\\ud800", b"\0\0\xd8\0", b"\0"):
            decode_text(data, charset).encode("utf-8")


@given(st.binary(max_size=200), st.sampled_from(sorted(aliases)) | st.text(max_size=20), st.booleans())
def test_any_bytes_are_some_text(data: bytes, charset: str, html: bool) -> None:
    decode_text(data, charset, html=html).encode("utf-8")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=100).filter(lambda text: not text.startswith("\ufeff"))
)
def test_utf8_round_trips(text: str) -> None:
    assert decode_text(text.encode("utf-8"), "utf-8") == text


def test_an_unknown_name_is_not_looked_up() -> None:
    """Python would import a module for it and remember it forever."""
    asked: list[str] = []

    def watch(name: str) -> None:
        asked.append(name)

    codecs.register(watch)
    try:
        for charset in ("x-hostile-1", "aliases", "punycode", "idna", "zip", "rot13", "undefined", "mbcs"):
            assert decode_text(b"xn--41", charset) == "xn--41"
    finally:
        codecs.unregister(watch)
    assert asked == []


@pytest.mark.parametrize("unit", [b"encoding=''", b"<meta ", b"<?xml ", b"<meta charset"])
def test_hostile_declarations_take_linear_time(unit: bytes) -> None:
    def decode(data: bytes) -> None:
        for _ in range(20):
            decode_text(data + b"\xff", html=True)

    assert_linear(lambda size: b"<?" + (unit * size)[:size], decode, 125)  # a thousand bytes are looked at
