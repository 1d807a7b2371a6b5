"""Folded views of a text, with the way back: what is searched is a simpler text than what was written.

The phrase view serves words in any language: lower case, accents of Latin letters gone, one width, no invisible
characters, one space for each run of white space. Thai and Devanagari vowels are combining marks and stay.
`folded` is also what the contact view (contact_view.py) is made with, from another table.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import accumulate, pairwise
from typing import Protocol

import regex

from msgpolicy.facts.spans import Reading, rewritten


class Offsets(Protocol):
    """Where the code points of a view stand in the text that it was made from."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of that text that view[start:end] stands for."""


class View:
    """A folded text and where each of its code points stands in the text it was made from."""

    __slots__ = ("_maps", "text")

    def __init__(self, text: str, maps: tuple[Offsets, ...]) -> None:
        self.text = text
        self._maps = maps

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that view.text[start:end] stands for."""
        for offsets in self._maps:
            start, end = offsets.span(start, end)
        return start, end

    def viewed(self, text: str, offsets: Offsets) -> View:
        """A view of this view: its text, and where that stands in the text of this one."""
        return View(text, (offsets, *self._maps))


# Code points whose folding is kept; real text of all languages has fewer, and hostile text must not fill the memory.
MAX_KNOWN = 30_000
# Code points that one may fold to. A ligature of a whole sentence (U+FDFA) stays as it is: a text must not grow so.
_MOST = 8


class FoldTable(dict[int, str]):
    """What each code point folds to; filled as code points are met, for str.translate."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded_to = self._fold(chr(code))
        if len(folded_to) > _MOST:
            folded_to = chr(code)
        if len(self) < MAX_KNOWN:
            self[code] = folded_to
        return folded_to


# Code points of a text whose places are worked out together.
_BLOCK = 1024


class FoldMap:
    """Maps spans of a folded text to spans of its source: every code point may fold to none or to several.

    Places are worked out where they are asked for: what is found stands in a small part of the text.
    """

    __slots__ = ("_known", "_source", "_starts", "_table", "text")

    def __init__(self, source: str, table: FoldTable, folded_to: str, resized: Mapping[str, int]) -> None:
        """`folded_to`: the folded text; `resized`: what does not fold to one code point, and how many that are more."""
        self.text = folded_to
        self._source = source
        self._table = table
        blocks = (source[start : start + _BLOCK] for start in range(0, len(source), _BLOCK))
        sizes = (len(block) + sum(block.count(char) * more for char, more in resized.items()) for block in blocks)
        # Where each block begins in the folded text, and where the last one ends.
        self._starts = list(accumulate(sizes, initial=0))
        self._known: dict[int, list[int]] = {}

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that text[start:end] was folded from; an empty span maps to an empty one."""
        length = len(self.text)
        if not length:
            return 0, 0
        # Nothing stands at the end of the text: it is where the code point before it ends.
        source_start = self._at(start) if start < length else self._at(length - 1) + 1
        return source_start, self._at(end - 1) + 1 if end > start else source_start

    def _at(self, place: int) -> int:
        """From which code point of the source one of the folded text is."""
        block = bisect_right(self._starts, place) - 1
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = self._places(block * _BLOCK)
        return known[place - self._starts[block]]

    def _places(self, start: int) -> list[int]:
        chars = enumerate(self._source[start : start + _BLOCK], start)
        return [place for place, char in chars for _ in self._table[ord(char)]]


def folded(text: str, table: FoldTable) -> View:
    """The text with each code point replaced by what `table` folds it to."""
    chars = set(text)
    changes = _changes(chars, table)
    folded_to = _translated(text, table, chars, changes)
    resized = {char: len(replacement) - 1 for char, replacement in changes.items() if len(replacement) != 1}
    return View(folded_to, (FoldMap(text, table, folded_to, resized),) if resized else ())


# So many code points are replaced one by one in less time than a whole text is translated in.
_FEW = 24


def translated(text: str, table: FoldTable) -> str:
    """`text.translate(table)`, several times as fast where few code points change."""
    if text.isascii():
        return text.translate(table)
    chars = set(text)
    return _translated(text, table, chars, _changes(chars, table))


def _translated(text: str, table: FoldTable, chars: Set[str], changes: Mapping[str, str]) -> str:
    """The same; `chars`: all that the text has, `changes`: what changes of them."""
    if text.isascii():
        return text.translate(table)
    if len(changes) > _FEW and "Σ" not in chars:  # what that is in lower case depends on what is around
        small = {char: char.lower() for char in changes}
        if all(table[ord(char)] == "".join(table[ord(part)] for part in lower) for char, lower in small.items()):
            text = text.lower()
            changes = _changes(set("".join(char.lower() for char in chars)), table)
    if len(changes) > _FEW or not changes.keys().isdisjoint("".join(changes.values())):
        return text.translate(table)
    for char, replacement in changes.items():
        text = text.replace(char, replacement)
    return text


def _changes(chars: Iterable[str], table: FoldTable) -> dict[str, str]:
    return {char: replacement for char in chars if (replacement := table[ord(char)]) != char}


# Sequences that are one letter only together: conjoining Hangul, kana with a separate voicing mark.
_COMPOSABLE = regex.compile(r"[\u1100-\u11ff]++|[\u3040-\u30ff][\u3099\u309a]")
# A paragraph break stays visible as a line feed; any other run of white space is one space. A set stands first: the
# search can jump to it.
_SPACES = regex.compile(r"\s(?:\s++|(?<![ \n]))")


def phrase_view(reading: Reading) -> View:
    """The reading as phrases are searched for in it.

    A line feed stands for a break that a reader takes for one. In plain text a single line break may be mere wrapping
    and then counts as a space; in HTML white space is collapsed already.
    """
    text = reading.text if reading.part == "html" else _unwrapped(reading.text)
    if "-" in text:
        text = _ORDER_ID.sub(lambda match: match.group().replace("-", "‒"), text)
    wanted = _COMPOSABLE_OR_SPACES if not text.isascii() and _COMPOSABLE_SIGN.search(text) else _SPACES
    edits: list[tuple[int, int, int]] = []
    out: list[str] = []
    at = 0
    for match in wanted.finditer(text):
        start, end = match.span()
        piece = match.group()
        if piece[0].isspace():
            piece = "\n" if "\n" in piece else " "
        else:
            piece = unicodedata.normalize("NFC", piece)
        out += (text[at:start], piece)
        edits.append((start, end, len(piece)))
        at = end
    if text.isascii() and not edits:
        return View(text.lower().translate(_ASCII), ())
    out.append(text[at:])
    offsets = rewritten(len(text), edits)
    view = folded("".join(out), _PHRASE)
    return View(view.text, view._maps if offsets is None else (*view._maps, offsets))


# A line shorter than this that is followed by a capital letter was ended on purpose; longer ones are wrapped.
_WRAPPED_FROM = 45
_BULLETS = "-*•·–—▪►✓✔●"


def _unwrapped(text: str) -> str:
    """The text with line breaks that only wrap a paragraph turned into spaces; of the same length."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    out = [lines[0]]
    for before, line in pairwise(lines):
        # Most are told by a look: at an empty line, or behind a short one before what is no small letter.
        is_break = (
            not before or not line or (len(before) < _WRAPPED_FROM and not (line[0].islower() or line[0].isspace()))
        )
        out += ("\n" if is_break or _is_break(before, line) else " ", line)
    return "".join(out)


