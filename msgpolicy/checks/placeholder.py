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
from itertools import islice
from typing import Annotated, Literal

from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.checks.placeholder_link import targets_of
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.html.reading import value_map
from msgpolicy.facts.html.text import is_text
from msgpolicy.facts.placeholders import (
    Placeholder,
    ends_like,
    find_placeholders,
    is_known,
    normalized_names,
)
from msgpolicy.facts.spans import Place
from msgpolicy.facts.templates import Found

# Placeholders that are told of one message; a report lists a hundred of one rule.
MAX_TOLD = 1000
# Different unknown names for which the nearest known one is looked up; each costs a comparison with all of them.
MAX_LOOKED_UP = 100
# Code points of a name that is looked up.
MAX_NAME = 60
NO_NAME = "—"


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
        yield from islice(_left_over(facts), MAX_TOLD)
    elif facts.placeholders:
        risky = facts.lists[params.risky] if params.risky else frozenset[str]()
        if params.find == "risky":
            yield from islice(_risky(facts, risky), MAX_TOLD)
        else:
            known = frozenset[str]().union(*(facts.lists[name] for name in params.known))
            yield from islice(_unknown(facts, known, risky), MAX_TOLD)


def _values(facts: Facts) -> Iterator[Found]:
    return (found for found in facts.placeholders if found.placeholder.kind == "value")


def _risky(facts: Facts, risky: frozenset[str]) -> Iterator[Hit]:
    names = {name for name in {found.placeholder.name for found in _values(facts)} if ends_like(name, risky)}
    targets = targets_of(facts)
    for found in _values(facts):
        if found.placeholder.name in names and targets.at(found) is None:
            yield _hit(found, found.placeholder.name)


def _unknown(facts: Facts, known: frozenset[str], risky: frozenset[str]) -> Iterator[Hit]:
    every = {found.placeholder.name for found in _values(facts)}
    unknown = {name for name in every if not is_known(name, known) and not ends_like(name, risky)}
    nearest: dict[str, str] = {}
    for found in _values(facts):
        name = found.placeholder.name
        if name not in unknown:
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
            if is_text(element, attribute.name):
                continue
            found = list(find_placeholders(attribute.value))
            if found:
                places = value_map(facts.message.html, attribute)
                for placeholder in found:
                    span = places.span(placeholder.start, placeholder.end)
                    yield _left(Place("html", *span), attribute.value, placeholder, attribute.name)


def _left(place: Place, text: str, placeholder: Placeholder, attribute: str | None = None) -> Hit:
    written = text[placeholder.start : placeholder.end]
    evidence = {"kind": placeholder.kind, "name": placeholder.name, "read_as": written}
    if attribute:
        evidence["attribute"] = attribute
    return Hit(place, {"found": written, "name": placeholder.name, "near": NO_NAME}, evidence)
