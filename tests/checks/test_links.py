"""Checks of links and images: where they lead, what their text says, what they report."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from msgpolicy.checks.base import Hit, Unknown
from msgpolicy.checks.link import Params
from msgpolicy.facts.limits import MAX_ADDRESSES
from tests.checks.support import excerpts, run, unknown

EXTERNAL: dict[str, Any] = {
    "find": "external",
    "own_hosts": ["own"],
    "shorteners": "shorteners",
    "allowed": [{"hosts": "carriers", "when": {"any": [{"kind": "reply"}, {"reason": "order_problem"}]}}],
}


def only(found: list[Any]) -> Hit:
    (hit,) = found
    assert isinstance(hit, Hit)
    return hit


class TestExternal:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("See https://shop.example/care?a=1#b.", ["https://shop.example/care?a=1#b"]),
            ("See www.shop.example/care.", ["www.shop.example/care"]),
            ("Visit besteshop-24.de\r\ntoday", ["besteshop-24.de"]),
            ("(HTTP://SHOP.EXAMPLE/)", ["HTTP://SHOP.EXAMPLE/"]),
            ("shop [dot] example/care", ["shop [dot] example/care"]),
            ("http://192.0.2.7/x", ["http://192.0.2.7/x"]),
            ("https://amazon.de.evil.example/orders", ["https://amazon.de.evil.example/orders"]),
            ("https://amazon-de.example", ["https://amazon-de.example"]),
            ("https://notamazon.de/", ["https://notamazon.de/"]),
            ("https://evil.example/www.amazon.de", ["https://evil.example/www.amazon.de"]),
            ("https://www.amazon.de@evil.example/", ["https://www.amazon.de@evil.example/"]),
            ("https://аmazon.de/", ["https://аmazon.de/"]),  # a Cyrillic letter
            ("https://amazon.evil.example", ["https://amazon.evil.example"]),
        ],
    )
    def test_written_in_a_text(self, text: str, expected: list[str]) -> None:
        assert excerpts("link", {"text": text}, **EXTERNAL) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "https://www.amazon.de/gp/css/order-history",
            "HTTPS://WWW.AMAZON.CO.UK:443/orders",
            "https://amazon.de./orders",
            "http://sellercentral.amazon.com.mx",
            "Write to a@shop.example",
            "https://wa.me/442079460958",
            "The file invoice.pdf is attached.We hope 3.5 x 2.0 cm is fine.Bye",
            "tel:+442079460958",
            "setup.exe, photo.zip, Node.js, e.g. this, 12.30 Uhr",
            "ftp and https are no links",
        ],
    )
    def test_no_link_out_of_the_marketplace(self, text: str) -> None:
        assert run("link", {"text": text}, **EXTERNAL) == []

    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<a href="https://shop.example/?a=1&amp;b=2">care</a>', ["https://shop.example/?a=1&amp;b=2"]),
            ("<A HREF=https://shop.example/x>care</A>", ["https://shop.example/x"]),
            ("<a href='//shop.example'>care</a>", ["//shop.example"]),
            ('<form action="https://shop.example/join"><button formaction="https://two.example">x</button></form>',
             ["https://shop.example/join", "https://two.example"]),
            ('<map><area href="https://shop.example"></map>', ["https://shop.example"]),
            ('<input type="submit" formaction="https://shop.example">', ["https://shop.example"]),
            ('<base href="https://shop.example/a/"><a href="b.html">b</a>', ["https://shop.example/a/", "b.html"]),
            ('<img alt="See www.shop.example" src="cid:a">', ["www.shop.example"]),
            ('<p title="See www.shop.example">x</p>', ["www.shop.example"]),
            ('<p hidden>See www.shop.example</p>', ["www.shop.example"]),
            ('<p>www.<b>shop</b>.example</p>', ["www.<b>shop</b>.example"]),
            ('<a href="https://shop.example"><p>one<p>two</a>', ["https://shop.example"]),
            ('<a href="https://shop.example">care', ["https://shop.example"]),
        ],
    )  # fmt: skip
    def test_borne_by_html(self, html: str, expected: list[str]) -> None:
        assert excerpts("link", {"html": html}, **EXTERNAL) == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<a href="https://www.amazon.de/orders">your orders</a>',
            '<a href="#care">care</a><a name="care">care</a>',
            '<a href="care.html">care</a>',
            '<a href="mailto:a@shop.example">write</a><a href="tel:+442079460958">call</a>',
            '<a href="https://t.me/lamps">chat</a>',
            '<a href="">x</a><a href=" ">x</a><a href>x</a><a>x</a>',
            '<a href="{{care_url}}">care</a>',
            '<img src="https://cdn.shop.example/logo.png" alt="Shop">',
            '<!-- <a href="https://shop.example">care</a> -->',
            '<style>a { background: url(https://shop.example/a.png) }</style>',
            '<form action="https://www.amazon.de/x"></form>',
            '<a title="x" name="https://shop.example">x</a>',
        ],
    )  # fmt: skip
    def test_html_without_a_link_out_of_the_marketplace(self, html: str) -> None:
        assert run("link", {"html": html}, **EXTERNAL) == []

    @pytest.mark.parametrize(
        ("url", "leads_to"),
        [
            ("javascript:location='https://shop.example'", "javascript:"),
            (" java\tscript:void(0)", "javascript:"),
            ("vbscript:x", "vbscript:"),
            ("data:text/html,<p>x</p>", "data:"),
            ("file:///C:/invoice.pdf", "file:"),
            ("blob:https://shop.example/1", "blob:"),
            ("intent://shop.example#Intent;scheme=https;end", "intent:"),
            ("market://details?id=example", "market:"),
            ("https://", "https:"),
        ],
    )
    def test_what_opens_without_a_host(self, url: str, leads_to: str) -> None:
        record = {"html": f'<p>See <a href="{url}"><img src="cid:a" alt="Lamp"></a></p>'}
        hit = only(run("link", record, **EXTERNAL))
        assert hit.fills == {"host": leads_to, "url": url}
        assert hit.evidence["normalized"] == leads_to
        assert run("link", record, **EXTERNAL | {"find": "insecure"}) == []
        assert run("link", record, **EXTERNAL | {"find": "product"}) == []

    @pytest.mark.parametrize("url", ["about:blank", "x-apple-data-detectors://3", "cid:a", "#top"])
    def test_what_opens_nothing(self, url: str) -> None:
        assert (
            run("link", {"html": f'<a href="{url}">x</a>', "text": "javascript: and data: are words"}, **EXTERNAL) == []
        )

    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<a href="https://shop.example/x">https://shop.example/x</a>', ["https://shop.example/x"]),
            ('<a href="https://www.shop.example/x">shop.example</a>', ["https://www.shop.example/x"]),
            ('<a href="https://shop.example"><img src="cid:a" alt="www.shop.example"> care</a>', ["https://shop.example"]),
            ('<a href="https://shop.example">care</a> shop.example', ["https://shop.example", "shop.example"]),
            ('shop.example <a href="https://shop.example">care</a>', ["https://shop.example", "shop.example"]),
            ('<a href="https://www.amazon.de/">shop.example/x</a>', ["shop.example/x"]),
            ('<a href="https://shop.example/x">https://www.amazon.de/orders</a>', ["https://shop.example/x"]),
            ('<a href="https://shop.example/x">two.example/x</a>', ["https://shop.example/x", "two.example/x"]),
        ],
    )  # fmt: skip
    def test_a_link_whose_text_says_where_it_leads_is_one_thing(self, html: str, expected: list[str]) -> None:
        assert sorted(excerpts("link", {"html": html}, **EXTERNAL)) == expected

    def test_text_and_html_are_two_readings(self) -> None:
        record = {"text": "https://shop.example/x", "html": '<a href="https://shop.example/x">care</a>'}
        assert [item.place.part for item in run("link", record, **EXTERNAL) if isinstance(item, Hit)] == [
            "text",
            "html",
        ]

    def test_an_image_alone_is_another_rules_matter(self) -> None:
        assert (
            run("link", {"html": '<a href="https://shop.example"><img src="cid:a" alt="Shop"></a>'}, **EXTERNAL) == []
        )
        html = '<a href="https://shop.example"><img src="cid:a" alt="Shop"> our care guide</a>'
        assert excerpts("link", {"html": html}, **EXTERNAL) == ["https://shop.example"]

    def test_what_is_known_of_the_target(self) -> None:
        evidence = only(run("link", {"text": "hxxps://www[.]shop.example/a"}, **EXTERNAL)).evidence
        read = "https://www.shop.example/a"
        assert evidence == {"host": "www.shop.example", "normalized": read, "obfuscated": True, "read_as": read}
        evidence = only(run("link", {"text": "https://amazon.de:pw@evil.example"}, **EXTERNAL)).evidence
        assert evidence["user_info"] is True
        evidence = only(run("link", {"text": "https://аmazon.de/"}, **EXTERNAL)).evidence
        assert evidence["lookalike_of"] == "amazon"
        hit = only(run("link", {"html": '<a href="http://short.example/x?y#z">care</a>'}, **EXTERNAL))
        assert hit.evidence == {
            "host": "short.example",
            "normalized": "http://short.example/x?y",
            "obfuscated": False,
            "shortener": True,
            "attribute": "href",
        }
        assert hit.fills == {"host": "short.example", "url": "http://short.example/x?y#z"}

    def test_a_bare_word_with_a_dot_is_less_sure(self) -> None:
        assert only(run("link", {"text": "See lampen.io"}, **EXTERNAL)).confidence < 1
        assert only(run("link", {"html": '<a href="https://lampen.io">x</a>'}, **EXTERNAL)).confidence == 1

    def test_more_addresses_than_are_read(self) -> None:
        text = "shop.example " + "www.amazon.de " * MAX_ADDRESSES
        found = run("link", {"text": text}, **EXTERNAL)
        assert [item.why for item in found if isinstance(item, Unknown)] == ["too-large"]
        assert [item.fills["url"] for item in found if isinstance(item, Hit)] == ["shop.example"]
        assert run("link", {"text": "www.amazon.de " * 50}, **EXTERNAL) == []


class TestCarriers:
    TRACK = "https://www.dhl.de/track?id=1"

    @pytest.mark.parametrize(
        ("text", "facts", "fires"),
        [
            (TRACK, {"kind": "reply"}, False),
            (TRACK, {"kind": "proactive", "reason": "order_problem"}, False),
            (TRACK, {"kind": "proactive", "reason": "invoice"}, True),
            ("https://tracking.carrier.example/1", {"kind": "reply"}, False),
            ("http://www.dhl.de/track", {"kind": "reply"}, True),  # not secure
            ("www.dhl.de/track", {"kind": "reply"}, True),  # opened without encryption
            ("https://dhl.de.evil.example/track", {"kind": "reply"}, True),
            ("https://mydhl.de/track", {"kind": "reply"}, True),
            ("https://shop.example/", {"kind": "reply"}, True),
        ],
    )
    def test_a_secure_link_where_the_order_needs_it(self, text: str, facts: dict[str, Any], fires: bool) -> None:
        assert bool(excerpts("link", {"text": text, **facts}, **EXTERNAL)) is fires
        html = f'<a href="{text if "//" in text else "//" + text}">your parcel</a>'
        assert bool(excerpts("link", {"html": html, **facts}, **EXTERNAL)) is fires

    def test_the_text_of_an_allowed_link_is_allowed(self) -> None:
        html = f'<a href="{self.TRACK}">dhl.de</a>, <a href="{self.TRACK}">www.dhl.de/track</a>'
        assert run("link", {"html": html, "kind": "reply"}, **EXTERNAL) == []

    def test_what_it_depends_on_is_not_guessed(self) -> None:
        text = f"{self.TRACK} {self.TRACK}&again=1"
        assert unknown("link", {"text": text}, **EXTERNAL) == [(("kind", "reason"), "missing")]
        assert unknown("link", {"text": text, "kind": "proactive"}, **EXTERNAL) == [(("reason",), "missing")]
        assert unknown("link", {"text": text, "reason": "order_problem"}, **EXTERNAL) == []
        both = run("link", {"text": f"{self.TRACK} https://shop.example"}, **EXTERNAL)
        assert [type(item).__name__ for item in both] == ["Hit", "Unknown"]


class TestInsecure:
    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"text": "http://www.amazon.de/orders"}, ["http://www.amazon.de/orders"]),
            ({"text": "https://www.amazon.de/orders, www.amazon.de, amazon.de"}, []),
            ({"text": "http://wa.me/442079460958"}, []),  # a chat link is a contact
            ({"html": '<a href="HTTP://shop.example/x">care</a>'}, ["HTTP://shop.example/x"]),
            ({"html": '<a href="http://shop.example"><img src="cid:a"></a>'}, ["http://shop.example"]),
            ({"html": '<a href="//shop.example">care</a><a href="https://shop.example">care</a>'}, []),
            ({"html": '<a href="https://shop.example/x">http://shop.example/x</a>'}, []),  # what opens is secure
            ({"html": '<img src="http://shop.example/logo.png">'}, []),  # an image's source is no link
            ({"html": '<base href="http://shop.example/"><a href="x">x</a>'}, ["http://shop.example/", "x"]),
        ],
    )
    def test_http_links(self, record: dict[str, Any], expected: list[str]) -> None:
        assert excerpts("link", record, find="insecure") == expected


class TestProducts:
    PARAMS: dict[str, Any] = {"find": "product", "own_hosts": ["own"], "product_paths": ["^/dp/", "^/stores?/"]}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("url", "fires"),
        [
            ("https://www.amazon.de/dp/B000000000", True),
            ("https://www.amazon.de/DP/B000000000", True),
            ("https://www.amazon.com/stores/page/1", True),
            ("https://www.amazon.de/gp/css/order-history?next=/dp/", False),
            ("https://www.amazon.de", False),
            ("https://shop.example/dp/B000000000", False),
            ("https://amazon.de.evil.example/dp/B000000000", False),
        ],
    )
    def test_paths_on_the_marketplace(self, url: str, fires: bool) -> None:
        assert bool(excerpts("link", {"text": f"See {url} now"}, **self.PARAMS)) is fires


@pytest.mark.parametrize(
    "params",
    [{}, {"find": "all"}, {"find": "external", "allowed": [{"hosts": "carriers"}]}, {"find": "insecure", "x": 1}],
)
def test_options_that_make_no_sense_are_refused(params: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(params, Params)


class TestLinkText:
    LINK = '<a href="https://www.amazon.de/orders">{}</a>'

    @pytest.mark.parametrize(
        "text",
        [
            "here", "Click here!", " HERE ", "<b>here</b>", "» here »", "hère", "Ｃｌｉｃｋ　here", "click\n here", "",
            " ", "&nbsp;", "&zwnj;", "<img src='cid:a'>", "<img src='cid:a' alt='here'>", "<span hidden>orders</span>",
            "https://www.amazon.de/orders", "www.amazon.de", "amazon.de", "amazon.de/orders.", "http://shop.example",
        ],
    )  # fmt: skip
    def test_unclear(self, text: str) -> None:
        assert excerpts("link-text", {"html": self.LINK.format(text)}, unclear="unclear") == [
            "https://www.amazon.de/orders"
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Your orders", "Click here for your orders", "where", "there", "Your invoice no. 4711", "invoice.pdf",
            "Manual v1.2", "Dr. Example", "Your orders on amazon.de", "Amazon.de orders", "3.5",
            "<img src='cid:a' alt='Your orders'>", "<img src='cid:a' alt=''>Your orders",
        ],
    )  # fmt: skip
    def test_clear(self, text: str) -> None:
        assert run("link-text", {"html": self.LINK.format(text)}, unclear="unclear") == []

    @pytest.mark.parametrize(
        "record",
        [
            {"text": "Click here: https://www.amazon.de/orders"},
            {"html": "here"},
            {"html": '<a name="x">here</a><a href="#x">here</a>'},
            {"html": '<a href="mailto:a@shop.example">here</a>'},
            {"html": '<form action="https://www.amazon.de">here</form>'},
            {"html": '<div style="display:none"><a href="https://www.amazon.de">Your orders</a></div>'},
            {"html": '<a style="display:none" href="https://www.amazon.de">here</a>'},
        ],
    )
    def test_no_link_that_anybody_sees(self, record: dict[str, Any]) -> None:
        assert run("link-text", record, unclear="unclear") == []

    def test_what_is_told(self) -> None:
        hit = only(run("link-text", {"html": self.LINK.format(" Click <i>here</i> ")}, unclear="unclear"))
        assert hit.fills == {"text": "Click here"}
        assert hit.evidence == {"text": "Click here", "host": "www.amazon.de"}


class TestLinkedLogo:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<a href="https://shop.example/"><img src="cid:logo" alt="Shop"></a>', ["https://shop.example/"]),
            ('<a href="https://shop.example/"><p><span><img src="cid:a"></span></p></a>', ["https://shop.example/"]),
            ('<a href="https://shop.example/"><img src="cid:logo"> Our shop</a>', ["https://shop.example/"]),
            ('<a href="https://amazon.de.evil.example/"><img src="cid:a"></a>', ["https://amazon.de.evil.example/"]),
            ('<a href="//shop.example"><img src="cid:a"></a>', ["//shop.example"]),
            ('<img src="cid:logo" alt="Shop"><a href="https://shop.example/">care</a>', []),
            ('<a href="https://shop.example/">care</a><img src="cid:logo" alt="Shop">', []),
            ('<a href="https://www.amazon.de/"><img src="cid:logo" alt="Shop"></a>', []),
            ('<a href="mailto:a@shop.example"><img src="cid:logo"></a>', []),
            ('<a href="https://wa.me/442079460958"><img src="cid:chat"></a>', []),
            ('<a href="#top"><img src="cid:up"></a><a href="up.html"><img src="cid:up"></a>', []),
            ('<a name="x"><img src="cid:a"></a>', []),
        ],
    )
    def test_images_in_links(self, html: str, expected: list[str]) -> None:
        assert excerpts("linked-logo", {"html": html}, own_hosts=["own"]) == expected

    def test_what_is_told(self) -> None:
        hit = only(run("linked-logo", {"html": '<a href="https://shop.example/"><img src="cid:a"></a>'}))
        assert hit.fills["host"] == "shop.example"
        assert hit.evidence["normalized"] == "https://shop.example/"


class TestTrackingPixel:
    @pytest.mark.parametrize(
        ("image", "why"),
        [
            ('<img src="{}" width="1" height="1">', "size 1 x 1"),
            ('<img src="{}" width=1px height=2>', "size 1 x 2"),
            ('<img src="{}" style="width:1px;height:.5px">', "size 1 x 0.5"),
            ('<img src="{}" width="600" height="0">', "no height"),
            ('<img src="{}" style="width:0">', "no width"),
            ('<img src="{}" width="600" height="400" style="max-width:1px;max-height:1px">', "size 1 x 1"),
            ('<img src="{}" style="display:none">', "display: none"),
            ('<img src="{}" style="visibility:hidden">', "visibility: hidden"),
            ('<div style="display:none"><img src="{}" width="120"></div>', "display: none"),
        ],
    )
    def test_images_that_nobody_sees(self, image: str, why: str) -> None:
        for url in (
            "https://mail.shop.example/o.gif?u=1&amp;v=2",
            "//mail.shop.example/o.gif",
            "http://192.0.2.7/o.gif",
        ):
            record = {"html": f"<p>Hello</p>{image.format(url)}"}
            assert excerpts("tracking-pixel", record, trackers="trackers") == [url]
            assert only(run("tracking-pixel", record, trackers="trackers")).evidence["why"] == why

    @pytest.mark.parametrize("attributes", ["", 'width="120" height="40"', 'width="1" height="1"'])
    def test_hosts_that_are_known_to_track(self, attributes: str) -> None:
        record = {"html": f'<img src="https://eu.opens.example/o.gif" {attributes}>'}
        hit = only(run("tracking-pixel", record, trackers="trackers"))
        assert hit.evidence == {
            "host": "eu.opens.example", "why": "known tracker", "normalized": "https://eu.opens.example/o.gif",
        }  # fmt: skip
        assert hit.fills == {"host": "eu.opens.example"}

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="https://cdn.shop.example/logo.png" width="120" height="40">',
            '<img src="https://cdn.shop.example/logo.png">',
            '<img src="https://cdn.shop.example/line.gif" width="600" height="1">',  # a rule across the page
            '<img src="https://cdn.shop.example/line.gif" width="100%" height="1">',
            '<img src="https://cdn.shop.example/space.gif" width="1" height="40">',
            '<img src="https://cdn.shop.example/a.gif" width="3" height="3">',
            '<img src="https://cdn.shop.example/a.gif" width="1">',  # as high as it is
            '<img src="cid:pixel" width="1" height="1">',
            '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1" height="1">',
            '<img src="pixel.gif" width="1" height="1">',  # nothing to load it from
            '<img width="1" height="1"><img src="" width="1" height="1">',
            '<img src="https://opens.example.shop.example/a.png">',
            '<a href="https://opens.example/x">x</a>',
            "https://opens.example/o.gif",
        ],
    )
    def test_near_misses(self, html: str) -> None:
        assert run("tracking-pixel", {"html": html}, trackers="trackers") == []

    def test_the_limit_is_an_option(self) -> None:
        record = {"html": '<img src="https://cdn.shop.example/a.gif" width="3" height="3">'}
        assert len(run("tracking-pixel", record, trackers="trackers", max_size=3)) == 1

    def test_a_plain_message_has_no_images(self) -> None:
        assert run("tracking-pixel", {"text": '<img src="https://opens.example/o.gif">'}, trackers="trackers") == []

    def test_the_base_of_the_document_counts(self) -> None:
        html = '<base href="https://opens.example/"><img src="o.gif">'
        assert excerpts("tracking-pixel", {"html": html}, trackers="trackers") == ["o.gif"]
