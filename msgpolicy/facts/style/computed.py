"""How an element looks inside another: what its declared values come to.

Only what decides whether something is seen, where lines break and what the style rules count is worked out; no page is
laid out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgpolicy.facts.html.tree import Element
from msgpolicy.facts.style.colors import BLACK, WHITE, Color, css_color
from msgpolicy.facts.style.lengths import ROOT_FONT_SIZE, font_size, length
from msgpolicy.facts.style.presentation import DISPLAY, FONT_SCALE, LINK_COLOR, PREFORMATTED, REPLACED
from msgpolicy.facts.style.unseen import gone_reason

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
UNREADABLE_SIZE = 2.0
# An image of this size (px) and smaller parts no words.
_SPECK = 2.0
# What is less opaque than this is not seen.
_SEEN = 0.05
_OFF_SCREEN = -900.0
# A fill of letters that is the colour of the text.
_NO_FILL = frozenset({None, "currentcolor", "inherit", "initial", "unset"})
# The names of the sides in a text that runs along lines, as nearly all do.
_LOGICAL = {"width": "inline-size", "height": "block-size"}


class Computed(NamedTuple):
    """What is known of an element's look.

    `flow` says how it stands in the text: `inline`, `block`, `cell`, `break` (a <br>), `gap` (an image), `none`.
    `gone` says why nothing of its subtree is displayed, `hidden` why its own text or image is not; None if it is.
    Sizes are in CSS px. `ground` is the colour behind its text, None when that is an image or not known. `align`,
    `family` and `line_height` are the `text-align`, `font-family` and `line-height` that reach it by inheritance, as
    declared (lower case); None where nothing declares one.
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
    align: str | None
    family: str | None
    line_height: str | None


ROOT = Computed(
    display="block",
    flow="block",
    white_space="normal",
    gone=None,
    hidden=None,
    font_size=ROOT_FONT_SIZE,
    indent=None,
    visible=True,
    opacity=1.0,
    color=BLACK,
    ground=WHITE,
    align=None,
    family=None,
    line_height=None,
)


def extent(values: Mapping[str, str], name: str, size: float) -> float | None:
    """The `width` or `height` that values declare, in px, their bounds considered; None if none or a share (%)."""
    along = _LOGICAL[name]
    found = length(values.get(name, values.get(along)), size)
    most = length(values.get(f"max-{name}", values.get(f"max-{along}")), size)
    least = length(values.get(f"min-{name}", values.get(f"min-{along}")), size)
    # Without a size of its own an image is as large as it is, but not larger than its maximum.
    if most is not None and (found is not None or most <= _SPECK):
        found = most if found is None else min(found, most)
    if least is not None and found is not None:
        found = max(found, least)
    return found


def compute(parent: Computed, element: Element, values: Mapping[str, str]) -> Computed:
    """The look of an element inside `parent`, with the values that win for it."""
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
    align = _inherited(values.get("text-align"), parent.align)
    family = _inherited(values.get("font-family"), parent.family)
    line_height = _inherited(values.get("line-height"), parent.line_height)
    look = display, flow, white_space, gone, hidden, size, indent, visible, opacity, color, ground
    return Computed(*look, align, family, line_height)


def _inherited(value: str | None, parent: str | None) -> str | None:
    """What an inherited property comes to: its own value, or the parent's."""
    if value is None or value in ("inherit", "unset", "revert", "revert-layer"):
        return parent
    return None if value == "initial" else value


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
    fill = values.get("-webkit-text-fill-color")
    value = values.get("color") if fill in _NO_FILL else fill
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
        return f"color: {color.hex} on {ground.hex}"
    return None


def _is_speck(values: Mapping[str, str], size: float) -> bool:
    return any((side := extent(values, name, size)) is not None and side <= _SPECK for name in ("width", "height"))
