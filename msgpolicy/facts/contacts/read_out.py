"""Digits that are read out: "five five five, oh one hundred", "4 then 0 then 4, triple 5", digits among words.

Gives runs of digits with the plain digits that they stand for; phones.py judges them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data.digit_words import FILLING_WORDS, PLUS_WORDS, SIGN_WORDS, THEN_WORDS
from msgpolicy.facts.contacts.literals import Opened
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.spelled_digits import LEAST, MANY, MOST, SpelledRun
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

# From so many words for single digits on nothing but a number is meant.
_PLAINLY_SPOKEN = 4
# With more single digits than this, words among them are part of the number.
_ONE_BY_ONE = 5
# Code points between two digits of a number that is read out, without and with words that join them.
_APART, _FAR = 6, 32
_OPEN = ".."
# The mark of what is surely something else.
_TAKEN = 3
# In these languages the letter is a word: "sette o otto".
_O_IS_A_WORD = frozenset({"it", "es", "pt", "pl", "id"})


class _Token(NamedTuple):
    """Digits in a text, spoken or written; `times` counts for the next ones. `spoken` tells words.

    `digits` of hundreds end in two dots, whose places the next digits may take.
    """

    start: int
    end: int
    digits: str
    spoken: bool
    times: int = 1


class _Chain(NamedTuple):
    """Digits that follow each other; words stand between some of them.

    `joined`: such as "then"; `filled`: such as "and"; `cuts`: indices of the tokens behind such words.
    """

    tokens: list[_Token]
    joined: bool
    filled: bool
    cuts: tuple[int, ...]

    def pieces(self) -> Iterator[list[_Token]]:
        """The tokens between words, where there are some."""
        for start, end in pairwise((0, *self.cuts, len(self.tokens))):
            yield self.tokens[start:end]


def read_out_runs(view: ContactView, taken: bytearray, *, only_words: bool = False) -> Iterator[tuple[SpelledRun, ...]]:
    """Language by language, together with the written digits in between; then written digits with words between.

    `taken` marks with 3 what is surely something else; `only_words`: written digits alone are not asked for.
    """
    by_language: dict[str, list[_Token]] = {}
    for word in view.words:
        if word.tag == "digit" and not _COUNTS.match(view.text, max(word.start - 12, 0), word.start):
            language, _, digits = word.detail.partition(":")
            by_language.setdefault(language, []).append(_Token(word.start, word.end, digits, True))
        elif word.tag == "repeat":
            language, _, times = word.detail.partition(":")
            by_language.setdefault(language, []).append(_Token(word.start, word.end, "", True, int(times)))
    gaps = _Gaps(view.text)
    written: _Written | None = None
    told: set[tuple[SpelledRun, ...]] = set()
    for language, tokens in by_language.items():
        written = written or _Written(view.text)
        own = [token for token in written.beside(tokens) if token.digits.isdigit() or _is_nought(view, token, language)]
        for chain in _chains(gaps, sorted([*tokens, *own], key=lambda token: (token.start, -token.end)), taken):
            readings = tuple(_read(view.text, chain))
            if readings and readings not in told:  # English digits are said in India too
                told.add(readings)
                yield readings
    if not only_words and (_tells_of_turns(view.text) or _AND.search(view.text)):
        for run in (written or _Written(view.text)).several:
            for chain in _chains(gaps, [token for token in run if token.digits.isdigit()], taken):
                one_by_one = chain.filled and all(len(token.digits) == 1 for token in chain.tokens)
                readings = tuple(_read_written(view.text, chain)) if chain.joined or one_by_one else ()
                if readings:
                    yield readings


def _tells_of_turns(text: str) -> bool:
    """Whether a text has a word that tells of digits in turns."""
    return _then_somewhere().is_in(text)


# "The first three are …" counts digits.
_COUNTS = regex_later(
    r"(?ri)(?<!\p{L})(?:first|last|next|final|other|ersten|letzten|nächsten|premiers|derniers|primeros|últimos|prime|ultime|"
    r"eerste|laatste|första|sista|primeiros)\s"
)
_AND = regex_later(r"(?i)[0-9],? (?:and|und|et|y|e|i|en|och|ve|и) [0-9]")


class _Gaps:
    """What stands between two digits of a text. Most texts have few different gaps."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, str] = {}

    def kind(self, start: int, end: int) -> str:
        """plain (signs only) · joined ("then") · filled ("and") · "" for what joins no digits."""
        if end - start > _FAR:
            return ""
        gap = self.text[start:end]
        known = self._known.get(gap)
        if known is None:
            known = self._known[gap] = _kind(gap)
        return known