def _is_break(before: str, line: str) -> bool:
    line = line.lstrip()
    if not line or before.isspace() or not before:
        return True
    first = line[0]
    # Thai ends a sentence with a space or a line, and nothing else.
    if "\u0e00" <= first <= "\u0e7f" or first in _BULLETS or first.isdecimal():
        return True
    return not first.islower() and len(before.rstrip()) < _WRAPPED_FROM


# An order id is one word; the dashes of other words part them.
_ORDER_ID = regex.compile(r"(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)")


def fold_phrase(text: str) -> str:
    """A phrase of a lexicon, folded as texts are."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PHRASE).split())


_COMPOSABLE_OR_SPACES = regex.compile(f"{_COMPOSABLE.pattern}|{_SPACES.pattern}")
_COMPOSABLE_SIGN = regex.compile(r"[\u1100-\u11ff\u3099\u309a]")

_HYPHENS = "-\u2010\u2011"
_ASCII = {ord("-"): " ", ord("`"): "'"}
_APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019\u201b\uff07"
# Letters that have no decomposition, as people type them without the key.
_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "n", "ħ": "h"}
# Arabic letters that are written one for the other, and the marks that may be left out.
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ک": "ك", "ی": "ي"}


def _fold_char(char: str) -> str:
    code = ord(char)
    if char in _HYPHENS:
        return " "
    if char in _APOSTROPHES:
        return "'"
    if char == "\n":
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf" or 0xFE00 <= code <= 0xFE0F or 0x300 <= code <= 0x36F or 0xE0100 <= code <= 0xE01EF:
        return ""
    if char in _ARABIC:
        return _ARABIC[char]
    if 0x64B <= code <= 0x65F or code in (0x670, 0x93C):  # Arabic vowel marks; the Devanagari nukta
        return ""
    if code == 0x901:  # the Devanagari candrabindu, which many write as an anusvara
        return "\u0902"
    if 0xE00 <= code <= 0xE7F:  # Thai: compatibility folding would split the vowel am
        return char
    if 0x958 <= code <= 0x95F:  # Devanagari letters with nukta
        return unicodedata.normalize("NFD", char)[0]
    lowered = unicodedata.normalize("NFKC", char).casefold()
    return "".join(_base_letter(letter) for letter in lowered)


def _base_letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _APOSTROPHES:
        return "'"
    if 0x300 <= ord(char) <= 0x36F:
        return ""
    decomposed = unicodedata.normalize("NFD", char)
    if len(decomposed) > 1 and decomposed[0] < "\u0250":  # Latin letters only
        return decomposed[0]
    return char


_PHRASE = FoldTable(_fold_char)
