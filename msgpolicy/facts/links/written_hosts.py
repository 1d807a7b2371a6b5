"""Host names written in running text, also with the dots spelled out: "shop.example", "shop [dot] example".

Only candidates: an ending that exists. Whether one is meant as an address is for links.py and emails.py to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.data.address_words import (
    AT_WORDS,
    DOT_WORDS,
    GOES_ON,
    NO_LABELS,
    ONLY_BEFORE,
    SLASH_WORDS,
)
from msgpolicy.facts.contacts.data.domain_endings import PLAIN, RESERVED, SPOKEN_ENDINGS
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.limits import MAX_ADDRESSES, MAX_DOTS
from msgpolicy.facts.links.hosts import Host, public_suffix, read_host
from msgpolicy.later import regex_later


class WrittenHost(NamedTuple):
    """A place of the view that reads as a host. `labels` as they look; `spelled`: some dot is not just a dot.

    `disguised`: its letters deceive. Then a browser would open `host`, and `looks` is the host that a reader sees.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    host: Host
    spelled: bool
    disguised: bool
    looks: Host

    @property
    def ending(self) -> str:
        """The last label, in lower case."""
        return self.labels[-1].lower()


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


# Letters of scripts that write spaces; and of those that do not, where a host may follow a word immediately.
SPACED_LETTERS = r"0-9A-Za-z\u00c0-\u024f\u0370-\u0dff\u1e00-\u1fff"
SPACED = f"[{SPACED_LETTERS}]"
UNSPACED = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_JOINED_DOTS = "|".join(
    sorted({word for table in DOT_WORDS.values() for word in phrases(table) if word.isalpha() and word < "\u0370"})
)
_JOINED_ATS = "|".join(
    sorted({look(word) for table in AT_WORDS.values() for word in phrases(table) if " " not in word})
)
# "-dot-com" at an end.
_DOT_ENDING = rf"(?:{_JOINED_DOTS})-[a-z]{{2,7}}(?![\w-]|\.\w)"
# "-AT-" stands between a name and a host.
LABEL = rf"(?:{SPACED}++(?:-++(?!(?-i:AT-)[a-z0-9]|{_DOT_ENDING}){SPACED}++)*+|{UNSPACED}{{1,30}}+)"


# Signs that stand for a dot between two labels.
_BULLETS = "\u00b7\u2022\u2219\u2027\u22c5\u25cf\u2e31\u30fb"
# Signs that enclose a word for a dot or "at", or join it to its neighbours.
ENCLOSING = r"[\[\](){}<>*_|\"'\u201c-\u201f\u2018-\u201b«»‹›\u3008-\u3011\u3014\u3015~=/\\^-]{1,2}+"


@cache
def spelled_dot() -> str:
    """Pattern of a dot that is spelled out or set in brackets."""
    words = {look(word) for table in DOT_WORDS.values() for word in phrases(table)}
    unspaced = alternatives(word for word in words if regex.match(UNSPACED, word))
    spaced = alternatives(word for word in words if not regex.match(UNSPACED, word))
    bracketed = (
        rf"\s?[\[({{<*_|\"'-]\s?\.\s?[\])}}>*_|\"'-]\s?|\s?{ENCLOSING}\s?(?:{spaced}|{unspaced})\s?{ENCLOSING}\s?"
    )
    return rf"(?:{bracketed}|\s(?:{spaced})\s|\s?(?:{unspaced})\s?|\sdot-?(?=(?:com|net|org)(?![\w-])))"


@cache
def _at_before() -> regex.Pattern[str]:
    """A sign or a word for "at" right before a host, read backwards from it."""
    words = alternatives(look(word) for table in AT_WORDS.values() for word in phrases(table))
    return regex.compile(rf"(?r)(?:@|(?<![^\W_])(?:{words}))[\])}}>*_|-]?\s?", regex.IGNORECASE)


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?P<label>{LABEL})(?:(?P<dot>\.|[{_BULLETS}]|{spelled_dot()}|\s\.\s?)(?P<label>{LABEL})){{1,9}}",
        regex.IGNORECASE,
    )


# Places where a dot may stand inside a host; a literal first, which the search can jump to.
_DOT = regex_later(
    rf"\.(?<=[^\W_]\.)[^\W\d_]|\.(?<=[\[({{<*\"'\s_|-]\s?\.)\s?[\])}}>*\"'\p{{L}}_|-]|[{_BULLETS}](?<=[^\W_].)[a-z]|"
    rf"_(?<=[^\W_]_)(?i:{_JOINED_DOTS})_[a-z]|dot(?<=\sdot)-?(?:com|net|org)(?![\w-])"
)
# Korean writes them as one word with what stands before them.
_PARTICLES = r"(?:에서|에|으로|로|의|을|를|은|는|이|가|도)?"
# What ends a host with spelled-out dots is written in plain letters.
_ASCII_FOLLOWS = regex_later(
    rf"\s?(?:{ENCLOSING})?\s?(?:[A-Za-z0-9]|(?:{alternatives(map(look, SPOKEN_ENDINGS))}){_PARTICLES}(?!\w))"
)
_WITH_PARTICLES = regex_later(rf"(?P<ending>{alternatives(SPOKEN_ENDINGS)}){_PARTICLES}")
# The label before such a place, read backwards; hyphens at its start are bullets.
_LABEL_BEFORE = regex_later(
    rf"(?r)(?:(?<=_(?:{_JOINED_ATS})_|(?-i:-AT-))|(?<![{SPACED_LETTERS}_-]|{SPACED}\.))(?:[{SPACED_LETTERS}-]{{1,70}}|{UNSPACED}{{1,30}})"
    rf"\s?(?:{ENCLOSING})?\s?",
    regex.IGNORECASE,
)