def _kind(gap: str) -> str:
    if len(gap) <= _APART and _BETWEEN.fullmatch(gap):
        return "joined" if any(map(_BETWEEN_DIGITS.__contains__, gap)) else "plain"
    if not _joining().fullmatch(gap):
        return ""
    return "joined" if _then().search(gap) else "filled"


class _Written:
    """The written digits of a text in runs, each near the next."""

    def __init__(self, text: str) -> None:
        self._runs: list[list[_Token]] = []
        end = -_FAR - 1
        for match in _WRITTEN.finditer(text):
            token = _Token(*match.span(), match.group(), False)
            if token.start - end <= _FAR:
                self._runs[-1].append(token)
            else:
                self._runs.append([token])
            end = token.end
        self._ends = [run[-1].end for run in self._runs]

    @property
    def several(self) -> Iterator[list[_Token]]:
        """The runs of more than one."""
        return (run for run in self._runs if len(run) > 1)

    def beside(self, spoken: list[_Token]) -> Iterator[_Token]:
        """The runs next to a spoken digit: texts have many numbers, and few of them are read out."""
        taken = 0
        for token in spoken:
            index = max(bisect_left(self._ends, token.start - _FAR), taken)
            while index < len(self._runs) and self._runs[index][0].start <= token.end + _FAR:
                yield from self._runs[index]
                index += 1
            taken = max(taken, index)


# Up to eight digits, or an O that stands alone; a set first, which the search can jump to.
_WRITTEN = regex_later(r"[0-9oO](?:(?<=(?<![0-9])[0-9])[0-9]{0,7}+(?![0-9])|(?<=(?<!\w)[oO])(?!\w))")


def _is_nought(view: ContactView, token: _Token, language: str) -> bool:
    """Whether a single letter O stands for a nought."""
    return language not in _O_IS_A_WORD or "-" in (
        view.text[token.start - 1 : token.start],
        view.text[token.end : token.end + 1],
    )


def _chains(gaps: _Gaps, tokens: list[_Token], taken: bytearray) -> Iterator[_Chain]:
    """Two digits or more that follow each other with nothing but separators and joining words in between.

    Of two at one place the longer. Where too few are free for a number, there are none.
    """
    for group in _groups(tokens, taken):
        chain: list[_Token] = []
        kinds: dict[int, str] = {}
        for token in group:
            if chain:
                if token.start < chain[-1].end:
                    continue
                kind = gaps.kind(chain[-1].end, token.start)
                if kind in ("joined", "filled"):
                    kinds[len(chain)] = kind
                elif not kind:
                    if len(chain) > 1:
                        yield _chain(chain, kinds)
                    chain, kinds = [], {}
            chain.append(token)
        if len(chain) > 1:
            yield _chain(chain, kinds)


def _groups(tokens: Iterable[_Token], taken: bytearray) -> Iterator[list[_Token]]:
    """Those near each other, where they may be a number: most texts have a "one" here and there."""
    group: list[_Token] = []
    end = 0
    for token in tokens:
        if token.start - end > _FAR:
            if _may_be_number(group, taken):
                yield group
            group = []
        group.append(token)
        if token.end > end:
            end = token.end
    if _may_be_number(group, taken):
        yield group


def _may_be_number(group: list[_Token], taken: bytearray) -> bool:
    """Whether some digits are enough for a number, and more than one written beside a spoken one."""
    if len(group) < 2 or not (len(group) > 2 or group[0].spoken == group[1].spoken or group[0].end == group[1].start):
        return False
    # Open hundreds have a digit more than is written here; repeated ones are counted with the word for it.
    most = (len(token.digits) + token.times - (token.digits != _OPEN) for token in group if taken[token.start] < _TAKEN)
    return sum(most) >= LEAST


def _chain(tokens: list[_Token], kinds: dict[int, str]) -> _Chain:
    return _Chain(tokens, "joined" in kinds.values(), "filled" in kinds.values(), tuple(kinds))


_NO_WORD = r"[^\w%$€£¥+]"
# Particles that stand between the groups of a number.
_BETWEEN_DIGITS = frozenset("のノ에의之ー")
# Any of these, or a Chinese word for it, tells of digits in turns.
_TURN_SIGNS = _BETWEEN_DIGITS | frozenset("再杠")
_BETWEEN = regex_later(rf"{_NO_WORD}{{0,2}}+[{''.join(sorted(_BETWEEN_DIGITS))}]?{_NO_WORD}{{0,6}}")


