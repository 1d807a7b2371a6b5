"""Links: in running text, and as the values of attributes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgpolicy.facts.links.finding import Link, TextLink, classify_url, find_text_links, host_in
from msgpolicy.facts.spans import Reading


def links(text: str) -> list[TextLink]:
    return find_text_links(Reading("text", text, text))


def written(text: str) -> list[str]:
    return [text[found.start : found.end] for found in links(text)]


# --- in running text --------------------------------------------------------------------------------------------------

# Text, what is the link, host.
TEXT_LINKS = [
    # With a scheme
    ("Visit https://shop.example/a?b=1#c, please.", "https://shop.example/a?b=1#c", "shop.example"),
    ("(see https://shop.example/Mug_(cup))", "https://shop.example/Mug_(cup)", "shop.example"),
    ("<https://shop.example>", "https://shop.example", "shop.example"),
    ('"http://shop.example"', "http://shop.example", "shop.example"),
    ("https://shop.example/a,b. Next", "https://shop.example/a,b", "shop.example"),
    ("请访问https://shop.example/查看详情", "https://shop.example/", "shop.example"),
    ("「https://shop.example」", "https://shop.example", "shop.example"),
    ("（https://shop.example）、", "https://shop.example", "shop.example"),
    ("„https://shop.example/a“", "https://shop.example/a", "shop.example"),
    ("[https://shop.example/a]", "https://shop.example/a", "shop.example"),
    ("**https://shop.example/a**", "https://shop.example/a", "shop.example"),
    ("https://shop.example/a’s", "https://shop.example/a", "shop.example"),
    ("link:https://shop.example", "https://shop.example", "shop.example"),
    ("http://192.168.0.1/x", "http://192.168.0.1/x", "192.168.0.1"),
    ("http://müller.de/größe", "http://müller.de/größe", "xn--mller-kva.de"),
    ("https://user@shop.example/x", "https://user@shop.example/x", "shop.example"),
    ("http://localhost/x", "http://localhost/x", "localhost"),
    ("HTTPS://SHOP.EXAMPLE", "HTTPS://SHOP.EXAMPLE", "shop.example"),
    # Without
    ("www.shop.example", "www.shop.example", "www.shop.example"),
    ("Go to shop.example now", "shop.example", "shop.example"),
    ("请访问shop.example。谢谢", "shop.example", "shop.example"),
    ("shop.example:8080/x", "shop.example:8080/x", "shop.example"),
    ("mugs.com", "mugs.com", "mugs.com"),
    ("mugs.co.uk/sale!", "mugs.co.uk/sale", "mugs.co.uk"),
    ("Unser Shop: becher.de", "becher.de", "becher.de"),
    ("kubki.com.pl", "kubki.com.pl", "kubki.com.pl"),
    ("Amazon.de", "Amazon.de", "amazon.de"),
    ("SHOP.EXAMPLE", "SHOP.EXAMPLE", "shop.example"),
    ("163.com", "163.com", "163.com"),
    ("bit.ly/3abc", "bit.ly/3abc", "bit.ly"),
    ("t.co/abc", "t.co/abc", "t.co"),
    ("x.io", "x.io", "x.io"),
    ("请看 例子.中国", "例子.中国", "xn--fsqu00a.xn--fiqs8s"),
    ("https://shop.example-", "https://shop.example", "shop.example"),
    ("Look at 185.23.44.12/shop.", "185.23.44.12/shop", "185.23.44.12"),
    ("185.23.44.12:8080", "185.23.44.12:8080", "185.23.44.12"),
    ("Look at 185.23.44.12.", "185.23.44.12", "185.23.44.12"),
    ("now...shop.example", "shop.example", "shop.example"),
    ("-shop.example", "shop.example", "shop.example"),
    ("shop.example.We ship", "shop.example", "shop.example"),
    ("例え.jp", "例え.jp", "xn--r8jz45g.jp"),
    ("магазин.рф", "магазин.рф", "xn--80aairftm.xn--p1ai"),
    # Endings that are words too: by what stands around
    ("Besuchen Sie mug-shop.it.", "mug-shop.it", "mug-shop.it"),
    ("Visit mymugs.it for more", "mymugs.it", "mymugs.it"),
    ("on mugs24.is you find", "mugs24.is", "mugs24.is"),
    ("Trovate tutto su tazzebelle.it", "tazzebelle.it", "tazzebelle.it"),
    ("shop.mugs.in now", "shop.mugs.in", "shop.mugs.in"),
]


@pytest.mark.parametrize(("text", "link", "host"), TEXT_LINKS)
def test_text_link(text: str, link: str, host: str) -> None:
    (found,) = links(text)
    assert text[found.start : found.end] == link == found.link.raw
    assert found.link.ascii_host == host
    assert found.link.kind == "web"


# Text in which all is the link, host.
DISGUISED = [
    ("hxxps://shop.example/x", "shop.example"),
    ("https://shop[.]example/x", "shop.example"),
    ("shop[.]example[.]com", "shop.example.com"),
    ("http[:]//shop.example", "shop.example"),
    ("http : // shop.example", "shop.example"),
    ("https:/shop.example", "shop.example"),
    ("https:\\\\shop.example", "shop.example"),
    ("https://shop dot example", "shop.example"),
    ("mugshop dot com", "mugshop.com"),
    ("mugshop (dot) com", "mugshop.com"),
    ("mugshop punkt de", "mugshop.de"),
    ("mugshop kropka com", "mugshop.com"),
    ("mugshop点com", "mugshop.com"),
    ("mugshopドットcom", "mugshop.com"),
    ("shop . example . com", "shop.example.com"),
    ("ｓｈｏｐ．ｅｘａｍｐｌｅ", "shop.example"),
    ("shop。example", "shop.example"),
    ("sh\u200bop.exam\u00adple", "shop.example"),
    ("shop.сom", "shop.com"),  # Cyrillic с
    ("https://ⓢⓗⓞⓟ.example/", "shop.example"),
    ("𝐬𝐡𝐨𝐩.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "shop.example"),
    ("https://amazon.com@evil.example/x", "evil.example"),
    ("http://0x7f.1/", "127.0.0.1"),
    ("h t t p s : / / mugs.example", "mugs.example"),
    ("https[://]mugs.example/x", "mugs.example"),
    ("http(:)//mugs.example/x", "mugs.example"),
    ("h**ps://mugs.example/x", "mugs.example"),
    ("mugshop .com", "mugshop.com"),
    ("https:////mugs.example", "mugs.example"),
    ("https://%6d%75%67%73.example/", "mugs.example"),
    ("https://%6d%75%67%73%2eexample/", "mugs.example"),
    ("mꭒgs.сom", "mugs.com"),  # an ending in Cyrillic, a letter of phonetic writing
    ("mսgs.example", "xn--mgs-8fe.example"),  # Armenian ս: what a browser opens is another host than what is read
    ("маgѕ.example", "xn--g-7sb9ayg.example"),
]


@pytest.mark.parametrize(("text", "host"), DISGUISED)
def test_disguised_text_link(text: str, host: str) -> None:
    (found,) = links(text)
    assert text[found.start : found.end] == text
    assert found.link.ascii_host == host
    assert found.link.obfuscated


NO_LINKS = [
    "Your mug has arrived.We hope you like it.",
    "It will be there soon.it is on its way",
    "See you soon.it",
    "thank you.me too",
    "received.It works",
    "Danke.Ihr Paket ist da.",
    "Obrigado.Com os melhores cumprimentos",
    "Merci.De rien",
    "Gracias.Es un placer",
    "e.g. this, i.e. that, z.B. dies, m.in. tak, p.ej. esto, d.h. das, u.a. jenes",
    "The file manual.de.pdf is attached, and notice.it.txt, firmware.io.bin, DECLARATION.EU.PDF.",
    "invoice.pdf photo.zip readme.md script.py video.mov setup.sh",
    "v1.2.3 and 10.2.113",
    "Foo Co.Ltd and Bar Inc.Please",
    "St.Gallen, U.S.A., a.m., p.m., Ph.D.",
    "ASP.NET, node.js, vue.js",
    "order.no: 123, Tel.no 4, ref.no 5",
    "12.in and 5.5in, size 3.at, no.1, 1.de",
    "12.50.EUR",
    "name@shop.example",
    "name (at) shop.example",
    "first.last@shop.example",
    "a polka dot com dress",
    "kommen zum Punkt in der Mitte",
    "un point de vente, el punto de recogida",
    "wait . come back",
    "https://",
    "www. and www",
    "发货。网站建设",
    "Спасибо.Но",
    "привет.сом",
    "…done.so far",
    "client·e·s",
    "a.b.c.d",
    "mailto:anna@shop.example",
    "tel:+48601234567",
    "files that end in .pl and .xyz, the .com boom, an .example",
    "ajoutant un point (.) au début",
    "the key org.gnome.shell.enabled",
    "see systemd.link(5)",
    "#sale #amazon.deal #order.ready",
    "come at noon.it is open",
    "Rückgabe.im Shop",
    "DANKE.DE NADA, ARRIVED.IN TIME",
    "PayPal.Me",
    "the address xxx.xxx.xxx.255",
    "かもしれません。ar(1)は",
    "the blue dot is on the left, the red dot in the middle",
]


@pytest.mark.parametrize("text", NO_LINKS)
def test_no_text_link(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Open 192.168.0.1 or 10.0.0.138/setup",
        "firmware 185.2.3.4",
        "version: 185.2.3.4",
        "1.2.3.4",
        "Section 4.12.3.1",
        "185.23.44.12.5",
        "185.023.44.12",
        "385.23.44.12",
        "lamp•or mug·lid",
        "Farbe·rot, Größe•xl",
    ],
)
def test_neither_address_nor_host(text: str) -> None:
    assert links(text) == []


def test_brackets_of_the_text_end_a_link() -> None:
    text = "(https://one.example/a)(https://two.example/b_(c))"
    assert written(text) == ["https://one.example/a", "https://two.example/b_(c)"]


def test_a_bracket_behind_a_host_ends_it() -> None:
    assert written("[here](https://mugs.example)[mail](mailto:anna@shop.example)") == ["https://mugs.example"]


@pytest.mark.parametrize(
    ("host", "ascii_host"),
    [
        ("➡.ws", "xn--hgi.ws"),  # signs that nobody may register, but browsers look up
        ("www.ශ්\u200dරී.com", "www.xn--10cl1a0b660p.com"),  # a joiner that the script needs
        ("mu\u200dgs.com", "mugs.com"),  # and one that nothing needs
        ("straße.de", "xn--strae-oqa.de"),
        ("ΣΑΣ.gr", "xn--mxa9ab.gr"),
    ],
)
def test_international_host(host: str, ascii_host: str) -> None:
    assert classify_url(f"https://{host}/").ascii_host == ascii_host


def test_several_text_links() -> None:
    text = "https://one.example/x, two.example and www.three.example; anna@four.example"
    assert written(text) == ["https://one.example/x", "two.example", "www.three.example"]


def test_a_link_in_a_path_is_part_of_it() -> None:
    text = "https://a.example/go/https://b.example/x c.example/d.example"
    assert written(text) == ["https://a.example/go/https://b.example/x", "c.example/d.example"]
    assert written("a.example/go/https://b.example/x") == ["a.example/go/https://b.example/x"]


@pytest.mark.parametrize(
    ("text", "service", "address"),
    [
        ("wa.me/48601234567", "whatsapp", "+48601234567"),
        ("https://t.me/mugs", "telegram", "mugs"),
        ("tg://resolve?domain=mugs", "telegram", "mugs"),
    ],
)
def test_chat_link_in_text(text: str, service: str, address: str) -> None:
    (found,) = links(text)
    assert (found.link.kind, found.link.service, found.link.address) == ("messenger", service, address)


# --- values of attributes ---------------------------------------------------------------------------------------------

# Value, fields that differ from those of an empty link.
URLS: list[tuple[str, dict[str, Any]]] = [
    ("https://shop.example", {"kind": "web", "scheme": "https", "host": "shop.example", "secure": True}),
    ("HTTP://Shop.Example/A?b#c", {"kind": "web", "scheme": "http", "path": "/A", "query": "b", "secure": False}),
    ("https://shop.example:8443/", {"port": 8443}),
    ("https://shop.example:443/", {"port": None}),
    ("//cdn.shop.example/a.png", {"kind": "web", "scheme": "", "host": "cdn.shop.example", "secure": None}),
    ("www.shop.example/x", {"kind": "web", "host": "www.shop.example", "path": "/x"}),
    ("shop.example/x", {"kind": "web", "host": "shop.example", "path": "/x"}),
    ("shop.example:8080/x", {"kind": "web", "host": "shop.example", "port": 8080}),
    ("/a/b", {"kind": "relative", "path": "/a/b"}),
    ("images/logo.png", {"kind": "relative"}),
    ("index.html?x=1", {"kind": "relative", "query": "x=1"}),
    ("", {"kind": "relative"}),
    ("#top", {"kind": "anchor"}),
    ("mailto:Anna%40Shop.example?subject=x", {"kind": "email", "address": "anna@shop.example"}),
    ("MAILTO:anna@shop.example,b@shop.example", {"kind": "email", "address": "anna@shop.example"}),
    ("tel:+48-601-234-567", {"kind": "phone", "address": "+48601234567"}),
    ("sms:+12065550100?body=x", {"kind": "phone", "address": "+12065550100"}),
    ("callto:0601%20234%20567", {"kind": "phone", "address": "0601234567"}),
    ("whatsapp://send?phone=48601234567", {"kind": "messenger", "service": "whatsapp", "address": "+48601234567"}),
    ("viber://chat?number=%2B48601234567", {"kind": "messenger", "service": "viber", "address": "+48601234567"}),
    ("skype:mugs.shop?call", {"kind": "messenger", "service": "skype", "address": "mugs.shop"}),
    ("https://api.whatsapp.com/send?phone=48601234567", {"kind": "messenger", "address": "+48601234567"}),
    ("https://line.me/R/ti/p/@mugs", {"kind": "messenger", "service": "line", "address": "@mugs"}),
    ("https://m.me/mugs", {"kind": "messenger", "service": "messenger", "address": "mugs"}),
    ("javascript:alert(1)", {"kind": "script"}),
    (" \x01java\nscript:alert(1)", {"kind": "script"}),
    ("VBScript:x", {"kind": "script"}),
    ("data:image/png;base64,AA", {"kind": "data"}),
    ("cid:logo@shop", {"kind": "cid"}),
    ("file:///etc/passwd", {"kind": "file"}),
    ("about:blank", {"kind": "other"}),
    ("{{url}}", {"kind": "placeholder"}),
    ("https://{{host}}/x", {"kind": "placeholder"}),
    ("%%unsubscribe%%", {"kind": "placeholder"}),
    ("[[ContactUs]]", {"kind": "placeholder"}),
    ("*|UNSUB|*", {"kind": "placeholder"}),
    ("${link}", {"kind": "placeholder"}),
    ("https://shop.example/{{order_id}}", {"kind": "web", "host": "shop.example"}),
    ("ftp://shop.example/x", {"kind": "web", "secure": False}),
    # As lenient as browsers
    ("  https://shop.example/x \n", {"host": "shop.example", "path": "/x"}),
    ("ht\ntps://shop.exa\tmple/", {"host": "shop.example", "obfuscated": True}),
    ("https:/shop.example/x", {"host": "shop.example", "path": "/x", "obfuscated": True}),
    ("https:shop.example", {"host": "shop.example", "obfuscated": True}),
    ("https:////shop.example", {"host": "shop.example", "obfuscated": True}),
    ("https:\\\\shop.example\\x", {"host": "shop.example", "path": "/x", "obfuscated": True}),
    ("\\\\shop.example/x", {"kind": "web", "host": "shop.example", "obfuscated": True}),
    ("https://amazon.com@evil.example/", {"host": "evil.example", "user_info": "amazon.com", "obfuscated": True}),
    ("https://amazon.com:x@evil.example", {"host": "evil.example", "user_info": "amazon.com:x"}),
    ("https://evil.example\\@amazon.com/", {"host": "evil.example"}),
    ("https://amazon.com#@evil.example", {"host": "amazon.com"}),
    ("http://2130706433/", {"host": "127.0.0.1", "is_ip": True, "obfuscated": True}),
    ("http://0x7f.0.0.1/", {"host": "127.0.0.1", "is_ip": True, "obfuscated": True}),
    ("http://0177.1/", {"host": "127.0.0.1", "is_ip": True, "obfuscated": True}),
    ("http://127.0.0.1/", {"host": "127.0.0.1", "is_ip": True, "obfuscated": False}),
    ("http://[::1]:80/", {"host": "[::1]", "is_ip": True, "port": None, "registrable": None}),
    ("https://shop.example./", {"host": "shop.example", "obfuscated": True}),
    ("https://sh%6Fp.example/", {"host": "shop.example", "obfuscated": True}),
    ("https://ｓｈｏｐ．ｅｘａｍｐｌｅ/", {"host": "shop.example", "obfuscated": True}),
    ("https://müller.de/", {"host": "müller.de", "ascii_host": "xn--mller-kva.de", "obfuscated": False}),
    ("https://xn--mller-kva.de/", {"host": "müller.de", "ascii_host": "xn--mller-kva.de"}),
    ("https://shop.example/größe", {"obfuscated": False}),
    ("https://www.shop.co.uk/", {"registrable": "shop.co.uk"}),
    ("https://co.uk/", {"registrable": None}),
    ("https:// shop.example/", {"kind": "other"}),
    ("https://", {"kind": "other", "host": ""}),
    ("https://a..b/", {"registrable": None}),
]


@pytest.mark.parametrize(("value", "fields"), URLS, ids=[value for value, _ in URLS])
def test_classified(value: str, fields: dict[str, Any]) -> None:
    link = classify_url(value)
    assert {name: getattr(link, name) for name in fields} == fields
    assert link.raw == value


@pytest.mark.parametrize(
    ("value", "base", "host", "path"),
    [
        ("b/c.png", "https://shop.example/a/x.html", "shop.example", "/a/b/c.png"),
        ("/c.png?x", "https://shop.example/a/", "shop.example", "/c.png"),
        ("https://other.example/", "https://shop.example/", "other.example", "/"),
        ("shop.example", "https://other.example/", "other.example", "/shop.example"),
        ("a", "{{base}}", "", ""),
    ],
)
def test_classified_against_a_base(value: str, base: str, host: str, path: str) -> None:
    link = classify_url(value, base=base)
    assert (link.host, link.path if host else "") == (host, path)


@pytest.mark.parametrize(
    "host",
    [
        "amaz0n.com",
        "arnazon.de",
        "amzon.com",
        "amaozn.com",
        "amazonn.com",
        "аmazon.com",  # Cyrillic а
        "xn--mazon-3ve.com",
        "amazon-support.example",
        "my-amazon.de",
        "amazonsupport.com",
        "amazon.com.evil.example",
        "amazon.de.order-status.example",
        "ａｍａｚｏｎ-help.com",
        "amazon.example",
    ],
)
def test_imitations_of_amazon(host: str) -> None:
    assert classify_url(f"https://{host}/").lookalike_of == "amazon"


@pytest.mark.parametrize(
    "host",
    [
        "www.amazon.co.uk",
        "amazon.de",
        "media-amazon.com",
        "s3.amazonaws.com",
        "amazone.de",
        "amazonas.com.br",
        "amazing.com",
        "mazon.com",
        "shop.example",
        "amanda.com",
        "127.0.0.1",
    ],
)
def test_no_imitations(host: str) -> None:
    assert classify_url(f"https://{host}/").lookalike_of is None


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://www.amazon.co.uk/x", True),
        ("https://amazon.de", True),
        ("https://AMAZON.de.", True),
        ("https://sellercentral.amazon.com.br", True),
        ("https://amazon.evil.com", False),
        ("https://amazon.com.evil.example", False),
        ("https://amazon.example", False),
        ("https://amazon.myshopify.com", False),
        ("https://notamazon.de", False),
        ("https://dhl.de", True),
        ("https://nolp.dhl.de/x", True),
        ("https://dhl.de.evil.example", False),
        ("https://mydhl.de", False),
        ("https://dhl.de@evil.example", False),
        ("mailto:a@dhl.de", False),
        ("#amazon.de", False),
    ],
)
def test_host_in_list(url: str, inside: bool) -> None:
    assert host_in(classify_url(url), frozenset({"amazon.*", "dhl.de"})) is inside


URL_PIECES = [
    *(
        "https:",
        "http",
        "://",
        "//",
        "\\",
        "/",
        "@",
        ":",
        "#",
        "?",
        "%",
        "%41",
        "[",
        "]",
        "::",
        "shop",
        ".example",
        ".",
    ),
    *(
        "xn--",
        "0x7f",
        "é",
        "а",
        "\u200b",
        "\t",
        "。",
        "{{",
        "}}",
        "*|",
        "mailto:",
        "tel:",
        "+48601234567",
        "wa.me",
        "80",
    ),
]
TEXT_PIECES = [*URL_PIECES, " ", "\n", "dot", " at ", "www.", ".com"]


@given(st.lists(st.sampled_from(URL_PIECES), max_size=12).map("".join) | st.text(), st.none() | st.text(max_size=20))
def test_any_value_is_classified(value: str, base: str | None) -> None:
    link = classify_url(value, base=base)
    assert isinstance(link, Link)
    assert link.raw == value
    assert link.ascii_host == link.ascii_host.lower()
    assert bool(link.ascii_host) == bool(link.host)


@given(st.lists(st.sampled_from(TEXT_PIECES), max_size=15).map("".join))
def test_any_text_is_searched(text: str) -> None:
    end = 0
    for found in links(text):
        assert end <= found.start < found.end <= len(text)
        assert found.link.raw == text[found.start : found.end]
        assert found.link.kind not in ("email", "phone", "relative", "anchor")
        end = found.end
