"""The text that a person reads in an HTML document, laid out in lines, with the way back to the source.

As a browser's "copy as text": white space is collapsed, blocks, list items and table rows stand on lines of their own,
the cells of a row are parted by tabs. Text that is not displayed is read apart, one reading for each hidden subtree;
of very many, the last ones are one reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgpolicy.facts.html.markup import SPACE, Attribute, value_map
from msgpolicy.facts.html.tree import Document, Element, TextNode
from msgpolicy.facts.limits import MAX_ATTRIBUTE_TEXTS, MAX_HIDDEN_TEXTS, TooLargeError
from msgpolicy.facts.spans import OffsetMap, Piece, Reading
from msgpolicy.facts.style.computed import UNREADABLE_SIZE, Computed
from msgpolicy.facts.style.styles import styles_of
from msgpolicy.later import re_later

# Nobody reads these: neither displayed nor text. (A mail's title is shown nowhere; its subject is.)
_UNREAD = frozenset({"script", "style", "title", "head"})
_WITH_ALTERNATIVE = frozenset({"img", "area", "input"})
# Attributes that hold words for people, and how these reach them.
_TEXT_ATTRIBUTES = {"alt": "alt", "aria-label": "alt", "title": "title", "value": "field", "placeholder": "field"}
# Fields that show nothing of their value.
_WORDLESS_FIELDS = frozenset({"hidden", "checkbox", "radio", "password", "file", "image", "color", "range"})
_SPACE = re_later(r"[\t\n\f\r ]")
# White space that is not shown as it is: all but single spaces.
_SPACES = re_later(r"[\t\n\f\r ]{2,}|[\t\n\f\r]")
# A text in which nothing can be read: white space, soft hyphens, characters of no width.
_BLANK = re_later(r"[\s\u00ad\u034f\u180e\u200b-\u200f\u2060\ufeff]*+")


class VisibleSpans:
    """Where each text node stands in the visible reading."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def of_texts(self, first: int, last: int) -> tuple[int, int] | None:
        """The span that the text nodes first:last fill together, None when none of them is displayed."""
        while first < last and self.starts[first] == self.ends[first]:
            first += 1
        while first < last and self.starts[last - 1] == self.ends[last - 1]:
            last -= 1
        return (self.starts[first], self.ends[last - 1]) if first < last else None


class _Gap(NamedTuple):
    """White space that is shown if text follows on the same line: node.text[start:end]."""

    node: TextNode
    start: int
    end: int


