"""The facts of one message: what is known of a field, readings, limits, attachments, and that each is read once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from msgpolicy import Message
from msgpolicy.facts.facts import Facts, MissingFactError
from msgpolicy.facts.limits import MAX_ATTACHMENTS, MAX_IMAGES, MAX_LINKS, MAX_PART, MAX_TAGS, TooLargeError
from tests.checks.support import facts_of
from tests.sample_files import pdf

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def with_files(*attachments: dict[str, Any]) -> Facts:
    return facts_of(Message(text="See the files", attachments=attachments))  # type: ignore[arg-type]


class TestLookup:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("text", "x"),
            ("order.status", "Canceled"),
            ("order.custom", False),
            ("order.id", None),
            ("buyer.name", None),
            ("history.sent_today", 0),
            ("attachments.count", None),
            ("direction", "seller_to_buyer"),
        ],
    )
    def test_what_is_known(self, path: str, value: object) -> None:
        record = {"text": "x", "order": {"status": "Canceled", "custom": False}, "history": {"sent_today": 0}}
        assert facts_of(record).lookup(path) == value

    @pytest.mark.parametrize("attachments", [[], [{"filename": "a.pdf"}], [{}, {}]])
    def test_the_number_of_attachments(self, attachments: list[dict[str, Any]]) -> None:
        assert facts_of({"text": "x", "attachments": attachments}).lookup("attachments.count") == len(attachments)

    def test_what_is_assumed_gives_way_to_what_is_known(self) -> None:
        silent = facts_of({"text": "x"}, kind="proactive", sent_at=NOON)
        assert (silent.lookup("kind"), silent.lookup("sent_at")) == ("proactive", NOON)
        known = facts_of(
            {"text": "x", "kind": "reply", "sent_at": "2020-01-01T00:00:00Z"}, kind="proactive", sent_at=NOON
        )
        assert (known.lookup("kind"), known.lookup("sent_at")) == ("reply", datetime(2020, 1, 1, tzinfo=UTC))
        assert facts_of({"text": "x"}).lookup("kind") is None


class TestReadings:
    def test_their_order_and_what_is_seen(self) -> None:
        facts = facts_of({
            "html": '<p title="tip">shown</p><p hidden>hidden</p><img src="cid:a" alt="image">',
            "text": "text",
            "subject": "subject",
        })  # fmt: skip
        assert [(r.reading.part, r.reading.shown, r.reading.text) for r in facts.readings] == [
            ("subject", "visible", "subject"),
            ("text", "visible", "text"),
            ("html", "visible", "shown"),
            ("html", "hidden", "hidden"),
            ("html", "alt", "image"),
            ("html", "title", "tip"),
        ]
        assert [r.reading.text for r in facts.visible] == ["subject", "text", "shown"]
        assert [r.reading.text for r in facts.bodies] == ["text", "shown"]

    def test_they_are_made_once(self) -> None:
        facts = facts_of({"text": "See https://a.example", "html": "<p>a@shop.example</p>", "attachments": [{}]})
        for name in ("readings", "document", "contacts", "links", "images", "attachments", "countries", "evidence"):
            assert getattr(facts, name) is getattr(facts, name)
        reading = facts.readings[0]
        assert facts.contact_view(reading) is facts.contact_view(reading)
        assert facts.contact_view(reading) is not facts.contact_view(facts.readings[1])

    def test_languages_are_those_of_all_that_is_seen(self) -> None:
        facts = facts_of({"text": "the lamp and the box", "html": "<p>the cable</p><p hidden>und nicht die Lampe</p>"})
        assert facts.evidence.words == 7
        assert facts.evidence.counts["en"] == sum(r.evidence.counts["en"] for r in facts.bodies)
        assert facts.evidence.counts.get("de", 0) == 0

    def test_concepts_anywhere(self) -> None:
        facts = facts_of({"subject": "Your voucher", "text": "for your review"})
        assert facts.has_concepts(frozenset({"reward", "review"}))
        assert facts.has_concepts(frozenset())
        assert not facts.has_concepts(frozenset({"reward", "outside"}))
        assert not facts_of({"attachments": [{}]}).has_concepts(frozenset({"reward"}))
        assert facts_of({"attachments": [{}]}).has_concepts(frozenset())


class TestLimits:
    @pytest.mark.parametrize("part", ["subject", "text", "html"])
    def test_a_part_is_read_up_to_the_limit(self, part: str) -> None:
        facts = facts_of({"text": "x", part: "x" * (MAX_PART + 1)})
        with pytest.raises(TooLargeError, match=f"{part} has 2,000,001 code points"):
            _ = facts.readings

    def test_the_longest_part_that_is_read(self) -> None:
        assert len(facts_of({"text": "x" * MAX_PART}).readings) == 1

    def test_markup_is_not_parsed_beyond_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(*_: object) -> None:
            raise AssertionError

        monkeypatch.setattr("msgpolicy.facts.html.reading.read_html", never)
        with pytest.raises(TooLargeError, match="html"):
            _ = facts_of({"html": "<p>" * MAX_PART}).document

    def test_of_tags(self) -> None:
        with pytest.raises(TooLargeError, match="html has more than 25,000 tags"):
            _ = facts_of({"html": "<b>x</b>" * (MAX_TAGS + 1)}).document
        # End tags, and signs that begin no tag, are not counted.
        document = facts_of({"html": "<b></b> < 1 </p>" * MAX_TAGS}).document
        assert document is not None
        assert len(document.find("b")) == MAX_TAGS

    def test_of_links(self) -> None:
        link = '<a href="https://shop.example/">x</a>'
        all_read = facts_of({"html": link * MAX_LINKS})
        assert len(all_read.links) == MAX_LINKS
        assert list(all_read.unread_links) == []
        more = facts_of({"html": link * (MAX_LINKS + 1)})
        assert len(more.links) == MAX_LINKS
        assert list(more.unread_links) == ["html"]

    def test_of_images(self) -> None:
        image = '<img src="https://shop.example/a.png">'
        assert len(facts_of({"html": image * MAX_IMAGES}).images) == MAX_IMAGES
        more = facts_of({"html": image * (MAX_IMAGES + 1)})
        with pytest.raises(TooLargeError, match="html has more than 5,000 images"):
            _ = more.images
        backgrounds = facts_of({"html": '<p style="background:url(https://shop.example/a.png)">' * (MAX_IMAGES + 1)})
        with pytest.raises(TooLargeError, match="html has more than 5,000 images"):
            _ = backgrounds.image_sources

    def test_attachments_are_looked_at_up_to_the_limit(self) -> None:
        assert len(with_files(*({} for _ in range(MAX_ATTACHMENTS))).attachments) == MAX_ATTACHMENTS
        with pytest.raises(TooLargeError, match="101 attachments"):
            _ = with_files(*({} for _ in range(MAX_ATTACHMENTS + 1))).attachments


class TestCountries:
    @pytest.mark.parametrize(
        ("record", "countries"),
        [
            ({}, ()),
            ({"buyer": {"country": "DE"}}, ("DE",)),
            (
                {"buyer": {"country": "AT"}, "account": {"country": "PL"}, "marketplace": "amazon.de"},
                ("AT", "PL", "DE"),
            ),
            ({"buyer": {"country": "DE"}, "account": {"country": "DE"}, "marketplace": "A1PA6795UKMFR9"}, ("DE",)),
            ({"marketplace": "ebay.de"}, ()),
            ({"marketplace": "www.amazon.co.uk"}, ("GB",)),
        ],
    )
    def test_whose_notation_is_read(self, record: dict[str, Any], countries: tuple[str, ...]) -> None:
        assert facts_of({"text": "x", **record}).countries == countries

    def test_contacts_are_read_in_their_notation(self) -> None:
        record = {"text": "030 901820"}
        assert facts_of(record).contacts == ()
        (found,) = facts_of({**record, "account": {"country": "DE"}}).contacts
        assert [phone.normalized for phone in found.contacts.phones] == ["+4930901820"]

    @pytest.mark.parametrize(
        ("record", "countries"),
        [
            ({"text": "x"}, ()),
            ({"text": "x", "marketplace": "ebay.co.uk"}, ("GB",)),
            ({"text": "x", "marketplace": "allegro.pl", "language": "de-AT"}, ("PL", "AT", "DE", "CH")),
            ({"text": "x", "marketplace": "shop.example"}, ()),
            ({"text": "x", "buyer": {"language": "pl"}}, ("PL",)),
            ({"text": "Die Lampe ist nicht da und wir haben sie auch nicht für Sie."}, ("DE", "AT", "CH")),
            ({"text": "ランプは箱に入っています。"}, ("JP",)),
            ({"text": "ランプは箱に入っています。", "buyer": {"country": "DE"}}, ()),
        ],
    )
    def test_where_none_is_known_they_are_guessed(self, record: dict[str, Any], countries: tuple[str, ...]) -> None:
        assert facts_of(record).guessed_countries == countries

    def test_contacts_are_read_in_their_notation_too(self) -> None:
        (found,) = facts_of({"text": "Lampen 030 901820 Glas", "marketplace": "otto.de"}).contacts
        assert [phone.normalized for phone in found.contacts.phones] == ["+4930901820"]


class TestWithoutHtml:
    def test_nothing_is_found(self) -> None:
        facts = facts_of({"text": "x"})
        assert facts.document is None
        assert facts.images == ()
        assert facts.links == ()


class TestWhyHidden:
    def test_the_reason_at_a_place(self) -> None:
        html = '<p>shown</p><p style="display:none">one</p><div hidden><b>two</b></div><input type=hidden alt="three">'
        facts = facts_of({"html": html})
        assert facts.why_hidden(html.index("one")) == "display: none"
        assert "hidden" in facts.why_hidden(html.index("two")) or "none" in facts.why_hidden(html.index("two"))

    def test_outside_of_all_elements(self) -> None:
        assert facts_of({"html": "x"}).why_hidden(0) == "not displayed"


class TestAttachments:
    def test_none_and_unknown(self) -> None:
        assert facts_of({"text": "x", "attachments": []}).attachments == ()
        with pytest.raises(MissingFactError) as raised:
            _ = facts_of({"text": "x"}).attachments
        assert raised.value.field == "attachments"

    def test_names_and_pages_are_read(self) -> None:
        facts = with_files({}, {"filename": "WarrantyCard_2026.pdf", "content": pdf("One lamp", "Two lamps", "Three")})
        assert list(facts.attachment_readings(0)) == []
        found = [(by, r.reading.part, r.reading.page, r.reading.text.strip()) for by, r in facts.attachment_readings(1)]
        assert found == [
            ("name", "attachments[1]", None, "warranty card 2026 pdf"),
            ("text", "attachments[1]", 1, "One lamp"),
            ("text", "attachments[1]", 2, "Two lamps"),
            ("text", "attachments[1]", 3, "Three"),
        ]
        assert len(list(facts.attachment_readings(1, 2))) == 3

    def test_the_text_of_a_page(self) -> None:
        facts = with_files({"filename": "a.pdf", "content": pdf("One lamp", "Two lamps")}, {"filename": "b.pdf"})
        assert (facts.attachment_text(0, 2) or "").strip() == "Two lamps"
        assert facts.attachment_text(0, 3) is None
        assert facts.attachment_text(1, 1) is None

    def test_each_page_has_a_contact_view_of_its_own(self) -> None:
        texts = [f"Page {number}" for number in range(20)]
        facts = with_files({"filename": "a.pdf", "content": pdf(*texts)})
        views = [facts.contact_view(reading).text for by, reading in facts.attachment_readings(0) if by == "text"]
        assert [view.strip() for view in views] == texts


def test_a_concept_that_is_absent_decides_whatever_another_has_too_many_of() -> None:
    """In any order of the two: what a set yields first differs from process to process."""

    class Reading:
        mentionable = frozenset({"many-a", "many-b", "not-there", "absent", "there"})

        def mentions(self, name: str) -> bool:
            if name.startswith("many"):
                raise TooLargeError(name)
            return name == "there"

    facts = facts_of({"text": "Hello"})
    facts.__dict__["_readings"] = (Reading(),)
    assert not facts.has_concepts(frozenset({"many-a", "not-there"}))
    assert not facts.has_concepts(frozenset({"absent", "many-a"}))
    assert facts.has_concepts(frozenset({"there"}))
    with pytest.raises(TooLargeError, match="many-a"):
        facts.has_concepts(frozenset({"many-b", "there", "many-a"}))
