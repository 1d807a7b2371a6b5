"""Concepts found in a text: hits of the lexicons' phrases, each with its language.

One scan sees all languages at once; a hit counts only where its language is present, so that Swedish "slut" or German
"Gift" raise no alarm in English text. Hits are spans of the phrase view.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from msgpolicy.facts.limits import MAX_HITS, TooLargeError
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import View, fold_phrase, phrase_view
from msgpolicy.facts.words.languages import Evidence, FunctionWords, is_present
from msgpolicy.facts.words.names import NEXT_WORDS, Names, masked
from msgpolicy.facts.words.phrases import Variant, check_phrase, variants
from msgpolicy.facts.words.sentences import clause_spans, sentence_spans
from msgpolicy.scan import Scanner

__all__ = ["ConceptHit", "ConceptReading", "Lexicon", "check_phrase"]

# The concept whose words make a name right before them an attribute ("a Five Star review").
REVIEW = "review"


class ConceptPhrases(Protocol):
    """A concept as the ruleset loader gives it."""

    @property
    def phrases(self) -> Mapping[str, Iterable[str]]: ...
    @property
    def not_(self) -> Mapping[str, Iterable[str]]: ...


class ConceptHit(NamedTuple):
    """A phrase of a concept in a language, at view.text[start:end]."""

    start: int
    end: int
    language: str


class _Entry(NamedTuple):
    concept: str
    language: str
    harmless: bool
    variant: Variant


class Lexicon:
    """All phrases of all concepts that a ruleset uses, ready for one scan. Immutable, safe between threads."""

    __slots__ = ("_entries", "_languages", "_scanner", "function_words")

    def __init__(self, concepts: Mapping[str, ConceptPhrases], function_words: Mapping[str, Iterable[str]]) -> None:
        by_literal: dict[str, list[_Entry]] = {}
        self._languages = {name: frozenset(concept.phrases) for name, concept in concepts.items()}
        for name, concept in concepts.items():
            for phrases, harmless in ((concept.phrases, False), (concept.not_, True)):
                for language, listed in phrases.items():
                    for phrase in listed:
                        for variant in variants(phrase, language):
                            by_literal.setdefault(variant.literal, []).append(_Entry(name, language, harmless, variant))
        self._entries = list(by_literal.values())
        self._scanner = Scanner(by_literal)
        self.function_words = FunctionWords(
            {language: [fold_phrase(word) for word in words] for language, words in function_words.items()}
        )

    def speaks(self, concept: str, language: str) -> bool:
        """Whether a concept has phrases in a language."""
        return language in self._languages.get(concept, ())

    def find(self, text: str, mask: str | None = None) -> dict[str, list[ConceptHit]]:
        """Hits of every concept in a text of the phrase view, by concept, in order, languages not yet considered.

        `mask` is the text with its names blanked: a phrase has to stand in it too. A phrase that only looks like the
        concept may stand in the text alone, so that a mask never makes a hit of what was none.
        """
        if mask is None:
            mask = text
        found: dict[tuple[str, str], set[tuple[int, int]]] = {}
        harmless: dict[tuple[str, str], list[tuple[int, int]]] = {}
        entries = self._entries
        for index, start, end in self._scanner.find(text):
            for entry in entries[index]:
                if not entry.harmless and mask is not text and mask[start:end] != text[start:end]:
                    continue
                span = entry.variant.match(text if entry.harmless else mask, start, end)
                if span is None:
                    continue
                key = (entry.concept, entry.language)
                if entry.harmless:
                    harmless.setdefault(key, []).append(span)
                else:
                    found.setdefault(key, set()).add(span)
        hits: dict[str, list[ConceptHit]] = {}
        for key, spans in found.items():
            concept, language = key
            kept = _without(_longest(spans), harmless.get(key, ()))
            if kept:
                hits.setdefault(concept, []).extend(ConceptHit(start, end, language) for start, end in kept)
        for listed in hits.values():
            listed.sort()
        return hits


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, without those that lie inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _without(spans: list[tuple[int, int]], harmless: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap no harmless phrase. Both are few in any text that people write."""
    bad = _longest(harmless)
    if not bad:
        return spans
    starts = [start for start, _ in bad]
    kept = []
    for start, end in spans:
        # The last harmless phrase that begins before this span's end decides: those before it end earlier.
        index = bisect_right(starts, end - 1) - 1
        if index < 0 or bad[index][1] <= start:
            kept.append((start, end))
    return kept


class _Hits(NamedTuple):
    """Hits of every concept, and of those asked for the ones that count."""

    found: dict[str, list[ConceptHit]]
    counting: dict[str, list[ConceptHit]]


