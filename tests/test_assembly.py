"""From hits to violations: places with lines and columns, texts, severities, exceptions, fingerprints, order."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy import Message
from msgpolicy.assembly import MAX_FILL, MAX_OF_ONE_RULE, Assembler
from msgpolicy.checks.base import Hit
from msgpolicy.conditions import compiled
from msgpolicy.facts.spans import Place
from msgpolicy.report import Location, Policy, Violation
from msgpolicy.rules import Allow, Rule, RuleVersion, SeverityWhen
from tests.checks.support import facts_of
from tests.sample_files import pdf

SOURCE = Policy(title="House Rules", site="policy.example")


def version(**values: Any) -> RuleVersion:
    defaults: dict[str, Any] = {
        "from_": None,
        "until": None,
        "params": None,
        "when": None,
        "severity": "error",
        "severity_when": (),
        "allow": Allow(),
        "message": {"en": "Found {found}."},
        "suggestion": {},
        "why": None,
        "sources": (SOURCE,),
    }
    return RuleVersion(**{**defaults, **values})


def rule(name: str = "no-lamps") -> Rule:
    return Rule(
        id=name, group="g", aliases=(), check="pattern", versions=(version(),), suppressible="with-reason",
        assumed=None, examples=(), settings=(), origins={},
    )  # fmt: skip


def made(
    record: dict[str, Any] | Message, *hits: Hit, lang: str = "en", name: str = "no-lamps", **values: Any
) -> tuple[Violation, ...]:
    assembler = Assembler(facts_of(record), lang)
    found, holders = [], []
    for violation, holder in assembler.violations(rule(name), version(**values), hits):
        if holder:
            holders.append(len(found))
        found.append(violation)
    return assembler.finish(found, holders)


def at(text: str, what: str, part: str = "text", **values: Any) -> Hit:
    """A hit on the first `what` in a text."""
    start = text.index(what)
    return Hit(Place(part, start, start + len(what)), {"found": what}, **values)


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "line", "column"),
        [
            ("lamp", 1, 1),
            ("a lamp", 1, 3),
            ("one\nlamp", 2, 1),
            ("one\r\ntwo lamp", 2, 5),
            ("one\rtwo\n\n lamp", 4, 2),
            ("\r\r\nlamp", 3, 1),
            ("\U0001f4a1\u0301 lamp", 1, 4),
            ("a\u2028b lamp", 1, 5),
        ],
    )
    def test_lines_and_columns_count_code_points_from_one(self, text: str, line: int, column: int) -> None:
        (found,) = made({"text": text}, at(text, "lamp"))
        assert (found.location.line, found.location.column) == (line, column)
        assert found.excerpt == "lamp"

    @given(st.lists(st.sampled_from(["a", "lamp", "\n", "\r\n", "\r", "é", " "]), max_size=20).map("".join))
    def test_a_place_is_found_again_by_its_line_and_column(self, text: str) -> None:
        text += "lamp"
        (found,) = made({"text": text}, at(text, "lamp"))
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert found.location.line is not None
        assert found.location.column is not None
        assert lines[found.location.line - 1][found.location.column - 1 :].startswith("lamp")

    def test_html_has_a_selector(self) -> None:
        html = "<p>one</p>\n<p>a <b>lamp</b></p>"
        (found,) = made({"html": html}, at(html, "lamp", "html"))
        assert found.location == Location(
            part="html", start=html.index("lamp"), end=html.index("lamp") + 4, line=2, column=9,
            selector="p:nth-of-type(2) > b",
        )  # fmt: skip

    def test_a_field_has_no_offsets(self) -> None:
        (found,) = made({"text": "x", "order": {"status": "Canceled"}}, Hit(Place("order.status")))
        assert found.location == Location(part="order.status")
        assert found.excerpt is None

    def test_offsets_into_a_field(self) -> None:
        (found,) = made({"text": "x", "order": {"id": "D-77"}}, Hit(Place("order.id", 2, 4)))
        assert (found.excerpt, found.location.line, found.location.column) == ("77", 1, 3)

    def test_offsets_into_nothing_are_kept(self) -> None:
        (found,) = made({"text": "x"}, Hit(Place("order.id", 2, 4)))
        assert found.location == Location(part="order.id", start=2, end=4)
        assert found.excerpt is None

    def test_attachments_count_in_the_text_of_their_page(self) -> None:
        message = Message.from_dict({"text": "x"}).to_dict()
        message["attachments"] = [{"filename": "a.pdf", "content": pdf("Lamps", "Two lamps are dimmed")}]
        record = Message(**{key: value for key, value in message.items() if value is not None})
        hit = Hit(Place("attachments[0]", 4, 9, 2))
        (found,) = made(record, hit)
        assert (found.excerpt, found.location.page, found.location.selector) == ("lamps", 2, None)
        (missing,) = made(record, Hit(Place("attachments[0]", 4, 9, 3)))
        assert (missing.excerpt, missing.location.line, missing.location.page) == (None, None, 3)


class TestTexts:
    def test_values_are_filled_in(self) -> None:
        (found,) = made(
            {"text": "lamp"}, at("lamp", "lamp"), message={"en": "{found}, {other}, { found }, {}"}, suggestion={}
        )
        assert found.message == "lamp, , { found }, {}"
        assert found.suggestion is None
        assert found.params == {"found": "lamp"}

    def test_a_value_that_looks_like_a_placeholder_is_not_filled(self) -> None:
        hit = Hit(Place("text", 0, 4), {"found": "{b} {found}", "b": "x"})
        (found,) = made({"text": "lamp"}, hit)
        assert found.message == "Found {b} {found}."

    def test_long_values_are_shortened_where_they_are_shown_only(self) -> None:
        long = "lamp  \n" * 100
        (found,) = made({"text": "lamp"}, Hit(Place("text", 0, 4), {"found": long}))
        shown = found.message.removeprefix("Found ").removesuffix(".")
        assert len(shown) == MAX_FILL
        assert shown.startswith("lamp lamp ")
        assert shown.endswith("…")
        assert found.params["found"] == long

    @pytest.mark.parametrize(
        ("lang", "message", "suggestion"),
        [
            ("de-AT", "Lampe", "English"),
            ("de", "Lampe", "English"),
            ("fr", "lamp", "English"),
            ("en", "lamp", "English"),
        ],
    )
    def test_languages_fall_back_one_by_one(self, lang: str, message: str, suggestion: str) -> None:
        texts = {"message": {"en": "lamp", "de": "Lampe"}, "suggestion": {"en": "English"}}
        (found,) = made({"text": "lamp"}, at("lamp", "lamp"), lang=lang, **texts)
        assert (found.message, found.suggestion) == (message, suggestion)

    def test_a_region_of_its_own_comes_first(self) -> None:
        texts = {"message": {"en": "lamp", "pt": "candeeiro", "pt-BR": "luminária"}}
        assert made({"text": "lamp"}, at("lamp", "lamp"), lang="pt-BR", **texts)[0].message == "luminária"

    def test_a_rule_without_words_says_its_id(self) -> None:
        assert made({"text": "lamp"}, at("lamp", "lamp"), message={"fr": "lampe"})[0].message == "no-lamps"

    def test_the_source_and_the_certainty_are_told(self) -> None:
        (found,) = made({"text": "lamp"}, at("lamp", "lamp", confidence=0.8251))
        assert found.policy == SOURCE
        assert found.confidence == 0.83


def test_what_a_check_tells_comes_back_from_json_as_it_was() -> None:
    hit = at("A blue lamp", "lamp", evidence={"by": ["x", {"y": [1]}]})._replace(fills={"near": ["a", "b"]})
    (violation,) = made({"text": "A blue lamp"}, hit)
    assert violation.evidence == {"by": ("x", {"y": (1,)})}
    assert violation.params["near"] == ("a", "b")
    assert msgspec.json.decode(msgspec.json.encode(violation), type=Violation) == violation


class TestSeverity:
    @pytest.mark.parametrize(
        ("own", "capped", "expected"),
        [
            ("error", None, "error"),
            ("error", "warning", "warning"),
            ("error", "info", "info"),
            ("warning", "error", "warning"),
            ("info", "warning", "info"),
        ],
    )
    def test_a_hit_may_lower_it(self, own: str, capped: Any, expected: str) -> None:
        (found,) = made({"text": "lamp"}, at("lamp", "lamp", severity=capped), severity=own)
        assert found.severity == expected

    def test_the_first_condition_that_holds_decides(self) -> None:
        def of(kind: str | None) -> list[str]:
            severities = (
                SeverityWhen(when=compiled({"kind": "reply"}), severity="info"),
                SeverityWhen(when=compiled({"direction": "seller_to_buyer"}), severity="warning"),
            )
            found = made({"text": "lamp", "kind": kind}, at("lamp", "lamp"), severity_when=severities)
            return [violation.severity for violation in found]

        assert of("reply") == ["info"]
        assert of("proactive") == ["warning"]
        assert of(None) == ["warning"]  # what is not known does not hold

    def test_a_rule_can_be_off_under_a_condition(self) -> None:
        off = (SeverityWhen(when=compiled({"kind": "reply"}), severity="off"),)
        assert made({"text": "lamp", "kind": "reply"}, at("lamp", "lamp"), severity_when=off) == ()
        assert len(made({"text": "lamp", "kind": "proactive"}, at("lamp", "lamp"), severity_when=off)) == 1

    def test_what_an_answer_quotes_of_the_buyer_is_told_only(self) -> None:
        text = "> a lamp\n\nmy lamp\n"
        hits = [Hit(Place("text", 4, 8)), Hit(Place("text", 13, 17)), Hit(Place("text", 4, 17)), Hit(Place("text"))]

        def of(kind: str) -> list[str]:
            return [found.severity for found in made({"text": text, "kind": kind}, *hits)]

        assert of("reply") == ["error", "info", "error", "error"]  # the whole, the quote, both, the writer's own
        assert of("proactive") == ["error"] * 4

    def test_what_holds_something_worse_is_as_bad(self) -> None:
        text = "a lamp in a box, a lamp outside"
        assembler = Assembler(facts_of({"text": text}), "en")
        box = Hit(Place("text", 0, len("a lamp in a box")), holder=True)
        lamp = at(text, "lamp")

        def severities(*found: tuple[Violation, bool]) -> dict[str, str]:
            listed = [violation for violation, _ in found]
            holders = [index for index, (_, holder) in enumerate(found) if holder]
            return {violation.rule: violation.severity for violation in assembler.finish(listed, holders)}

        outer = next(assembler.violations(rule("box"), version(severity="warning"), [box]))
        inner = next(assembler.violations(rule("lamp"), version(severity="error"), [lamp]))
        mild = next(assembler.violations(rule("mild"), version(severity="info"), [lamp]))
        beside = next(assembler.violations(rule("beside"), version(severity="error"), [at(text, "outside")]))
        field = next(assembler.violations(rule("field"), version(severity="error"), [Hit(Place("text"))]))
        subject = next(assembler.violations(rule("subject"), version(severity="error"), [Hit(Place("subject", 2, 6))]))
        assert severities(outer, inner)["box"] == "error"
        assert severities(inner, outer)["box"] == "error"
        assert severities(outer, mild, beside, field, subject)["box"] == "warning"
        assert severities(outer)["box"] == "warning"


class TestSelection:
    def test_a_place_is_reported_once(self) -> None:
        assert len(made({"text": "lamp"}, at("lamp", "lamp"), at("lamp", "lamp"), at("lamp", "amp"))) == 2

    def test_things_without_offsets_are_told_apart_by_what_they_are(self) -> None:
        place = Place("attachments[0]")
        hits = [Hit(place, {"found": "https://one.example"}), Hit(place, {"found": "https://two.example"})]
        assert [found.params["found"] for found in made({"text": "x"}, *hits, hits[0])] == [
            "https://one.example",
            "https://two.example",
        ]

    def test_a_flood_is_counted(self) -> None:
        text = "lamp " * (MAX_OF_ONE_RULE + 7)
        hits = [Hit(Place("text", n * 5, n * 5 + 4)) for n in range(MAX_OF_ONE_RULE + 7)]
        found = made({"text": text}, *reversed(hits))
        assert len(found) == MAX_OF_ONE_RULE
        assert [violation.location.start for violation in found] == [n * 5 for n in range(MAX_OF_ONE_RULE)]
        assert found[-1].evidence == {"more": 7}
        assert "more" not in found[0].evidence

    def test_a_flood_in_many_lines_is_placed_in_linear_time(self) -> None:
        text = "\n" * 1_000_000 + "lamp " * MAX_OF_ONE_RULE
        hits = [Hit(Place("text", 1_000_000 + n * 5, 1_000_004 + n * 5)) for n in range(MAX_OF_ONE_RULE)]
        # Counting the lines anew for each hit takes a minute.
        assert {violation.location.line for violation in made({"text": text}, *hits)} == {1_000_001}


class TestExceptions:
    @pytest.mark.parametrize(
        ("host", "allowed"),
        [
            ("lamps.example", True),
            ("www.Lamps.example", True),
            ("evillamps.example", False),
            ("lamps.example.evil.example", False),
            ("", False),
        ],
    )
    def test_hosts_with_their_subdomains(self, host: str, allowed: bool) -> None:
        hit = at("lamp", "lamp", evidence={"host": host})
        assert (made({"text": "lamp"}, hit, allow=Allow(hosts=("LAMPS.example",))) == ()) is allowed

    @pytest.mark.parametrize(
        ("text", "found", "allowed"),
        [
            ("The Five Star lamp", "Star lamp", True),
            ("The FIVE\n star lamp", "star lamp", True),
            ("The Five Star lamp", "lamp", False),  # the name stands beside it
            ("The five starry lamps", "lamps", False),
            ("Give five stars for the Five Star lamp", "five stars", True),
            ("A star, five of them", "star", False),
            ("İstanbul: Five Star", "Star", True),  # its small letter has two code points
        ],
    )
    def test_phrases_that_share_words_with_the_hit(self, text: str, found: str, allowed: bool) -> None:
        for allow in (Allow(phrases=("five  star",)), Allow(phrases=("other", "Five Star"))):
            assert (made({"text": text}, at(text, found), allow=allow) == ()) is allowed

    def test_a_name_allows_nothing_that_was_found(self) -> None:
        text = "Give five stars for the Five Star lamp"
        assert len(made({"text": text}, at(text, "Five Star"), allow=Allow(names=("Five Star",)))) == 1

    def test_characters_of_patterns_are_only_themselves(self) -> None:
        assert len(made({"text": "lamp"}, at("lamp", "lamp"), allow=Allow(phrases=("l.mp", ".*", " ")))) == 1
        assert made({"text": "lamp (C++)"}, at("lamp (C++)", "C++"), allow=Allow(phrases=("(C++)",))) == ()

    def test_what_has_no_text_is_not_allowed_by_a_phrase(self) -> None:
        record = {"text": "lamp", "order": {"status": "Canceled"}}
        assert len(made(record, Hit(Place("order.status")), allow=Allow(phrases=("Canceled",)))) == 1

    def test_a_flood_beside_exceptions_ends(self) -> None:
        text = "five star lamp " * 20_000
        hits = [Hit(Place("text", n * 15, n * 15 + 9)) for n in range(20_000)]
        assert made({"text": text}, *hits, allow=Allow(phrases=("Five Star",))) == ()


class TestFingerprint:
    def of(self, text: str, what: str, **values: Any) -> str:
        return made({"text": text}, at(text, what, **values))[0].fingerprint

    def test_what_stands_elsewhere_does_not_matter(self) -> None:
        around = "x" * 40
        one = self.of(f"First. {around}lamp{around} Last.", "lamp")
        assert one == self.of(f"Another\n\nbeginning {around}lamp{around} and end", "lamp")
        assert one != self.of(f"First. {around[1:]}y{'lamp'}{around} Last.", "lamp")

    def test_the_private_value_is_not_in_it(self) -> None:
        read = {"normalized": "x"}
        text = "Write to {} today."
        one = self.of(text.format("anna@shop.example"), "anna@shop.example", evidence=read)
        assert one == self.of(text.format("ben at lamps dot example"), "ben at lamps dot example", evidence=read)
        assert one == self.of(text.format("+49 30 901820"), "+49 30 901820", evidence=read)

    def test_private_values_around_are_masked(self) -> None:
        text = "Order {}, anna{}@shop.example: lamp"
        assert self.of(text.format(305, ""), "lamp") == self.of(text.format(306, ".b"), "lamp")

    def test_rules_and_repeats_differ(self) -> None:
        text = ("x" * 50 + "lamp") * 3
        hits = [Hit(Place("text", start, start + 4)) for start in (50, 104, 158)]
        prints = [found.fingerprint for name in ("a", "b") for found in made({"text": text}, *hits[:2], name=name)]
        assert len(set(prints)) == 4

    def test_it_says_nothing_of_the_message(self) -> None:
        one = made({"id": "m-1", "text": "a lamp"}, at("a lamp", "lamp"))[0].fingerprint
        assert one == made({"id": "m-2", "subject": "x", "text": "a lamp"}, at("a lamp", "lamp"))[0].fingerprint

    def test_long_finds_are_read_at_their_ends(self) -> None:
        # A run of letters without end cost the square of its length.
        text = "x" * 300_000
        assert self.of(f"a {text}", text) == self.of(f"a {text}x", f"{text}x")
        assert self.of(f"a {text}", text) != self.of(f"a {text}y", f"{text}y")


def test_violations_come_in_the_order_of_their_places() -> None:
    html = "<p>lamp</p>"
    hits = [
        Hit(Place("sender")),
        Hit(Place("attachments[10]")),
        Hit(Place("attachments[2]", 9, 10, 1)),
        Hit(Place("attachments[2]", 1, 2, 2)),
        Hit(Place("html", 3, 7)),
        Hit(Place("text", 7, 9)),
        Hit(Place("text", 3, 9)),
        Hit(Place("text", 3, 4)),
        Hit(Place("subject", 0, 2)),
    ]
    attachments = [{"filename": f"{n}.txt", "size": 1} for n in range(11)]
    record = {"subject": "lamps", "text": "lamps and lamps", "html": html, "attachments": attachments}
    found = made(record, *hits)
    assert [(place.part, place.start) for place in (violation.location for violation in found)] == [
        ("subject", 0),
        ("text", 3),
        ("text", 3),
        ("text", 7),
        ("html", 3),
        ("sender", None),
        ("attachments[2]", 9),
        ("attachments[2]", 1),
        ("attachments[10]", None),
    ]
    assert [violation.location.end for violation in found[1:3]] == [4, 9]
