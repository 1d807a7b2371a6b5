"""All phrases of a language at once find what each finds by itself, tried wherever one of its literals stands."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy.facts.limits import TooLargeError
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import phrase_view
from msgpolicy.facts.words.phrase_search import PhraseSearch, PhraseText, matched
from msgpolicy.facts.words.phrases import Gap, Group, Literal, Number, Token, spellings
from msgpolicy.facts.words.variants import check_phrase, variants
from msgpolicy.rules.load import load_ruleset
from tests.growth import assert_linear

Found = set[tuple[str, tuple[int, int]]]


def folded(text: str) -> str:
    return phrase_view(Reading("text", text, text)).text


def one_by_one(phrases: list[str], language: str, text: str) -> Found:
    found = set()
    for phrase in phrases:
        for variant in variants(phrase, language):
            at = text.find(variant.literal)
            while at >= 0:
                span = variant.match(text, at, at + len(variant.literal))
                if span is not None:
                    found.add((phrase, span))
                at = text.find(variant.literal, at + 1)
    return found


def all_at_once(phrases: list[str], language: str, text: str) -> Found:
    search = PhraseSearch(((phrase, phrase) for phrase in phrases), language)
    looked_in = PhraseText(text)
    candidates = search.candidates(looked_in, [(0, len(text))])
    return {(phrase, span) for phrase, listed in candidates.items() for span in matched(text, listed)}


@cache
def shipped(language: str) -> list[str]:
    concepts = load_ruleset("amazon").concepts.values()
    return sorted(
        {
            phrase
            for concept in concepts
            for side in (concept.phrases, concept.not_)
            for phrase in side.get(language, ())
        }
    )


@cache
def shipped_search(language: str) -> PhraseSearch[str]:
    return PhraseSearch(((phrase, phrase) for phrase in shipped(language)), language)


def written(tokens: tuple[Token, ...], rng: random.Random) -> str:
    """A text that the phrase stands for."""
    out = []
    for token in tokens:
        if isinstance(token, Literal):
            out.append(token.text)
        elif isinstance(token, Number):
            out.append(rng.choice(["5", "24.90"]))
        elif isinstance(token, Gap):
            out += [
                rng.choice([" so", " (x),", " no.", " z.b", " 1.5", " …", " ok?!x"])
                for _ in range(rng.randint(0, token.words))
            ]
        elif isinstance(token, Group):
            out.append(written(rng.choice(token.options), rng) if not token.optional or rng.random() < 0.6 else "")
        else:
            out.append(rng.choice(["", "s", "xy"]))
    return "".join(out)


JOINTS = [" ", " ", ", ", ". ", "? ", "! ", ".", "\n", " - ", "。", "、", "'", "…", " no. ", "  "]
LANGUAGES = ["en", "de", "pl", "fr", "ja", "zh", "th", "ar", "ko", "hi"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_phrases(language: str) -> None:
    """Texts of nothing but phrases, whole and cut short: near misses of everything."""
    rng = random.Random(language)
    phrases = shipped(language)
    for _ in range(12):
        parts = []
        for phrase in rng.choices(phrases, k=12):
            text = written(rng.choice(list(spellings(phrase, language))), rng)
            if rng.random() < 0.3:
                words = text.split(" ")
                del words[rng.randrange(len(words))]
                text = " ".join(words)
            parts += [text, rng.choice(JOINTS)]
        text = folded("".join(parts))
        candidates = shipped_search(language).candidates(PhraseText(text), [(0, len(text))])
        assert {
            (phrase, span) for phrase, listed in candidates.items() for span in matched(text, listed)
        } == one_by_one(phrases, language, text)


PIECES = [
    "a",
    "be",
    "gift",
    "card",
    "don't",
    "e-mail",
    "ok?",
    "nr.",
    "stars",
    "★",
    "5★",
    "好评",
    "给五星",
    "vx",
    "加vx",
    "รีวิว",
]
PARTS = [
    *PIECES,
    "gift*",
    "*card",
    "(gift|be a)",
    "(a|be)?",
    "(gift|card)(,|.|?)?",
    "(ok? then|be)",
    "#",
    "# stars",
    "e.g. this",
]


@settings(max_examples=300)
@given(
    st.lists(st.lists(st.sampled_from([*PARTS, "<2>"]), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6),
    st.lists(st.sampled_from([*PIECES, "gifts", "mycard", "then", "this", "7", "x", *JOINTS]), max_size=25),
)
def test_any_phrases_in_any_text(phrases: list[str], words: list[str]) -> None:
    sound = [phrase for phrase in dict.fromkeys(phrases) if check_phrase(phrase, "en") is None]
    text = folded("".join(words))
    assert all_at_once(sound, "en", text) == one_by_one(sound, "en", text)


def test_a_phrase_is_found_wherever_a_long_sentence_is_cut() -> None:
    phrases = ["leave <8> feedback <8> please", "gift card"]
    for before in range(0, 1700, 61):
        text = (
            "w" * before
            + " leave aaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbb feedback cccccccc please gift card"
            + " x" * 900
        )
        found = all_at_once(phrases, "en", text)
        assert {phrase for phrase, _ in found} == set(phrases)
        assert found == one_by_one(phrases, "en", text)


def test_only_the_lines_asked_for_are_searched() -> None:
    text = "gift one\ngift two\ngift three"
    candidates = PhraseSearch([("gift", "gift")], "en").candidates(PhraseText(text), [(0, 8), (18, 28)])
    assert sorted(matched(text, candidates["gift"])) == [(0, 4), (18, 22)]


def test_what_is_made_to_cost_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgpolicy.facts.words.phrase_search.MAX_CANDIDATES", 100)
    assert len(all_at_once(["gift"], "en", "gift " * 100)) == 100
    with pytest.raises(TooLargeError):
        all_at_once(["gift"], "en", "gift " * 101)


@pytest.mark.parametrize(
    "piece", ["please leave us a review and get a gift for 5 stars ", "review", "x ", "评价", "no. ", "…"]
)
def test_work_is_in_proportion_to_the_text(piece: str) -> None:
    search = shipped_search("en")

    def look(text: str) -> None:
        for listed in search.candidates(PhraseText(text), [(0, len(text))]).values():
            matched(text, listed)

    assert_linear(lambda size: (piece * size)[:size], look, 3000)


def test_patterns_are_packed_and_unpacked(monkeypatch):
    monkeypatch.setattr("msgpolicy.facts.words.variants.MAX_PATTERNS", 3)
    monkeypatch.setattr("msgpolicy.facts.words.variants._READY", ready := [])
    search = PhraseSearch([(number, f"leave <2> word{number} (here|there)") for number in range(10)], "en")
    text = ". ".join(f"leave your word{number} there" for number in range(10))
    for _ in range(2):
        found = search.candidates(PhraseText(text), [(0, len(text))])
        spans = [span for number in range(10) for span in matched(text, found[number])]
        assert [text[start:end] for start, end in spans] == [f"leave your word{number} there" for number in range(10)]
        assert len(ready) == 3
