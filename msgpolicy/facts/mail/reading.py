"""Raw e-mail (RFC 5322 with MIME) becomes a message record.

What becomes what:

- `text` and `html` are the text/plain and text/html parts that a mail program shows, each kind joined with a newline,
  after transfer decoding and character set and before any newline change.
- Every other part is an attachment with its decoded content: files, inline images, forwarded mails (with their exact
  bytes), and text parts that are marked as a file.
- `id`, `in_reply_to` and `thread_id` are message ids without angle brackets; the thread is the first of References,
  else In-Reply-To, else the mail itself. `kind` is "reply" with either of these fields, else unknown.
- `sender` and `recipient` are the first addresses of From and To, without names. `direction` is "buyer_to_seller" when
  only the sender is one of the marketplace's relay addresses.
- `subject` is "" for a mail without one: the mail is here, so that it is known to have none. In the same way
  `attachments` is () when there are none; it is None (unknown) where nothing follows the header, or where a part could
  not be read for sure.
- `sent_at` is the Date, if it has an offset that is certain.
- `X-Msgpolicy-*` fields are not read here: only the SMTP hook knows whose they are.

Nothing is lost silently: what could not be read, or only by a guess, is listed under `extra["unreadable_parts"]` as
`{"part": "2.1", "reason": "…"}`, with the parts numbered as in IMAP and "0" for the mail as a whole. An unreadable part
is kept as an attachment of the type application/octet-stream with its raw bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

import msgspec
import regex

from msgpolicy.facts.files.text_files import holds_text
from msgpolicy.facts.mail.decoding import Decoded, decode_transfer, read_text
from msgpolicy.facts.mail.headers import Header, first_address, first_id, parse_date, text_parameter
from msgpolicy.facts.mail.parts import Flaw, Part, read_parts, split_header
from msgpolicy.message import Language, Message, MessageError
from msgpolicy.typed import Problem, build

_RELAY = regex.compile(
    r"[^@]++@marketplace\.amazon\.(?:[a-z]{2}|com|com?\.[a-z]{2})\.?", flags=regex.ASCII | regex.IGNORECASE
)
_NOT_PROSE = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_BODY_TYPES = {"text/plain": "text", "text/html": "html"}
_WHOLE = "give a whole mail: header, blank line, body"
_UNREADABLE_TYPE = "application/octet-stream"


def read_email(data: bytes, *, context: Mapping[str, Any] | None = None) -> Message:
    """The record of one mail, with the facts in `context` merged over it.

    `context` is shaped like a record, of which it may hold any part. It is merged key by key, also within `order`,
    `buyer` and the like, and wins; `attachments` are merged one by one in their order (to give each its `purpose`,
    say). None adds nothing, as everywhere in a record.

    Raises:
        MessageError: nothing of the mail can be judged, or the context is not a valid record; all problems are listed.
    """
    if context is not None and not isinstance(context, Mapping):
        raise MessageError([Problem((), f"expected the context to be an object, got {type(context).__name__}")])
    header, parts, flaws = read_parts(bytes(data))
    if data and header.empty and not holds_text(data):
        raise MessageError([Problem((), "this is no mail: no header field, and bytes that are no text", _WHOLE)])
    content = _Content(flaws)
    for part in parts:
        content.add(part)
    record = _merged({**_envelope(header), **content.fields()}, context)
    return _message(record, content)


class Body(NamedTuple):
    """One of the parts that a message's text, or its HTML, is joined from: its bytes after transfer decoding, read."""

    part: Part
    content: bytes
    decoded: Decoded


def read_bodies(data: bytes) -> dict[str, list[Body]]:
    """The bodies of a mail that are its `text` (joined with a newline), and those that are its `html`."""
    content = _Content([])
    for part in read_parts(data)[1]:
        content.add(part)
    return content.bodies


