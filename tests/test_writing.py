"""Edits written back into files: what they do not touch stays byte for byte, what cannot be written is refused."""

from __future__ import annotations

import json
import quopri
from base64 import b64encode
from email.header import Header
from io import BytesIO

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from msgpolicy import Edit, Message
from msgpolicy.facts.mail.decoding import decode_quoted_printable
from msgpolicy.fixing import edited_parts
from msgpolicy.inputs import Draft, InputError, WholeFile, read_whole
from msgpolicy.inputs.quoted_printable import LONGEST_LINE, quoted_printable_splices
from msgpolicy.inputs.splices import Splice, difference, spliced
from msgpolicy.inputs.writing import written_back


def whole(data: bytes, input_format: str) -> WholeFile:
    return read_whole("-", stdin=BytesIO(data), input_format=input_format)


def message(file: WholeFile, number: int = 0) -> Message:
    item = file.items[number]
    assert isinstance(item, Draft), item
    return item.message


def replacing(file: WholeFile, old: str, new: str, number: int = 0) -> tuple[Edit, ...]:
    """Edits that replace a word wherever it stands in the subject, text and HTML of a message."""
    edits = []
    for part in ("subject", "text", "html"):
        source = getattr(message(file, number), part) or ""
        at = source.find(old)
        while at >= 0:
            edits.append(Edit(part=part, start=at, end=at + len(old), replacement=new))
            at = source.find(old, at + len(old))
    return tuple(edits)


def rewritten(file: WholeFile, changes: dict[int, tuple[Edit, ...]]) -> bytes:
    wanted = {
        number: msgspec.structs.replace(message(file, number), **edited_parts(message(file, number), edits))
        for number, edits in changes.items()
    }
    return written_back(file, changes, wanted)[0]


def replaced(data: bytes, input_format: str, old: str, new: str) -> bytes:
    file = whole(data, input_format)
    return rewritten(file, {0: replacing(file, old, new)})


# --- text, HTML, JSON -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("input_format", ["text", "html"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\r\u2028"])
def test_text_keeps_its_mark_and_newlines(input_format: str, mark: bytes, newline: str) -> None:
    source = newline.join(("Zażółć 𝒜 <b>", "", "old\ttext old ", "&amp; end", ""))
    found = replaced(mark + source.encode(), input_format, "old", "nęw 𝒜")
    assert found == mark + source.replace("old", "nęw 𝒜").encode()


