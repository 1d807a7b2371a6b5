"""Compares the language that a message is written in with the one that the buyer prefers.

The declared language counts where there is one. Otherwise script and function words tell; where they do not suffice
(short or mixed text) the rule says so instead of guessing. A message that holds the buyer's language beside another one
is in the buyer's language. What an answer quotes is left out. Reported once, whatever parts the message has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.languages import is_surely


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `language`."""

    words: Annotated[
        int, Meta(ge=1, description="Function words of a language (or letters of its script) that are needed to tell.")
    ] = 6


FILLS = {"language": "the language of the message (BCP 47)", "preferred": "the language that the buyer prefers"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    preferred = facts.lookup("buyer.language")
    if preferred is None:
        yield Unknown(("buyer.language",))
        return
    wanted = preferred.partition("-")[0].lower()
    declared = facts.message.language
    written = declared.partition("-")[0].lower() if declared else None
    confidence = 1.0
    if written is None:
        known = facts.lexicon.function_words.languages
        evidence = facts.own_evidence
        if wanted in known and evidence.counts.get(wanted, 0) >= max(2, 0.5 * evidence.top):
            return
        written = is_surely(evidence, words=params.words)
        confidence = 0.9
        if written is None or wanted not in known:
            detail = "too little text to tell its language" if wanted in known else f"{wanted} is not recognised"
            yield Unknown(("language",), why="undetermined", detail=detail)
            return
    if written != wanted:
        part = next((name for name in ("text", "html", "subject") if getattr(facts.message, name)), "text")
        evidence_shown = {"language": written, "preferred": preferred, "declared": declared is not None}
        yield Hit(Place(part), {"language": written, "preferred": preferred}, evidence_shown, confidence)
