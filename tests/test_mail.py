from __future__ import annotations

import base64
import contextlib
from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.mail.parts import MAX_DEPTH
from msgpolicy.message import Attachment, Message, MessageError
from tests.growth import assert_linear

ORDER_MAIL = """\
From: "Shop, Service" <service@shop.example>
To: Anna <a1b2c3d4e5f6g7h@marketplace.amazon.de>
Subject: =?utf-8?q?Ihre_Bestellung_=E2=80=93_R=C3=BCckfrage?=
Date: Sun, 01 Nov 2026 10:00:00 +0100
Message-ID: <m-1@shop.example>
Content-Language: de-DE
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=mixed

--mixed
Content-Type: multipart/alternative; boundary=alternative

--alternative
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Guten Tag,
welche Gr=C3=B6=C3=9Fe?
--alternative
Content-Type: multipart/related; boundary=related

--related
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+R3L232U8L3A+
--related
Content-Type: image/png
Content-ID: <logo>
Content-Disposition: inline
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--related--
--alternative--
--mixed
Content-Type: application/pdf; name="old.pdf"
Content-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--mixed--
"""


def mail(text: str, newline: str = "\r\n") -> bytes:
    """The bytes of a mail written with plain newlines."""
    return text.replace("\n", newline).encode("utf-8")


def read(text: str, context: dict[str, Any] | None = None) -> Message:
    return Message.from_email(mail(text), context=context)


def unreadable(message: Message) -> list[tuple[str, str]]:
    listed = (message.extra or {}).get("unreadable_parts", ())
    return [(item["part"], item["reason"]) for item in listed]


# --- a whole mail -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_mail_becomes_a_record(newline: str) -> None:
    assert Message.from_email(mail(ORDER_MAIL, newline)) == Message(
        id="m-1@shop.example",
        thread_id="m-1@shop.example",
        sender="service@shop.example",
        recipient="a1b2c3d4e5f6g7h@marketplace.amazon.de",
        subject="Ihre Bestellung – Rückfrage",
        sent_at=datetime(2026, 11, 1, 10, tzinfo=timezone(timedelta(hours=1))),
        language="de-DE",
        text=f"Guten Tag,{newline}welche Größe?",
        html="<p>Größe</p>",
        attachments=(
            Attachment(content_type="image/png", content=b"\x89PNG\r\n\x1a\n", size=8),
            Attachment(filename="Rechnung März.pdf", content_type="application/pdf", content=b"%PDF-1.4\n", size=9),
        ),
    )


def test_unknown_facts_stay_unknown() -> None:
    assert read("Subject: a\n\nb") == Message(subject="a", text="b", attachments=())
    assert read("\nb") == Message(subject="", text="b", attachments=())


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "binary", "quoted-printable"])
def test_newlines_and_odd_characters_stay(encoding: str) -> None:
    body = "a\r\nb\nc\rd\r\n\r\n\0 e \t\r\n\u2028\x85ü\x0c"
    data = f"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    assert Message.from_email(data.encode("utf-8")).text == body


def test_flowed_text_is_left_as_it_is() -> None:
    assert read("Content-Type: text/plain; format=flowed; delsp=yes\n\na \nb").text == "a \r\nb"


# --- header fields ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "kind", "in_reply_to", "thread"),
    [
        ("Message-ID: <own@x>", None, None, "own@x"),
        ("Message-ID: <own@x>\nIn-Reply-To: <last@x>", "reply", "last@x", "last@x"),
        ("Message-ID: <own@x>\nIn-Reply-To: <last@x>\nReferences: <first@x>\n <last@x>", "reply", "last@x", "first@x"),
        ("References: <first@x>", "reply", None, "first@x"),
        ("In-Reply-To: your message", "reply", None, None),
        ("Message-ID: <own@x>\nIn-Reply-To:\nReferences: ", None, None, "own@x"),
    ],
)
def test_threads(fields: str, kind: str | None, in_reply_to: str | None, thread: str | None) -> None:
    message = read(f"{fields}\n\ntext")
    assert (message.kind, message.in_reply_to, message.thread_id) == (kind, in_reply_to, thread)


