"""FILE arguments read into messages, one by one, in order; an input that cannot be used gives an error in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from msgpolicy.inputs.context import Context
from msgpolicy.inputs.errors import InputError, shown_name, unusable
from msgpolicy.inputs.files import MAX_BYTES, decode_utf8, numbered_lines, opened, read_all, suffix_of
from msgpolicy.inputs.located import JsonError, Ruler, children, decode, place
from msgpolicy.inputs.record import line_places, message_of, troubles_of
from msgpolicy.message import Message, MessageError
from msgpolicy.overlay import overlaid
from msgpolicy.report import Source

INPUT_FORMATS = ("eml", "json", "jsonl", "text", "html")
STDIN = "<stdin>"

_SUFFIXES = {
    ".eml": "eml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}
# Endings that say how a template is filled in; what it holds is told by the ending before, or by how it begins.
_TEMPLATE_SUFFIXES = frozenset(
    (
        ".j2",
        ".jinja",
        ".jinja2",
        ".liquid",
        ".hbs",
        ".handlebars",
        ".mustache",
        ".tmpl",
        ".tpl",
        ".twig",
        ".erb",
        ".ejs",
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, and where it came from. `part` is the part of the message that the file itself is, if it is one."""

    message: Message
    source: Source
    part: str | None = None


