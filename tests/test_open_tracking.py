"""Addresses by which a sender learns that a mail was opened."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from msgpolicy.facts.links.finding import classify_url
from msgpolicy.facts.links.open_tracking import Shapes, is_individual, names_picture, shapes

FILE = Path(__file__).parent.parent / "rulesets" / "lists" / "open-tracking-addresses.yaml"
SHIPPED = frozenset(yaml.safe_load(FILE.read_text("utf-8"))["items"])
ID = "u001.9fKqLm2Zx-7Tt_0aB3cD"


@pytest.mark.parametrize(
    ("shape", "path", "others"),
    [
        ("/wf/open?upn", "/wf/open?upn=1", ["/wf/open", "/a/wf/open?upn=1", "/wf/open/a?upn=1", "/wf/opens?upn=1"]),
        ("/**/open?*", "/a/b/open?x", ["/open", "/open/a?x", "/reopen?x", "/open.gif?x"]),
        ("/**/track/open/**", "/x/track/open/1/2", ["/track/opens/1", "/track/a/open/1"]),
        ("/ss/o/**", "/ss/o/a", ["/ss", "/a/ss/o/a"]),
        ("/o/{20}", f"/o/{ID}", ["/o/short1", f"/o/{ID}.png", f"/o/{ID}/a", "/o/letters-that-make-words"]),
        ("/mo/{20}.gif", f"/mo/{ID}.gif", [f"/mo/{ID}.png", "/mo/a.gif"]),
        ("/oo/*/*/e.gif", "/oo/A/b1/e.gif", ["/oo/A/e.gif", "/oo/A/b/f.gif"]),
        ("/q/*~~/**", "/q/ab~~/cd~/e", ["/q/ab/cd~~/e"]),
        ("/**/open_track*", "/a/open_tracker.php", ["/open/track", "/a/reopen_track"]),
        ("/r?id=*,*,1", "/r/?id=h1,2b,1", ["/r/?id=h1,2b,3", "/r/?i=h1,2b,1"]),
        ("/?xol", "/?a=1&xol=2", ["/a?xol=2", "/?xo=1"]),
        ("/**?event=open", "/a/b?event=open", ["/a?event=opening", "/a?e=open"]),
        ("/T/*.GIF", "/t/a.gif", ["/t/a.gift"]),
    ],
)
def test_shapes_on_any_host(shape: str, path: str, others: list[str]) -> None:
    found = Shapes(frozenset({shape}))
    assert found.find(classify_url(f"https://mail.shop.example{path}")) == shape
    assert [other for other in others if found.find(classify_url(f"https://mail.shop.example{other}"))] == []


@pytest.mark.parametrize(
    ("shape", "url", "others"),
    [
        ("mailer.example/track/**", "https://us1.mailer.example/track/a", ["https://notmailer.example/track/a"]),
        ("mail*.example/t/*.gif", "http://mail19.example/t/a.gif", ["http://mall.example/t/a.gif"]),
        ("t.strk*.example/**", "https://t.strk01.example/a", ["https://t.other.example/", "https://a.example/a"]),
        ("email.*/o/**", "https://email.a.example/o/b", ["https://a.example/o/b", "https://gmail.example/o/b"]),
        ("a.example/*.gif", "https://x.a.example/b.gif", ["https://a.example/b/c.gif", "https://b.example/c.gif"]),
    ],
)
def test_shapes_on_some_hosts(shape: str, url: str, others: list[str]) -> None:
    found = Shapes(frozenset({shape}))
    assert found.find(classify_url(url)) == shape
    assert [other for other in others if found.find(classify_url(other))] == []


def test_behind_a_proxy_the_address_stands_in_the_fragment() -> None:
    found = Shapes(frozenset({"/wf/open?upn"}))
    assert found.find(classify_url("https://proxy.example/AB=s0#https://mail.shop.example/wf/open?upn=1"))
    assert found.find(classify_url("https://shop.example/#/wf/open?upn=1")) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.shop.example/images/logo.png",
        "https://cdn.shop.example/o/logo-of-the-shop-2026.png?alt=media",
        "https://cdn.shop.example/v0/b/shop/o/images%2Flogo-of-the-shop.png?alt=media&token=9f81c2d4-1111-4222",
        "https://cdn.shop.example/pixel/phone-9-front-view.jpg",
        "https://cdn.shop.example/track/shoes.jpg",
        "https://cdn.shop.example/open/24-hours.png",
        "https://cdn.shop.example/s/files/1/0023/4567/8901/files/banner_1200x.jpg?v=1699999999",
        "https://lh3.googleusercontent.example/AbCdEf0123456789AbCdEf0123456789=s0",
        "https://mcusercontent.com/9fb0c1d2e3f4a5b6c7d8e9f00/images/9fb0c1d2-e3f4.png",
        "https://gallery.mailchimp.com/9fb0c1d2e3f4a5b6c7d8e9f00/images/header.jpg",
        "https://img.shop.example/email/2026/11/opening-hours.gif",
        "https://cdn.shop.example/tracker/shoes.jpg",
        "https://cdn.shop.example/links/2026/spring/shoes-1.png",
        "https://cdn.shop.example/t/p/w500/9fKqLm2Zx7Tt0aB3cD9fKqLm2Z.jpg",
        "https://cdn.shop.example/img/2026-11/spring-sale-2026.png",
        "https://m.media-amazon.com/images/I/71abcDEF12L._AC_SX1_.jpg",
        "https://shop.example/",
        "https://shop.example/?utm_source=mail",
    ],
)
def test_pictures_are_no_shipped_shape(url: str) -> None:
    assert shapes(SHIPPED).find(classify_url(url)) is None


def test_every_shipped_shape_is_found_by_its_own_example() -> None:
    for item in SHIPPED:
        address, asks, query = item.partition("?")
        host, _, path = address.partition("/")
        path = path.replace("**", "a/b").replace("*~~", "a~~").replace("*", "a")
        for count in (5, 6, 7, 8, 12, 13, 16, 20, 30, 40):
            path = path.replace(f"{{{count}}}", "1" + "a" * count)
        values = "&".join(part if "=" in part else f"{part}=1" for part in query.split("&")).replace("*", "a")
        url = f"https://{host.replace('*', '1') or 'mail.shop.example'}/{path}{asks}{values if asks else ''}"
        assert shapes(SHIPPED).find(classify_url(url)), f"{item}: {url}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.gif?u=88213", True),
        ("a.gif?m=buyer@shop.example", True),
        ("a.gif?u={{id}}", True),
        ("a?h=9f81c2d4aa01&x", False),  # a height
        ("a?k=9f81c2d4aa01", True),
        ("9f81c2d4aa019f81c2d4aa01", True),
        ("9f81c2d4aa019f81c2d4aa01.png", False),
        ("a.css?v=20261101", False),
        ("css?family=Lato:wght@400", False),
        ("a.png?x=1&name=some-words", False),
        ("images/logo.png", False),
        ("stat.php?abcdefghijabcdefghijabcdefghij", True),
        ("a?k=abcdefghijabcdefghijabcdefghij", True),
        ("a?k=some-words-that-are-a-campaign-of-spring", False),
    ],
)
def test_addresses_that_name_the_reader(path: str, expected: bool) -> None:
    assert is_individual(classify_url(f"https://shop.example/{path}")) is expected


def test_names_of_pictures() -> None:
    assert names_picture(classify_url("https://shop.example/a/B.PNG?x=1"))
    assert not names_picture(classify_url("https://shop.example/a.png/b"))