@cache
def _spelled_at() -> regex.Pattern[str]:
    """ "-at-" or "-arobase-" between a name and a host whose dots are spelled out."""
    words = alternatives(look(word) for table in AT_WORDS.values() for word in phrases(table))
    return regex.compile(rf"(?<=[^\W_])-(?:{words})-(?=[a-z0-9])", regex.IGNORECASE)


_JOINED_AT = regex_later(r"(?<=[^\W_])-AT-(?=[a-z0-9])")


class WrittenHosts(NamedTuple):
    """Candidates in order, without overlap; `complete` is False if there were more places than are looked at."""

    hosts: list[WrittenHost]
    complete: bool


def written_hosts(view: ContactView) -> WrittenHosts:
    """The candidates of a view: at most MAX_ADDRESSES, at the first MAX_DOTS places where a dot may stand."""
    dots = [match.start() for match in islice(_DOT.finditer(view.text), MAX_DOTS + 1)]
    dots += [word.start for word in view.words if word.tag == "dot" and _ASCII_FOLLOWS.match(view.text, word.end)]
    dots.sort()
    found = list(islice(_hosts_at(view, dots[:MAX_DOTS]), MAX_ADDRESSES + 1))
    complete = len(found) <= MAX_ADDRESSES and len(dots) <= MAX_DOTS and view.all_words
    return WrittenHosts(found[:MAX_ADDRESSES], complete)


def _hosts_at(view: ContactView, dots: list[int]) -> Iterator[WrittenHost]:
    text = view.text
    at = 0
    for dot in dots:
        if dot < at:
            continue
        before = _LABEL_BEFORE.match(text, max(at, dot - 300), dot)
        if before is None:
            continue
        start = before.end() - len(before.group().lstrip("-"))
        spelled = text[dot].isalpha() and text[dot - 1] == "-"
        joined = (_spelled_at() if spelled else _JOINED_AT).search(text, start, before.end())
        match = _pattern().match(text, joined.end() if joined else start)
        if match is None:
            continue
        if not any(map(_may_end, match.captures("label")[1:])):
            at = match.spans("label")[-1][0]  # nor does a host begin later in it
            continue
        found = _longest(view, match)
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
    dots, dot_spans = match.captures("dot"), match.spans("dot")
    spoken = ""
    if dots[-1] != "." and (sounds := _WITH_PARTICLES.fullmatch(view.written(*spans[-1]).lower())):
        labels[-1] = spoken = SPOKEN_ENDINGS[sounds["ending"]]
        spans[-1] = (spans[-1][0], spans[-1][0] + len(look(sounds["ending"])))
    unspaced = [_NO_SPACES.match(label) is not None for label in labels]
    for count in range(len(labels), 1, -1):
        # Beside letters of a script without spaces, a full stop of that script ends a sentence.
        if (unspaced[count - 2] or unspaced[count - 1]) and view.written(*dot_spans[count - 2]) == "。":
            continue
        if count > 2 and _starts_a_sentence(labels[:count]):
            continue
        end = spans[count - 1][1]
        spelled = any(dot != "." for dot in dots[: count - 1])
        if spelled and not _is_spelled(view.text, match.start(), end, labels[:count], dots[: count - 1]):
            continue
        written = [view.written(*span) for span in spans[:count]]
        if spoken and count == len(labels):
            written[-1] = labels[count - 1]
        host, disguised, looks = _resolve(labels[:count], written)
        if host and looks:
            foreign = any(
                dot == "." and view.written(*span) != "."
                for dot, span in zip(dots, dot_spans[: count - 1], strict=False)
            )
            return WrittenHost(match.start(), end, tuple(labels[:count]), host, spelled, disguised or foreign, looks)
    return None


def _may_end(label: str) -> bool:
    """Whether a label could be the last one of a host at all, if only in disguise."""
    if label.isascii() and (len(label) < 2 or label[-1].isdigit()):
        return False
    return not label.isascii() or public_suffix(f"x.{existing_ending(label.lower())}") is not None


