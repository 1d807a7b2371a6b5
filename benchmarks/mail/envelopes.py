"""Whole mails as bytes, as mail programs, shops, gateways and kits send them, well formed and not."""

from __future__ import annotations

import base64
import quopri
import struct
import zlib
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.mail.markup import MAKERS, newsletter
from benchmarks.mail.words import SUBJECTS, nonsense, sentences, token

_CHARSETS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "windows-1252",
    "iso-8859-1",
    "gb18030",
    "shift_jis",
    "koi8-r",
    "utf-16",
    "utf-7",
)
_TEXT = 'text/{0}; charset="{1}"'


def header(random: Random, *fields: str) -> bytes:
    """The header of a mail, with what servers on the way have added."""
    subject = random.choice(SUBJECTS)
    if not subject.isascii():
        subject = f"=?utf-8?B?{base64.b64encode(subject.encode()).decode()}?="
    lines = [
        "Return-Path: <bounce@shop.example>",
        *(
            f"Received: from mx{number}.shop.example (mx{number}.shop.example [192.0.2.{number}])\r\n"
            f"\tby in.buyer.example with ESMTPS id {token(random)}; Mon, 2 Nov 2026 09:05:0{number} +0000"
            for number in range(random.randint(0, 9))
        ),
        "DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=k1;\r\n b="
        + "\r\n ".join(token(random, 70) for _ in range(4)),
        f"Message-ID: <{token(random)}@shop.example>",
        "Date: Mon, 02 Nov 2026 09:05:00 +0000",
        "From: Shop <abc123@marketplace.amazon.com>",
        "To: Bob <xyz789@marketplace.amazon.com>",
        f"Subject: {subject}",
        *fields,
    ]
    if random.random() < 0.3:
        lines.append(f"In-Reply-To: <{token(random)}@buyer.example>")
    return "\r\n".join(lines).encode() + b"\r\n"


def part(random: Random, kind: str, text: str, *, charset: str = "utf-8", how: str | None = None) -> bytes:
    """A text part with its header, in a transfer encoding (by default in whichever comes up)."""
    data = text.encode(charset, "replace")
    how = how or random.choice(("8bit", "quoted-printable", "base64"))
    if how == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif how == "quoted-printable":
        data = quopri.encodestring(data)
    top = f"Content-Type: {_TEXT.format(kind, charset)}\r\nContent-Transfer-Encoding: {how}\r\n\r\n"
    return top.encode() + data


def multipart(random: Random, kind: str, *parts: bytes, boundary: str | None = None) -> bytes:
    """Parts as one, with its header."""
    boundary = boundary or f"=_{token(random)}"
    top = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    between = f"\r\n--{boundary}\r\n".encode()
    return (
        top.encode()
        + b"This is a multi-part message in MIME format."
        + between
        + between.join(parts)
        + between[:-2]
        + b"--\r\n"
    )


def file(name: str, kind: str, data: bytes, *, disposition: str = "attachment", cid: str = "") -> bytes:
    """A file as a part."""
    top = f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
    top += f'Content-Disposition: {disposition}; filename="{name}"\r\n' + (f"Content-ID: <{cid}>\r\n" if cid else "")
    return top.encode() + b"\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")


