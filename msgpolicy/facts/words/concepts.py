"""Concepts found in a text: hits of the lexicons' phrases, each with its language.

A hit counts only where its language is present, so that Swedish "slut" or German "Gift" raise no alarm in English text:
in each line only the phrases of languages are looked for that are present in one of its sentences. Hits are spans of
the phrase view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Set
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import View, phrase_view
from msgpolicy.facts.words.languages import Evidence, languages_present, may_be_in
from msgpolicy.facts.words.lexicon import ConceptHit, Lexicon, Mentions
from msgpolicy.facts.words.names import NEXT_WORDS, Names, masked
from msgpolicy.facts.words.phrase_search import Span
from msgpolicy.facts.words.quotation import has_words_around, quotation_spans
from msgpolicy.facts.words.sentences import clause_spans, sentence_spans

__all__ = ["ConceptHit", "ConceptReading", "Lexicon"]

# The concept whose words make a name right before them an attribute ("a Five Star review").
REVIEW = "review"


class _Looked(NamedTuple):
    """What a text mentions, and of the concepts asked for the hits that count."""

    mentions: Mentions
    counting: dict[str, list[ConceptHit]]


class ConceptReading:
    """One reading with its phrase view, sentences and concept hits, each computed when first asked for."""

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
        self._looks: dict[Names | None, _Looked | TooLargeError] = {}
        self._clauses: dict[int, list[Span]] = {}
        self._message = message
        self._names = names

    @cached_property
    def view(self) -> View:
        return phrase_view(self.reading)

    @property
    def mentionable(self) -> Set[str]:
        """The concepts that may have hits.

        Raises:
            TooLargeError: there is too much to look at.
        """
        return self._looked.mentions.concepts

    def mentions(self, concept: str) -> bool:
        """Whether a concept has a hit, also in a language that is present only elsewhere in the line.

        Raises:
            TooLargeError: there are more than MAX_HITS, or there is too much to look at.
        """
        return bool(self._all_hits(concept))

    def hits(self, concept: str) -> list[ConceptHit]:
        """Hits of a concept in the languages that are present where they stand.

        Raises:
            TooLargeError: there are more than MAX_HITS, or there is too much to look at.
        """
        looked = self._looked
        known = looked.counting.get(concept)
        if known is None:
            known = looked.counting[concept] = [hit for hit in self._all_hits(concept) if self._counts(hit)]
        return known

    def _all_hits(self, concept: str) -> list[ConceptHit]:
        mentions = self._looked.mentions
        try:
            return mentions.hits(concept)
        except TooLargeError as error:
            raise TooLargeError(f"{self.reading.part} holds {error}") from None

    def hits_within(self, concept: str, span: Span) -> list[ConceptHit]:
        """Those of `hits` that stand in a span of the view.

        Raises:
            TooLargeError: as for `hits`.
        """
        hits = self.hits(concept)
        start, end = span
        inside = hits[bisect_left(hits, (start,)) : bisect_left(hits, (end,))]
        return [hit for hit in inside if hit.end <= end]

    @property
    def _looked(self) -> _Looked:
        """What was found with the names that are known now."""
        names = self._names() if self._names else None
        known = self._looks.get(names)
        return known if isinstance(known, _Looked) else self._looked_with(names)

    def _looked_with(self, names: Names | None) -> _Looked:
        known = self._looks.get(names)
        if known is None:
            try:
                known = self._look(names)
            except TooLargeError as error:
                known = error
            self._looks[names] = known
        if isinstance(known, TooLargeError):
            raise known
        return known

    def _look(self, names: Names | None) -> _Looked:
        text = self.view.text
        if names is None:
            return self._mentions(None)
        spans = names.find(self.view, self.reading.text)
        blanked = masked(text, spans)
        kept = [(start, end) for start, end in spans if not self._is_attribute(blanked[end : end + NEXT_WORDS])]
        if not kept:  # as it is without names
            return self._looked_with(None)
        mask = blanked if len(kept) == len(spans) else masked(text, kept)
        return self._mentions(mask)

    def _mentions(self, mask: str | None) -> _Looked:
        try:
            return _Looked(self._lexicon.mentions(self.view.text, mask, self._lines), {})
        except TooLargeError as error:
            raise TooLargeError(f"{self.reading.part}: {error}") from None

    def _is_attribute(self, following: str) -> bool:
        """Whether a word for a review begins what follows a name."""
        if not following.strip():
            return False
        lines = dict.fromkeys(self._lines, ((0, len(following)),))
        return any(hit.start <= 1 for hit in self._lexicon.mentions(following, lines=lines).hits(REVIEW))

    def _counts(self, hit: ConceptHit) -> bool:
        present = self._present[self.sentence_index(hit.start)]
        return present is None or hit.language in present

    @cached_property
    def _present(self) -> list[frozenset[str] | None]:
        """The languages present in each sentence."""
        message = self._message() if self._message else self.evidence
        text = self.view.text
        sentences = [text[start:end] for start, end in self.sentences]
        distinct = dict.fromkeys(sentences)  # a flood repeats itself
        found = languages_present(map(self._lexicon.function_words.evidence, distinct), message)
        one: dict[frozenset[str] | None, frozenset[str] | None] = {}  # thousands of sentences have the same few sets
        present_in = {sentence: one.setdefault(each, each) for sentence, each in zip(distinct, found, strict=True)}
        return [present_in[sentence] for sentence in sentences]

    @cached_property
    def _lines(self) -> dict[str, list[Span]]:
        """For each language of the lexicon the lines that have a sentence in which it is present."""
        text = self.view.text
        possible = [language for language in self._lexicon.languages if may_be_in(language, self.evidence)]
        lines: dict[str, list[Span]] = {}
        looked, line, end = 0, 0, -1
        for present, run in groupby(zip(self._present, self.sentences, strict=True), key=itemgetter(0)):
            starts = [start for _, (start, _) in run]
            first = max(text.rfind("\n", looked, starts[0]) + 1, line)
            looked = starts[-1]
            line = max(text.rfind("\n", starts[0], looked) + 1, first)
            if end < looked:
                end = text.find("\n", looked)
                end = len(text) if end < 0 else end
            for language in possible if present is None else self._lexicon.languages & present:
                spans = lines.setdefault(language, [])
                if not spans or spans[-1][1] < first - 1:
                    spans.append((first, end))
                elif spans[-1][1] < end:  # the line before it is one of them
                    spans[-1] = spans[-1][0], end
        return lines

    @cached_property
    def evidence(self) -> Evidence:
        """Languages of the whole reading."""
        return self._lexicon.function_words.evidence(self.view.text)

    def sentence_evidence(self, index: int) -> Evidence:
        """Languages of one sentence."""
        start, end = self.sentences[index]
        return self._lexicon.function_words.evidence(self.view.text[start:end])

    @cached_property
    def sentences(self) -> list[Span]:
        """Spans of the sentences in the view; at least one."""
        return list(sentence_spans(self.view.text)) or [(0, len(self.view.text))]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _reading_starts(self) -> list[int]:
        """Where each sentence starts in reading.text."""
        return [self.view.span(start, end)[0] for start, end in self.sentences]

    def sentence_index(self, position: int) -> int:
        """Which sentence a position of the view belongs to."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def sentence_at(self, position: int) -> Span:
        """The span in the view of the sentence that a position of reading.text belongs to."""
        return self.sentences[max(bisect_right(self._reading_starts, position) - 1, 0)]

    def clause(self, position: int) -> Span:
        """The span of the clause that a position of the view belongs to."""
        index = self.sentence_index(position)
        clauses = self._clauses.get(index)
        if clauses is None:
            clauses = self._clauses[index] = list(clause_spans(self.view.text, *self.sentences[index]))
        place = bisect_right(clauses, (position, len(self.view.text) + 1)) - 1
        return clauses[max(place, 0)] if clauses else self.sentences[index]

    @cached_property
    def _quotations(self) -> list[Span]:
        text = self.reading.text
        return [span for span in quotation_spans(text) if has_words_around(text, span)]

    def quotation(self, start: int, end: int) -> Span | None:
        """The span in reading.text of the quotation marks that all of view.text[start:end] stands between, if any.

        None where hardly anything stands around them in the line: what is said in marks altogether is said.
        """
        start, end = self.view.span(start, end)
        index = bisect_right(self._quotations, (start, len(self.reading.text) + 1)) - 1
        if index < 0 or self._quotations[index][1] < end:
            return None
        return self._quotations[index]

    def source_span(self, start: int, end: int) -> Span:
        """The source span of view.text[start:end]."""
        return self.reading.span(*self.view.span(start, end))