@cache
def _joining() -> regex.Pattern[str]:
    """Between two digits: up to four words that only join them."""
    words = _any_of(f"{THEN_WORDS}|{SIGN_WORDS}|{FILLING_WORDS}")
    return regex.compile(rf"(?i){_NO_WORD}{{0,4}}+(?:(?:{words}){_NO_WORD}{{0,4}}+){{1,4}}+")


@cache
def _then() -> regex.Pattern[str]:
    """A word that tells of digits in turns."""
    words = _any_of(f"{THEN_WORDS}|{SIGN_WORDS}")
    return regex.compile(rf"(?i)(?<![^\W\d_])(?:{words})(?![^\W\d_])|[{''.join(sorted(_TURN_SIGNS))}]")


@cache
def _then_somewhere() -> Opened:
    return Opened(_then(), (*f"{THEN_WORDS}|{SIGN_WORDS}".split("|"), *sorted(_TURN_SIGNS)))


def _any_of(words: str) -> str:
    return "|".join(sorted((regex.escape(look(word)) for word in words.split("|")), key=len, reverse=True))


# Japanese particles that sound like digits; no number begins with these, and few end with one.
_PARTICLES = frozenset({"に", "ご"})
# What may stand before a number without being a part of it.
_OTHER_SENSES = frozenset({"no", "on", "um", "uma", "un", "une", "en", "ein", "eine", "een", "das", "do", "che"})
_PLUS = regex_later(rf"(?ri)(?:\+|(?<!\w)(?:{PLUS_WORDS}))[\s,.:/_*·•∙|-]{{0,4}}")


def _read(text: str, chain: _Chain) -> Iterator[SpelledRun]:
    """A chain as digits, and without the digits that were written before or behind the words."""
    tokens = _without_echo(text, _trimmed(text, chain.tokens))
    spoken = [index for index, token in enumerate(tokens) if token.spoken]
    if not spoken:
        return
    if len(spoken) == 1 and spoken[0] in (0, len(tokens) - 1) and not _stuck(tokens):
        return  # "call on 0 4 1 …": a Turkish ten
    groups = any(len(token.digits) > 1 and not token.spoken for token in tokens)
    spaced = " " in text[tokens[0].start : tokens[-1].end]
    plus = _PLUS.match(text, max(tokens[0].start - 12, 0), tokens[0].start)
    # "17.11.26 um 18:20": "um" is one in Portuguese
    needed = 3 if spaced and not plus and not tokens[0].digits.startswith("0") else 2
    one_by_one = sum(len(token.digits) == 1 for token in tokens) > _ONE_BY_ONE
    if groups and not chain.joined and len(spoken) < needed and not one_by_one and not _stuck(tokens):
        return
    plainly = sum(len(token.digits) == 1 for token in tokens if token.spoken) >= _PLAINLY_SPOKEN
    filled = chain.filled and not chain.joined
    weak = not plainly or filled
    amounts = not plainly and any(token.digits.endswith(_OPEN) for token in tokens)
    listed = filled or (amounts and not tokens[0].digits.startswith("0"))
    core = tokens[spoken[0] : spoken[-1] + 1]
    parts = [(tokens, weak)]
    if len(tokens) > 2 and text[tokens[-1].start : tokens[-1].end] in _PARTICLES:
        parts.insert(0, (tokens[:-1], weak))
    if text[tokens[0].start : tokens[0].end].lower() in _OTHER_SENSES:
        parts.append((tokens[1:], weak))
    if len(core) < len(tokens):
        parts.append((core, weak))
        parts[0] = (parts[0][0], True)
    parts += [(piece, weak) for piece in chain.pieces() if chain.cuts and any(token.spoken for token in piece)]
    parts += [(first, weak) for first in _first_sentence(text, tokens)]
    for part, unsure in parts:
        for digits in _joined(text, part):
            yield from _run(text, part, digits, weak=unsure, groups=groups, listed=listed)


def _read_written(text: str, chain: _Chain) -> Iterator[SpelledRun]:
    """Digits in figures with words between them."""
    digits = "".join(token.digits for token in chain.tokens)
    lengths = [sum(len(token.digits) for token in piece) for piece in chain.pieces()]
    if lengths[0] >= LEAST or max(lengths) > LEAST + 1:
        return  # a number, and another beside it
    sure = chain.joined and len(digits) >= MANY and (digits[0] == "0" or _plus_before(text, chain.tokens[0].start))
    yield from _run(
        text, chain.tokens, digits, weak=not sure, groups=any(len(token.digits) > 1 for token in chain.tokens)
    )


