"""Sentences and clauses of a text in the phrase view."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.later import regex_later

# A full stop after one of these ends no sentence.
_ABBREVIATIONS = frozenset(
    (
        "approx", "bzw", "ca", "dr", "e.g", "eg", "etc", "evtl", "ggf", "ggfs", "godz", "i.e", "incl", "inkl",
        "itd", "itp", "m.in", "mr", "mrs", "ms", "np", "p", "ph.d", "prof", "sog", "sr", "sra", "st", "str",
        "tel", "tj", "tzn", "ul", "usw", "vs", "z.b", "zam", "zb", "zzgl",
    )
)  # fmt: skip
_LONGEST = max(map(len, _ABBREVIATIONS))
# These are words of their own too; before a number they are abbreviations.
_BEFORE_NUMBER = frozenset(("art", "no", "nos", "nr", "num", "pos"))
# Full-width marks are folded to "!" and "?"; scripts without spaces have none after them.
# A set stands first: the search can jump to it.
_END = regex_later(
    r"[\n!?…؟۔।॥.。！？｡](?:(?<=\n)|(?<=[。！？｡])[。！？｡]*+[」』）”]*+|"
    r"(?:(?<=[!?…؟۔।॥])|(?<=\.)(?!\w))(?:[!?…؟۔।॥]|\.(?!\w))*+[\"')\]»”’]*+"
    r"(?=\s|$|[\p{Han}\p{Hiragana}\p{Katakana}]))"
)
_LAST_WORD = regex_later(r"(?r)[\w.]*+\w")
# Thai parts clauses by a space, and words by nothing.
_CLAUSE = regex_later(r"[,;:()\[\]–—、，；：]|\n| {2,}|(?<=\p{Thai}) (?=\p{Thai})")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, in order, without the white space between them."""
    start = 0
    for match in _END.finditer(text):
        stop, end = match.span()
        if text[stop] == "." and stop > start and _is_abbreviation(text, start, stop, end):
            continue
        last = stop if text[stop] == "\n" else end
        if text[start] == " ":  # most have one space before them, and no more
            start += 1
        if start < last and (text[start].isspace() or text[last - 1].isspace()):
            start, last = _stripped(text, start, last)
        if start < last:
            yield start, last
        start = end
    start, last = _stripped(text, start, len(text))
    if start < last:
        yield start, last


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def clause_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each clause of the sentence text[start:end]."""
    at = start
    for match in _CLAUSE.finditer(text, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def _is_abbreviation(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the last word of text[start:stop] is one, and the full stop from there to `end` belongs to it."""
    if stop - start > _LONGEST and text[stop - _LONGEST - 1 : stop].isalpha():
        return False
    last = _LAST_WORD.match(text, start, stop)
    if last is None:
        return False
    word = last.group()
    if word in _BEFORE_NUMBER:
        return text[end : end + 2].strip()[:1].isdecimal()
    return word in _ABBREVIATIONS or (word.isdecimal() and len(word) < 3)
