"""Hosts whose ending stands off: "shop🔵com", "shop. com", "shop , de", "shop and then .com", "on shop com"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import regex

from msgpolicy.facts.contacts.data import words
from msgpolicy.facts.contacts.labels import Labels
from msgpolicy.facts.contacts.rewording import Rewording, ends_clause, is_telling
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.facts.links.text_urls import is_named
from msgpolicy.facts.links.written_hosts import DOT_NAMES, alternatives
from msgpolicy.later import re_later, regex_later

# Endings that are written so in any language, and those of countries.
_WORLDWIDE = words("com net org info shop store online eu")
_NATIONAL = (
    "co.uk com.br com.tr com.au com.mx co.in de fr es it nl pl se uk ru cn jp kr in br tr id vn be at ch us ca mx"
)
# Python's own engine is the faster one here, if what it looks for begins with a set: the sign before the ending.
_ENDING = re_later(
    r"[^A-Za-z0-9_@-](?<![A-Za-z0-9]\.)("
    + "|".join(re.escape(ending) for ending in (*sorted(_WORLDWIDE), *_NATIONAL.split()))
    + r")(?![\w@-]|\.\w|['’][A-Za-zÀ-ÿ])"
)
# Those of countries that are words of hardly any language.
_NO_WORDS = words("co.uk com.br com.tr com.au com.mx co.in fr nl pl uk ru cn jp kr tr vn ch")
# What may stand behind a space alone.
_SPACED = _WORLDWIDE | _NO_WORDS
_SYMBOL = r"(?:(?![\^`´¨¸¯~°|©®℠])[\p{So}\p{Sk}§¶†‡※⁂]){1,3}"
_JOINED = (
    "and|then|plus|with|mit|und|dann|dahinter|avec|et|puis|y|con|luego|e|com|poi|met|en|dan|i|z|potem|och|med|sen|ve|"
    "artı|sonra|và|rồi|followed by|and add|and put|und dahinter|gefolgt von|suivi de|seguido de|plus then|"
    "and then|und dann|et puis|y luego|e poi|en dan|i potem|ve sonra"
)
_ARTICLES = "a|an|the|ein|einem|un|une|um|uma|una|een|just|einfach"
# What stands between a name and its ending, read backwards from the ending.
_BEFORE = regex_later(
    rf"(?r)(?<![\w@.-])(?P<label>[A-Za-z0-9][A-Za-z0-9-]{{1,40}})(?:(?P<symbol>\s?{_SYMBOL}\s?)|"
    rf"(?P<words>[\"'”“»]?[\s,]{{1,2}}(?:\+|{alternatives(_JOINED.split('|'))})\s(?:(?:{_ARTICLES})\s)?[\"'“„«]?\.\s?)|"
    r"(?P<gap>\.\s{1,3}|\.{2,3}|[;:/]|\s{2,9}[.\u00b7•●]\s{0,9}|\s[\u00b7•●]\s{0,2}|\s?,\s{0,2}|\s))",
    regex.IGNORECASE,
)
# The parts of a host before its last name, joined by a symbol.
_CHAIN = regex_later(rf"(?r)(?:(?<![A-Za-z0-9-])[A-Za-z0-9][A-Za-z0-9-]{{1,40}}(?P<symbol>{_SYMBOL})){{1,3}}")
# What "… plus .com" speaks of rather than names.
_GENERIC = words(
    """
    domain domains website websites address addresses name names ending endings site link links host hosts url end
    seite adresse endung namen adres nazwa nom nombre nome naam namn
    """
)
_MAILBOX = regex_later(r"(?r)(?<=(?:[:=]|\bis|\bist)\s)(?P<name>[a-z0-9][\w.+-]{1,40})(?P<gap>\s)")
_MARKS = frozenset(",;:/")
# Shorter names are words.
_LEAST = 5


def places(view: ContactView) -> Iterator[tuple[int, int]]:
    """Where an ending stands that may belong to a host before it. Most are words of a sentence."""
    text = view.text
    for match in _ENDING.finditer("\n" + text):
        start, end = match.start(1) - 1, match.end() - 1
        if text[start - 1 : start] != " " or not text[max(start - 2, 0)].isalnum() or ends_clause(text, end):
            yield start, end


def loose_endings(view: ContactView, endings: Iterable[tuple[int, int]]) -> Iterator[Rewording]:
    """What stands for a dot before these endings of hosts, as a dot."""
    text = view.text
    labels: Labels | None = None
    for start, end in endings:
        match = _BEFORE.match(text, max(start - 90, 0), start)
        if match is None or match["label"].lower() in _GENERIC:
            continue
        ending = text[start:end]
        if match["symbol"]:
            yield from _of_symbols(view, match, ending, end)
        elif match["words"]:
            if len(match["label"]) >= _LEAST or ending in _WORLDWIDE:
                yield Rewording(*match.span("words"), ".")
        elif match["gap"] and ends_clause(text, end):
            if _is_sure(view, match["label"], match.start(), match["gap"], ending):
                yield Rewording(*match.span("gap"), ".")
            elif match["gap"].isspace() and len(match["label"]) >= _LEAST:
                mailbox = _MAILBOX.match(text, max(match.start() - 60, 0), match.start())
                labels = labels or Labels(view, lambda word: word.tag == "mail")
                if mailbox and labels.before(mailbox.start()) is not None:
                    yield Rewording(*mailbox.span("gap"), "@")
                    yield Rewording(*match.span("gap"), ".")


def _of_symbols(view: ContactView, match: regex.Match[str], ending: str, end: int) -> Iterator[Rewording]:
    """ "www🔵shop🔵de": sure where the same symbol parts more, where the name is named, or "com" ends the clause."""
    gap = match["symbol"].strip()
    chain = _CHAIN.match(view.text, max(match.start() - 120, 0), match.start())
    repeated = [span for span in chain.spans("symbol") if view.text[slice(*span)] == gap] if chain else []
    sure = bool(repeated) or is_telling(match["label"])
    if ending == "com":
        sure = sure or ends_clause(view.text, end)
    else:
        sure = sure or is_named(view, match.start()) or (ending in _WORLDWIDE and match["symbol"] == gap)
    if sure:
        yield from (Rewording(*span, ".") for span in sorted(repeated))
        yield Rewording(*match.span("symbol"), ".")


def _is_sure(view: ContactView, label: str, start: int, gap: str, ending: str) -> bool:
    """Whether a name and an ending that end a clause make a host, with white space, a dot or a comma between them."""
    dot = gap.strip()
    if dot and dot[0] in ".\u00b7•●" and ending == "com":
        return True
    named = is_named(view, start)
    if not named and not is_telling(label):
        return False
    if dot in _MARKS:
        # A comma with a space behind it ends a clause: "na estrada, eu …" is Portuguese.
        return gap[0].isspace() or (ending in _WORLDWIDE and (not gap[-1].isspace() or is_telling(label)))
    if dot:
        return True
    if len(label) < _LEAST or label.lower() in DOT_NAMES or ending not in _SPACED:
        return False
    if ending == "com":  # no Portuguese "encontre-o com"
        return named or any(map(str.isdigit, label))
    return is_telling(label)
