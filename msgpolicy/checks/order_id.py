"""Looks for the order id in what a message says: is it there, and is it the one of this order?

An Amazon order id is 3, 7 and 7 digits (`305-1234567-1234567`). Subject, text and visible HTML are one message: the id
may stand in any of them. In a template a placeholder that is known to bring the id in is the id; where only one of an
unknown name is there, the rule is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, ListName, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.placeholders import ends_like, is_known
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.languages import is_surely
from msgpolicy.report import Edit, Fix

ORDER_ID = regex.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
# Shown where the order's own id is not known.
SAMPLE_ID = "305-1234567-1234567"
# Function words by which the language of a line to add is told.
WORDS = 3
_NEWLINE = regex.compile(r"\r\n|\r|\n")
_DASHES = "‐‑‒–—−﹣－"


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `order-id`."""

    want: Annotated[
        Literal["present", "matching"],
        Meta(description="`present`: some order id must be there; `matching`: every one must be that of the order."),
    ]
    line: Annotated[
        dict[str, str],
        Meta(
            description="What a fix adds, by language of the message, `{order_id}` being the id; in other languages it "
            "adds the id alone."
        ),
    ] = msgspec.field(default_factory=dict)
    placeholders: Annotated[
        ListName | None, Meta(description="List of names of placeholders that bring the order id in.")
    ] = None
    others: Annotated[
        tuple[ListName, ...],
        Meta(description="Lists of names of placeholders that are known to bring in something else."),
    ] = ()
    risky: Annotated[ListName | None, Meta(description="List of what such names may end in, too.")] = None


FILLS = {
    "order_id": "the id of this order; a sample one where it is not known",
    "found": "the order id that the message names",
}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    expected = facts.lookup("order.id")
    found: list[tuple[Place, str]] = []
    for reading in facts.visible:
        # Dashes of one code point each: positions stay the same.
        text = reading.reading.text
        for dash in _DASHES if not text.isascii() else "":
            text = text.replace(dash, "-")
        found += [(Place.of(reading.reading, *match.span()), match.group()) for match in ORDER_ID.finditer(text)]
    if params.want == "present":
        # An order that is named by another shape of id is named all the same.
        named = expected is not None and any(expected in reading.reading.text for reading in facts.visible)
        in_place = _by_placeholder(facts, params)
        if in_place is None and not found and not named:
            detail = "a placeholder of an unknown name may bring the order id in, or not"
            yield Unknown(why="undetermined", detail=detail)
        elif not found and not named and not in_place:
            part = next(
                (name for name in ("text", "html", "subject") if getattr(facts.message, name) is not None), "text"
            )
            evidence = {"expected": expected} if expected else {}
            # The id of one order has no place in a template.
            fix = _addition(facts, params.line, expected) if expected and not facts.template else None
            yield Hit(Place(part), {"order_id": expected or SAMPLE_ID}, evidence, fix=fix)
    elif expected is None:
        if found:
            yield Unknown(("order.id",))
    else:
        for place, written in found:
            if written != expected:
                yield Hit(place, {"order_id": expected, "found": written}, {"expected": expected, "found": written})


def _addition(facts: Facts, lines: dict[str, str], order_id: str) -> Fix | None:
    """A line with the order id at the end of the text and of the HTML: both are the same message."""
    declared = facts.message.language
    language = declared.partition("-")[0].lower() if declared else is_surely(facts.evidence, words=WORDS)
    line = lines.get(language or "", "{order_id}").replace("{order_id}", order_id)
    edits: list[Edit] = []
    if text := facts.message.text:
        end = len(text.rstrip())
        newline = _NEWLINE.search(text)
        gap = 2 * (newline.group() if newline else "\n") if end else ""
        edits.append(Edit(part="text", start=end, end=end, replacement=gap + line))
    if facts.message.html:
        import html  # dear to import; a plain text has no use for it

        edit = _html_addition(facts, order_id, f"<p>{html.escape(line)}</p>")
        if edit is None:
            return None
        edits.append(edit)
    return Fix(safe=True, edits=tuple(edits)) if edits else None


def _html_addition(facts: Facts, order_id: str, markup: str) -> Edit | None:
    """The insertion of a paragraph at the end of the body; None where it would not be shown."""
    document, source = facts.document, facts.message.html
    assert document is not None
    assert source is not None
    body = next((document.elements[index] for index in document.find("body")), None)
    place = len(source.rstrip())
    if body is not None and body.content_end is not None and body.outer_end != body.content_end:
        place = body.content_end
    # Inside an unclosed comment, style or hidden element nobody would read it: the result is read before it is offered.
    added = msgspec.structs.replace(facts.message, html=source[:place] + markup + source[place:])
    seen = Facts(added, facts.lexicon, facts.lists).visible
    if not any(order_id in reading.reading.text for reading in seen if reading.reading.part == "html"):
        return None
    return Edit(part="html", start=place, end=place, replacement=markup)


def _by_placeholder(facts: Facts, params: Params) -> bool | None:
    """Whether a placeholder that is shown brings the order id in; None where that cannot be told."""
    ids, others, risky = (
        frozenset[str]().union(*(facts.lists[name] for name in names))
        for names in (
            (params.placeholders,) if params.placeholders else (),
            params.others,
            (params.risky,) if params.risky else (),
        )
    )
    brings: bool | None = False
    for name in {found.placeholder.name for found in facts.shown_placeholders()}:
        if is_known(name, ids):
            return True
        if not is_known(name, others) and not ends_like(name, risky):
            brings = None
    return brings
