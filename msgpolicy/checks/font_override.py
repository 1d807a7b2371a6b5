"""Finds declarations that override the default font family, font colour or line height.

They count where they reach text that is shown: in style attributes and sheets, in `<font>`, in `<body text>` and
`<body link>`. Values that leave the default as it is (`inherit`, `initial`, `normal`, black for text) override nothing.
A declaration is reported once, however many elements it shapes.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.style.cascade import Winner
from msgpolicy.facts.style.colors import BLACK, css_color
from msgpolicy.facts.style.declared import DeclaredStyles, Shown, by_place
from msgpolicy.facts.style.presentation import LINK_COLOR
from msgpolicy.style_mending import without_declaration


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `font-override` has no options."""


FILLS = {"property": "what is overridden: font-family, color or line-height", "found": "the declaration"}

_DEFAULTS = frozenset({"initial", "revert", "revert-layer"})


def check(facts: Facts, _params: Params) -> Iterator[Hit | Unknown]:
    if facts.document is None:
        return
    for found in by_place(_overrides(facts.declared)):
        winner = found.winner
        name = ", ".join(found.names)
        evidence = {"property": name, "value": winner.value, "origin": winner.origin, "elements": len(found.elements)}
        fix = without_declaration(facts.document, found.elements[0], winner)
        fills = {"property": name, "found": facts.document.source[winner.start : winner.end]}
        yield Hit(Place("html", winner.start, winner.end), fills, evidence, fix=fix)


def _overrides(declared: DeclaredStyles) -> Iterator[tuple[int, str, Winner]]:
    links = _in_links(declared)

    def is_color(index: int, winner: Winner, _shown: Shown) -> bool:
        if winner.value in _DEFAULTS or winner.value == "currentcolor":
            return False
        return css_color(winner.value) != (LINK_COLOR if links[index] else BLACK)

    def is_line_height(_index: int, winner: Winner, _shown: Shown) -> bool:
        return winner.value not in _DEFAULTS and winner.value != "normal"

    def is_family(_index: int, winner: Winner, _shown: Shown) -> bool:
        return winner.value not in _DEFAULTS

    yield from declared.reaching("font-family", is_family)
    yield from declared.reaching("color", is_color)
    yield from declared.reaching("line-height", is_line_height)
    yield from _link_colors(declared)


def _in_links(declared: DeclaredStyles) -> list[bool]:
    """Whether each element is, or stands in, an <a href>, whose text has a default colour of its own."""
    found: list[bool] = []
    for element in declared.document.elements:
        around = element.parent >= 0 and found[element.parent]
        found.append(around or (element.tag == "a" and "href" in element.attrs))
    return found


def _link_colors(declared: DeclaredStyles) -> Iterator[tuple[int, str, Winner]]:
    """What <body link> and its like give to the links that are shown."""
    document = declared.document
    links = _in_links(declared)
    if not any(links[index] for index in declared.shown):
        return
    for index in document.find("body"):
        for name in ("link", "vlink", "alink"):
            attribute = document.elements[index].attrs.get(name)
            if attribute is not None and attribute.value.strip():
                yield index, "color", Winner(attribute.value, "attribute", attribute.start, attribute.end, False)
