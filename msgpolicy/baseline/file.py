"""The baseline file: JSON, one finding a line, sorted, so that a change of it reads well in a review.

It holds no text of a message: file names, rules and fingerprints only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from msgpolicy.inputs.errors import InputError, Trouble, shown_name, unusable
from msgpolicy.inputs.files import decode_utf8, opened, read_all
from msgpolicy.inputs.located import Child, JsonError, Ruler, children, decode, place
from msgpolicy.inputs.record import MAX_TROUBLES, troubles_of
from msgpolicy.typed import Problem, RecordError, build

_WRITE = "write it with --update-baseline"


class Key(NamedTuple):
    """What a finding is known by: where its message is from, the rule, the fingerprint.

    `file` is relative to the baseline's folder, with slashes; a message that is from no file is known by its id.
    """

    file: str
    message: str
    rule: str
    fingerprint: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A finding, and how many messages of its file have it."""

    file: str = ""
    message: str = ""
    rule: Annotated[str, Meta(min_length=1)]
    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{20}$", description="20 hexadecimal digits")]
    count: Annotated[int, Meta(ge=1)]

    @property
    def key(self) -> Key:
        return Key(self.file, self.message, self.rule, self.fingerprint)


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What made the baseline, and when it was begun."""

    tool: Literal["msgpolicy"] = "msgpolicy"
    schema: Literal[1]
    ruleset: str
    version: str
    digest: str
    created: date


class BaselineFile(Head, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    findings: tuple[Finding, ...]


class Baseline(NamedTuple):
    """A baseline as read: its name as shown, SHA-256, and how often each finding is known."""

    name: str
    digest: str
    head: Head
    counts: Mapping[Key, int]


def read_baseline(file: str) -> Baseline:
    """The baseline in a file.

    Raises:
        InputError: it cannot be used; says where, why and how to mend it.
    """
    name = shown_name(file)
    with opened(file) as stream:
        data = read_all(stream, name)
    try:
        content = msgspec.json.decode(data, type=BaselineFile)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise _mistakes(data, name) from None
    counts: dict[Key, int] = {}
    for finding in content.findings:
        # Two branches that were merged may both have added it.
        counts[finding.key] = max(finding.count, counts.get(finding.key, 0))
    return Baseline(name, f"sha256:{hashlib.sha256(data).hexdigest()}", content, counts)


def written(head: Head, counts: Mapping[Key, int]) -> bytes:
    """The content of a baseline file; the same for the same findings."""
    lines = [
        msgspec.json.encode(Finding(**key._asdict(), count=count)) for key, count in sorted(counts.items()) if count
    ]
    around = msgspec.json.format(msgspec.json.encode({**msgspec.to_builtins(head), "findings": []}), indent=2)
    opening, closing = around.rsplit(b"[]", 1)
    body = b"[\n" + b",\n".join(b"    " + line for line in lines) + b"\n  ]" if lines else b"[]"
    return opening + body + closing + b"\n"


def _mistakes(data: bytes, name: str) -> InputError:
    """What is wrong with a file that is no baseline."""
    try:
        text = decode_utf8(data, name)
        ruler = Ruler(text)
        value, start = decode(text)
    except JsonError as error:
        line, column = ruler.at(error.offset)
        return unusable(name, f"not JSON: {error.why}", f"mend it, or {_WRITE} anew", line=line, column=column)
    except InputError as error:
        return error
    if not isinstance(value, dict) or value.get("tool") != "msgpolicy":
        line, column = ruler.at(start)
        return unusable(name, "is no baseline of msgpolicy", f"{_WRITE} to another file", line=line, column=column)
    troubles = list(islice(_troubles(text, start, value, ruler), MAX_TROUBLES + 1))
    if len(troubles) > MAX_TROUBLES:
        troubles[MAX_TROUBLES:] = [Trouble("and more")]
    return InputError(name, troubles)


def _troubles(text: str, start: int, value: dict[str, Any], ruler: Ruler) -> Iterator[Trouble]:
    """What is wrong with the head, then finding by finding; the text is gone through once."""
    listed = isinstance(value.get("findings"), list)
    head = RecordError(build(BaselineFile, {**value, "findings": []} if listed else value)[1])
    yield from troubles_of(head, lambda path: ruler.at(place(text, start, path)))
    # Of a key written twice the last one counts, as it does for the decoder.
    offsets = [member.start for member in children(text, start) if member.step == "findings"] if listed else []
    for item in children(text, offsets[-1]) if offsets else ():
        yield from _of_finding(text, item, ruler)


def _of_finding(text: str, item: Child, ruler: Ruler) -> list[Trouble]:
    problems = build(Finding, item.value)[1]
    if not problems:
        return []
    ruler.advance(item.start)
    moved = [Problem(("findings", item.step, *p.path), p.message, p.hint) for p in problems]
    return troubles_of(RecordError(moved), lambda path: ruler.at(place(text, item.start, path[2:])))
