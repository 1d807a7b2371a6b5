"""The header of a mail or part: fields, encoded words, parameters, addresses, ids, dates.

Every function here is total (any value gives a result, none raises) and takes time linear in the value; the standard
library's readers of these take quadratic time (parameters) or recurse without bound (comments). A raw value is a str
that holds one character per byte (latin-1), so that only ASCII white space may be stripped from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cached_property
from urllib.parse import unquote_to_bytes

import regex

from msgpolicy.facts.mail.decoding import decode_base64, decode_quoted_printable, decode_text
from msgpolicy.later import regex_later

_MEDIA_TYPE = regex_later(r"\s*+([\w!#$&^.+-]++/[\w!#$&^.+-]++)\s*+(?:[;(]|\Z)", flags=regex.ASCII)
_TOKEN = regex_later(r"\s*+([\w-]++)", flags=regex.ASCII)
# Where two of these differ, it depends on the reader's mail program which one counts.
_SINGLE = frozenset({"from", "subject", "content-type", "content-transfer-encoding"})

_SPACE = " \t\r\n\f\v"
_WORD_START = r"=\?[^?\s]{1,60}\?[bBqQ]\?"
_WORD = regex_later(
    # The text may hold spaces and question marks, as broken encoders write them, but not the start of another word.
    rf"=\?([^?\s]{{1,60}})\?([bBqQ])\?((?:(?!{_WORD_START})(?:[^?]|\?(?!=)))*+)\?=",
    flags=regex.ASCII,
)
_PARAMETER = regex_later(
    r';\s*+([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^;"]*+))', flags=regex.ASCII | regex.DOTALL
)
_MAX_SEGMENTS = 1000
_MAX_ADDRESS = 500  # characters; standards allow 254
_ADDRESS = regex_later(r'(?<![^\s"])(?:"(?:[^"\\]|\\.)*+"|[^\s"@]++)@[^\s"@]++', flags=regex.ASCII)
_ADDRESS_PIECE = regex_later(r'"(?:[^"\\]|\\.)*+"|\\.|[^"\\()<>,;:]++|.', flags=regex.DOTALL)
_MESSAGE_ID = regex_later(r"<([^<>]++)>", flags=regex.ASCII)
_WORD_WITHOUT_BRACKETS = regex_later(r"[^<>\s,]++", flags=regex.ASCII)
_DATE = regex_later(
    r"\s*+(?:[A-Za-z]{2,9}+[.,]*+\s*+)?([0-9]{1,2})[\s-]++([A-Za-z]{3})[a-z]*+\.?[\s-]++((?:19|20)[0-9]{2})"
    r"\s++([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*+(?:([+-][0-9]{4}|[A-Za-z]{1,5}+)(?=[\s(]|\Z)|\Z)",
    flags=regex.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The zone names whose offset RFC 5322 gives, in hours; all others are unknown.
_HOURS = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0}
_HOURS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}


class Header:
    """The header fields of a mail or a part. Names in small letters; of several with one name the first is read."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, str] = {}
        self.ambiguous: set[str] = set()
        for name, value in fields:
            if self._values.setdefault(name, value) != value and name in _SINGLE:
                self.ambiguous.add(name)

    @property
    def empty(self) -> bool:
        """Whether there is no field at all."""
        return not self._values

    def raw(self, name: str) -> str:
        """The unfolded value with one character per byte; "" when there is none."""
        return self._values.get(name, "")

    def text(self, name: str) -> str:
        """The value as text, with encoded words decoded; "" when there is none."""
        return decode_words(self.raw(name))

    @cached_property
    def type(self) -> str | None:
        """Content-Type without parameters, such as "text/plain"; None when it is absent or malformed."""
        found = _MEDIA_TYPE.match(self.raw("content-type"))
        return found[1].lower() if found else None

    @cached_property
    def type_parameters(self) -> dict[str, str]:
        """The parameters of Content-Type, as written."""
        return parameters(self.raw("content-type"))

    @cached_property
    def disposition(self) -> str:
        """Content-Disposition without parameters, such as "attachment"; "" when it is absent or malformed."""
        found = _TOKEN.match(self.raw("content-disposition"))
        return found[1].lower() if found else ""

    @cached_property
    def filename(self) -> str | None:
        """The file name that the part is given, if any."""
        name = text_parameter(parameters(self.raw("content-disposition")), "filename")
        return name or text_parameter(self.type_parameters, "name") or None


def decode_words(raw: str) -> str:
    """A raw header value as text, with its encoded words (RFC 2047, broken ones too) decoded."""
    runs: list[tuple[str | None, bytearray]] = []  # declared character set (None: written plainly), bytes
    end = 0
    for charset, data, start, stop in _words(raw):
        gap = raw[end:start]
        if gap and (gap.strip(_SPACE) or not runs):  # white space between two encoded words does not count
            runs.append((None, bytearray(gap, "latin-1")))
        # A character may be split over two words.
        if runs and runs[-1][0] == charset:
            runs[-1][1].extend(data)
        else:
            runs.append((charset, bytearray(data)))
        end = stop
    runs.append((None, bytearray(raw[end:], "latin-1")))
    return "".join(decode_text(bytes(data), charset) for charset, data in runs)


