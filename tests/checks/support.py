"""Runs one check on one message, without a ruleset."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import msgspec

from msgpolicy import Message
from msgpolicy.checks.base import Hit, Unknown, load_check
from msgpolicy.facts.facts import Facts, MissingFactError
from msgpolicy.facts.words.concepts import Lexicon
from msgpolicy.rules.lexicons import function_words

# Concepts that the tests of checks share: {name: {language: phrases}}.
CONCEPTS: dict[str, dict[str, list[str]]] = {
    "reward": {"en": ["gift card*", "voucher*"], "de": ["gutschein*"], "pt": ["vale"], "tr": ["hediye*"]},
    "review": {"en": ["review*"], "de": ["*bewertung*"], "pt": ["avaliação"], "tr": ["yorum*"]},
    "negation": {
        "en": ["never", "not", "no"],
        "de": ["nie", "nicht", "kein*"],
        "pt": ["não"],
        "tr": ["*miyoruz", "asla"],
    },
    "quote": {"en": ["amazon does not allow"]},
    "thanks": {"en": ["thank you", "thanks"], "de": ["vielen dank"]},
    "greeting": {"en": ["dear", "hello"], "de": ["liebe*"]},
    "closing": {"en": ["kind regards"], "de": ["mit freundlichen grüßen"]},
    "help": {"en": ["feel free to contact us"]},
    "question": {"en": ["which colour"]},
    "invite": {"en": ["write to us", "call us", "whatsapp us"]},
    "request": {"en": ["please", "you can"]},
    "outside": {"en": ["on our website"]},
    "loan": {"en": ["out of stock"], "nl": ["out of stock"]},
    "warranty": {"en": ["warranty"]},
    "rude": {"en": ["not our problem"]},
    "secret": {"en": ["your password"]},
    "invoice": {"en": ["invoice"]},
    "advert": {"en": ["catalogue"]},
}


@cache
def lexicon() -> Lexicon:
    concepts = {name: SimpleNamespace(phrases=phrases, not_={}) for name, phrases in CONCEPTS.items()}
    return Lexicon(concepts, function_words())


LISTS = {
    "own": frozenset({"amazon.*", "images-amazon.com"}),
    "carriers": frozenset({"carrier.example", "dhl.de"}),
    "shorteners": frozenset({"short.example"}),
    "trackers": frozenset({"opens.example"}),
    "openings": frozenset({"/wf/open?upn", "pictures.example/t/**"}),
    "relay": frozenset({"marketplace.amazon.de"}),
    "unclear": frozenset({"here", "click here"}),
    "logos": frozenset({"logo"}),
}


def facts_of(record: Mapping[str, Any] | Message, **assumed: Any) -> Facts:
    message = record if isinstance(record, Message) else Message.from_dict(record)
    return Facts(message, lexicon(), LISTS, **assumed)


def run(check: str, record: Mapping[str, Any] | Message, **params: Any) -> list[Hit | Unknown]:
    """What the check yields for a message; nomination must agree with it."""
    spec = load_check(check)
    prepared = spec.prepare(msgspec.convert(params, spec.params))
    try:
        found = list(spec.run(facts_of(record), prepared))
    except MissingFactError as error:
        return [Unknown((error.field,))]
    nominated = spec.nominate(facts_of(record), prepared)
    assert nominated or not any(isinstance(item, Hit) for item in found), "nomination missed a hit"
    return found


def excerpts(check: str, record: Mapping[str, Any], **params: Any) -> list[str]:
    """What is wrong, as it stands in the source."""
    out = []
    for hit in run(check, record, **params):
        assert isinstance(hit, Hit), hit
        source = record.get(hit.place.part, "")
        out.append(source[hit.place.start : hit.place.end] if hit.place.start is not None else hit.place.part)
    return out


def unknown(check: str, record: Mapping[str, Any], **params: Any) -> list[tuple[tuple[str, ...], str]]:
    """What the check would need to know."""
    return [(item.needs, item.why) for item in run(check, record, **params) if isinstance(item, Unknown)]


def only(check: str, record: Mapping[str, Any], **params: Any) -> Hit:
    """The one hit that the check yields for a message."""
    (hit,) = run(check, record, **params)
    assert isinstance(hit, Hit), hit
    return hit


def mended(check: str, record: Mapping[str, Any], part: str = "html", **params: Any) -> str:
    """A part of the message after all that the check's hits would change in it."""
    text: str = record[part]
    edits = [edit for hit in run(check, record, **params) if isinstance(hit, Hit) and hit.fix for edit in hit.fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.start):
        assert edit.part == part
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text
