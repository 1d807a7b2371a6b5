"""From a check's hits to violations: place, texts, severity, source, fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import regex

from msgpolicy.checks.base import Hit
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.report import Location, Policy, Severity, Violation
from msgpolicy.rules import Rule, RuleVersion
from msgpolicy.typed import FrozenDict

# Violations of one rule in one message; the rest is counted in the last one's evidence.
MAX_OF_ONE_RULE = 100
# Code points of a value that a rule's text shows.
MAX_FILL = 80

_PLACEHOLDER = regex.compile(r"\{([A-Za-z][\w.-]*)\}")
_PRIVATE = regex.compile(r"[\p{L}\p{N}._%+-]++@[\p{L}\p{N}.-]++|\p{N}")
_SPACES = regex.compile(r"\s++")
_LINE_END = regex.compile(r"\r\n|\r|\n")
_RANK: Mapping[str, int] = {"info": 0, "warning": 1, "error": 2}


class Assembler:
    """Makes violations, with texts in one language (English where a rule has none in it)."""

    def __init__(self, lang: str) -> None:
        self._languages = (lang, lang.partition("-")[0], "en")

    def violations(
        self, facts: Facts, rule: Rule, version: RuleVersion, hits: Iterable[Hit]
    ) -> Iterator[tuple[Violation, bool]]:
        """Each violation, and whether it holds others (its severity is then raised in `finish`)."""
        severity = _severity(facts, version)
        if severity is None:
            return
        seen: set[Place] = set()
        contexts: dict[str, int] = {}
        made: list[tuple[Violation, bool]] = []
        more = 0
        for hit in sorted(hits, key=lambda item: (item.place.part, item.place.start or 0, item.place.end or 0)):
            if hit.place in seen or _is_allowed(facts, version, hit):
                continue
            seen.add(hit.place)
            if len(made) >= MAX_OF_ONE_RULE:
                more += 1
                continue
            capped = hit.severity if hit.severity and _RANK[hit.severity] < _RANK[severity] else severity
            source = source_of(facts, hit.place)
            context = _masked_context(source, hit.place)
            occurrence = contexts[context] = contexts.get(context, 0) + 1
            fingerprint = hashlib.sha256(f"{rule.id}\0{context}\0{occurrence}".encode()).hexdigest()[:20]
            made.append((self._violation(facts, rule, version, hit, capped, source, fingerprint), hit.holder))
        if more:
            last, holder = made[-1]
            made[-1] = _replace(last, evidence=FrozenDict({**last.evidence, "more": more})), holder
        yield from made

    def finish(self, found: list[Violation], holders: list[int]) -> tuple[Violation, ...]:
        """All violations in the order of their places; one that holds a worse one is as severe as that."""
        for index in holders:
            inside = [
                other.severity for place, other in enumerate(found) if place != index and _holds(found[index], other)
            ]
            worst = max(inside, key=_RANK.__getitem__, default="info")
            if _RANK[worst] > _RANK[found[index].severity]:
                found[index] = _replace(found[index], severity=worst)
        return tuple(sorted(found, key=_order))

    def _violation(
        self,
        facts: Facts,
        rule: Rule,
        version: RuleVersion,
        hit: Hit,
        severity: Severity,
        source: str | None,
        fingerprint: str,
    ) -> Violation:
        place = hit.place
        excerpt = None if source is None or place.start is None else source[place.start : place.end]
        fills = {name: _shown(value) for name, value in hit.fills.items()}
        return Violation(
            rule=rule.id,
            severity=severity,
            confidence=round(hit.confidence, 2),
            message=self._text(version.message, fills) or rule.id,
            suggestion=self._text(version.suggestion, fills),
            params=FrozenDict(hit.fills),
            location=_location(facts, place, source),
            excerpt=excerpt,
            evidence=FrozenDict(hit.evidence),
            policy=_policy(version),
            fingerprint=fingerprint,
        )

    def _text(self, texts: Mapping[str, str], fills: Mapping[str, str]) -> str | None:
        for language in self._languages:
            if language in texts:
                return _PLACEHOLDER.sub(lambda match: fills.get(match.group(1), ""), texts[language])
        return None


def _replace(violation: Violation, **changes: Any) -> Violation:
    return msgspec.structs.replace(violation, **changes)


def _severity(facts: Facts, version: RuleVersion) -> Severity | None:
    severity: str = version.severity
    for entry in version.severity_when:
        if entry.when.evaluate(facts.lookup).value:
            severity = entry.severity
            break
    return None if severity == "off" else severity  # type: ignore[return-value]


def _is_allowed(facts: Facts, version: RuleVersion, hit: Hit) -> bool:
    """Whether one of the rule's exceptions covers the hit: a host, a phrase or a name that holds what was found."""
    allow = version.allow
    host = str(hit.evidence.get("host", "")).lower()
    if host and any(host == item.lower() or host.endswith("." + item.lower()) for item in allow.hosts):
        return True
    texts = (*allow.phrases, *allow.names)
    if not texts or hit.place.start is None or hit.place.end is None:
        return False
    source = source_of(facts, hit.place)
    if source is None:
        return False
    low, high = hit.place.start, hit.place.end
    # The exception must cover what was found, or what was found must be a part of it.
    for text in texts:
        window = source[max(low - len(text), 0) : high + len(text)].lower()
        if text.lower() in window and _covers(source, low, high, text):
            return True
    return False


