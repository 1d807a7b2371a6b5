"""Compares the language that a message is written in with the one that the buyer prefers.

The declared language counts where there is one. Otherwise script and function words tell, and where they do not
suffice, the letters (with the extra `languages`); where those do not either (short or mixed text) the rule says so
instead of guessing. A message with a sentence in the buyer's language is in the buyer's language. What an answer
quotes, the signature, the buyer's name, codes and addresses are left out. Reported once, whatever parts the message
has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from msgpolicy.checks.base import ConceptName, Hit, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.facts.words.detector import LANGUAGES, Detected, detect
from msgpolicy.facts.words.languages import is_surely

# Function words of the buyer's language in one sentence that make a message bilingual.
OF_A_SENTENCE = 3


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `language`."""

    words: Annotated[
        int, Meta(ge=1, description="Function words of a language (or letters of its script) that are needed to tell.")
    ] = 6
    probability: Annotated[
        float, Meta(gt=0, le=1, description="How sure the letters must be where function words do not tell.")
    ] = 0.95
    closing: Annotated[tuple[ConceptName, ...], Meta(description="Concepts after which only a signature follows.")] = (
        msgspec.field(default_factory=tuple)
    )


FILLS = {"language": "the language of the message (BCP 47)", "preferred": "the language that the buyer prefers"}


def check(facts: Facts, params: Params) -> Iterator[Hit | Unknown]:
    preferred = facts.lookup("buyer.language")
    if preferred is None:
        yield Unknown(("buyer.language",))
        return
    wanted = preferred.partition("-")[0].lower()
    declared = facts.message.language
    if declared:
        written, confidence = declared.partition("-")[0].lower(), 1.0
    else:
        if _speaks(facts, wanted):
            return
        known = is_surely(facts.own_evidence, words=params.words)
        written, confidence = known or "", 0.9
        if known is None or wanted not in facts.lexicon.function_words.languages:
            # Too few function words, or a language that none are known of: both must then agree.
            try:
                detected = _by_letters(facts, params)
            except ModuleNotFoundError:
                hint = 'pip install "msgpolicy[languages]" to tell the language of so little text'
                yield Unknown(("language",), why="undetermined", detail=hint)
                return
            if detected is None or detected.probability < params.probability or known not in (None, detected.language):
                yield Unknown(("language",), why="undetermined", detail="too little text to tell its language")
                return
            if wanted not in LANGUAGES:
                yield Unknown(("language",), why="undetermined", detail=f"{wanted} is not recognised")
                return
            written, confidence = detected.language, round(0.9 * detected.probability, 2)
    if written != wanted:
        part = next((name for name in ("text", "html", "subject") if getattr(facts.message, name)), "text")
        evidence_shown = {"language": written, "preferred": preferred, "declared": declared is not None}
        yield Hit(Place(part), {"language": written, "preferred": preferred}, evidence_shown, confidence)


def _speaks(facts: Facts, language: str) -> bool:
    """Whether a good part of the message, or a sentence of it, is in a language."""
    evidence = facts.own_evidence
    if evidence.counts.get(language, 0) >= max(2, 0.5 * evidence.top):
        return True
    return any(
        is_surely(reading.sentence_evidence(index), words=OF_A_SENTENCE) == language
        for reading in facts.own_bodies
        for index in range(len(reading.sentences))
    )


def _by_letters(facts: Facts, params: Params) -> Detected | None:
    """What the letters of the first body with enough of them say.

    Raises:
        ModuleNotFoundError: the detector is not installed.
    """
    name = facts.lookup("buyer.name")
    for reading in facts.own_bodies:
        text = reading.reading.text
        signed = [hit.start for concept in params.closing for hit in reading.hits(concept)]
        if signed:
            text = text[: reading.view.span(max(signed), max(signed))[0]]
        detected = detect(text, name.split() if name else ())
        if detected is not None:
            return detected
    return None
