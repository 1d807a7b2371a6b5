"""Phrases of a lexicon: the small language, its mistakes, and what a phrase matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import phrase_view
from msgpolicy.facts.words.phrases import PhraseError
from msgpolicy.facts.words.variants import check_phrase, variants


def found(phrase: str, text: str, language: str = "en") -> list[str]:
    folded = phrase_view(Reading("text", text, text)).text
    matches = set()
    for variant in variants(phrase, language):
        at = folded.find(variant.literal)
        while at >= 0:
            span = variant.match(folded, at, at + len(variant.literal))
            if span is not None:
                matches.add(span)
            at = folded.find(variant.literal, at + 1)
    return [folded[start:end] for start, end in sorted(matches)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("gift card", "A Gift-Card or gift\ncard, not giftcard", ["gift card", "gift card"]),
        ("review*", "review, reviewed, preview", ["review", "reviewed"]),
        ("*review", "preview review reviewer", ["preview", "review"]),
        ("*bewertung*", "Produktbewertungen", ["produktbewertungen"]),
        (
            "leave <2> feedback",
            "leave feedback; leave us some feedback; leave a b c feedback",
            ["leave feedback", "leave us some feedback"],
        ),
        ("leave <3> feedback", "Leave. Feedback", []),
        (
            "(leave|write) (us|me)? a note",
            "leave a note, write me a note, leave them a note",
            ["leave a note", "write me a note"],
        ),
        (
            "给<4>好评",
            "给好评,给个好评,给小店一个好评,给我们的小店好评。给。好评",
            ["给好评", "给个好评", "给小店一个好评"],
        ),
        ("给<4>(5)?星", "给我们打5星", ["给我们打5星"]),
        ("# stars", "5 stars, 4.5 stars, five stars", ["5 stars", "4.5 stars"]),
        ("get #% off", "get 10% off", ["get 10% off"]),
        ("review* <2> #", "reviews now 5", ["reviews now 5"]),
        ("bewerte(n|t)", "bewerten bewertet bewerte", ["bewerten", "bewertet"]),
        ("don't", "don’t", ["don't"]),
        ("on", "on honey upon on", ["on", "on"]),
        ("(please)? rate us (now)?", "please rate us now", ["rate us"]),
        ("(change|edit) (your|the) <1> (review|rating)", "edit the old rating, change review", ["edit the old rating"]),
        (
            "thank* (you|u)? (so|very)? much",
            "thanks much, thank you much, thank you so much",
            ["thanks much", "thank you much", "thank you so much"],
        ),
        (
            "happy(,|?)? leave",
            "happy? leave; happy, leave; happy leave",
            ["happy? leave", "happy, leave", "happy leave"],
        ),
        ("hoffen <2> dass", "wir hoffen, dass", ["hoffen, dass"]),
        (
            "paid <3> today",
            "paid EUR 24.90 today, paid order no. 5 today. Paid. Not today",
            ["paid eur 24.90 today", "paid order no. 5 today"],
        ),
        (
            "reply <2> (stop|no more) today",
            'reply "stop" today, reply with “no more” today, reply (stop) today, reply stop"today',
            ['reply "stop" today', "reply with “no more” today", "reply (stop) today"],
        ),
        ("gift card", 'gift “card”, gift "card', []),
        ("(is|was|'s) (great|good*)", "it's goodish, it was great", ["'s goodish", "was great"]),
    ],
)
def test_matching(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "language", "text"),
    [
        ("würden uns freuen", "de", "Wir würden uns freuen"),
        ("würden uns freuen", "de", "Wir wuerden uns freuen"),
        ("würden uns freuen", "de", "wir wurden uns freuen"),
        ("proszę o opinię", "pl", "Prosze o opinie"),
        ("好评", "zh", "请给五星好评吧"),
        ("レビュー", "ja", "ぜひレビューをお願いします"),
        ("รีวิว", "th", "กรุณารีวิวสินค้า"),
        ("समीक्षा", "hi", "कृपया समीक्षा लिखें"),
        ("पहुँच गया", "hi", "पार्सल पहुंच गया"),
        ("संपर्क कीजिए", "hi", "हमसे सम्पर्क कीजिये"),
        ("पसंद", "hi", "आपको पसन्द आया"),
        ("تقييم", "ar", "نرجو تَقْيِيم المنتج"),
    ],
)
def test_scripts_and_spellings(phrase: str, language: str, text: str) -> None:
    assert len(found(phrase, text, language)) == 1


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("تقييم المنتج", "وتقييم المنتج، لتقييم المنتج، نتقييم المنتج", ["وتقييم المنتج", "لتقييم المنتج"]),
        ("طلب", "الطلب، للطلب، والطلب، بطلب، مطلب، فطلب", ["الطلب", "للطلب", "والطلب", "بطلب", "فطلب"]),
        ("(نرسل|نرد) <1> طلب", "سنرسل لكم الطلب ونرد طلب", ["سنرسل لكم الطلب", "ونرد طلب"]),
        ("ضمان*", "ضمانات بالضمان كضمانكم", ["ضمانات", "بالضمان", "كضمانكم"]),
        ("*يم", "تقييم", ["تقييم"]),
        ("ان", "كان فان لان وإن", ["فان", "وان"]),
        ("اول", "حاول الاول", ["الاول"]),
    ],
)
def test_arabic_words_have_others_joined_to_them(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text, "ar") == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("후기 작성", "후기 작성, 후기작성, 후기를 작성, 새후기작성", ["후기 작성", "후기작성"]),
        ("후기* 작성*", "후기를 작성하고 후기작성", ["후기를 작성하고", "후기작성"]),
        ("후기* <2> (써|남겨) 주*", "후기를 꼭 한번 남겨주세요", ["후기를 꼭 한번 남겨주세요"]),
        ("후기* <2> (써|남겨) 주*", "후기를 남겨 주시면, 후기남겨주시면", ["후기를 남겨 주시면", "후기남겨주시면"]),
        # Words of a gap are whole words.
        ("후기* <2> 작성", "후기를 미작성", []),
        ("별 #(개)? 부탁*", "별5개 부탁, 별 5 부탁드려요", ["별5개 부탁", "별 5 부탁드려요"]),
    ],
)
def test_korean_leaves_spaces_out(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text, "ko") == expected


def test_other_languages_keep_their_spaces() -> None:
    assert found("gift card", "giftcard") == []


def test_words_end_where_letters_with_marks_go_on() -> None:
    # The vowel sign that follows belongs to the word, so the shorter word is not there.
    assert found("कर", "करें", "hi") == []


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("a (b", "never closed"),
        ("a b)", "without an opening"),
        ("a|b", "without an opening"),
        ("* a", "start or the end of a word"),
        ("x*y", "start or the end of a word"),
        ("<3> x", "between two words"),
        ("x <3>", "between two words"),
        ("x<3> y", "between two words"),
        ("x <9> y", "1 to 8"),
        ("给<13>好评", "1 to 12 letters"),
        ("<3>好评", "between two words"),
        ("给<3>", "between two words"),
        ("给<3>x", "between two words"),
        ("(a|b|)", "empty alternative"),
        ("(" + "|".join(f"w{n}" for n in range(101)) + ")", "at most 100"),
        ("((((((a))))))", "nested more than"),
        ("a" * 201, "at most 200"),
        ("#", "no words"),
        ("", "no words"),
    ],
)
def test_mistakes_are_explained(phrase: str, reason: str) -> None:
    problem = check_phrase(phrase, "en")
    assert problem is not None
    assert reason in problem


@given(st.text("ab (|)?*<3>#ä", max_size=25))
def test_any_phrase_is_read_or_refused(phrase: str) -> None:
    problem = check_phrase(phrase, "de")
    if problem is None:
        assert all(variant.literal.strip() for variant in variants(phrase, "de"))
    else:
        with pytest.raises(PhraseError):
            list(variants(phrase, "de"))


@given(
    st.lists(st.sampled_from(["gift", "card", "zwei", "dürfen"]), min_size=1, max_size=4),
    st.sampled_from([" ", "-", "\n"]),
)
def test_a_plain_phrase_finds_itself(words: list[str], gap: str) -> None:
    assert found(" ".join(words), gap.join(words), "de")
