"""Looks for the order id in what a message says: is it there, and is it the one of this order?

An Amazon order id is 3, 7 and 7 digits (`305-1234567-1234567`). Subject, text and visible HTML are one message: the id
may stand in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import regex
from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

ORDER_ID = regex.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
# Shown where the order's own id is not known.
SAMPLE_ID = "305-1234567-1234567"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `order-id`."""

    want: Annotated[
        Literal["present", "matching"],
        Meta(description="`present`: some order id must be there; `matching`: every one must be that of the order."),
    ]


FILLS = {
    "order_id": "the id of this order; a sample one where it is not known",
    "found": "the order id that the message names",
}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    expected = facts.lookup("order.id")
    found: list[tuple[Place, str]] = []
    for reading in facts.visible:
        # Dashes of one code point each: positions stay the same.
        text = reading.reading.text.translate(_DASHES)
        found += [(Place.of(reading.reading, *match.span()), match.group()) for match in ORDER_ID.finditer(text)]
    if params.want == "present":
        # An order that is named by another shape of id is named all the same.
        named = expected is not None and any(expected in reading.reading.text for reading in facts.visible)
        if not found and not named:
            part = next(
                (name for name in ("text", "html", "subject") if getattr(facts.message, name) is not None), "text"
            )
            yield Hit(Place(part), {"order_id": expected or SAMPLE_ID}, {"expected": expected} if expected else {})
    elif expected is None:
        if found:
            yield Unknown(("order.id",))
    else:
        for place, written in found:
            if written != expected:
                yield Hit(place, {"order_id": expected, "found": written}, {"expected": expected, "found": written})