class _Flow:
    """Text as it runs along the page. White space waits until more text shows which of it is seen."""

    __slots__ = ("_breaks", "_gap", "_parts", "_pieces", "_source_end", "_tab", "size", "text_start")

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._source_end = 0
        self._breaks: list[tuple[int, int]] = []
        self._tab = False
        self._gap: _Gap | bool = False
        # Where the text added last begins, None if nothing of it was shown.
        self.text_start: int | None = None

    def start_line(self) -> None:
        """What follows begins on a new line."""
        if self.size and not self._breaks:
            self._breaks.append((self._source_end, self._source_end))

    def start_cell(self) -> None:
        """What follows stands in the next cell of the row."""
        self._tab = True

    def break_line(self, element: Element) -> None:
        """A <br>: several of them make empty lines."""
        if self.size:
            source = self._source_end
            self._breaks.append((element.start or source, element.end or source))

    def part_words(self) -> None:
        """What follows is no part of the word before: an image stands between them."""
        self._gap = self._gap or True

    def add_image(self, letters: Attribute) -> None:
        """An image of letters, in the line where it stands."""
        self._separate()
        self._put(letters.value.strip(), letters.value_start, letters.value_end)
        self._source_end = letters.value_end

    def add(self, node: TextNode, white_space: str) -> None:
        text = node.text
        self.text_start = None
        if white_space == "normal":
            self._add_collapsed(node, 0, len(text), text)
        elif white_space == "pre":
            self._separate()
            self._copy(node, 0, len(text), text)
        else:
            start = 0
            while (stop := text.find("\n", start)) >= 0:
                self._add_collapsed(node, start, stop, text[start:stop])
                if self.size:
                    self._breaks.append(node.span(stop, stop + 1))
                start = stop + 1
            self._add_collapsed(node, start, len(text), text[start:])

    def _add_collapsed(self, node: TextNode, start: int, end: int, text: str) -> None:
        """Adds `text`, which is node.text[start:end], its runs of white space as one space each."""
        core = text.strip(SPACE)
        if not core:
            self._gap = self._gap or _Gap(node, start, end)
            return
        first, last = start, end
        if len(core) < len(text):
            first += len(text) - len(text.lstrip(SPACE))
            last = first + len(core)
            if first > start and not self._gap:
                self._gap = _Gap(node, start, first)
        self._separate()
        if _SPACES.search(core):
            at = first
            for match in _SPACES.finditer(node.text, first, last):
                if match.end() - match.start() > 1:
                    self._copy_flat(node, at, match.start())
                    self._put(" ", *node.span(*match.span()))
                    at = match.end()
            self._copy_flat(node, at, last)
        else:
            self._copy(node, first, last, core)
        if last < end:
            self._gap = _Gap(node, last, end)

    def _separate(self) -> None:
        """Writes the line breaks, tab or space that part what follows from what is there."""
        gap = self._gap
        if self._breaks:
            for start, end in self._breaks:
                self._put("\n", start, end)
            self._breaks = []
        elif (self._tab or gap) and self.size:
            if isinstance(gap, _Gap) and not self._tab:
                self._put(" ", *gap.node.span(gap.start, gap.end))
            else:
                self._put("\t" if self._tab else " ", self._source_end, self._source_end)
        self._tab = self._gap = False
        if self.text_start is None:
            self.text_start = self.size

    def _put(self, text: str, source_start: int, source_end: int) -> None:
        self._pieces.append(Piece(self.size, source_start, source_end, False))
        self._parts.append(text)
        self.size += len(text)

    def _copy_flat(self, node: TextNode, start: int, end: int) -> None:
        """Copies text in which a line break is a space like others."""
        if start < end:
            self._copy(node, start, end, _SPACE.sub(" ", node.text[start:end]))

    def _copy(self, node: TextNode, start: int, end: int, text: str) -> None:
        """Copies node.text[start:end], shown as `text`, which is as long."""
        if node.literal:
            self._source_end = node.start + end
            self._pieces.append(Piece(self.size, node.start + start, self._source_end, True))
        else:
            self._pieces += node.cut(start, end, self.size)
            self._source_end = self._pieces[-1].source_end
        self._parts.append(text)
        self.size += end - start

    def reading(self, document: Document, part: str, shown: str) -> Reading:
        return Reading(part, "".join(self._parts), document.source, OffsetMap(self._pieces), shown=shown)


def read_texts(
    document: Document, part: str, hidden: Callable[[int], str | None]
) -> tuple[list[Reading], VisibleSpans]:
    """See `Document.readings`; also where each text node stands in the visible reading."""
    layout = _Layout(document, hidden)
    layout.run()
    readings = [layout.main.reading(document, part, "visible")]
    for flow in dict.fromkeys(layout.apart.values()):
        reading = flow.reading(document, part, "hidden")
        if not _BLANK.fullmatch(reading.text):
            readings.append(reading)
    return readings + _attribute_texts(document, part, hidden), layout.spans