def png(random: Random, width: int, height: int, *, noisy: bool) -> bytes:
    """A picture that opens."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = 3 * width
    rows = b"".join(b"\0" + (random.randbytes(row) if noisy else bytes([line % 256]) * row) for line in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def plain_of(html: str) -> str:
    """A text alternative, as a sender makes one: the first of the words, without their markup."""
    return " ".join(piece.partition(">")[2].strip() for piece in html[:40_000].split("<"))[:5_000]


def _as_html(make: Callable[[Random], str]) -> Callable[[Random], bytes]:
    def mail(random: Random) -> bytes:
        html = make(random)
        body = part(random, "html", html)
        if random.random() < 0.6:
            body = multipart(random, "alternative", part(random, "plain", plain_of(html)), body)
        return header(random, "MIME-Version: 1.0") + body

    return mail


def inline_images(random: Random) -> bytes:
    """Some megabytes of images that the HTML shows."""
    images = [
        file(
            f"image{number}.png",
            "image/png",
            png(random, side, side, noisy=True),
            disposition="inline",
            cid=f"i{number}@x",
        )
        for number, side in enumerate(random.choices((60, 300, 900), k=random.randint(1, 3)))
    ]
    if random.random() < 0.5:
        junk = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + random.randbytes(
            random.choice((100_000, 3_000_000))
        )
        images.append(file("photo.jpg", "image/jpeg", junk, disposition="inline", cid="p@x"))
    html = "".join(f'<p><img src="cid:i{number}@x" alt="Kettle"></p>' for number in range(len(images)))
    return header(random, "MIME-Version: 1.0") + multipart(random, "related", part(random, "html", html), *images)


def plain_thread(random: Random) -> bytes:
    """An answer over many levels of quoted lines."""
    lines = [sentences(random, 200, "en"), ""]
    for depth in range(1, random.choice((3, 12, 60))):
        lines.append(f"{'>' * (depth - 1)} On Mon, 2 Nov 2026 at 09:05, Ann <ann@shop.example> wrote:")
        lines += [f"{'> ' * depth}{sentences(random, 60)}" for _ in range(random.randint(1, 12))]
    lines += ["", "-- ", "Sent from my phone"]
    return header(random, "In-Reply-To: <q@x.example>") + part(random, "plain", "\r\n".join(lines))


def calendar(random: Random) -> bytes:
    """An invitation."""
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:"
        + token(random)
        + f"\r\nDTSTART:20261102T090000Z\r\nSUMMARY:{sentences(random, 40)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    body = multipart(
        random,
        "alternative",
        part(random, "plain", sentences(random, 200)),
        part(random, "html", f"<p>{sentences(random, 200)}"),
        part(random, "calendar; method=REQUEST", event),
    )
    return header(random, "MIME-Version: 1.0") + multipart(
        random, "mixed", body, file("invite.ics", "application/ics", event.encode())
    )


def tnef(random: Random) -> bytes:
    """Outlook's winmail.dat."""
    data = b"\x78\x9f\x3e\x22" + random.randbytes(random.choice((200, 50_000)))
    body = part(random, "plain", sentences(random, 300))
    return header(random, "MIME-Version: 1.0") + multipart(
        random, "mixed", body, file("winmail.dat", "application/ms-tnef", data)
    )


def forwarded(random: Random) -> bytes:
    """Mails in mails."""
    inner = header(random) + part(random, "html", MAKERS[random.choice(list(MAKERS))](random))
    for _ in range(random.choice((1, 3, 30))):
        wrapped = b"Content-Type: message/rfc822\r\n\r\n" + inner
        inner = header(random, "MIME-Version: 1.0") + multipart(
            random, "mixed", part(random, "plain", sentences(random, 90)), wrapped
        )
        if len(inner) > 3_000_000:
            break
    return inner


def bounced(random: Random) -> bytes:
    """A report of a mail that was not delivered."""
    status = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.buyer.example\r\n\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n"
    )
    original = b"Content-Type: text/rfc822-headers\r\n\r\n" + header(random)
    body = multipart(
        random,
        'report; report-type="delivery-status"',
        part(random, "plain", sentences(random, 200, "en")),
        status,
        original,
    )
    return header(random, "Auto-Submitted: auto-replied") + body


def wrong_charset(random: Random) -> bytes:
    """Text in another character set than the one declared, or with none declared."""
    text = sentences(random, random.choice((200, 5_000)))
    kind = random.choice(("plain", "html"))
    data = text.encode(random.choice(_CHARSETS), "replace")
    declared = random.choice((*_CHARSETS, "", "x-unknown", "us-ascii", "utf8mb4", "cp437\0", "\u00fctf-8"))
    top = f"Content-Type: text/{kind}" + (f"; charset={declared}" if declared else "") + "\r\n\r\n"
    return header(random) + top.encode("latin-1", "replace") + data


def bad_boundaries(random: Random) -> bytes:
    """Boundaries that are missing, repeated, cut off, of no length, or of the wrong one."""
    html = newsletter(random)[:60_000] if random.random() < 0.2 else f"<p>{sentences(random, 300)}</p>"
    parts = (part(random, "plain", sentences(random, 200)), part(random, "html", html))
    body = multipart(random, random.choice(("mixed", "alternative", "related", "x-unknown")), *parts, boundary="B")
    damage = random.randrange(7)
    if damage == 0:
        body = body.replace(b"--B--", b"")
    elif damage == 1:
        body = body.replace(
            b'boundary="B"', random.choice((b"", b'boundary=""', b"boundary=C", b'boundary="B', b"boundary*0=B"))
        )
    elif damage == 2:
        body = body.replace(b"\r\n", b"\n")
    elif damage == 3:
        body = body.replace(b"--B\r\n", b"--B\r\n" * random.choice((2, 500)))
    elif damage == 4:
        body = body[: random.randrange(len(body))]
    elif damage == 5:
        inner = multipart(random, "mixed", body, boundary="B")
        body = multipart(random, "mixed", inner, body, boundary="B")
    else:
        for _ in range(random.choice((5, 40))):
            body = multipart(random, "mixed", body)
    return header(random, "MIME-Version: 1.0") + body


