"""Cuts HTML source into tags, texts and comments, in source order, without building a tree.

For what no tree can tell: where the pieces stand that a browser moves or drops, and the text of markup that is beyond
the parsers. One pass; what is never closed runs to the end of the source, as in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgpolicy.facts.html.markup import (
    COMMENT,
    DOCTYPE,
    END_TAG,
    ESCAPABLE_TEXT,
    MARKUP,
    RAW_TEXT,
    START_TAG,
    decode,
    lower,
)
from msgpolicy.facts.html.tree import Comment, Document, Element, TextNode

_TAG_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*+")
_CDATA = re.compile(r"<!\[CDATA\[(?s:.)*?(?:\]\]>|\Z)")


class Cut(NamedTuple):
    """source[start:end]: `kind` is text, raw or cdata (no references), start, end, comment, doctype; `tag` of a tag."""

    kind: str
    start: int
    end: int
    tag: str = ""


def scan(
    source: str,
    content_end: Callable[[str, int, int], int | None] | None = None,
    in_foreign: Callable[[int], bool] = lambda offset: False,
) -> Iterator[Cut]:
    """All pieces of the source.

    `content_end` says of a start tag (name, start, end) where its content ends if that is text alone, else None;
    without it the name decides. `in_foreign` says whether an offset is inside <svg> or <math>, where CDATA is text.
    """
    at, size = 0, len(source)
    while at < size:
        match = MARKUP.search(source, at)
        stop = match.start() if match else size
        if stop > at:
            yield Cut("text", at, stop)
        if match is None:
            return
        first = source[stop + 1]
        name = _TAG_NAME.match(source, stop + 1 + (first == "/"))
        if first in "!?" or name is None:
            match = _CDATA.match(source, stop) if in_foreign(stop) else None
            if match:
                end = match.end() - 3 if match[0].endswith("]]>") else match.end()
                yield Cut("cdata", stop + len("<![CDATA["), max(end, stop + len("<![CDATA[")))
            else:
                match = COMMENT.match(source, stop)
                if match:
                    yield Cut("doctype" if DOCTYPE.match(source, stop) else "comment", stop, match.end())
            # Left are "</>", which is nothing, and "</ ..." without an end.
            at = match.end() if match else stop + 3 if source.startswith("</>", stop) else size
            continue
        match = (END_TAG if first == "/" else START_TAG).match(source, stop)
        if match is None:
            return  # a tag that never ends is dropped, with the rest of the source in it
        tag, at = lower(name[0]), match.end()
        if first == "/":
            yield Cut("end", stop, at, tag)
            continue
        yield Cut("start", stop, at, tag)
        text_end = content_end(tag, stop, at) if content_end else _content_end(source, tag, at)
        if text_end is not None:
            if text_end > at:
                kind = "text" if tag in ESCAPABLE_TEXT else "cdata" if tag == "plaintext" else "raw"
                yield Cut(kind, at, text_end)
            at = text_end


def _content_end(source: str, tag: str, end: int) -> int | None:
    """Where the content of a start tag that ends at `end` ends if it is text alone, by the name of the tag."""
    if tag not in RAW_TEXT and tag not in ESCAPABLE_TEXT:
        return None
    closing = re.compile(rf"</{tag}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, end)
    return closing.start() if closing and tag != "plaintext" else len(source)


def read_flat(source: str, *, reader: str, doubt: str) -> Document:
    """All elements and texts without any nesting: the last resort, for markup that no reader may touch."""
    body = Element(source, 0, "body", -1, 0)
    elements: list[Element] = [body]
    texts: list[TextNode] = []
    comments: list[Comment] = []
    for cut in scan(source):
        if cut.kind == "start":
            elements.append(Element(source, len(elements), cut.tag, 0, len(texts), cut.start, cut.end))
        elif cut.kind == "comment":
            comments.append(Comment(cut.start, cut.end))
        elif cut.kind in ("text", "raw", "cdata"):
            last = elements[-1]
            owner = last if last.end == cut.start and (last.tag in RAW_TEXT or last.tag in ESCAPABLE_TEXT) else body
            text, pieces = decode(source, cut.start, cut.end, raw=cut.kind == "raw", nul="")
            if text:
                texts.append(TextNode(owner.index, len(elements), text, cut.start, pieces))
                owner.last_text = len(texts)
                owner.content_end = owner.outer_end = cut.end
    body.last, body.last_text, body.content_end, body.outer_end = len(elements), len(texts), len(source), len(source)
    return Document(source, elements, texts, comments, reader=reader, doubt=doubt)
