"""The small language in which lexicons write phrases, and how one phrase is matched.

| written | matches |
|---|---|
| `gift card` | these words, with any white space or a hyphen between them |
| `review*`, `*bewertung` | further letters at the end or the start of a word |
| `(leave|write) (us|me)? a comment` | one of several; `(…)?` may be absent |
| `leave <3> feedback` | up to three words in between, in the same sentence |
| `# stars` | a number in digits |

Of each phrase the shared scan looks for one literal (or, where a phrase is all alternatives, for each of one group's);
what must stand before and after it is a pattern, matched only where the literal was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from msgpolicy.facts.views import fold_phrase

# Alternatives of one group, and words of one gap.
MAX_OPTIONS = 100
MAX_GAP = 8
MAX_DEPTH = 5

# Scripts that write no spaces: a word may begin or end anywhere in them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
_LETTER = rf"[\w--[{_UNSPACED}]]"
# Where a word begins or ends: not between two letters.
_EDGE = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))"
# A space of the phrase; where something optional was left out, two of them meet at one space of the text.
_SPACE = r"(?:[ ]|(?<=[ ])|(?=[ ]))"
_TOKEN = re.compile(r" ?<\d+>|\*|#|\(|\)\??|\||(?:(?! <\d)[^*#()|<])+|<")
_GAP = re.compile(r" ?<\d+>")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# What may stand between a word and the gap after it, and a word of a gap: a full stop inside it (24.90, 12.05.2026) or
# after a common abbreviation ends no sentence.
_PAUSE = r"[,;:)\"”“»]*+"
_GAP_WORD = r"(?:(?:no|nr|ca|inkl|bzw|tel|ul|incl|approx)\.(?=[ ])|(?:[^\s.!?。！？]|[.!?](?=[^\s]))+)"
# Code points around a literal within which its phrase must stand.
_REACH = 400
# A literal at least this long is rare enough to be looked for.
_LONG_ENOUGH = 5


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


@dataclass(frozen=True)
class Literal:
    text: str


@dataclass(frozen=True)
class Star:
    """Further letters of a word."""


@dataclass(frozen=True)
class Number:
    """A number in digits."""


@dataclass(frozen=True)
class Gap:
    words: int


@dataclass(frozen=True)
class Group:
    options: tuple[tuple[Token, ...], ...]
    optional: bool


Token = Literal | Star | Number | Gap | Group

_STAR: tuple[Token, ...] = (Star(),)
_SPACE_BETWEEN = Literal(" ")


class Variant:
    """A phrase seen from one of its literals. What stands around it is a pattern, compiled when it is first needed."""

    __slots__ = ("_after", "_after_pattern", "_before", "_before_pattern", "_space_after", "_space_before", "literal")

    def __init__(self, before: tuple[Token, ...], literal: str, after: tuple[Token, ...]) -> None:
        self.literal = literal
        self._before = before
        self._after = after
        self._before_pattern: regex.Pattern[str] | None = None
        self._after_pattern: regex.Pattern[str] | None = None
        # Where a space must be, its absence spares the pattern.
        self._space_before = bool(before) and before[-1] == _SPACE_BETWEEN
        self._space_after = bool(after) and after[0] == _SPACE_BETWEEN

    def match(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The whole phrase around its literal at text[start:end], or None."""
        if self._space_before and text[start - 1 : start] != " ":
            return None
        if self._space_after and text[end : end + 1] != " ":
            return None
        if not self._before:
            if start and is_letter(text[start]) and is_letter(text[start - 1]):
                return None
        elif self._before == _STAR:
            while start and is_letter(text[start - 1]):
                start -= 1
        if not self._after:
            if end < len(text) and is_letter(text[end]) and is_letter(text[end - 1]):
                return None
        elif self._after == _STAR:
            while end < len(text) and is_letter(text[end]):
                end += 1
        elif (after := self._match_after(text, end)) is None:
            return None
        else:
            end = after.end()
        if self._before and self._before != _STAR:
            before = self._match_before(text, start)
            if before is None:
                return None
            start = before.start()
        return start, end

    def _match_before(self, text: str, start: int) -> regex.Match[str] | None:
        if self._before_pattern is None:
            self._before_pattern = regex.compile(rf"(?V1r){_EDGE}{_pattern(self._before)}")
        return self._before_pattern.match(text, max(start - _REACH, 0), start)

    def _match_after(self, text: str, end: int) -> regex.Match[str] | None:
        if self._after_pattern is None:
            self._after_pattern = regex.compile(rf"(?V1){_pattern(self._after)}{_EDGE}")
        return self._after_pattern.match(text, end, end + _REACH)


class _Letters(dict[str, bool]):
    def __missing__(self, char: str) -> bool:
        self[char] = known = bool(_ONE_LETTER.fullmatch(char))
        return known


_ONE_LETTER = regex.compile(rf"(?V1){_LETTER}")
_LETTERS = _Letters()
is_letter = _LETTERS.__getitem__


def spellings(phrase: str, language: str) -> Iterator[tuple[Token, ...]]:
    """The phrase as folded texts may have it, read into tokens; in German also with ae, oe and ue.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    folded = dict.fromkeys([fold_phrase(phrase)])
    if language == "de":
        folded[fold_phrase(phrase.translate(_UMLAUTS))] = None
    for spelling in folded:
        tokens = _read(_TOKEN.findall(spelling)[::-1], 0)
        _check(tokens)
        yield _without_optional_ends(tokens)


# Rulesets share their lexicons, and what a phrase means depends on nothing else: each is read once in a process.
@lru_cache(maxsize=1 << 16)
def variants(phrase: str, language: str) -> tuple[Variant, ...]:
    """The literals that the phrase is found by, each with what stands around it.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    return tuple(variant for tokens in spellings(phrase, language) for variant in _anchored((), tokens, ()))


