"""Mail addresses in a text, however they are written, and what only looks like them."""

from __future__ import annotations

import pytest

from tests.contact_reading import contacts, shown

PLAIN_EMAILS = [
    ("Write to anna.berg@shop.example.", "anna.berg@shop.example", "anna.berg@shop.example"),
    ("(Anna_B+x@sub.shop.co.uk)", "Anna_B+x@sub.shop.co.uk", "anna_b+x@sub.shop.co.uk"),
    ("mailto:anna@shop.example", "anna@shop.example", "anna@shop.example"),
    ("anna@shop.example.Thanks", "anna@shop.example", "anna@shop.example"),
    ("anna@shop.de.Bitte", "anna@shop.de", "anna@shop.de"),
    ("请发邮件到info@shop.example谢谢", "info@shop.example", "info@shop.example"),
    ("anna@münchen.example", "anna@münchen.example", "anna@xn--mnchen-3ya.example"),
    ("anna@gmail.con", "anna@gmail.con", "anna@gmail.con"),
]


@pytest.mark.parametrize(("text", "written", "address"), PLAIN_EMAILS)
def test_email(text: str, written: str, address: str) -> None:
    found = contacts(text)
    assert shown(text, found.emails) == [(written, address)]
    assert found.emails[0].kind == "email"
    assert not found.emails[0].obfuscated


# Text in which all is the address, address.
DISGUISED_EMAILS = [
    ("anna [at] mugs [dot] example", "anna@mugs.example"),
    ("anna(at)mugs(dot)example", "anna@mugs.example"),
    ("anna (at) mugs.example", "anna@mugs.example"),
    ("anna<at>mugs.example", "anna@mugs.example"),
    ("anna(a)mugs.example", "anna@mugs.example"),
    ("anna{at}mugs{dot}co{dot}uk", "anna@mugs.co.uk"),
    ("anna@mugs·com", "anna@mugs.com"),
    # One bar may be "i" or "l"
    ("kontaktӏ@mugs.example", "kontakti@mugs.example"),
    ("nӏna@mugs.example", "nina@mugs.example"),
    ("eӏena@mugs.example", "elena@mugs.example"),
    ("worӏd@mugs.example", "world@mugs.example"),
    ("anna@mugs.ӏo", "anna@mugs.io"),
    ("anna@mugs.n𝔩", "anna@mugs.nl"),
    ("anna@mugs.p𝐼", "anna@mugs.pl"),
    ("anna*at*mugs*dot*com", "anna@mugs.com"),
    ("anna at mugs dot example", "anna@mugs.example"),
    ("anna dot berg at mugs dot com", "anna.berg@mugs.com"),
    ("mugs123 at gmail dot com", "mugs123@gmail.com"),
    ("tom_b @ yahoo . com", "tom_b@yahoo.com"),
    ("support @ mugs.example", "support@mugs.example"),
    ("anna ät mugs punkt de", "anna@mugs.de"),
    ("anna klammeraffe mugs punkt de", "anna@mugs.de"),
    ("anna małpa kubki kropka pl", "anna@kubki.pl"),
    ("anna arobase tasses point fr", "anna@tasses.fr"),
    ("anna arroba tazas punto com", "anna@tazas.com"),
    ("anna chiocciola tazze punto it", "anna@tazze.it"),
    ("anna apenstaartje mokken punt nl", "anna@mokken.nl"),
    ("anna snabel-a muggar punkt se", "anna@muggar.se"),
    ("anna arroba canecas ponto com", "anna@canecas.com"),
    ("annaアットマークmugs.example", "anna@mugs.example"),
    ("anna골뱅이mugs점com", "anna@mugs.com"),
    ("ａｎｎａ＠ｍｕｇｓ．ｅｘａｍｐｌｅ", "anna@mugs.example"),
    ("anna＠mugs。example", "anna@mugs.example"),
    ("an\u200bna@mu\u00adgs.example", "anna@mugs.example"),
    ("аnnа@mugs.example", "anna@mugs.example"),  # Cyrillic а
    ("𝐚𝐧𝐧𝐚@𝐦𝐮𝐠𝐬.𝐞𝐱𝐚𝐦𝐩𝐥𝐞", "anna@mugs.example"),
    ("ⓐⓝⓝⓐ@mugs.example", "anna@mugs.example"),
    ("anna@mսgs.example", "anna@mugs.example"),  # Armenian ս; the name of the host that it is in truth helps nobody
    ("аnnа@mаgѕ.сom", "anna@mags.com"),  # Cyrillic
    ("anna_at_mugs.example", "anna@mugs.example"),
    ("anna@gmaӏl.com", "anna@gmail.com"),  # a bar in Cyrillic may be either letter
    ("anna@hotmaıl.de", "anna@hotmail.de"),
    ("pau𝐈a@mugs.example", "paula@mugs.example"),
    ("𝐈𝐝𝐚@mugs.example", "ida@mugs.example"),
    ("anna.berg-AT-mugs.example", "anna.berg@mugs.example"),
    ("anna -at- mugs.example", "anna@mugs.example"),
    ("anna |at| mugs.example", "anna@mugs.example"),
    ("anna AT mugs.example", "anna@mugs.example"),
    ("anna AT mugs DOT example", "anna@mugs.example"),
    ("anna@ mugs.example", "anna@mugs.example"),
    ("anna @ mugs . example", "anna@mugs.example"),
    ("noloader at gmail.com", "noloader@gmail.com"),
    ("anna at mugs dot in", "anna@mugs.in"),
    ("anna at mugs dot hu", "anna@mugs.hu"),
    ("anna собака mugs точка ru", "anna@mugs.ru"),
    ("anna @ 163点com", "anna@163.com"),
    ("anna एट mugs डॉट in", "anna@mugs.in"),
    ("anna แอท mugs ดอท com", "anna@mugs.com"),
    ("anna آت mugs دوت com", "anna@mugs.com"),
    ("anna kuyruklu a mugs nokta com", "anna@mugs.com"),
]


