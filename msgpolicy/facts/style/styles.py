"""What is seen of each element: a step of its own after parsing.

Attributes such as bgcolor, the rules of <style> elements and the style attribute are read, with what inherits from the
elements around. What is meant for some screens only hides nothing from the others: an element is hidden if it is on
every ordinary screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from msgpolicy.facts.html.markup import Attribute, value_map
from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.style.cascade import Layer, Winner, cascade
from msgpolicy.facts.style.computed import ROOT, Computed, compute, extent
from msgpolicy.facts.style.css import Declaration, parse_declarations
from msgpolicy.facts.style.presentation import ATTRIBUTES, presentation
from msgpolicy.facts.style.sheet_rules import SheetRule
from msgpolicy.facts.style.sheets import Sheets

_ATTRIBUTES = frozenset(ATTRIBUTES)
_NOTHING: Mapping[str, str] = {}
_NO_WINNERS: Mapping[str, Winner] = {}
# They mean something without any attribute.
_STYLED_TAGS = frozenset({"center", "dialog"})


class Styles:
    """The styles of one document; worked out for all its elements at first use.

    Whatever asks for them may raise TooLargeError: the style sheets hold, or take, more than is read.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._inline: dict[str, dict[str, Declaration]] = {}
        self._plain: dict[int, Mapping[str, str] | None] = {}
        self._known_picks: dict[tuple[int, frozenset[str]], Mapping[str, Declaration]] = {}
        # By the kind of elements and what sheets give them on a screen: a number, by which the values are listed.
        self._states: dict[tuple[int, int], int] = {}
        self._values: list[Mapping[str, str]] = []
        # By the kind of elements and the size of their font.
        self._sizes: dict[tuple[int, float], tuple[float | None, float | None]] = {}
        self._computed: list[Computed] | None = None
        self._sheets: Sheets | None = None
        self._too_large = ""

    @property
    def sheets(self) -> Sheets | None:
        """The style sheets, None in a document without any."""
        if self._too_large:
            raise TooLargeError(self._too_large)
        if self._sheets is None and self.document.find("style"):
            try:
                self._sheets = Sheets(self.document)
            except TooLargeError as error:
                self._too_large = str(error)
                raise
        return self._sheets

    @property
    def sheet_rules(self) -> Sequence[SheetRule]:
        """Every rule of every style sheet in order, whether it names an element and whether browsers keep it or not."""
        return self.sheets.rules if self.sheets else ()

    def declarations(self, index: int) -> Mapping[str, str]:
        """The values that win for an element, by property: of attributes, style sheets and its style attribute.

        Of rules for some screens only, those count that are met on the first of `media.SCREENS`.
        """
        return self._values[self._state(self._kinds[0][index], 0)]

    def winning(self, index: int, names: frozenset[str] | None = None) -> Mapping[str, Winner]:
        """The declarations that win for an element, by property, with where each is written; `names`: of these only.

        Properties and values are in lower case (strings and addresses as written). Shorthands that are spelled out
        (`font`, `background`, `margin`, `padding`) stand beside what they set, with the same span. Only what is
        declared for the element itself: nothing is inherited, and no default of a browser is among them. Of rules for
        some screens only, those count that are met on the first of `media.SCREENS`, an ordinary window.
        """
        layers = [layer for layer in self._picked(index, names) if layer[1]]
        if not layers:
            return _NO_WINNERS
        attribute = self.document.elements[index].attrs.get("style")
        to_source = None if attribute is None else self._to_source(attribute)
        found: dict[str, Winner] = {}
        for name, (origin, (value, important, start, end)) in cascade(layers).items():
            if origin == "inline" and to_source is not None:
                start, end = to_source(start, end)
            found[name] = Winner(value, origin, start, end, important)
        return found

    def _picked(self, index: int, names: frozenset[str] | None) -> Iterator[Layer]:
        """The layers of an element with these properties only. Large layers, which elements share, are picked once."""
        for origin, layer in self._layers(index, 0):
            if names is None or origin == "attribute":
                yield origin, layer
                continue
            key = id(layer), names
            picked = self._known_picks.get(key)
            if picked is None:
                kept = {name: declaration for name, declaration in layer.items() if name in names or name == "all"}
                picked = self._known_picks[key] = kept
            yield origin, picked

    def inline(self, text: str) -> dict[str, Declaration]:
        """The declarations of a style attribute's value; equal values are read once."""
        found = self._inline.get(text)
        if found is None:
            found = self._inline[text] = parse_declarations(text)
        return found

    @property
    def computed(self) -> list[Computed]:
        """The look of each element, on the first screen that shows it. Elements that look alike share one."""
        if self._computed is None:
            known: dict[tuple[int, int], Computed] = {}
            same: dict[Computed, Computed] = {}
            self._computed, *others = [self._computed_on(view, known, same) for view in self._views]
            for other in others:
                for index, look in enumerate(self._computed):
                    if look.hidden is not None and other[index].hidden is None:
                        self._computed[index] = other[index]
        return self._computed

    def size(self, index: int) -> tuple[float | None, float | None]:
        """Width and height that an element declares, in CSS px, the greatest where screens differ.

        None where it declares none, or a share of the page.
        """
        key = self._kinds[0][index], self.computed[index].font_size
        known = self._sizes.get(key)
        if known is None:
            known = self._sizes[key] = self._size(*key)
        return known

    def _size(self, kind: int, font_size: float) -> tuple[float | None, float | None]:
        found = []
        for view in self._views:
            values = self._values[self._state(kind, view)]
            found.append((extent(values, "width", font_size), extent(values, "height", font_size)))
        width, height = zip(*found, strict=True)
        return _greatest(width), _greatest(height)

    @property
    def _views(self) -> list[int]:
        return self.sheets.views if self.sheets else [0]

    @cached_property
    def _kinds(self) -> tuple[list[int], list[int]]:
        """For each element the number of its kind, and for each kind its first element.

        Of one kind are elements that agree in all that they themselves add to what they inherit.
        """
        sets = self.sheets.sets if self.sheets else None
        numbers: dict[tuple[object, ...], int] = {}
        kinds: list[int] = []
        firsts: list[int] = []
        for element in self.document.elements:
            attrs = element.attrs
            key: tuple[object, ...] = (element.tag, sets[element.index] if sets else 0)
            if attrs:
                style = attrs.get("style")
                key += (style and style.value, "href" in attrs)
                if not _ATTRIBUTES.isdisjoint(attrs):
                    key += tuple((name, attrs[name].value) for name in ATTRIBUTES if name in attrs)
            kind = numbers.setdefault(key, len(firsts))
            if kind == len(firsts):
                firsts.append(element.index)
            kinds.append(kind)
        return kinds, firsts

    def _state(self, kind: int, view: int) -> int:
        """The number of the values that win for a kind of elements on a screen; screens that do not differ share it."""
        index = self._kinds[1][kind]
        sheets = self.sheets
        given = sheets.declarations(sheets.sets[index], view) if sheets else None
        state = self._states.get((kind, id(given)))
        if state is None:
            state = self._states[kind, id(given)] = len(self._values)
            self._values.append(self._laid_over([layer for layer in self._layers(index, view) if layer[1]]))
        return state

    def _laid_over(self, layers: list[Layer]) -> Mapping[str, str]:
        """The values that win, by property."""
        found: dict[str, str] = {}
        for origin, layer in layers:
            plain = _plain(layer) if origin == "attribute" else self._plain_of(layer)
            if plain is None:
                return {name: declaration.value for name, (_, declaration) in cascade(layers).items()}
            if len(layers) == 1:
                return plain
            found.update(plain)
        return found or _NOTHING

    def _plain_of(self, layer: Mapping[str, Declaration]) -> Mapping[str, str] | None:
        """The values of a layer that many elements share, None if it is not plain; worked out once."""
        if id(layer) not in self._plain:
            self._plain[id(layer)] = _plain(layer)
        return self._plain[id(layer)]

    def _computed_on(
        self, view: int, known: dict[tuple[int, int], Computed], same: dict[Computed, Computed]
    ) -> list[Computed]:
        """The look of each element on one screen; `known`: by the look around and the state, on any screen."""
        found: list[Computed] = []
        kinds, firsts = self._kinds
        states = [self._state(kind, view) for kind in range(len(firsts))]
        for element, kind in zip(self.document.elements, kinds, strict=True):
            parent = found[element.parent] if element.parent >= 0 else ROOT
            state = states[kind]
            computed = known.get((id(parent), state))
            if computed is None:
                computed = compute(parent, element, self._values[state])
                computed = known[id(parent), state] = same.setdefault(computed, computed)
            found.append(computed)
        return found

    def _layers(self, index: int, view: int) -> Iterator[Layer]:
        element = self.document.elements[index]
        attrs = element.attrs
        if element.tag in _STYLED_TAGS or (attrs and not _ATTRIBUTES.isdisjoint(attrs)):
            yield "attribute", presentation(element)
        sheets = self.sheets
        if sheets:
            yield "sheet", sheets.declarations(sheets.sets[index], view)
        style = attrs.get("style")
        if style:
            yield "inline", self.inline(style.value)

    def _to_source(self, attribute: Attribute) -> Callable[[int, int], tuple[int, int]]:
        """Tells where a span of an attribute's value stands in the source."""
        first = attribute.value_start
        if attribute.value_end - first == len(attribute.value):
            return lambda start, end: (first + start, first + end)
        return value_map(self.document.source, attribute).span


def _plain(layer: Mapping[str, Declaration]) -> Mapping[str, str] | None:
    """The values of a layer by property, None where some are important or one is for all properties."""
    if "all" in layer or any(declaration.important for declaration in layer.values()):
        return None
    return {name: declaration.value for name, declaration in layer.items()}


def styles_of(document: Document) -> Styles:
    """The styles of a document, made once."""
    if document.styles is None:
        document.styles = Styles(document)
    return document.styles


def hidden_reason(document: Document, index: int) -> str | None:
    """Why the text (or image) of an element is not seen, such as "display: none"; None if it is."""
    return styles_of(document).computed[index].hidden


def declarations(document: Document, index: int) -> Mapping[str, str]:
    """The values that win for an element, by property."""
    return styles_of(document).declarations(index)


def declared_size(document: Document, index: int) -> tuple[float | None, float | None]:
    """Width and height that an element declares, in CSS px; None where it declares none or a share of the page."""
    return styles_of(document).size(index)


def _greatest(sizes: Sequence[float | None]) -> float | None:
    """The greatest of some sizes; None if one of them is not known."""
    known = [size for size in sizes if size is not None]
    return max(known) if len(known) == len(sizes) else None