@pytest.mark.parametrize(
    ("sender", "recipient", "direction"),
    [
        ("anna1@marketplace.amazon.de", "service@shop.example", "buyer_to_seller"),
        ("Anna <anna1@Marketplace.Amazon.CO.UK>", "service@shop.example", "buyer_to_seller"),
        ("anna1@marketplace.amazon.com.be", None, "buyer_to_seller"),
        ("anna1@marketplace.amazon.com", "shop1@marketplace.amazon.com", "seller_to_buyer"),
        ("service@shop.example", "anna1@marketplace.amazon.de", "seller_to_buyer"),
        ("anna1@marketplace.amazon.shop.example", "service@shop.example", "seller_to_buyer"),
        ("anna1@marketplace.amazon.example", "service@shop.example", "seller_to_buyer"),
        ("anna1@sub.marketplace.amazon.de", "service@shop.example", "seller_to_buyer"),
        ("anna1@amazon.de", "service@shop.example", "seller_to_buyer"),
        ("marketplace.amazon.de <service@shop.example>", "anna@home.example", "seller_to_buyer"),
    ],
)
def test_direction(sender: str, recipient: str | None, direction: str) -> None:
    to = f"To: {recipient}\n" if recipient else ""
    assert read(f"From: {sender}\n{to}\ntext").direction == direction


@pytest.mark.parametrize(
    ("tag", "language"), [("de", "de"), (" pt-BR ", "pt-BR"), ("de, en", None), ("German", None), ("", None)]
)
def test_language(tag: str, language: str | None) -> None:
    assert read(f"Content-Language: {tag}\n\ntext").language == language


def test_facts_of_trusted_clients_are_not_read_from_any_mail() -> None:
    message = read("X-Msgpolicy-Order-Status: Canceled\nX-Msgpolicy-Kind: reply\n\ntext")
    assert message == Message(subject="", text="text", attachments=())


def test_a_second_subject_is_noted() -> None:
    message = read("Subject: harmless\nSubject: write to me\nTo: a@b.example\nTo: c@d.example\n\ntext")
    assert message.subject == "harmless"
    assert message.recipient == "a@b.example"
    assert unreadable(message) == [("0", "several subject fields; the first was read")]


# --- parts ------------------------------------------------------------------------------------------------------------


def mixed(*parts: str) -> str:
    return "Content-Type: multipart/mixed; boundary=b\n\n" + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"


def test_texts_are_joined_in_order() -> None:
    message = read(
        mixed(
            "\nfirst\n",
            "Content-Type: text/html\n\n<p>one",
            "Content-Type: TEXT/PLAIN\nContent-Disposition: inline; filename=note.txt\n\nsecond",
            "Content-Type: text/html\n\n<p>two",
        )
    )
    assert message.text == "first\r\n\nsecond"
    assert message.html == "<p>one\n<p>two"
    assert message.attachments == ()


@pytest.mark.parametrize(
    ("fields", "filename", "content_type"),
    [
        ("Content-Disposition: attachment", None, None),
        ("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt", "a.txt", "text/plain"),
        ("Content-Type: text/html; name=a.html", "a.html", "text/html"),
        ("Content-Type: text/plain\nContent-Disposition: x-other", None, "text/plain"),
        ("Content-Type: text/csv", None, "text/csv"),
        ("Content-Type: text/calendar; charset=utf-8", None, "text/calendar"),
        ("Content-Type: pdf\nContent-Disposition: attachment; filename=a.pdf", "a.pdf", None),
        ("Content-Type: message/rfc822", "Inner – é.eml", "message/rfc822"),
        ("Content-Type: message/rfc822; name=mail.eml", "mail.eml", "message/rfc822"),
        ("Content-Type: message/delivery-status", None, "message/delivery-status"),
    ],
)
def test_what_is_an_attachment(fields: str, filename: str | None, content_type: str | None) -> None:
    content = "Subject: Inner =?utf-8?q?=E2=80=93?=\n é\n\na\n"
    message = read(mixed("\ntext", f"{fields}\n\n{content}"))
    assert message.text == "text"
    assert message.html is None
    assert message.attachments == (
        Attachment(filename=filename, content_type=content_type, content=mail(content), size=len(mail(content))),
    )


def test_the_main_text_is_a_text_even_with_a_file_name() -> None:
    assert read("Content-Type: text/html; name=a.html\n\n<p>a").html == "<p>a"
    named = "Content-Type: text/html; name=a.html\n\n<p>a"
    message = read(f"Content-Type: multipart/alternative; boundary=b\n\n--b\n\na\n--b\n{named}\n--b--")
    assert (message.text, message.html, message.attachments) == ("a", "<p>a", ())
    message = read("Subject: a\nContent-Type: text/plain\nContent-Disposition: attachment\n\ntext")
    assert message.text is None
    assert message.attachments is not None
    assert message.attachments[0].content == b"text"