def existing_ending(host: str) -> str:
    """The end of a host in lower case with "i" for "l" or "l" for "i" in the last label where only that exists."""
    rest, dot, label = host.rpartition(".")
    if public_suffix(f"x.{label}") is None:
        for bar, other in (("l", "i"), ("i", "l")):
            if bar in label and public_suffix(f"x.{label.replace(bar, other)}") is not None:
                return f"{rest}{dot}{label.replace(bar, other)}"
    return host


def _starts_a_sentence(labels: list[str]) -> bool:
    return labels[-1][0].isupper() and not any(label[0].isupper() for label in labels[:-1])


def _is_spelled(text: str, start: int, end: int, labels: list[str], dots: list[str]) -> bool:
    """Whether spelled-out dots make a host: an ordinary ending, and before the last dot no "the" or "zum"."""
    ending, word = labels[-1], dots[-1].strip()
    end_word, owner = ending.lower(), labels[-2].lower()
    if not ending.islower() and not ending.isupper() and not (word.istitle() and end_word in _TITLED):
        return False
    if dots[-1][0].isspace() and not dots[-1][-1].isspace() and dots[-1][-1] == ".":  # "a .pl file"
        return end_word in _DOT_BEFORE and owner not in NO_LABELS
    path = bool(path_behind().match(text, end))
    ends_clause = path or not _SENTENCE_GOES_ON.match(text, end)
    is_telling = "-" in owner or any(map(str.isdigit, owner))
    is_opened = path or (ends_clause and (len(dots) > 1 or bool(_OPENED.match(text, max(start - 12, 0), start))))
    is_mail = bool(_at_before().match(text, max(start - 24, 0), start))
    if end_word not in _SPELLED_ENDINGS and not (
        end_word in _AFTER_NAMES and (not word.isascii() or (is_telling and ends_clause) or is_mail or is_opened)
    ):
        return False
    if not word.replace(" ", "").isalpha():
        return owner not in DOT_NAMES  # "point (.) au"
    if owner in NO_LABELS or len(owner) < 2 or end_word not in ONLY_BEFORE.get(word.lower(), (end_word,)):
        return False
    goes_on = end_word in GOES_ON.get(word.lower(), ()) and not ends_clause
    return not goes_on or is_mail or (is_telling and end_word != "de")


# "open shop dot in"
_OPENED = regex_later(r"(?ri)(?<![^\W_])(?:open|visit|browse|go to|type|enter)\s")


@cache
def path_behind() -> regex.Pattern[str]:
    """A spoken slash behind a host, with the path."""
    words = alternatives(map(look, phrases(SLASH_WORDS)))
    return regex.compile(rf"(?i)\s(?:{words})\s(?P<path>[A-Za-z0-9][A-Za-z0-9-]*+)")


# "Kettle Dot Com"
_TITLED = frozenset({"com", "net", "org", "pl", "nl"})


def _resolve(labels: list[str], written: list[str]) -> tuple[Host | None, bool, Host | None]:
    """The host as it would be looked up, else as it looks; whether its looks deceive; and what it looks like."""
    appearance = ".".join(labels).lower()
    original = ".".join(written)
    looks = read_host(appearance)
    if looks and not looks.registrable:
        looks = None
    if original.isascii():
        return looks, False, looks
    host = read_host(original)
    if looks is None and appearance.isascii():
        looks = read_host(existing_ending(appearance))
    if host and host.registrable:
        deceives = any(map(_deceives, host.name.split(".")))
        return host, deceives or host.name != original.lower(), looks if deceives and looks else host
    if appearance.isascii() and (_ASCII_LETTER.search(original) or _LATIN_ONLY.fullmatch(original)):
        return looks, True, looks
    return None, False, None


def _deceives(label: str) -> bool:
    """Whether a label reads as plain letters and is none, or has plain letters among those of another script."""
    return not label.isascii() and (
        look(label).isascii() or bool(_ASCII_LETTER.search(label) and _FOREIGN.search(label))
    )


# "a .com": endings that are hardly ever written so for themselves.
_DOT_BEFORE = frozenset({"com", "net", "org", "info", "biz", "shop", "store", "online", "co", "eu", "de", "fr", "uk"})
_SPELLED_ENDINGS = PLAIN | RESERVED | {"it", "me", "us", "at", "be", "es", "se", "hu", "ie", "pt", "gr"}
# What ends a host only where little else can be meant: "anna at mugs dot in".
_AFTER_NAMES = {"in", "is", "no", "to", "id", "my", "ma", "tn", "pa", "do", "im", "li"}
# Words for a dot as they look.
DOT_NAMES = frozenset({look(word) for table in DOT_WORDS.values() for word in phrases(table)})
_NO_SPACES = regex_later(UNSPACED)
_ASCII_LETTER = regex_later(r"[A-Za-z]")
# Small capitals and the like
_LATIN_ONLY = regex_later(r"[\p{Latin}\W0-9]+")
# Letters that have no business beside Latin ones in a label; those of East Asia have.
_FOREIGN = regex_later(r"(?![\p{Latin}\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}])\p{L}")
_SENTENCE_GOES_ON = regex_later(r"\s\p{Ll}")