class ConceptReading:
    """One reading with its phrase view, sentences and concept hits, each computed when first asked for."""

    __slots__ = (
        "_clauses",
        "_evidence",
        "_hits",
        "_lexicon",
        "_message",
        "_names",
        "_own_evidence",
        "_reading_starts",
        "_sentence_starts",
        "_sentences",
        "_view",
        "reading",
    )

    def __init__(
        self,
        reading: Reading,
        lexicon: Lexicon,
        message: Callable[[], Evidence] | None = None,
        names: Callable[[], Names | None] | None = None,
    ) -> None:
        """`message` gives the languages of the whole message where several readings belong together, `names` the names
        that are no words of phrases now: each rule may know others."""
        self.reading = reading
        self._lexicon = lexicon
        self._view: View | None = None
        self._hits: dict[Names | None, _Hits] = {}
        self._sentences: list[tuple[int, int]] | None = None
        self._sentence_starts: list[int] = []
        self._reading_starts: list[int] | None = None
        self._clauses: dict[int, list[tuple[int, int]]] = {}
        self._evidence: dict[int, Evidence] = {}
        self._message = message
        self._names = names
        self._own_evidence: Evidence | None = None

    @property
    def view(self) -> View:
        if self._view is None:
            self._view = phrase_view(self.reading)
        return self._view

    @property
    def all_hits(self) -> dict[str, list[ConceptHit]]:
        """Hits of every concept, also in languages that are not present."""
        return self._all().found

    def _all(self) -> _Hits:
        names = self._names() if self._names else None
        known = self._hits.get(names)
        if known is None:
            known = self._hits[names] = self._search(names)
        return known

    def _search(self, names: Names | None) -> _Hits:
        text = self.view.text
        if names is None:
            return _Hits(self._lexicon.find(text), {})
        spans = names.find(self.view, self.reading.text)
        blanked = masked(text, spans)
        kept = [(start, end) for start, end in spans if not self._is_attribute(blanked[end : end + NEXT_WORDS])]
        if not kept:  # as it is without names
            known = self._hits.get(None)
            if known is None:
                known = self._hits[None] = self._search(None)
            return known
        return _Hits(self._lexicon.find(text, blanked if len(kept) == len(spans) else masked(text, kept)), {})

    def _is_attribute(self, following: str) -> bool:
        """Whether a word for a review begins what follows a name."""
        if not following.strip():
            return False
        return any(hit.start <= 1 for hit in self._lexicon.find(following).get(REVIEW, ()))

    def hits(self, concept: str) -> list[ConceptHit]:
        """Hits of a concept in the languages that are present where they stand.

        Raises:
            TooLargeError: there are more than MAX_HITS.
        """
        every = self._all()
        known = every.counting.get(concept)
        if known is None:
            found = every.found.get(concept, ())
            if len(found) > MAX_HITS:
                part = self.reading.part
                raise TooLargeError(f"{part} holds more than {MAX_HITS:,} hits of the concept {concept}")
            known = every.counting[concept] = [hit for hit in found if self._counts(hit)]
        return known

    def _counts(self, hit: ConceptHit) -> bool:
        index = self.sentence_index(hit.start)
        message = self._message() if self._message else self.evidence
        return is_present(hit.language, self.sentence_evidence(index), message)

    @property
    def evidence(self) -> Evidence:
        """Languages of the whole reading."""
        if self._own_evidence is None:
            self._own_evidence = self._lexicon.function_words.evidence(self.view.text)
        return self._own_evidence

    def sentence_evidence(self, index: int) -> Evidence:
        """Languages of one sentence."""
        known = self._evidence.get(index)
        if known is None:
            start, end = self.sentences[index]
            known = self._evidence[index] = self._lexicon.function_words.evidence(self.view.text[start:end])
        return known

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans of the sentences in the view; at least one."""
        if self._sentences is None:
            self._sentences = list(sentence_spans(self.view.text)) or [(0, len(self.view.text))]
            self._sentence_starts = [start for start, _ in self._sentences]
        return self._sentences

    def sentence_index(self, position: int) -> int:
        """Which sentence a position of the view belongs to."""
        if self._sentences is None:
            _ = self.sentences
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The span in the view of the sentence that a position of reading.text belongs to."""
        if self._reading_starts is None:
            self._reading_starts = [self.view.span(start, end)[0] for start, end in self.sentences]
        return self.sentences[max(bisect_right(self._reading_starts, position) - 1, 0)]

    def clause(self, position: int) -> tuple[int, int]:
        """The span of the clause that a position of the view belongs to."""
        index = self.sentence_index(position)
        clauses = self._clauses.get(index)
        if clauses is None:
            clauses = self._clauses[index] = list(clause_spans(self.view.text, *self.sentences[index]))
        place = bisect_right(clauses, (position, len(self.view.text) + 1)) - 1
        return clauses[max(place, 0)] if clauses else self.sentences[index]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of view.text[start:end]."""
        return self.reading.span(*self.view.span(start, end))