JSON = r"""{ "subject":"old \u00e9", "x0" : 1,
  "text" : "a \ud835\udc9c old \/ \"old\" \\old é\told",   "html": "<p>old<\/p>", "kind" :"reply" }"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_json_keeps_escapes_spaces_and_order(mark: str) -> None:
    source = mark + "\n " + JSON.replace(', "x0" : 1', "") + "\r\n"
    assert replaced(source.encode(), "json", "old", "né\nw") == source.replace("old", "né\\nw").encode()


def test_json_in_ascii_stays_ascii() -> None:
    source = r'{"text": "a \u00e9 old \ud835\udc9c"}'
    assert replaced(source.encode(), "json", "old", "ż𝒜") == source.replace("old", r"\u017c\ud835\udc9c").encode()


def test_lists_and_lines_change_only_the_records_concerned() -> None:
    records = ['{"text":"old one"}', '{ "text" : "old tw\\u00f6"}', '{"text": "old three"}']
    for input_format, source in (("json", "[" + ",\n".join(records) + "]"), ("jsonl", "\n\n".join(records) + "\n")):
        file = whole(source.encode(), input_format)
        assert len(file.items) == 3
        found = rewritten(file, {number: replacing(file, "old", "new", number) for number in (1, 2)})
        assert found.decode() == source.replace("old t", "new t")


def test_of_a_key_written_twice_the_one_that_counts_is_edited() -> None:
    source = '{"text": "old", "text": "an old one"}'
    assert replaced(source.encode(), "json", "old", "new").decode() == '{"text": "old", "text": "an new one"}'


def test_lines_that_cannot_be_read_stay() -> None:
    source = b'{"text": "old"}\r\n\xff\xfe\n{"tex": 1}\n\xef\xbb\xbf{"text": "\xc3\xa9 old"}'
    file = whole(source, "jsonl")
    assert rewritten(file, {3: replacing(file, "old", "new", 3)}) == source[:-5] + b'new"}'


def test_what_the_context_says_is_not_written_into_the_file() -> None:
    file = whole(b'{"text": "other"}', "json")
    draft = file.items[0]
    assert isinstance(draft, Draft)
    overlaid = Draft(Message(text="old"), draft.source)
    with pytest.raises(InputError, match="text is not from this file"):
        written_back(
            WholeFile("-", "f", file.data, "json", (overlaid,)), {0: replacing_all("old")}, {0: Message(text="new")}
        )


def replacing_all(text: str) -> tuple[Edit, ...]:
    return (Edit(part="text", start=0, end=len(text), replacement="new"),)


def test_a_result_that_is_not_what_it_should_be_is_refused() -> None:
    file = whole(b"old", "text")
    with pytest.raises(InputError, match="exactly what it should"):
        written_back(file, {0: replacing(file, "old", "new")}, {0: Message(text="other")})


@st.composite
def json_cases(draw: st.DrawFn) -> tuple[bytes, tuple[Edit, ...]]:
    text = draw(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip))
    record = json.dumps({"text": text}, ensure_ascii=draw(st.booleans()))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    new = draw(st.text(alphabet=st.characters(codec="utf-8"), max_size=3))
    return record.encode(), (Edit(part="text", start=start, end=end, replacement=new or "-"),)


@given(json_cases())
def test_any_text_in_json(case: tuple[bytes, tuple[Edit, ...]]) -> None:
    data, edits = case
    file = whole(data, "json")
    found = rewritten(file, {0: edits})  # read again, it is exactly what was wanted
    assert found.isascii() or not data.isascii()


def test_insertions_at_one_place_keep_their_order() -> None:
    edits = tuple(Edit(part="text", start=1, end=1, replacement=text) for text in ("z", "a"))
    for data, input_format in ((b"12", "text"), (b'{"text": "12"}', "json"), (mail(b"12"), "eml")):
        assert rewritten(whole(data, input_format), {0: edits}) == data.replace(b"12", b"1za2")


# --- mail -------------------------------------------------------------------------------------------------------------

HEAD = "From: a@shop.example\r\nSubject: About your order\r\nX-Odd:   two  spaces\r\n\tand a second line\r\n"


def mail(body: bytes, charset: str = "utf-8", encoding: str = "8bit", kind: str = "plain", head: str = HEAD) -> bytes:
    types = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return (head + types).encode() + body


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Zażółć 𝒜 old text, old"),
        ("iso-8859-2", "Zażółć old"),
        ("windows-1252", "„Grüße“ old €"),
        ("us-ascii", "plain old"),
        ("gb18030", "你好 old"),
        ("shift_jis", "こんにちは old"),
        ("utf-16le", "Zażółć old"),
        ("iso-2022-jp", "こんにちは old さようなら"),
    ],
)
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_mail_as_it_is_keeps_its_character_set(charset: str, text: str, newline: str) -> None:
    source = newline.join((text, "", "old", ""))
    data = mail(source.encode(charset), charset)
    assert replaced(data, "eml", "old", "new one") == mail(source.replace("old", "new one").encode(charset), charset)


def test_a_character_that_the_mail_cannot_hold_is_refused() -> None:
    data = mail("Grüße old".encode("latin-1"), "iso-8859-1")
    with pytest.raises(InputError, match="'ż', which the character set 'iso-8859-1' of the mail does not have"):
        replaced(data, "eml", "old", "ż")
    with pytest.raises(InputError, match="plain ASCII"):
        replaced(mail(b"old", "utf-8", "7bit"), "eml", "old", "ż")


def test_a_part_with_damaged_bytes_is_refused() -> None:
    data = mail("Zażółć gęślą jaźń old".encode() + b"\xff", "utf-8")
    with pytest.raises(InputError, match="cannot be written back exactly as it is"):
        replaced(data, "eml", "old", "new")


def test_a_byte_order_mark_in_a_mail_stays() -> None:
    data = mail(b"\xef\xbb\xbfZa\xc5\xbc old")
    assert replaced(data, "eml", "old", "new") == mail(b"\xef\xbb\xbfZa\xc5\xbc new")


@pytest.mark.parametrize("length", [60, 76, 4])
def test_base64_keeps_its_line_length(length: int) -> None:
    def encoded(text: str) -> bytes:
        digits = b64encode(text.encode())
        return b"".join(digits[at : at + length] + b"\r\n" for at in range(0, len(digits), length)) + b"\r\n"

    text = "Zażółć " * 30 + "old" + " gęślą" * 10
    assert replaced(mail(encoded(text), encoding="BASE64"), "eml", "old", "newer") == mail(
        encoded(text.replace("old", "newer")), encoding="BASE64"
    )


def test_uuencoded_text_is_refused() -> None:
    body = b"begin 644 a.txt\r\n#;VQD\r\n`\r\nend\r\n"
    with pytest.raises(InputError, match="encoded as 'x-uuencode'"):
        replaced(mail(body, encoding="x-uuencode"), "eml", "old", "new")


QP = (
    b"Za=C5=BC=c3=b3=C5=82=C4=87 a long line that goes on and on until it has to be bro=\r\n"
    b"ken, and old words =\r\nhere\r\n"
    b"untouched=20\r\nodd = sign =ZZ and  =   \r\nend\r\n\r\nlast old"
)


def test_quoted_printable_changes_only_the_lines_concerned() -> None:
    found = replaced(mail(QP, encoding="Quoted-Printable"), "eml", "old", "né=w")
    assert found == mail(QP.replace(b"old", b"n=C3=A9=3Dw"), encoding="Quoted-Printable")


def test_quoted_printable_lines_do_not_become_too_long() -> None:
    line = b"x" * 70 + b" old\r\n"
    found = replaced(mail(line * 2, encoding="quoted-printable"), "eml", "old", "ż" * 30)
    body = found[len(mail(b"", encoding="quoted-printable")) :]
    assert max(map(len, body.split(b"\r\n"))) <= LONGEST_LINE
    assert decode_quoted_printable(body).decode() == ("x" * 70 + " " + "ż" * 30 + "\r\n") * 2


def test_quoted_printable_hides_white_space_at_line_ends() -> None:
    found = replaced(mail(b"word old\r\nnext", encoding="quoted-printable"), "eml", "old", "")
    assert found == mail(b"word=20\r\nnext", encoding="quoted-printable")


@st.composite
def quoted_printable_cases(draw: st.DrawFn) -> tuple[bytes, list[Splice]]:
    newline = draw(st.sampled_from(["\r\n", "\n"]))
    pieces = ["a", "é", " ", "=", newline, "word ", "x" * 40]
    text = "".join(draw(st.lists(st.sampled_from(pieces), max_size=30)))
    if draw(st.booleans()):
        raw = quopri.encodestring(text.encode().replace(b"\r\n", b"\n")).replace(b"\n", newline.encode())
    else:
        tokens = ["a", "=C3", "=A9", "=", " ", newline, "=" + newline, "= " + newline, "xyz"]
        raw = "".join(draw(st.lists(st.sampled_from(tokens), max_size=25))).encode()
    size = len(decode_quoted_printable(raw))
    borders = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
    splices = [
        Splice(start, end, draw(st.sampled_from([b"", b"new", "é".encode(), newline.encode(), b" ", b"=" * 30])))
        for start, end in zip(borders[::2], borders[1::2], strict=False)
    ]
    return raw, splices


@settings(max_examples=200)
@given(quoted_printable_cases())
@example((b"==", [Splice(0, 0, b"")]))
def test_any_quoted_printable(case: tuple[bytes, list[Splice]]) -> None:
    raw, splices = case
    content = decode_quoted_printable(raw)
    changes = quoted_printable_splices(raw, splices)
    found = spliced(raw, changes)
    assert decode_quoted_printable(found) == spliced(content, splices)
    touched = [line for splice in changes for line in splice.replacement.splitlines()]
    assert all(len(line) <= LONGEST_LINE for line in touched)
    assert not splices or changes
    assert splices or found == raw


def test_the_subject_alone_is_written_anew() -> None:
    head = "Received: x\r\nsubject:\tAn old\r\n  subject\r\nTo: b@shop.example\r\n"
    found = replaced(mail(b"body", head=head), "eml", "old", "new")
    assert found == mail(b"body", head=head.replace("An old\r\n  subject", "An new  subject"))


@pytest.mark.parametrize(
    "new", ["żółć", "ż" * 100, "𝒜 =?utf-8?q?x?= ", " a  b ", "a\tb", "x" * 90 + " y", ("word " * 40)[:-1]]
)
def test_any_subject_can_be_written(new: str) -> None:
    for subject in ("An old one", Header("Zażółć old", "iso-8859-2").encode()):
        found = replaced(mail(b"body", head=f"Subject: {subject}\r\n"), "eml", "old", new)
        lines = found.split(b"\r\nContent-Type", 1)[0].split(b"\r\n")
        assert all(len(line) <= 998 and line.strip() for line in lines)


def test_a_subject_that_is_not_there_is_not_added() -> None:
    file = whole(b"From: a@shop.example\r\n\r\ntext", "eml")
    edits = (Edit(part="subject", start=0, end=0, replacement="new"),)
    with pytest.raises(InputError, match="the mail has none"):
        written_back(file, {0: edits}, {})


def multipart(*parts: bytes, kind: str = "mixed", end: str = "--") -> bytes:
    boundary = f"\r\n--b-{kind}"
    body = "".join(f"{boundary}\r\n{part.decode('latin-1')}" for part in parts)
    head = f"Content-Type: multipart/{kind}; boundary=b-{kind}\r\n\r\npreamble"
    return f"{head}{body}{boundary}{end}\r\nepilogue".encode("latin-1")


TEXT = mail(b"old text", head="")
HTML = mail(b"<p>ol=\r\nd</p>", encoding="quoted-printable", kind="html", head="")
FILE = b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=old.pdf\r\n\r\nold"


def test_of_many_parts_only_those_concerned_change() -> None:
    source = HEAD.encode() + multipart(multipart(TEXT, HTML, kind="alternative"), FILE, TEXT)
    found = replaced(source, "eml", "old", "new")
    alternative = multipart(TEXT.replace(b"old", b"new"), HTML.replace(b"ol=\r\nd", b"new"), kind="alternative")
    assert found == HEAD.encode() + multipart(alternative, FILE, TEXT.replace(b"old", b"new"))
    cut_off = HEAD.encode() + multipart(TEXT, end="")[: -len("\r\n--b-mixed\r\nepilogue")]
    assert replaced(cut_off, "eml", "old", "new") == cut_off.replace(b"old", b"new")


def test_texts_that_are_joined_are_edited_each_in_its_place() -> None:
    inline = TEXT.replace(b"\r\n\r\n", b"\r\nContent-Disposition: inline\r\n\r\n")
    source = HEAD.encode() + multipart(TEXT, inline)
    file = whole(source, "eml")
    assert message(file).text == "old text\nold text"
    assert rewritten(file, {0: replacing(file, "old", "new")}) == source.replace(b"old", b"new")
    across = (Edit(part="text", start=6, end=12, replacement=""),)
    with pytest.raises(InputError, match="reaches over two parts"):
        rewritten(file, {0: across})


def test_an_edit_that_would_end_the_part_is_refused() -> None:
    source = HEAD.encode() + multipart(TEXT, FILE)
    with pytest.raises(InputError, match="exactly what it should"):
        replaced(source, "eml", "old", "x\r\n--b-mixed\r\nx")


def test_signed_parts_are_refused() -> None:
    source = HEAD.encode() + multipart(TEXT, FILE, kind="signed")
    with pytest.raises(InputError, match="is signed; a fix would break the signature"):
        replaced(source, "eml", "old", "new")
    clear = mail(b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nold\r\n-----BEGIN PGP SIGNATURE-----\r\n")
    with pytest.raises(InputError, match="is signed"):
        replaced(clear, "eml", "old", "new")


CHARSETS = {"utf-8": "aż𝒜é<\n", "iso-8859-2": "ażć\r\n ", "us-ascii": "ab =.\n", "iso-2022-jp": "aこん\n"}
ENCODERS = {
    "8bit": lambda data: data,
    "quoted-printable": lambda data: quopri.encodestring(data),
    "base64": lambda data: b"\n".join(b64encode(data)[at : at + 76] for at in range(0, 2000, 76)).strip(),
}


@st.composite
def mails(draw: st.DrawFn) -> tuple[bytes, tuple[Edit, ...], bytes]:
    """A mail, edits of its text or HTML, and a part of it that has to stay."""
    charset = draw(st.sampled_from(sorted(CHARSETS)))
    encoding = draw(st.sampled_from(sorted(ENCODERS)))
    kind = draw(st.sampled_from(["plain", "html"]))
    text = draw(st.text(alphabet=st.sampled_from(CHARSETS[charset]), min_size=1, max_size=60).filter(str.strip))
    part = mail(ENCODERS[encoding](text.encode(charset)), charset, encoding, kind, head="")
    data = HEAD.encode() + (multipart(part, FILE) if draw(st.booleans()) else part)
    read = getattr(message(whole(data, "eml")), "html" if kind == "html" else "text")
    borders = sorted(draw(st.lists(st.integers(0, len(read)), min_size=2, max_size=4)))
    edits = [
        Edit(
            part="html" if kind == "html" else "text",
            start=start,
            end=end,
            replacement=draw(st.sampled_from(["x", "abc "])),
        )
        for start, end in zip(borders[::2], borders[1::2], strict=False)
    ]
    return data, tuple(edits), HEAD.encode()


@settings(max_examples=200)
@given(mails())
def test_any_mail_holds_what_it_should_and_keeps_the_rest(case: tuple[bytes, tuple[Edit, ...], bytes]) -> None:
    data, edits, head = case
    found = rewritten(whole(data, "eml"), {0: edits})  # it is read again and compared
    assert found.startswith(head)
    if FILE in data:
        assert found.endswith(data[data.index(FILE) :])


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_the_difference_of_two_byte_strings(old: bytes, new: bytes) -> None:
    splices = difference(old, new)
    assert spliced(old, splices) == new
    assert bool(splices) == (old != new)
