"""Which languages a text is written in, from its script and its function words.

This is evidence for two purposes: a phrase of a language counts only where that language is present, and the
rule wrong-language compares what is surely read with what the buyer prefers. Short text stays undetermined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import regex

from msgpolicy.facts.views import MAX_KNOWN

_WORD = regex.compile(r"[\p{L}\p{M}']++")
# The same where all is ASCII, in half the time.
_ASCII_WORD = re.compile(r"[A-Za-z']+")

# Scripts that tell the language by themselves (of those that the lexicons know).
_SCRIPTS = {
    "ja": r"\p{Hiragana}\p{Katakana}",
    "zh": r"\p{Han}",
    "ko": r"\p{Hangul}",
    "ar": r"\p{Arabic}",
    "th": r"\p{Thai}",
    "hi": r"\p{Devanagari}",
}
_LETTERS = {language: regex.compile(f"[{script}]") for language, script in _SCRIPTS.items()}


class _LanguageOf(dict[str, str]):
    """The language that a letter tells by its script, "" for most; filled as letters are met."""

    def __missing__(self, char: str) -> str:
        language = next((language for language, letter in _LETTERS.items() if letter.match(char)), "")
        if len(self) < MAX_KNOWN:
            self[char] = language
        return language


_LANGUAGE_OF = _LanguageOf()
_FEW = 30


class Evidence(NamedTuple):
    """How many function words (or, for a script, letters) of each language a text has, and its number of words."""

    counts: Mapping[str, int]
    words: int

    @property
    def top(self) -> int:
        return max(self.counts.values(), default=0)


class FunctionWords:
    """The function words of each language; made once per ruleset."""

    __slots__ = ("_languages_of", "languages")

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """`words` by language, folded as texts are (views.fold_phrase)."""
        self.languages = tuple(words)
        languages_of: dict[str, tuple[str, ...]] = {}
        for language, listed in words.items():
            for word in dict.fromkeys(listed):  # "a" and "à" are one word when folded
                languages_of[word] = (*languages_of.get(word, ()), language)
        self._languages_of = languages_of

    def evidence(self, folded: str) -> Evidence:
        """Counts over a text in the phrase view."""
        is_ascii = folded.isascii()
        words: list[str] = (_ASCII_WORD if is_ascii else _WORD).findall(folded)
        known = self._languages_of
        told = [known[word] for word in words if word in known]
        counts = dict(Counter(chain.from_iterable(told))) if told else {}
        telling = () if is_ascii else [char for char in set(folded) if _LANGUAGE_OF[char]]
        if telling:
            # Few different letters are counted one by one in less time than all letters of the text.
            of = folded.count if len(telling) <= _FEW else Counter(folded).__getitem__
            letters: Counter[str] = Counter()
            for char in telling:
                letters[_LANGUAGE_OF[char]] += of(char)
            for language in _SCRIPTS:
                if count := letters[language]:
                    counts[language] = max(counts.get(language, 0), count)
            if "ja" in counts and "zh" in counts:
                # Han characters among kana are Japanese; Chinese is present beside it only where they prevail.
                if counts["zh"] > 4 * counts["ja"]:
                    del counts["ja"]
                else:
                    del counts["zh"]
        return Evidence(counts, len(words))


# Languages whose verb comes last: what denies it stands behind what is denied ("hediye vermiyoruz"), other words of
# negation before it.
VERB_LAST = frozenset({"tr", "ja", "ko", "hi"})

# A language is present in a sentence when it has at least this share of the strongest one's function words there, and
# in the message too, unless it is the strongest: sisters share short words (Spanish "de, que, para" in Portuguese) ...
SENTENCE_SHARE = 0.5
# ... and, where the sentence is too short to tell, this share of the strongest one's in the whole message.
MESSAGE_SHARE = 0.25
ENOUGH = 2


def languages_present(sentences: Iterable[Evidence], message: Evidence) -> Iterator[frozenset[str] | None]:
    """The languages whose phrases count in each sentence of the message; None where it may be any."""
    elsewhere = _present(message, MESSAGE_SHARE)
    usual = _present(message, SENTENCE_SHARE) or frozenset()
    for sentence in sentences:
        present = _present(sentence, SENTENCE_SHARE)
        if present is not None and not present <= usual:
            top, counts = sentence.top, sentence.counts
            present = frozenset(language for language in present if counts[language] == top or language in usual)
        if present is None:
            yield elsewhere
        elif "zh" in present and elsewhere is not None and "ja" in elsewhere:
            # A line of Han characters alone ("・健康保険証") is Japanese where the message is.
            yield present | {"ja"}
        else:
            yield present


def _present(evidence: Evidence, share: float) -> frozenset[str] | None:
    top = evidence.top
    if top < ENOUGH:
        return None
    return frozenset(language for language, count in evidence.counts.items() if count >= share * top)


def may_be_in(language: str, evidence: Evidence) -> bool:
    """Whether a text that is too short to tell may be in a language: one with a script of its own shows in some way."""
    return language not in _SCRIPTS or language in evidence.counts


def is_written(language: str, evidence: Evidence) -> bool:
    """Whether a text is written in the language, if only in part; a few words shared with another do not count."""
    return evidence.counts.get(language, 0) >= max(ENOUGH, SENTENCE_SHARE * evidence.top)


def is_surely(evidence: Evidence, *, words: int = 6, share: float = 0.6) -> str | None:
    """The one language that a text is written in, or None when the evidence does not suffice."""
    if not evidence.counts:
        return None
    ranked = sorted(evidence.counts.items(), key=lambda item: -item[1])
    language, count = ranked[0]
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    if count < words or runner_up > (1 - share) * count:
        return None
    return language
