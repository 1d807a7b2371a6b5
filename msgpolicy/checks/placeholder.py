"""Judges the placeholders of templates (`{{order_id}}`, `%%order_id%%`, `{% if … %}`): left over, unknown, or risky.

Left over: a message that is about to be sent has a placeholder, a control word or a comment of a template in what it
shows or in an attribute of its HTML. In a template (`--template`) they are filled in later, and only what no template
language will fill in is left over: one that is opened or closed by half, or that markup cuts in two.

Unknown and risky are found in templates only. Unknown: its name is in none of the lists; it may be misspelt. Risky:
what its name ends in says that contact data, a link or an offer may come in its place, which nobody has judged. One
inside the target of a link is judged by `placeholder-link`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.placeholder_link import targets_of
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.html import value_map
from msgpolicy.facts.placeholders import (
    Placeholder,
    ends_like,
    find_placeholders,
    is_known,
    normalized_names,
)
from msgpolicy.facts.spans import Place
from msgpolicy.facts.templates import Found

# Different unknown names for which the nearest known one is looked up; each costs a comparison with all of them.
MAX_LOOKED_UP = 100
# Code points of a name that is looked up.
MAX_NAME = 60
NO_NAME = "—"
# Alternative texts and tooltips are readings of their own.
_READ_ELSEWHERE = frozenset({"alt", "title"})


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `placeholder`."""

    find: Annotated[Literal["leftover", "unknown", "risky"], Meta(description="Which placeholders break the rule.")]
    known: Annotated[tuple[ListName, ...], Meta(description="Lists of names that are known.")] = ()
    risky: Annotated[
        ListName | None, Meta(description="List of what the names of risky placeholders end in; these are known too.")
    ] = None


FILLS = {
    "found": "the placeholder as written",
    "name": "its name in one spelling",
    "near": "the known name that comes nearest, or a dash",
}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    if params.find == "leftover":
        yield from _left_over(facts)
    elif facts.placeholders:
        risky = facts.lists[params.risky] if params.risky else frozenset[str]()
        if params.find == "risky":
            targets = targets_of(facts)
            for found in facts.placeholders:
                name = found.placeholder.name
                if found.placeholder.kind == "value" and ends_like(name, risky) and targets.at(found) is None:
                    yield _hit(found, name)
        else:
            yield from _unknown(facts, frozenset[str]().union(*(facts.lists[name] for name in params.known)), risky)


def _unknown(facts: Facts, known: frozenset[str], risky: frozenset[str]) -> Iterator[Hit]:
    nearest: dict[str, str] = {}
    for found in facts.placeholders:
        name = found.placeholder.name
        if found.placeholder.kind != "value" or is_known(name, known) or ends_like(name, risky):
            continue
        if name not in nearest and len(nearest) < MAX_LOOKED_UP:
            nearest[name] = _nearest(name, known | risky)
        yield _hit(found, name, nearest.get(name, NO_NAME))


def _nearest(name: str, known: frozenset[str]) -> str:
    close = difflib.get_close_matches(name.replace(".", "_")[:MAX_NAME], sorted(normalized_names(known)), 1, 0.75)
    return close[0] if close else NO_NAME


def _hit(found: Found, name: str, near: str = NO_NAME) -> Hit:
    place = Place(found.part, found.placeholder.start, found.placeholder.end)
    evidence = {"name": name, "near": near} if near != NO_NAME else {"name": name}
    return Hit(place, {"found": found.written, "name": name, "near": near}, evidence)


def _left_over(facts: Facts) -> Iterator[Hit]:
    for reading in facts.readings:
        text = reading.reading.text
        for placeholder in find_placeholders(text):
            place = Place.of(reading.reading, placeholder.start, placeholder.end)
            yield _left(place, text, placeholder)
    document = facts.document
    if document is None:
        return
    assert facts.message.html is not None
    for element in document.elements:
        if element.copy_of is not None:
            continue
        for attribute in element.attrs.values():
            if attribute.name in _READ_ELSEWHERE:
                continue
            for placeholder in find_placeholders(attribute.value):
                span = value_map(facts.message.html, attribute).span(placeholder.start, placeholder.end)
                yield _left(Place("html", *span), attribute.value, placeholder, attribute.name)


def _left(place: Place, text: str, placeholder: Placeholder, attribute: str | None = None) -> Hit:
    written = text[placeholder.start : placeholder.end]
    evidence = {"kind": placeholder.kind, "name": placeholder.name, "read_as": written}
    if attribute:
        evidence["attribute"] = attribute
    return Hit(place, {"found": written, "name": placeholder.name, "near": NO_NAME}, evidence)
