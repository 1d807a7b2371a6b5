"""The small language in which lexicons write phrases, and how one phrase is matched.

| written | matches |
|---|---|
| `gift card` | these words, with any white space or a hyphen between them |
| `review*`, `*bewertung` | further letters at the end or the start of a word |
| `(leave|write) (us|me)? a comment` | one of several; `(…)?` may be absent |
| `leave <3> feedback` | up to three words in between, in the same sentence |
| `# stars` | a number in digits |

A phrase is unfolded into plain variants; each has one literal that the shared scan looks for, and what must stand
before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from msgpolicy.facts.views import fold_phrase

MAX_VARIANTS = 64
MAX_GAP = 8

# Scripts that write no spaces: a word may begin or end anywhere in them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
_LETTER = rf"[\w--[{_UNSPACED}]]"
_SPECIAL = re.compile(r"( ?<\d+>|\*|#)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class PhraseError(ValueError):
    """A phrase that cannot be read; the text says why."""


def check_phrase(phrase: str, language: str) -> str | None:
    """What is wrong with a phrase of a lexicon, or None."""
    try:
        for _ in variants(phrase, language):
            pass
    except PhraseError as error:
        return str(error)
    return None


class Variant:
    """One plain form of a phrase: a literal, and patterns for what stands around it (None: a word boundary)."""

    __slots__ = ("_after", "_before", "after", "before", "literal", "open_end", "open_start")

    def __init__(self, before: str, literal: str, after: str) -> None:
        self.literal = literal
        self.open_start = before == "*"
        self.open_end = after == "*"
        self.before = "" if self.open_start else before
        self.after = "" if self.open_end else after
        self._before: regex.Pattern[str] | None = None
        self._after: regex.Pattern[str] | None = None

    def match(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The whole phrase around its literal at text[start:end], or None."""
        if self.before:
            if self._before is None:
                self._before = regex.compile(rf"(?V1r)(?<!{_LETTER}){_pattern(self.before)}")
            found = self._before.match(text, max(start - 400, 0), start)
            if found is None:
                return None
            start = found.start()
        elif self.open_start:
            while start and is_letter(text[start - 1]):
                start -= 1
        elif start and is_letter(text[start]) and is_letter(text[start - 1]):
            return None
        if self.after:
            if self._after is None:
                self._after = regex.compile(rf"(?V1){_pattern(self.after)}(?!{_LETTER})")
            found = self._after.match(text, end, end + 400)
            if found is None:
                return None
            end = found.end()
        elif self.open_end:
            length = len(text)
            while end < length and is_letter(text[end]):
                end += 1
        elif end < len(text) and is_letter(text[end]) and is_letter(text[end - 1]):
            return None
        return start, end


class _Letters(dict[str, bool]):
    def __missing__(self, char: str) -> bool:
        self[char] = known = bool(_ONE_LETTER.fullmatch(char))
        return known


_ONE_LETTER = regex.compile(rf"(?V1){_LETTER}")
_LETTERS = _Letters()
is_letter = _LETTERS.__getitem__


def variants(phrase: str, language: str) -> Iterator[Variant]:
    """Every plain form of a phrase.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    spellings = [phrase]
    if language == "de" and (spelled := phrase.translate(_UMLAUTS)) != phrase:
        spellings.append(spelled)
    seen: set[str] = set()
    for spelling in spellings:
        plain_forms = _unfold(spelling)
        if len(plain_forms) > MAX_VARIANTS:
            raise PhraseError(f"has {len(plain_forms)} variants; at most {MAX_VARIANTS} are allowed: split it")
        for plain in plain_forms:
            folded = fold_phrase(plain)
            if folded not in seen:
                seen.add(folded)
                yield _variant(folded)


def _unfold(text: str) -> list[str]:
    """All strings that the alternatives in brackets stand for."""
    forms = [""]
    at = 0
    while at < len(text):
        char = text[at]
        if char in ")|":
            raise PhraseError(f"{char!r} without an opening bracket")
        if char != "(":
            forms = [form + char for form in forms]
            at += 1
            continue
        close = _closing(text, at)
        options = [form for option in _split(text[at + 1 : close]) for form in _unfold(option)]
        at = close + 1
        if at < len(text) and text[at] == "?":
            options.append("")
            at += 1
        elif "" in options:
            raise PhraseError("an empty alternative: write (…)? for something that may be absent")
        forms = [form + option for form in forms for option in options]
        if len(forms) > MAX_VARIANTS:
            raise PhraseError(f"has more than {MAX_VARIANTS} variants: split it")
    return forms


def _closing(text: str, at: int) -> int:
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index
    raise PhraseError("an opening bracket is never closed")


def _split(text: str) -> list[str]:
    options, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            options.append("")
        else:
            options[-1] += char
    return options


def _variant(folded: str) -> Variant:
    parts = [part for part in _SPECIAL.split(folded) if part]
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else " "
        after = parts[index + 1] if index + 1 < len(parts) else " "
        if part == "*" and (is_letter(before[-1]) == is_letter(after[0])):
            raise PhraseError("'*' stands for further letters at the start or the end of a word")
        if part.endswith(">"):
            if not (part.startswith(" ") and 0 < index < len(parts) - 1 and after[0] == " "):
                raise PhraseError("a gap <N> stands between two words, with a space on both sides")
            if not 1 <= int(part[2:-1]) <= MAX_GAP:
                raise PhraseError(f"a gap is 1 to {MAX_GAP} words long")
    literals = [index for index, part in enumerate(parts) if not _SPECIAL.fullmatch(part) and part.strip()]
    if not literals:
        raise PhraseError("has no words")
    # The longest literal is the rarest one to meet by chance.
    anchor = max(literals, key=lambda index: len(parts[index].strip()))
    return Variant("".join(parts[:anchor]), parts[anchor], "".join(parts[anchor + 1 :]))


def _pattern(folded: str) -> str:
    out = []
    for part in _SPECIAL.split(folded):
        if part == "*":
            out.append(rf"{_LETTER}*")
        elif part == "#":
            out.append(r"\d+(?:[.,]\d+)*")
        elif part.endswith(">") and part.startswith(" <"):
            out.append(rf"(?:[ ][^\s.!?。！？]+){{0,{part[2:-1]}}}")
        else:
            out.append(regex.escape(part))
    return "".join(out)
