"""Which of several declarations wins, and where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from msgpolicy.facts.css import Declaration

Origin = Literal["attribute", "inline", "sheet"]
Layer = tuple[Origin, Mapping[str, Declaration]]


class Winner(NamedTuple):
    """The declaration that decides one property of an element.

    `origin` is `attribute` (bgcolor, <center>), `inline` (the style attribute) or `sheet` (a <style> element). `start`
    and `end` span the declaration as written in the HTML source, without the semicolon; a shorthand has one span for
    all that it sets. For an attribute they span its whole `name="value"`, for what a tag itself means its start tag.
    """

    value: str
    origin: Origin
    start: int
    end: int
    important: bool


def cascade(layers: Iterable[Layer]) -> dict[str, tuple[Origin, Declaration]]:
    """The declarations that win, by property. Later layers win; `!important` wins over all that is not."""
    found: dict[str, tuple[Origin, Declaration]] = {}
    for origin, layer in layers:
        for name, declaration in layer.items():
            if declaration.important or name not in found or not found[name][1].important:
                found[name] = origin, declaration
    return found
