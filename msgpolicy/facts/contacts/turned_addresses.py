"""Addresses written backwards: "moc.pohs@anna" is "anna@shop.com" to those who are told to read it so."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.contacts.data import words
from msgpolicy.facts.contacts.rewording import Rewording
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

# Endings that are written so by nobody who does not turn them round, and those that a word about it must tell.
_SURE = words("com org info co.uk com.br com.tr com.au co.jp co.kr shop store online example")
_TOLD = words("net eu de fr es it nl pl se ru in uk")
_TURNED = regex_later(
    r"(?<![\w.@-])(?:(?P<sure>"
    + "|".join(regex.escape(ending[::-1]) for ending in sorted(_SURE))
    + ")|(?:"
    + "|".join(ending[::-1] for ending in sorted(_TOLD))
    + r"))\.[\w-]{2,60}(?:\.[\w-]{2,60}){0,2}(?:@[\w.+-]{1,64})?(?![\w@])",
    regex.IGNORECASE,
)
# The dot in each of them; a literal first, which the search can jump to.
_DOT = regex_later(r"\.(?<=[A-Za-z]\.)[\w-]")
_AROUND = 160
# How readers are told that something is written from right to left.
_BACKWARDS = regex_later(
    r"backward|revers|right to left|rückwärts|von hinten|umgekehrt|verkehrt ?herum|à l.envers|à rebours|al rev[eé]s|"
    r"al contrario|alla rovescia|rovesciat|achterstevoren|omgekeerd|van achter|od tyłu|wspak|od końca|baklänges|"
    r"bakifrån|ao contr[aá]rio|de tr[aá]s|invertid|ters(?:ten|inden|i )|sondan|наоборот|задом напер|с конца|"
    r"逆から|逆さ|逆に|後ろから|倒过来|倒過來|反过来|反過來|倒着|倒序|거꾸로|뒤에서|بالعكس|بالمقلوب|معكوس|उल्टा|उलटा|"
    r"กลับหลัง|ย้อนกลับ|จากหลัง|dibalik|terbalik|dari belakang|ngược",
    regex.IGNORECASE,
)


def turned_addresses(view: ContactView) -> Iterator[Rewording]:
    """Words that are an address when they are read from right to left."""
    text = view.text
    if _DOT.search(text) is None:
        return
    for match in _TURNED.finditer(text):
        start, end = match.span()
        end -= len(match.group()) - len(match.group().rstrip(".-_"))
        around = view.written(max(start - _AROUND, 0), min(end + _AROUND, len(text)))
        if match["sure"] or _BACKWARDS.search(around):
            yield Rewording(start, end, text[start:end][::-1])