def odd_headers(random: Random) -> bytes:
    """A header that no standard knows."""
    odd = (
        b"Subject: " + b"=?utf-8?B?" + base64.b64encode(random.randbytes(300)) + b"?=\r\n",
        b"Subject: =?utf-8?Q?" + b"=E2=82" * 500 + b"?=\r\n",
        b"From: " + b"(" * 5_000 + b"a@b.example\r\n",
        b"To: " + b"a <b@c.example>, " * 3_000 + b"\r\n",
        b"X-Junk: " + random.randbytes(500).replace(b"\n", b"") + b"\r\n",
        b"Date: Mon, 99 Foo 20026 25:61:00 +9999\r\n",
        b"References: " + b"\r\n ".join(f"<{token(random)}@x.example>".encode() for _ in range(300)) + b"\r\n",
        b"Content-Type: text/html; " + b"; ".join(b"a*%d*=%%41" % number for number in range(900)) + b"\r\n",
        b"Content-Type: text\r\n",
        b"no colon here\r\n",
        b"\xff\xfe: \0\r\n",
        b" folded from nothing\r\n",
        b"Content-Transfer-Encoding: rot13\r\n",
        b"Subject:" + b"\r\n " * 3_000 + b"x\r\n",
    )
    fields = random.choices(odd, k=random.randint(1, 6))
    text = sentences(random, 200).encode(random.choice(("utf-8", "utf-16")))
    return random.choice((header(random), b"")) + b"".join(fields) + b"\r\n" + text


def giant(random: Random) -> bytes:
    """Much of one thing."""
    size = random.choice((100_000, 1_000_000))
    kind, unit = random.choice(
        (
            ("plain", "A" * 76 + "\r\n"),
            ("plain", "\r\n"),
            ("plain", nonsense(random, 2_000)),
            ("plain", "=\r\n"),
            ("plain", "> "),
            ("plain", "1234567 "),
            ("html", "&nbsp;"),
            ("html", "<br>"),
            ("html", "<div>"),
            ("html", "<!-- -->"),
            ("html", " "),
            ("html", "x"),
        )
    )
    text = (unit * (size // len(unit) + 1))[:size]
    how = random.choice(("8bit", "base64"))
    if random.random() < 0.2:
        return header(random) + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"A" * size
    return header(random) + part(random, kind, text, how=how)


def files(random: Random) -> bytes:
    """Attachments that open, and such as only say that they would."""
    pdf = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    choices = (
        ("invoice.pdf", "application/pdf", pdf),
        ("invoice.pdf", "application/pdf", b"%PDF-1.7\n" + random.randbytes(20_000)),
        ("list.csv", "text/csv", b"a;b;c\r\n" * 5_000),
        (
            "letter.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK\x03\x04" + random.randbytes(9_000),
        ),
        ("photo.png", "image/png", png(random, 200, 200, noisy=False)),
        ("smime.p7s", "application/pkcs7-signature", random.randbytes(3_000)),
        ("notes.txt", "text/plain", sentences(random, 20_000).encode()),
        ("page.html", "text/html", newsletter(random)[:50_000].encode()),
        ("x" * 300 + ".exe", "application/octet-stream", b"MZ" + random.randbytes(5_000)),
    )
    parts = [file(*chosen) for chosen in random.choices(choices, k=random.choice((1, 3, 12)))]
    body = part(random, "plain", sentences(random, 200))
    return header(random, "MIME-Version: 1.0") + multipart(random, random.choice(("mixed", "signed")), body, *parts)


# The kinds of mail that are made, and how many of a hundred are of each.
KINDS: Mapping[str, tuple[int, Callable[[Random], bytes]]] = {
    **{name: (6, _as_html(make)) for name, make in MAKERS.items()},
    "inline-images": (1, inline_images),
    "plain-thread": (7, plain_thread),
    "calendar": (4, calendar),
    "tnef": (2, tnef),
    "forwarded": (4, forwarded),
    "bounced": (3, bounced),
    "wrong-charset": (8, wrong_charset),
    "bad-boundaries": (7, bad_boundaries),
    "odd-headers": (6, odd_headers),
    "giant": (1, giant),
    "files": (3, files),
}
