"""Quick looks that tell which searches for phone numbers a text needs at all."""

from __future__ import annotations

import re

from msgpolicy.facts.contacts.keypad_letters import has_keypad_letters
from msgpolicy.facts.contacts.spelled_digits import LEAST
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import re_later, regex_later

# Digits not far from each other, or what looks like some: seven, and as many as the shortest numbers have.
_MANY_DIGITS = regex_later(r"[0-9](?:[^0-9]{0,24}[0-9]){6}")
_MANY_LIKE_DIGITS = regex_later(r"(?:[0-9OoQIil|!ZzSsGbBgq][ ()./+-]{0,3}+){7}")
_SOME_DIGITS = regex_later(r"[0-9](?:[^0-9\n]{0,6}[0-9]){3}")
# What looks like digits and the signs between them; Python's own engine is the faster one here.
_LIKE_DIGITS = re_later(r"[0-9OoQIil|!ZzSsGbBgq ()./+-]{7,}")


def may_hold_phones(view: ContactView, least: int) -> bool:
    """Whether there are digits for a number of `least` at least, in whatever form."""
    if _has_many_digits(view.text) or (least < LEAST and _SOME_DIGITS.search(view.text)):
        return True
    return _may_spell_digits(view) or has_keypad_letters(view)


def _has_many_digits(text: str) -> bool:
    return bool(_MANY_DIGITS.search(text)) or any(
        _MANY_LIKE_DIGITS.search(text, *run.span()) for run in _LIKE_DIGITS.finditer(text)
    )


def _may_spell_digits(view: ContactView) -> bool:
    """Whether some words for digits follow each other."""
    inline, end = 0, -100
    for word in view.words:
        if word.tag == "digit" and word.start >= end:
            inline = inline + 1 if word.start - end < 16 else 1
            if inline == 2:
                return True
            end = word.end
    return False


# As far apart as digits of one number may stand, and all that may part what looks like digits.
_FREE_DIGITS = regex_later(r"[0-9](?:[^0-9]{0,32}[0-9]){6}")
_FREE_LIKE_DIGITS = regex_later(r"(?:[0-9OoQIil|!ZzSsGbBgq][ \t()./~·•∙*_+-]{0,3}+){7}")
_LIKE_FREE_DIGITS = re_later(r"[0-9OoQIil|!ZzSsGbBgq \t()./~·•∙*_+-]{7,}")
_FREE = re.compile(rb"[^\3]+")


def has_free_digits(text: str, taken: bytearray, least: int) -> bool:
    """Whether digits for a number of `least` at least stand together where nothing is marked as surely something else.

    An order id, which many messages name, needs no further search.
    """
    for stretch in _FREE.finditer(taken):
        span = stretch.span()
        if _FREE_DIGITS.search(text, *span) or (least < LEAST and _SOME_DIGITS.search(text, *span)):
            return True
        if any(_FREE_LIKE_DIGITS.search(text, *run.span()) for run in _LIKE_FREE_DIGITS.finditer(text, *span)):
            return True
    return False
