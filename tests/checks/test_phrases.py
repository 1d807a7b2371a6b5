"""Combinations of concepts: scopes, order, negation, languages, exact places."""

from __future__ import annotations

import msgspec
import pytest

from msgpolicy.checks import phrases
from tests.checks.support import excerpts, run

BOTH = {"all": ["reward", "review"]}


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("Get a voucher for your review.", "sentence", ["voucher for your review"]),
        ("Get a voucher. Write a review.", "sentence", []),
        ("Get a voucher. Write a review.", "two sentences", ["voucher. Write a review"]),
        ("Get a voucher. It is nice. Write a review.", "two sentences", []),
        ("Get a voucher. It is nice. Write a review.", "message", ["voucher. It is nice. Write a review"]),
        ("Get a voucher, write a review.", "clause", []),
        ("Get a voucher for the review, and so on.", "clause", ["voucher for the review"]),
        ("The voucher you used was refunded.", "sentence", []),
    ],
)
def test_scopes(text: str, within: str, expected: list[str]) -> None:
    assert excerpts("phrases", {"text": text}, **BOTH, within=within) == expected


def test_the_closest_combination_is_reported_once_for_a_sentence() -> None:
    text = "A voucher is here for you: write a review and get the voucher now, and again a review."
    assert excerpts("phrases", {"text": text}, **BOTH) == ["review and get the voucher"]


def test_each_sentence_is_reported() -> None:
    text = "A voucher for a review. Again: a voucher for a review."
    assert excerpts("phrases", {"text": text}, **BOTH) == ["voucher for a review", "voucher for a review"]


def test_order() -> None:
    assert excerpts("phrases", {"text": "The review gets you a voucher."}, **BOTH, ordered=True) == []
    assert excerpts("phrases", {"text": "A voucher for the review."}, **BOTH, ordered=True) == [
        "voucher for the review"
    ]


def test_any() -> None:
    params = {"any": ["reward", "review"]}
    assert excerpts("phrases", {"text": "You get a voucher."}, **params) == ["voucher"]
    assert excerpts("phrases", {"text": "You get nothing."}, **params) == []


def test_one_concept_alone_reports_every_hit() -> None:
    text = "A voucher and a gift card are waiting, and another voucher."
    assert excerpts("phrases", {"text": text}, any=["reward", "outside"]) == ["voucher", "gift card", "voucher"]


def test_alternatives_that_overlap_are_one_thing() -> None:
    params = {"either": [{"all": ["reward", "review"]}, {"all": ["review", "outside"]}]}
    text = "A voucher for a review on our website."
    assert excerpts("phrases", {"text": text}, **params) == ["voucher for a review"]


NEGATED = {**BOTH, "unless": [{"concept": "negation", "near": "reward", "words": 4, "side": "before"}, "quote"]}


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("We never give you a voucher for a review.", False),
        ("Do not wait: it is easy and quick, and you will get the voucher for a review.", True),
        ("You get a voucher for a review, we do not lie.", True),
        ("Amazon does not allow a voucher for a review.", False),
        ("There is no voucher for the review.", False),
    ],
)
def test_negation_has_a_reach_and_a_side(text: str, fires: bool) -> None:
    assert bool(excerpts("phrases", {"text": text}, **NEGATED)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        # "no" is "in the" here, and no word of negation in Portuguese.
        ("No site você deixa a avaliação e recebe no pedido um vale para o amigo.", True),
        ("Você não recebe um vale para a avaliação.", False),
        # The verb, and with it its negation, comes last.
        ("Bir yorum için size hediye vermiyoruz.", False),
        ("Bir yorum için asla hediye olmaz.", False),
        ("Hediye, kupon ya da bir şey yorum için vermiyoruz.", False),
        ("Bir yorum için size hediye veriyoruz.", True),
        ("Bir yorum için hediye var ve bu çok güzel bir şey, ama biz bunu istemiyoruz.", True),
    ],
)
def test_negation_is_that_of_the_language(text: str, fires: bool) -> None:
    assert bool(excerpts("phrases", {"text": text}, **NEGATED)) is fires


def test_words_that_two_languages_have_are_excused_in_either() -> None:
    params = {"all": ["loan"], "unless": [{"concept": "thanks", "within": "message"}]}
    text = "We see: what is in is in, but this is out of stock. {}, we help."
    assert excerpts("phrases", {"text": text.format("Well")}, **params) == ["out of stock"]
    assert excerpts("phrases", {"text": text.format("Thanks")}, **params) == []


