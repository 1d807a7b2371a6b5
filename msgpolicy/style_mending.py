"""Edits that take styling out of HTML: a declaration, or the attribute or tag that stands for one.

The rest stays valid, and what is said stays as it is, so these fixes are safe; but for a `font` that also sets letters
bold or italic, for emphasis may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.html.markup import SPACE
from msgpolicy.facts.html.reading import Document
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.report import Edit, Fix

_EMPHASIS = regex.compile(r"font\s*+:[^;]*?\b(?:bold|bolder|italic|oblique|[6-9]00)\b", regex.IGNORECASE)


def without_declaration(document: Document, index: int, winner: Winner) -> Fix | None:
    """Takes out the declaration that wins for an element; None where the markup is not surely understood."""
    if not document.reliable:
        return None
    source, start, end = document.source, winner.start, winner.end
    if source[start] == "<":
        return Fix(safe=True, edits=tuple(_without_center(document, index)))
    if winner.origin == "attribute":
        while source[start - 1] in SPACE:
            start -= 1
    else:
        after = _past_space(source, end)
        if source[after : after + 1] == ";":
            end = _past_space(source, after + 1)
    return Fix(safe=not _EMPHASIS.match(source, start, end), edits=(_edit(start, end, ""),))


def _past_space(source: str, at: int) -> int:
    while at < len(source) and source[at] in SPACE:
        at += 1
    return at


def _without_center(document: Document, index: int) -> Iterator[Edit]:
    """<center> becomes <div>, which stands as it did but for its alignment."""
    element = document.elements[index]
    name = len("center")
    assert element.start is not None
    yield _edit(element.start + 1, element.start + 1 + name, "div")
    if element.content_end is not None and element.outer_end is not None and element.outer_end > element.content_end:
        yield _edit(element.content_end + 2, element.content_end + 2 + name, "div")


def _edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(part="html", start=start, end=end, replacement=replacement)