def _run(
    text: str, tokens: list[_Token], digits: str, *, weak: bool, groups: bool, listed: bool = False
) -> Iterator[SpelledRun]:
    if not LEAST <= len(digits) <= MOST:
        return
    start, end, sign = tokens[0].start, tokens[-1].end, ""
    plus = _plus_before(text, start)
    if plus:
        start, sign = plus.start(), "+"
    elif text[start - 1 : start] == "(" and ")" in text[start:end]:
        start -= 1
    yield SpelledRun(start, end, sign + digits, weak, groups=groups, listed=listed)


def _plus_before(text: str, start: int) -> regex.Match[str] | None:
    return _PLUS.match(text, max(start - 12, 0), start)


def _trimmed(text: str, tokens: list[_Token]) -> list[_Token]:
    """Without "double" behind the last digit, and particles before the first."""
    first, last = 0, len(tokens)
    while last and not tokens[last - 1].digits:
        last -= 1
    while first < last and text[tokens[first].start : tokens[first].end] in _PARTICLES:
        first += 1
    return tokens[first:last]


def _without_echo(text: str, tokens: list[_Token]) -> list[_Token]:
    """Without what only repeats the digit before, in words or figures: "5 (five) 0 (zero)"."""
    kept = tokens[:1]
    for before, token in pairwise(tokens):
        echo = before.digits == token.digits and before.spoken != token.spoken and "(" in text[before.end : token.start]
        if not echo:
            kept.append(token)
        elif token.spoken:
            kept[-1] = token
    return kept


_SENTENCE_END = regex_later(r"[.!?;。！？][\s\"')]|\n")


def _first_sentence(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """The digits up to the end of a sentence, if they are enough: "… seven seven. Two of them …"."""
    digits = 0
    for index, token in enumerate(tokens[:-1]):
        digits += len(token.digits)
        if digits >= LEAST and _SENTENCE_END.search(text, token.end, tokens[index + 1].start):
            yield tokens[: index + 1]
            return


def _stuck(tokens: list[_Token]) -> bool:
    """Whether digits are stuck to both sides of a word ("23456seven8"), or to several words."""
    stuck = [
        (index and tokens[index - 1].end == token.start and not tokens[index - 1].spoken)
        + (index + 1 < len(tokens) and token.end == tokens[index + 1].start and not tokens[index + 1].spoken)
        for index, token in enumerate(tokens)
        if token.spoken
    ]
    return max(stuck) > 1 or sum(map(bool, stuck)) > 1


_SAME_NUMBER = regex_later(r"(?i)[\s-]{0,3}+(?:(?:and|y|e|et|und|en|och|i|и)\s)?")


def _joined(text: str, tokens: list[_Token]) -> Iterator[str]:
    """The digits of some tokens; where hundreds are among them, in two ways: "nine hundred three" is 903 or 9003."""
    yield _digits(text, tokens, units=True)
    if any(token.digits.endswith(_OPEN) for token in tokens):
        yield _digits(text, tokens, units=False)


def _digits(text: str, tokens: list[_Token], *, units: bool) -> str:
    digits: list[str] = []
    times, opened = 1, False
    for index, token in enumerate(tokens):
        if not token.digits:
            times = token.times
            continue
        close = index > 0 and bool(_SAME_NUMBER.fullmatch(text, tokens[index - 1].end, token.start))
        said = _OPEN_OR_LETTER.sub("", token.digits) or ("0" if token.digits in "oO" else "")
        if opened:
            fills = close and (len(said) == 2 or (units and len(said) == 1 and _ends_here(text, tokens, index)))
            digits.append("0" * (2 - len(said)) if fills else "00")
        opened = token.digits.endswith(_OPEN)
        if opened and not said and not (close and tokens[index - 1].digits in "123456789"):
            said = "1"
        digits += (said[:1] * (times - 1), said)
        times = 1
    return "".join(digits) + ("00" if opened else "")


_OPEN_OR_LETTER = regex_later(r"\.\.|[oO]")


def _ends_here(text: str, tokens: list[_Token], index: int) -> bool:
    """Whether no other single digit follows: "nine hundred three one four" are 900 and 314."""
    if index + 1 == len(tokens) or len(tokens[index + 1].digits) > 1:
        return True
    return not _SAME_NUMBER.fullmatch(text, tokens[index].end, tokens[index + 1].start)
