"""Reads HTML with turbohtml, which builds the tree of a browser and records where each element stands.

It does not record where texts stand. Almost always the tree has the order of the source and both are walked together
(`html_join`). Where it does not, as with text in a table but in none of its cells, a copy of the source is parsed in
which every text carries an invisible number: the tree then tells itself where each text has gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

import turbohtml
from turbohtml import Comment as CommentNode
from turbohtml import DocumentFragment, Namespace, ProcessingInstruction, Text
from turbohtml import Element as ElementNode

from msgpolicy.facts.html.join import Join, OutOfOrderError
from msgpolicy.facts.html.markup import ESCAPABLE_TEXT, LINE_BREAK, RAW_TEXT, SPACE, START_TAG, VOID, decode
from msgpolicy.facts.html.scan import Cut, read_flat, scan
from msgpolicy.facts.html.tree import Comment, Document, Element, TextNode
from msgpolicy.facts.spans import Piece

if TYPE_CHECKING:
    from turbohtml import Document as Tree
    from turbohtml import Node

READER = f"turbohtml {turbohtml.__version__}"

# turbohtml, like Chrome, puts deeper elements beside each other.
_DEEPEST = 512
# A browser repeats unclosed formatting in every block, up to its depth: markup of a few bytes a block can grow
# several hundred times. More possible elements than this are not built.
_MOST_ELEMENTS = 1_000_000
_FORMATTING = re.compile(
    r"<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u"
    r"|table|caption|td|th|applet|marquee|object|template|svg|math)(?=[\t\n\f\r />])([^>]*+)",
    re.IGNORECASE,
)
# An end tag does not reach across the border of these.
_BARRIERS = frozenset(["table", "caption", "td", "th", "applet", "marquee", "object", "template", "svg", "math"])
# Parsers copy the attributes of each further <body> or <html> into the first: quadratic in their number.
_ROOT_TAG = re.compile(r"<(?:body|html)(?=[\t\n\f\r />])", re.IGNORECASE)
_MOST_ROOT_TAGS = 100

_LINE_FEED = re.compile("\n")
_UNPLACED = "the place of a text in the source could not be found"

# The invisible numbers are pairs of characters of planes 15 and 16, which stand for nothing in any font.
_MARK_BASE = 0xF0000
_MARK_RANGE = 0xFFFE
_MARK = re.compile("([\U000f0000-\U000ffffd][\U00100000-\U0010fffd])")
_NUMERIC = re.compile(r"&#(?:[xX][0-9a-fA-F]++|[0-9]++);?")
_MARK_LETTER = re.compile("[\U000f0000-\U0010ffff]")


def read(source: str) -> Document:
    """Reads HTML source; never raises because of what it holds."""
    doubt = _beyond_reading(source)
    if doubt:
        return read_flat(source, reader=READER, doubt=doubt)
    tree = _parse(source, source_locations=True)
    line_break = LINE_BREAK if "\r" in source else _LINE_FEED
    lines = [0, *[match.end() for match in line_break.finditer(source)]]
    try:
        join = _join(source, tree, lines)
    except OutOfOrderError:
        return _Relocation(source, tree, lines).document()
    return Document(
        source, join.elements, join.texts, join.comments, reader=READER, doubt=_doubt_of_depth(join.elements)
    )


def _parse(source: str, *, source_locations: bool = False) -> Tree:
    # No scripts run in a mail program, and none builds shadow trees.
    return turbohtml.parse(source, source_locations=source_locations, allow_declarative_shadow_roots=False)


def _doubt_of_depth(elements: list[Element]) -> str | None:
    if len(elements) < _DEEPEST:
        return None
    depths: list[int] = []
    for element in elements:
        depths.append(depths[element.parent] + 1 if element.parent >= 0 else 1)
    return f"elements are nested {_DEEPEST} deep or deeper" if max(depths) >= _DEEPEST else None


def _beyond_reading(source: str) -> str | None:
    """Why the source must not reach the parser, None if it may."""
    tags = source.count("<")
    if tags * _DEEPEST <= _MOST_ELEMENTS and tags <= _MOST_ROOT_TAGS:
        return None
    if len(_ROOT_TAG.findall(source)) > _MOST_ROOT_TAGS:
        return f"more than {_MOST_ROOT_TAGS} <body> or <html> tags"
    if tags * _DEEPEST > _MOST_ELEMENTS and tags * _unclosed(source) > _MOST_ELEMENTS:
        return "too many unclosed formatting tags"
    return None


def _unclosed(source: str) -> int:
    """How many formatting elements may be open at once, at most; it is never estimated too low."""
    distinct: set[tuple[str, str]] = set()
    can_close: dict[str, int] = {}
    total = most = 0
    for slash, tag, attributes in _FORMATTING.findall(source):
        name = tag.lower()
        if name in _BARRIERS:
            can_close.clear()
        elif not slash:
            distinct.add((name, attributes))
            can_close[name] = can_close.get(name, 0) + 1
            total += 1
            most = max(most, total)
        elif can_close.get(name, 0):
            can_close[name] -= 1
            total -= 1
    # Of equal ones a browser keeps three.
    return min(3 * len(distinct), most + 1, _DEEPEST)


def _join(source: str, tree: Tree, lines: list[int]) -> Join:
    join = Join(source)
    stack: list[Node] = [tree]
    top: Node = tree
    html = Namespace.HTML
    for node in tree.descendants:
        parent = node.parent
        while top is not parent:
            if type(stack.pop()) is ElementNode:
                join.close()
            top = stack[-1]
        if type(node) is ElementNode:
            position = node.position
            start = None if position is None else lines[position[0] - 1] + position[1]
            namespace = node.namespace
            if namespace is html:
                join.open(node.tag, start)
            else:
                join.open(node.tag.lower(), start, namespace.value)
            stack.append(node)
            top = node
        elif type(node) is Text:
            join.text(node.data)
        elif type(node) is DocumentFragment:
            stack.append(node)
            top = node
        elif type(node) is CommentNode or type(node) is ProcessingInstruction:
            join.comment()
        else:
            join.doctype()
    join.finish()
    return join


class _Relocation:
    """Reads a tree that does not have the order of the source."""

    def __init__(self, source: str, tree: Tree, lines: list[int]) -> None:
        self.source = source
        self.tree = tree
        self.lines = lines
        self.doubt: str | None = None
        self.elements: list[Element] = []
        self.by_start: dict[int, Element] = {}
        # Text nodes in the order of the tree: their data, and how many elements open before them, and in which.
        self.nodes: list[tuple[str, int, int]] = []
        self.comments: list[Comment] = []
        self.segments: list[Cut] = []

    def document(self) -> Document:
        self._read_elements()
        self._cut()
        texts = self._place_texts()
        self._close_elements(texts)
        doubt = _doubt_of_depth(self.elements) or self.doubt
        return Document(self.source, self.elements, texts, self.comments, reader=READER, doubt=doubt)

    def _read_elements(self) -> None:
        stack: list[Node] = [self.tree]
        open_elements: list[Element] = []
        for node in self.tree.descendants:
            parent = node.parent
            while stack[-1] is not parent:
                if type(stack.pop()) is ElementNode:
                    self._end(open_elements.pop())
            owner = open_elements[-1].index if open_elements else -1
            if isinstance(node, ElementNode):
                element = self._element(node, owner)
                self.elements.append(element)
                open_elements.append(element)
                stack.append(node)
            elif isinstance(node, DocumentFragment):
                stack.append(node)
            elif isinstance(node, Text):
                self.nodes.append((node.data, len(self.elements), owner))
        for element in open_elements:
            self._end(element)

    def _end(self, element: Element) -> None:
        element.last = len(self.elements)
        element.last_text = len(self.nodes)

    def _element(self, node: ElementNode, parent: int) -> Element:
        element = Element(self.source, len(self.elements), node.tag.lower(), parent, len(self.nodes))
        element.namespace = node.namespace.value
        position = node.position
        if position is None:
            return element
        element.start = self.lines[position[0] - 1] + position[1]
        original = self.by_start.setdefault(element.start, element)
        if original is not element:
            element.copy_of, element.end = original.index, original.end
            return element
        match = START_TAG.match(self.source, element.start)
        if match is None:
            self.doubt = "a start tag could not be found in the source"
            element.start = None
            return element
        element.end = element.content_end = element.outer_end = match.end()
        # Asking for it is slow, and these have no end.
        location = None if element.tag in VOID else node.source_location
        end = location.end_tag if location is not None else None
        if end is not None:
            element.content_end = self.lines[end.start_line - 1] + end.start_col
            element.outer_end = self.lines[end.end_line - 1] + end.end_col
        return element

    def _cut(self) -> None:
        """Finds texts and comments in the source, and gives <body> and <html> what later tags of them add."""
        foreign = sorted(
            (element.start, self._foreign_end(element))
            for element in self.elements
            if element.tag in ("svg", "math") and element.start is not None
        )

        def in_foreign(offset: int) -> bool:
            at = bisect_right(foreign, (offset, len(self.source))) - 1
            return at >= 0 and foreign[at][0] < offset <= foreign[at][1]

        def content_end(tag: str, start: int, end: int) -> int | None:
            element = self.by_start.get(start)
            if element is None or element.namespace != "html" or tag not in RAW_TEXT | ESCAPABLE_TEXT:
                return None
            # Without an end tag such content takes all the rest.
            return len(self.source) if element.content_end == element.end == element.outer_end else element.content_end

        roots: dict[str, Element] = {}
        for element in self.elements:
            if element.tag in ("html", "body"):
                roots.setdefault(element.tag, element)
        for cut in scan(self.source, content_end, in_foreign):
            if cut.kind in ("text", "raw", "cdata"):
                self.segments.append(cut)
            elif cut.kind == "comment":
                self.comments.append(Comment(cut.start, cut.end))
            elif cut.kind == "start" and cut.tag in roots and cut.start not in self.by_start:
                roots[cut.tag].adopt(cut.start, cut.end)

    def _foreign_end(self, element: Element) -> int:
        if element.content_end is not None and element.content_end != element.outer_end:
            return element.content_end
        following = (other.start for other in islice(self.elements, element.last, None) if other.start is not None)
        return next((start for start in following if start > (element.start or 0)), len(self.source))

    def _numbered(self) -> tuple[str, dict[int, int]]:
        """The source with a mark before the first character of each text that is no space, and where those stand."""
        source = _MARK_LETTER.sub("\ufffd", self.source)
        parts: list[str] = []
        firsts: dict[int, int] = {}
        at = 0
        for number, cut in enumerate(self.segments):
            first = _first_character(self.source, cut)
            if cut.kind == "raw" or first is None:
                continue
            firsts[number] = first
            mark = chr(_MARK_BASE + number // _MARK_RANGE) + chr(_MARK_BASE + 0x10000 + number % _MARK_RANGE)
            parts += source[at:first], mark
            at = first
        parts.append(source[at:])
        return _NUMERIC.sub(_without_marks, "".join(parts)), firsts

    def _place_texts(self) -> list[TextNode]:
        numbered, firsts = self._numbered()
        marked = [node.data for node in _parse(numbered).descendants if isinstance(node, Text)]
        raw = {cut.start: cut for cut in self.segments if cut.kind == "raw"}
        if len(marked) != len(self.nodes):
            self.doubt = _UNPLACED
            marked = [_MARK_LETTER.sub("\ufffd", data) for data, _, _ in self.nodes]
        texts: list[TextNode] = []
        for data, (text, before, parent) in zip(marked, self.nodes, strict=True):
            owner = self.elements[parent] if parent >= 0 else None
            cut = raw.get(owner.end) if owner and owner.end is not None else None
            if cut:
                pieces = self._pieces_of_cut(text, 0, cut, cut.start, "\ufffd")
            else:
                pieces = self._pieces(data, text, firsts, owner)
            texts.append(TextNode(parent, before, text, pieces[0].source_start, pieces))
        return texts

    def _pieces(self, marked: str, text: str, firsts: dict[int, int], owner: Element | None) -> list[Piece]:
        lead, *rest = _MARK.split(marked)
        pieces: list[Piece] = []
        if lead:
            # Space that stands alone between two tags has no mark: it is only known what it stands before.
            end = firsts[_number(rest[0])] if rest else (owner and owner.end) or 0
            exact = bool(rest) and self.source[max(end - len(lead), 0) : end] == lead
            pieces.append(Piece(0, end - len(lead) if exact else end, end, exact))
            if lead.strip(SPACE):
                self.doubt = _UNPLACED
        done = len(lead)
        nul = "" if owner is None or (owner.namespace == "html" and owner.tag not in ESCAPABLE_TEXT) else "\ufffd"
        for mark, part in zip(rest[::2], rest[1::2], strict=True):
            number = _number(mark)
            stop = done + len(part)
            pieces += self._pieces_of_cut(text[done:stop], done, self.segments[number], firsts[number], nul)
            done = stop
        return pieces

    def _pieces_of_cut(self, part: str, offset: int, cut: Cut, first: int, nul: str) -> list[Piece]:
        raw = cut.kind != "text"
        text, found = decode(self.source, first, cut.end, raw=raw, nul="\ufffd" if raw else nul)
        if not part.startswith(text) or part[len(text) :].strip(SPACE):
            self.doubt = _UNPLACED
            return [Piece(offset, first, cut.end, False)]
        pieces = [Piece(piece.start + offset, *piece[1:]) for piece in found]
        if len(part) > len(text):
            pieces.append(Piece(offset + len(text), cut.end, cut.end, False))
        return pieces

    def _close_elements(self, texts: list[TextNode]) -> None:
        """Where no end tag says it, an element ends with the last thing in it."""
        ends = [element.outer_end or 0 for element in self.elements]
        for text in texts:
            if text.parent >= 0:
                ends[text.parent] = max(ends[text.parent], text.pieces[-1].source_end)
        for element in reversed(self.elements):
            if element.outer_end == element.end and ends[element.index]:
                element.content_end = element.outer_end = ends[element.index]
            if element.parent >= 0:
                ends[element.parent] = max(ends[element.parent], ends[element.index])


def _without_marks(reference: re.Match[str]) -> str:
    """A numeric reference, another in its place if it stands for a letter that marks are made of."""
    letter, _ = decode(reference[0], 0, len(reference[0]))
    return "&#xfffd;" if _MARK_LETTER.fullmatch(letter) else reference[0]


def _number(mark: str) -> int:
    return (ord(mark[0]) - _MARK_BASE) * _MARK_RANGE + ord(mark[1]) - _MARK_BASE - 0x10000


def _first_character(source: str, cut: Cut) -> int | None:
    """Where the first character of a text stands that is no space; None if there is none."""
    text, pieces = decode(source, cut.start, cut.end, raw=cut.kind != "text", nul="")
    first = len(text) - len(text.lstrip(SPACE))
    if first == len(text):
        return None
    piece = next(piece for piece in reversed(pieces) if piece.start <= first)
    return piece.source_start + first - piece.start if piece.literal else piece.source_start
