"""An HTML part as a tree whose every piece knows where it stands in the source.

The tree is the one that a browser builds: implied elements are in it, text that a browser moves out of a table stands
before the table. Elements and texts are lists in the order of the tree; an element's subtree is a slice of both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgpolicy.facts.html.markup import Attribute, attributes
from msgpolicy.facts.spans import OffsetMap, Piece, Reading

if TYPE_CHECKING:
    from msgpolicy.facts.html.text import VisibleSpans
    from msgpolicy.facts.links.urls import Link
    from msgpolicy.facts.style.styles import Styles

_NO_ATTRIBUTES: dict[str, Attribute] = {}
# A selector names at most this many steps, counted from the element upwards.
_LONGEST_SELECTOR = 40


class Element:
    """One element. Spans are offsets into the source, None for an element that the source does not spell out.

    `start`, `end` span the start tag; the content runs to `content_end`, the end tag (if any) to `outer_end`. A browser
    repeats an unclosed <b> or <a> in the next block: such a copy has the start tag of the original, whose index is
    `copy_of`. The subtree is elements[index:last] and texts[first_text:last_text].
    """

    __slots__ = (
        "_attrs",
        "_source",
        "content_end",
        "copy_of",
        "end",
        "first_text",
        "index",
        "last",
        "last_text",
        "namespace",
        "outer_end",
        "parent",
        "start",
        "tag",
    )

    def __init__(
        self,
        source: str,
        index: int,
        tag: str,
        parent: int,
        first_text: int,
        start: int | None = None,
        end: int | None = None,
        namespace: str = "html",
        copy_of: int | None = None,
    ) -> None:
        self._source = source
        self._attrs: dict[str, Attribute] | None = None
        self.index = index
        self.tag = tag
        self.namespace = namespace
        self.parent = parent
        self.start = start
        self.end = end
        self.copy_of = copy_of
        self.first_text = self.last_text = first_text
        self.last = index + 1
        self.content_end: int | None = end
        self.outer_end: int | None = end

    @property
    def attrs(self) -> dict[str, Attribute]:
        """The attributes by lower-case name; of a repeated one the first counts."""
        found = self._attrs
        if found is None:
            if self.start is None or self.end is None or self.end - self.start == len(self.tag) + 2:
                found = _NO_ATTRIBUTES
            else:
                found = attributes(self._source, self.start, self.end)
            self._attrs = found
        return found

    def get(self, name: str) -> str | None:
        """The value of an attribute, character references decoded; empty when valueless, None when absent."""
        attribute = self.attrs.get(name)
        return None if attribute is None else attribute.value

    def adopt(self, start: int, end: int) -> None:
        """Adds what a second <body> or <html> start tag, at source[start:end], gives to this one."""
        self._attrs = attributes(self._source, start, end) | self.attrs

    def __repr__(self) -> str:
        return f"<{self.tag} #{self.index} at {self.start}>"


class TextNode:
    """A run of text in one element. `before` counts the elements that open before it, in the order of the tree."""

    __slots__ = ("_map", "_pieces", "before", "parent", "start", "text")

    def __init__(self, parent: int, before: int, text: str, start: int, pieces: list[Piece] | None = None) -> None:
        """Without `pieces` the text stands in the source as it is, from `start` on."""
        self.parent = parent
        self.before = before
        self.text = text
        self.start = start
        self._pieces = pieces
        self._map: OffsetMap | None = None

    @property
    def literal(self) -> bool:
        """Whether the text stands in the source as it is."""
        return self._pieces is None

    @property
    def pieces(self) -> list[Piece]:
        """How the text maps to the source."""
        return self._pieces or [Piece(0, self.start, self.start + len(self.text), True)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of text[start:end]."""
        if self._pieces is None:
            return self.start + start, self.start + end
        if self._map is None:
            self._map = OffsetMap(self._pieces)
        return self._map.span(start, end)

    def cut(self, start: int, end: int, to: int) -> list[Piece]:
        """The pieces of text[start:end] as they stand in a view that has it at `to`."""
        if start >= end:
            return []
        pieces = self.pieces
        first = bisect_right(pieces, start, key=_start_of) - 1
        found = pieces[first : bisect_left(pieces, end, first, key=_start_of)]
        shift = to - start
        if shift:
            found = [Piece(at + shift, source, stop, literal) for at, source, stop, literal in found]
        at, source, stop, literal = found[-1]
        if literal:
            found[-1] = Piece(at, source, source + end + shift - at, True)
        at, source, stop, literal = found[0]
        if at < to:
            found[0] = Piece(to, source + to - at if literal else source, stop, literal)
        return found

    def __repr__(self) -> str:
        return f"TextNode({self.text!r} at {self.start})"


def _start_of(piece: Piece) -> int:
    return piece.start


class Comment(NamedTuple):
    """A comment, or what a browser takes for one, as source[start:end]."""

    start: int
    end: int


