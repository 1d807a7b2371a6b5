"""What is seen of each element: a step of its own after parsing.

Attributes such as bgcolor and the style attribute are read, with what inherits from the elements around. Only what
decides whether something is seen, and where lines break, is worked out; no page is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgpolicy.facts.colors import BLACK, WHITE, Color, css_color
from msgpolicy.facts.css import Declaration, cascade, parse_declarations
from msgpolicy.facts.html_tree import Document, Element
from msgpolicy.facts.lengths import ROOT_FONT_SIZE, font_size, length
from msgpolicy.facts.presentation import (
    ATTRIBUTES,
    DISPLAY,
    FONT_SCALE,
    LINK_COLOR,
    PREFORMATTED,
    REPLACED,
    presentation,
)
from msgpolicy.facts.unseen import gone_reason

_ATTRIBUTES = frozenset(ATTRIBUTES)
_NOTHING: Mapping[str, str] = {}
_PRESERVED = {
    "pre": "pre",
    "pre-wrap": "pre",
    "break-spaces": "pre",
    "pre-line": "pre-line",
    "normal": "normal",
    "nowrap": "normal",
    "initial": "normal",
}
_SPREADS = frozenset({"flex", "inline-flex", "grid", "inline-grid"})
# Letters of this size (px) and smaller are no text to anyone.
UNREADABLE_SIZE = 1.0
# An image of this size (px) and smaller parts no words.
_SPECK = 2.0
# What is less opaque than this is not seen.
_SEEN = 0.05
_OFF_SCREEN = -900.0


class Computed(NamedTuple):
    """What is known of an element's look.

    `flow` says how it stands in the text: `inline`, `block`, `cell`, `break` (a <br>), `gap` (an image), `none`.
    `gone` says why nothing of its subtree is displayed, `hidden` why its own text or image is not; None if it is.
    Sizes are in CSS px. `ground` is the colour behind its text, None when that is an image or not known.
    """

    display: str
    flow: str
    white_space: str
    gone: str | None
    hidden: str | None
    font_size: float
    indent: str | None
    visible: bool
    opacity: float
    color: Color | None
    ground: Color | None


_ROOT = Computed("block", "block", "normal", None, None, ROOT_FONT_SIZE, None, True, 1.0, BLACK, WHITE)


class Styles:
    """The styles of one document; worked out for all its elements at first use."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._inline: dict[str, dict[str, Declaration]] = {}
        self._computed: list[Computed] | None = None

    def declarations(self, index: int) -> Mapping[str, str]:
        """The values that win for an element, by property: its attributes' meaning, then its style attribute."""
        element = self.document.elements[index]
        attrs = element.attrs
        if not attrs and element.tag not in ("center", "dialog"):
            return _NOTHING
        style = attrs.get("style")
        inline = self.inline(style.value) if style else {}
        return cascade((presentation(element), inline))

    def inline(self, text: str) -> dict[str, Declaration]:
        """The declarations of a style attribute's value; equal values are read once."""
        found = self._inline.get(text)
        if found is None:
            found = self._inline[text] = parse_declarations(text)
        return found

    @property
    def computed(self) -> list[Computed]:
        """The look of each element."""
        if self._computed is None:
            self._computed = []
            known: dict[tuple[object, ...], Computed] = {}
            for element in self.document.elements:
                parent = self._computed[element.parent] if element.parent >= 0 else _ROOT
                attrs = element.attrs
                key: tuple[object, ...] = (id(parent), element.tag)
                if attrs:
                    style = attrs.get("style")
                    key += (style and style.value, "href" in attrs)
                    if not _ATTRIBUTES.isdisjoint(attrs):
                        key += tuple((name, attrs[name].value) for name in ATTRIBUTES if name in attrs)
                computed = known.get(key)
                if computed is None:
                    computed = known[key] = _compute(parent, element, self.declarations(element.index))
                self._computed.append(computed)
        return self._computed


def styles_of(document: Document) -> Styles:
    """The styles of a document, made once."""
    if document.styles is None:
        document.styles = Styles(document)
    return document.styles


def hidden_reason(document: Document, index: int) -> str | None:
    """Why the text (or image) of an element is not seen, such as "display: none"; None if it is."""
    return styles_of(document).computed[index].hidden


def declarations(document: Document, index: int) -> Mapping[str, str]:
    """The values that win for an element, by property."""
    return styles_of(document).declarations(index)


def declared_size(document: Document, index: int) -> tuple[float | None, float | None]:
    """Width and height that an element declares, in CSS px; None where it declares none or a share of the page."""
    styles = styles_of(document)
    values = styles.declarations(index)
    size = styles.computed[index].font_size
    return _extent(values, "width", size), _extent(values, "height", size)


