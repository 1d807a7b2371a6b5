"""What is seen of each element: a step of its own after parsing.

Attributes such as bgcolor and the style attribute are read, with what inherits from the elements around.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgpolicy.facts.cascade import Layer, Winner, cascade
from msgpolicy.facts.computed import ROOT, Computed, compute, extent
from msgpolicy.facts.css import Declaration, parse_declarations
from msgpolicy.facts.html_markup import Attribute, value_map
from msgpolicy.facts.html_tree import Document
from msgpolicy.facts.presentation import ATTRIBUTES, presentation

_ATTRIBUTES = frozenset(ATTRIBUTES)
# They mean something without any attribute.
_STYLED_TAGS = frozenset({"center", "dialog"})


class Styles:
    """The styles of one document; worked out for all its elements at first use."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._inline: dict[str, dict[str, Declaration]] = {}
        self._computed: list[Computed] | None = None

    def declarations(self, index: int) -> Mapping[str, str]:
        """The values that win for an element, by property: its attributes' meaning, then its style attribute."""
        return {name: declaration.value for name, (_, declaration) in cascade(self._layers(index)).items()}

    def winning(self, index: int) -> Mapping[str, Winner]:
        """The declarations that win for an element, by property, with where each is written.

        Properties and values are in lower case (strings and addresses as written). Shorthands that are spelled out
        (`font`, `background`, `margin`, `padding`) stand beside what they set, with the same span. Only what is
        declared for the element itself: nothing is inherited, and no default of a browser is among them.
        """
        attribute = self.document.elements[index].attrs.get("style")
        found: dict[str, Winner] = {}
        for name, (origin, declaration) in cascade(self._layers(index)).items():
            span = declaration.start, declaration.end
            if origin == "inline" and attribute is not None:
                span = self._source_span(attribute, *span)
            found[name] = Winner(declaration.value, origin, *span, declaration.important)
        return found

    def inline(self, text: str) -> dict[str, Declaration]:
        """The declarations of a style attribute's value; equal values are read once."""
        found = self._inline.get(text)
        if found is None:
            found = self._inline[text] = parse_declarations(text)
        return found

    @property
    def computed(self) -> list[Computed]:
        """The look of each element."""
        if self._computed is None:
            self._computed = []
            known: dict[tuple[object, ...], Computed] = {}
            for element in self.document.elements:
                parent = self._computed[element.parent] if element.parent >= 0 else ROOT
                attrs = element.attrs
                key: tuple[object, ...] = (id(parent), element.tag)
                if attrs:
                    style = attrs.get("style")
                    key += (style and style.value, "href" in attrs)
                    if not _ATTRIBUTES.isdisjoint(attrs):
                        key += tuple((name, attrs[name].value) for name in ATTRIBUTES if name in attrs)
                computed = known.get(key)
                if computed is None:
                    computed = known[key] = compute(parent, element, self.declarations(element.index))
                self._computed.append(computed)
        return self._computed

    def _layers(self, index: int) -> Iterator[Layer]:
        element = self.document.elements[index]
        attrs = element.attrs
        if attrs or element.tag in _STYLED_TAGS:
            yield "attribute", presentation(element)
        style = attrs.get("style")
        if style:
            yield "inline", self.inline(style.value)

    def _source_span(self, attribute: Attribute, start: int, end: int) -> tuple[int, int]:
        """Where a span of an attribute's value stands in the source."""
        if self.document.source.startswith(attribute.value, attribute.value_start):
            return attribute.value_start + start, attribute.value_start + end
        return value_map(self.document.source, attribute).span(start, end)


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
    styles = styles_of(document)
    values = styles.declarations(index)
    size = styles.computed[index].font_size
    return extent(values, "width", size), extent(values, "height", size)
