"""Links and images of a message: what bears them, where they stand, what is shown of them, what is one link."""

from __future__ import annotations

import pytest

from msgpolicy.facts.links.placed import FoundImage, FoundLink
from tests.checks.support import facts_of


def links(html: str) -> tuple[FoundLink, ...]:
    return facts_of({"html": html}).links


def images(html: str) -> tuple[FoundImage, ...]:
    return facts_of({"html": html}).images


class TestShown:
    @pytest.mark.parametrize(
        ("inside", "text", "holds_image", "image_only"),
        [
            ("our <b>care</b>\n guide", "our care guide", False, False),
            ("", "", False, False),
            ('<img src="cid:a" alt="Shop">', "Shop", True, True),
            ('<img src="cid:a"><img src="cid:b" alt="Two">', " Two", True, True),
            (' <img src="cid:a" alt="Shop"> guide', "guide", True, False),
            ('<svg><image href="cid:a"/></svg>', " ", True, True),
            ('<input type="image" src="cid:a" alt="Shop">', "Shop", True, True),
            ('<input type="submit" value="Shop">', "", False, False),
            ('<amp-img src="cid:a" alt="Shop"></amp-img>', "Shop", True, True),
            ("<span hidden>secret</span>", "", False, False),
            ('<img src="cid:a" alt="Shop"><i hidden>secret</i>', "Shop", True, True),
        ],
    )
    def test_of_an_a(self, inside: str, text: str, holds_image: bool, image_only: bool) -> None:
        (found,) = links(f'<p>See <a href="https://shop.example">{inside}</a> now</p>')
        assert (found.text, found.holds_image, found.image_only) == (text, holds_image, image_only)
        assert (found.attribute, found.confidence) == ("href", 1.0)

    def test_of_an_a_it_is_known_what_part_of_the_text_it_is(self) -> None:
        html = 'x <a href="https://one.example">one</a> y <a href="https://two.example"><img src="cid:a"></a>'
        one, two = links(html)
        assert one.reading is not None
        assert one.span is not None
        assert one.reading.text[slice(*one.span)] == "one"
        assert (two.reading, two.span) == (None, None)

    def test_of_others_nothing_is_shown(self) -> None:
        form, area = links('<form action="https://one.example">x</form><area href="https://two.example" alt="y">')
        assert (form.text, form.attribute, form.span) == (None, "action", None)
        assert (area.text, area.attribute) == (None, "href")

    def test_an_area_is_a_link_of_its_own_and_no_linked_image(self) -> None:
        html = (
            '<img src="cid:a" usemap="#m" width=90 height=90>'
            '<map name="m"><area href="https://two.example" alt="y" coords="0,0,30,30"></map>'
        )
        (area,) = links(html)
        assert (area.holds_image, area.image_only) == (False, False)

    @pytest.mark.parametrize(
        ("area", "is_all"),
        [
            ('coords="0,0,200,70"', True),
            ('shape="default"', True),
            ('coords="0,0,90,70"', False),
            ('shape="circle" coords="20,20,9"', False),
            ('coords="x"', False),
        ],
    )
    def test_an_area_as_large_as_its_image_makes_it_a_link(self, area: str, is_all: bool) -> None:
        image = '<style>img{height:auto}</style><img src="cid:a" usemap="#m" width="200" height="70">'
        (found,) = links(f'{image}<map name="m"><area {area} href="https://two.example"></map>')
        assert found.image_only == is_all


class TestBearers:
    @pytest.mark.parametrize(
        "html",
        [
            '<svg><a xlink:href="{}"><text>x</text></a></svg>',
            '<meta http-equiv="refresh" content="0; url={}">',
            "<meta http-equiv=Refresh content=\"3;URL='{}'\">",
            '<meta http-equiv="refresh" content="0 {}">',
            '<iframe src="{}"></iframe>',
            '<embed src="{}">',
            '<object data="{}"></object>',
            '<base href="{}">',
            '<form action="{}"></form>',
            '<button formaction="{}">x</button>',
            '<input type=submit formaction="{}">',
            '<map><area href="{}"></map>',
        ],
    )
    def test_is_a_link(self, html: str) -> None:
        url = "https://shop.example/?a&#61;1"
        html = html.format(url)
        (found,) = links(html)
        assert (found.link.host, found.link.query) == ("shop.example", "a=1")
        assert html[found.place.start : found.place.end] == url

    @pytest.mark.parametrize(
        "html",
        [
            '<meta http-equiv="refresh" content="30">',
            '<meta name="x" content="0; url=https://shop.example/">',
            "<object></object>",
        ],
    )
    def test_leads_nowhere(self, html: str) -> None:
        assert links(html) == ()

    def test_what_a_base_makes_of_a_relative_address(self) -> None:
        base, found = links('<base href="https://shop.example/a/"><a href="b">x</a>')
        assert (base.link.host, found.link.host, found.link.path) == ("shop.example", "shop.example", "/a/b")


