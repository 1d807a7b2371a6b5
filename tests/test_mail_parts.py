from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.mail import parts as mail_parts
from msgpolicy.facts.mail.parts import MAX_DEPTH, MAX_HEADER_BYTES, Flaw, Part, read_parts, split_header
from tests.growth import assert_linear


def mail(text: str, newline: str = "\r\n") -> bytes:
    """The bytes of a mail written with plain newlines."""
    return text.replace("\n", newline).encode("utf-8")


def read(text: str, newline: str = "\r\n") -> tuple[list[tuple[str, str, bytes | None]], list[Flaw]]:
    _, parts, flaws = read_parts(mail(text, newline))
    return [(part.number, part.type, part.body) for part in parts], flaws


# --- header and body --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_header_and_body(newline: str) -> None:
    header, body, flaw = split_header(
        mail("Subject: one\n  two\nX-Empty:\nTo : a@b.example\n\nBody\n\nA: b\n", newline)
    )
    assert header.raw("subject") == "one  two"
    assert header.raw("x-empty") == ""
    assert header.raw("to") == "a@b.example"
    assert header.raw("a") == ""
    assert body == mail("Body\n\nA: b\n", newline)
    assert flaw == ""


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"", None),
        (b"Subject: a", None),
        (b"Subject: a\r\n", None),
        (b"Subject: a\r\n\r\n", b""),
        (b"\r\nSubject: a", b"Subject: a"),
        (b"Just a text\r\n", b"Just a text\r\n"),
        (b" Subject: a", b" Subject: a"),
        (b"\0", b"\0"),
        (b"From: a\0b\r\n\r\n\0", b"\0"),
    ],
)
def test_where_the_body_starts(data: bytes, body: bytes | None) -> None:
    assert split_header(data)[1:] == (body, "")


def test_a_line_that_is_no_field_starts_the_body() -> None:
    header, body, flaw = split_header(b"Subject: a\r\nno field\r\nTo: b\r\n\r\nc")
    assert header.raw("subject") == "a"
    assert header.raw("to") == ""
    assert body == b"no field\r\nTo: b\r\n\r\nc"
    assert "no header field" in flaw


@pytest.mark.parametrize(
    "start", [b"From anna@shop.example Sun Nov  1 10:00:00 2026\n", b"\xef\xbb\xbf", b"\xef\xbb\xbfFrom x\r\n"]
)
def test_what_editors_and_mailboxes_put_first(start: bytes) -> None:
    header, parts, _ = read_parts(start + b"Subject: a\n\nb")
    assert header.raw("subject") == "a"
    assert [part.body for part in parts] == [b"b"]


