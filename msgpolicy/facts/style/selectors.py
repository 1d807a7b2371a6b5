"""Selectors as browsers read them: what elements they name, and how much they weigh.

Reading only; `matching` tells which elements of a document a selector names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style import element_tests
from msgpolicy.facts.style.element_tests import Test, unescape
from msgpolicy.later import re_later

if TYPE_CHECKING:
    from msgpolicy.facts.style.matching import Tree

# Code points of one list of selectors, compounds in one selector, depth of :is(:not(:is(…))).
MAX_SELECTOR = 20_000
_MOST_COMPOUNDS = 60
_DEEPEST = 12

Weight = tuple[int, int, int]


class BadSelectorError(Exception):
    """Browsers do not know the selector; they drop the rule."""


class Compound(NamedTuple):
    """What one element must have: a tag (lower case), ids, classes, and whatever else is tested."""

    tag: str | None = None
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()


class Selector(NamedTuple):
    """One selector: its compounds from left to right, and the combinator (` `, `>`, `+`, `~`) after each but the last.

    `weight` is the specificity: ids, then classes and what counts like them, then tags. `names_part`: it ends in a
    pseudo-element such as ::before, so that it styles no element itself.
    """

    compounds: tuple[Compound, ...]
    combinators: str
    weight: Weight
    names_part: bool = False


_NOTHING: Weight = (0, 0, 0)
_TAG_WEIGHT: Weight = (0, 0, 1)
_CLASS_WEIGHT: Weight = (0, 1, 0)
_ID_WEIGHT: Weight = (1, 0, 0)

_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}[\t\n\f\r ]?|[^\n\f\r0-9a-fA-F])"
IDENT = (
    rf"(?:--|-?(?:[a-zA-Z_\x80-\U0010ffff]|{_ESCAPE}))"  # how it begins
    rf"(?:[a-zA-Z0-9_\-\x80-\U0010ffff]|{_ESCAPE})*+"
)
_STRING = r"\"((?:[^\"\\\n]|\\(?s:.))*+)\"|'((?:[^'\\\n]|\\(?s:.))*+)'"
_COMMENT = r"/\*(?s:.)*?(?:\*/|\Z)"
_S = r"[\t\n\f\r ]*+"
_GAP = rf"(?:[\t\n\f\r ]|{_COMMENT})*+"
_IDENT_AT = re_later(IDENT)
_GAP_AT = re_later(_GAP)
_COMMENTS = re_later(rf"(?:{_COMMENT})*+")
_COMBINATOR = re_later(rf"{_GAP}([>+~]?){_GAP}")
# Any namespace (`*|p`) or none (`|p`); others have to be declared, which nobody does in mail: the rule is dropped.
_TAG = re_later(rf"(\*?\|)?(\*|{IDENT})(?!\|)")
_ATTRIBUTE = re_later(
    rf"\[{_GAP}(?:\*?\|)?({IDENT}){_GAP}(?:([~|^$*]?=){_GAP}(?:({IDENT})|{_STRING}){_GAP}([iI]?){_GAP})?\]"
)
_NTH = re_later(
    rf"{_S}(?:(even|odd)|([+-]?[0-9]*+)n(?:{_S}([+-]){_S}([0-9]++))?|([+-]?[0-9]++))(?![\w+-])", re.IGNORECASE
)
_OF = re_later(rf"{_S}of(?=[\t\n\f\r (:.\[#*])", re.IGNORECASE)
_WORDS = re_later(rf"{_S}((?:{IDENT}|{_STRING}){_S}(?:,{_S}(?:{IDENT}|{_STRING}){_S})*+)")
_WORD = re_later(rf"({IDENT})|{_STRING}")
_SIGNS = re_later(rf"{_COMMENT}|{_STRING}|\\(?s:.)|[,()\[\]]")


def parse_selectors(text: str, parents: Sequence[Selector] | None = None) -> tuple[Selector, ...]:
    """The selectors of a rule. `parents`: those of the rule that it is nested in, which `&` stands for.

    Raises:
        BadSelectorError: browsers drop the rule.
        TooLargeError: it is longer or deeper than selectors are read.
    """
    if len(text) > MAX_SELECTOR:
        raise TooLargeError(f"a selector in a style sheet has more than {MAX_SELECTOR:,} code points")
    reader = _Reader(text, parents)
    found = reader.read_list(nested=parents is not None)
    if reader.at < len(text):
        raise BadSelectorError
    return found


def _heaviest(selectors: Sequence[Selector]) -> Weight:
    return max((selector.weight for selector in selectors), default=_NOTHING)


def _any_of(selectors: Sequence[Selector]) -> Test:
    return lambda tree, index: any(tree.matches(selector, index) for selector in selectors)


def _is_scope(tree: Tree, index: int) -> bool:
    return index == tree.scope


def _is_root(tree: Tree, index: int) -> bool:
    return tree.is_root(index)


class _Parts:
    """The compound that is being read."""

    def __init__(self) -> None:
        self.tag: str | None = None
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.tests: list[Test] = []
        self.weight = _NOTHING
        self.names_part = False

    def add(self, weight: Weight, *tests: Test) -> None:
        self.tests += tests
        self.weight = _sum(self.weight, weight)

    def compound(self) -> Compound:
        return Compound(self.tag, tuple(self.ids), tuple(self.classes), tuple(self.tests))


def _sum(one: Weight, other: Weight) -> Weight:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


class _Reader:
    """Reads along a text; `at` is how far it has come."""

    def __init__(self, text: str, parents: Sequence[Selector] | None) -> None:
        self.text = text
        self.parents = parents
        self.at = 0
        self._depth = 0
        self._in_has = False
        # Whether "&" occurred in the selector that is being read.
        self._names_parent = False

    def read_list(
        self, *, nested: bool = False, has: bool = False, forgiving: bool = False, inner: bool = False
    ) -> tuple[Selector, ...]:
        """Selectors up to the end, or to a closing parenthesis.

        `nested`: in a rule of another; `has`: below (or beside) the element that :has() is said of. A `forgiving` list
        leaves out what is not known; in an `inner` one no pseudo-elements may be.
        """
        found: list[Selector] = []
        before = self._depth, self._in_has
        while True:
            start = self.at
            try:
                selector = self._selector(nested=nested, has=has)
                if self._peek() not in (",", ")", "") or (inner and selector.names_part):
                    raise BadSelectorError
                found.append(selector)
            except BadSelectorError:
                if not forgiving:
                    raise
                self.at = _end_of_item(self.text, start)
                self._depth, self._in_has = before
            if self._peek() != ",":
                return tuple(found)
            self.at += 1

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _selector(self, *, nested: bool, has: bool) -> Selector:
        compounds: list[Compound] = []
        combinators = ""
        weight = _NOTHING
        self._skip_gap()
        lead = self._peek() if nested or has else ""
        if lead in (">", "+", "~") and lead:
            self.at += 1
            self._skip_gap()
        else:
            lead = ""
        if nested:
            self._names_parent = False
        while True:
            parts = self._compound()
            compounds.append(parts.compound())
            weight = _sum(weight, parts.weight)
            if len(compounds) > _MOST_COMPOUNDS:
                raise TooLargeError(f"a selector in a style sheet has more than {_MOST_COMPOUNDS} steps")
            match = _COMBINATOR.match(self.text, self.at)
            start, self.at = self.at, match.end() if match else self.at
            combinator = match[1] if match else ""
            if not combinator and (self.at == start or self._peek() in (",", ")", "")):
                break
            if parts.names_part:
                raise BadSelectorError
            combinators += combinator or " "
        if has or (nested and (lead or not self._names_parent)):
            anchor = _Parts()
            if has:
                anchor.add(_NOTHING, _is_scope)
            else:
                self._add_parent(anchor)
            compounds.insert(0, anchor.compound())
            combinators = (lead or " ") + combinators
            weight = _sum(anchor.weight, weight)
        return Selector(tuple(compounds), combinators, weight, parts.names_part)

    def _compound(self) -> _Parts:
        parts = _Parts()
        tag = _TAG.match(self.text, self.at)
        if tag:
            self.at = tag.end()
            if tag[1] == "|":
                # Every element of HTML has a namespace.
                parts.tests.append(element_tests.never)
            if tag[2] != "*":
                parts.tag = unescape(tag[2]).lower()
                parts.weight = _TAG_WEIGHT
        is_empty = tag is None
        while True:
            self._skip_comments()
            sign = self._peek()
            if sign == ".":
                parts.classes.append(self._ident(1))
                parts.add(_CLASS_WEIGHT)
            elif sign == "#":
                parts.ids.append(self._ident(1))
                parts.add(_ID_WEIGHT)
            elif sign == "[":
                self._attribute(parts)
            elif sign == ":":
                self._pseudo(parts)
            elif sign == "&":
                self.at += 1
                self._add_parent(parts)
            else:
                break
            is_empty = False
        if is_empty:
            raise BadSelectorError
        return parts

    def _add_parent(self, parts: _Parts) -> None:
        self._names_parent = True
        if self.parents is None:
            parts.add(_CLASS_WEIGHT, _is_root)
        else:
            parents = [parent for parent in self.parents if not parent.names_part]
            parts.add(_heaviest(parents), _any_of(parents))

    def _attribute(self, parts: _Parts) -> None:
        match = _ATTRIBUTE.match(self.text, self.at)
        if match is None:
            raise BadSelectorError
        self.at = match.end()
        name, operator, *values, flag = match.groups()
        value = next((value for value in values if value is not None), None)
        value = None if value is None else unescape(value)
        parts.add(_CLASS_WEIGHT, element_tests.attribute_test(unescape(name).lower(), operator, value, bool(flag)))

    def _pseudo(self, parts: _Parts) -> None:
        is_element = self.text.startswith("::", self.at)
        name = self._ident(2 if is_element else 1).lower()
        takes = self._peek() == "("
        if is_element or (name in element_tests.OLD_PSEUDO_ELEMENTS and not takes):
            if not element_tests.is_pseudo_element(name, function=takes):
                raise BadSelectorError
            if takes:
                self._skip_argument()
            parts.names_part = True
            parts.add(_TAG_WEIGHT)
        elif not takes:
            test = element_tests.PSEUDO_CLASSES.get(name)
            if test is None:
                raise BadSelectorError
            parts.add(_CLASS_WEIGHT, test)
        else:
            self._function(parts, name)

    def _function(self, parts: _Parts, name: str) -> None:
        if name in element_tests.NEVER_FUNCTIONS:
            self._skip_argument()
            parts.add(_CLASS_WEIGHT, element_tests.never)
            return
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooLargeError(f"a selector in a style sheet nests deeper than {_DEEPEST}")
        self.at += 1
        if name in ("is", "where", "-webkit-any"):
            found = self.read_list(forgiving=True, inner=True)
            parts.add(_NOTHING if name == "where" else _heaviest(found), _any_of(found))
        elif name == "not":
            found = self.read_list(inner=True)
            is_any = _any_of(found)
            parts.add(_heaviest(found), lambda tree, index: not is_any(tree, index))
        elif name == "has":
            parts.add(*self._has())
        elif name in element_tests.NTH:
            parts.add(*self._nth(name))
        elif name in ("lang", "dir"):
            match = _WORDS.match(self.text, self.at)
            if match is None:
                raise BadSelectorError
            self.at = match.end()
            words = [unescape(next(filter(None, word.groups()), "")).lower() for word in _WORD.finditer(match[1])]
            parts.add(_CLASS_WEIGHT, element_tests.inherited_test(name, words))
        else:
            raise BadSelectorError
        self._skip_gap()
        if self._peek() != ")":
            raise BadSelectorError
        self.at += 1
        self._depth -= 1

    def _has(self) -> tuple[Weight, Test]:
        if self._in_has:
            raise BadSelectorError
        self._in_has = True
        found = self.read_list(has=True, inner=True)
        self._in_has = False
        return _heaviest(found), lambda tree, index: any(tree.has(selector, index) for selector in found)

    def _nth(self, name: str) -> tuple[Weight, Test]:
        match = _NTH.match(self.text, self.at)
        if match is None:
            raise BadSelectorError
        self.at = match.end()
        word, step, sign, offset, alone = match.groups()
        if word:
            every, first = 2, int(word.lower() == "odd")
        elif alone:
            every, first = 0, _number(alone)
        else:
            every = _number(step + "1" if step in ("", "+", "-") else step)
            first = _number(sign + offset) if sign else 0
        of: tuple[Selector, ...] | None = None
        found = _OF.match(self.text, self.at)
        if found and "child" in name:
            self.at = found.end()
            of = self.read_list(inner=True)
        weight = _sum(_CLASS_WEIGHT, _heaviest(of or ()))
        return weight, element_tests.nth_test(name, every, first, _any_of(of) if of else None)

    def _ident(self, skip: int) -> str:
        match = _IDENT_AT.match(self.text, self.at + skip)
        if match is None:
            raise BadSelectorError
        self.at = match.end()
        return unescape(match[0])

    def _skip_argument(self) -> None:
        self.at = _end_of_item(self.text, self.at + 1, stop=")")
        if self._peek() != ")":
            raise BadSelectorError
        self.at += 1

    def _skip_gap(self) -> None:
        match = _GAP_AT.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _skip_comments(self) -> None:
        match = _COMMENTS.match(self.text, self.at)
        self.at = match.end() if match else self.at


def _number(text: str) -> int:
    """A whole number; more digits than any count of elements has make no difference."""
    sign, digits = (-1 if text[0] == "-" else 1), text.lstrip("+-").lstrip("0")
    return sign * (int(digits or "0") if len(digits) < 10 else 10**9)


def _end_of_item(text: str, start: int, stop: str = ",)") -> int:
    """Where the next comma or closing parenthesis stands that closes nothing opened since `start`."""
    awaited: list[str] = []
    for match in _SIGNS.finditer(text, start):
        sign = match[0]
        if sign in ("(", "["):
            awaited.append(")" if sign == "(" else "]")
        elif awaited:
            if sign == awaited[-1]:
                awaited.pop()
        elif sign in stop:
            return match.start()
    return len(text)