class TestPlaces:
    def test_the_value_as_written(self) -> None:
        html = "<p>é</p><a class=x href='https://shop.example/?a=1&amp;b=2'>care</a>"
        (found,) = links(html)
        assert html[found.place.start : found.place.end] == "https://shop.example/?a=1&amp;b=2"
        assert found.link.query == "a=1&b=2"

    def test_in_running_text(self) -> None:
        record = {"subject": "a.example/x", "text": "\u200bwww.b\u00ad.example!", "html": "<p>ww<b>w.c.example</b></p>"}
        found = facts_of(record).links
        sources = [record[link.place.part][link.place.start : link.place.end] for link in found]
        assert sources == ["a.example/x", "www.b\u00ad.example", "ww<b>w.c.example"]
        assert all(link.element is None and link.reading is not None for link in found)

    def test_a_repeated_element_is_one(self) -> None:
        # A browser continues the unclosed link and the bold text in the next paragraph.
        assert len(links('<p><a href="https://shop.example"><b>one<p>two</p>')) == 1


class TestRepeats:
    def test_only_where_both_lead_to_the_same_site(self) -> None:
        html = (
            '<a href="https://help.shop.example/x">shop.example</a> <a href="https://shop.co.uk">shop.com</a> '
            '<a href="http://192.0.2.7/x">http://192.0.2.7</a> <a href="http://192.0.2.7/x">http://192.0.2.8</a>'
        )
        assert [link.link.raw for link in links(html) if link.element is None] == ["shop.com", "http://192.0.2.8"]

    def test_links_without_a_host(self) -> None:
        html = '<a href="#care">shop.example</a> <a href="mailto:a@shop.example">shop.example</a>'
        assert [link.link.raw for link in links(html) if link.element is None] == ["shop.example"] * 2

    def test_other_elements_do_not_swallow_their_text(self) -> None:
        assert len(links('<form action="https://shop.example">shop.example</form>')) == 2

    @pytest.mark.parametrize(
        ("html", "count"),
        [
            ("<a href=https://shop.example/>shop.example " * 5000, 5000),
            ("<a href=https://shop.example/>" + "<p>shop.example" * 5000, 1),
            ("<a href=https://shop.example/>" + "<img src=cid:a>" * 20_000, 1),
            ("<a href=https://shop.example/><p><img src=cid:a>" * 3000, 3000),
        ],
    )
    def test_floods_are_read_in_linear_time(self, html: str, count: int) -> None:
        assert len(links(html)) == count


class TestImages:
    def test_size_and_why_nothing_is_seen(self) -> None:
        html = (
            '<img src="https://a.example/1.png" width=10 style="height:2em">'
            '<img src="cid:b" hidden><img src=" "><img alt="x"><img src>'
        )
        first, second = images(html)
        assert (first.size, first.hidden) == ((10.0, 32.0), None)
        assert html[first.place.start : first.place.end] == "https://a.example/1.png"
        assert (second.link.kind, second.size, second.hidden) == ("cid", (None, None), "display: none")

    def test_the_first_base_with_an_address_counts(self) -> None:
        html = (
            '<base target="_blank"><base href="https://a.example/x/"><base href="https://b.example/"><img src="1.png">'
        )
        (found,) = images(html)
        assert (found.link.host, found.link.path) == ("a.example", "/x/1.png")
        (relative,) = images('<base href=""><img src="1.png">')
        assert relative.link.kind == "relative"


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Hello {{ buyer.name }}, ${user.name}", []),  # a path, though .name is a top-level domain
        ("Hello {{ buyer.name }} of buyer.name", ["buyer.name"]),
        ("See {{ shop.example.com }}", ["shop.example.com"]),  # a host is no path of a template
        ('{{ buyer.name | default: "https://shop.example.com" }}', ["shop.example.com"]),
    ],
)
def test_the_path_that_a_placeholder_names_is_no_link(text: str, hosts: list[str]) -> None:
    assert [found.link.host for found in facts_of({"text": text}).links] == hosts
