"""What a selector may ask of one element besides tag, id and class: attributes, pseudo-classes, places among siblings.

As an element is at rest: nothing is hovered, focused, visited or typed into, and no script runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msgpolicy.facts.style.matching import Tree

Test = Callable[["Tree", int], bool]

_UNESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[\t\n\f\r ]?|\n|((?s:.)))")
# Code points of a value that are compared in the time of one step.
_PER_STEP = 250
_SPACES = re.compile(r"[\t\n\f\r ]+")
# HTML compares the values of these without regard to case.
_CASELESS = """
    accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir
    direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize
    noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink
"""
_CASELESS_NAMES = frozenset(_CASELESS.split())


def unescape(text: str) -> str:
    """A CSS identifier, or the inside of a string, with its escapes replaced."""
    return _UNESCAPE.sub(_escaped, text) if "\\" in text else text


def _escaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2] or ""
    code = int(match[1], 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in _SPACES.split(value) if wanted else False,
    "|=": lambda value, wanted: value == wanted or value.startswith(wanted + "-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}


def attribute_test(name: str, operator: str | None, wanted: str | None, has_flag: bool) -> Test:
    """Whether an element has an attribute; with `operator`, one whose value stands so to the `wanted` one.

    `has_flag`: the selector says to compare without regard to case.
    """
    if operator is None or wanted is None:
        return lambda tree, index: name in tree.elements[index].attrs
    compare = _COMPARISONS[operator]
    caseless = has_flag or name in _CASELESS_NAMES
    expected = wanted.lower() if caseless else wanted

    def test(tree: Tree, index: int) -> bool:
        value = tree.elements[index].get(name)
        if value is None:
            return False
        tree.step(len(value) // _PER_STEP)
        return compare(value.lower() if caseless else value, expected)

    return test


def never(tree: Tree, index: int) -> bool:
    """No element is so at rest."""
    return False


def _is_link(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    return element.tag in ("a", "area") and "href" in element.attrs


def _is_root(tree: Tree, index: int) -> bool:
    return tree.is_root(index)


def _is_empty(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    return element.last == index + 1 and element.first_text == element.last_text


def _is_defined(tree: Tree, index: int) -> bool:
    return "-" not in tree.elements[index].tag


def _is_open(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    return element.tag in ("details", "dialog") and "open" in element.attrs


_CONTROLS = frozenset({"button", "fieldset", "input", "optgroup", "option", "select", "textarea"})
_FILLED = frozenset({"input", "select", "textarea"})
_UNWRITTEN = frozenset(["button", "checkbox", "color", "file", "hidden", "image", "radio", "range", "reset", "submit"])


def _of_controls(tags: frozenset[str], attribute: str, *, has: bool) -> Test:
    def test(tree: Tree, index: int) -> bool:
        element = tree.elements[index]
        return element.tag in tags and (attribute in element.attrs) == has

    return test


def _is_checked(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    if element.tag == "option":
        return "selected" in element.attrs
    kind = (element.get("type") or "").lower()
    return element.tag == "input" and kind in ("checkbox", "radio") and "checked" in element.attrs


def _is_writable(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    if element.tag == "textarea" or (element.tag == "input" and (element.get("type") or "").lower() not in _UNWRITTEN):
        return "readonly" not in element.attrs and "disabled" not in element.attrs
    editable = element.get("contenteditable")
    return editable is not None and editable.lower() != "false"


def _is_unwritable(tree: Tree, index: int) -> bool:
    return not _is_writable(tree, index)


def _is_placeholder(tree: Tree, index: int) -> bool:
    element = tree.elements[index]
    return element.tag in ("input", "textarea") and "placeholder" in element.attrs and not element.get("value")


NTH = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})


def nth_test(name: str, every: int, first: int, of: Test | None) -> Test:
    """Whether an element is the `every` × n + `first` one among its siblings, counted as the pseudo-class says.

    `of`: only siblings for which it holds are counted, and it must hold for the element.
    """
    of_type, from_end = name.endswith("type"), "last" in name

    def test(tree: Tree, index: int) -> bool:
        if of is None:
            place = tree.place(index, of_type=of_type, from_end=from_end)
        elif of(tree, index):
            place = tree.place_among(index, of, from_end=from_end)
        else:
            return False
        beyond = place - first
        return beyond == 0 if every == 0 else beyond % every == 0 and beyond // every >= 0

    return test


def _is_only_child(tree: Tree, index: int) -> bool:
    return tree.place(index) == 1 and tree.place(index, from_end=True) == 1


def _is_only_of_type(tree: Tree, index: int) -> bool:
    return tree.place(index, of_type=True) == 1 and tree.place(index, of_type=True, from_end=True) == 1


def inherited_test(name: str, words: list[str]) -> Test:
    """Whether the language (`lang`) or direction (`dir`) that an element stands in is one of some words."""

    def test(tree: Tree, index: int) -> bool:
        value = tree.inherited(index, name)
        if name == "dir":
            return (value if value in ("ltr", "rtl") else "ltr") in words
        return any(value == word or (word and value.startswith(word + "-")) for word in words)

    return test


# What needs a pointer, a keyboard, a history, a script or a scrollbar, or cannot be told from the markup. These are the
# names that Chromium 156 knows; a rule with another is dropped.
_AT_WORK = """
    active active-view-transition autofill corner-present current decrement default double-button end focus
    focus-visible focus-within fullscreen future horizontal host hover in-range increment indeterminate interest-source
    interest-target invalid modal no-button out-of-range past picture-in-picture popover-open single-button start target
    target-after target-before target-current user-invalid user-valid valid vertical visited window-inactive xr-overlay
    -webkit-autofill -webkit-drag -webkit-full-page-media -webkit-full-screen -webkit-full-screen-ancestor