def read_drafts(
    files: Iterable[str],
    *,
    stdin: BinaryIO,
    input_format: str | None = None,
    context: Context | None = None,
) -> Iterator[Draft | InputError]:
    """The messages in `files`, in order; `-` is `stdin`. JSONL is streamed: one line is in memory at a time.

    `input_format` (one of INPUT_FORMATS) is what every file holds; without it a file's name tells, and for standard
    input what it begins with. `context` adds facts to the messages.
    """
    reader = _Reader(context)
    for file in files:
        try:
            if file == "-":
                yield from reader.read_stdin(stdin, input_format)
            else:
                yield from reader.read_file(file, input_format)
        except InputError as error:
            yield error


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file that is held in memory to be written back: its bytes, what they hold, and each message or error in them.

    `name` is the file's as it is shown.
    """

    file: str
    name: str
    data: bytes
    input_format: str
    items: tuple[Draft | InputError, ...]
    context: Context | None = None

    def reread(self, data: bytes) -> WholeFile:
        """The same file with other bytes."""
        items = _Reader(self.context).read_bytes(data, self.name, self.input_format)
        return WholeFile(self.file, self.name, data, self.input_format, tuple(items), self.context)


def read_whole(
    file: str, *, stdin: BinaryIO, input_format: str | None = None, context: Context | None = None
) -> WholeFile:
    """One of the files that `read_drafts` takes, as a whole.

    Raises:
        InputError: nothing of it can be read, or it is larger than MAX_BYTES.
    """
    if file == "-":
        name, found, data = STDIN, input_format, read_all(stdin, STDIN)
    else:
        name, found = shown_name(file), _format_by_name(file, input_format)
        with opened(file) as stream:
            data = read_all(stream, name)
    if found is None:
        if not data.strip(_BLANK):
            raise _empty(name)
        found = _format_of(data.lstrip(_BLANK).split(b"\n", 1)[0])
    return WholeFile(file, name, b"", found, (), context).reread(data)


def _empty(name: str) -> InputError:
    hint = "pipe a message into it, or name a file" if name == STDIN else ""
    return unusable(name, "nothing came in" if name == STDIN else "it is empty", hint)


def _format_by_name(file: str, input_format: str | None) -> str | None:
    """What a file holds: `input_format`, or else what its name says; None where that is told by how it begins.

    Raises:
        InputError: it cannot be told.
    """
    if input_format is not None:
        return input_format
    suffix = suffix_of(file)
    is_template = suffix in _TEMPLATE_SUFFIXES
    found = _SUFFIXES.get(suffix_of(file[: -len(suffix)]) if is_template else suffix)
    if found is None and not is_template:
        with opened(file):
            pass  # a file that cannot be read at all is the greater trouble
        hint = "say with --input-format what it holds: " + ", ".join(INPUT_FORMATS)
        raise unusable(shown_name(file), "its name does not tell what it holds", hint)
    return found


class _Reader:
    def __init__(self, context: Context | None) -> None:
        self._context = context
        self._readers: dict[str, Callable[[BinaryIO, str, bytes], Iterator[Draft | InputError]]] = {
            "eml": self._email,
            "json": self._json,
            "jsonl": self._jsonl,
            "text": self._text,
            "html": self._html,
        }

    def read_file(self, file: str, input_format: str | None) -> Iterator[Draft | InputError]:
        found = _format_by_name(file, input_format)
        with opened(file) as stream:
            if found is None:
                yield from self._told_by_its_beginning(stream, shown_name(file))
            else:
                yield from self._readers[found](stream, shown_name(file), b"")

    def read_bytes(self, data: bytes, name: str, input_format: str) -> Iterator[Draft | InputError]:
        try:
            yield from self._readers[input_format](BytesIO(data), name, b"")
        except InputError as error:
            yield error

    def read_stdin(self, stream: BinaryIO, input_format: str | None) -> Iterator[Draft | InputError]:
        if input_format is not None:
            yield from self._readers[input_format](stream, STDIN, b"")
        else:
            yield from self._told_by_its_beginning(stream, STDIN)

    def _told_by_its_beginning(self, stream: BinaryIO, name: str) -> Iterator[Draft | InputError]:
        head = bytearray()
        while line := stream.readline(MAX_BYTES + 1):
            head += line
            if line.strip(_BLANK) or len(head) > _BLANK_BYTES:
                break
        if not line and not head.strip(_BLANK):
            raise _empty(name)
        yield from self._readers[_format_of(bytes(head))](stream, name, bytes(head))

    def _email(self, stream: BinaryIO, name: str, head: bytes) -> Iterator[Draft]:
        yield Draft(mail_message(read_all(stream, name, head), name, self._context), Source(file=name))

    def _text(self, stream: BinaryIO, name: str, head: bytes, part: str = "text") -> Iterator[Draft]:
        data = {part: decode_utf8(read_all(stream, name, head), name)}
        yield Draft(message_of(with_facts(data, self._context), name), Source(file=name), part)

    def _html(self, stream: BinaryIO, name: str, head: bytes) -> Iterator[Draft]:
        return self._text(stream, name, head, "html")

    def _jsonl(self, stream: BinaryIO, name: str, head: bytes) -> Iterator[Draft | InputError]:
        for line, text in numbered_lines(stream, name, head):
            if isinstance(text, InputError):
                yield text
                continue
            try:
                yield Draft(self._line(text, name, line), Source(file=name, line=line))
            except InputError as error:
                yield error

    def _line(self, text: str, name: str, line: int) -> Message:
        return json_message(text, name, line, self._context)

    def _json(self, stream: BinaryIO, name: str, head: bytes) -> Iterator[Draft | InputError]:
        text = decode_utf8(read_all(stream, name, head), name)
        ruler = Ruler(text)
        try:
            if not text.lstrip().startswith("["):
                value, start = decode(text)
                message = message_of(
                    with_facts(value, self._context), name, lambda path: ruler.at(place(text, start, path))
                )
                yield Draft(message, Source(file=name))
                return
            for child in children(text):
                yield self._item(text, child.start, child.value, ruler, name)
        except JsonError as error:
            line, column = ruler.at(error.offset)
            hint = "one record, or a list of records; name a file with one record a line .jsonl"
            raise unusable(name, f"not JSON: {error.why}", hint, line=line, column=column) from None

    def _item(self, text: str, start: int, value: Any, ruler: Ruler, name: str) -> Draft | InputError:
        line = ruler.advance(start)
        try:
            message = message_of(
                with_facts(value, self._context), name, lambda path: ruler.at(place(text, start, path)), line
            )
        except InputError as error:
            return error
        return Draft(message, Source(file=name, line=line))


def mail_message(data: bytes, name: str, context: Context | None) -> Message:
    """The message in a raw mail, with what the context knows of it.

    Raises:
        InputError: nothing of the mail can be read.
    """
    try:
        message = Message.from_email(data)
        facts = _facts_for(context, message.id, message.order.id if message.order else None, message)
        return Message.from_email(data, context=facts) if facts else message
    except MessageError as error:
        raise InputError(name, troubles_of(error)) from None


def json_message(
    text: str, name: str, line: int, context: Context | None, change: Callable[[Any], Any] | None = None
) -> Message:
    """The message in one line of a JSONL file, with what the context knows of it. `change` is done to its data first.

    Raises:
        InputError: not JSON, or the record cannot be used.
    """
    if context is None and change is None:
        try:
            return Message.from_json(text)
        except MessageError:
            pass  # read again below, for the places of what is wrong
    try:
        value, start = decode(text)
    except JsonError as error:
        hint = "a .jsonl file holds one record a line; name a file with one record or a list of them .json"
        raise unusable(name, f"not JSON: {error.why}", hint, line=line, column=error.offset + 1) from None
    data = change(value) if change is not None else value
    return message_of(with_facts(data, context), name, line_places(text, start, line), line)


def with_facts(data: Any, context: Context | None) -> Any:
    """`data` with what the context knows of it; anything but an object is left to fail as a record."""
    if context is None or not isinstance(data, Mapping):
        return data
    order = data.get("order")
    facts = _facts_for(context, data.get("id"), order.get("id") if isinstance(order, Mapping) else None)
    return overlaid(data, facts) if facts else data


def _facts_for(
    context: Context | None, message_id: Any, order_id: Any, mail: Message | None = None
) -> Mapping[str, Any]:
    if context is None:
        return {}
    if order_id is None and mail is not None:
        order_id = only_order_id(mail)
    return context.facts_for(
        message_id if isinstance(message_id, str) else None, order_id if isinstance(order_id, str) else None
    )


_ORDER_ID = re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9-])")


def only_order_id(message: Message) -> str | None:
    """The order that a mail is about, where it names exactly one."""
    found = named_orders(message)
    return found[0] if len(found) == 1 else None


def named_orders(message: Message) -> tuple[str, ...]:
    """The ids of the orders that subject and text of a mail name, each once."""
    parts = (part for part in (message.subject, message.text, message.html) if part)
    return tuple(dict.fromkeys(match.group() for part in parts for match in _ORDER_ID.finditer(part)))


# What standard input holds, told by the first line with something on it.
_BLANK_BYTES = 64 * 1024
_BLANK = b" \t\r\n\xef\xbb\xbf"
_HEADER = re.compile(
    rb"(?:From |(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Reply-To|Message-ID|MIME-Version"
    rb"|Content-Type|DKIM-Signature|ARC-Seal|Authentication-Results|X-[A-Za-z-]{1,60}):)",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|(?:html|head|body|meta|style|div|p|h[1-6]|table|span|font|center|a|b|br|img)[\s/>])", re.I
)


def _format_of(head: bytes) -> str:
    start = head.lstrip(_BLANK)
    if re.match(rb"\[\s*(?:[{\]]|$)", start):
        return "json"
    if re.match(rb'\{\s*(?:["}]|$)', start):
        return "jsonl" if start.rstrip().endswith(b"}") else "json"
    if _HEADER.match(start):
        return "eml"
    return "html" if _MARKUP.match(start) else "text"
