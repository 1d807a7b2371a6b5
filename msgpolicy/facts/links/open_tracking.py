"""Addresses of images by which a sender learns that a mail was opened: shapes of addresses, written as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

import regex

from msgpolicy.facts.links.finding import Link, classify_url
from msgpolicy.facts.links.hosts import domains
from msgpolicy.later import regex_later

# Stands for any number of segments, at the start or the end of a path.
_ANY = "**"
_ID = regex_later(r"\{(\d{1,3})\}(.*)", regex.DOTALL)
# What an id is made of; a name of a picture is none.
_TOKEN = regex_later(r"[\w~=+%.:@,|-]++")
_PICTURE = regex_later(r"\.(?:png|jpe?g|webp|svg|bmp|avif|gif)\Z")
_DIGIT = regex_later(r"\d")
# Ids of at least this length may be without digits.
_LONG = 30
# A proxy of a mail program writes the address behind its own.
_PROXIED = regex_later(r"#(https?://.++)\Z", regex.IGNORECASE | regex.DOTALL)
# Parts of one address that are looked at.
_MOST_PARTS = 50


class Shape(NamedTuple):
    """One shape, as written; texts in lower case. `floats`: its path may stand behind others; `deep`: others follow."""

    written: str
    host: str
    path: tuple[str, ...]
    floats: bool
    deep: bool
    query: tuple[tuple[str, str], ...] | None


class Shapes:
    """A list of shapes that addresses are compared with. The time is linear in what is written in an address."""

    def __init__(self, items: frozenset[str]) -> None:
        self._by: dict[str, list[tuple[Shape, int]]] = {}
        for item in sorted(items):
            shape = _parse(item)
            key, at = _key(shape)
            self._by.setdefault(key, []).append((shape, at))

    def find(self, link: Link) -> str | None:
        """The shape, as written, that an address has; None if it has none of them."""
        if not link.host:
            return None
        found = self._find(link)
        if found is None and (proxied := _PROXIED.search(link.raw.strip())):
            inner = classify_url(proxied[1])
            found = self._find(inner) if inner.host else None
        return found

    def _find(self, link: Link) -> str | None:
        path = _segments(link.path)
        query = _query(link.query)
        hosts = domains(link.ascii_host)
        for index, segment in enumerate(path):
            for shape, at in self._by.get(segment, ()):
                if _fits(shape, at, index, path, query, hosts):
                    return shape.written
        for name in query:
            for shape, _ in self._by.get(f"?{name}", ()):
                if _fits(shape, 0, 0, path, query, hosts):
                    return shape.written
        # Those that only a part of a name, or a host, tells.
        for key in _other_keys(path, hosts):
            for shape, at in self._by.get(key, ()):
                starts = range(at, len(path)) if shape.floats else (at,)
                if any(_fits(shape, at, index, path, query, hosts) for index in starts):
                    return shape.written
        return None


@lru_cache(maxsize=16)
def shapes(items: frozenset[str]) -> Shapes:
    """The shapes of a list, read once."""
    return Shapes(items)


def _parse(item: str) -> Shape:
    address, asks, query = item.lower().partition("?")
    host, _, path = address.partition("/")
    segments = [segment for segment in path.split("/") if segment]
    floats = segments[:1] == [_ANY]
    deep = len(segments) > floats and segments[-1] == _ANY
    parts = tuple(segments[int(floats) : len(segments) - int(deep)])
    wanted = tuple((name, value or "*") for name, _, value in (part.partition("=") for part in query.split("&")))
    return Shape(item, host, parts, floats, deep or segments == [_ANY], wanted if asks else None)


def _key(shape: Shape) -> tuple[str, int]:
    """By what an address is known to be worth comparing, and which segment of the shape that is."""
    for at, segment in enumerate(shape.path):
        if "*" not in segment and "{" not in segment:
            return segment, at
    if shape.query and not shape.path:
        return f"?{shape.query[0][0]}", 0
    for at, segment in enumerate(shape.path):
        if "*" in segment and len(segment.partition("*")[0]) >= _STEM:
            return segment[:_STEM] + "*", at
    return ("*." if "*" in shape.host else "@") + shape.host.rpartition("." if "*" in shape.host else "@")[2], 0


# Letters that a segment such as `open_track*` is found by.
_STEM = 6


def _other_keys(path: list[str], hosts: Sequence[str]) -> Iterator[str]:
    seen = set()
    for segment in path:
        if len(segment) >= _STEM and (key := segment[:_STEM] + "*") not in seen:
            seen.add(key)
            yield key
    for name in hosts:
        yield "@" + name
    yield "*." + hosts[-1]


def _segments(path: str) -> list[str]:
    return [segment.lower() for segment in path.split("/", _MOST_PARTS) if segment]


def _query(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in query.split("&", _MOST_PARTS):
        name, _, value = part.partition("=")
        if part:
            # Written in HTML by hand, "&amp;" is at times escaped twice.
            found.setdefault(unquote(name).lower().removeprefix("amp;"), unquote(value).lower())
    return found


def _fits(shape: Shape, at: int, index: int, path: list[str], query: dict[str, str], hosts: Sequence[str]) -> bool:
    start = index - at
    if start < 0 or (start > 0 and not shape.floats):
        return False
    end = start + len(shape.path)
    if end > len(path) or (end < len(path) and not shape.deep):
        return False
    if not all(_segment_fits(wanted, path[start + step]) for step, wanted in enumerate(shape.path)):
        return False
    if shape.host and not _host_fits(shape.host, hosts):
        return False
    if shape.query is None:
        return True
    if shape.query == (("*", "*"),):
        return bool(query)
    return all(name in query and _glob(value, query[name]) for name, value in shape.query)


def _host_fits(wanted: str, hosts: Sequence[str]) -> bool:
    """Whether a host, or a domain that it belongs to, is as wanted."""
    if "*" not in wanted:
        return wanted in hosts
    # All of them end as the host does.
    return hosts[0].endswith(_glob_pieces(wanted)[-1]) and any(_glob(wanted, host) for host in hosts)


def _segment_fits(wanted: str, segment: str) -> bool:
    token = _ID.fullmatch(wanted)
    if token is None:
        return _glob(wanted, segment)
    if not segment.endswith(token[2]):
        return False
    found = segment[: len(segment) - len(token[2])]
    return (
        len(found) >= int(token[1])
        and _TOKEN.fullmatch(found) is not None
        and _PICTURE.search(found) is None
        and (len(found) >= _LONG or _DIGIT.search(found) is not None)
    )


@lru_cache(maxsize=1024)
def _glob_pieces(wanted: str) -> tuple[str, ...]:
    return tuple(wanted.split("*"))


def _glob(wanted: str, text: str) -> bool:
    """Whether a text is as wanted, where `*` stands for any characters. Linear: each piece is looked for once."""
    first, *rest = _glob_pieces(wanted)
    if not rest:
        return wanted == text
    *middle, last = rest
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


# Names of values in a query that every reader gets alike: versions, and how a picture is cut.
_SAME_FOR_ALL = """
    alt auto bg crop display dpr family fit fm format h height itok q quality rev s size subset text ts v ver version w
    width