"""

PSEUDO_CLASSES: dict[str, Test] = dict.fromkeys(_AT_WORK.split(), never) | {
    "any-link": _is_link,
    "-webkit-any-link": _is_link,
    "link": _is_link,
    "root": _is_root,
    "scope": _is_root,
    "empty": _is_empty,
    "defined": _is_defined,
    "open": _is_open,
    "checked": _is_checked,
    "enabled": _of_controls(_CONTROLS, "disabled", has=False),
    "disabled": _of_controls(_CONTROLS, "disabled", has=True),
    "required": _of_controls(_FILLED, "required", has=True),
    "optional": _of_controls(_FILLED, "required", has=False),
    "read-write": _is_writable,
    "read-only": _is_unwritable,
    "placeholder-shown": _is_placeholder,
    "first-child": nth_test("nth-child", 0, 1, None),
    "last-child": nth_test("nth-last-child", 0, 1, None),
    "only-child": _is_only_child,
    "first-of-type": nth_test("nth-of-type", 0, 1, None),
    "last-of-type": nth_test("nth-last-of-type", 0, 1, None),
    "only-of-type": _is_only_of_type,
}
# Functions that browsers know and that hold for nothing in a mail.
NEVER_FUNCTIONS = frozenset({"active-view-transition-type", "host", "host-context", "state"})

# These may be written with one colon.
OLD_PSEUDO_ELEMENTS = frozenset({"after", "before", "first-letter", "first-line"})
_PSEUDO_ELEMENTS = """
    backdrop checkmark column cue details-content file-selector-button grammar-error marker permission-icon picker-icon
    placeholder scroll-marker scroll-marker-group search-text selection spelling-error target-text view-transition
"""
_PSEUDO_ELEMENT_NAMES = OLD_PSEUDO_ELEMENTS.union(_PSEUDO_ELEMENTS.split())
_FUNCTIONS = """
    cue highlight part picker scroll-button slotted view-transition-group view-transition-image-pair view-transition-new
    view-transition-old
"""
_PSEUDO_ELEMENT_FUNCTIONS = frozenset(_FUNCTIONS.split())


def is_pseudo_element(name: str, *, function: bool) -> bool:
    """Whether browsers know a pseudo-element, written as a `function` or not; WebKit's own are never refused."""
    if function:
        return name in _PSEUDO_ELEMENT_FUNCTIONS
    return name in _PSEUDO_ELEMENT_NAMES or name.startswith("-webkit-")
