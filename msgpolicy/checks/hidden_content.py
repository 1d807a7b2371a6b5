"""Finds text that is in the HTML and is not displayed.

What is said elsewhere too is harmless: a second copy for other screens, a preview line that repeats what is shown (at
least `repeated` percent of its words stand in what people see). So is white space. Text that is hidden for a usual
purpose is told as `info`: a preview line (the first text, written as mail tools write it), words for screen readers,
data for machines (`itemprop`), what only Outlook shows (conditional comments). The violation is as severe as the worst
one that the hidden text would be itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import OUTLOOK_ALONE, Facts
from msgpolicy.facts.html.reading import Document
from msgpolicy.facts.limits import MAX_HIDDEN_TEXTS
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.lengths import length
from msgpolicy.facts.style.styles import declarations
from msgpolicy.facts.words.concepts import ConceptReading
from msgpolicy.later import regex_later
from msgpolicy.mending import without_words
from msgpolicy.report import Fix

Purpose = Literal["preview line", "screen readers", "data for machines", "Outlook"]

# Longer texts (code points) are no preview line, and nothing that is read out to the blind.
MAX_PREVIEW = 250
# Elements around a hidden text that may say what it is for.
_AROUND = 20

_LETTER = regex_later(r"\w")
_WORD = regex_later(r"\w\w")
_WORDS = regex_later(r"\w{2,}+")
# Scripts that put no spaces between words: each two signs count.
_UNSPACED = regex_later(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{2}")
# Signs of no width and odd spaces, which fill the rest of the preview.
_PADDING = regex_later(r"[\u00a0\u00ad\u034f\u061c\u180e\u2000-\u200f\u2060\ufeff]")
_MUCH_PADDING = 6
_PREVIEW_NAME = regex_later(r"pre-?_?header|preview|preheader|teaser|snippet", regex.IGNORECASE)
_READER_NAME = regex_later(r"\b(?:sr-?only|visually-?hidden|screen-?reader\w*+|a11y)", regex.IGNORECASE)
# The many ways in which mail tools hide a preview line at once, since each program knows others.
_WORDS_THAT_HIDE = {"display": "none", "visibility": "hidden", "overflow": "hidden", "mso-hide": "all"}
# CSS px up to which a length hides.
_LENGTHS_THAT_HIDE = {
    "max-height": 0,
    "max-width": 0,
    "height": 0,
    "width": 0,
    "opacity": 0,
    "font-size": 1,
    "line-height": 1,
}
_MANY_WAYS = 2


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `hidden-content`."""

    repeated: Annotated[
        float, Meta(gt=0, le=100, description="Percent of its words from which hidden text repeats what is shown.")
    ] = 80


FILLS = {"found": "the hidden text", "reason": "why it is not displayed"}
OWN_WORDS = ("reason",)


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    hidden = [reading for reading in facts.readings if reading.reading.shown == "hidden"]
    if not hidden:
        return
    # Alternative texts and tooltips are seen too.
    others = [reading for reading in facts.readings if reading.reading.shown != "hidden"]
    shown = " ".join(reading.view.text for reading in others)
    words = _words(shown)
    begin = _begin(facts)
    for reading in hidden[:MAX_HIDDEN_TEXTS]:
        text = reading.view.text.strip()
        if not _WORD.search(text) or _repeats(text, words, shown, params.repeated):
            continue
        place = Place.of(reading.reading, 0, len(reading.reading.text))
        assert place.start is not None
        reason = facts.why_hidden(place.start)
        found = reading.reading.text.strip()
        # On a screen that shows it, it was said.
        edits = without_words(reading.reading, 0, len(reading.reading.text))
        fix = Fix(safe=False, edits=edits) if edits else None
        evidence = {"reason": reason, "read_as": found}
        purpose = _purpose(facts, reading, reason, place.start, is_first=place.start < begin)
        if purpose is not None:
            evidence["purpose"] = purpose
        fills = {"found": found, "reason": reason}
        yield Hit(place, fills, evidence, severity="info" if purpose else None, holder=True, fix=fix)
    if len(hidden) > MAX_HIDDEN_TEXTS:
        yield Unknown(why="too-large", detail=f"the html hides more than {MAX_HIDDEN_TEXTS:,} texts")


def _words(text: str) -> set[str]:
    found = {word for word in _WORDS.findall(text) if not _UNSPACED.search(word)}
    if not text.isascii():
        found.update(_UNSPACED.findall(text, overlapped=True))
    return found


def _repeats(text: str, words: set[str], shown: str, share: float) -> bool:
    own = _words(text)
    if own and len(own & words) * 100 >= share * len(own):
        return True
    return not words.isdisjoint(own) and text in shown


def _begin(facts: Facts) -> int:
    """Where in the HTML the first word stands that is seen."""
    for reading in facts.visible:
        first = _LETTER.search(reading.reading.text) if reading.reading.part == "html" else None
        if first is not None:
            return reading.reading.span(*first.span())[0]
    return 0


def _purpose(facts: Facts, reading: ConceptReading, reason: str, start: int, *, is_first: bool) -> Purpose | None:
    """What a text is hidden for, where it is for something usual."""
    document, text = facts.document, reading.reading.text
    assert document is not None
    if reason == OUTLOOK_ALONE:
        return "Outlook"
    if len(_PADDING.sub("", text).strip()) > MAX_PREVIEW:
        return None
    index, names, is_data = document.element_at(start), "", False
    many = False
    for _ in range(_AROUND):
        if index < 0 or document.elements[index].tag in ("body", "html"):
            break
        element = document.elements[index]
        names += f" {element.get('class') or ''} {element.get('id') or ''}"
        is_data = is_data or "itemprop" in element.attrs or "itemscope" in element.attrs
        many = many or _ways(document, index) >= _MANY_WAYS
        index = element.parent
    if is_first and (many or _PREVIEW_NAME.search(names) or len(_PADDING.findall(text)) >= _MUCH_PADDING):
        return "preview line"
    if _READER_NAME.search(names) or reason.startswith("clip"):
        return "screen readers"
    return "data for machines" if is_data else None


def _ways(document: Document, index: int) -> int:
    """In how many ways an element is hidden at once."""
    values = declarations(document, index)
    by_word = sum(values.get(name) == word for name, word in _WORDS_THAT_HIDE.items())
    lengths = ((length(values.get(name)), most) for name, most in _LENGTHS_THAT_HIDE.items())
    return by_word + sum(found is not None and found <= most for found, most in lengths)