class Document:
    """One HTML part as read. `doubt` says why the reading may differ from a browser's, None when it does not."""

    def __init__(
        self,
        source: str,
        elements: list[Element],
        texts: list[TextNode],
        comments: list[Comment],
        *,
        reader: str,
        doubt: str | None = None,
    ) -> None:
        self.source = source
        self.elements = elements
        self.texts = texts
        self.comments = comments
        self.reader = reader
        self.doubt = doubt
        self._by_tag: dict[str, list[int]] | None = None
        self._ordinals: list[tuple[int, dict[str, int]]] | None = None
        self._marks: tuple[list[int], list[int]] | None = None
        self._visible: VisibleSpans | None = None
        # What each address of an attribute leads to. Filled by `placed.link_in`.
        self.links: dict[str, Link] = {}
        # Filled by `styles.styles_of`.
        self.styles: Styles | None = None

    @property
    def reliable(self) -> bool:
        """Whether elements and texts are what a browser would hold."""
        return self.doubt is None

    @cached_property
    def copies(self) -> frozenset[int]:
        """Elements that a browser repeats elsewhere because they were not closed in time, and those repetitions."""
        repeated = [(element.copy_of, element.index) for element in self.elements if element.copy_of is not None]
        return frozenset(index for pair in repeated for index in pair)

    def ancestors(self, index: int) -> Iterator[int]:
        """The elements around an element, the nearest first."""
        index = self.elements[index].parent
        while index >= 0:
            yield index
            index = self.elements[index].parent

    def find(self, *tags: str) -> list[int]:
        """The elements with one of these tags, in the order of the tree."""
        if self._by_tag is None:
            self._by_tag = {}
            for element in self.elements:
                self._by_tag.setdefault(element.tag, []).append(element.index)
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        return sorted(index for tag in tags for index in self._by_tag.get(tag, []))

    def selector(self, index: int) -> str:
        """A CSS path such as "p:nth-of-type(2) > a", from the body (or from 40 levels up) to the element."""
        ordinals = self._siblings()
        steps: list[str] = []
        while index >= 0 and len(steps) < _LONGEST_SELECTOR:
            element = self.elements[index]
            if steps and element.tag in ("body", "html"):
                break
            ordinal, total = ordinals[index]
            steps.append(element.tag if total[element.tag] == 1 else f"{element.tag}:nth-of-type({ordinal})")
            index = element.parent
        return " > ".join(reversed(steps))

    def selector_at(self, offset: int) -> str | None:
        """The path of the innermost element at a source offset, None outside all."""
        index = self.element_at(offset)
        return None if index < 0 else self.selector(index)

    def _siblings(self) -> list[tuple[int, dict[str, int]]]:
        """For each element its number among the siblings of its tag, and the counts by tag of all its siblings."""
        if self._ordinals is None:
            self._ordinals = []
            counts: dict[int, dict[str, int]] = {}
            for element in self.elements:
                count = counts.setdefault(element.parent, {})
                count[element.tag] = count.get(element.tag, 0) + 1
                self._ordinals.append((count[element.tag], count))
        return self._ordinals

    def element_at(self, offset: int) -> int:
        """The innermost element that source[offset] belongs to, its own tags included; -1 outside all."""
        if self._marks is None:
            # Each mark: offset, what comes later at the same offset, whose the source is from here on.
            marks: list[tuple[int, int, int, int]] = []
            for element in self.elements:
                index = element.index
                if element.start is not None and element.copy_of is None:
                    marks.append((element.start, 2, index, index))
                if element.content_end is not None and element.outer_end is not None:
                    marks.append((element.outer_end, 0, -index, element.parent))
                    if element.outer_end > element.content_end:
                        marks.append((element.content_end, 1, 0, index))
            for text in self.texts:
                marks.extend((piece.source_start, 2, text.parent, text.parent) for piece in text.pieces)
            marks.sort()
            self._marks = [mark[0] for mark in marks], [mark[3] for mark in marks]
        starts, owners = self._marks
        at = bisect_right(starts, offset) - 1
        return owners[at] if at >= 0 else -1

    def readings(self, part: str, hidden: Callable[[int], str | None]) -> list[Reading]:
        """All texts of the document: the visible one, the hidden ones, alternative texts, tooltips, fields.

        `part` names them; `hidden` says why an element's text is not displayed, None if it is.
        """
        from msgpolicy.facts.html.text import read_texts

        found, self._visible = read_texts(self, part, hidden)
        return found

    def visible_span(self, index: int) -> tuple[int, int] | None:
        """The span of the visible reading that an element's subtree fills, None when nothing of it is displayed.

        Raises:
            RuntimeError: `readings` was not called before.
        """
        if self._visible is None:
            raise RuntimeError("visible_span() before readings()")
        element = self.elements[index]
        return self._visible.of_texts(element.first_text, element.last_text)
