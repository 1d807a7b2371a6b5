"""Lines that tell that an older message follows: "On … wrote:", "From: … Sent: …", "---- Original Message ----".

A line is folded before it is looked at (width, case, marks of no width), and never more than a few lines are looked at
together: the work is linear. What is no such line for sure is none: then what follows is judged as the writer's own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import regex

from msgpolicy.facts.contacts.data import phrases
from msgpolicy.facts.quotes import words
from msgpolicy.later import regex_later

# A line of day and writer is wrapped to at most so many lines, and has at most so many code points.
MOST_LINES = 3
MOST_LENGTH = 300
# A block of labelled lines ("From:", "Sent:") has at most so many lines, those that wrap and empty ones included.
MOST_LABELLED = 14
# Languages whose words are not parted by spaces, or whose words take endings.
_UNPARTED = frozenset({"ja", "zh", "ko", "th"})

_NO_WIDTH = regex_later(r"[\u00ad\u0307\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = regex_later(r"\s++")


def fold(line: str) -> str:
    """A line as heads are looked for in it: one width, one case, single spaces, nothing of no width."""
    return _SPACES.sub(" ", _NO_WIDTH.sub("", unicodedata.normalize("NFKC", line).lower())).lstrip(" >|").rstrip(" ")


def _any(tables: Iterable[Mapping[str, str]]) -> str:
    """A pattern of all phrases, whole words where words are parted by spaces."""
    found = {
        f"(?:{phrase})" if language in _UNPARTED else rf"(?<![\p{{L}}\p{{M}}])(?:{phrase})(?![\p{{L}}\p{{M}}])"
        for table in tables
        for language, listed in table.items()
        for phrase in (regex.escape(unicodedata.normalize("NFKC", item)) for item in phrases(listed))
    }
    return "|".join(sorted(found, key=len, reverse=True))


_WROTE = regex_later(_any([words.WROTE]))
_REPORTED = regex_later(_any([words.REPORTED]))
_LEAD = regex_later(rf"[*_\"' ]{{0,3}}(?:{_any([words.LEADS])})")
# A day in digits of any script: a time of day, or day and month. An order id is none.
_DATE = regex_later(
    r"(?<!\d)\d{1,2} ?[:.h時点시] ?\d{2}(?!\d)|(?<![\d-])\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}(?![\d-])|\d{4} ?[年년]"
)
_YEAR = regex_later(r"(?<![\d-])\d{4}(?![\d-]|\.\d)")
_DIGIT = regex_later(r"\d")
_DAY = regex_later(r"(?<!\d)\d{1,2}(?!\d)")
_IN_BRACKETS = r"[<(\[] ?(?:mailto:)?[^\s<>()\[\]@]++@[^\s<>()\[\]@]++[>)\]]"
# The address in brackets at the end of a line, as Gmail writes in Japanese, without a verb.
_ADDRESS_LAST = regex_later(rf"{_IN_BRACKETS}:$")
_WRITER_LAST = regex_later(rf"{_IN_BRACKETS},? (?:{_any([words.WROTE])}):$")
# An older Gmail in some languages: day, name, address, and nothing else.
_OLD_GMAIL = regex_later(rf"\d{{4}}/\d{{1,2}}/\d{{1,2}} [^<>@]{{1,80}}{_IN_BRACKETS}:?")
# The first line of a head that was wrapped names the day or who wrote, and is no sentence of its own.
_BEGINS = regex_later(rf"(?:{_DATE.pattern}|{_YEAR.pattern}|<[^\s<>@]++@[^\s<>@]++>)[^.!?]*+(?:[.][^.!?]++)*+\Z")
# No program wraps so early (code points).
_SHORTEST = 30
# A day or an address of a program stands not far from the start: no own words before it.
_FAR = 100
_ADDRESS = regex_later(r"[^\s<>()\[\]@:]++@[^\s<>()\[\]@]++|\[mailto:")

_RULES = frozenset("-_—–―=*~+#")
_RULE = r"[-_—–―=*~+#]"
_MARKED = regex_later(
    rf"(?:{_RULE} ?){{2,60}}+ ?(?:{_any([words.ORIGINAL, words.FORWARDED])})[^\n]{{0,12}}? ?(?:{_RULE} ?){{2,60}}+"
)
# Zoho and some telephones: "---- On 3 May 2026, Anna wrote ----".
_WROTE_MARKED = regex_later(rf"-{{3,40}}+ ?[^-\n][^\n]{{2,200}}? ?(?:{_any([words.WROTE])}) ?-{{3,40}}+")
_FORWARDED = regex_later(rf"(?:{_any([words.FORWARDED])}) ?:")
_BUYERS = regex_later(
    rf"-{{5,40}}+ ?(?:{_any([words.BUYERS_MESSAGE])})(?: ?/ ?(?:{_any([words.BUYERS_MESSAGE])}))? ?-{{5,40}}+"
)
_BUYERS_END = regex_later(
    rf"-{{5,40}}+ ?(?:{_any([words.BUYERS_MESSAGE_END])})(?: ?/ ?(?:{_any([words.BUYERS_MESSAGE_END])}))? ?-{{5,40}}+"
)
_FOOTER = regex_later(rf"(?:{_any([words.FOOTERS])})|\[commmgrtok: ?[a-z0-9]{{4,40}}+\]\Z")
# A helpdesk's "##- Please type your reply above this line -##", in any language.
_REPLY_ABOVE = regex_later(r"##- ?[^\n#]{5,200} ?-##")
_ONLY_RULE = regex_later(rf"{_RULE}{{5,}}+")

# Horde's "Quoting Anna <anna@…>:", which names no day.
_QUOTING = regex_later(rf"(?:{_any([words.QUOTING])}) ?[^<>@:]{{0,80}}{_IN_BRACKETS} ?:")

_SEPARATORS = (_MARKED, _WROTE_MARKED, _BUYERS, _BUYERS_END, _FORWARDED, _REPLY_ABOVE, _OLD_GMAIL, _QUOTING)

_KINDS = {"from": words.FROM, "sent": words.SENT, "to": words.TO, "subject": words.SUBJECT}
_LABELS: dict[str, set[tuple[str, str]]] = {}
for _kind, _table in _KINDS.items():
    for _language, _listed in _table.items():
        for _label in phrases(_listed):
            _LABELS.setdefault(unicodedata.normalize("NFKC", _label), set()).add((_language, _kind))
_LABELLED = regex_later(r"[*_]{0,2}([\p{L}\p{M}'’ -]{1,30}?)[*_ ]{0,3}:[*_]{0,2}(.*+)")


def is_wrapped_line(parts: Sequence[str]) -> bool:
    """Whether folded lines are one line of day and writer that a program wrapped."""
    joined = " ".join(parts)
    if not is_writers_line(joined):
        return False
    lead = _LEAD.match(joined) is not None
    # What stands above such a line does not belong to it; a line may be broken right before the year, though.
    for skip in range(1, len(parts)):
        above, shorter = " ".join(parts[:skip]), " ".join(parts[skip:])
        if not is_writers_line(shorter):
            continue
        begins = _BEGINS.search(above) is not None
        if (_LEAD.match(shorter) or (not lead and not begins)) or (not begins and len(above) < _SHORTEST):
            return False
    return lead or joined[:1].isdigit() or _ADDRESS.search(joined) is not None


def is_writers_line(folded: str) -> bool:
    """Whether a folded line names day and writer of what follows."""
    if not folded.endswith(":") or len(folded) > MOST_LENGTH:
        return False
    if _WRITER_LAST.search(folded) is None and _DIGIT.search(folded) is None:
        return False
    lead = _LEAD.match(folded)
    if _REPORTED.search(folded) or (lead is None and not _is_near(folded)):
        return False
    dated = _DATE.search(folded)
    if _WROTE.search(folded) is None:
        return dated is not None and dated.start() < 12 and _ADDRESS_LAST.search(folded) is not None
    if dated or (lead and _DAY.search(folded, 0, 60)):
        return True
    if _WRITER_LAST.search(folded):
        return True
    return _YEAR.search(folded) is not None and (lead or _ADDRESS.search(folded)) is not None


def _is_near(folded: str) -> bool:
    """Whether something that a program writes stands near the start of a line."""
    return any(pattern.search(folded, 0, _FAR) for pattern in (_DATE, _YEAR, _ADDRESS))


def is_dated(text: str) -> bool:
    """Whether a text that a program marks as a head, in whatever language, is one: labels or a colon, and a day."""
    folded = fold(text)
    return ":" in folded and (_DATE.search(folded) is not None or _YEAR.search(folded) is not None)


def is_separator(folded: str) -> bool:
    """Whether a folded line parts an older message from what stands above it."""
    if len(folded) > MOST_LENGTH or not (folded[:1] in _RULES or ":" in folded or "@" in folded):
        return False
    return any(pattern.fullmatch(folded) for pattern in _SEPARATORS)


def is_footer(folded: str) -> bool:
    """Whether a folded line is one that the marketplace adds below a message."""
    return _FOOTER.match(folded) is not None


def is_rule(folded: str) -> bool:
    """Whether a folded line is drawn across the page, as Outlook does above an older message."""
    return _ONLY_RULE.fullmatch(folded) is not None


class Labelled(NamedTuple):
    """A line as one of a block of labels. `kinds`: (language, kind) of what its label may be; `other`: it has none.

    `sender`: it may name who wrote; `addressed`: with an e-mail address.
    """

    kinds: frozenset[tuple[str, str]]
    sender: bool = False
    addressed: bool = False
    other: bool = False


def labels_of(folded: str) -> Labelled:
    """What a folded line is labelled as."""
    match = _LABELLED.fullmatch(folded)
    kinds = _LABELS.get(match[1].strip()) if match else None
    if match is None or not kinds:
        # A list of recipients wraps; labels that are not known ("Cc:", "Importance:") do no harm.
        return Labelled(frozenset(), other=":" not in folded[:30])
    sender = any(kind == "from" for _, kind in kinds)
    return Labelled(frozenset(kinds), sender, sender and _ADDRESS.search(match[2]) is not None)


def labelled_lines(lines: Sequence[Labelled]) -> int:
    """How many of the lines, from the first on, are a block of labels above an older message; 0 for none.

    Writer and subject with a day or a recipient, in one language; without a subject the writer's address must be there:
    "From: Hamburg, To: Kraków, Date: …" is a way to go.
    """
    if not any(line.sender for line in lines):
        return 0
    kinds: dict[str, set[str]] = {}
    addressed = False
    last = others = 0
    for number, line in enumerate(lines):
        others += line.other
        if others > 3:
            break
        addressed = addressed or line.addressed
        for language, kind in line.kinds:
            kinds.setdefault(language, set()).add(kind)
        if line.kinds:
            last = number + 1
    for known in kinds.values():
        if "from" in known and (("subject" in known and len(known) > 2) or (addressed and len(known) > 1)):
            return last
    return 0
