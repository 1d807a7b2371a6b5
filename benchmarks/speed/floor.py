"""The least that any checker of messages has to do: read the record and the HTML, look for words once, answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import turbohtml

from msgpolicy.linter import Linter
from msgpolicy.message import Message
from msgpolicy.rules import Ruleset
from msgpolicy.scan import Scanner

_WORD = re.compile(r"\w+")


def floor(linter: Linter) -> Callable[[bytes], bytes]:
    """What takes a record in JSON and gives an empty report in JSON.

    It decodes the record without checking it, parses HTML once with places in the source, finds all places of the
    ruleset's literals in the visible text in lower case in one pass, and encodes. The literals are the longest word of
    each phrase of all languages: the fewest by which every phrase could be found.
    """
    scanner = Scanner(sorted(_literals(linter.ruleset)))
    any_report = linter.check(Message(text="-"))
    empty = msgspec.structs.replace(any_report, verdict="pass", violations=(), not_evaluated=())

    def run(record: bytes) -> bytes:
        fields = msgspec.json.decode(record)
        text = fields.get("text") or ""
        if html := fields.get("html"):
            text += turbohtml.parse(html, source_locations=True).to_text()
        scanner.find(text.lower())
        return empty.to_json()

    return run


def _literals(ruleset: Ruleset) -> set[str]:
    found = set()
    for concept in ruleset.concepts.values():
        for phrases in (*concept.phrases.values(), *concept.not_.values()):
            found.update(max(_WORD.findall(phrase), key=len, default="") for phrase in phrases)
    return found - {""}
