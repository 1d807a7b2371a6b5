"""What is left of a text when names are taken out of it, so that templates that differ in a product's name only meet.

The template of a message's signals (`msgpolicy/signals.py`) leaves out numbers, addresses, and the buyer's name where
the record has it. A product, a shop, or a buyer whom the record does not know is told by its capital: here, words that
begin with one are left out too, unless a sentence begins with them. A name in small letters, or in a script without
capitals, keeps templates apart: better two groups than one of what is not the same.

German nouns go with the names; that two German texts are equal but for their nouns, and break the same rules, is rare.
"""

from __future__ import annotations

import hashlib

import regex

# Words of letters, and what stands between; digits and masks make a word variable.
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}•@]++(?:['’.@&+-][\p{L}\p{M}\p{N}•@]++)*+|[^\p{L}\p{M}\p{N}•@]++")
_VARIABLE = regex.compile(r"[^\p{N}•@]*+[\p{N}•@]")
_CAPITAL = regex.compile(r"\p{Lu}")
_SENTENCE_END = regex.compile(r"[^.!?…:\n\r]*+[.!?…:\n\r]")
# A frame has to hold so many words, and so large a share of them all; else the words are the text.
_LEAST_WORDS = 5
_LEAST_SHARE = 0.5
# Code points that are read.
_MOST = 20_000


def frame_of(text: str) -> str | None:
    """A hash of the words of a text without names and numbers; None where too little is left to compare."""
    kept: list[str] = []
    words = 0
    begins = True
    for match in _TOKEN.finditer(text[:_MOST]):
        token = match.group()
        if not (token[0].isalnum() or token[0] in "•@"):
            begins = begins or _SENTENCE_END.match(token) is not None
            continue
        if not _VARIABLE.match(token):
            words += 1
            if begins or not _CAPITAL.match(token):
                kept.append(token.casefold())
        begins = False
    if len(kept) < _LEAST_WORDS or len(kept) < _LEAST_SHARE * words:
        return None
    return hashlib.sha256(" ".join(kept).encode("utf-8", "replace")).hexdigest()[:16]
