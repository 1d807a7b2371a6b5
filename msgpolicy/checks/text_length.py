"""Counts the code points of a message's text against the least and the most that a channel takes.

For the most, the text counts as it is given, white space included, and the violation points to what is too much. For
the least, white space around the text does not count. A limit may differ by the reason of the message; a reason that a
limit does not name has none. With `or_html` a message that has HTML instead of a text counts by what the HTML shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place

Limit = Annotated[int, Meta(ge=0)]
Limits = Limit | dict[str, Limit]


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `text-length`."""

    at_least: Annotated[Limits, Meta(description="Fewest code points: a number, or numbers by `reason`.")] = 0
    at_most: Annotated[
        Limits | None, Meta(description="Most code points: a number, or numbers by `reason`; absent: any number.")
    ] = None
    or_html: Annotated[
        bool, Meta(description="Whether the visible text of the HTML counts where there is no text.")
    ] = False


FILLS = {"length": "code points of the text", "limit": "the limit that it breaks"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    reason = facts.message.reason
    if reason is None and any(isinstance(limits, dict) for limits in (params.at_least, params.at_most)):
        yield Unknown(("reason",))
        return
    reading = None
    if params.or_html and facts.message.text is None:
        reading = next((body.reading for body in facts.bodies), None)
    text = reading.text if reading else facts.message.text or ""
    least, most = _limit(params.at_least, reason), _limit(params.at_most, reason)
    if least is not None and len(text.strip()) < least:
        yield _hit(Place("text"), len(text.strip()), least)
    if most is not None and len(text) > most:
        place = Place.of(reading, most, len(text)) if reading else Place("text", most, len(text))
        yield _hit(place, len(text), most)


def _limit(limits: Limits | None, reason: str | None) -> int | None:
    if isinstance(limits, dict):
        return limits.get(reason or "")
    return limits


def _hit(place: Place, length: int, limit: int) -> Hit:
    return Hit(place, {"length": length, "limit": limit}, {"length": length, "limit": limit})
