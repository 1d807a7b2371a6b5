"""Images: over http, GIFs, without alternative text, and of which kind."""

from __future__ import annotations

from typing import Any

import pytest

from msgpolicy.checks.base import Hit
from tests.checks.support import excerpts, mended, only, run, unknown
from tests.growth import assert_linear

GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
OWN = {"own_hosts": ["own"]}
OPTIONS: dict[str, Any] = {
    "logo_words": "logos",
    "own_hosts": ["own"],
    "product_paths": ["^/images/I/"],
    "exempt_reasons": ["custom_design"],
}


class TestInsecure:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<img src="http://cdn.shop.example/a.png">', ["http://cdn.shop.example/a.png"]),
            ("<IMG SRC=HTTP://cdn.shop.example/a.png>", ["HTTP://cdn.shop.example/a.png"]),
            (
                '<img src="https://a.example/x" srcset="http://a.example/1.png 1x, https://a.example/2 2x,http://b.example">',
                ["http://a.example/1.png", "http://b.example"],
            ),
            (
                '<picture><source srcset="http://a.example/1.png"><img src="cid:x"></picture>',
                ["http://a.example/1.png"],
            ),
            ('<table background="http://a.example/b.png"><tr><td>x</table>', ["http://a.example/b.png"]),
            ("<p style=\"background:url('http://a.example/b.png') no-repeat\">x</p>", ["http://a.example/b.png"]),
            ('<p style="background-image:url(&quot;http://a.example/b.png&quot;)">x</p>', ["http://a.example/b.png"]),
            ('<input type="image" src="http://a.example/b.png">', ["http://a.example/b.png"]),
            ('<video poster="http://a.example/b.png"></video>', ["http://a.example/b.png"]),
            ('<base href="http://a.example/"><img src="b.png">', ["b.png"]),
            # A tracking pixel, and insecure.
            ('<img src="http://a.example/o?u=1&amp;v=2" width="1" height="1">', ["http://a.example/o?u=1&amp;v=2"]),
        ],
    )
    def test_found(self, html: str, expected: list[str]) -> None:
        assert excerpts("insecure-image", {"html": html}, **OWN) == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="https://a.example/b.png"><img src="//a.example/b.png"><img src="cid:a"><img src="b.png">',
            '<img src="data:image/png;base64,aHR0cDo=" srcset="data:image/png;base64,aHR0cDo= 2x">',
            '<a href="http://a.example/b.png">b</a>',
            '<img src="https://a.example/?u=http://b.example/c.png" alt="http://b.example/c.png">',
            "<style>@import url(http://a.example/s.css); .none{background:url(http://a.example/b.png)}</style><p>x</p>",
            '<p style="/* background:url(http://a.example/b.png) */ color:red">x</p>',
            "<!-- <img src='http://a.example/b.png'> -->",
            '<input src="http://a.example/b.png">',
            '<img src=""><img src><img>',
        ],
    )
    def test_not_found(self, html: str) -> None:
        assert run("insecure-image", {"html": html}, **OWN) == []

    def test_https_is_put_in_on_the_marketplace_alone(self) -> None:
        html = '<img src="http://images-amazon.com/a.png"><img src="HTTP://cdn.shop.example/a.png">'
        expected = '<img src="https://images-amazon.com/a.png"><img src="HTTP://cdn.shop.example/a.png">'
        assert mended("insecure-image", {"html": html}, **OWN) == expected
        own, other = run("insecure-image", {"html": html}, **OWN)
        assert isinstance(own, Hit)
        assert isinstance(other, Hit)
        assert own.fix is not None
        assert own.fix.safe
        assert other.fix is None

    @pytest.mark.parametrize(
        ("before", "piece", "after"),
        [
            ('<img srcset="', "http://a.example 1x," + " ," * 10, '">'),
            ('<p style="background:', "url(" * 5, '">x</p>'),
        ],
        ids=["srcset", "url"],
    )
    def test_linear_in_hostile_addresses(self, before: str, piece: str, after: str) -> None:
        assert_linear(
            lambda size: before + piece * size + after, lambda html: run("insecure-image", {"html": html}), 150
        )


