"""Numbers in a text that are no phone numbers: order ids, parcels, dates, prices … Looked for before phone numbers are.

`find_numbers` gives them in order and without overlap. An order id that is written with other separators than Amazon's
is kept apart as `order-id-suspected`; full payment-card numbers are of the kind `card`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts import checksums
from msgpolicy.facts.contacts.data import number_shapes
from msgpolicy.facts.contacts.data.number_shapes import Shape
from msgpolicy.facts.contacts.labels import SENTENCE_END, Labels
from msgpolicy.facts.contacts.view import ContactView, contact_view
from msgpolicy.facts.contacts.words import Word
from msgpolicy.facts.spans import Reading
from msgpolicy.later import regex_later


class Number(NamedTuple):
    """A number and its place in the reading. `value` is the number alone, without separators where it has them."""

    kind: str
    start: int
    end: int
    value: str


def find_numbers(source: Reading | ContactView, least_digits: int = 1) -> list[Number]:
    """All numbers of known kinds, by place. Positions are code points of the reading's text.

    Digits that stand together (a few signs or letters in between at most) are looked at only if they are at least
    `least_digits`: whoever wants long numbers need not pay for dates and prices.
    """
    view = contact_view(source)
    return [
        Number(kind, *view.span(start, end), _value(kind, view.text[start:end]))
        for kind, start, end in numbers_in_view(view, least_digits)
    ]


class Numbers(NamedTuple):
    """(kind, start, end) of each number, in positions of the view; where at least `least` digits stand together."""

    least: int
    found: list[tuple[str, int, int]]


def numbers_in_view(view: ContactView, least_digits: int) -> list[tuple[str, int, int]]:
    """(kind, start, end) of each number, in positions of the view; found once.

    Shorter ones are among them if they were asked for before.
    """
    if view.numbers is None or view.numbers.least > least_digits:
        view.numbers = Numbers(least_digits, _Search(view).run(least_digits))
    return view.numbers.found


_SEPARATORS = regex_later(r"[\s._/-]+")
_WRITTEN_AS_IS = {
    "date",
    "time",
    "price",
    "amount",
    "percentage",
    "size",
    "coordinates",
    "version",
    "ip-address",
    "standard",
}
# What may bear a plus sign; before any other number, it makes a phone number of it.
_SIGNED = {"price", "percentage", "size", "coordinates"}
# With fewer digits than this nothing but an everyday number can be meant.
_LONG = 6


class _Search:
    """One search through one view."""

    def __init__(self, view: ContactView) -> None:
        self.view = view
        self.text = view.text
        self.taken = bytearray(len(self.text))
        self.found: list[tuple[str, int, int]] = []
        self._labels: Labels | None = None
        self._parcels: Labels | None = None
        self._telephones: Labels | None = None
        self._inscriptions: Labels | None = None
        self._named_things: Labels | None = None
        # Numbers that no word announces, with what they have in common with their neighbours in a list of parts; and
        # what those are that a word does announce.
        self._unknown: list[tuple[str, int, int]] = []
        self._known: dict[str, str] = {}
        self._things: list[int] = []
        # What of the text is looked at now, and how many digits of it belong to no number yet.
        self.start = self.end = self.digits = 0

    def run(self, least_digits: int) -> list[tuple[str, int, int]]:
        for start, end, digits in self.view.clusters.found:
            if digits < least_digits:
                continue
            self.start, self.end = _whole_words(self.text, start, end)
            self.digits = digits
            if digits >= _LONG:
                self._shapes(_exact())
                self._labelled()
                self._parcel_numbers()
                self._cards()
                self._gtins()
            self._shapes(_everyday())
        self._alike()
        self.found.sort(key=lambda item: item[1])
        return self.found

    @property
    def labels(self) -> Labels:
        if self._labels is None:
            self._labels = Labels(self.view, lambda word: word.tag in ("phone", "chat", "number"))
        return self._labels

    @property
    def parcels(self) -> Labels:
        """Names of carriers and words for parcels."""
        if self._parcels is None:
            self._parcels = Labels(self.view, lambda word: word.tag == "carrier" or word.detail == "tracking")
        return self._parcels

    @property
    def inscriptions(self) -> Labels:
        """Words for what is written on a thing."""
        if self._inscriptions is None:
            self._inscriptions = Labels(self.view, lambda word: word.tag == "inscription")
        return self._inscriptions

    @property
    def things(self) -> Labels:
        """Words for what has a number of its own."""
        if self._named_things is None:
            self._named_things = Labels(self.view, lambda word: word.detail == "thing")
        return self._named_things

    @property
    def telephones(self) -> Labels:
        """Words for a telephone, and those that invite to get in touch."""
        if self._telephones is None:
            self._telephones = Labels(self.view, self._is_telephone)
        return self._telephones

    def _is_telephone(self, word: Word) -> bool:
        """A "belt" and the ring of an "o-ring" are things; "some call it …" calls nobody."""
        if word.tag not in ("phone", "chat", "invites") or _NAMES_IT.match(self.text, word.end):
            return False
        return self.things.over(word.start, word.end) is None

    def _take(self, kind: str, start: int, end: int) -> None:
        self.found.append((kind, start, end))
        self.taken[start:end] = b"\1" * (end - start)
        self.digits -= sum(map(str.isdigit, self.text[start:end]))

    def announced(self, start: int) -> str:
        """What announces the number at `start`: "phone", a kind of number, or "" for nothing."""
        word = self.labels.before(start)
        if word is None and self._is_the_thing(start):
            return "product"
        if word is None or word.detail == "any":
            return ""
        if word.detail == "thing":
            return "" if self.telephones.near(start, start) else "product"
        return word.detail if word.tag == "number" else "phone"

    def _is_the_thing(self, start: int) -> bool:
        """Whether the number at `start` says which one of some things it is: "the right filter is the 347 …"."""
        if not _IS_THE.match(self.text, max(start - 12, 0), start):
            return False
        return self.things.near(start, start, _WHICH) is not None and not self.telephones.near(start, start)

    def _matches(self, pattern: regex.Pattern[str], digits: int) -> Iterator[regex.Match[str]]:
        """Matches over what is still free, as long as at least `digits` digits are."""
        if self.digits < digits:
            return
        for match in pattern.finditer(self.text, self.start, self.end):
            if not any(self.taken[match.start() : match.end()]):
                yield match

    def _shapes(self, shapes: list[_Compiled]) -> None:
        signs = signs_of(self.text[self.start : self.end])
        for shape in shapes:
            if self.digits < shape.digits or (shape.needs and signs.isdisjoint(shape.needs)):
                continue
            for match in self._matches(shape.pattern, shape.digits):
                if shape.kind not in _SIGNED and self.text[match.start() - 1 : match.start()] == "+":
                    continue
                if shape.test(self, *match.span()):
                    self._take(shape.kind, *match.span())

    def _labelled(self) -> None:
        last: tuple[int, str, str] | None = None
        for match in self._matches(_pattern("LABELLED"), 1):
            start, end = match.span()
            kind = self.announced(start)
            if not kind:  # the letters in front may be the word that announces it
                start = match.start("digits")
                kind = self.announced(start)
            shape = _DIGIT.sub("0", self.text[start:end])
            if not kind and self._is_inscribed(start, end):
                kind = "product"
            if not kind and last and last[2] == shape and _AND.fullmatch(self.text, last[0], start):
                kind = last[1]
            if kind == "card":
                kind = "" if _is_card(_digits(self.text[start:end]), announced=True) else "reference"
            # No order, parcel or article number begins with a plus sign.
            if self.text[start - 1 : start] == "+" or kind == "phone":
                continue
            family = _family(self.text[start:end])
            if kind:
                self._take(kind, start, end)
                self._known[family] = kind
                if kind in ("product", "serial"):
                    self._things.append(end)
                last = end, kind, shape
            else:
                self._unknown.append((family, start, end))

    def _is_inscribed(self, start: int, end: int) -> bool:
        """Whether the sentence says that the number is written on a thing, and speaks of no telephone."""
        inscribed = self.inscriptions.near(start, end, _BESIDE, _BESIDE)
        return inscribed is not None and not self.telephones.near(start, end, _BESIDE, _BESIDE)

    def _alike(self) -> None:
        """Unannounced numbers beside announced ones, and series: "hinge 503-555-0177, the older one 503-555-0169"."""
        ends = sorted(self._things)
        series: dict[str, tuple[int, int]] = {}
        for family, start, end in self._unknown:
            if any(self.taken[start:end]) or self.telephones.near(start, end, _BESIDE, _BESIDE):
                continue
            kind = self._known.get(family)
            before = bisect_right(ends, start) - 1
            if kind or (before >= 0 and self._is_beside(ends[before], start)):
                self._take(kind or "product", start, end)
                continue
            first = series.get(family)
            if first and start - first[1] <= _BESIDE and _LETTER.search(self.text, first[1], start):
                if self.text[first[0] : first[1]] != self.text[start:end]:
                    self._take("product", *first)
                    self._take("product", start, end)
            elif end - start > _LEAST_IN_SERIES:
                series[family] = start, end

    def _is_beside(self, end: int, start: int) -> bool:
        """Whether the number of a thing ends in the same sentence not far before."""
        return start - end <= _BESIDE and not SENTENCE_END.search(self.text, end, start)

    def _parcel_numbers(self) -> None:
        for match in self._matches(_pattern("PARCEL"), 8):
            if self.parcels.near(*match.span()) and self.announced(match.start()) != "phone":
                self._take("tracking", *match.span())

    def _cards(self) -> None:
        for match in self._matches(_pattern("CARD"), 13):
            written = match.group()
            announced = self.announced(match.start()) == "card"
            if _is_card(_digits(written), announced=announced, grouped=not written.isdigit()):
                self._take("card", *match.span())

    def _gtins(self) -> None:
        for match in self._matches(_pattern("GTIN"), 12):
            written = match.group()
            # 00 stands before a number that is dialled from abroad.
            if self.text[match.start() - 1 : match.start()] == "+":
                continue
            if not written.startswith("00") and checksums.gtin(written) and not self.announced(match.start()):
                self._take("gtin", *match.span())


def _family(written: str) -> str:
    """What the numbers of a series have in common."""
    return f"{written[:-_LAST]}{len(written)}"


# "The filter that you need is the …": between the thing and its number.
_WHICH = 45
_IS_THE = regex_later(
    r"(?ri)(?<![^\W\d_])(?:is|are|ist|sind|est|sont|es|son|è|é|sono|zijn|to|jest|är|são)\s"
    r"(?:(?:the|der|die|das|le|la|el|il|lo|de|het|den|det|o|a|to)\s)?"
)
# "Some call it a …"
_NAMES_IT = regex_later(r"\s(?:it|them|this|that|these)\s(?:an?|the|just|by)\b")
# Code points between numbers of one list, and to a word that says that they are something else; their least length.
_BESIDE, _LEAST_IN_SERIES = 80, 7
_LETTER = regex_later(r"\p{L}")
_DIGIT = regex_later(r"[0-9]")
# Between two numbers that one word announces
_AND = regex_later(r"\s?[,;/&+、，]?\s?(?:\p{L}{1,3}\s)?")
# Signs at the end in which the numbers of a series differ.
_LAST = 3

# A code may be written in groups: "1Z 9AB CDE 12 …".
_WORD_BEFORE = regex_later(r"(?r)(?:[A-Z0-9]{1,4} ){0,3}[\w$€£¥/-]{0,40}+\s?")
_WORD_BEHIND = regex_later(r"\s?[\w$€£¥%/-]{0,40}+")


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the words that its ends are in, and a unit or currency beside it."""
    before = _WORD_BEFORE.match(text, max(start - 41, 0), start)
    behind = _WORD_BEHIND.match(text, end)
    assert before is not None
    assert behind is not None
    return before.start(), behind.end()


