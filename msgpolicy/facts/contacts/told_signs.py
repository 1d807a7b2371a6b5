"""Addresses with other signs for "@" or ".", where the text says which ("anna#shop.com (# = @)") or parts them by words
("anna, then the at sign, then shop.com").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.contacts.data.address_words import HYPHEN_WORDS
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.contacts.rewording import Rewording
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.contacts.words import Word
from msgpolicy.facts.links.written_hosts import alternatives
from msgpolicy.later import regex_later


def told_signs(view: ContactView) -> Iterator[Rewording]:
    """What stands for a sign, as the sign."""
    yield from _replaced(view)
    yield from _parted_by_words(view)


# A sign that stands alone, or a word for one, is what others are to be replaced by.
_ALONE = regex_later(r"(?<![A-Za-z0-9@._-])@(?![A-Za-z0-9@._-])")
_SYMBOL = regex_later(r"[^\w\s.,;:@()（）\[\]{}\"'“”„«»‘’!?/-]{1,3}|\bX{1,4}\b")
# Code points between the symbol and what it stands for, between both and the address, and explanations that are read.
_NEAR = 24
_AROUND = 300
_MOST = 20


def _replaced(view: ContactView) -> Iterator[Rewording]:
    """ "anna★shop.com (replace ★ by @)", "shop*com, * = dot"."""
    text = view.text
    signs = [(match.start(), match.end(), "@") for match in islice(_ALONE.finditer(text), _MOST)]
    named = (word for word in view.words if word.tag in ("at", "dot"))
    signs += ((word.start, word.end, "@" if word.tag == "at" else ".") for word in islice(named, _MOST))
    seen: set[tuple[int, int]] = set()
    for start, end, sign in signs:
        for match in _SYMBOL.finditer(text, max(start - _NEAR, 0), end + _NEAR):
            # What encloses a word for a sign is not what it is about.
            if start <= match.start() < end or (end - start > 1 and (match.end() == start or match.start() == end)):
                continue
            around = (max(start - _AROUND, 0), min(end + _AROUND, len(text)))
            for place in _between_names(match.group(), sign).finditer(text, *around):
                if place.span() not in seen:
                    seen.add(place.span())
                    yield Rewording(*place.span(), sign)


def _between_names(symbol: str, sign: str) -> regex.Pattern[str]:
    """A symbol where it joins the name of a mailbox and a host, or the parts of a host."""
    behind = r"\s?[A-Za-z0-9][A-Za-z0-9-]*+\s?(?:\.|\W|[A-Za-z]{3,6}\s)\s?[a-z]{2}" if sign == "@" else "[A-Za-z]{2,}"
    return regex.compile(rf"(?<=[A-Za-z0-9]\s?){regex.escape(symbol)}(?={behind})")


# "then", a comma or three dots on both sides of a word for a sign.
_THEN = (
    "and then|and|then|followed by|und dann|gefolgt von|dann|et puis|puis|suivi de|ensuite|y luego|luego|seguido de|y|"
    "e poi|poi|seguito da|en dan|dan|gevolgd door|i potem|potem|dalej|och sedan|sedan|sen|e depois|depois|ve sonra|"
    "sonra|потом|затем|lalu|kemudian|rồi|plus|with|mit|avec|con|met|med"
)
_ARTICLES = (
    "the|an|a|das|ein|eine|der|den|le|la|l'|un|une|el|una|il|lo|een|de|het|znak|ett|o|um|uma|sign|the sign|the symbol|"
    "a small|an actual"
)
_SAID = rf"(?:{_THEN})\s(?:(?:{_ARTICLES})\s)?"
_FILLER = rf"(?:\s?(?:,|\.{{2,3}}|…|--?|–|\+|>|→)\s?(?:{_SAID})?|\s{_SAID})"
_FILLER_BEFORE = regex_later(rf"(?ir)(?<=[^\W_]){_FILLER}")
_HYPHEN_BEFORE = regex_later(
    rf"(?ir)(?<=[a-z0-9])(?P<hyphen>\s(?:{alternatives(map(look, phrases(HYPHEN_WORDS)))})\s)[a-z0-9-]{{2,40}}\s"
)
# "(one word)"
_NOTE_BEFORE = regex_later(r"(?r)(?<=[A-Za-z0-9])\s?\([^()\n.:@]{3,30}\)\s")
_FILLER_AFTER = regex_later(rf"(?i){_FILLER}(?=[^\W_])")


def _parted_by_words(view: ContactView) -> Iterator[Rewording]:
    """ "anna, at, shop, dot, com", "shop then dot then com", "anna.arobase.shop.point.fr"."""
    text = view.text
    end = dotted = 0
    for word in view.words:
        if word.tag not in ("at", "dot") or word.start < end or not _is_whole(view, word):
            continue
        end = word.end
        sides = text[word.start - 1 : word.start], text[end : end + 1]
        if sides == (".", "."):
            if word.tag == "dot" and word.start < dotted:
                yield Rewording(word.start - 1, end + 1, ".")
            elif word.tag == "at" and text[word.start : end].lower() not in _WEAK:
                yield Rewording(word.start - 1, end + 1, "@")
                dotted = end + _REACH
            continue
        if word.tag == "dot" and (hyphen := _HYPHEN_BEFORE.match(text, max(word.start - 90, 0), word.start)):
            yield Rewording(*hyphen.span("hyphen"), "-")
        if word.tag == "dot" and (note := _NOTE_BEFORE.match(text, max(word.start - _REACH, 0), word.start)):
            yield Rewording(*note.span(), " ")
        before = _FILLER_BEFORE.match(text, max(word.start - _REACH, 0), word.start)
        after = _FILLER_AFTER.match(text, end, end + _REACH)
        if before and (after or sides[1] == " "):
            yield from (Rewording(*filler.span(), " ") for filler in (before, after) if filler)


# Words for "@" that may be a part of any host, and how far fillers reach.
_WEAK = frozenset({"at", "et"})
_REACH = 40


def _is_whole(view: ContactView, word: Word) -> bool:
    """Whether no longer word of the tables begins at the same place, such as "at sign" for "at"."""
    longest = next(view.words_at(word.start))
    return longest.end == word.end or longest.tag != word.tag
