"""Numbers of which a part is a word on the keys of a telephone: "1-800-FLOWERS", "0800 LAMPS 4U"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from msgpolicy.facts.contacts.spelled_digits import SpelledRun
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import re_later, regex_later

_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
# Code points of a code: "+1-(234)".
_LONGEST_CODE = 8
# Behind the code as many digits count; words may be longer.
_COUNTED = 7
_LEAST = 6
# Codes of calls that cost the caller nothing; others may be those of goods.
_FREE = r"800|833|844|855|866|877|888"
_NUMBER = regex_later(
    rf"(?<![\w-])(?P<code>\+?1[-. ]\(?[2-9]\d\d\)?|\(?(?:{_FREE})\)?|\([2-9]\d\d\)|[2-9]\d\d(?=-\d{{3}}-)|"
    r"0800|0808|0845|0330|0333|1300|1800)"
    r"[-. ]{1,2}(?P<rest>(?=[0-9]{0,4}[-. ]?[A-Z]{3})[A-Z0-9]{1,10}(?:[-. ][A-Z0-9]{1,8}){0,2}+)(?![\w-])"
)
_FREE_CODE = regex_later(rf"(?:\+?1[-. ])?\(?(?:{_FREE})\)?|0800|0808|1300|1800")
# Where the code ends and the rest begins, found by Python's own engine, which is the faster one here.
_SIGN = re_later(r"[0-9]\)?[-. ]{1,2}[0-9]{0,4}[-. ]?[A-Z]{3}")


def has_keypad_letters(view: ContactView) -> bool:
    return next(_numbers(view.text), None) is not None


def _numbers(text: str) -> Iterator[regex.Match[str]]:
    sign = _SIGN.search(text)
    return _NUMBER.finditer(text, max(sign.start() - _LONGEST_CODE, 0)) if sign else iter(())


def keypad_runs(view: ContactView) -> Iterator[tuple[SpelledRun, ...]]:
    """Such numbers in digits; weak where the code may be that of goods."""
    for match in _numbers(view.text):
        code, rest = (regex.sub(r"[^0-9A-Z]", "", part) for part in match.group("code", "rest"))
        word = rest.translate(_KEYS)
        if len(word) >= _LEAST and not rest.isdigit():
            weak = _FREE_CODE.fullmatch(match["code"]) is None
            digits = code + word[:_COUNTED]
            yield (SpelledRun(*match.span(), digits, weak, f"{code}-{word[:_COUNTED]}", True),)
