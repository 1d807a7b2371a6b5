"""What HTML itself says of how an element looks: browsers' defaults for its tag, and attributes such as bgcolor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgpolicy.facts.html.tree import Element
from msgpolicy.facts.style.colors import Color, html_color
from msgpolicy.facts.style.css import Declaration

_BLOCK_TAGS = """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend listing main menu nav ol optgroup option p plaintext pre search
    section summary ul xmp
"""
_TABLE_DISPLAYS = {
    "table": "table",
    "caption": "table-caption",
    "colgroup": "table-column-group",
    "col": "table-column",
    "thead": "table-header-group",
    "tbody": "table-row-group",
    "tfoot": "table-footer-group",
    "tr": "table-row",
    "td": "table-cell",
    "th": "table-cell",
}
_UNDISPLAYED_TAGS = """
    area base basefont datalist defs desc head iframe link meta metadata noembed noframes param rp script style symbol
    template title
"""
_INLINE_BLOCK_TAGS = "button input select textarea meter progress"
# The display of each tag; all others are inline. An iframe's own text is for browsers that know no frames.
DISPLAY = (
    dict.fromkeys(_BLOCK_TAGS.split(), "block")
    | {"li": "list-item"}
    | _TABLE_DISPLAYS
    | dict.fromkeys(_UNDISPLAYED_TAGS.split(), "none")
    | dict.fromkeys(_INLINE_BLOCK_TAGS.split(), "inline-block")
)
# Drawn, not written: the size and colour of letters do not hide them.
REPLACED = frozenset({"img", "input", "video", "audio", "svg", "object", "embed", "iframe", "canvas", "hr"})
# Text in these keeps its spaces and line breaks.
PREFORMATTED = frozenset({"pre", "textarea", "xmp", "listing", "plaintext"})
# Font sizes by tag, in parts of the surrounding one.
FONT_SCALE = {
    "h1": 2.0,
    "h2": 1.5,
    "h3": 1.17,
    "h5": 0.83,
    "h6": 0.67,
    "big": 1.2,
    "small": 1 / 1.2,
    "sub": 1 / 1.2,
    "sup": 1 / 1.2,
}
LINK_COLOR = Color(0, 0, 238)

# <font size=1> to 7, in CSS pixels.
_FONT_SIZES = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_DIMENSION = re.compile(r"[\t\n\f\r ]*\+?([0-9]{1,9}(?:\.[0-9]{1,9})?)[0-9.]*(%?)")
_FONT_SIZE = re.compile(r"[\t\n\f\r ]*([+-]?)([0-9]{1,4})")

_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_PICTURES = frozenset(
    {"img", "image", "input", "iframe", "video", "object", "embed", "svg", "canvas", "amp-img", "amp-anim"}
)
_WITH_WIDTH = frozenset(_PICTURES | {"table", "td", "th", "col", "colgroup", "hr"})
_WITH_HEIGHT = frozenset(_PICTURES | {"table", "tr", "td", "th", "tbody", "thead"})
_WITH_GROUND = _TABLE_PARTS | {"body"}
_ALIGNED = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "tbody", "thead", "tfoot"})
# Attributes that this module reads; elements that agree in them look alike.
ATTRIBUTES = (
    "align",
    "background",
    "bgcolor",
    "color",
    "face",
    "height",
    "hidden",
    "hspace",
    "open",
    "size",
    "text",
    "type",
    "vspace",
    "width",
)


def presentation(element: Element) -> dict[str, Declaration]:
    """The declarations that an element's attributes stand for, by property; spans cover the attribute in the source."""
    found: dict[str, Declaration] = {}
    attrs = element.attrs
    for name in attrs.keys() & _READ:
        attribute = attrs[name]
        for prop, value in _meaning(element.tag, name, attribute.value):
            found[prop] = Declaration(value, False, attribute.start, attribute.end)
    if element.tag == "center":
        found["text-align"] = Declaration("center", False, element.start or 0, element.end or 0)
    if element.tag == "dialog" and "open" not in attrs:
        found["display"] = Declaration("none", False, element.start or 0, element.end or 0)
    if element.tag == "input" and (element.get("type") or "").strip().lower() == "hidden":
        found["display"] = Declaration("none", False, attrs["type"].start, attrs["type"].end)
    return found


_READ = frozenset(ATTRIBUTES)


def _meaning(tag: str, name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == "hidden":
        yield "display", "none"
    elif name in ("width", "height"):
        if tag in (_WITH_WIDTH if name == "width" else _WITH_HEIGHT):
            yield from _dimension(name, value)
    elif name == "bgcolor":
        if tag in _WITH_GROUND:
            yield from _color("background-color", value)
    elif name == "background":
        if tag in _WITH_GROUND and value.strip():
            yield "background-image", "url"
    elif name in ("color", "size", "face"):
        if tag == "font":
            yield from _font(name, value)
    elif name == "text":
        if tag == "body":
            yield from _color("color", value)
    elif name == "align":
        if tag in _ALIGNED:
            yield "text-align", value.strip().lower()
    elif name in ("hspace", "vspace") and tag == "img":
        for side in ("left", "right") if name == "hspace" else ("top", "bottom"):
            yield from _dimension(f"margin-{side}", value)


def _dimension(prop: str, value: str) -> Iterator[tuple[str, str]]:
    match = _DIMENSION.match(value)
    if match:
        yield prop, match[1] + (match[2] or "px")


def _color(prop: str, value: str) -> Iterator[tuple[str, str]]:
    color = html_color(value)
    if color is not None:
        yield prop, f"#{int(color.red):02x}{int(color.green):02x}{int(color.blue):02x}"


def _font(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == "color":
        yield from _color("color", value)
    elif name == "face" and value.strip():
        yield "font-family", value
    elif name == "size":
        match = _FONT_SIZE.match(value)
        if match:
            size = int(match[2])
            if match[1]:
                size = 3 + size if match[1] == "+" else 3 - size
            yield "font-size", f"{_FONT_SIZES[min(max(size, 1), 7) - 1]:g}px"