@pytest.mark.parametrize(("text", "address"), DISGUISED_EMAILS)
def test_disguised_email(text: str, address: str) -> None:
    found = contacts(text)
    assert shown(text, found.emails) == [(text, address)]
    assert found.emails[0].obfuscated


@pytest.mark.parametrize(
    ("text", "written", "address"),
    [
        ("Anna Berg <anna at mugs.example>", "anna at mugs.example", "anna@mugs.example"),
        ("Anna Berg (anna at mugs dot example)", "anna at mugs dot example", "anna@mugs.example"),
        ("Contact: anna @ mugs.example", "anna @ mugs.example", "anna@mugs.example"),
        ("Kontakt: anna (a) mugs-24.example", "anna (a) mugs-24.example", "anna@mugs-24.example"),
    ],
)
def test_email_by_what_stands_around(text: str, written: str, address: str) -> None:
    assert shown(text, contacts(text).emails) == [(written, address)]


@pytest.mark.parametrize(
    ("text", "written", "address"),
    [
        ("Write to mugs@gmail!", "mugs@gmail", "mugs@gmail"),
        ("Write to mugs (at) gmail", "mugs (at) gmail", "mugs@gmail"),
        ("mugs24 at gmail or so", "mugs24 at gmail", "mugs24@gmail"),
        ("e-mail: mugs at hotmail", "mugs at hotmail", "mugs@hotmail"),
        ("our mugshop at gmail com, thanks", "mugshop at gmail com", "mugshop@gmail.com"),
        ("mugs @ gmx de", "mugs @ gmx de", "mugs@gmx.de"),
        ("mugs@yahoo,com", "mugs@yahoo,com", "mugs@yahoo.com"),
        ("mugs@house,com", "mugs@house,com", "mugs@house.com"),
        ("mugs@house com", "mugs@house com", "mugs@house.com"),
        ("mugs@house..de", "mugs@house..de", "mugs@house.de"),
        ("mugs@house \u00b7 de", "mugs@house \u00b7 de", "mugs@house.de"),
    ],
)
def test_a_broken_dot_or_no_ending(text: str, written: str, address: str) -> None:
    (found,) = contacts(text).emails
    assert (text[found.start : found.end], found.normalized, found.obfuscated) == (written, address, True)


@pytest.mark.parametrize("frame", ["Please write: {}", "{} is our address.", "Kontakt – {} – danke", "«{}»"])
def test_disguised_email_in_a_sentence(frame: str) -> None:
    written = "anna [at] mugs [dot] example"
    text = frame.format(written)
    assert shown(text, contacts(text).emails) == [(written, "anna@mugs.example")]


@pytest.mark.parametrize(
    "text",
    [
        "Sale @ noon",
        "Follow @mugshop",
        "pkg@1.2.3",
        "icon@2x.png",
        "meet us at shop dot",
        "find us at shop dot example",
        "find us at shop.example",
        "(find us at shop.example)",
        "our stall at shop.example",
        "available AT mugs.example",
        "Follow @anna.berg.example",
        "option (a) shop.example",
        "drive-at-night.example",
        "buy now @ amazon.com",
        "look at shop.example",
        "write to us at shop.example",
        "order at amazon dot com",
        "two mugs @ 12.50",
        "Treffen am Punkt in der Mitte",
        "user@host",
        "https://anna@shop.example/x",  # a link with a user name
        "a@b@c",
        "@",
        "available at.\ndot com",
        "We looked at the dot. Example follows",
        "5@10.00",
        "Look at gmail",
        "We are at gmail com",
        "Check your mail at gmail",
        "The parcel is at yahoo, de nada",
        "see @gmail",
        "Size S@M de luxe",
        "user@host de la tienda",
        "mugs@house, De todo",
        "3@house,com",
        "mugs@house,common",
    ],
)
def test_no_email(text: str) -> None:
    assert contacts(text).emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "a1b2c3d4e5f6g7h@marketplace.amazon.de",
        "a1b2@marketplace.amazon.co.uk",
        "a1b2@marketplace.amazon.com.be",
        "abc123@members.ebay.com",
    ],
)
def test_relay_address(text: str) -> None:
    (found,) = contacts(text).emails
    assert (found.kind, found.normalized) == ("relay-email", text)


@pytest.mark.parametrize("text", ["a1@marketplace.amazon.evil.example", "a1@marketplace-amazon.de", "a1@amazon.de"])
def test_near_relay_address(text: str) -> None:
    (found,) = contacts(text).emails
    assert found.kind == "email"
