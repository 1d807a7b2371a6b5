"""Host names written in running text, also with the dots spelled out: "shop.example", "shop [dot] example".

Only candidates: an ending that exists. Whether one is meant as an address is for links.py and emails.py to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from msgpolicy.facts.contact_data import phrases
from msgpolicy.facts.contact_data.address_words import DOT_WORDS, NO_LABELS
from msgpolicy.facts.contact_data.domain_endings import PLAIN, RESERVED
from msgpolicy.facts.contact_view import ContactView
from msgpolicy.facts.hosts import Host, read_host
from msgpolicy.facts.look import look


class WrittenHost(NamedTuple):
    """A place of the view that reads as a host. `labels` as they look; `spelled`: some dot is not just a dot."""

    start: int
    end: int
    labels: tuple[str, ...]
    host: Host
    spelled: bool
    disguised: bool

    @property
    def ending(self) -> str:
        """The last label, in lower case."""
        return self.labels[-1].lower()


# Letters of scripts that write spaces; and of those that do not, where a host may follow a word immediately.
SPACED_LETTERS = r"0-9A-Za-z\u00c0-\u024f\u0370-\u0dff\u1e00-\u1fff"
SPACED = f"[{SPACED_LETTERS}]"
UNSPACED = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
LABEL = rf"(?:{SPACED}++(?:-++{SPACED}++)*+|{UNSPACED}{{1,30}}+)"


@cache
def spelled_dot() -> str:
    """Pattern of a dot that is spelled out or set in brackets."""
    words = {look(word) for table in DOT_WORDS.values() for word in phrases(table)}
    unspaced = alternatives(word for word in words if regex.match(UNSPACED, word))
    spaced = alternatives(word for word in words if not regex.match(UNSPACED, word))
    return rf"(?:\s?[\[({{<*]\s?(?:\.|{spaced}|{unspaced})\s?[\])}}>*]\s?|\s(?:{spaced})\s|\s?(?:{unspaced})\s?)"


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?P<label>{LABEL})(?:(?P<dot>\.|{spelled_dot()}|\s\.\s?)(?P<label>{LABEL})){{1,9}}", regex.IGNORECASE
    )


# Places where a dot may stand inside a host; a literal first, which the search can jump to.
_DOT = regex.compile(r"\.(?<=[^\W_]\.)[^\W\d_]|\.(?<=[\[({<*\s]\s?\.)\s?[\])}>*\p{L}]")
# The label before such a place, read backwards; hyphens at its start are bullets.
_LABEL_BEFORE = regex.compile(
    rf"(?r)(?<![{SPACED_LETTERS}_-]|{SPACED}\.)(?:[{SPACED_LETTERS}-]{{1,70}}|{UNSPACED}{{1,30}})\s?[\[({{<*]?\s?"
)


def written_hosts(view: ContactView) -> Iterator[WrittenHost]:
    """All candidates, in order, without overlap."""
    text = view.text
    dots = [match.start() for match in _DOT.finditer(text)]
    dots += [word.start for word in view.words if word.tag == "dot"]
    at = 0
    for dot in sorted(dots):
        if dot < at:
            continue
        before = _LABEL_BEFORE.match(text, max(at, dot - 300), dot)
        match = _pattern().match(text, before.end() - len(before.group().lstrip("-"))) if before else None
        found = _longest(view, match) if match else None
        if found:
            yield found
            at = found.end


def host_at(view: ContactView, place: int) -> WrittenHost | None:
    """The candidate that starts at a place of the view."""
    match = _pattern().match(view.text, place)
    return _longest(view, match) if match else None


def _longest(view: ContactView, match: regex.Match[str]) -> WrittenHost | None:
    """The match up to the last label with which it ends in a known suffix."""
    labels, spans = match.captures("label"), match.spans("label")
    if not any(map(_may_end, labels[1:])):
        return None
    dots, dot_spans = match.captures("dot"), match.spans("dot")
    for count in range(len(labels), 1, -1):
        if count > 2 and _starts_a_sentence(labels[:count]):
            continue
        end = spans[count - 1][1]
        spelled = any(dot != "." for dot in dots[: count - 1])
        if spelled and not _is_spelled(view.text, labels[:count], dots[: count - 1], end):
            continue
        # Between letters of a script without spaces, a full stop of that script ends a sentence.
        if _NO_SPACES.match(labels[count - 1]) and view.written(*dot_spans[count - 2]) != ".":
            continue
        host, disguised = _resolve(labels[:count], [view.written(*span) for span in spans[:count]])
        if host:
            foreign = any(
                dot == "." and view.written(*span) != "."
                for dot, span in zip(dots, dot_spans[: count - 1], strict=False)
            )
            return WrittenHost(match.start(), end, tuple(labels[:count]), host, spelled, disguised or foreign)
    return None


def _may_end(label: str) -> bool:
    """Whether a label could be the last one of a host at all: cheap, and seldom wrong."""
    return len(label) > 1 and not label[-1].isdigit()


def _starts_a_sentence(labels: list[str]) -> bool:
    return labels[-1][0].isupper() and not any(label[0].isupper() for label in labels[:-1])


def _is_spelled(text: str, labels: list[str], dots: list[str], end: int) -> bool:
    """Whether spelled-out dots make a host: an ordinary ending, and before the last dot no "the" or "zum"."""
    ending = labels[-1]
    if (not ending.islower() and not ending.isupper()) or ending.lower() not in _SPELLED_ENDINGS:
        return False
    word = dots[-1].strip()
    if not word.isalpha():
        return True
    if labels[-2].lower() in NO_LABELS or len(labels[-2]) < 2:
        return False
    return word.lower() not in _COMMON_WORDS or not _SENTENCE_GOES_ON.match(text, end)


def _resolve(labels: list[str], written: list[str]) -> tuple[Host | None, bool]:
    """The host as it would be looked up, else as it looks; and whether its looks deceive."""
    looks = ".".join(labels).lower()
    original = ".".join(written)
    if original.isascii():
        host = read_host(looks)
        return (host, False) if host and host.registrable else (None, False)
    host = read_host(original)
    if host and host.registrable:
        return host, host.name != original.lower() or any(map(_mixes_scripts, host.name.split(".")))
    host = read_host(looks) if looks.isascii() and _ASCII_LETTER.search(original) else None
    return (host, True) if host and host.registrable else (None, False)


def _mixes_scripts(label: str) -> bool:
    return bool(_ASCII_LETTER.search(label) and _LOOKS_LATIN.search(label))


_SPELLED_ENDINGS = PLAIN | RESERVED | {"it", "me", "us", "at", "be", "es", "se"}
_NO_SPACES = regex.compile(UNSPACED)
_ASCII_LETTER = regex.compile(r"[A-Za-z]")
_LOOKS_LATIN = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}\p{Lisu}]")
# Words for a dot that have another everyday sense ("un point de vente", "zum Punkt de…").
_COMMON_WORDS = frozenset({"point", "punto", "ponto", "punt", "punkt", "period"})
_SENTENCE_GOES_ON = regex.compile(r"\s\p{Ll}")
