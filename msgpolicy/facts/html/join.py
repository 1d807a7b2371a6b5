"""Joins a parser's tree to the source that it was parsed from.

A parser says which nodes there are; here the source is walked along with the tree, in one pass, so that each node gets
its exact span. Where the tree does not have the order of the source (text moved out of a table, tags that no element
came of), the walk stops with `OutOfOrderError`: nothing is ever placed by guess.
"""

from __future__ import annotations

import re

from msgpolicy.facts.html.markup import (
    COMMENT,
    DOCTYPE,
    DROPS_NEWLINE,
    END_TAG,
    ESCAPABLE_TEXT,
    LINE_BREAK,
    MARKUP,
    PLAIN_END_TAG,
    RAW_TEXT,
    SPACE,
    START_TAG,
    VOID,
    decode,
)
from msgpolicy.facts.html.tree import Comment, Element, TextNode
from msgpolicy.facts.spans import Piece

_SPACES = re.compile(r"[\t\n\f\r ]*+")
_CDATA = "<![CDATA["
_TAG_START = re.compile("</?[A-Za-z]")
_match_start_tag = START_TAG.match


class OutOfOrderError(Exception):
    """The tree cannot be laid along the source."""


class Join:
    """Takes the nodes of a tree in order (open, text, comment, doctype, close, finish) and finds them in the source.

    Afterwards `elements`, `texts` and `comments` hold them; `untidy` tells whether an end tag was missing or astray.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.elements: list[Element] = []
        self.texts: list[TextNode] = []
        self.comments: list[Comment] = []
        self.untidy = False
        self._at = 0
        self._open: list[Element] = []
        self._parent = -1
        self._by_start: dict[int, int] = {}
        # Comments passed while looking for the rest of a text: in the tree they stand after it.
        self._passed = 0
        # Where </body> and </html> stand: what follows them still belongs to the body.
        self._ended: dict[str, tuple[int, int]] = {}

    def open(self, tag: str, start: int | None, namespace: str = "html") -> None:
        """An element whose start tag is at `start`, None when the source has no tag for it."""
        source, at = self.source, self._at
        index = len(self.elements)
        element = Element(source, index, tag, self._parent, len(self.texts))
        if start is None:
            element.content_end = element.outer_end = at
        elif start < at:
            self._copy(element, start)
        else:
            if start > at:
                self._skip(start)
            match = _match_start_tag(source, start)
            if match is None:
                raise OutOfOrderError
            element.start = start
            element.end = element.content_end = element.outer_end = self._at = match.end()
            self._by_start[start] = index
            if tag in DROPS_NEWLINE and namespace == "html" and source[self._at : self._at + 1] in ("\r", "\n"):
                self._at += 2 if source.startswith("\r\n", self._at) else 1
        if namespace != "html":
            element.namespace = namespace
        self.elements.append(element)
        self._open.append(element)
        self._parent = index

    def _copy(self, element: Element, start: int) -> None:
        original = self._by_start.get(start)
        if original is None or self.elements[original].tag != element.tag:
            raise OutOfOrderError
        element.copy_of = original
        element.start, element.end = start, self.elements[original].end
        element.content_end = element.outer_end = self._at

    def close(self) -> None:
        """The end of the element that was opened last."""
        element = self._open.pop()
        self._parent = element.parent
        element.last = len(self.elements)
        element.last_text = len(self.texts)
        tag, at = element.tag, self._at
        if tag in VOID:
            return
        end_tag = f"</{tag}>"
        if self.source.startswith(end_tag, at):
            element.content_end = at
            element.outer_end = self._at = at + len(end_tag)
            return
        if self.source.startswith("</", at):
            match = PLAIN_END_TAG.match(self.source, at)
            if match and match[1].lower() == tag:
                element.content_end = at
                element.outer_end = self._at = match.end()
                return
        if tag in self._ended:
            element.content_end, element.outer_end = self._ended[tag]
            return
        if element.start is not None:
            self.untidy = True
        element.content_end = element.outer_end = at

    def text(self, data: str) -> None:
        """A text node in the element that is open."""
        source, at = self.source, self._at
        end = at + len(data)
        # Most texts stand in the source as they are, up to the next tag. If this "<" were text, data would go on.
        if source.startswith(data, at) and source[end : end + 1] in ("<", ""):
            self.texts.append(TextNode(self._parent, len(self.elements), data, at))
            self._at = end
            return
        if data[0] not in SPACE and source[at : at + 1] in ("\t", "\n", "\f", "\r", " "):
            # Space before the first text of a document is dropped.
            self._skip_space()
        owner = self._open[-1] if self._open else None
        if owner and owner.namespace == "html" and owner.tag in RAW_TEXT:
            pieces = self._raw(len(data), data)
        elif owner and owner.namespace == "html" and owner.tag in ESCAPABLE_TEXT:
            pieces = self._escapable(owner.tag, data)
        else:
            pieces = self._segments(data, foreign=owner is not None and owner.namespace != "html")
        self.texts.append(TextNode(self._parent, len(self.elements), data, pieces[0].source_start, pieces))

    def _raw(self, size: int, data: str) -> list[Piece]:
        """Text that no reference is replaced in: as long as `data`, its line breaks folded."""
        end = self._at + size
        for match in LINE_BREAK.finditer(self.source, self._at):
            if match.start() >= end:
                break
            end += match.end() - match.start() - 1
        text, pieces = decode(self.source, self._at, end, raw=True)
        if text != data:
            raise OutOfOrderError
        self._at = end
        return pieces

    def _escapable(self, tag: str, data: str) -> list[Piece]:
        closing = re.compile(rf"</{tag}(?=[\t\n\f\r />])", re.IGNORECASE).search(self.source, self._at)
        end = closing.start() if closing else len(self.source)
        text, pieces = decode(self.source, self._at, end)
        if text != data:
            raise OutOfOrderError
        self._at = end
        return pieces

    def _segments(self, data: str, *, foreign: bool) -> list[Piece]:
        """Text with references in it, or interrupted by tags which no element came of."""
        pieces: list[Piece] = []
        done = 0
        while done < len(data):
            if foreign and self.source.startswith(_CDATA, self._at):
                start = self._at + len(_CDATA)
                stop = self.source.find("]]>", start)
                stop = len(self.source) if stop < 0 else stop
                text, found = decode(self.source, start, stop, raw=True)
                self._at = min(stop + 3, len(self.source))
            else:
                stop = self._text_end()
                if stop == self._at:
                    self._pass_by()
                    continue
                text, found = decode(self.source, self._at, stop, nul="\ufffd" if foreign else "")
                if len(text) > len(data) - done:
                    # Space that ends the head, before text that begins the body.
                    text, found, stop = self._first_part(text, found, len(data) - done)
                self._at = stop
            if not data.startswith(text, done):
                raise OutOfOrderError
            pieces += found if done == 0 else [Piece(piece.start + done, *piece[1:]) for piece in found]
            done += len(text)
        return pieces

    def _first_part(self, text: str, pieces: list[Piece], size: int) -> tuple[str, list[Piece], int]:
        if text[:size].strip(SPACE) or text[size] in SPACE:
            raise OutOfOrderError
        found = TextNode(-1, 0, text, 0, pieces).cut(0, size, 0)
        return text[:size], found, found[-1].source_end

    def _text_end(self) -> int:
        stop = self.source.find("<", self._at)
        if stop < 0:
            return len(self.source)
        match = MARKUP.search(self.source, stop)
        return match.start() if match else len(self.source)

    def _pass_by(self) -> None:
        """Steps over an end tag that ends nothing here, or a comment that the tree has elsewhere."""
        match = PLAIN_END_TAG.match(self.source, self._at)
        if match:
            tag = match[1].lower()
            if tag in ("body", "html"):
                self._ended.setdefault(tag, match.span())
            else:
                self.untidy = True
        else:
            match = COMMENT.match(self.source, self._at)
            if not match:
                raise OutOfOrderError
            if not DOCTYPE.match(self.source, self._at):
                self.comments.append(Comment(*match.span()))
                self._passed += 1
        self._at = match.end()

    def _skip(self, target: int | None = None) -> None:
        """Steps over what the tree leaves out: space, stray end tags. Up to `target` if one is given."""
        while True:
            self._skip_space()
            if self._at == target or not self._is_ignored():
                break
            self._pass_by()
        if target is not None and self._at != target:
            raise OutOfOrderError

    def _is_ignored(self) -> bool:
        """Whether here stands an end tag, or a doctype where none counts."""
        return self.source.startswith("</", self._at) or DOCTYPE.match(self.source, self._at) is not None

    def _is_cut_off(self) -> bool:
        """Whether here stands a tag that never ends: it is dropped, with all that follows."""
        return _TAG_START.match(self.source, self._at) is not None and (
            START_TAG.match(self.source, self._at) is None and END_TAG.match(self.source, self._at) is None
        )

    def _skip_space(self) -> None:
        match = _SPACES.match(self.source, self._at)
        self._at = match.end() if match else self._at

    def comment(self) -> None:
        """A comment, or another node that is none of the text (processing instruction)."""
        if self._passed:
            self._passed -= 1
            return
        match = COMMENT.match(self.source, self._at)
        if not match:
            self._skip()
            match = COMMENT.match(self.source, self._at)
            if not match:
                raise OutOfOrderError
        self.comments.append(Comment(*match.span()))
        self._at = match.end()

    def doctype(self) -> None:
        self._skip_space()
        match = DOCTYPE.match(self.source, self._at)
        if not match:
            raise OutOfOrderError
        self._at = match.end()

    def finish(self) -> None:
        """The end of the tree: nothing but space and end tags may be left of the source."""
        while self._open:
            self.close()
        self._skip()
        if self._at < len(self.source) and not self._is_cut_off():
            raise OutOfOrderError
        if self._passed:
            raise OutOfOrderError
