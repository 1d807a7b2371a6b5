"""The style declarations of a document as they are written: each once, with the elements that it shapes.

A declaration in a style sheet may win for a thousand elements; it is one declaration at one place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import regex

from msgpolicy.facts.html.tree import Document, TextNode
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.styles import styles_of

# Elements that are pictures, or show one.
PICTURES = ("img", "svg", "video", "canvas", "object", "embed")
# Properties of images, by which backgrounds, bullets and the like are loaded.
IMAGE_PROPERTIES = frozenset(
    {
        "background",
        "background-image",
        "list-style",
        "list-style-image",
        "content",
        "border-image",
        "border-image-source",
        "-webkit-border-image",
        "mask",
        "mask-image",
        "-webkit-mask",
        "-webkit-mask-image",
        "-webkit-mask-box-image",
        "cursor",
        "shape-outside",
        "behavior",
        "-moz-binding",
    }
)
_JUDGED = IMAGE_PROPERTIES | {
    *("text-align", "direction", "font-family", "color", "line-height", "font-weight"),
    *("width", "max-width", "min-width", "margin-left", "margin-right", "padding-left", "padding-right"),
}
# Values that take over what stands around.
_PASSED_ON = frozenset({"inherit", "unset"})
_UNREAD = frozenset({"script", "style", "title", "head"})
_UNSEEN = regex.compile(r"[\s\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060\u2800\u3164\ufeff]*+")
_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LTR = regex.compile(r"\p{Bidi_Class=L}")
# Code points of one text that tell its direction.
_TELLING = 500


class Declared(NamedTuple):
    """A declaration at its place: the properties that it decides, and the elements that it wins for."""

    winner: Winner
    names: tuple[str, ...]
    elements: tuple[int, ...]


class Shown(NamedTuple):
    """What is shown of text: the number of texts, and of letters that run rightwards and leftwards."""

    texts: int
    rightwards: int
    leftwards: int


class DeclaredStyles:
    """The declarations that win for each element of a document, of what is judged, and the text shown under each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        styles = styles_of(document)
        self.computed = styles.computed
        self.winners: list[Mapping[str, Winner]] = [
            styles.winning(element.index, _JUDGED) for element in document.elements
        ]
        self.shown, self._first = _shown_texts(document)
        pictures = (index for index in document.find(*PICTURES) if self.computed[index].hidden is None)
        self._seen = sorted({*self.shown, *pictures})

    def shows(self, index: int) -> bool:
        """Whether text or a picture is shown in an element or in what it holds."""
        at = bisect_left(self._seen, index)
        return at < len(self._seen) and self._seen[at] < self.document.elements[index].last

    def text_span(self, index: int) -> tuple[int, int]:
        """Where the first text stands that is shown directly in an element."""
        node = self._first[index]
        start = len(node.text) - len(node.text.lstrip())
        return node.span(start, len(node.text.rstrip()))

    def reaching(
        self,
        name: str,
        is_override: Callable[[int, Winner, Shown], bool],
        applies: Callable[[int], bool] = lambda _index: True,
    ) -> Iterator[tuple[int, str, Winner]]:
        """The overrides of an inherited property that reach a text that is shown: (element, property, declaration).

        `is_override` judges a declaration for the texts that it reaches; `applies` says whether the property does
        anything on an element. An override around another one would reach the same texts were the inner one taken
        away, so both are given.
        """
        elements = self.document.elements
        providers: list[int] = []
        for element in elements:
            winner = self.winners[element.index].get(name)
            if winner is not None and winner.value not in _PASSED_ON and applies(element.index):
                providers.append(element.index)
            else:
                providers.append(providers[element.parent] if element.parent >= 0 else -1)
        reached: dict[int, Shown] = {}
        for index, shown in self.shown.items():
            _add(reached, providers[index], shown)
        # From the inside out: children stand behind their parents.
        for index in range(len(elements) - 1, -1, -1):
            reach = reached.get(index)
            if reach is None:
                continue
            winner = self.winners[index][name]
            if is_override(index, winner, reach):
                yield index, name, winner
                parent = elements[index].parent
                _add(reached, providers[parent] if parent >= 0 else -1, reach)


def by_place(found: Iterable[tuple[int, str, Winner]]) -> list[Declared]:
    """Declarations in the order of their places, from (element, property, declaration) each."""
    places: dict[tuple[int, int], tuple[Winner, dict[str, None], dict[int, None]]] = {}
    for index, name, winner in found:
        _, names, elements = places.setdefault((winner.start, winner.end), (winner, {}, {}))
        names[name] = elements[index] = None
    return [
        Declared(winner, tuple(names), tuple(sorted(elements)))
        for _, (winner, names, elements) in sorted(places.items())
    ]


def _add(reached: dict[int, Shown], index: int, shown: Shown) -> None:
    known = reached.get(index)
    reached[index] = shown if known is None else Shown(*(mine + more for mine, more in zip(known, shown, strict=True)))


def _shown_texts(document: Document) -> tuple[dict[int, Shown], dict[int, TextNode]]:
    """By the index of an element, what is shown of the text directly in it, and the first such text."""
    computed = styles_of(document).computed
    found: dict[int, Shown] = {}
    first: dict[int, TextNode] = {}
    for node in document.texts:
        index = node.parent
        if index < 0 or computed[index].hidden or document.elements[index].tag in _UNREAD:
            continue
        if not _UNSEEN.fullmatch(node.text):
            leftwards = 0 if node.text.isascii() else len(_RTL.findall(node.text, 0, _TELLING))
            _add(found, index, Shown(1, len(_LTR.findall(node.text, 0, _TELLING)), leftwards))
            first.setdefault(index, node)
    return found, first
