"""What the style sheets of a document say of each of its elements.

Rules are found by the id, class or tag that their last step asks for, so that an element meets few of them; elements
that agree in those share what needs no look around.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgpolicy.facts.html.tree import Document, Element, TextNode
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.spans import OffsetMap, Piece
from msgpolicy.facts.style.cascade import cascade
from msgpolicy.facts.style.css import Declaration
from msgpolicy.facts.style.matching import Tree
from msgpolicy.facts.style.media import SCREENS
from msgpolicy.facts.style.selectors import Compound, Selector, Weight
from msgpolicy.facts.style.sheet_rules import Noted, Place, SheetReader, SheetRule

# Different steps that are told apart when an element's surroundings are looked at in one go.
_KINDS = 512
# Declarations that the elements of a document with attributes are given, all together.
MAX_APPLIED = 1_000_000


class _Entry(NamedTuple):
    """A selector of a rule; `around`: bits of the kinds that must be among the elements around."""

    rule: int
    selector: Selector
    around: int


class _Known(NamedTuple):
    """What is known of all elements with the same tag, id and classes: rules that name them, and those that may."""

    sure: dict[int, Weight]
    open: list[_Entry]
    kinds: int


class Sheets:
    """The style sheets of one document, read and applied.

    `rules` are all their rules in order, used or not; `noted` what they would fetch. `views` are the screens (numbers
    in `media.SCREENS`) that differ in which rules count on them; the first is always 0. `sets` has for each element the
    number of the set of rules that name it, on whatever screen.
    """

    def __init__(self, document: Document) -> None:
        """Reads and applies the sheets.

        Raises:
            TooLargeError: there is more than is read, or it takes more steps than are made.
        """
        self._tree = Tree(document)
        reader = SheetReader()
        nodes: dict[int, list[TextNode]] = {index: [] for index in sheet_elements(document)}
        for node in document.texts:
            if node.parent in nodes:
                nodes[node.parent].append(node)
        for index, texts in nodes.items():
            reader.read(*_joined(texts), index, document.elements[index].get("media"))
        self.rules: list[SheetRule] = reader.rules
        self.noted: list[Noted] = reader.noted
        self.views = _views(self.rules)
        self._has_layers = reader.has_layers
        self._by: dict[str, list[_Entry]] = {}
        self._kinds: dict[str, int] = {}
        for number, rule in enumerate(self.rules):
            if rule.screens:
                for selector in rule.selectors:
                    self._enter(number, selector)
        self._known: dict[tuple[str, str | None, str | None], _Known] = {}
        self._numbers: dict[tuple[int, ...], int] = {}
        self.sets = self._match(document.elements)
        self._merges: dict[tuple[int, ...], Mapping[str, Declaration]] = {}
        self._merged = {view: [self._merged_on(view, rules) for rules in self._numbers] for view in self.views}
        # Elements without attributes look alike; others may each be laid over what they are given.
        own = (number for number, element in zip(self.sets, document.elements, strict=True) if element.attrs)
        if sum(len(self._merged[0][number]) for number in own) > MAX_APPLIED:
            raise TooLargeError(f"the style sheets give elements more than {MAX_APPLIED:,} declarations")

    def declarations(self, number: int, view: int) -> Mapping[str, Declaration]:
        """What the rules of a set declare together on one screen, the declarations that win, by property.

        `number` is one of `sets`, `view` one of `views`. Spans are in the HTML source.
        """
        return self._merged[view][number]

    def _match(self, elements: list[Element]) -> list[int]:
        sets: list[int] = []
        around: list[int] = []
        # By what is known of an element, if nothing around it gives it more rules.
        sure: dict[int, int] = {}
        for element in elements:
            known = self._known_of(element)
            above = around[element.parent] if element.parent >= 0 else 0
            around.append(above | known.kinds)
            self._tree.step(len(known.open))
            more = [
                entry
                for entry in known.open
                if not entry.around & ~above and self._tree.matches(entry.selector, element.index)
            ]
            if more:
                sets.append(self._number(known.sure, more))
            else:
                found = sure.get(id(known))
                if found is None:
                    found = sure[id(known)] = self._number(known.sure, more)
                sets.append(found)
        return sets

    def _number(self, sure: dict[int, Weight], more: list[_Entry]) -> int:
        """The number of the set of some rules; a rule has the weight of its heaviest selector that matches."""
        weights = dict(sure)
        for rule, selector, _ in more:
            weights[rule] = max(selector.weight, weights.get(rule, selector.weight))
        ordered = tuple(sorted(weights, key=lambda rule: (self.rules[rule].layer, weights[rule], rule)))
        return self._numbers.setdefault(ordered, len(self._numbers))

    def _merged_on(self, view: int, numbers: tuple[int, ...]) -> Mapping[str, Declaration]:
        """What those of some rules declare together that count on one screen: one mapping for the same rules."""
        met = tuple(rule for rule in numbers if self.rules[rule].screens >> view & 1)
        found = self._merges.get(met)
        if found is None:
            found = self._merges[met] = self._merge([self.rules[rule] for rule in met])
        return found

    def _merge(self, rules: list[SheetRule]) -> Mapping[str, Declaration]:
        """What some rules, the weakest first, declare together."""
        layers = [rule.declarations for rule in rules]
        if self._has_layers:
            # For what is important, the order of layers is reversed: such rules speak again, in that order.
            turned = sorted(rules, key=lambda rule: [-part for part in rule.layer])
            layers += [{name: item for name, item in rule.declarations.items() if item.important} for rule in turned]
        self._tree.step(1 + sum(map(len, layers)))
        return {name: item for name, (_, item) in cascade(("sheet", layer) for layer in layers).items()}

    def _enter(self, number: int, selector: Selector) -> None:
        if selector.names_part:
            return
        around = 0
        for compound, combinator in zip(selector.compounds, selector.combinators, strict=False):
            if combinator in " >":
                for kind in _kinds(compound):
                    around |= self._kinds.setdefault(kind, 1 << len(self._kinds) % _KINDS)
        kinds = _kinds(selector.compounds[-1])
        self._by.setdefault(kinds[0] if kinds else "*", []).append(_Entry(number, selector, around))

    def _known_of(self, element: Element) -> _Known:
        own_id, own_class = element.get("id"), element.get("class")
        key = element.tag, own_id, own_class
        known = self._known.get(key)
        if known is None:
            kinds = [element.tag, "*", *(f".{name}" for name in sorted(self._tree.classes(element.index)))]
            if own_id is not None:
                kinds.append(f"#{own_id}")
            known = _Known({}, [], 0)
            bits = 0
            for kind in kinds:
                bits |= self._kinds.get(kind, 0)
                for entry in self._by.get(kind, ()):
                    selector = entry.selector
                    if len(selector.compounds) > 1 or selector.compounds[0].tests:
                        known.open.append(entry)
                    elif self._tree.matches(selector, element.index):
                        known.sure[entry.rule] = max(selector.weight, known.sure.get(entry.rule, selector.weight))
            known = self._known[key] = known._replace(kinds=bits)
        return known


def sheet_elements(document: Document) -> list[int]:
    """The <style> elements whose sheets count, in order: not those of other types, in templates or of other titles."""
    found: list[int] = []
    preferred: str | None = None
    templates = document.find("template")
    passed = inert = 0
    for index in document.find("style"):
        while passed < len(templates) and templates[passed] < index:
            inert = max(inert, document.elements[templates[passed]].last)
            passed += 1
        element = document.elements[index]
        kind, title = (element.get("type") or "").lower(), element.get("title")
        if element.namespace == "math" or kind not in ("", "text/css") or index < inert:
            continue
        if title:
            # Sheets with a title are choices; the first title is chosen.
            preferred = preferred or title
            if title != preferred:
                continue
        found.append(index)
    return found


def _views(rules: list[SheetRule]) -> list[int]:
    met = {rule.screens for rule in rules}
    found: dict[tuple[int, ...], int] = {}
    for number in range(len(SCREENS)):
        found.setdefault(tuple(screens >> number & 1 for screens in met), number)
    return list(found.values())


def _kinds(compound: Compound) -> list[str]:
    """What an element must be to match, the rarest first: ids, classes, its tag."""
    kinds = [f"#{name}" for name in compound.ids] + [f".{name}" for name in compound.classes]
    return [*kinds, compound.tag] if compound.tag is not None else kinds


def _joined(nodes: list[TextNode]) -> tuple[str, Place]:
    """The text of some nodes together, and where a span of it stands in the source."""
    if len(nodes) == 1 and nodes[0].literal:
        return nodes[0].text, nodes[0].span
    pieces: list[Piece] = []
    size = 0
    for node in nodes:
        pieces += node.cut(0, len(node.text), size)
        size += len(node.text)
    return "".join(node.text for node in nodes), OffsetMap(pieces).span
