"""Edits of a message written back into the mail that it was read from.

Only the header field or the part that an edit is in changes: its character set and transfer encoding stay, and with
quoted-printable the lines that an edit does not touch. A part that a signature covers is not edited.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex

from msgpolicy.facts.mail.decoding import AS_IT_IS, Decoded, decode_base64, transfer_encoding
from msgpolicy.facts.mail.headers import decode_words, text_parameter
from msgpolicy.facts.mail.parts import find_value
from msgpolicy.facts.mail.reading import Body, read_bodies
from msgpolicy.fixing import edited, edits_by_part
from msgpolicy.inputs.errors import unusable
from msgpolicy.inputs.quoted_printable import quoted_printable_splices
from msgpolicy.inputs.splices import Splice, TextEdit, difference, encoded_edits, moved
from msgpolicy.report import Edit

# Characters of a header line; bytes of text in an encoded word, which may be 75 characters long.
LONGEST_HEADER_LINE = 78
LONGEST_WORD = 45

# Where what a character is written as depends on what stands before it.
_STATEFUL = ("iso2022", "hz", "utf_7")
_FOLD = regex.compile(rb"\r\n|[\r\n]")
_SIGNED_TEXT = b"-----BEGIN PGP SIGNED MESSAGE-----"


def mail_splices(data: bytes, edits: Iterable[Edit], name: str) -> list[Splice]:
    """What edits of the message do to the bytes of its mail; `name` is that of the file, for errors.

    Raises:
        InputError: an edit cannot be written back; says why.
    """
    bodies = read_bodies(data)
    splices: list[Splice] = []
    for part, of_part in edits_by_part(edits).items():
        text_edits = [TextEdit(edit.start, edit.end, edit.replacement) for edit in of_part]
        if part == "subject":
            splices.append(_subject(data, of_part, name))
        else:
            for body, of_body in _by_body(bodies[part], text_edits, part, name):
                splices += moved(_body(data, body, of_body, name), body.part.start)
    # Insertions at one place keep their order.
    return sorted(splices, key=lambda splice: splice[:2])


def broken_signatures(data: bytes) -> list[str]:
    """The header fields of a mail that hold a signature over it, which no longer holds after an edit."""
    return [name for name in ("DKIM-Signature", "ARC-Message-Signature") if find_value(data, name.lower()) is not None]


def _by_body(bodies: list[Body], edits: list[TextEdit], part: str, name: str) -> Iterator[tuple[Body, list[TextEdit]]]:
    """The edits of a text that was joined from bodies, for each body that has some."""
    position = 0
    queue = list(reversed(edits))
    for body in bodies:
        end = position + len(body.decoded.text)
        of_body: list[TextEdit] = []
        while queue and queue[-1].end <= end and queue[-1].start >= position:
            edit = queue.pop()
            of_body.append(TextEdit(edit.start - position, edit.end - position, edit.replacement))
        if of_body:
            yield body, of_body
        position = end + 1
    if queue:
        raise unusable(name, f"a fix of the {part} reaches over two parts of the mail", "mend it by hand")


def _body(data: bytes, body: Body, edits: list[TextEdit], name: str) -> list[Splice]:
    """What edits of a body's text do to its bytes in the mail, counted from its start."""
    part, decoded = body.part, body.decoded
    if part.signed or _SIGNED_TEXT in body.content:
        raise unusable(name, f"part {part.number} of the mail is signed; a fix would break the signature", _SIGN_LATER)
    content = _content_splices(body, edits, name)
    encoding, written = transfer_encoding(part.header.raw("content-transfer-encoding"))
    raw = data[part.start : part.start + len(part.body or b"")]
    if encoding in AS_IT_IS:
        if body.content.isascii() and not all(splice.replacement.isascii() for splice in content):
            why = f"part {part.number} of the mail is plain ASCII, and a fix adds other characters"
            raise unusable(name, why, "send it as quoted-printable")
        return content
    if encoding == "quotedprintable":
        return quoted_printable_splices(raw, content)
    if encoding == "base64" and not decode_base64(raw)[1]:
        new = edited(decoded.text, (_edit(edit) for edit in edits))
        return difference(raw, _base64(decoded.encoded(new), raw))
    raise unusable(name, f"part {part.number} of the mail is encoded as {written[:40]!r}", "mend it by hand")


