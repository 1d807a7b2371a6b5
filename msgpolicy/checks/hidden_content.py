"""Finds text that is in the HTML and is not displayed.

Text that stands in the visible part too is a second copy for other screens and harmless; so is white space. The
violation is as severe as the worst one that the hidden text would be itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.mending import without_words
from msgpolicy.report import Fix

# Hidden texts that are compared with what is shown; people hide a few.
MAX_HIDDEN = 1000

_WORD = regex.compile(r"\w\w")


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The check `hidden-content` has no options."""


FILLS = {"found": "the hidden text", "reason": "why it is not displayed"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    hidden = [reading for reading in facts.readings if reading.reading.shown == "hidden"]
    if not hidden:
        return
    shown = " ".join(reading.view.text for reading in facts.visible)
    for reading in hidden[:MAX_HIDDEN]:
        text = reading.view.text.strip()
        if not _WORD.search(text) or text in shown:
            continue
        place = Place.of(reading.reading, 0, len(reading.reading.text))
        assert place.start is not None
        reason = facts.why_hidden(place.start)
        found = reading.reading.text.strip()
        # On a screen that shows it, it was said.
        edits = without_words(reading.reading, 0, len(reading.reading.text))
        fix = Fix(safe=False, edits=edits) if edits else None
        evidence = {"reason": reason, "read_as": found}
        yield Hit(place, {"found": found, "reason": reason}, evidence, holder=True, fix=fix)
    if len(hidden) > MAX_HIDDEN:
        yield Unknown(why="too-large", detail=f"the html hides {len(hidden):,} texts; at most {MAX_HIDDEN:,} are read")