def _covers(source: str, start: int, end: int, text: str) -> bool:
    folded, wanted = source.lower(), text.lower()
    if len(folded) != len(source):
        folded, wanted = source, text
    at = folded.find(wanted, max(start - len(wanted), 0), end + len(wanted))
    while at >= 0:
        if at < end and at + len(wanted) > start:
            return True
        at = folded.find(wanted, at + 1, end + len(wanted))
    return False


def source_of(facts: Facts, place: Place) -> str | None:
    """The text that a place's offsets count in; None for fields and what has no text."""
    if place.part in ("subject", "text", "html"):
        value: str | None = getattr(facts.message, place.part)
        return value
    if place.part.startswith("attachments["):
        index = int(place.part[len("attachments[") : -1])
        return facts.attachment_text(index, place.page)
    return None


def _location(facts: Facts, place: Place, source: str | None) -> Location:
    if source is None or place.start is None:
        return Location(part=place.part, start=place.start, end=place.end, page=place.page)
    before = [match.end() for match in _LINE_END.finditer(source, 0, place.start)]
    selector = None
    if place.part == "html" and facts.document is not None:
        selector = facts.document.selector_at(place.start)
    return Location(
        part=place.part,
        start=place.start,
        end=place.end,
        line=len(before) + 1,
        column=place.start - (before[-1] if before else 0) + 1,
        selector=selector,
        page=place.page,
    )


def _policy(version: RuleVersion) -> Policy:
    source = version.source
    return Policy(title=source.title, site=source.site, url=source.url, seen=source.seen, confidence=source.confidence)


def _shown(value: Any) -> str:
    text = _SPACES.sub(" ", str(value)).strip()
    return text if len(text) <= MAX_FILL else text[: MAX_FILL - 1] + "…"


def _masked_context(source: str | None, place: Place) -> str:
    """The words around a place without digits and addresses: stable under edits elsewhere, and of nobody's data."""
    if source is None or place.start is None or place.end is None:
        return place.part
    around = source[max(place.start - 40, 0) : place.end + 40]
    return _SPACES.sub(" ", _PRIVATE.sub("0", around.casefold()))


def _holds(outer: Violation, inner: Violation) -> bool:
    a, b = outer.location, inner.location
    if a.part != b.part or a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.start <= b.start and b.end <= a.end


def _order(violation: Violation) -> tuple[str, int, int, str]:
    place = violation.location
    order = {"subject": "0", "text": "1", "html": "2"}.get(place.part, "3" + place.part)
    return order, place.start or 0, place.end or 0, violation.rule
