"""What a report for other eyes shows of a message: private values are masked, code point by code point.

A mask is a `•` for each code point. Line breaks stay, and in addresses and numbers the signs that show what it was
(`@`, `.`, `-`, spaces); not among words, for the lengths of spelled digits give them away. A masked text is as long as
the text itself, so every offset, line and column of a report still holds.

Masked are, in the parts of the message and in all that a report quotes of them:

- what the record says of the buyer and the order: each word of the name, the ids, also with other accents and case;
- mail addresses, phone numbers, messenger handles, as written and in disguise, as the contact rules see them;
- paths, queries and user names of links; the host stays, for it is what a rule about links is about;
- runs of four digits and more (phones, orders, parcels, cards, dates; a year or a price alone stays), words that hold
  four digits, account numbers (IBAN), a street with its house number.

Not promised: names and addresses that the record does not know and that look like any other words; numbers of up to
three digits; what a length or the signs that stay give away; private names in host names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import regex

from msgpolicy.facts.facts import Facts
from msgpolicy.facts.limits import MAX_PART
from msgpolicy.facts.links.placed import FoundLink
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import fold_phrase, phrase_view
from msgpolicy.facts.words.concepts import Lexicon
from msgpolicy.later import regex_later
from msgpolicy.message import Message
from msgpolicy.report import Report, Violation
from msgpolicy.scan import Scanner
from msgpolicy.typed import FrozenDict

PARTS = ("subject", "text", "html")
# A value this short is masked only where it is a word of its own.
_SHORT = 3

_NO_LEXICON = Lexicon({}, {})
_SHAPED = regex_later(r"[^\s@.,:;/()<>+-]")
_WHOLE = regex_later(r"[^\r\n]")
_LETTER = regex_later(r"\p{L}")

_EMAIL = regex_later(r"(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]++@[\p{L}\p{N}.-]++")
_PATTERNS = (
    _EMAIL,
    # User name of a link, and what stands behind its host.
    regex_later(r"(?<=://)[^\s/@\"'<>]{1,200}+(?=@)"),
    regex_later(r"://[^\s/?#\"'<>]{1,200}+[/?#]\K[^\s\"'<>]++"),
    regex_later(r"[\p{L}\p{N}-]\.\p{L}{2,24}+[/?]\K[^\s\"'<>]++"),
    regex_later(
        r"\b(?:mailto|tel|sms|smsto|callto|facetime|skype|viber|whatsapp|tg|line|wechat|weixin|signal|xmpp|data):"
        r"\K[^\s\"'<>]++",
        regex.IGNORECASE,
    ),
    regex_later(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"),
    # Streets: "Musterstraße 12", "ul. Polna 5", "12 High Street".
    regex_later(
        r"\b\p{L}{1,40}?(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|straat|laan)\s{1,3}\d{1,4}(?:\s?[a-z])?\b",
        regex.IGNORECASE,
    ),
    regex_later(
        r"\b(?:ul\.|ulica|al\.|rue|via|viale|calle|avenida|avenue|piazza|plaza|corso)\s(?:[\p{L}.'’-]{1,40}\s){1,4}?\d{1,4}\b",
        regex.IGNORECASE,
    ),
    regex_later(
        r"\b\d{1,4}[a-z]?,?\s(?:[\p{L}'’-]{1,40}\s){1,3}?(?:street|st|road|rd|avenue|ave|lane|drive|close|square)\b",
        regex.IGNORECASE,
    ),
)
_WORD = regex_later(r"[\p{L}\p{N}_]{5,}+")
_MANY_DIGITS = regex_later(r"(?:\P{N}*+\p{N}){4}")
# Digits with at most three signs in between that may part the groups of one number.
_DIGITS = regex_later(r"\p{N}(?:[^\p{L}\p{N}\n,;!?%\"']{0,3}+\p{N})++")
_EVERYDAY = regex_later(r"(?:19|20)\d\d|\d{1,3}[.,]\d\d")
_ORDER_ID = regex_later(r"\d{3}-\d{7}-\d{7}")

Span = tuple[int, int]


def masked(text: str) -> str:
    """`text` with everything masked that is private by its looks. As long as `text`."""
    return _with_masks(text, _private_by_looks(text))


class Redaction:
    """What may be shown of one message and its report."""

    def __init__(self, message: Message, report: Report, facts: Facts | None = None) -> None:
        """`facts`: those that were read for the report, of a message that is no template; else they are read anew."""
        self._message = message
        self._report = report
        self._facts = Facts(message, _NO_LEXICON, {}) if facts is None else facts
        self._unread = False
        self._spans: dict[str, list[Span]] = {name: [] for name in PARTS}
        secrets = [value for value in _record_values(message) if value.strip()]
        secrets += [value for violation in report.violations if _is_contact(violation) for value in _quotes(violation)]
        try:
            secrets += self._contacts()
            self._links()
        except Exception:  # A part that cannot be read is not shown at all: safe, and the report says what failed.
            self._unread = True
        self._secrets = _Secrets(secrets)
        for violation in report.violations:
            place = violation.location
            if _is_contact(violation) and place.part in PARTS and place.start is not None and place.end is not None:
                self._spans[place.part].append((place.start, place.end))

    def part(self, name: str) -> str | None:
        """The subject, text or HTML, masked; as long as the part. None where the message has none."""
        source: str | None = getattr(self._message, name)
        if source is None:
            return None
        if self._unread or len(source) > MAX_PART:
            return _WHOLE.sub("•", source)
        spans = [*self._spans[name], *_private_by_looks(source), *self._secrets.spans(Reading(name, source, source))]
        if name == "html":
            for reading in self._readings("html"):
                found = [*_private_by_looks(reading.text), *self._secrets.spans(reading)]
                spans += _in_source(reading, found)
        return _with_masks(source, spans)

    def text(self, text: str) -> str:
        """A text that may quote the message, masked; as long as `text`."""
        return _with_masks(text, [*_private_by_looks(text), *self._secrets.spans(Reading("html", text, text))])

    def visible(self, *, masked: bool = True) -> str | None:
        """What a reader sees of the text, or else of the HTML; None where the message has neither.

        Of a part that cannot be read: all of it as it is written (which, masked, is a `•` for each code point).
        """
        for part in ("text", "html"):
            source: str | None = getattr(self._message, part)
            if source is None:
                continue
            if self._unread or len(source) > MAX_PART:
                return self.part(part) if masked else source
            for item in self._facts.readings:
                if item.reading.part == part and item.reading.shown == "visible":
                    return self.text(item.reading.text) if masked else item.reading.text
        return None

    def name(self, text: str) -> str:
        """A file name that readers need to find the message: only what is surely private is masked."""
        found = [match.span() for pattern in (_EMAIL, _ORDER_ID) for match in pattern.finditer(text)]
        return _with_masks(text, [*found, *self._secrets.spans(Reading("html", text, text))])

    def report(self) -> Report:
        """The report, with all that it quotes masked. Places, rules, severities and fingerprints are as they were."""
        report = self._report
        source = report.source
        if source is not None and source.file is not None:
            source = msgspec.structs.replace(source, file=self.name(source.file))
        receipt = msgspec.structs.replace(report.receipt, settings=self._value(report.receipt.settings))
        return msgspec.structs.replace(
            report,
            message_id=None if report.message_id is None else self._id(report.message_id),
            receipt=receipt,
            violations=tuple(map(self._violation, report.violations)),
            not_evaluated=tuple(
                entry if entry.detail is None else msgspec.structs.replace(entry, detail=self.name(entry.detail))
                for entry in report.not_evaluated
            ),
            source=source,
        )

    # --- what is private ----------------------------------------------------------------------------------------------

    def _readings(self, part: str) -> Iterator[Reading]:
        return (item.reading for item in self._facts.readings if item.reading.part == part)

    def _contacts(self) -> list[str]:
        """Marks the contacts in the parts; gives what they are."""
        secrets = []
        for item, contacts in self._facts.contacts:
            reading = item.reading
            for contact in (*contacts.emails, *contacts.phones, *contacts.messengers):
                self._spans[reading.part] += _in_source(reading, [(contact.start, contact.end)])
                secrets += [contact.normalized, reading.text[contact.start : contact.end]]
        return secrets

    def _links(self) -> None:
        for found in self._facts.links:
            place = found.place
            if place.start is not None and place.end is not None and place.part in PARTS:
                source: str = getattr(self._message, place.part)
                spans = _private_of_link(found, source[place.start : place.end])
                self._spans[place.part] += [(place.start + start, place.start + end) for start, end in spans]

    def _id(self, text: str) -> str:
        """A message's id, which in mail looks like an address and is none."""
        found = [match.span() for match in _ORDER_ID.finditer(text)]
        return _with_masks(text, [*found, *self._secrets.spans(Reading("html", text, text))])

    def _violation(self, violation: Violation) -> Violation:
        fix = violation.fix
        if fix is not None:
            edits = tuple(msgspec.structs.replace(edit, replacement=self.text(edit.replacement)) for edit in fix.edits)
            fix = msgspec.structs.replace(fix, edits=edits)
        excuse = violation.excuse
        if excuse is not None:
            reason = None if excuse.reason is None else self.text(excuse.reason)
            excuse = msgspec.structs.replace(excuse, reason=reason)
        return msgspec.structs.replace(
            violation,
            message=self.text(violation.message),
            suggestion=None if violation.suggestion is None else self.text(violation.suggestion),
            params=self._value(violation.params),
            excerpt=None if violation.excerpt is None else self.text(violation.excerpt),
            evidence=self._value(violation.evidence),
            fix=fix,
            excuse=excuse,
        )

    def _value(self, value: Any) -> Any:
        """Plain data with every text in it masked."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return FrozenDict({key: self._value(item) for key, item in value.items()})
        return tuple(map(self._value, value)) if isinstance(value, list | tuple) else value


class _Secrets:
    """Values known to be private, looked for in any text, whatever their case and accents."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = sorted({value for value in values if value.strip()})
        self._folded = sorted({folded for value in self._values if (folded := fold_phrase(value))})
        self._exact_scanner = Scanner(self._values)
        self._folded_scanner = Scanner(self._folded)

    def spans(self, reading: Reading) -> list[Span]:
        """Where they stand in the reading's text."""
        text = reading.text
        if not self._values:
            return []
        exact = [(start, end) for _, start, end in self._exact_scanner.find(text) if _counts(text, start, end)]
        # As HTML: its view keeps the lines of a text as they are.
        view = phrase_view(Reading("html", text, text))
        found = self._folded_scanner.find(view.text)
        return exact + [view.span(start, end) for _, start, end in found if _counts(view.text, start, end)]


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a value found at this place is more than a piece of another word by chance."""
    if end - start > _SHORT or not text[start:end].isascii():
        return True
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def _record_values(message: Message) -> list[str]:
    values = [message.sender, message.recipient]
    if message.buyer is not None:
        values += [message.buyer.id, message.buyer.name]
        # A lone initial is in every other word.
        values += [word for word in (message.buyer.name or "").split() if len(word) > 1 or not word.isascii()]
    if message.order is not None:
        values.append(message.order.id)
    if message.account is not None:
        values.append(message.account.id)
    return [value for value in values if value]


def _is_contact(violation: Violation) -> bool:
    """Whether what was found is private as a whole: a contact that was read, and no host."""
    return "normalized" in violation.evidence and "host" not in violation.evidence


def _quotes(violation: Violation) -> list[str]:
    values = [violation.excerpt, violation.evidence["normalized"], *violation.params.values()]
    return [value for value in values if isinstance(value, str)]


def _private_of_link(found: FoundLink, written: str) -> list[Span]:
    """What of a link, as it is written, is masked."""
    kind, host = found.link.kind, found.link.host
    if kind in ("anchor", "relative", "cid", "placeholder"):
        return []
    at = written.lower().find(host) if host else -1
    if at < 0:
        return [(0, len(written))]
    scheme = written.find("//", 0, at)
    before = (scheme + 2, at) if scheme >= 0 else (0, at)
    return [before, (at + len(host) + 1, len(written))]


def _in_source(reading: Reading, spans: Iterable[Span]) -> list[Span]:
    """Spans of a reading as spans of its source, code point by code point: markup in between may be anywhere."""
    return _joined(reading.span(at, at + 1) for start, end in spans for at in range(start, end))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans, with those that touch the one before them made one with it."""
    out: list[Span] = []
    for start, end in spans:
        if out and out[-1][0] <= start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _private_by_looks(text: str) -> list[Span]:
    found = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    for pattern in (_WORD, _DIGITS):
        found += [
            match.span()
            for match in pattern.finditer(text)
            if _MANY_DIGITS.match(match.group()) and not _EVERYDAY.fullmatch(match.group())
        ]
    return found


def _with_masks(text: str, spans: Iterable[Span]) -> str:
    out: list[str] = []
    at = 0
    for start, end in _joined(sorted(spans)):
        out += (text[at:start], _mask(text[start:end]))
        at = end
    out.append(text[at:])
    return "".join(out)


def _mask(text: str) -> str:
    shaped = "@" in text or not _LETTER.search(text)
    return (_SHAPED if shaped else _WHOLE).sub("•", text)