def test_unless_in_a_wider_scope() -> None:
    params = {**BOTH, "unless": [{"concept": "quote", "within": "message"}]}
    text = "Amazon does not allow that. Some give a voucher for a review."
    assert excerpts("phrases", {"text": text}, **params) == []
    assert len(excerpts("phrases", {"text": text}, **BOTH)) == 1


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Amazon does not allow that, thanks. Some give a voucher for a review.", True),
        ("Amazon does not allow that. Thanks, some give a voucher for a review.", False),
        ("Thanks, some give a voucher for a review.", True),
    ],
)
def test_unless_two_concepts_are_there(text: str, fires: bool) -> None:
    params = {**BOTH, "unless": [{"concept": "quote", "within": "message", "also": "thanks"}]}
    assert bool(excerpts("phrases", {"text": text}, **params)) is fires


def test_languages_do_not_combine() -> None:
    assert excerpts("phrases", {"text": "Sie erhalten einen Gutschein für Ihre Bewertung."}, **BOTH)
    assert not excerpts("phrases", {"text": "Sie erhalten einen Gutschein, but you will not review us."}, **BOTH)


def test_either() -> None:
    params = {"either": [{"all": ["reward", "review"]}, {"any": ["outside"]}], "unless": ["quote"]}
    assert excerpts("phrases", {"text": "It is cheaper on our website."}, **params) == ["on our website"]
    assert excerpts("phrases", {"text": "A voucher for a review."}, **params) == ["voucher for a review"]
    assert excerpts("phrases", {"text": "Amazon does not allow it on our website."}, **params) == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        # The clause is that of the reward, though the review comes first.
        ("Write a review, never a voucher.", False),
        ("Never write a review, a voucher waits.", True),
        ("A review, a voucher, never.", True),
    ],
)
def test_an_exception_within_the_clause_of_what_it_is_near_to(text: str, fires: bool) -> None:
    unless = {"concept": "negation", "near": "reward", "words": 4, "within": "clause"}
    assert bool(excerpts("phrases", {"text": text}, **BOTH, unless=[unless])) is fires


def test_an_alternative_for_one_kind_of_message() -> None:
    params = {"either": [{"all": ["reward"], "kind": "proactive"}, {"all": ["reward", "review"], "kind": "reply"}]}
    alone = {"text": "A voucher."}
    assert excerpts("phrases", alone | {"kind": "proactive"}, **params) == ["voucher"]
    assert excerpts("phrases", alone | {"kind": "reply"}, **params) == []
    assert excerpts("phrases", {"text": "A voucher for a review.", "kind": "reply"}, **params) == [
        "voucher for a review"
    ]
    # Where the kind is not known, what breaks either does.
    assert excerpts("phrases", alone, **params) == ["voucher"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mug says „a gift card“ in gold.", []),
        ("You wrote «please, a voucher now» to us.", []),
        ("Kept in the drawer: 「gift card」, as it was.", []),
        ("It's a voucher, isn't it?", ["voucher"]),  # apostrophes are no marks
        ("We have “a gift” and a voucher “for you”.", ["voucher"]),  # between two pairs
        ("Write a review and get a “voucher”.", ["voucher"]),  # what it is for stands beside it
        ("It reads “voucher for a review”.", []),  # both within the same marks
        ("He said “a voucher\nand more”.", ["voucher"]),  # not within a line
        ("“A voucher for you.”", ["voucher"]),  # all is said in marks
        ("Hello,\n“A voucher for you.”\nBye then, dear.", ["voucher"]),
    ],
)
def test_what_stands_in_quotation_marks_is_a_mention(text: str, expected: list[str]) -> None:
    assert excerpts("phrases", {"text": text}, any=["reward"], mention_unless=["review"]) == expected
    assert len(excerpts("phrases", {"text": text}, any=["reward"])) == 1, "by default marks change nothing"


def test_parts_and_places() -> None:
    record = {
        "subject": "A voucher for a review",
        "text": "Hello\r\n\r\nA  VOUCHER\u200b for a\r\nre\u00adview!",
        "html": "<p>A <b>vou</b>cher for&nbsp;a re<i>view</i></p>",
    }
    assert excerpts("phrases", record, **BOTH) == [
        "voucher for a review",
        "VOUCHER\u200b for a\r\nre\u00adview",
        "vou</b>cher for&nbsp;a re<i>view",
    ]
    assert excerpts("phrases", record, **BOTH, parts=["subject"]) == ["voucher for a review"]


