"""Checks of contact data, of invitations to leave the marketplace, and of what is hidden."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.facts.limits import MAX_ADDRESSES, MAX_HIDDEN_TEXTS, MAX_WORDS
from tests.checks.support import excerpts, run, unknown


def only(found: list[Any]) -> Hit:
    (hit,) = found
    assert isinstance(hit, Hit)
    return hit


class TestEmail:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"subject": "a@shop.example", "text": "x"}, ["a@shop.example"]),
            ({"text": "Mail: <anna.b+c@shop.example>."}, ["anna.b+c@shop.example"]),
            ({"text": "anna (at) shop (dot) example"}, ["anna (at) shop (dot) example"]),
            ({"text": "a\u200b@shop.ex\u00adample now"}, ["a\u200b@shop.ex\u00adample"]),
            ({"html": "<p>a@<b>shop</b>.example</p>"}, ["a@<b>shop</b>.example"]),
            ({"html": "<p>a&#64;shop.example</p>"}, ["a&#64;shop.example"]),
            ({"html": "<p hidden>a@shop.example</p>"}, ["a@shop.example"]),
            ({"html": '<img src="cid:a" alt="a@shop.example">'}, ["a@shop.example"]),
            ({"text": "a1b2@marketplace.amazon.de.evil.example"}, ["a1b2@marketplace.amazon.de.evil.example"]),
            ({"text": "a1b2@marketplace-amazon.de"}, ["a1b2@marketplace-amazon.de"]),
            ({"text": "service@amazon.de"}, ["service@amazon.de"]),
        ],
    )
    def test_written(self, record: dict[str, Any], expected: list[str]) -> None:
        assert excerpts("contact-data", record, kind="email") == expected

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "a1b2c3d4e5f6g7h@marketplace.amazon.de"},
            {"text": "A1B2C3D4E5F6G7H@Marketplace.Amazon.co.uk"},
            {"html": '<a href="mailto:a1b2c3d4e5f6g7h@marketplace.amazon.de">answer</a>'},
            {"html": '<a href="MAILTO:a1b2%40marketplace.amazon.com.be?subject=x">answer</a>'},
            {"html": '<a href="mailto:">x</a><a href="mailto:?subject=Lamp">share</a>'},
            {"html": '<a href="https://shop.example/a@b">x</a><img src="cid:logo@shop.example">'},
            {"text": "Delivery @ noon, 3 @ 5.00, @shop, see https://shop.example/@anna"},
            {"text": "Call +49 30 901820"},
        ],
    )
    def test_near_misses(self, record: dict[str, Any]) -> None:
        assert run("contact-data", record, kind="email") == []

    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<a href="mailto:a@shop.example?subject=x">write</a>', ["mailto:a@shop.example?subject=x"]),
            ('<area href="mailto:a@shop.example"><form action="mailto:b@shop.example"></form>',
             ["mailto:a@shop.example", "mailto:b@shop.example"]),
            ('<a href="mailto:a@marketplace.amazon.de.b.example">x</a>', ["mailto:a@marketplace.amazon.de.b.example"]),
            ('<a href="mailto:a@shop.example"><img src="cid:a"></a>', ["mailto:a@shop.example"]),
            ('<a href="mailto:a@shop.example">a@shop.example</a>', ["a@shop.example"]),
            ('<a href="mailto:A@Shop.example">write to <b>a</b>@shop.example</a>', ["a</b>@shop.example"]),
            ('<a href="mailto:a@shop.example">b@shop.example</a>', ["b@shop.example", "mailto:a@shop.example"]),
            ('<p>a@b.example</p><a href="mailto:a@b.example">write</a>', ["a@b.example", "mailto:a@b.example"]),
            ('<a href="mailto:a@shop.example">write</a> a@shop.example', ["a@shop.example", "mailto:a@shop.example"]),
        ],
    )  # fmt: skip
    def test_mailto(self, html: str, expected: list[str]) -> None:
        assert excerpts("contact-data", {"html": html}, kind="email") == expected

    def test_text_and_html_are_two_readings(self) -> None:
        record = {"text": "a@shop.example", "html": '<a href="mailto:a@shop.example">write</a>'}
        assert excerpts("contact-data", record, kind="email") == ["a@shop.example", "mailto:a@shop.example"]

    def test_what_is_told(self) -> None:
        hit = only(run("contact-data", {"html": "<p hidden>Anna (at) Shop (dot) example</p>"}, kind="email"))
        assert hit.fills == {"found": "Anna (at) Shop (dot) example", "normalized": "anna@shop.example"}
        read = "anna@shop.example"
        assert hit.evidence == {"normalized": read, "obfuscated": True, "read_as": read, "shown": "hidden"}
        hit = only(run("contact-data", {"html": '<a href="mailto:a@shop.example">write</a>'}, kind="email"))
        assert hit.evidence == {"normalized": "a@shop.example", "obfuscated": False, "attribute": "href"}


class TestPhone:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"text": "Call us: +49 (30) 901820!"}, ["+49 (30) 901820"]),
            ({"text": "030 901820", "buyer": {"country": "DE"}}, ["030 901820"]),
            ({"text": "030 901820", "marketplace": "amazon.de"}, ["030 901820"]),
            ({"html": '<a href="tel:+4930901820">call</a>'}, ["tel:+4930901820"]),
            ({"html": '<a href="sms:+4930901820?body=x">text</a>'}, ["sms:+4930901820?body=x"]),
            ({"html": '<a href="tel:+4930901820"><img src="cid:phone"></a>'}, ["tel:+4930901820"]),
            ({"html": '<a href="tel:+4930901820">+49 30 901820</a>'}, ["+49 30 901820"]),
            ({"html": '<a href="tel:+4930901820">call 030 901820</a>'}, ["030 901820"]),
            ({"html": '<a href="tel:+4930901820">+49 30 901821</a>'}, ["+49 30 901821", "tel:+4930901820"]),
        ],
    )
    def test_numbers_and_links(self, record: dict[str, Any], expected: list[str]) -> None:
        assert excerpts("contact-data", record, kind="phone") == expected

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "Order 305-1234567-1234567, EAN 4006381333931, tracking 1Z999AA10123456784"},
            {"text": "On 12.11.2026 for EUR 1.299,00"},
            {"text": "030 901820 mm"},
            {"html": '<a href="tel:">x</a><a href="sms:?body=x">share</a>'},
            {"html": '<a href="https://shop.example/tel:+4930901820">x</a>'},
            {"html": '<img src="cid:4930901820" width="4930901820">'},
        ],
    )
    def test_near_misses(self, record: dict[str, Any]) -> None:
        assert run("contact-data", record, kind="phone") == []

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"text": "For a warranty claim call +49 30 901820."}, []),
            ({"text": "Call +49 30 901820 for the warranty."}, []),
            ({"text": "There is a warranty. Call +49 30 901820."}, ["+49 30 901820"]),
            ({"text": "The warranty: +49 30 901820. Or call +49 30 901821."}, ["+49 30 901821"]),
            ({"text": "Call +49 30 901820. There is a warranty."}, ["+49 30 901820"]),
            ({"html": '<p>For the warranty <a href="tel:+4930901820">call</a>.</p>'}, []),
            ({"html": '<p>For the warranty call <a href="tel:+4930901820">+49 30 901820</a>.</p>'}, []),
            ({"html": '<p>A warranty.</p><p><a href="tel:+4930901820">Call</a></p>'}, ["tel:+4930901820"]),
            ({"html": '<p>The warranty <a href="tel:+4930901820"><img src="cid:a"></a></p>'}, ["tel:+4930901820"]),
            ({"text": "warranty", "html": '<p><a href="tel:+4930901820">Call</a></p>'}, ["tel:+4930901820"]),
        ],
    )
    def test_beside_what_it_may_stand(self, record: dict[str, Any], expected: list[str]) -> None:
        assert excerpts("contact-data", record, kind="phone", allowed_near=["warranty"]) == expected

    def test_one_concept_of_several_suffices(self) -> None:
        record = {"text": "For the invoice call +49 30 901820."}
        assert run("contact-data", record, kind="phone", allowed_near=["warranty", "invoice"]) == []

    def test_what_is_not_sure_is_a_warning(self) -> None:
        def severity(text: str) -> str | None:
            return only(run("contact-data", {"text": text, "buyer": {"country": "US"}}, kind="phone")).severity

        assert severity("Call us on 206 555 0100.") is None
        assert severity("2065550100") == "warning"  # digits that nobody introduces

    def test_more_digits_than_are_read(self) -> None:
        text = "\n".join(f"{number:04d} {number:05d} {number:04d} x" for number in range(3000))
        assert ((), "too-large") in unknown("contact-data", {"text": text, "buyer": {"country": "DE"}}, kind="phone")
        assert unknown("contact-data", {"text": text, "buyer": {"country": "DE"}}, kind="email") == []

    @pytest.mark.parametrize("piece", ["shop.example ", "a@shop.example ", "https://shop.example/ "])
    def test_more_addresses_than_are_read(self, piece: str) -> None:
        found = run("contact-data", {"text": "b@shop.example " + piece * MAX_ADDRESSES}, kind="email")
        assert [item.why for item in found if isinstance(item, Unknown)] == ["too-large"]
        assert "b@shop.example" in [item.fills["found"] for item in found if isinstance(item, Hit)]
        assert unknown("contact-data", {"text": piece * 50}, kind="email") == []

    @pytest.mark.parametrize("kind", ["email", "phone", "messenger"])
    def test_more_words_than_are_read(self, kind: str) -> None:
        assert unknown("contact-data", {"text": "seven WhatsApp dot " * MAX_WORDS}, kind=kind) == [((), "too-large")]
        assert unknown("contact-data", {"text": "seven WhatsApp dot " * 50}, kind=kind) == []


class TestMessenger:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"text": "Chat: https://wa.me/4930901820."}, ["https://wa.me/4930901820"]),
            ({"text": "Add us on LINE: @lampshop"}, ["LINE: @lampshop"]),
            ({"html": '<a href="https://lin.ee/abc">chat</a>'}, ["https://lin.ee/abc"]),
            ({"html": '<a href="whatsapp://send?phone=4930901820">chat</a>'}, ["whatsapp://send?phone=4930901820"]),
            ({"html": '<a href="https://wa.me/4930901820">https://wa.me/4930901820</a>'}, ["https://wa.me/4930901820"]),
        ],
    )
    def test_chat_links_and_handles(self, record: dict[str, Any], expected: list[str]) -> None:
        assert excerpts("contact-data", record, kind="messenger") == expected

    def test_an_invitation_and_its_link_are_one_thing(self) -> None:
        html = '<a href="https://wa.me/4930901820">Add us on WhatsApp</a>'
        assert len(run("contact-data", {"html": html}, kind="messenger")) == 1
        html = '<a href="https://t.me/lamps">Add us on WhatsApp</a>'
        assert len(run("contact-data", {"html": html}, kind="messenger")) == 2

    @pytest.mark.parametrize(
        "text",
        ["The sticker fits WhatsApp and LINE.", "See https://shop.example/wa.me/1", "https://notwa.me/4930901820"],
    )
    def test_near_misses(self, text: str) -> None:
        assert run("contact-data", {"text": text}, kind="messenger") == []

    def test_a_messenger_with_a_number_is_both(self) -> None:
        text = "WhatsApp: +44 20 7946 0958"
        assert excerpts("contact-data", {"text": text}, kind="messenger") == [text]
        assert excerpts("contact-data", {"text": text}, kind="phone") == ["+44 20 7946 0958"]


class TestHiddenContent:
    @pytest.mark.parametrize(
        ("html", "found", "reason"),
        [
            ('<p>Hello</p><div style="display:none">Secret <b>text</b></div>', "Secret text", "display: none"),
            ('<p>Hello</p><p style="font-size:0">Secret text</p>', "Secret text", "font-size: 0px"),
            ('<p>Hello</p><p style="color:#fff">Secret text</p>', "Secret text", "color: #ffffff on #ffffff"),
            ("<p>Hello <span hidden>Secret text</span> you</p>", "Secret text", "display: none"),
            ('<p>Hello</p><img hidden src="cid:a" alt="Secret text">', "Secret text", "display: none"),
            ('<p>Hello</p><p hidden title="Secret tip"></p>', "Secret tip", "display: none"),
        ],
    )
    def test_text_that_nobody_sees(self, html: str, found: str, reason: str) -> None:
        hit = only(run("hidden-content", {"html": html}))
        assert hit.fills == {"found": found, "reason": reason}
        assert hit.evidence == {"reason": reason, "read_as": found}
        assert hit.holder
        (excerpt,) = excerpts("hidden-content", {"html": html})
        assert excerpt.replace("<b>", "") == found
        assert html.index(excerpt) == hit.place.start

    @pytest.mark.parametrize(
        "html",
        [
            "<p>Hello</p><!-- Secret text --><style>p { color: red }</style><script>var secret = 1</script>",
            '<div style="display:none">Your invoice is here</div><p>Your invoice is here.</p>',
            '<p hidden>YOUR  order&nbsp;is\nhere&zwnj;&nbsp;&zwnj;&nbsp;</p><p>Your <b>order</b> is here.</p>',
            '<div style="display:none">&nbsp;&zwnj;&nbsp;&#847; \n</div><p>Hello</p>',
            '<div style="display:none"><img src="cid:a"></div><p>Hello</p>',
            '<p hidden>.</p><p hidden>-- | --</p><p hidden>1</p><p>Hello</p>',
            '<p style="margin:0">Hello</p><img src="cid:a" alt="A lamp"><p title="A lamp">x</p>',
            "<p style='font-size:11px;color:#767676'>Small print</p>",
        ],
    )  # fmt: skip
    def test_near_misses(self, html: str) -> None:
        assert run("hidden-content", {"html": html}) == []

    def test_the_other_part_and_the_subject_show_it_too(self) -> None:
        html = '<div style="display:none">Your invoice is here</div><p>Hello</p>'
        assert len(run("hidden-content", {"html": html})) == 1
        assert run("hidden-content", {"html": html, "subject": "Your invoice is here"}) == []
        assert run("hidden-content", {"html": html, "text": "Hello. Your invoice is here."}) == []

    def test_each_hidden_part_is_told(self) -> None:
        html = "<p hidden>First part</p><p>Hello</p><p hidden>Second part</p>"
        assert excerpts("hidden-content", {"html": html}) == ["First part", "Second part"]

    def test_more_than_is_compared_is_said(self) -> None:
        html = f"<p>{'shown ' * 100_000}</p>" + "<p hidden>Hidden text</p>" * (MAX_HIDDEN_TEXTS + 1)
        *hits, last = run("hidden-content", {"html": html})
        assert len(hits) == MAX_HIDDEN_TEXTS
        assert isinstance(last, Unknown)
        assert (last.why, last.detail) == ("too-large", "the html hides more than 1,000 texts")

    def test_plain_text_hides_nothing(self) -> None:
        assert run("hidden-content", {"text": "<p hidden>Secret text</p>"}) == []


DIVERSION: dict[str, Any] = {
    "outside": ["outside"],
    "invite": "invite",
    "request": "request",
    "own_hosts": ["own", "carriers"],
    "unless": ["quote", {"concept": "negation", "near": "outside", "words": 3, "side": "before"}],
    "allowed_near": ["warranty"],
}


class TestDiversion:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            # words alone
            ({"text": "It is cheaper on our website."}, ["on our website"]),
            ({"subject": "On our website", "html": "<p>on <b>our</b> website</p>"},
             ["On our website", "on <b>our</b> website"]),
            # invitations
            ({"text": "Please write to us: a@shop.example."}, ["write to us: a@shop.example"]),
            ({"text": "Call us any time on +49 30 901820."}, ["Call us any time on +49 30 901820"]),
            ({"text": "Write to us at www.shop.example/form."}, ["Write to us at www.shop.example/form"]),
            ({"text": "Call us on WhatsApp: +44 20 7946 0958"},
             ["Call us on WhatsApp: +44 20 7946 0958"]),
            ({"text": "WhatsApp us: +44 20 7946 0958"}, ["WhatsApp us: +44 20 7946 0958"]),
            ({"text": "At a@shop.example write to us."}, ["a@shop.example write to us"]),
            ({"text": "At a@shop.example you can write to us."}, ["a@shop.example you can write to us"]),
            ({"text": "Write to us at a@shop.example or call us on +49 30 901820."},
             ["Write to us at a@shop.example", "call us on +49 30 901820"]),
            ({"html": "<p hidden>Write to us: a@shop.example</p>"}, ["Write to us: a@shop.example"]),
            ({"html": "<p>Write to <i>us</i>: a@shop.example</p>"}, ["Write to <i>us</i>: a@shop.example"]),
            # the text of a link
            ({"html": '<a href="mailto:a@shop.example">Write to us</a>'}, ["Write to us"]),
            ({"html": '<a href="mailto:a@shop.example">You may write to us now</a>'}, ["You may write to us now"]),
            ({"html": 'Write to us <a href="mailto:a@shop.example">here</a>'},
             ['Write to us <a href="mailto:a@shop.example">here']),
            ({"html": 'Write to us: <a href="mailto:a@shop.example">a@shop.example</a>'},
             ['Write to us: <a href="mailto:a@shop.example">a@shop.example']),
            ({"html": '<p><a href="https://shop.example/form">Write to us</a></p>'}, ["Write to us"]),
            ({"html": '<a href="https://wa.me/4930901820">Write to us</a>'}, ["Write to us"]),
            ({"html": '<a href="tel:+4930901820">Call us</a>'}, ["Call us"]),
            # requests of any kind
            ({"text": "Please use a@shop.example."}, ["Please use a@shop.example"]),
            ({"text": "Please use you can@shop.example."}, ["Please use you can@shop.example"]),
            ({"html": 'Please use <a href="mailto:a@shop.example">this</a>'},
             ['Please use <a href="mailto:a@shop.example">this']),
        ],
    )  # fmt: skip
    def test_leads_away(self, record: dict[str, Any], expected: list[str]) -> None:
        assert sorted(excerpts("diversion", record, **DIVERSION)) == sorted(expected)

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "Amazon does not allow deals on our website."},
            {"text": "We do not sell on our website."},
            {"text": "Kind regards\nAnna, Lamp Shop, a@shop.example, +49 30 901820"},
            {"text": "Please write to us. \n\nAnna, a@shop.example"},
            {"text": "Anna, a@shop.example. Thanks to all who write to us."},
            {"text": "We sent the label to a@shop.example, and people write to us."},
            {"text": "Write to us: a1b2c3d4e5f6g7h@marketplace.amazon.de"},
            {"text": "Write to us at https://www.amazon.de/contact, call us via https://www.dhl.de/x"},
            {"text": "For the warranty call us on +49 30 901820."},
            {"html": '<p>For the warranty <a href="tel:+4930901820">call us</a>.</p>'},
            {"html": '<a href="https://www.amazon.de/contact">Write to us</a>'},
            {"html": '<a href="mailto:a1b2@marketplace.amazon.de">Write to us</a>'},
            {"html": '<p>Write to us.</p><p><a href="mailto:a@shop.example">Anna</a></p>'},
            {"html": '<a href="mailto:a@shop.example"><img src="cid:a" alt="Anna"></a> Write to us'},
            {"text": "Write to us", "html": "<p>a@shop.example</p>"},
            {"text": "a@shop.example, please"},
            {"text": "Please see www.shop.example"},  # a link, and no talk
            {"text": "Please follow LINE: @lampshop"},
            {"text": "Write-to-us@shop.example"},  # the name of a mailbox
        ],
    )
    def test_near_misses(self, record: dict[str, Any]) -> None:
        assert run("diversion", record, **DIVERSION) == []

    def test_requests_count_only_where_they_are_asked_for(self) -> None:
        params = {key: value for key, value in DIVERSION.items() if key != "request"}
        assert run("diversion", {"text": "Please: Anna, a@shop.example."}, **params) == []
        assert len(run("diversion", {"text": "Please: Anna, a@shop.example."}, **DIVERSION)) == 1

    def test_the_exception_is_for_phones_alone(self) -> None:
        text = "For the warranty write to us: a@shop.example."
        assert excerpts("diversion", {"text": text}, **DIVERSION) == ["write to us: a@shop.example"]

    def test_what_is_told(self) -> None:
        hit = only(run("diversion", {"text": "Write to us: a@shop.example"}, **DIVERSION))
        assert hit.fills == {"found": "Write to us: a@shop.example"}
        assert hit.evidence == {"read_as": "Write to us: a@shop.example", "language": "en"}

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "a@shop.example " * 20_000 + "write to us " * 2000},
            {"text": "write to us " * 2000 + "a@shop.example " * 20_000},
            {"html": '<img alt="write to us: a@b.example" src="cid:a"><a href="https://c.example">x</a>' * 1500},
        ],
    )
    def test_floods_are_read_in_linear_time(self, record: dict[str, Any]) -> None:
        run("diversion", record, **DIVERSION)
