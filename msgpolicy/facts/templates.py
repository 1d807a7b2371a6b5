"""A template read as a message: each placeholder that is filled in later stands in it as a word that says nothing.

The stand-in is as long as the placeholder, so that every position stays what it was. Control words and comments become
white space: what stands in any branch is read, and so is what a placeholder says itself (the text of a default). Equal
placeholders have equal stand-ins, and no two others the same, so that texts can be shown as they were written.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import msgspec
import regex

from msgpolicy.facts.limits import MAX_PART
from msgpolicy.facts.links.urls import Link
from msgpolicy.facts.placeholders import Placeholder, find_placeholders
from msgpolicy.facts.spans import Reading
from msgpolicy.later import regex_later
from msgpolicy.message import Message
from msgpolicy.report import Edit, Fix

PARTS = ("subject", "text", "html")
# Fields of a record that a sending program may fill in too; what is not known yet is unknown.
_RECORDS = ("order", "buyer", "account")
_FIELDS = ("id", "thread_id", "in_reply_to", "reason", "marketplace", "sender", "recipient")

# A stand-in: letters that are no word, no address and no name in any language, with at least one more after "Zq".
STAND_IN = regex_later(r"zq[bcdfghjkmnpqrstvwxz]++", regex.IGNORECASE)
_MARK, _LETTERS = "Zq", "bcdfghjkmnpqrstvwxz"
_SHORTEST = len(_MARK) + 1
# A text in quotes that is more than the name of something: words, or an address.
_SAID = regex_later(
    r"""(?P<mark>['"])(?P<said>(?=[^'"]{0,300}?(?:\p{L}\p{L}\p{P}*+\s++\w|@|://))[^'"<>\r\n]{3,300}+)(?P=mark)"""
)
_NOT_LINE_END = regex_later(r"[^\r\n]")
_LINE_END = regex_later(r"\r\n?|\n")


class Found(NamedTuple):
    """A placeholder of a part of the message, as `written` there."""

    part: str
    written: str
    placeholder: Placeholder


class Template:
    """A message that is a template: `message` is what is judged, `found` are its placeholders by part and place."""

    def __init__(self, given: Message) -> None:
        self.found: list[Found] = []
        self._stand_ins: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._endings: dict[int, Iterator[tuple[str, ...]]] = {}
        changes: dict[str, Any] = {part: self._read(part, text) for part, text in _parts(given)}
        # In the order of the parts' names, for looking up by place.
        self.found.sort(key=lambda item: (item.part, item.placeholder.start))
        self._starts = [(item.part, item.placeholder.start) for item in self.found]
        changes |= {name: None for name in _FIELDS if _is_open(getattr(given, name))}
        for name in _RECORDS:
            record = getattr(given, name)
            if record is not None:
                changes[name] = _known(record)
        # The time is that of a draft in the repository, or of nothing; a template is sent later, again and again.
        self.message = msgspec.structs.replace(given, **changes, sent_at=None)

    def shown(self, value: Any) -> Any:
        """What a check says of a text, with the placeholders as written."""
        if isinstance(value, str):
            return self.as_written(value)
        if isinstance(value, Mapping):
            return {name: self.shown(item) for name, item in value.items()}
        return [self.shown(item) for item in value] if isinstance(value, list | tuple) else value

    def as_written(self, text: str) -> str:
        """A text that was read in the template, with the placeholders themselves."""
        return STAND_IN.sub(lambda match: self._written.get(match.group().lower(), match.group()), text)

    def found_in(self, reading: Reading) -> Iterator[Found]:
        """The placeholders that stand in a reading of the message, in order."""
        for match in STAND_IN.finditer(reading.text):
            start, _ = reading.span(*match.span())
            index = bisect_left(self._starts, (reading.part, start))
            if self._starts[index : index + 1] == [(reading.part, start)]:
                yield self.found[index]

    def fixed(self, fix: Fix | None) -> Fix | None:
        """A fix in the words of the template; None where it would take away, or open, a placeholder."""
        if fix is None:
            return None
        edits = tuple(
            msgspec.structs.replace(edit, replacement=self.as_written(edit.replacement)) for edit in fix.edits
        )
        kept = all(found.written in edit.replacement for edit in edits for found in self._touched(edit))
        return msgspec.structs.replace(fix, edits=edits) if kept else None

    def _touched(self, edit: Edit) -> list[Found]:
        """The placeholders that stand, or partly stand, in what an edit replaces."""
        last = bisect_left(self._starts, (edit.part, edit.end))
        first = last
        while first and self.found[first - 1].part == edit.part and self._ends(first - 1) > edit.start:
            first -= 1
        return self.found[first:last]

    def _ends(self, index: int) -> int:
        return self.found[index].placeholder.end

    def as_far_as_known(self, link: Link) -> Link:
        """The link, or one that leads nowhere yet where its site, or a part of the site's name, is filled in later."""
        site = link.registrable or link.host
        return Link("placeholder", link.raw, link.scheme) if STAND_IN.search(site) else link

    def _read(self, part: str, text: str) -> str:
        if len(text) > MAX_PART:
            return text  # it is not judged, and said to be too large
        out: list[str] = []
        at = 0
        for placeholder in find_placeholders(text):
            start, end = placeholder.start, placeholder.end
            written = text[start:end]
            if placeholder.kind == "broken" or (part == "html" and written[0] == "<" and written[1] not in "%?"):
                continue  # left in the text, where the leftover is found; `<order id>` is an element of HTML
            self.found.append(Found(part, written, placeholder))
            out.append(text[at:start])
            if placeholder.kind == "value":
                out.append(self._read_as(written))
                at = end
            else:
                blank = _NOT_LINE_END.sub(" ", written)
                at = _line_end(text, start, end) if part != "html" else end
                out.append(blank + " " * (at - end))
        out.append(text[at:])
        return "".join(out)

    def _read_as(self, written: str) -> str:
        """What a value is read as: its stand-in, then what it says itself, each in its place."""
        said = [match.span("said") for match in _SAID.finditer(written)]
        if not said:
            return self._stand_in(written, len(written))
        at = said[0][0] - 1
        out = [self._stand_in(written, at) if at >= _SHORTEST else " " * at]
        for start, end in said:
            out += (" " * (start - at), written[start:end])
            at = end
        return "".join((*out, " " * (len(written) - at)))

    def _stand_in(self, written: str, size: int) -> str:
        known = self._stand_ins.get(written)
        if known is None:
            known = self._stand_ins[written] = self._made(size)
            self._written.setdefault(known.lower(), written)
        return known

    def _made(self, size: int) -> str:
        """The next stand-in of a size. There are thousands of the shortest; if they run out, the last one repeats."""
        count = min(size - len(_MARK), 4)
        endings = self._endings.setdefault(size, product(_LETTERS, repeat=count))
        letters = "".join(next(endings, (_LETTERS[-1],) * count))
        return f"{_MARK}{letters}".ljust(size, _LETTERS[0])


def _parts(given: Message) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        text = getattr(given, part)
        if text is not None:
            yield part, text


def _line_end(text: str, start: int, end: int) -> int:
    """Where a control word or comment ends in plain text: with the line, if it is all that stands there."""
    before = text[max(text.rfind("\n", max(start - 200, 0), start) + 1, start - 200, 0) : start]
    if before.strip() or (start > 200 and len(before) == 200):
        return end
    rest = end
    while rest < len(text) and rest - end < 200 and text[rest] in " \t":
        rest += 1
    line_end = _LINE_END.match(text, rest)
    return line_end.end() if line_end else end


def _is_open(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_PART and next(find_placeholders(value), None) is not None


def _known(record: Any) -> Any:
    """A record without the fields that are filled in later."""
    values: Mapping[str, Any] = {name: getattr(record, name) for name in record.__struct_fields__}
    return msgspec.structs.replace(record, **{name: None for name, value in values.items() if _is_open(value)})