_SIGN_LATER = "mend the message before it is signed"


def _edit(edit: TextEdit) -> Edit:
    return Edit(part="", start=edit.start, end=edit.end, replacement=edit.replacement)


def _content_splices(body: Body, edits: list[TextEdit], name: str) -> list[Splice]:
    """What edits of a body's text do to its bytes after transfer decoding."""
    decoded = body.decoded
    charset = text_parameter(body.part.header.type_parameters, "charset") or decoded.codec
    # What another program would have written differently is not written anew.
    if not decoded.codec or decoded.encoded(decoded.text) != body.content:
        why = f"part {body.part.number} of the mail cannot be written back exactly as it is in {charset[:40]!r}"
        raise unusable(name, why, "mend it by hand")
    try:
        if decoded.codec.startswith(_STATEFUL):
            new = edited(decoded.text, (_edit(edit) for edit in edits))
            return difference(body.content, decoded.encoded(new))
        return encoded_edits(decoded.text, edits, Decoded("", decoded.codec).encoded, len(decoded.mark))
    except UnicodeEncodeError as error:
        what = error.object[error.start : error.end][:10]
        why = f"a fix writes {what!r}, which the character set {charset[:40]!r} of the mail does not have"
        raise unusable(name, why, "send the mail as UTF-8") from None


def _base64(content: bytes, like: bytes) -> bytes:
    """Content in base64, in lines as long as those of `like`."""
    newline = _FOLD.search(like.strip())
    digits = binascii.b2a_base64(content, newline=False)
    end = like[len(like.rstrip()) :]
    if newline is None:
        return digits + end
    length = max(len(like.split(newline[0], 1)[0].strip()), 4)
    lines = (digits[start : start + length] for start in range(0, len(digits), length))
    return newline[0].join(lines) + end


def _subject(data: bytes, edits: list[Edit], name: str) -> Splice:
    """The value of the subject written anew."""
    place = find_value(data, "subject")
    if place is None:
        raise unusable(name, "a fix adds to the subject, and the mail has none", "mend it by hand")
    written = data[slice(*place)]
    new = edited(decode_words(_FOLD.sub(b"", written).decode("latin-1").strip(" \t")), edits)
    newline = _FOLD.search(data)
    fold = newline[0] if newline else b"\r\n"
    plain = new.isascii() and new.isprintable() and new == new.strip() and decode_words(new) == new
    lines = _plain_lines(new) if plain else _encoded_words(new)
    value = (fold + b" ").join(lines)
    return Splice(*place, value)


def _plain_lines(text: str) -> list[bytes]:
    """A header value in lines, each of which continues after one space."""
    lines = [""]
    room = LONGEST_HEADER_LINE - len("Subject: ")
    for word in text.split(" "):
        # A line of nothing but spaces is none.
        if len(lines[-1]) + len(word) > room and word and lines[-1].strip():
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] or len(lines) > 1 else word
    return [line.encode("ascii") for line in lines]


def _encoded_words(text: str) -> list[bytes]:
    """A header value as encoded words (RFC 2047); no character is split between two."""
    borders = [0]
    size = 0
    for index, char in enumerate(text):
        length = len(char.encode())
        if size + length > LONGEST_WORD:
            borders.append(index)
            size = 0
        size += length
    return [
        b"=?UTF-8?B?" + binascii.b2a_base64(text[start:end].encode(), newline=False) + b"?="
        for start, end in pairwise((*borders, len(text)))
    ]
