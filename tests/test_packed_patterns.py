"""Packed patterns: what is unpacked matches as what was compiled, and nothing that lies in the cache does harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import cache
from msgpolicy.facts.words import packed_patterns
from msgpolicy.facts.words.packed_patterns import Packed, PackedPatterns
from msgpolicy.facts.words.phrases import spellings
from msgpolicy.facts.words.variants import _pattern

TEXTS = ["", " a ", "leave us five stars, please.", "nr. 12,50 and 3", "محل والمحل", "ご注文の評価", "«x» y"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled and not unpacked."""
    written: list[str] = []
    make = regex.compile

    def compile_(pattern: str, *rest: Any) -> regex.Pattern[str]:
        written.append(pattern)
        return make(pattern, *rest)

    packed_patterns._maker()
    monkeypatch.setattr(regex, "compile", compile_)
    return written


def many(number: int) -> list[str]:
    return [rf"(?V1)a{index}[bc]*+(?<=x|yz)?" for index in range(number)]


PHRASES = [
    ("leave <2> (us|him) (5|five) star*", "en"),
    ("{number} % off", "en"),
    ("Bewertung* (löschen|ändern)", "de"),
    ("تقييم <3> (إيجابي|ممتاز)", "ar"),
    ("評価 (を|に) 書いて", "ja"),
]


@pytest.mark.parametrize(("phrase", "language"), PHRASES)
@given(text=st.text(max_size=60) | st.sampled_from(TEXTS))
def test_what_is_unpacked_matches_alike(phrase: str, language: str, text: str) -> None:
    for tokens in spellings(phrase, language):
        for written in (rf"(?V1){_pattern(tokens)}", rf"(?V1r){_pattern(tokens)}"):
            made = regex.compile(written)
            packed = packed_patterns._pack(made)
            assert packed is not None
            again = packed_patterns._unpacked(written, packed)
            assert again is not None
            assert (again.pattern, again.flags) == (made.pattern, made.flags)
            ours, theirs = again.search(text), made.search(text)
            assert (ours and ours.span()) == (theirs and theirs.span())


def test_the_next_process_compiles_nothing(folder: Path, compiled: list[str]) -> None:
    first = PackedPatterns("en")
    made = [first.pattern(written) for written in many(16)]
    assert compiled == [pattern.pattern for pattern in made] == many(16)
    again = PackedPatterns("en")
    assert [again.pattern(written).pattern for written in many(16)] == many(16)
    assert len(compiled) == 16


def test_a_process_compiles_once(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    patterns = PackedPatterns("en")
    for _ in range(2):
        assert patterns.pattern("(?V1)ab").fullmatch("ab")
    assert compiled == ["(?V1)ab"]


def test_languages_have_entries_of_their_own(folder: Path, compiled: list[str]) -> None:
    for language in ("en", "de"):
        for written in many(16):
            PackedPatterns(language).pattern(written)
        patterns = PackedPatterns(language)
        for written in many(16):
            patterns.pattern(written)
    assert len([path for path in folder.iterdir() if path.name.startswith("patterns-")]) == 2


def test_what_is_new_is_added(folder: Path, compiled: list[str]) -> None:
    for number in (16, 40, 60):
        patterns = PackedPatterns("en")
        for written in many(number):
            patterns.pattern(written)
    compiled.clear()
    patterns = PackedPatterns("en")
    for written in many(60):
        patterns.pattern(written)
    assert len(compiled) < 16


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc0",
        msgspec.msgpack.encode(["(?V1)ab", 1]),
        msgspec.msgpack.encode(["(?V1)other", 0, b"", {}, {}, {}, [], 0, [], 0, 0]),
    ],
)
def test_what_is_no_pattern_is_compiled(folder: Path, compiled: list[str], data: bytes) -> None:
    cache.keep("patterns", "en", Packed({"(?V1)ab": msgspec.Raw(data or b"\xc0")}))
    pattern = PackedPatterns("en").pattern("(?V1)ab")
    assert compiled == ["(?V1)ab"]
    assert pattern.fullmatch("ab")


def test_an_entry_of_another_shape(folder: Path, compiled: list[str]) -> None:
    cache.keep("patterns", "en", ["patterns"])
    assert PackedPatterns("en").pattern("(?V1)ab").fullmatch("ab")
    assert compiled == ["(?V1)ab"]


def test_another_version_of_regex_packs_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_patterns, "_reduced", lambda pattern: (regex.compile, (pattern.pattern,)))
    patterns = PackedPatterns("en")
    for written in many(40):
        assert patterns.pattern(written).pattern == written
    assert not folder.exists()


def test_so_many_are_packed_and_no_more(folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_patterns, "MAX_PACKED", 20)
    patterns = PackedPatterns("en")
    for _ in range(2):
        for written in many(30):
            assert patterns.pattern(written).pattern == written
    assert compiled == many(30) + many(30)[20:]
