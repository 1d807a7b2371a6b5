"""Which of several declarations wins, and where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from msgpolicy.facts.style.css import Declaration

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
            before = found.get(name) or found.get("all")
            if before is not None and before[1].important and not declaration.important:
                continue
            if name == "all":
                # It takes back whatever was declared of any property.
                found = {name: kept for name, kept in found.items() if kept[1].important > declaration.important}
            found[name] = origin, declaration
    return found