class _Content:
    """The texts and attachments of a mail, gathered part by part."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        self.readable = False  # something of it is
        self.bodies: dict[str, list[Body]] = {name: [] for name in _BODY_TYPES.values()}
        self._attachments: list[dict[str, Any]] = []
        self._complete = True

    def add(self, part: Part) -> None:
        """Reads one part."""
        if part.body is None:
            self._complete = False
        elif part.flaw:
            self._attach(part, _UNREADABLE_TYPE, part.body)
        else:
            self._add_body(part, part.body)

    def _add_body(self, part: Part, body: bytes) -> None:
        content, flaw = decode_transfer(body, part.header.raw("content-transfer-encoding"))
        if flaw:
            self.flaws.append(Flaw(part.number, flaw))
        if _is_shown(part):
            charset = text_parameter(part.header.type_parameters, "charset")
            decoded = read_text(content, charset, html=part.type == "text/html")
            if not flaw or (decoded.text and not _NOT_PROSE.search(decoded.text)):
                self.bodies[_BODY_TYPES[part.type]].append(Body(part, content, decoded))
                self.readable = True
                return
        elif content or not flaw:
            known = part.header.type is not None or part.type != "text/plain"
            self._attach(part, part.type if known else None, content)
            self.readable = True
            return
        self._attach(part, _UNREADABLE_TYPE, body)

    def _attach(self, part: Part, content_type: str | None, content: bytes) -> None:
        filename = part.header.filename
        if filename is None and content_type == "message/rfc822":
            subject = " ".join(split_header(content)[0].text("subject").split())
            filename = f"{subject}.eml" if subject else None
        self._attachments.append(
            {"filename": filename, "content_type": content_type, "content": content, "size": len(content)}
        )

    def fields(self) -> dict[str, Any]:
        """The fields of the record that come from the parts."""
        fields: dict[str, Any] = {}
        for name, bodies in self.bodies.items():
            if bodies:
                fields[name] = "\n".join(body.decoded.text for body in bodies)
        if self._attachments or (self._complete and not self.flaws):
            fields["attachments"] = self._attachments
        if self.flaws:
            fields["extra"] = {"unreadable_parts": [{"part": flaw.part, "reason": flaw.reason} for flaw in self.flaws]}
        return fields


def _is_shown(part: Part) -> bool:
    """Whether a mail program shows the part as text rather than offering it as a file."""
    if part.type not in _BODY_TYPES or part.header.disposition not in ("", "inline"):
        return False
    return part.main or part.header.disposition == "inline" or part.header.filename is None


def _envelope(header: Header) -> dict[str, Any]:
    """The fields of the record that come from the header."""
    own, answered = first_id(header.raw("message-id")), first_id(header.raw("in-reply-to"))
    sender, recipient = first_address(header.raw("from")), first_address(header.raw("to"))
    from_buyer = _is_relay(sender) and not _is_relay(recipient)
    return {
        "id": own,
        "in_reply_to": answered,
        "thread_id": first_id(header.raw("references")) or answered or own,
        "kind": "reply" if header.raw("in-reply-to") or header.raw("references") else None,
        "direction": "buyer_to_seller" if from_buyer else "seller_to_buyer",
        "sender": sender,
        "recipient": recipient,
        "subject": header.text("subject"),
        "sent_at": parse_date(header.raw("date")),
        "language": _language(header.raw("content-language")),
    }


def _is_relay(address: str | None) -> bool:
    return address is not None and _RELAY.fullmatch(address) is not None


def _language(tag: str) -> str | None:
    try:
        return msgspec.convert(tag, Language)
    except msgspec.ValidationError:
        return None


def _merged(known: Any, given: Any) -> Any:
    """`known` with `given` merged over it: objects key by key, lists one by one; None adds nothing."""
    if given is None:
        return known
    if isinstance(known, Mapping) and isinstance(given, Mapping):
        return {**known, **{key: _merged(known.get(key), value) for key, value in given.items()}}
    if isinstance(known, list) and isinstance(given, list | tuple):
        return [_merged(old, new) for old, new in zip_longest(known, given)]
    return given


def _message(record: dict[str, Any], content: _Content) -> Message:
    words = any(record.get(name) for name in ("subject", "text", "html"))
    problems: list[Problem] = []
    if not words and not content.readable and content.flaws:
        problems = [
            Problem((), f"part {flaw.part} of the mail cannot be read: {flaw.reason}") for flaw in content.flaws
        ]
    elif not words and not record.get("attachments") and record.get("channel") != "sp_api":
        problems = [Problem((), "the mail has no text, html, subject or attachment", _WHOLE)]
    if problems:
        # A subject hides that the record is empty, so that only what else is wrong, in the context, is added.
        raise MessageError([*problems, *build(Message, {**record, "subject": "-"})[1]])
    return Message.from_dict(record)