"""
_FOR_ALL = frozenset(_SAME_FOR_ALL.split())
_NUMBERED = regex_later(r"\d{4}|@|\{\{|%%|\*\||\[\[|\$\{|<%")
_MIXED = regex_later(r"(?=[^\d]*\d)(?=[^a-z]*[a-z])[\w~=+%.:-]{12,}+", regex.IGNORECASE)
# As long as no word is, even without a digit.
_CODED = regex_later(r"[a-z\d+/=%]{30,}+", regex.IGNORECASE)
_LETTERED = regex_later(r"(?=[^\d]*\d)(?=[^a-z]*[a-z])[\w~=+%:-]{16,}+", regex.IGNORECASE)


def is_individual(link: Link) -> bool:
    """Whether an address seems to say who opens it: an id or a number in the query, or in the path (no file's name)."""
    return names_reader(link) or any(
        _LETTERED.fullmatch(segment) and not _PICTURE.search(segment) for segment in _segments(link.path)
    )


def names_reader(link: Link) -> bool:
    """Whether the query of an address seems to say who opens it: an id, a number or an address of mail."""
    return any(
        name not in _FOR_ALL
        and (_NUMBERED.search(value) or _MIXED.fullmatch(value) or _CODED.fullmatch(value or name) is not None)
        for name, value in _query(link.query).items()
    )


def names_picture(link: Link) -> bool:
    """Whether an address ends in the name of an image file."""
    return _PICTURE.search(link.path.rstrip("/").lower()) is not None
