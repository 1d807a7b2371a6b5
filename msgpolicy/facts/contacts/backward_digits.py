"""Numbers that the text says to be written from their end: "call it backwards: 3410-555-206"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from msgpolicy.facts.contacts.chat_invitations import either, without_accents
from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.data.digit_words import BACKWARD_WORDS
from msgpolicy.facts.contacts.labels import SENTENCE_END
from msgpolicy.facts.contacts.literals import Opened
from msgpolicy.facts.contacts.spelled_digits import LEAST, SpelledRun
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

# Code points between the words and the number.
_REACH = 50
_NUMBER = regex_later(r"(?<![0-9])\(?[0-9](?:[ ()./-]{0,2}+[0-9]){6,14}+\+?(?![0-9])")
_BRACKETS = str.maketrans("()", ")(")


def backward_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """The numbers beside words for "backwards", turned round; weak: the number has to exist, or to be announced."""
    if not any(cluster.digits >= LEAST for cluster in view.clusters.found):
        return
    text = view.text
    told = 0
    for words in _said().finditer(text):
        around = max(words.start() - _REACH, told), min(words.end() + _REACH, len(text))
        for number in _NUMBER.finditer(text, *around):
            start, end = number.span()
            between = (end, words.start()) if end <= words.start() else (words.end(), start)
            if SENTENCE_END.search(text, *between):
                continue
            turned = number.group()[::-1].translate(_BRACKETS)
            digits = regex.sub(r"[^0-9+]", "", turned)
            yield (SpelledRun(start, end, digits, True, turned, True),)
            told = end


@cache
def _said() -> Opened:
    """Words for "backwards", whole in scripts that write spaces."""
    pattern = regex.compile(rf"(?i)(?<![^\W\d_])(?:{either(BACKWARD_WORDS)})(?![a-zà-ž])")
    return Opened(pattern, (form for word in phrases(BACKWARD_WORDS) for form in (word, without_accents(word))))
