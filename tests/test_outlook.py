"""What only Outlook shows: the contents of conditional comments, at their places in the source."""

from __future__ import annotations

import pytest

from msgpolicy.facts.facts import OUTLOOK_ALONE
from msgpolicy.facts.html.outlook import MOST_TEXTS
from msgpolicy.facts.spans import Reading
from tests.checks.support import excerpts, facts_of, mended, run
from tests.growth import assert_linear

U = "https://t.shop.example/i/9f81"
OPTIONS = {"trackers": "trackers", "addresses": "openings", "own_hosts": ["own"]}


def hidden(html: str) -> list[Reading]:
    return [item.reading for item in facts_of({"html": html}).readings if item.reading.shown == "hidden"]


def texts(html: str) -> list[str]:
    return [reading.text for reading in hidden(html)]


@pytest.mark.parametrize(
    "opening",
    ["[if mso]", "[if gte mso 9]", "[if (gte mso 9)|(IE)]", "[if IE]", "[if vml]", "[if !mso | IE]", " [IF TRUE]"],
)
@pytest.mark.parametrize("ending", ["<![endif]", "<! [EndIf] ", ""])
def test_comments_that_outlook_shows(opening: str, ending: str) -> None:
    assert texts(f"<p>a</p><!--{opening}><b>One</b> two{ending}--><p>b</p>")[0].startswith("One two")


@pytest.mark.parametrize(
    "html",
    [
        "<!--[if !mso]><b>One</b><![endif]-->",
        "<!--[if !(mso)]><b>One</b><![endif]-->",
        "<!--[if false]><b>One</b><![endif]-->",
        "<!--[if mso]><!--><b>One</b><!--<![endif]-->",
        "<!-- if mso <b>One</b> -->",
        "<!--[if mso]><xml><w:View>Normal</w:View></xml><title>One</title><![endif]-->",
        "<!--[if mso]><style>p {color: red}</style><script>One</script><![endif]-->",
        "<!--[if mso]><table><tr><td><![endif]-->",
        "<style><!--[if mso]><b>One</b><![endif]--></style>",
    ],
)
def test_what_outlook_does_not_show_alone(html: str) -> None:
    assert texts(html) == []


def test_each_comment_is_a_text_of_its_own_at_its_place() -> None:
    html = "<!--[if mso]><td> One &amp; <i>two </i></td> <![endif]--><p>Shown</p><!--[if mso]>Three<![endif]-->"
    first, second = hidden(html)
    assert (first.text, second.text) == ("One & two", "Three")
    assert html[slice(*first.span(0, len(first.text)))] == "One &amp; <i>two"
    assert html[slice(*second.span(0, 5))] == "Three"
    assert facts_of({"html": html}).why_hidden(html.index("Three")) == OUTLOOK_ALONE


def test_a_flood_of_comments_is_read_as_one_text() -> None:
    html = "<!--[if mso]>word<![endif]-->" * (MOST_TEXTS + 9)
    found = texts(html)
    assert len(found) == MOST_TEXTS + 1
    assert found[-1].split() == ["word"] * 9


def test_contacts_and_links_in_comments_are_found() -> None:
    html = (
        "<p>Hello</p><!--[if mso]><p>Write to anna<b>@</b>shop.example</p>"
        '<v:roundrect href="https://shop.example/sale">Sale</v:roundrect>'
        '<a href="https://two.example/">Two</a> <a href="mailto:a@three.example">Three</a><![endif]-->'
    )
    emails = ["anna<b>@</b>shop.example", "mailto:a@three.example"]
    assert excerpts("contact-data", {"html": html}, kind="email") == emails
    assert excerpts("link", {"html": html}, find="external") == ["https://shop.example/sale", "https://two.example/"]


def test_a_button_that_is_written_for_outlook_too_is_one_link() -> None:
    html = (
        '<!--[if mso]><v:roundrect href="https://shop.example/sale"><center>Sale</center></v:roundrect><![endif]-->'
        '<a href="https://shop.example/sale" style="mso-hide:all">Sale</a>'
    )
    (place,) = [hit.place for hit in run("link", {"html": html}, find="external")]
    assert place.start == html.rindex("https://")


def test_a_linked_image_is_found_and_offers_no_fix() -> None:
    html = '<!--[if mso]><a href="https://shop.example/"><img src="cid:logo" width=99 height=40></a><![endif]-->'
    assert excerpts("linked-logo", {"html": html}) == ["https://shop.example/"]
    assert mended("linked-logo", {"html": html}) == html


@pytest.mark.parametrize(
    "inside",
    [
        f"<img src={U} width=1 height=1>",
        f'<v:rect style="width:1px;height:1px"><v:fill type="frame" src="{U}" /></v:rect>',
        f'<v:image src="{U}" style="width:1px;height:1px" />',
        f'<v:shape style="width:0;height:0"><v:imagedata src="{U}" /></v:shape>',
        f'<v:shape style="display:none"><v:imagedata src="{U}" /></v:shape>',
        '<v:rect style="width:600px;height:90px"><v:fill src="https://opens.example/a" /></v:rect>',
        f'<table background="{U}" width=1 height=1><tr><td></table>',
    ],
)
def test_pixels_for_outlook(inside: str) -> None:
    (hit,) = run("tracking-pixel", {"html": f"<p>Hello</p><!--[if mso]>{inside}<![endif]-->"}, **OPTIONS)
    assert hit.fix is None


@pytest.mark.parametrize(
    "inside",
    [
        '<v:rect style="width:600px;height:90px"><v:fill type="tile" src="https://cdn.shop.example/bg.png" /></v:rect>',
        '<v:background fill="t"><v:fill type="tile" src="https://cdn.shop.example/bg.png" /></v:background>',
        '<v:image src="cid:a" style="width:1px;height:1px" />',
        '<img src="https://cdn.shop.example/logo.png" width="120">',
    ],
)
def test_pictures_for_outlook(inside: str) -> None:
    assert run("tracking-pixel", {"html": f"<p>Hello</p><!--[if mso]>{inside}<![endif]-->"}, **OPTIONS) == []


def test_images_over_http_for_outlook_are_insecure() -> None:
    html = '<!--[if mso]><v:rect><v:fill src="http://cdn.shop.example/a.png" /></v:rect><![endif]-->'
    assert excerpts("insecure-image", {"html": html}) == ["http://cdn.shop.example/a.png"]


def test_styles_for_outlook_are_not_judged() -> None:
    html = "<!--[if mso]><p style='text-align:center'>Hello</p><![endif]--><p>Hello</p>"
    assert run("text-alignment", {"html": html}) == []


@pytest.mark.parametrize(
    "part",
    [
        "<!--[if mso]>word<![endif]-->",
        "<!--[if mso]><v:fill src=https://a.example/b><![endif]-->",
        "<!--[if mso]><xml>a<![endif]-->",
        "<!--[if mso]>",
        "<!--[if ",
        "<!--[if mso]><![endif]--><p>word</p>",
        "<!--[if mso]><a href=https://a.example/b>c<![endif]-->",
        "<![endif]-->",
    ],
)
def test_time_is_linear(part: str) -> None:
    def read(html: str) -> None:
        facts = facts_of({"html": html})
        assert facts.readings
        assert facts.links is not None
        assert facts.outlook_image_sources is not None

    assert_linear(lambda size: "<p>a</p>" + part * (size // len(part)), read, 4000)