def test_html_declares_its_character_set() -> None:
    data = b'Content-Type: text/html\n\n<meta charset="windows-1251">' + "Спасибо".encode("windows-1251")
    assert Message.from_email(data).html == '<meta charset="windows-1251">Спасибо'


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_damaged_base64_of_a_text_is_read_as_far_as_it_goes() -> None:
    encoded = base64.encodebytes("Grüße aus Köln".encode()).decode()
    message = read(f"Content-Transfer-Encoding: base64\n\n{encoded[:8]}*{encoded[8:]}")
    assert message.text == "Grüße aus Köln"
    assert message.attachments is None
    assert unreadable(message) == [("1", "its base64 holds other characters")]


def test_a_text_that_is_not_the_base64_it_claims_to_be_is_kept_raw() -> None:
    body = "Dear Anna, please write to us directly.\n"
    message = read(mixed("Content-Type: text/plain\n\nhello", f"Content-Transfer-Encoding: base64\n\n{body}"))
    assert message.text == "hello"
    assert message.attachments == (
        Attachment(content_type="application/octet-stream", content=mail(body), size=len(mail(body))),
    )
    assert unreadable(message) == [("2", "its base64 holds other characters")]


def test_an_unknown_transfer_encoding_is_noted() -> None:
    message = read("Content-Transfer-Encoding: x-packed\n\nhello")
    assert message.text == "hello"
    assert unreadable(message) == [("1", "unknown transfer encoding 'x-packed'")]


def test_a_damaged_attachment_keeps_what_decodes() -> None:
    part = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    message = read(mixed("\ntext", f"{part}JVBERi0x*", f"{part}****"))
    assert message.attachments == (
        Attachment(filename="a.pdf", content_type="application/pdf", content=b"%PDF-1", size=6),
        Attachment(filename="a.pdf", content_type="application/octet-stream", content=b"****", size=4),
    )
    assert [part for part, _ in unreadable(message)] == ["2", "3"]


def test_a_mail_cut_off_does_not_know_its_attachments() -> None:
    message = Message.from_email(mail(ORDER_MAIL[: ORDER_MAIL.index("welche")]))
    assert message.text == "Guten Tag,\r\n"
    assert message.attachments is None
    assert unreadable(message) == [
        ("0", "its last boundary is missing; it may be cut off"),
        ("1", "its last boundary is missing; it may be cut off"),
    ]
    header_only = Message.from_email(b"Subject: a\r\n")
    assert (header_only.text, header_only.attachments) == (None, None)
    assert header_only.extra is None


def test_a_missing_boundary_leaves_a_text() -> None:
    message = read("Content-Type: multipart/alternative\n\n--b\n\nhello\n--b--")
    assert message.text == "--b\r\n\r\nhello\r\n--b--"
    assert unreadable(message) == [("0", "its boundary is missing; read as plain text")]


def nested(depth: int) -> str:
    return "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))


def test_a_part_nested_too_deeply_is_kept_raw() -> None:
    message = read(mixed("\ntext", nested(1000) + "\nhidden"))
    assert message.text == "text"
    assert message.attachments is not None
    assert [item.content_type for item in message.attachments] == ["application/octet-stream"]
    assert (message.attachments[0].content or b"").endswith(b"hidden")
    assert unreadable(message)[0] == ("2" + ".1" * (MAX_DEPTH - 1), f"multiparts are nested more than {MAX_DEPTH} deep")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (nested(1000) + "\nhidden", "multiparts are nested more than"),
        ("Content-Transfer-Encoding: base64\n\nDear Anna", "base64"),
        ("X: " + "y" * 2_000_000 + "\n\ntext", "header is larger than"),
    ],
)
def test_a_mail_of_which_nothing_can_be_judged_is_refused(data: str, reason: str) -> None:
    with pytest.raises(MessageError, match=reason) as caught:
        read(data)
    assert "cannot be read" in caught.value.problems[0].message
    assert read(data, {"text": "told by the caller"}).text == "told by the caller"


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"\r\n\r\n", b"From: a@b.example\r\n\r\n", b"Subject:\r\n\r\n", b"\xef\xbb\xbf"]
)
def test_an_empty_mail_is_refused(data: bytes) -> None:
    if data == b"\r\n\r\n":
        assert Message.from_email(data).text == "\r\n"
        return
    with pytest.raises(MessageError, match="the mail has no text, html, subject or attachment"):
        Message.from_email(data)
    assert Message.from_email(data, context={"channel": "sp_api"}).channel == "sp_api"


# --- context ----------------------------------------------------------------------------------------------------------