def signs_of(written: str) -> set[str]:
    """What of `Shape.needs` stands in a text."""
    signs = set(written)
    if not written.isascii() or written.lower() != written.upper():
        signs.add(number_shapes.LETTER)
    return signs


def _digits(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _value(kind: str, written: str) -> str:
    if kind in _WRITTEN_AS_IS:
        return written
    value = _SEPARATORS.sub("", written).upper()
    if kind.startswith("order-id"):
        return f"{value[:3]}-{value[3:10]}-{value[10:]}"
    return value


# Prefixes of the card networks with the lengths that they use (ISO/IEC 7812, as the networks publish them).
_CARD_PREFIXES = (
    (regex_later(r"4"), (13, 16, 19)),
    (regex_later(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (regex_later(r"3[47]"), (15,)),
    (regex_later(r"6011|64[4-9]|65"), (16, 19)),
    (regex_later(r"352[89]|35[3-8]"), (16,)),
    (regex_later(r"36|38|30[0-5]"), (14,)),
    (regex_later(r"62"), (16, 17, 18, 19)),
    (regex_later(r"50[123]|5[6-8]|6304|6759|676[1-3]"), (13, 14, 15, 16, 17, 18, 19)),
    (regex_later(r"220[0-4]|9792|60|8[12]"), (16,)),
)


def _is_card(digits: str, *, announced: bool, grouped: bool = False) -> bool:
    if not digits.isdigit() or not 13 <= len(digits) <= 19 or not checksums.luhn(digits) or len(set(digits)) == 1:
        return False
    if not announced and not grouped and len(digits) not in (15, 16):
        return False  # one run in ten has a right check digit by chance
    return any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _CARD_PREFIXES)


# Letters that stand for a digit ("O6O1"), and single letters that stand for "telephone" and the like ("T 0601 …").
_DIGIT_LIKE = frozenset("OoIl")
_PHONE_LETTERS = frozenset("tTfFmMpPhHxX")


def _is_code(search: _Search, start: int, end: int) -> bool:
    """A model, part or article code: letters and digits mixed. Not a phone number with a word stuck to it."""
    token = search.text[start:end]
    letters = {char for char in token if char.isalpha()}
    if not letters or letters <= _DIGIT_LIKE or not any(char.isdigit() for char in token):
        return False
    tail = token.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    head = token[: len(token) - len(tail)]
    if not head or not _digits(tail).isdigit():
        return True
    if head in _PHONE_LETTERS:
        return False
    stuck = search.view.words_at(start)
    return not any(word.end == start + len(head) and word.tag in ("phone", "chat", "chat?") for word in stuck)


def _is_ip_address(search: _Search, start: int, end: int) -> bool:
    parts = search.text[start:end].split(".")
    return all(int(part) <= 255 for part in parts) and search.announced(start) != "phone"


def _is_unannounced(search: _Search, start: int, end: int) -> bool:
    return search.announced(start) != "phone"


def _checked(check: Callable[[str], bool]) -> Callable[[_Search, int, int], bool]:
    return lambda search, start, end: check(_digits(search.text[start:end]).upper())


_TESTS: dict[str, Callable[[_Search, int, int], bool]] = {
    "": lambda search, start, end: True,
    "gtin": _checked(checksums.gtin),
    "iban": _checked(checksums.iban),
    "upu_s10": _checked(checksums.upu_s10),
    "ip_address": _is_ip_address,
    "unannounced": _is_unannounced,
    "code": _is_code,
}


class _Compiled(NamedTuple):
    kind: str
    digits: int
    pattern: regex.Pattern[str]
    test: Callable[[_Search, int, int], bool]
    needs: frozenset[str]


def _compiled(shapes: tuple[Shape, ...]) -> list[_Compiled]:
    return [
        _Compiled(shape.kind, shape.digits, _regex(shape.pattern), _TESTS[shape.test], frozenset(shape.needs))
        for shape in shapes
    ]


@cache
def _exact() -> list[_Compiled]:
    return _compiled(number_shapes.EXACT)


@cache
def _everyday() -> list[_Compiled]:
    return _compiled(number_shapes.EVERYDAY)


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return _regex(getattr(number_shapes, name))


def _regex(pattern: str) -> regex.Pattern[str]:
    return regex_later(pattern, regex.ASCII)
