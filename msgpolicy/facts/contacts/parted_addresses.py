"""Addresses taken apart or run together: "s h o p . c o m", "shop.c0m", "annaATshopDOTcom", "anna⏎@⏎shop.com"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.contacts.data.address_words import NO_LOCAL_PARTS
from msgpolicy.facts.contacts.rewording import Rewording
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import re_later, regex_later


def parted_addresses(view: ContactView) -> Iterator[Rewording]:
    """The parts of addresses, joined as in plain ones."""
    yield from _letters_apart(view.text)
    yield from _signs_for_letters(view.text)
    yield from _run_together(view.text)
    if "@" in view.text:
        yield from _loose_ats(view.text)


# White space to Python's own engine, which is the faster one here: what is none to the other is left out.
_SPACE = r"[^\S\x1c-\x1f]"
_APART = re_later(
    rf"(?<![A-Za-z0-9@._-])[A-Za-z0-9](?P<gap>{_SPACE}{{1,3}}|[_*|~/\\+,\u00b7•=-])(?:[A-Za-z0-9@._-](?P=gap)){{1,80}}"
    r"[A-Za-z0-9](?![A-Za-z0-9])"
)
_LETTERS = regex_later(r"[A-Za-z][^A-Za-z]*+[A-Za-z][^A-Za-z]*+[A-Za-z]")


def _letters_apart(text: str) -> Iterator[Rewording]:
    """ "s h o p", "s-h-o-p": three letters or more that stand alone."""
    for match in _APART.finditer(text):
        run = match.group()
        if _LETTERS.search(run):
            yield Rewording(*match.span(), run[:: 1 + len(match["gap"])])


_ODD_ENDING = regex_later(
    r"(?<=[A-Za-z0-9]{2}\s?[.\])]\s?)(?:c0m|c[\s._-]o[\s._-]m|0rg|n3t)(?![\w-])", regex.IGNORECASE
)
# What may be one, found by Python's own engine.
_ODD_SIGN = re_later(r"[cC0nN](?:0|[\s._-][oO][\s._-]|3|[rR])[mMtTgG]")
_LEET = str.maketrans("03", "oe", " \t\n._-")


def _signs_for_letters(text: str) -> Iterator[Rewording]:
    """ "shop.c0m", "shop.c o m"."""
    for match in _ODD_ENDING.finditer(text) if _ODD_SIGN.search(text) else ():
        yield Rewording(*match.span(), match.group().lower().translate(_LEET))


# Words for a dot, with the endings that they are joined to; in capitals they stand out before any.
_DOTS = {
    "dot": "com|net|org|de|co.uk",
    "punkt": "com|de|net|at|ch|se",
    "punto": "com|it|es",
    "point": "com|fr",
    "ponto": "com|pt",
    "punt": "com|nl|be",
    "kropka": "com|pl",
    "nokta": "com|net",
    "titik": "com|id",
}
_ENDS = [f"{dot}{ending}" for dot, endings in _DOTS.items() for ending in endings.split("|")]
_CAPITALS = [dot.upper() for dot in _DOTS]
_ATS = "arroba|arobase|chiocciola|apenstaartje|małpa|malpa|snabela|klammeraffe"
# Each with the pattern of a word for "@" in the word before it.
_JOINED_DOTS = (
    (
        regex_later("|".join(rf"{dot}(?=(?:{ends})(?![\w-]))" for dot, ends in _DOTS.items()), regex.IGNORECASE),
        regex_later(rf"[\w.-]{{2,40}}?(?P<at>ät|{_ATS})[a-z0-9-]{{2,40}}+", regex.IGNORECASE),
    ),
    (
        regex_later(rf"(?:{'|'.join(_CAPITALS)})(?=[a-z]{{2,40}}(?:[A-Z]{{3,6}}[a-z]{{2,6}})?(?![A-Za-z0-9]))"),
        regex_later(rf"[a-z0-9._-]{{2,40}}+(?P<at>AT|{_ATS.upper()})[a-z0-9-]{{2,40}}+"),
    ),
)
_WORD_BEFORE = regex_later(r"(?r)(?<![\w.-])[\w.-]*[a-z0-9]{2}")


def _run_together(text: str) -> Iterator[Rewording]:
    """ "annaATshopDOTcom", "annaätshoppunktde"."""
    lowered = text.lower()
    small = any(dot in lowered for dot in _DOTS) and any(end in lowered for end in _ENDS)
    large = any(dot in text for dot in _CAPITALS)
    for wanted, (dot, at) in zip((small, large), _JOINED_DOTS, strict=True):
        for match in dot.finditer(text) if wanted else ():
            word = _WORD_BEFORE.match(text, max(match.start() - 90, 0), match.start())
            if word is None or match.start() - word.start() < 3:
                continue
            sign = at.match(text, word.start(), match.start())
            if sign:
                yield Rewording(*sign.span("at"), "@")
            yield Rewording(*match.span(), ".")


_LOOSE_AT = regex_later(r"\s{0,9}@\s{0,9}")
_LINE_BEFORE = regex_later(r"(?r)(?:\n|^)[^\S\n]*+(?P<name>[a-z0-9][\w.+-]{1,40})")
_MARKED_AT = regex_later(
    r"(?<=[A-Za-z0-9])[~*_`\"'.]{1,3}@[~*_`\"'.]{0,3}(?=[A-Za-z0-9])|@[~*_`\"'.]{1,3}(?=[A-Za-z0-9])"
)
_MARKED_DOT = regex_later(r"(?<=[A-Za-z0-9])(?P<mark>[~*_`\"']{1,3})\.(?P=mark)(?=[A-Za-z0-9])")


def _loose_ats(text: str) -> Iterator[Rewording]:
    """ "anna⏎@⏎shop.com", "~~anna~~@shop.com"."""
    for match in _LOOSE_AT.finditer(text):
        before, after = match.group().split("@")
        if not _BREAK.search(match.group()):
            continue
        # "Thanks, Anna⏎@shop.com" may name an account elsewhere.
        line = _LINE_BEFORE.match(text, max(match.start() - 60, 0), match.start()) if before else None
        if (before and after) or (line and line["name"] not in NO_LOCAL_PARTS):
            yield Rewording(*match.span(), "@")
    for match in _MARKED_AT.finditer(text):
        yield Rewording(*match.span(), "@")
    for match in _MARKED_DOT.finditer(text):
        yield Rewording(*match.span(), ".")


_BREAK = regex_later(r"[\t\n]")