def _words(raw: str) -> Iterator[tuple[str, bytes, int, int]]:
    for word in _WORD.finditer(raw):
        encoded = word[3].encode("latin-1")
        if word[2] in "bB":
            data = decode_base64(encoded)[0]
        else:
            data = decode_quoted_printable(encoded.replace(b"_", b"=20"))
        if data or not encoded:
            yield word[1].partition("*")[0].lower(), data, word.start(), word.end()


def parameters(raw: str) -> dict[str, str]:
    """The parameters of a raw header value as written, names in small letters; of two with one name the first."""
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(raw):
        quoted, plain = match[2], match[3]
        value = plain.strip(_SPACE) if quoted is None else regex.sub(r'\\(["\\])', r"\1", quoted)
        found.setdefault(match[1].lower(), value)
    return found


def text_parameter(params: dict[str, str], name: str) -> str | None:
    """One parameter as text: RFC 2231 (character set, continuations) first, else with encoded words decoded."""
    segments = [(params[f"{name}*"], True)] if f"{name}*" in params else list(_segments(params, name))
    if not segments:
        return decode_words(params[name]) if name in params else None
    charset: str | None = None
    data = bytearray()
    for index, (value, extended) in enumerate(segments):
        if extended and index == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        encoded = value.encode("latin-1")
        data += unquote_to_bytes(encoded) if extended else encoded
    return decode_text(bytes(data), charset)


def _segments(params: dict[str, str], name: str) -> Iterator[tuple[str, bool]]:
    for index in range(_MAX_SEGMENTS):
        if f"{name}*{index}*" in params:
            yield params[f"{name}*{index}*"], True
        elif f"{name}*{index}" in params:
            yield params[f"{name}*{index}"], False
        else:
            return


def first_address(raw: str) -> str | None:
    """The first mailbox of a raw address list, without name and comments; None when there is none."""
    outside: list[str] = []
    inside: list[str] | None = None
    comments = 0
    for match in _ADDRESS_PIECE.finditer(raw + ","):
        piece = match[0]
        if piece == "(":
            comments += 1
        elif comments:
            comments -= piece == ")"
        elif piece == "<":
            inside = []
        elif piece in (",", ";", ">"):
            written = "".join(outside if inside is None else inside).strip(_SPACE)
            if len(written) <= _MAX_ADDRESS and (address := _ADDRESS.search(written)):
                return decode_text(address[0].encode("latin-1"))
            outside, inside = [], None
        elif piece == ":":  # before it the name of a group, or in brackets an old route by way of other hosts
            outside = []
            inside = None if inside is None else []
        else:
            (outside if inside is None else inside).append(piece)
    return None


def first_id(raw: str) -> str | None:
    """The first message id of a raw value, without its angle brackets."""
    found = _MESSAGE_ID.search(raw)
    words = [found[1]] if found else (word for word in _WORD_WITHOUT_BRACKETS.findall(raw) if "@" in word)
    return decode_text(next(iter(words), "").strip(_SPACE).encode("latin-1")) or None


def parse_date(raw: str) -> datetime | None:
    """The instant that a raw Date names; None when it names none for sure, because its offset is absent or unknown.

    "-0000" is an instant in UTC (RFC 5322, 3.3): it only hides where the sender is.
    """
    found = _DATE.match(raw)
    zone = found[7] if found else None
    if found is None or zone is None:
        return None
    if zone[0] in "+-":
        minutes = (int(zone[1:3]) * 60 + int(zone[3:])) * (-1 if zone[0] == "-" else 1)
        known = int(zone[3:]) < 60
    else:
        minutes = _HOURS.get(zone.upper(), 0) * 60
        known = zone.upper() in _HOURS
    local = _clock(found)
    try:
        return local.replace(tzinfo=timezone(timedelta(minutes=minutes))) if local and known else None
    except ValueError:  # an offset of a day and more
        return None


def parse_local_date(raw: str) -> datetime | None:
    """The time (without a zone) that a raw Date names, if it says nothing of an offset or zone; else None."""
    found = _DATE.match(raw)
    return _clock(found) if found and found[7] is None else None


def _clock(found: regex.Match[str]) -> datetime | None:
    if found[2].lower() not in _MONTHS:
        return None
    try:
        year, month, day = int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])
        return datetime(year, month, day, int(found[4]), int(found[5]), int(found[6] or 0))  # noqa: DTZ001 - it has none
    except ValueError:  # no such day or time
        return None