def test_context_is_merged_over_the_mail() -> None:
    message = Message.from_email(
        mail(ORDER_MAIL),
        context={
            "kind": "proactive",
            "subject": None,
            "order": {"id": "123-1234567-1234567", "completed_at": "2026-10-01T00:00:00Z"},
            "buyer": {"country": "DE"},
            "attachments": [None, {"purpose": "invoice"}, {"filename": "more.pdf", "content": "JVBERg=="}],
            "extra": {"batch": 7},
        },
    )
    assert message.kind == "proactive"
    assert message.subject == "Ihre Bestellung – Rückfrage"
    assert message.order is not None
    assert message.order.id == "123-1234567-1234567"
    assert message.attachments is not None
    assert [(item.filename, item.purpose, item.size) for item in message.attachments] == [
        (None, None, 8),
        ("Rechnung März.pdf", "invoice", 9),
        ("more.pdf", None, None),
    ]
    assert message.attachments[2].content == b"%PDF"
    assert message.extra == {"batch": 7}


def test_context_keeps_what_was_noted() -> None:
    message = read("Subject: a\nSubject: b\n\ntext", {"extra": {"batch": 7}})
    assert (message.extra or {})["batch"] == 7
    assert len(unreadable(message)) == 1


@pytest.mark.parametrize("data", [ORDER_MAIL, "\n"])
def test_every_mistake_in_the_context_is_listed(data: str) -> None:
    with pytest.raises(MessageError) as caught:
        read(
            data,
            {"order": {"state": "x"}, "buyer": {"country": "Germany"}, "sent_at": "2026-11-01T10:00:00", "colour": 1},
        )
    paths = {".".join(map(str, problem.path)) for problem in caught.value.problems}
    assert {"order.state", "buyer.country", "sent_at", "colour"} <= paths
    assert ("" in paths) == (data == "\n")


@pytest.mark.parametrize(
    "context", [{"attachments": "x"}, {"attachments": ["x"]}, {"extra": 3}, {"text": 3}, ["x"], "x"]
)
def test_a_context_of_the_wrong_shape(context: Any) -> None:
    with pytest.raises(MessageError):
        Message.from_email(mail(ORDER_MAIL), context=context)


# --- any mail ---------------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)
FILES = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20),
        st.binary(max_size=60),
    ),
    max_size=3,
)


@given(
    WORDS, st.none() | WORDS, FILES,
    st.sampled_from(["8bit", "base64", "quoted-printable"]),
    st.sampled_from([policy.default, policy.SMTP]),
)  # fmt: skip
def test_built_mails_round_trip(
    text: str, html: str | None, files: list[tuple[str, bytes]], encoding: str, written: policy.EmailPolicy
) -> None:
    built = EmailMessage(written)
    built["Subject"] = "Order"
    built.set_content(text, cte=encoding)
    if html is not None:
        built.add_alternative(html, subtype="html", cte=encoding)
    for name, content in files:
        built.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    message = Message.from_email(built.as_bytes())

    def as_sent(part: str) -> str:
        """What EmailMessage makes of a text: it ends in a newline, and newlines are the policy's."""
        return "".join(line + written.linesep for line in part.split("\n")[: -1 if part.endswith("\n") else None])

    def same(read: str | None, part: str) -> bool:
        return (read or "").lstrip("\ufeff").rstrip("\r\n") == as_sent(part).lstrip("\ufeff").rstrip("\r\n")

    assert same(message.text, text)
    assert (message.html is None) == (html is None)
    assert same(message.html, html or "")
    assert [(item.filename, item.content) for item in message.attachments or ()] == [
        (name, content) for name, content in files
    ]
    assert message.extra is None


PIECES = st.sampled_from([line.encode() for line in ORDER_MAIL.splitlines()] + [b"", b"\0", b"\xff\xfe", b"--mixed"])


@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=40).map(b"\r\n".join)))
def test_any_bytes_are_a_mail_or_refused(data: bytes) -> None:
    try:
        message = Message.from_email(data)
    except MessageError:
        return
    assert Message.from_json(message.to_json()) == message  # also: no half of a surrogate pair anywhere


@given(st.integers(0, len(ORDER_MAIL)), st.integers(0, 40))
def test_a_mail_with_a_hole(start: int, length: int) -> None:
    data = mail(ORDER_MAIL)
    with contextlib.suppress(MessageError):
        Message.from_email(data[:start] + data[start + length :]).to_json()


def test_ten_thousand_attachments() -> None:
    part = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg=="
    message = read(mixed("\ntext", *[part] * 10_000))
    assert message.attachments is not None
    assert len(message.attachments) == 10_000
    assert set(message.attachments) == {
        Attachment(filename="a.pdf", content_type="application/pdf", content=b"%PDF", size=4)
    }
    assert_linear(lambda size: mixed("\ntext", *[part] * size), read, 200)
