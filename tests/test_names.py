"""Brand names: what they cover is no word of any phrase; all else is judged as ever."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgpolicy import Linter, Message
from msgpolicy.facts.spans import Reading
from msgpolicy.facts.views import phrase_view
from msgpolicy.facts.words.names import BLANK, Names, masked
from msgpolicy.rules import RulesetError, load_ruleset
from tests.growth import assert_linear

BRANDS = ("Five Star", "Five Stars", "Gift & Co", "Happy Review Books")


def found(text: str, *names: str, part: str = "text") -> list[str]:
    """The names found in a text, as they are written there."""
    view = phrase_view(Reading(part, text, text))
    return [text[slice(*view.span(*span))] for span in Names(names).find(view, text)]


@cache
def linter(*names: str, nominate: bool = True) -> Linter:
    return Linter("amazon", settings={"brand_names": names}, nominate=nominate)


# Rules about what surrounds the words.
ENVELOPE = {"order-id-missing", "reason-mismatch"}


def judged(text: str, *names: str, **fields: Any) -> list[tuple[str, str | None]]:
    """What the content and purpose rules find: rule, and the words at its place."""
    record = {"text": text, "reason": "review_request", "order": {"id": "305-1234567-1234567"}, **fields}
    report = linter(*names).check(Message(**record))
    assert not [entry for entry in report.not_evaluated if entry.why == "crash"]
    return [(entry.rule, entry.excerpt) for entry in report.violations if entry.rule not in ENVELOPE]


class TestFind:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Your Five Star kettle", ["Five Star"]),
            ("Your FIVE STAR kettle", ["FIVE STAR"]),
            ("a five star kettle, a Five star one", []),
            ("Five  \t Star, Five\u00a0Star", ["Five  \t Star", "Five\u00a0Star"]),
            ("the Five\u200b Sta\u00adr lamp", ["Five\u200b Sta\u00adr"]),
            ("a Five-Star lamp", []),
            ("High Five Starters, HiFive Star", []),
            ("Five Star's lamp (Five Star)", ["Five Star", "Five Star"]),
            ("Ｆｉｖｅ Ｓｔａｒ", ["Ｆｉｖｅ Ｓｔａｒ"]),
        ],
    )
    def test_whole_words_as_written_or_all_in_capitals(self, text: str, names: list[str]) -> None:
        assert found(text, "Five Star") == names

    @pytest.mark.parametrize(
        ("name", "text", "names"),
        [
            ("Gift & Co", "from Gift  & Co.", ["Gift  & Co"]),
            ("L'Étoile", "chez L’Étoile, chez L’Etoile, CHEZ L'ÉTOILE", ["L’Étoile", "L'ÉTOILE"]),
            ("Weiß Rabatt", "bei Weiß Rabatt und WEISS RABATT", ["Weiß Rabatt", "WEISS RABATT"]),
            ("Łódź Promocja", "sklep Łódź Promocja, sklep łódź promocja", ["Łódź Promocja"]),
            ("五星", "请给五星店好评", ["五星"]),
            ("ของขวัญ", "ร้านของขวัญดี", ["ของขวัญ"]),
            ("Yahoo!", "at Yahoo! and Yahoo", ["Yahoo!"]),
            ("iGift", "an iGift, an IGIFT, an Igift", ["iGift", "IGIFT"]),
        ],
    )
    def test_in_any_script(self, name: str, text: str, names: list[str]) -> None:
        assert found(text, name) == names

    def test_names_that_overlap_are_one(self) -> None:
        assert found("Five Star Gift", "Five Star", "Star Gift", "Star") == ["Five Star Gift"]

    def test_a_name_does_not_go_over_a_paragraph(self) -> None:
        assert found("Best of Five\n\nStar lamps", "Five Star") == []
        text = "This line is long enough to be wrapped, and it ends in Five\nStar, which goes on."
        assert found(text, "Five Star") == ["Five\nStar"]

    @pytest.mark.parametrize("name", ["", "  ", "\u200b"])
    def test_an_empty_name_is_none(self, name: str) -> None:
        assert found("Five Star", name) == []


class TestMask:
    @given(st.text(alphabet="Five Star.!?,\n星é1 ", max_size=60), st.lists(st.integers(0, 60), max_size=6))
    def test_length_spaces_and_punctuation_stay(self, text: str, cuts: list[int]) -> None:
        ends = sorted({min(cut, len(text)) for cut in cuts})
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        blanked = masked(text, spans)
        assert len(blanked) == len(text)
        covered = {index for start, end in spans for index in range(start, end)}
        for index, (old, new) in enumerate(zip(text, blanked, strict=True)):
            assert new == (BLANK if index in covered and old not in " \n.!?," else old)


class TestJudged:
    @pytest.mark.parametrize(
        "text",
        [
            "Your Five Stars kettle needs a new delivery day.",
            "YOUR FIVE STARS KETTLE arrives later than planned.",
            "Please leave us an honest review. Your team of Gift & Co",
            "We would be glad about a review. Gift & Co",
        ],
    )
    def test_a_name_alone_breaks_no_rule(self, text: str) -> None:
        without = {rule for rule, _ in judged(text)} - {"discourteous-tone"}
        assert without, "without the setting the name is taken for what it says"
        assert {rule for rule, _ in judged(text, *BRANDS)} <= {"discourteous-tone"}

    @pytest.mark.parametrize(
        ("text", "rule", "words"),
        [
            ("Leave Five Star Kettles a five star review", "positive-review-request", "five star review"),
            ("Leave us a review at Gift & Co and get a gift", "review-incentive", None),
            ("Leave us a review and get 20% off at Gift & Co", "review-incentive", None),
            ("Write to Five Star and get a gift card for your review", "review-incentive", None),
            ("Happy Review Books gives a voucher for your review", "review-incentive", None),
            ("Rate Five Star with five stars", "positive-review-request", None),
        ],
    )
    def test_a_violation_beside_a_name_is_found(self, text: str, rule: str, words: str | None) -> None:
        hits = [excerpt or "" for name, excerpt in judged(text, *BRANDS) if name == rule]
        assert hits, f"{rule} is lost"
        if words is not None:
            assert hits == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "Leave us a Five Star review",
            "Leave Us A Five Star Rating",
            "LEAVE US A FIVE STAR REVIEW",
        ],
    )
    def test_right_before_a_word_for_a_review_it_is_no_name(self, text: str) -> None:
        assert judged(text, *BRANDS) == judged(text)
        assert "positive-review-request" in {rule for rule, _ in judged(text, *BRANDS)}

    def test_unless_that_word_is_of_a_name_too(self) -> None:
        text = "Your order of Five Star Review Books is late."
        assert judged(text, "Five Star", "Review Books") == judged(text, "Five Star Review Books") == []

    def test_in_html_places_are_those_of_the_source(self) -> None:
        html = "<p>Leave <b>Five</b> Star &amp; Gift &amp; Co a <i>five</i> star review</p>"
        hits = judged("", *BRANDS, html=html)
        assert ("positive-review-request", "five</i> star review") in hits
        assert all("Five</b>" not in (excerpt or "") for rule, excerpt in hits if rule == "positive-review-request")

    def test_a_name_ends_no_sentence_and_joins_none(self) -> None:
        apart = "We thank you for your gift. Yahoo! Reviews are not what we ask for."
        assert judged(apart, "Yahoo!") == judged(apart)
        assert judged("Your order is late. Wow! Gift", "Wow! Gift") == []

    def test_a_name_excuses_nothing(self) -> None:
        text = "Leave us a review and get a gift card from Never Ever."
        assert "review-incentive" in {rule for rule, _ in judged(text, "Never Ever", "Not Without")}

    def test_a_name_makes_no_hit_of_what_was_none(self) -> None:
        text = "Please review your order of lamps."
        assert judged(text, "order", "Please") == judged(text)

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("Write to gift@fivestar.example about Gift & Co.", "email-address"),
            ("Call Gift & Co: +1 206 555 0100", "phone-number"),
            ("See www.fivestar.example for Five Star", "external-link"),
        ],
    )
    def test_contacts_and_links_are_found_as_ever(self, text: str, rule: str) -> None:
        names = (*BRANDS, "www.fivestar.example", "gift@fivestar.example", "+1 206 555 0100", "206")
        assert rule in {name for name, _ in judged(text, *names)}

    def test_the_signal_knows_the_names_too(self) -> None:
        text = "Your Leave Us A Review Shop sends the invoice."
        message = Message(text=text)
        assert linter().check(message).signals.review_request is True
        assert linter("Leave Us A Review Shop").check(message).signals.review_request is False

    def test_a_flood_of_names_takes_time_in_proportion(self) -> None:
        assert_linear(
            lambda count: Message(text="Five Star " * count), lambda message: linter(*BRANDS).check(message), 100
        )


SAMPLE = (
    "leave a review five star stars gift card for free Gift & Co. Five Star Happy Review Books order and we the not"
)
WORDS = st.sampled_from(SAMPLE.split())
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@given(TEXTS.filter(lambda text: "x" not in text))
@settings(max_examples=60, deadline=None)
def test_names_that_are_not_there_change_nothing(text: str) -> None:
    message = Message(subject="x", text=text, sent_at="2026-11-01T10:00:00Z")
    plain = linter().check(message)
    named = linter("Xylograph Gift", "Extra Review Shop").check(message)
    assert (named.violations, named.not_evaluated, named.signals, named.verdict) == (
        plain.violations, plain.not_evaluated, plain.signals, plain.verdict,
    )  # fmt: skip


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_nomination_misses_nothing(text: str) -> None:
    message = Message(text=text or "x", sent_at="2026-11-01T10:00:00Z")
    quick, full = linter(*BRANDS).check(message), linter(*BRANDS, nominate=False).check(message)
    assert quick.violations == full.violations
    assert quick.not_evaluated == full.not_evaluated


class TestRulesets:
    def child(self, tmp_path: Path, body: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(f'schema: 1\nname: own\nversion: "1"\nextends: [amazon]\n{body}', encoding="utf-8")
        return path

    def rules_of(self, path: Path, text: str) -> set[str]:
        record = Message(text=text, reason="review_request", order={"id": "305-1234567-1234567"})
        return {entry.rule for entry in Linter(path).check(record).violations} - ENVELOPE

    def test_names_of_a_child_hold_for_every_rule(self, tmp_path: Path) -> None:
        path = self.child(tmp_path, 'settings: {brand_names: ["Five Stars"]}\n')
        assert self.rules_of(path, "Your Five Stars kettle is late.") == set()
        assert "positive-review-request" in self.rules_of(path, "Five Stars thanks for five stars!")

    def test_names_of_one_rule_hold_for_that_rule(self, tmp_path: Path) -> None:
        rules = "rules:\n- id: positive-review-request\n  allow: {names: [Five Stars]}\n"
        text = "Your Five Stars kettle. Leave us a review. Gift & Co"
        assert self.rules_of(self.child(tmp_path, ""), text) == {"positive-review-request", "review-incentive"}
        assert self.rules_of(self.child(tmp_path, rules), text) == {"review-incentive"}
        both = self.child(tmp_path, f'settings: {{brand_names: ["Gift & Co"]}}\n{rules}')
        assert self.rules_of(both, text) == set()

    def test_the_receipt_names_them(self) -> None:
        report = linter("Five Star").check(Message(text="Hello"))
        assert report.receipt.settings["brand_names"] == ("Five Star",)
        assert load_ruleset("amazon").brand_names == ()

    def test_the_setting_is_a_list(self, tmp_path: Path) -> None:
        path = self.child(tmp_path, "")
        alone = path.read_text(encoding="utf-8").replace(
            "extends: [amazon]\n", "settings: {brand_names: {default: 5}}\n"
        )
        path.write_text(alone, encoding="utf-8")
        with pytest.raises(RulesetError, match="the setting 'brand_names' is a list of texts"):
            load_ruleset(path)