def _read(parts: list[str], depth: int) -> tuple[Token, ...]:
    """Tokens up to the end of a group's option; `parts` are the rest of the phrase, the next one last."""
    if depth > MAX_DEPTH:
        raise PhraseError(f"brackets are nested more than {MAX_DEPTH} deep")
    tokens: list[Token] = []
    while parts and not (depth and parts[-1][0] in "|)"):
        part = parts.pop()
        if part == "*":
            tokens.append(Star())
        elif part == "#":
            tokens.append(Number())
        elif _GAP.fullmatch(part):
            tokens.append(_gap(part))
        elif part == "(":
            tokens.append(_read_group(parts, depth + 1))
        elif part[0] in "|)":
            raise PhraseError(f"{part[0]!r} without an opening bracket")
        elif tokens and isinstance(tokens[-1], Literal):
            tokens[-1] = Literal(tokens[-1].text + part)
        else:
            tokens.append(Literal(part))
    return tuple(tokens)


def _read_group(parts: list[str], depth: int) -> Group:
    options = []
    while True:
        option = _read(parts, depth)
        if not option:
            raise PhraseError("an empty alternative: write (…)? for something that may be absent")
        options.append(option)
        if not parts:
            raise PhraseError("an opening bracket is never closed")
        end = parts.pop()
        if end != "|":
            break
    if len(options) > MAX_OPTIONS:
        raise PhraseError(f"has {len(options)} alternatives in one group; at most {MAX_OPTIONS} are allowed: split it")
    return Group(tuple(options), end == ")?")


def _gap(part: str) -> Gap:
    words = int(part.strip(" <>"))
    if not part.startswith(" "):
        raise PhraseError("a gap <N> stands between two words, with a space on both sides")
    if not 1 <= words <= MAX_GAP:
        raise PhraseError(f"a gap is 1 to {MAX_GAP} words long")
    return Gap(words)


def _check(tokens: tuple[Token, ...]) -> None:
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else _SPACE_BETWEEN
        after = tokens[index + 1] if index + 1 < len(tokens) else _SPACE_BETWEEN
        if isinstance(token, Star) and _ends_in_letter(before) == _starts_with_letter(after):
            raise PhraseError("'*' stands for further letters at the start or the end of a word")
        if isinstance(token, Gap) and (
            not 0 < index < len(tokens) - 1 or not isinstance(after, Literal) or not after.text.startswith(" ")
        ):
            raise PhraseError("a gap <N> stands between two words, with a space on both sides")
        if isinstance(token, Group):
            for option in token.options:
                if not isinstance(option[0], Gap):
                    _check(option)


def _ends_in_letter(token: Token) -> bool:
    return is_letter(token.text[-1]) if isinstance(token, Literal) else isinstance(token, Group)


def _starts_with_letter(token: Token) -> bool:
    return is_letter(token.text[0]) if isinstance(token, Literal) else isinstance(token, Group)


def _without_optional_ends(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without what may be absent at either end: it decides nothing."""

    def is_optional(token: Token) -> bool:
        return (isinstance(token, Group) and token.optional) or (isinstance(token, Literal) and not token.text.strip())

    low, high = 0, len(tokens)
    while low < high and is_optional(tokens[low]):
        low += 1
    while high > low and is_optional(tokens[high - 1]):
        high -= 1
    kept = list(tokens[low:high])
    if kept and isinstance(kept[0], Literal):
        kept[0] = Literal(kept[0].text.lstrip())
    if kept and isinstance(kept[-1], Literal):
        kept[-1] = Literal(kept[-1].text.rstrip())
    return tuple(kept)


def _anchored(before: tuple[Token, ...], tokens: tuple[Token, ...], after: tuple[Token, ...]) -> Iterator[Variant]:
    """The phrase (before, tokens, after) seen from the rarest literal within `tokens`."""
    best, score = -1, (0, 0)
    for index, token in enumerate(tokens):
        length = _shortest(token)
        rarity = (min(length, _LONG_ENOUGH), 0 if isinstance(token, Group) else length)
        if length and rarity > score:
            best, score = index, rarity
    if best < 0:
        raise PhraseError("has no words")
    anchor = tokens[best]
    before, after = before + tokens[:best], tokens[best + 1 :] + after
    if isinstance(anchor, Group):
        for option in anchor.options:
            yield from _anchored(before, option, after)
    elif isinstance(anchor, Literal):
        text = anchor.text
        if text.startswith(" "):
            before = (*before, Literal(" "))
        if text.endswith(" "):
            after = (Literal(" "), *after)
        yield Variant(before, text.strip(), after)


def _shortest(token: Token) -> int:
    """Length of the literal that surely stands where this token matches; 0 when there is none."""
    if isinstance(token, Literal):
        return len(token.text.strip())
    if isinstance(token, Group) and not token.optional:
        return min(max(_shortest(inner) for inner in option) for option in token.options)
    return 0


def _pattern(tokens: tuple[Token, ...]) -> str:
    out = []
    for token in tokens:
        if isinstance(token, Literal):
            out.append(_SPACE.join(regex.escape(word) for word in token.text.split(" ")))
        elif isinstance(token, Star):
            out.append(rf"{_LETTER}*")
        elif isinstance(token, Number):
            out.append(r"\d+(?:[.,]\d+)*")
        elif isinstance(token, Gap):
            out.append(rf"{_PAUSE}(?:[ ]{_GAP_WORD}){{0,{token.words}}}")
        else:
            options = "|".join(_pattern(option) for option in token.options)
            out.append(f"(?:{options})" + ("?" if token.optional else ""))
    return "".join(out)
