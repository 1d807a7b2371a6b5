"""From a check's hits to violations: place, texts, severity, source, fingerprint."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
import regex

from msgpolicy.checks.base import Hit, load_check
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.spans import Place
from msgpolicy.report import Fix, Location, Severity, Violation
from msgpolicy.rules import Allow, Rule, RuleVersion
from msgpolicy.rules.translations import in_words_of
from msgpolicy.typed import FrozenDict, freeze

# Violations of one rule in one message; the rest is counted in the last one's evidence.
MAX_OF_ONE_RULE = 100
# Code points of a value that a rule's text shows.
MAX_FILL = 80
# Code points on each side of the start and of the end of a place that its fingerprint is made of.
CONTEXT = 40

_PLACEHOLDER = regex.compile(r"\{([A-Za-z][\w.-]*)\}")
_PRIVATE = regex.compile(r"[\p{L}\p{N}._%+-]++@[\p{L}\p{N}.-]++|\p{N}")
_SPACES = regex.compile(r"\s++")
_LINE_END = regex.compile(r"\r\n|\r|\n")
_ATTACHMENT = regex.compile(r"attachments\[(\d+)\]")
_RANK: Mapping[str, int] = {"info": 0, "warning": 1, "error": 2}


class Assembler:
    """Makes the violations of one message, with texts in one language (English where a rule has none in it)."""

    def __init__(self, facts: Facts, lang: str) -> None:
        self._facts = facts
        self._lang = lang
        self._line_starts: dict[tuple[str, int | None], list[int]] = {}

    def violations(self, rule: Rule, version: RuleVersion, hits: Iterable[Hit]) -> Iterator[tuple[Violation, bool]]:
        """Each violation, and whether it holds others (its severity is then raised in `finish`)."""
        severity = self._severity(version)
        if severity is None:
            return
        seen: set[tuple[object, ...]] = set()
        contexts: dict[str, int] = {}
        made: list[tuple[Violation, bool]] = []
        more = 0
        more_fixes: list[Fix] = []
        placed = [(self._is_quoted(hit), hit) for hit in map(self._as_written, hits)]
        allow = version.allow if version.allow.hosts or version.allow.phrases else None
        # What is quoted comes last: it must not take the place of what counts.
        for quoted, hit in sorted(placed, key=lambda item: (item[0], *_order_of_hits(item[1]))):
            # At one place of a text the same is found once; what has no offsets is told apart by what was found.
            key = (hit.place, str(hit.fills) if hit.place.start is None else "")
            source = self.source_of(hit.place)
            if key in seen or (allow and _is_allowed(allow, hit, source)):
                continue
            seen.add(key)
            if len(made) >= MAX_OF_ONE_RULE:
                more += 1
                if hit.fix and not quoted:
                    more_fixes.append(hit.fix)
                continue
            capped = hit.severity if hit.severity and _RANK[hit.severity] < _RANK[severity] else severity
            if quoted:
                capped, hit = "info", hit._replace(evidence={**hit.evidence, "quoted": True})
            context = _masked_context(source, hit)
            occurrence = contexts[context] = contexts.get(context, 0) + 1
            fingerprint = fingerprint_of(rule.id, context, occurrence)
            made.append((self._violation(rule, version, hit, capped, source, fingerprint), hit.holder))
        if more:
            last, holder = made[-1]
            evidence = FrozenDict({**last.evidence, "more": more})
            made[-1] = _replace(last, evidence=evidence, fix=_joined(last.fix, more_fixes)), holder
        yield from made

    def _is_quoted(self, hit: Hit) -> bool:
        return not hit.acts and self._facts.is_quoted(hit.place, contact="normalized" in hit.evidence)

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

    def source_of(self, place: Place) -> str | None:
        """The text that a place's offsets count in; None for what has no offsets."""
        if place.start is None:
            return None
        if attachment := _ATTACHMENT.fullmatch(place.part):
            return self._facts.attachment_text(int(attachment[1]), place.page)
        return self._facts.source(place.part)

    def _as_written(self, hit: Hit) -> Hit:
        """The hit with a template's placeholders in what it quotes, in place of what they were read as."""
        template = self._facts.template
        if template is None:
            return hit
        fills, evidence = template.shown(hit.fills), template.shown(hit.evidence)
        return hit._replace(fills=fills, evidence=evidence, fix=template.fixed(hit.fix))

    def _severity(self, version: RuleVersion) -> Severity | None:
        severity: str = version.severity
        for entry in version.severity_when:
            if entry.when.evaluate(self._facts.lookup).value:
                severity = entry.severity
                break
        return None if severity == "off" else severity  # type: ignore[return-value]

    def _violation(
        self, rule: Rule, version: RuleVersion, hit: Hit, severity: Severity, source: str | None, fingerprint: str
    ) -> Violation:
        place = hit.place
        words = load_check(rule.check).words
        return Violation(
            rule=rule.id,
            severity=severity,
            confidence=round(hit.confidence, 2),
            message=text_of(version.message, hit.fills, words, self._lang) or rule.id,
            suggestion=text_of(version.suggestion, hit.fills, words, self._lang),
            params=freeze(hit.fills),
            location=self._location(place, source),
            excerpt=None if source is None else source[place.start : place.end],
            evidence=freeze(hit.evidence),
            policy=version.source,
            fingerprint=fingerprint,
            fix=hit.fix,
        )

    def _location(self, place: Place, source: str | None) -> Location:
        if source is None or place.start is None:
            return Location(part=place.part, start=place.start, end=place.end, page=place.page)
        key = (place.part, place.page)
        starts = self._line_starts.get(key)
        if starts is None:
            starts = self._line_starts[key] = [0, *(match.end() for match in _LINE_END.finditer(source))]
        line = bisect_right(starts, place.start)
        selector = None
        if place.part == "html" and self._facts.document is not None:
            selector = self._facts.document.selector_at(place.start)
        return Location(
            part=place.part,
            start=place.start,
            end=place.end,
            line=line,
            column=place.start - starts[line - 1] + 1,
            selector=selector,
            page=place.page,
        )