def _extent(values: Mapping[str, str], name: str, size: float) -> float | None:
    extent = length(values.get(name), size)
    most = length(values.get(f"max-{name}"), size)
    least = length(values.get(f"min-{name}"), size)
    # Without a size of its own an image is as large as it is, but not larger than its maximum.
    if most is not None and (extent is not None or most <= _SPECK):
        extent = most if extent is None else min(extent, most)
    if least is not None and extent is not None:
        extent = max(extent, least)
    return extent


def _compute(parent: Computed, element: Element, values: Mapping[str, str]) -> Computed:
    tag = element.tag
    display = _display(parent, tag, values)
    size = font_size(values.get("font-size"), parent.font_size)
    if tag in FONT_SCALE and "font-size" not in values:
        size = parent.font_size * FONT_SCALE[tag]
    visible = parent.visible
    if "visibility" in values and values["visibility"] not in ("inherit", "unset"):
        visible = values["visibility"] not in ("hidden", "collapse")
    opacity = parent.opacity * _opacity(values.get("opacity"))
    indent = values.get("text-indent", parent.indent)
    color, ground = _color(parent, element, values), _ground(parent, tag, values)
    gone = parent.gone or ("opacity: 0" if opacity < _SEEN else gone_reason(tag, display, values, size))
    hidden = gone or (None if visible else "visibility: hidden")
    if hidden is None and tag not in REPLACED:
        hidden = _unreadable(size, indent, values, color, ground)
    white_space = _PRESERVED.get(values.get("white-space", ""), "pre" if tag in PREFORMATTED else parent.white_space)
    flow = "none" if display == "none" else _flow(tag, display)
    if tag == "img" and hidden is None and flow == "inline" and not _is_speck(values, size):
        flow = "gap"
    return Computed(display, flow, white_space, gone, hidden, size, indent, visible, opacity, color, ground)


def _display(parent: Computed, tag: str, values: Mapping[str, str]) -> str:
    display = values.get("display")
    if display is None or display in ("revert", "revert-layer") or "(" in display:
        display = DISPLAY.get(tag, "inline")
    elif display == "inherit":
        display = parent.display
    elif display in ("initial", "unset"):
        display = "inline"
    is_apart = values.get("float") in ("left", "right") or values.get("position") in ("absolute", "fixed")
    # Such boxes, and all directly in a flex box, are blocks whatever they say. Text runs on around an image.
    if tag not in REPLACED and display in ("inline", "inline-block") and (is_apart or parent.display in _SPREADS):
        display = "block"
    return display


def _flow(tag: str, display: str) -> str:
    if tag == "br":
        return "break"
    if display == "table-cell":
        return "cell"
    words = display.split()
    if display.startswith(("inline", "ruby")) or "inline" in words or display in ("contents", "math"):
        return "inline"
    return "block"


def _opacity(value: str | None) -> float:
    if value is None:
        return 1.0
    number = length(value, whole=1.0)
    return 1.0 if number is None else min(max(number, 0.0), 1.0)


def _color(parent: Computed, element: Element, values: Mapping[str, str]) -> Color | None:
    value = values.get("color")
    if value is None:
        if element.tag == "a" and "href" in element.attrs:
            return LINK_COLOR
        return BLACK if element.tag in ("mark", "button", "input", "select", "textarea") else parent.color
    if value in ("inherit", "unset", "currentcolor"):
        return parent.color
    return BLACK if value == "initial" else css_color(value)


def _ground(parent: Computed, tag: str, values: Mapping[str, str]) -> Color | None:
    if values.get("background-image", "none") not in ("none", "initial", "unset"):
        return None
    value = values.get("background-color")
    if value is None or value in ("initial", "unset", "transparent"):
        # Browsers give these a ground of their own.
        return None if tag in ("mark", "button", "input", "select", "textarea") else parent.ground
    color = parent.ground if value == "inherit" else css_color(value)
    if color is None or color.opacity == 1.0:
        return color
    return None if parent.ground is None else color.over(parent.ground)


def _unreadable(
    size: float, indent: str | None, values: Mapping[str, str], color: Color | None, ground: Color | None
) -> str | None:
    """Why letters cannot be read although their element is displayed."""
    if size <= UNREADABLE_SIZE:
        return f"font-size: {size:.3g}px"
    if indent is not None:
        shift = length(indent, size)
        if shift is not None and shift <= _OFF_SCREEN:
            return f"text-indent: {indent}"
        # The whole width to the right, cut off: a known way to put an image in the place of a text.
        share = re.fullmatch(r"([0-9]{3,6})(?:\.[0-9]*)?%", indent)
        if share and values.get("overflow") in ("hidden", "clip") and values.get("white-space") == "nowrap":
            return f"text-indent: {indent}"
    if color is None:
        return None
    if color.opacity < _SEEN:
        return "color: transparent"
    if ground is not None and color.over(ground).looks_like(ground):
        return f"color: {_name(color)} on {_name(ground)}"
    return None


def _name(color: Color) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in color[:3])


def _is_speck(values: Mapping[str, str], size: float) -> bool:
    return any((extent := _extent(values, name, size)) is not None and extent <= _SPECK for name in ("width", "height"))
