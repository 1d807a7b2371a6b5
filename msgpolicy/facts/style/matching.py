"""Which elements of a document a selector names.

From right to left, as browsers do, and with their way to give up early: where a step fails, all that would fail for the
same reason is passed over. Every step is counted, so that the work is bounded whatever document and sheet hold.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style.element_tests import Test
from msgpolicy.facts.style.selectors import Compound, Selector

# Elements looked at for all selectors of a document together.
MAX_STEPS = 2_000_000

_SPACES = re.compile(r"[\t\n\f\r ]+")


class _Outcome(Enum):
    """How far a failure reaches: past the siblings before, or the elements around, that could be tried instead."""

    MATCHED = auto()
    NOT_THIS = auto()
    NOT_IN_THIS_ROW = auto()
    NOWHERE = auto()


class Tree:
    """The elements of one document, as selectors ask for them."""

    def __init__(self, document: Document) -> None:
        self.elements = document.elements
        # The element that :has() is said of, while it is looked for.
        self.scope = -1
        self.steps = 0
        self._classes: dict[str, frozenset[str]] = {}
        self._rows: _Rows | None = None

    def matches(self, selector: Selector, index: int) -> bool:
        """Whether a selector names an element.

        Raises:
            TooLargeError: MAX_STEPS are used up.
        """
        return self._match(selector, len(selector.compounds) - 1, index) is _Outcome.MATCHED

    def has(self, selector: Selector, index: int) -> bool:
        """Whether a selector of :has() holds of an element; its first compound stands for the element."""
        before, self.scope = self.scope, index
        try:
            return any(self.matches(selector, other) for other in self._reached(selector.combinators[0], index))
        finally:
            self.scope = before

    def _reached(self, combinator: str, index: int) -> range:
        """The elements that may be named below an element, or below and among its later siblings."""
        if combinator in " >":
            return range(index + 1, self.elements[index].last)
        parent = self.elements[index].parent
        return range(self.elements[index].last, self.elements[parent].last if parent >= 0 else len(self.elements))

    def classes(self, index: int) -> frozenset[str]:
        """The classes of an element."""
        text = self.elements[index].get("class")
        if not text:
            return frozenset()
        found = self._classes.get(text)
        if found is None:
            found = self._classes[text] = frozenset(name for name in _SPACES.split(text) if name)
        return found

    def is_root(self, index: int) -> bool:
        return self.elements[index].parent < 0

    def place(self, index: int, *, of_type: bool = False, from_end: bool = False) -> int:
        """The number of an element among its siblings (of its tag), from 1."""
        rows = self._siblings()
        if of_type:
            number, count = rows.typed[index], rows.typed_counts[self.elements[index].parent, self.elements[index].tag]
        else:
            number, count = rows.numbers[index], rows.counts[self.elements[index].parent]
        return count + 1 - number if from_end else number

    def place_among(self, index: int, test: Test, *, from_end: bool) -> int:
        """The number of an element among those of its siblings for which `test` holds, from 1."""
        rows = self._siblings()
        following = rows.next if from_end else rows.previous
        place = 1
        index = following[index]
        while index >= 0:
            self.step()
            place += test(self, index)
            index = following[index]
        return place

    def inherited(self, index: int, name: str) -> str:
        """The value (lower case) of an attribute of the nearest element around, or of the element, that has it."""
        while index >= 0:
            self.step()
            value = self.elements[index].get(name)
            if value is not None:
                return value.lower()
            index = self.elements[index].parent
        return ""

    def step(self, cost: int = 1) -> None:
        """Counts work.

        Raises:
            TooLargeError: MAX_STEPS are used up.
        """
        self.steps += cost
        if self.steps > MAX_STEPS:
            raise TooLargeError(f"the style sheets take more than {MAX_STEPS:,} steps to apply")

    def _match(self, selector: Selector, number: int, index: int) -> _Outcome:
        """Whether compounds up to `number` match with that one at the element `index`."""
        self.step(1 + len(selector.compounds[number].tests))
        if not self._is(selector.compounds[number], index):
            return _Outcome.NOT_THIS
        if number == 0:
            return _Outcome.MATCHED
        combinator = selector.combinators[number - 1]
        in_row = combinator in "+~"
        while True:
            index = self._siblings().previous[index] if in_row else self.elements[index].parent
            if index < 0:
                return _Outcome.NOT_IN_THIS_ROW if in_row else _Outcome.NOWHERE
            outcome = self._match(selector, number - 1, index)
            if outcome is _Outcome.MATCHED or outcome is _Outcome.NOWHERE:
                return outcome
            if combinator == ">":
                return _Outcome.NOT_IN_THIS_ROW
            if in_row and (combinator == "+" or outcome is _Outcome.NOT_IN_THIS_ROW):
                return outcome

    def _is(self, compound: Compound, index: int) -> bool:
        element = self.elements[index]
        if compound.tag is not None and element.tag != compound.tag:
            return False
        if compound.ids:
            own = element.get("id")
            if any(wanted != own for wanted in compound.ids):
                return False
        if compound.classes:
            classes = self.classes(index)
            if any(wanted not in classes for wanted in compound.classes):
                return False
        return all(test(self, index) for test in compound.tests)

    def _siblings(self) -> _Rows:
        if self._rows is None:
            self._rows = _Rows(self)
        return self._rows


class _Rows:
    """Who stands beside whom."""

    def __init__(self, tree: Tree) -> None:
        self.previous: list[int] = []
        self.next: list[int] = [-1] * len(tree.elements)
        self.numbers: list[int] = []
        self.typed: list[int] = []
        self.counts: dict[int, int] = {}
        self.typed_counts: dict[tuple[int, str], int] = {}
        last: dict[int, int] = {}
        for element in tree.elements:
            index, parent = element.index, element.parent
            before = last.get(parent, -1)
            last[parent] = index
            self.previous.append(before)
            if before >= 0:
                self.next[before] = index
            self.counts[parent] = self.counts.get(parent, 0) + 1
            self.numbers.append(self.counts[parent])
            kind = parent, element.tag
            self.typed_counts[kind] = self.typed_counts.get(kind, 0) + 1
            self.typed.append(self.typed_counts[kind])
