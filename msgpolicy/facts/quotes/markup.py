"""Where HTML shows an older message, and what of the source belongs to it.

A class name alone makes no quote, for nobody sees it: a blockquote counts where it is drawn as one (or stands below a
head), and what mail programs wrap an older message in only tells where that ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from msgpolicy.facts.html.tree import Document, Element
from msgpolicy.facts.quotes.heads import is_dated
from msgpolicy.facts.quotes.lines import Layout, Span
from msgpolicy.facts.spans import Reading
from msgpolicy.later import regex_later

# Outlook on the web puts "x_" before the names of what it quotes.
_CITE = regex_later(r"(?i)(?:^|\s)(?:x_)*(?:gmail_quote|protonmail_quote|tutanota_quote|yahoo_quoted|iosymail)(?:\s|$)")
_WRAPPER = regex_later(
    r"(?i)(?:^|\s)(?:x_)*(?:gmail_quote(?:_container)?|gmail_extra|yahoo_quoted|protonmail_quote|tutanota_quote"
    r"|zmail_extra|moz-forward-container|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION"
    r"|messageReplySection)(?:\s|$)"
)
_HEAD = regex_later(r"(?i)(?:^|\s)(?:x_)*(?:gmail_attr|moz-cite-prefix|divRplyFwdMsg)(?:\s|$)")
# Gmail's indent is a blockquote without a line at its side.
_NO_BORDER = regex_later(r"(?i)border(?:-left|-inline-start)?(?:-width|-style)?\s*:\s*(?:none|0(?:px)?)\s*(?:;|$)")
_BORDER = regex_later(
    r"(?i)border-(?:left|right|inline-start)(?:-width|-style)?\s*:\s*(?!none|0(?:px)?\s*(?:;|$))[^;\s]"
)
# What Word draws above an older message. Any other line across the page is design.
_WORDS_LINE = regex_later(
    r"(?i)\s*border:\s*none;\s*border-top:\s*solid\s+#[0-9a-f]{6}\s+1\.0pt;\s*padding:\s*3\.0pt\s+0(?:in|cm|mm)\s[^;]*;?\s*"
)


def layout_of(document: Document, text: str) -> Layout:
    """What the markup tells of the document's visible text, which `Document.readings` gave."""
    set_off: list[Span] = []
    blocks: list[Span] = []
    within: list[Span] = []
    heads: list[Span] = []
    for element in document.elements:
        if element.tag == "blockquote":
            _add(set_off if _is_drawn(element) else blocks, document, element)
        elif element.start is not None and element.tag in ("div", "span", "p"):
            if _names(_HEAD, element) or _WORDS_LINE.fullmatch(element.get("style") or ""):
                span = document.visible_span(element.index)
                if span is not None and is_dated(text[span[0] : min(span[1], span[0] + 2000)]):
                    _put(heads, span)
            elif _names(_WRAPPER, element):
                _add(within, document, element)
    return Layout(set_off, blocks, within, heads)


def _is_drawn(element: Element) -> bool:
    """Whether a browser draws a blockquote as quoted: marked as a citation, or with a line at its side."""
    style = element.get("style") or ""
    if _BORDER.search(style):
        return True
    if _NO_BORDER.search(style):
        return False
    return (element.get("type") or "").lower() == "cite" or _names(_CITE, element)


def _names(pattern: regex.Pattern[str], element: Element) -> bool:
    return any(pattern.search(element.get(name) or "") for name in ("class", "id", "name") if name in element.attrs)


def _add(spans: list[Span], document: Document, element: Element) -> None:
    span = document.visible_span(element.index)
    if span is not None:
        _put(spans, span)


def _put(spans: list[Span], span: Span) -> None:
    """Adds a span unless it stands in the one before: elements come in the order of the tree."""
    if not spans or span[0] >= spans[-1][1]:
        spans.append(span)


def source_spans(reading: Reading, document: Document, quoted: Sequence[Span]) -> list[Span]:
    """The parts of the HTML that belong to spans of its visible reading: their text, and the tags and all else between.

    What a browser shows elsewhere than where it is written (text in a table's wrong place) is told apart.
    """
    marks: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in (*quoted, (len(reading.text), len(reading.text))):
        marks += _pieces(reading, at, start, False)
        marks += _pieces(reading, start, end, True)
        at = end
    marks += _tags(document, quoted)
    marks.sort()
    spans: list[Span] = []
    open_ = False
    for start, end, is_quoted in marks:
        if is_quoted and open_:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        elif is_quoted:
            spans.append((start, end))
        open_ = is_quoted
    return spans


def _pieces(reading: Reading, start: int, end: int, is_quoted: bool) -> Iterator[tuple[int, int, bool]]:
    """The source of a stretch of the reading, without white space that nothing is written for."""
    if start < end and not reading.text[start:end].isspace():
        yield from ((first, last, is_quoted) for first, last in reading.spans(start, end) if first < last)


def _tags(document: Document, quoted: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The tags of the elements all of whose text is quoted."""
    starts = [start for start, _ in quoted]
    for element in document.elements:
        if element.start is None or element.end is None or element.copy_of is not None:
            continue
        span = document.visible_span(element.index)
        if span is None:
            continue
        index = bisect_right(starts, span[0]) - 1
        if index >= 0 and span[1] <= quoted[index][1]:
            yield element.start, element.end, True
            if element.content_end is not None and element.outer_end is not None:
                yield element.content_end, max(element.outer_end, element.content_end), True
