"""The phrases of all concepts, and where a text mentions which concept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, Protocol
from weakref import WeakValueDictionary

from msgpolicy.cache import kept
from msgpolicy.facts.limits import MAX_HITS, TooLargeError
from msgpolicy.facts.views import fold_phrase
from msgpolicy.facts.words.languages import FunctionWords
from msgpolicy.facts.words.phrase_search import (
    Candidates,
    Indexes,
    PhraseSearch,
    PhraseText,
    Span,
    index_phrases,
    matched,
)
from msgpolicy.garbage import uncollected
from msgpolicy.typed import FrozenDict, freeze

# So many phrases are read as fast as they are found in the cache.
FEW = 50
_NONE: Candidates = ([], [])


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


class _Meaning(NamedTuple):
    """What a phrase stands for."""

    concept: str
    # Whether it only looks like the concept.
    harmless: bool


class Lexicon:
    """All phrases of all concepts that a ruleset uses. Safe between threads."""

    __slots__ = ("_concepts", "_languages", "_searches", "function_words", "languages")

    def __init__(self, concepts: Mapping[str, ConceptPhrases], function_words: Mapping[str, Iterable[str]]) -> None:
        self._concepts = concepts
        self._languages = {name: frozenset(concept.phrases) for name, concept in concepts.items()}
        # The languages that have phrases.
        self.languages: Set[str] = frozenset().union(*self._languages.values(), *(c.not_ for c in concepts.values()))
        # Made when a text first needs them: a sender writes in few languages.
        self._searches: dict[str, PhraseSearch[_Meaning]] = {}
        self.function_words = _function_words(freeze(function_words))

    def speaks(self, concept: str, language: str) -> bool:
        """Whether a concept has phrases in a language."""
        return language in self._languages.get(concept, ())

    def _search(self, language: str) -> PhraseSearch[_Meaning]:
        known = self._searches.get(language)
        if known is None:  # two threads may both make it, and either is good
            known = self._searches[language] = _search_for(tuple(self._phrases(language)), language)
        return known

    def _phrases(self, language: str) -> Iterator[tuple[_Meaning, str]]:
        for name, concept in self._concepts.items():
            for phrases, harmless in ((concept.phrases, False), (concept.not_, True)):
                meaning = _Meaning(name, harmless)
                for phrase in phrases.get(language, ()):
                    yield meaning, phrase

    def mentions(
        self, text: str, mask: str | None = None, lines: Mapping[str, Sequence[Span]] | None = None
    ) -> Mentions:
        """Looks for every concept in a text of the phrase view.

        `mask` is the text with its names blanked: a phrase has to stand in it. A phrase that only looks like the
        concept may stand in the text instead, so that a mask never makes a hit of what was none. `lines` are the spans
        of the lines in which each language is looked for; by default every language is in all.

        Raises:
            TooLargeError: there is too much to look at.
        """
        if lines is None:
            lines = dict.fromkeys(self.languages, ((0, len(text)),))
        plain = PhraseText(text)
        blanked = plain if mask is None else PhraseText(mask)
        found: dict[str, dict[_Meaning, Candidates]] = {}
        for language, spans in lines.items():
            search = self._search(language)
            found[language] = dict(search.candidates(plain, spans))
            if blanked is not plain:
                harmless = {key: listed for key, listed in found[language].items() if key.harmless}
                real = {key: listed for key, listed in search.candidates(blanked, spans).items() if not key.harmless}
                found[language] = harmless | real
        return Mentions(plain.text, blanked.text, found)


@lru_cache(maxsize=8)
def _function_words(words: FrozenDict) -> FunctionWords:
    return FunctionWords({language: [fold_phrase(word) for word in listed] for language, listed in words.items()})


# Those that some lexicon still uses: linters with the same phrases share them.
_SEARCHES: WeakValueDictionary[tuple[tuple[tuple[_Meaning, str], ...], str], PhraseSearch[_Meaning]]
_SEARCHES = WeakValueDictionary()


def _search_for(phrases: tuple[tuple[_Meaning, str], ...], language: str) -> PhraseSearch[_Meaning]:
    known = _SEARCHES.get((phrases, language))
    if known is None:
        with uncollected():
            known = _SEARCHES[phrases, language] = PhraseSearch(phrases, language, _indexes(phrases, language))
    return known


def _indexes(phrases: tuple[tuple[_Meaning, str], ...], language: str) -> Indexes:
    texts = [text for _, text in phrases]
    if len(texts) <= FEW:
        return index_phrases(texts, language)

    def fits(indexes: Indexes) -> bool:
        return indexes.fit(len(texts))

    return kept("phrases", (language, texts), Indexes, lambda: index_phrases(texts, language), fits)


class Mentions:
    """What concepts a text mentions; each is matched when it is first asked for."""

    __slots__ = ("_candidates", "_hits", "_mask", "_text", "concepts")

    def __init__(self, text: str, mask: str, candidates: Mapping[str, Mapping[_Meaning, Candidates]]) -> None:
        self._text = text
        self._mask = mask
        # By language.
        self._candidates = candidates
        # Those for which there is anything to be matched; most texts mention few of many.
        self.concepts: Set[str] = {key.concept for listed in candidates.values() for key in listed if not key.harmless}
        self._hits: dict[str, list[ConceptHit] | TooLargeError] = {}

    def hits(self, concept: str) -> list[ConceptHit]:
        """Hits of a concept, in order, languages not considered.

        Raises:
            TooLargeError: there are more than MAX_HITS.
        """
        if concept not in self.concepts:
            return []
        known = self._hits.get(concept)
        if known is None:
            known = self._hits[concept] = self._find(concept)
        if isinstance(known, TooLargeError):
            raise known
        return known

    def _find(self, concept: str) -> list[ConceptHit] | TooLargeError:
        hits: list[ConceptHit] = []
        too_many = TooLargeError(f"more than {MAX_HITS:,} hits of the concept {concept}")
        for language, candidates in self._candidates.items():
            found = matched(self._mask, candidates.get(_Meaning(concept, False), _NONE), MAX_HITS)
            if found:
                harmless = matched(self._text, candidates.get(_Meaning(concept, True), _NONE), MAX_HITS)
                if max(len(found), len(harmless)) > MAX_HITS:
                    return too_many
                hits += [ConceptHit(*span, language) for span in _longest(_without(found, harmless))]
        hits.sort()
        return too_many if len(hits) > MAX_HITS else hits


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, without those that lie inside another."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _without(spans: Iterable[Span], harmless: Iterable[Span]) -> list[Span]:
    """Spans that overlap no harmless phrase. Both are few in any text that people write."""
    bad = _longest(harmless)
    if not bad:
        return list(spans)
    starts = [start for start, _ in bad]
    kept = []
    for start, end in spans:
        # The last harmless phrase that begins before this span's end decides: those before it end earlier.
        index = bisect_right(starts, end - 1) - 1
        if index < 0 or bad[index][1] <= start:
            kept.append((start, end))
    return kept