def test_a_header_that_is_too_large() -> None:
    _, parts, flaws = read_parts(b"Subject: a\n" + b"X: y\n" * (MAX_HEADER_BYTES // 5) + b"\nbody")
    assert [part.flaw for part in parts] == [f"its header is larger than {MAX_HEADER_BYTES} bytes"]
    assert flaws == [Flaw("1", parts[0].flaw)]
    _, parts, flaws = read_parts(b"Subject: a\n" + b"X: y\n" * (MAX_HEADER_BYTES // 5 - 3) + b"\nbody")
    assert ([part.body for part in parts], flaws) == ([b"body"], [])


# --- multiparts -------------------------------------------------------------------------------------------------------


NESTED = """\
Content-Type: multipart/mixed; boundary="out er"

This is a message with parts.
--out er
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain

plain

--inner  \t
Content-Type: text/html

<p>html
--inner--
ignored
--out er
Content-Type: application/pdf

%PDF
--out er--
ignored, too
"""


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_nested_parts(newline: str) -> None:
    parts, flaws = read(NESTED, newline)
    assert parts == [
        ("1.1", "text/plain", mail("plain\n", newline)),
        ("1.2", "text/html", b"<p>html"),
        ("2", "application/pdf", b"%PDF"),
    ]
    assert flaws == []


def test_which_parts_hold_the_text() -> None:
    data = mail(
        "Content-Type: multipart/mixed; boundary=m\n\n"
        "--m\nContent-Type: multipart/alternative; boundary=a\n\n"
        "--a\n\nplain\n"
        "--a\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\nhtml\n--r\n\nimage\n"
        "--r--\n"
        "--a--\n"
        "--m\n\nfile\n--m--\n"
    )
    assert [(part.body, part.main) for part in read_parts(data)[1]] == [
        (b"plain", True),
        (b"html", True),
        (b"image", False),
        (b"file", False),
    ]


def test_a_forwarded_mail_stays_as_it_is() -> None:
    inner = "Subject: inner\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nx\n--i--\n"
    parts, flaws = read(
        f"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n{inner}\n--o--"
    )
    assert parts == [("1", "message/rfc822", mail(inner))]
    assert flaws == []


def test_the_parts_of_a_digest_are_mails() -> None:
    parts, _ = read("Content-Type: multipart/digest; boundary=o\n\n--o\n\nSubject: a\n\nb\n--o--")
    assert parts == [("1", "message/rfc822", b"Subject: a\r\n\r\nb")]


@pytest.mark.parametrize(
    "body", ["--bb\n\nx\n--bb--", "x\n --b\ny\n", "x --b\ny", "--bx", "--b-\n", "--b--x", "---b\n", ""]
)
def test_what_is_no_boundary(body: str) -> None:
    parts, flaws = read(f"Content-Type: multipart/mixed; boundary=b\n\n{body}")
    assert parts == [("1", "text/plain", mail(body))]
    assert flaws == [Flaw("0", "its boundary is missing; read as plain text")]


@pytest.mark.parametrize("parameter", ["", "; boundary=", '; boundary=""', "; boundary=other"])
def test_without_its_boundary_a_mail_is_a_text(parameter: str) -> None:
    parts, flaws = read(f"Content-Type: multipart/mixed{parameter}\n\n--b\n\nx\n--\nAnna\n--b--")
    assert parts == [("1", "text/plain", mail("--b\n\nx\n--\nAnna\n--b--"))]
    assert [flaw.part for flaw in flaws] == ["0"]


def test_a_mail_that_is_cut_off() -> None:
    parts, flaws = read(NESTED[: NESTED.index("html") + len("html")])
    assert parts == [("1.1", "text/plain", b"plain\r\n"), ("1.2", "text/html", b"")]
    assert flaws == [
        Flaw("0", "its last boundary is missing; it may be cut off"),
        Flaw("1", "its last boundary is missing; it may be cut off"),
    ]
    parts, flaws = read("Content-Type: multipart/mixed; boundary=b\n")
    assert parts == [("1", "multipart/mixed", None)]


def test_parts_after_the_closing_boundary_are_read() -> None:
    """An inner multipart with the boundary of the outer one closes both for a strict reader."""
    parts, _ = read(
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nfirst\n--b--\n\n--b\n\nsecond\n--b--\n"
    )
    assert [body for _, _, body in parts if body] == [b"first", b"second"]


def test_empty_parts() -> None:
    parts, flaws = read("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n--b\n\n\n--b\nA: b\n--b--")
    assert [body for _, _, body in parts] == [b"", b"", b"", b""]
    assert flaws == []


def test_a_boundary_of_eight_bits_or_in_pieces() -> None:
    data = b"Content-Type: multipart/mixed; boundary=\xe4\xa0\n\n--\xe4\xa0\n\nx\n--\xe4\xa0--"
    assert [part.body for part in read_parts(data)[1]] == [b"x"]
    parts, _ = read("Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\nx\n--ab--")
    assert [body for _, _, body in parts] == [b"x"]


def test_several_content_types_are_noted() -> None:
    parts, flaws = read("Content-Type: text/html\nContent-Type: text/plain\n\nx")
    assert parts == [("1", "text/html", b"x")]
    assert flaws == [Flaw("0", "several content-type fields; the first was read")]


# --- limits -----------------------------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    closed = "".join(f"\n--b{level}--" for level in reversed(range(depth)))
    return mail(f"{opened}\ninnermost{closed}\n")


def test_the_nesting_that_is_read() -> None:
    _, parts, flaws = read_parts(nested(MAX_DEPTH))
    assert [(part.body, part.flaw) for part in parts] == [(b"innermost", "")]
    assert flaws == []


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 1000, 20_000])
def test_deeper_parts_stay_whole(depth: int) -> None:
    _, parts, flaws = read_parts(nested(depth))
    assert [part.flaw for part in parts] == [f"multiparts are nested more than {MAX_DEPTH} deep"]
    assert parts[0].body is not None
    assert parts[0].body.startswith(b"Content-Type: multipart/mixed; boundary=b%d\r\n" % MAX_DEPTH)
    assert b"innermost" in parts[0].body
    assert flaws == [Flaw(".".join("1" * MAX_DEPTH), parts[0].flaw)]


def test_the_parts_beyond_the_limit_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_parts, "MAX_PARTS", 3)

    def bodies(count: int) -> list[tuple[bytes | None, bool]]:
        text = "".join(f"--b\n\npart {index}\n" for index in range(count))
        _, parts, _ = read_parts(mail(f"Content-Type: multipart/mixed; boundary=b\n\n{text}--b--\n"))
        return [(part.body, bool(part.flaw)) for part in parts]

    assert bodies(3) == [(b"part 0", False), (b"part 1", False), (b"part 2", False)]
    assert bodies(5) == [
        (b"part 0", False),
        (b"part 1", False),
        (b"part 2", False),
        (mail("\npart 3\n--b\n\npart 4\n--b--\n"), True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lambda size: b"--b\r\n\r\nx\r\n" * size, id="parts"),
        pytest.param(lambda size: b"--b " * 3 * size, id="almost boundaries"),
        pytest.param(lambda size: b"\n--b" + b" " * 10 * size, id="spaces"),
        pytest.param(lambda size: b"\n--b \t-" * size, id="boundaries with a tail"),
        pytest.param(lambda size: b"\r" * 10 * size, id="newlines"),
    ],
)
def test_splitting_takes_linear_time(body: Callable[[int], bytes]) -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    assert_linear(lambda size: head + body(size), read_parts, 8_000)


LINES = st.sampled_from(
    ["", "--a", "--a--", "--b", "--b--", "text", " folded", "Content-Type: multipart/mixed; boundary=a",
     "Content-Type: multipart/alternative; boundary=b", "Content-Type: message/rfc822", "A: b", "From x", "\0\xff"]
)  # fmt: skip


@given(st.lists(LINES, max_size=30), st.sampled_from(["\r\n", "\n", "\r"]))
def test_every_body_stands_in_the_mail(lines: list[str], newline: str) -> None:
    data = newline.join(lines).encode("latin-1")
    _, parts, _ = read_parts(data)
    assert parts
    position = 0
    for part in parts:
        assert isinstance(part, Part)
        position = data.index(part.body or b"", position)


@given(st.binary(max_size=400))
def test_any_bytes_have_parts(data: bytes) -> None:
    assert read_parts(data)[1]