def text_of(texts: Mapping[str, str], fills: Mapping[str, Any], words: frozenset[str], lang: str) -> str | None:
    """A text of a rule in the reader's language (else in English), with what the check fills in; of `words`, which are
    the check's own, in that language too."""

    def filled(match: regex.Match[str]) -> str:
        name = match.group(1)
        value = str(fills.get(name, ""))
        return _shown(in_words_of(language, value) if name in words else value)

    for language in (lang, lang.partition("-")[0], "en"):
        if language in texts:
            return _PLACEHOLDER.sub(filled, texts[language])
    return None


def fingerprint_of(rule: str, context: str, occurrence: int) -> str:
    """The fingerprint of a violation: of the rule, what is around the place, and which of several such places it is."""
    return hashlib.sha256(f"{rule}\0{context}\0{occurrence}".encode()).hexdigest()[:20]


def _replace(violation: Violation, **changes: Any) -> Violation:
    return msgspec.structs.replace(violation, **changes)


def _joined(fix: Fix | None, more: list[Fix]) -> Fix | None:
    """A fix that mends also what is counted and not listed, as far as that is as safe."""
    if fix is None:
        return None
    edits = dict.fromkeys(edit for one in (fix, *more) if one.safe == fix.safe for edit in one.edits)
    return Fix(safe=fix.safe, edits=tuple(edits))


def _order_of_hits(hit: Hit) -> tuple[str, int, int, int]:
    place = hit.place
    return place.part, place.page or 0, place.start or 0, place.end or 0


def _is_allowed(allow: Allow, hit: Hit, source: str | None) -> bool:
    """Whether one of the rule's exceptions covers the hit: a host, or a phrase that it shares words with."""
    host = str(hit.evidence.get("host", "")).lower()
    if host and any(host == item.lower() or host.endswith("." + item.lower()) for item in allow.hosts):
        return True
    pattern = _exceptions(allow.phrases)
    start, end = hit.place.start, hit.place.end
    if pattern is None or source is None or start is None or end is None:
        return False
    # Only what is near is looked at: hits are many in a text that is made to cost.
    reach = 2 * max(map(len, allow.phrases))
    near = pattern.finditer(source, max(start - reach, 0), end + reach, overlapped=True)
    return any(match.start() < end and match.end() > start for match in near)


@lru_cache
def _exceptions(texts: tuple[str, ...]) -> regex.Pattern[str] | None:
    """A pattern of the exceptions of a rule, None when there are none; white space of any kind counts as a space."""
    written = [r"\s++".join(map(regex.escape, text.split())) for text in texts if text.strip()]
    return regex.compile("|".join(written), regex.IGNORECASE) if written else None


def _shown(value: str) -> str:
    text = _SPACES.sub(" ", value).strip()
    return text if len(text) <= MAX_FILL else text[: MAX_FILL - 1] + "…"


def _masked_context(source: str | None, hit: Hit) -> str:
    """The words around a place without digits and addresses: stable under edits elsewhere, and of nobody's data.

    A value that was read (`normalized`: an address, a number, a handle) is masked as a whole.
    """
    place = hit.place
    if source is None or place.start is None or place.end is None:
        return place.part
    found = "0" if "normalized" in hit.evidence else source[place.start : place.end]
    if len(found) > 2 * CONTEXT:
        found = f"{found[:CONTEXT]} … {found[-CONTEXT:]}"
    around = source[max(place.start - CONTEXT, 0) : place.start] + found + source[place.end : place.end + CONTEXT]
    return _SPACES.sub(" ", _PRIVATE.sub("0", around.casefold()))


def _holds(outer: Violation, inner: Violation) -> bool:
    a, b = outer.location, inner.location
    if a.part != b.part or a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.start <= b.start and b.end <= a.end


def _order(violation: Violation) -> tuple[int, int, str, int, int, int, str]:
    place = violation.location
    attachment = _ATTACHMENT.fullmatch(place.part)
    group = {"subject": 0, "text": 1, "html": 2}.get(place.part, 3)
    number = int(attachment[1]) if attachment else -1
    return group, number, place.part, place.page or 0, place.start or 0, place.end or 0, violation.rule