class _Layout:
    """Walks the elements and texts of a document in order and lets the visible text and each hidden one flow."""

    def __init__(self, document: Document, hidden: Callable[[int], str | None]) -> None:
        self.document = document
        self.hidden = hidden
        self.main = _Flow()
        # By the topmost element of a hidden subtree its text; those beyond MAX_HIDDEN_TEXTS share one.
        self.apart: dict[int, _Flow] = {}
        self.rest = _Flow()
        self.spans = VisibleSpans()
        self.computed = styles_of(document).computed
        # For each element the topmost element of the hidden subtree that it is in, or -1.
        self.roots: list[int] = []
        # Open elements that begin and end lines.
        self.blocks: list[Element] = []

    def run(self) -> None:
        texts = self.document.texts
        count = 0
        for element in self.document.elements:
            while count < len(texts) and texts[count].before <= element.index:
                self._text(count, texts[count])
                count += 1
            self._open(element)
        for index in range(count, len(texts)):
            self._text(index, texts[index])

    def _open(self, element: Element) -> None:
        index = element.index
        while self.blocks and self.blocks[-1].last <= index:
            self._start_line(self.blocks.pop())
        root = -1
        if self.hidden(index) is not None:
            root = self.roots[element.parent] if element.parent >= 0 else -1
            if root < 0:
                root = index
        self.roots.append(root)
        style = self.computed[index]
        if style.flow in ("inline", "none"):
            return
        if style.flow == "block":
            self.blocks.append(element)
            self._start_line(element)
            return
        letters = letters_of(element)
        if letters is not None and root < 0:
            self.main.add_image(letters)
            return
        for flow in self._flows(element):
            if style.flow == "cell":
                flow.start_cell()
            elif style.flow == "break":
                flow.break_line(element)
            else:
                flow.part_words()

    def _start_line(self, element: Element) -> None:
        for flow in self._flows(element):
            flow.start_line()

    def _flows(self, element: Element) -> Iterable[_Flow]:
        """The texts whose lines an element shapes: the visible one too where only its letters are unseen."""
        root = self.roots[element.index]
        if root < 0 or not self.computed[element.index].gone:
            yield self.main
        if root in self.apart:
            yield self.apart[root]

    def _text(self, number: int, node: TextNode) -> None:
        while self.blocks and self.blocks[-1].last_text <= number:
            self._start_line(self.blocks.pop())
        self.main.text_start = None
        if node.parent < 0:
            self.main.add(node, "normal")
        elif self.document.elements[node.parent].tag not in _UNREAD:
            style = self.computed[node.parent]
            self._flow_of(self.roots[node.parent], style).add(node, style.white_space)
        end = self.main.size
        self.spans.starts.append(end if self.main.text_start is None else self.main.text_start)
        self.spans.ends.append(end)

    def _flow_of(self, root: int, style: Computed) -> _Flow:
        if root < 0:
            return self.main
        # Letters that cannot be seen still take their room, unless they have none.
        if not style.gone and style.font_size > UNREADABLE_SIZE:
            self.main.part_words()
        flow = self.apart.get(root)
        if flow is None:
            flow = _Flow() if len(self.apart) < MAX_HIDDEN_TEXTS else self.rest
            flow.start_line()
            self.apart[root] = flow
        return flow


def _attribute_texts(document: Document, part: str, hidden: Callable[[int], str | None]) -> list[Reading]:
    """Alternative texts, then tooltips, then what stands in form fields.

    Raises:
        TooLargeError: there are more than MAX_ATTRIBUTE_TEXTS.
    """
    found: dict[str, list[Reading]] = {"alt": [], "title": [], "field": []}
    for element in document.elements:
        attrs = element.attrs
        if not attrs or element.copy_of is not None:
            continue
        for name, kind in _TEXT_ATTRIBUTES.items():
            attribute = attrs.get(name)
            if attribute is None or not attribute.value.strip() or not is_text(element, name):
                continue
            # An area is never displayed; what it says is shown where its map is.
            shower = element.parent if element.tag == "area" and element.parent >= 0 else element.index
            shown = kind if hidden(shower) is None else "hidden"
            if name == "alt" and shown == "alt" and letters_of(element) is not None:
                continue
            offsets = value_map(document.source, attribute)
            found[kind].append(Reading(part, attribute.value, document.source, offsets, shown=shown))
    readings = [reading for readings in found.values() for reading in readings]
    if len(readings) > MAX_ATTRIBUTE_TEXTS:
        most = f"{MAX_ATTRIBUTE_TEXTS:,}"
        raise TooLargeError(f"{part} has more than {most} alternative texts, tooltips and form fields")
    return readings


def letters_of(element: Element) -> Attribute | None:
    """The alternative text of an image of a letter or two, which is read in the line where the image stands."""
    if element.tag != "img":
        return None
    alt = element.attrs.get("alt")
    return alt if alt is not None and _LETTERS.fullmatch(alt.value) else None


# Others, such as "•" or an emoji, are read apart.
_LETTERS = re_later(r"\s*[\w@.+]{1,2}\s*")


def is_text(element: Element, name: str) -> bool:
    """Whether an attribute holds words for people, which are a reading of their own."""
    if name == "alt":
        return element.tag in _WITH_ALTERNATIVE
    if name == "placeholder":
        return element.tag in ("input", "textarea")
    if name == "value":
        return element.tag == "input" and (element.get("type") or "").strip().lower() not in _WORDLESS_FIELDS
    return name in _TEXT_ATTRIBUTES