def test_hidden_text_and_image_texts_count() -> None:
    record = {
        "html": '<p>Hi</p><div style="display:none">A voucher for a review</div>'
        '<img src="cid:a" alt="Voucher for a review">'
    }
    shown = [hit.evidence["shown"] for hit in run("phrases", record, **BOTH)]  # type: ignore[union-attr]
    assert sorted(shown) == ["alt", "hidden"]


def test_evidence_names_language_and_words() -> None:
    (hit,) = run("phrases", {"text": "A Voucher for the Review."}, **BOTH)
    assert hit.evidence["language"] == "en"  # type: ignore[union-attr]
    assert hit.evidence["concepts"] == {"reward": "Voucher", "review": "Review"}  # type: ignore[union-attr]
    assert hit.fills["reward"] == "Voucher"  # type: ignore[union-attr]


@pytest.mark.parametrize("params", [{}, {"all": ["review"], "unless": [{"concept": "negation", "near": "reward"}]}])
def test_options_that_make_no_sense_are_refused(params: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(params, phrases.Params)


def test_a_flood_of_hits_stays_bounded() -> None:
    text = "voucher review " * 3000
    assert len(excerpts("phrases", {"text": text}, **BOTH)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write a review. Get a voucher.", ["review. Get a voucher"]),
        ("Write a review. It is nice. Get a voucher.", []),
        ("Get a voucher. Write a review. Get a voucher.", ["voucher. Write a review"]),
    ],
)
def test_two_sentences_in_either_order(text: str, expected: list[str]) -> None:
    assert excerpts("phrases", {"text": text}, **BOTH, within="two sentences") == expected


QUOTED = {"concept": "quote", "within": "message"}


@pytest.mark.parametrize(
    ("unless", "text", "fires"),
    [
        # Without a number of words the whole scope on that side counts.
        ({"concept": "negation", "side": "before"}, "Not today, not soon, but then a voucher for a review.", False),
        ({"concept": "negation", "side": "before"}, "A voucher for a review, is it not?", True),
        ({"concept": "negation", "side": "after"}, "A voucher for a review, is it not?", False),
        ({"concept": "negation", "words": 0}, "A voucher for no review.", False),
        ({"concept": "negation", "words": 0}, "A voucher for the review, which is not paid.", True),
        ({"concept": "negation"}, "We do not lie. A voucher for a review.", True),
        # Words that are the concept itself, or overlap it, are near it.
        ({"concept": "reward", "words": 0, "side": "after"}, "A voucher for a review.", False),
        # Only where another concept stands in the scope too.
        ({**QUOTED, "also": "negation"}, "Amazon does not allow it. A voucher for a review.", True),
        ({**QUOTED, "also": "negation"}, "Amazon does not allow it. No voucher for a review.", False),
    ],
)  # fmt: skip
def test_where_an_exception_counts(unless: dict[str, object], text: str, fires: bool) -> None:
    assert bool(excerpts("phrases", {"text": text}, **BOTH, unless=[unless])) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("A voucher for a review? No.", False),
        ("No. A voucher for a review?", False),
        ("A voucher for a review? It comes today. No.", True),
    ],
)
def test_an_exception_within_two_sentences_may_stand_beside_the_one_that_holds_all(text: str, fires: bool) -> None:
    unless = [{"concept": "negation", "within": "two sentences"}]
    found = excerpts("phrases", {"text": text}, **BOTH, within="two sentences", unless=unless)
    assert bool(found) is fires


def test_an_exception_far_away_is_not_near_however_few_the_spaces() -> None:
    unless = [{"concept": "negation", "near": "reward", "words": 3, "side": "before"}]
    assert excerpts("phrases", {"text": f"not {'x' * 400} voucher review"}, **BOTH, unless=unless)


def test_messages_can_name_what_every_combination_looks_for() -> None:
    either = {"either": [{"all": ["reward", "review"]}, {"all": ["reward"], "any": ["outside"]}]}
    assert set(phrases.fills(msgspec.convert(either, phrases.Params))) == {"found", "reward"}
    assert set(phrases.fills(msgspec.convert(BOTH, phrases.Params))) == {"found", "reward", "review"}
