"""The small language in which lexicons write phrases.

| written | matches |
|---|---|
| `gift card` | these words, with any white space or a hyphen between them |
| `review*`, `*bewertung` | further letters at the end or the start of a word |
| `(leave|write) (us|me)? a comment` | one of several; `(…)?` may be absent |
| `leave <3> feedback` | up to three words in between, in the same sentence |
| `给<4>好评` | up to four code points in between, in scripts that write no spaces |
| `# stars` | a number in digits |

Arabic words are written without what is joined to their front (and, so, with, for, the, will): it may be there or not.
In Korean, where spaces between words are left out at will, a space of a phrase matches none too.

Here phrases are read into tokens; `variants.py` says what they match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import regex

from msgpolicy.facts.views import fold_phrase

# Alternatives of one group, words of one gap and code points of one stretch.
MAX_OPTIONS = 100
MAX_GAP = 8
MAX_STRETCH = 12
MAX_DEPTH = 5
# Code points of words without anything else in between.
MAX_LITERAL = 200

# Scripts that write no spaces: a word may begin or end anywhere in them.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
LETTER = rf"[\w--[{_UNSPACED}]]"
_TOKEN = re.compile(r" ?<\d+>|\*|#|\(|\)\??|\||(?:(?! <\d)[^*#()|<])+|<")
_GAP = re.compile(r" ?<\d+>")
# Hindi words that are written in two ways: a nasal before a consonant of its kind, and the ending of polite requests.
_OLD_HINDI = ((re.compile("ं(?=[पफबभ])"), "म्"), (re.compile("ं(?=[तथदध])"), "न्"), (re.compile("िए"), "िये"))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class PhraseError(ValueError):
    """A phrase that cannot be read; the text says why."""


class Literal(msgspec.Struct, frozen=True, gc=False):
    text: str


class Star(msgspec.Struct, frozen=True, gc=False):
    """Further letters of a word."""


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number in digits."""


class Joined(msgspec.Struct, frozen=True):
    """What may be joined to the front of an Arabic word of so many letters."""

    letters: int


class Gap(msgspec.Struct, frozen=True, gc=False):
    words: int


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """What may stand between two words of a script without spaces."""

    letters: int


class Group(msgspec.Struct, frozen=True, gc=False):
    options: tuple[tuple[Token, ...], ...]
    optional: bool


Token = Literal | Star | Number | Joined | Gap | Stretch | Group

_SPACE_BETWEEN = Literal(" ")
_SPACE_OR_NONE = Group(((_SPACE_BETWEEN,),), optional=True)


class _Letters(dict[str, bool]):
    def __missing__(self, char: str) -> bool:
        self[char] = known = bool(_ONE_LETTER.fullmatch(char))
        return known


_ONE_LETTER = regex.compile(rf"(?V1){LETTER}")
_LETTERS = _Letters()
is_letter = _LETTERS.__getitem__


def spellings(phrase: str, language: str) -> Iterator[tuple[Token, ...]]:
    """The phrase as folded texts may have it, read into tokens; in German also with ae, oe and ue, in Hindi in an older
    spelling.

    Raises:
        PhraseError: the phrase cannot be read.
    """
    folded = dict.fromkeys([fold_phrase(phrase)])
    if language == "de":
        folded[fold_phrase(phrase.translate(_UMLAUTS))] = None
    if language == "hi":
        old = fold_phrase(phrase)
        for pattern, written in _OLD_HINDI:
            old = pattern.sub(written, old)
        folded[old] = None
    for spelling in folded:
        tokens = _read(_TOKEN.findall(spelling)[::-1], 0)
        _check(tokens)
        tokens = _without_optional_ends(tokens)
        if language == "ar":
            tokens = _with_joined(tokens, starts_word=True)
        yield _with_loose_spaces(tokens) if language == "ko" else tokens


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


def _gap(part: str) -> Gap | Stretch:
    words = int(part.strip(" <>"))
    if not part.startswith(" "):
        if not 1 <= words <= MAX_STRETCH:
            raise PhraseError(f"a gap without spaces is 1 to {MAX_STRETCH} letters long")
        return Stretch(words)
    if not 1 <= words <= MAX_GAP:
        raise PhraseError(f"a gap is 1 to {MAX_GAP} words long")
    return Gap(words)


def _check(tokens: tuple[Token, ...]) -> None:
    for index, token in enumerate(tokens):
        if isinstance(token, Literal):
            if len(token.text) > MAX_LITERAL:
                raise PhraseError(f"has {len(token.text)} letters in a row; at most {MAX_LITERAL} are allowed")
            continue
        before = tokens[index - 1] if index else _SPACE_BETWEEN
        after = tokens[index + 1] if index + 1 < len(tokens) else _SPACE_BETWEEN
        if isinstance(token, Star) and _ends_in_letter(before) == _starts_with_letter(after):
            raise PhraseError("'*' stands for further letters at the start or the end of a word")
        if isinstance(token, Stretch) and not (_is_unspaced(before, -1) and _is_unspaced(after, 0)):
            raise PhraseError("a gap <N> stands between two words, with a space on both sides")
        if isinstance(token, Gap) and (
            not 0 < index < len(tokens) - 1 or not isinstance(after, Literal) or not after.text.startswith(" ")
        ):
            raise PhraseError("a gap <N> stands between two words, with a space on both sides")
        if isinstance(token, Group):
            for option in token.options:
                if not isinstance(option[0], Gap | Stretch):
                    _check(option)


def _is_unspaced(token: Token, end: int) -> bool:
    """Whether a token may stand beside a stretch: words that have spaces do not."""
    return not isinstance(token, Literal) or not (token.text[end].isspace() or is_letter(token.text[end]))


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


_ARABIC_WORD = re.compile(r"(?<![^ ])[\u0621-\u064a]+")


def _with_joined(tokens: tuple[Token, ...], *, starts_word: bool) -> tuple[Token, ...]:
    """With what may be joined to each Arabic word; `starts_word` says whether the first token begins one."""
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, Group):
            options = tuple(_with_joined(option, starts_word=starts_word) for option in token.options)
            out.append(Group(options, token.optional))
        elif isinstance(token, Literal):
            at = 0
            for match in _ARABIC_WORD.finditer(token.text):
                if match.start() or starts_word:
                    out += [Literal(before)] if (before := token.text[at : match.start()]) else []
                    out.append(Joined(len(match.group())))
                    at = match.start()
            out.append(Literal(token.text[at:]))
        else:
            out.append(token)
        starts_word = isinstance(token, Literal) and token.text.endswith(" ")
    return tuple(out)


def _with_loose_spaces(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """With spaces that may be absent; a gap may be so together with the space behind it."""
    out: list[Token] = []
    for token in tokens:
        if isinstance(token, Group):
            out.append(Group(tuple(map(_with_loose_spaces, token.options)), token.optional))
        elif isinstance(token, Literal):
            first, *more = token.text.split(" ")
            if more and not first and out and isinstance(gap := out[-1], Gap):
                out[-1] = Group(((gap, _SPACE_BETWEEN),), optional=True)
                first, *more = more
            out += [Literal(first)] * bool(first)
            for word in more:
                out += [_SPACE_OR_NONE, *[Literal(word)] * bool(word)]
        else:
            out.append(token)
    return tuple(out)
