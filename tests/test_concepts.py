"""Concept hits: languages that are present, harmless look-alikes, sentences, and exact places."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.spans import Reading
from msgpolicy.facts.words.concepts import ConceptReading, Lexicon
from msgpolicy.facts.words.languages import FunctionWords, is_surely
from msgpolicy.facts.words.sentences import clause_spans, sentence_spans
from msgpolicy.rules.lexicons import function_words


def concept(not_: dict[str, list[str]] | None = None, **phrases: list[str]) -> SimpleNamespace:
    return SimpleNamespace(phrases=phrases, not_=not_ or {})


LEXICON = Lexicon(
    {
        "review": concept(en=["review*", "leave <3> feedback"], de=["*bewertung*"], not_={"en": ["review your order"]}),
        "end": concept(sv=["slut"]),
        "poison": concept(de=["gift"]),
        "gift": concept(en=["gift"]),
    },
    function_words(),
)


def read(text: str, part: str = "text") -> ConceptReading:
    return ConceptReading(Reading(part, text, text), LEXICON)


def written(text: str, name: str) -> list[tuple[str, str]]:
    reading = read(text)
    return [(text[slice(*reading.source_span(hit.start, hit.end))], hit.language) for hit in reading.hits(name)]


def test_lexicons_with_the_same_phrases_share_their_search_and_others_do_not() -> None:
    def lexicon(phrase: str) -> Lexicon:
        return Lexicon({"gift": concept(en=[phrase])}, function_words())

    first, same, other = lexicon("gift"), lexicon("gift"), lexicon("gifts")
    assert first._search("en") is same._search("en")
    assert first._search("en") is not other._search("en")
    assert other.mentions("gifts").hits("gift")
    assert not other.mentions("gift").hits("gift")


def test_hits_map_to_what_was_written() -> None:
    text = "Please LEAVE us  some\nfeed\u00adback, or a Re\u200bview."
    assert written(text, "review") == [("LEAVE us  some\nfeed\u00adback", "en"), ("Re\u200bview", "en")]


def test_the_longest_of_nested_hits_counts_once() -> None:
    assert written("Please leave a review feedback for us.", "review") == [("leave a review feedback", "en")]


def test_a_harmless_phrase_cancels_what_it_covers_only() -> None:
    assert written("Please review your order before you review us.", "review") == [("review", "en")]


def test_a_harmless_phrase_leaves_the_shorter_hit_that_it_does_not_touch() -> None:
    lexicon = Lexicon(
        {"happy": concept(en=["if you like it", "if you like it <4> glad"], not_={"en": ["we would be glad"]})},
        function_words(),
    )
    text = "If you like it, we would be glad of a review."
    reading = ConceptReading(Reading("text", text, text), lexicon)
    assert [reading.view.text[hit.start : hit.end] for hit in reading.hits("happy")] == ["if you like it"]


def test_words_of_an_absent_language_do_not_count() -> None:
    assert written("You will find the gift in the box that we have sent.", "poison") == []
    assert written("You will find the gift in the box that we have sent.", "gift") == [("gift", "en")]
    assert written("Das Gift ist nicht für Kinder und wird nur an Sie geliefert.", "gift") == []
    assert written("Das Gift ist nicht für Kinder und wird nur an Sie geliefert.", "poison") == [("Gift", "de")]


def test_in_a_bilingual_message_each_sentence_speaks_its_language() -> None:
    text = "Das Paket ist für Sie und wird nicht geliefert. You will get the gift with the next parcel."
    assert written(text, "gift") == [("gift", "en")]
    assert written(text, "poison") == []


def test_a_text_too_short_to_tell_counts_for_every_language() -> None:
    assert written("Gift!", "gift") == [("Gift", "en")]
    assert written("Gift!", "poison") == [("Gift", "de")]


def test_a_text_too_short_to_tell_is_in_no_language_whose_script_it_lacks() -> None:
    lexicon = Lexicon({"gift": concept(en=["gift"], ar=["gift", "هدية"], hi=["gift", "तोहफा"])}, function_words())

    def languages(text: str) -> set[str]:
        reading = ConceptReading(Reading("text", text, text), lexicon)
        return {hit.language for hit in reading.hits("gift")}

    assert languages("gift") == {"en"}
    assert set(lexicon._searches) == {"en"}  # others are not even made ready
    assert languages("gift 4711 و") == {"en", "ar"}
    assert languages("gift milega") == {"en", "hi"}  # one of its words in Latin letters
    assert languages("هدية") == {"ar"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one. two! three? four", 4),
        ("wait… really", 2),
        ("z.b. dies, e.g. that", 1),
        ("order no. 5 arrived", 1),
        ("we said no. please review", 2),
        ("version 1.5 of amazon.de", 1),
        ("the 3. item", 1),
        ("これは一つ。これは二つ！", 2),
        ("在哪里?什么时候到?", 2),
        ("أين الطرد؟ متى يصل؟", 2),
        ("पार्सल नहीं आया। कब आएगा?", 2),
        ("is it usb?c", 1),
        ("first\nsecond", 2),
        ('he said "yes." and left', 2),
        ("", 0),
        ("   \n ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    spans = list(sentence_spans(text))
    assert len(spans) == count


def test_clauses() -> None:
    text = "if you are happy, write; if not – call"
    assert [text[a:b].strip() for a, b in clause_spans(text, 0, len(text))] == [
        "if you are happy",
        "write",
        "if not",
        "call",
    ]


def test_thai_parts_clauses_by_spaces() -> None:
    text = "สีไม่ตกค่ะ ส่งฟรี EMS 50 บาท"
    assert [text[a:b] for a, b in clause_spans(text, 0, len(text))] == ["สีไม่ตกค่ะ", "ส่งฟรี EMS 50 บาท"]


@given(st.text("ab.!? ,;\n。", max_size=60))
def test_sentences_cover_all_that_is_written(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    left = "".join(char for i, char in enumerate(text) if not any(a <= i < b for a, b in spans))
    assert not left.strip()


@given(st.text("aeimnorstw .?!\n", max_size=120))
def test_positions_find_their_sentence(text: str) -> None:
    reading = read(text)
    for index, (start, end) in enumerate(reading.sentences):
        if end > start:
            assert reading.sentence_index(start) == index
            assert reading.sentence_index(end - 1) == index
            low, high = reading.clause(start)
            assert start <= low <= high <= end


WORDS = FunctionWords({"en": ["the", "and", "you", "is", "with"], "de": ["das", "und", "ist", "mit", "sie"]})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the kettle and the lid is with you and the box", "en"),
        ("das und ist mit sie und das", "de"),
        ("the and you", None),
        ("the and you is with the das und ist mit sie das", None),
        ("ご注文の商品についてのお知らせです", "ja"),
        ("您的订单已经发货请注意查收", "zh"),
        ("주문하신 상품이 오늘 발송되었습니다", "ko"),
        ("تم شحن طلبك اليوم", "ar"),
        ("", None),
    ],
)
def test_a_language_is_named_only_when_sure(text: str, language: str | None) -> None:
    assert is_surely(WORDS.evidence(text)) == language


def test_every_language_of_the_contract_has_function_words() -> None:
    expected = {"en", "de", "fr", "es", "it", "nl", "pl", "sv", "pt", "tr", "ja", "zh", "ko", "ar", "th", "hi"}
    assert expected <= set(function_words())


_SENTENCES = st.sampled_from(
    ["You will get it with the parcel.", "Das ist nicht für Sie und wird geliefert.", "Ok.", "ご注文の品です。", "x"]
)


@given(st.lists(st.lists(_SENTENCES, max_size=3).map(" ".join), max_size=6).map("\n".join))
def test_each_language_is_looked_for_in_the_lines_of_its_sentences(text: str) -> None:
    reading = read(text)
    seen = reading.view.text
    expected: dict[str, set[int]] = {}
    for (start, _), present in zip(reading.sentences, reading._present, strict=True):
        for language in LEXICON.languages if present is None else LEXICON.languages & present:
            line = seen.rfind("\n", 0, start) + 1
            end = seen.find("\n", start)
            expected.setdefault(language, set()).update(range(line, end if end >= 0 else len(seen)))
    found = {
        language: {at for span in spans for at in range(*span) if seen[at] != "\n"}
        for language, spans in reading._lines.items()
    }
    assert found == expected
