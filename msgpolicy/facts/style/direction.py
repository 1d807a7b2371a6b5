"""Where markup turns the direction of a text around: `<bdo>`, and `unicode-bidi` with `direction` or `dir`."""

from __future__ import annotations

import regex

from msgpolicy.facts.html.tree import Document
from msgpolicy.facts.style.styles import styles_of

_MAY_OVERRIDE = regex.compile(r"<bdo|bidi", regex.IGNORECASE)
_BIDI = frozenset({"unicode-bidi", "direction"})
_OVERRIDING = frozenset({"bidi-override", "isolate-override"})


def overridden_spans(document: Document) -> list[tuple[int, int]]:
    """Where in the visible reading of a document markup overrides the direction of the text to right-to-left."""
    if not _MAY_OVERRIDE.search(document.source):
        return []
    styles = styles_of(document)
    to_the_left: list[bool] = []
    found = []
    for element in document.elements:
        values = styles.winning(element.index, _BIDI)
        left = to_the_left[element.parent] if element.parent >= 0 else False
        written = (element.get("dir") or "").strip().lower()
        if "direction" in values:
            left = values["direction"].value == "rtl"
        elif written in ("rtl", "ltr", "auto"):
            left = written == "rtl"
        to_the_left.append(left)
        overrides = values["unicode-bidi"].value in _OVERRIDING if "unicode-bidi" in values else element.tag == "bdo"
        span = document.visible_span(element.index) if left and overrides else None
        if span is not None:
            found.append(span)
    return found