class TestAnimated:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ('<img src="https://a.example/x.gif?y=1">', ["https://a.example/x.gif?y=1"]),
            ('<img src="https://a.example/x.GIF#a">', ["https://a.example/x.GIF#a"]),
            ('<img src="https://a.example/x%2Egif">', ["https://a.example/x%2Egif"]),
            ('<img src="data:image/gif;base64,R0lGODlh">', ["data:image/gif;base64,R0lGODlh"]),
            ('<img src="cid:image001.gif@01DA2B3C.4D5E6F70">', ["cid:image001.gif@01DA2B3C.4D5E6F70"]),
            ('<img src="cid:party.gif">', ["cid:party.gif"]),
            ('<p style="background:url(https://a.example/x.gif)">x</p>', ["https://a.example/x.gif"]),
            ('<img src="party.gif">', ["party.gif"]),
        ],
    )
    def test_gifs_in_html(self, html: str, expected: list[str]) -> None:
        assert excerpts("animated-image", {"html": html, "attachments": []}) == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="https://a.example/x.png?from=a.gif"><img src="https://a.example/gif"><img src="cid:agif@a.gif">',
            '<img src="https://a.example/x.gif.png"><img src="data:image/png;base64,image/gif">',
            '<a href="https://a.example/x.gif">x</a>',
            '<img src="https://a.example/o.gif" width="1" height="1">',  # a tracking pixel
            '<img src="https://a.example/o.gif" style="display:none">',
        ],
    )
    def test_no_gifs_in_html(self, html: str) -> None:
        assert run("animated-image", {"html": html, "attachments": []}) == []

    @pytest.mark.parametrize(
        "attachment",
        [
            {"filename": "party.gif"},
            {"content_type": "image/gif"},
            {"filename": "logo.png", "content": GIF},  # by its bytes
        ],
    )
    def test_gifs_attached(self, attachment: dict[str, Any]) -> None:
        hit = only("animated-image", {"text": "x", "attachments": [{"filename": "a.pdf"}, attachment]})
        assert hit.place.part == "attachments[1]"
        assert hit.evidence["format"] == "image/gif"
        assert hit.severity is None

    def test_other_formats_that_move_are_a_warning(self) -> None:
        # RIFF, WEBP, VP8X with the flag for animation.
        content = "UklGRhYAAABXRUJQVlA4WAoAAAACAAAAAAAAAAAA"
        hit = only("animated-image", {"text": "x", "attachments": [{"filename": "a.webp", "content": content}]})
        assert hit.severity == "warning"
        assert hit.evidence == {"format": "image/webp", "animated": True}

    def test_attachments_that_are_not_known_leave_it_open(self) -> None:
        assert unknown("animated-image", {"text": "x"}) == [(("attachments",), "missing")]
        found = run("animated-image", {"html": '<img src="https://a.example/x.gif">'})
        assert [type(item).__name__ for item in found] == ["Hit", "Unknown"]


class TestAlternativeText:
    @pytest.mark.parametrize(
        ("html", "expected", "linked"),
        [
            ('<p><img src="cid:a" width=90></p>', '<img src="cid:a" width=90>', False),
            ('<a href="https://www.amazon.de/"><b><img src="cid:a"></b></a>', '<img src="cid:a">', True),
            ('<map><area href="https://www.amazon.de/"></map>', '<area href="https://www.amazon.de/">', True),
            ('<input type="image" src="cid:a">', '<input type="image" src="cid:a">', False),
            ('<img src="cid:a" title=" ">', '<img src="cid:a" title=" ">', False),
        ],
    )
    def test_missing(self, html: str, expected: str, linked: bool) -> None:
        assert excerpts("missing-alt-text", {"html": html}) == [expected]
        assert only("missing-alt-text", {"html": html}).evidence == {"linked": linked}

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="cid:a" alt="Logo"><img src="cid:b" alt=""><img src="cid:c" alt>',
            '<img src="cid:a" aria-label="Logo"><img src="cid:a" title="Logo">',
            '<img src="cid:a" role="presentation"><img src="cid:a" aria-hidden="true">',
            '<img src="https://a.example/o" width="1" height="1"><img src="https://a.example/o" width="0">',
            '<img src="cid:a" style="display:none"><div hidden><img src="cid:a"></div>',
            "<map><area></map><input><input type=text src=x>",
        ],
    )
    def test_there_or_not_needed(self, html: str) -> None:
        assert run("missing-alt-text", {"html": html}) == []


class TestPermitted:
    @pytest.mark.parametrize(
        ("html", "confidence"),
        [
            ('<img src="https://images-amazon.com/images/I/71abc.jpg" alt="Logo mug">', 0.9),
            ('<img src="https://cdn.shop.example/beach.jpg" alt="Holiday">', 0.5),
            ('<img src="cid:image001.png@01DA">', 0.5),
            ('<img src="https://cdn.shop.example/catalogo.jpg">', 0.5),
            ('<img src="data:image/png;base64,bG9nbw==">', 0.5),
        ],
    )
    def test_not_known_to_be_permitted(self, html: str, confidence: float) -> None:
        hit = only("image-not-permitted", {"html": html}, **OPTIONS)
        assert hit.confidence == confidence
        assert html[hit.place.start : hit.place.end].startswith(("https:", "cid:", "data:"))

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="https://cdn.shop.example/Logo2026.png">',
            '<img src="https://cdn.shop.example/ShopLogo.png">',
            '<img src="https://cdn.shop.example/a.png" alt="Our logo">',
            '<img src="cid:logo@shop.example">',
            '<img src="https://cdn.shop.example/line.png" height="2" width="500"><img src="cid:dot" width="8">',
            '<img src="https://a.example/o?u=1" width="1" height="1"><img src="cid:x" style="display:none">',
            '<p style="background:url(https://cdn.shop.example/beach.jpg)">x</p>',
        ],
    )
    def test_permitted_or_no_picture(self, html: str) -> None:
        assert run("image-not-permitted", {"html": html}, **OPTIONS) == []

    def test_pictures_that_the_reason_needs(self) -> None:
        html = '<img src="cid:proof" alt="Your engraving">'
        assert run("image-not-permitted", {"html": html, "reason": "custom_design"}, **OPTIONS) == []
        assert run("image-not-permitted", {"html": html, "reason": "invoice"}, **OPTIONS)
