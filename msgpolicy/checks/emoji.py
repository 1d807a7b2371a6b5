"""Finds emoji, and emoticons such as :-).

They are looked for in the subject, the text and the HTML, in alternative texts and in what is hidden. What an emoji is,
Unicode's data decide: text symbols (☎ ✓ ★ ❤ ↔) are none unless a variation selector makes pictures of them; digits,
keycaps (1️⃣) and © ® ™ never are. A run of emoji is one violation. A mouth that closes a parenthesis, as in
"(order no:)", is no smile.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Annotated, Any

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.emoji import Picture, find_emoji, find_emoticons
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.limits import MAX_PICTURES
from msgpolicy.facts.spans import Place, Reading
from msgpolicy.mending import without_words
from msgpolicy.report import Fix


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `emoji`."""

    emoticons: Annotated[bool, Meta(description="Whether emoticons count too.")] = True


FILLS = {"found": "the emoji or emoticon"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    for entry in facts.readings:
        reading = entry.reading
        emoji = () if reading.text.isascii() else find_emoji(reading.text)
        found = chain(emoji, find_emoticons(reading.text) if params.emoticons else ())
        for picture in islice(found, MAX_PICTURES):
            written = reading.text[picture.start : picture.end]
            evidence: dict[str, Any] = {"kind": picture.kind, "number": picture.number, "found": written}
            if reading.shown != "visible":
                evidence["shown"] = reading.shown
            place = Place.of(reading, picture.start, picture.end)
            yield Hit(place, {"found": written}, evidence, fix=_without(reading, picture))
        if next(found, None) is not None:
            detail = f"{reading.part} holds more than {MAX_PICTURES:,} emoji and emoticons"
            yield Unknown(why="too-large", detail=detail)


def _without(reading: Reading, picture: Picture) -> Fix | None:
    """Takes a picture out, with the space before it where no word follows. What it says is lost: that is not safe."""
    text, start, end = reading.text, picture.start, picture.end
    if text[start - 1 : start] == " " and not text[end : end + 1].isalnum():
        start -= 1
    edits = without_words(reading, start, end)
    return Fix(safe=False, edits=edits) if edits else None
