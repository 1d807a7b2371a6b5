"""Addresses that a reader puts right: taken apart, run together, backwards, with other signs, at a named provider."""

from __future__ import annotations

import pytest

from msgpolicy.facts.links.finding import TextLink, find_text_links
from msgpolicy.facts.spans import Reading
from tests.contact_reading import contacts, shown
from tests.growth import assert_linear


def links(text: str) -> list[TextLink]:
    return find_text_links(Reading("text", text, text))


# Text, what of it is the address, address.
EMAILS = [
    ("a n n a at g m a i l dot c o m", "", "anna@gmail.com"),
    ("a_n_n_a_@_k_e_t_t_l_e_._c_o_m", "", "anna@kettle.com"),
    ("anna@kettle dot c o m", "", "anna@kettle.com"),
    ("annaATkettleDOTcom is ours", "annaATkettleDOTcom", "anna@kettle.com"),
    ("annaATkettleDOTcoDOTuk", "", "anna@kettle.co.uk"),
    ("annaätkesseleckpunktde", "", "anna@kesseleck.de"),
    ("annaarrobateterapuntocom", "", "anna@tetera.com"),
    ("my mail\n  anna\n  @\n  kettle\n  .com\nany time", "anna\n  @\n  kettle\n  .com", "anna@kettle.com"),
    ("anna\t@\tkettle.com", "", "anna@kettle.com"),
    ("Mail us:\nanna.k\n@kettle.com", "anna.k\n@kettle.com", "anna.k@kettle.com"),
    ("~~anna~~@kettle.com", "anna~~@kettle.com", "anna@kettle.com"),
    ("`anna`@`kettle`.`com`", "anna`@`kettle`.`com", "anna@kettle.com"),
    ("It's anna, then the at sign, then kettle.com", "anna, then the at sign, then kettle.com", "anna@kettle.com"),
    ("anna, at, kettle, dot, com", "", "anna@kettle.com"),
    ("anna ... at ... gmail ... dot ... com", "", "anna@gmail.com"),
    ("anna dann ät dann kesseleck dann punkt dann de", "", "anna@kesseleck.de"),
    ("Écrivez : anna.arobase.theierebleue.point.fr", "anna.arobase.theierebleue.point.fr", "anna@theierebleue.fr"),
    ("anna#kettle.com (replace # by @)", "anna#kettle.com", "anna@kettle.com"),
    ("anna★kettle.jp（★を@に変えて）", "anna★kettle.jp", "anna@kettle.jp"),
    ("邮箱anna#163.com（#换成@）", "anna#163.com", "anna@163.com"),
    ("anna*kesseleck.de, * steht für das At-Zeichen", "anna*kesseleck.de", "anna@kesseleck.de"),
    ("read it backwards: moc.elttek@anna", "moc.elttek@anna", "anna@kettle.com"),
    ("ed.kcelessek@anna, bitte rückwärts lesen", "ed.kcelessek@anna", "anna@kesseleck.de"),
    ("my email: anna kettlecorner com", "anna kettlecorner com", "anna@kettlecorner.com"),
    ("annakettle88 gmail com", "", "annakettle88@gmail.com"),
    ("annakettle88 (gmail)", "annakettle88 (gmail", "annakettle88@gmail"),
    ("annakettle88 en hotmail", "", "annakettle88@hotmail"),
    ("gmail: anna.kettle, any time", "gmail: anna.kettle", "anna.kettle@gmail"),
    ("You find me at gmail under anna.kettle", "gmail under anna.kettle", "anna.kettle@gmail"),
    ("Meine Adresse bei gmail lautet anna.kettle8", "gmail lautet anna.kettle8", "anna.kettle8@gmail"),
    ("anna.kettle at g mail dot com", "", "anna.kettle@gmail.com"),
    ("जीमेल पर anna.kettle8", "जीमेल पर anna.kettle8", "anna.kettle8@gmail.com"),
    ("anna arobase theiere tiret bleue point fr", "", "anna@theiere-bleue.fr"),
    ("anna -@- kettle -.- com", "", "anna@kettle.com"),
    ("anna.@.kettle.com", "", "anna@kettle.com"),
    ("anna (à) theiere.fr", "", "anna@theiere.fr"),
    ("邮箱 anna圈kettle点com", "anna圈kettle点com", "anna@kettle.com"),
    ("QQ邮箱：12345678", "QQ邮箱：12345678", "12345678@qq.com"),
]


@pytest.mark.parametrize(("text", "written", "address"), EMAILS)
def test_email(text: str, written: str, address: str) -> None:
    found = contacts(text).emails
    assert shown(text, found) == [(written or text, address)]
    assert found[0].obfuscated


# Text, what of it is the link, host.
LINKS = [
    ("inks at inkchart🔵quillco🔵com (blue balls are dots)", "inkchart🔵quillco🔵com", "inkchart.quillco.com"),
    ("see kettlecorner🍵com!", "kettlecorner🍵com", "kettlecorner.com"),
    ("kettlecorner ● com has all spouts", "kettlecorner ● com", "kettlecorner.com"),
    ("kettlecorner★net", "kettlecorner★net", "kettlecorner.net"),
    ("auf kessel-eck🔵de steht mehr", "kessel-eck🔵de", "kessel-eck.de"),
    ("moc.elttek is the other way round", "moc.elttek", "kettle.com"),
    ("de derecha a izquierda, al revés: se.aretet", "se.aretet", "tetera.es"),
    ("ku.oc.elttek", "ku.oc.elttek", "kettle.co.uk"),
    ("Type kettlecorner then dot then com.", "kettlecorner then dot then com", "kettlecorner.com"),
    ("kettlecorner, dot com", "kettlecorner, dot com", "kettlecorner.com"),
    ("look for kettlecorner plus .com", "kettlecorner plus .com", "kettlecorner.com"),
    ('search kettlecorner and then a ".de"', 'kettlecorner and then a ".de', "kettlecorner.de"),
    ("suchen Sie kesseleck mit .de dahinter", "kesseleck mit .de", "kesseleck.de"),
    ("k-e-t-t-l-e . com", "k-e-t-t-l-e . com", "kettle.com"),
    ("kettlecorner.c0m", "kettlecorner.c0m", "kettlecorner.com"),
    ("kettlecorner.c o m", "kettlecorner.c o m", "kettlecorner.com"),
    ("kettlecornerdotcom has it", "kettlecornerdotcom", "kettlecorner.com"),
    ("kesseleckPUNKTde", "kesseleckPUNKTde", "kesseleck.de"),
    ("kettlecorner. com has all spouts", "kettlecorner. com", "kettlecorner.com"),
    ("Ersatzteile auf kesseleck , de", "kesseleck , de", "kesseleck.de"),
    ("order on kettlecorner com please", "kettlecorner com", "kettlecorner.com"),
    ('google "kettlecorner" + ".com"', 'kettlecorner" + ".com', "kettlecorner.com"),
    ("kettlecorner followed by .com", "kettlecorner followed by .com", "kettlecorner.com"),
    ("our name kettlecorner with dot com at the end", "kettlecorner with dot com", "kettlecorner.com"),
    ("kettlecorner..com", "kettlecorner..com", "kettlecorner.com"),
    ("kettlecorner (one word) dot com", "kettlecorner (one word) dot com", "kettlecorner.com"),
    ("look on kettlecorner:com", "kettlecorner:com", "kettlecorner.com"),
    ("https kettlecorner com", "kettlecorner com", "kettlecorner.com"),
    ("Kettlecorner Dot Com", "Kettlecorner Dot Com", "kettlecorner.com"),
    ("kettlecorner.🅒🅞🅜", "kettlecorner.🅒🅞🅜", "kettlecorner.com"),
    ("www-kettlecorner-com", "www-kettlecorner-com", "www.kettlecorner.com"),
    ("kettlecorner*com (* = dot)", "kettlecorner*com", "kettlecorner.com"),
]


@pytest.mark.parametrize(("text", "written", "host"), LINKS)
def test_link(text: str, written: str, host: str) -> None:
    (link,) = links(text)
    assert text[link.start : link.end] == written
    assert (link.link.ascii_host, link.link.obfuscated, link.link.raw) == (host, True, written)
    assert contacts(text).emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "Produto ótimo ❤ com frete grátis, na loja🔥com garantia",
        "Pode trocar. com a nota fiscal é rápido",
        "Encontre-o com o vendedor, fale com a loja com calma",
        "en casa de mi madre, una mesa de roble",
        "Las extensiones .sh, .py y .pl",
        "the .com and .net domains, a domain with .com",
        "A, B, C and D. com",
        "S M L X L, a b c d",
        "My Gmail is full, the gmail app was updated. Please write here.",
        "gmail 2.0 came, we use gmail for orders",
        "Do you use Gmail or Yahoo? Order 2 now.",
        "I checked gmail. order.pdf is attached",
        "Your order is #4 @ 12.50 each, 3 pcs # 2",
        'K1, @=yarn over, @@=double. So "@ K2 @ K2" is one repeat.',
        "Thanks,\nAnna\n@ noon",
        "We meet in ten.fifteen minutes, item ten.four",
        "the hedge.ed part, com.example.App",
        "he is at, then, dot, the end",
        "first, period, then",
        "Sono le tre in punto, it is fine.",
        "Der Treffpunkt, der Endpunkt, das Pünktchen, Punktdetail",
        "an anecdote, antidotcommon, viewpointfrom",
        "the www com ports",
        "Please wait. net weight 200 g, net 30 days, com port 3",
        "This comes with (org) chart, the shop is closed",
        "Er kommt mit in den Laden, die Firma Kessel und Co de",
        "💙 it is lovely 💙 in blue 💙 at last",
        "merci🙏de rien, gracias❤es un placer",
        "A*B*C, 5*3*2, x|y|z",
        "DOT compliant tyres, a DOT number, POINTS",
        "in stock , de luxe version",
        "yahoo! that was quick",
        "just add .com and put .de behind it, by .net then",
        "Obrigado..com carinho, aguarde...com calma",
        "Ratio 3:com, yes/no, either/org, A;net",
        "The Com Port, Access Point Name, Dot De Luxe",
        "朋友圈abc, 圈a",
        "option (a) or (à la carte)",
        "tire minus the rim dot at the middle",
        "Windows 11 in use, version 2.0",
    ],
)
def test_no_address(text: str) -> None:
    assert links(text) == []
    assert contacts(text).emails == ()


@pytest.mark.parametrize("frame", ["{}", "Please write: {}, thanks", "😀 {}", "x" * 700 + " {}. " + "y " * 400])
def test_spans_far_into_a_text(frame: str) -> None:
    written = "a n n a (at) kettle🔵com"
    text = frame.format(written)
    assert shown(text, contacts(text).emails) == [(written, "anna@kettle.com")]


def test_several_in_one_text() -> None:
    parts = ["moc.elttek@anna", "kettlecorner🔵com", "anna [at] mugs [dot] example", "gmail: anna.k8"]
    text = f" and here is more that is said of it, {'-' * 500}; ".join(parts)
    found = contacts(text)
    assert [text[mail.start : mail.end] for mail in found.emails] == [parts[0], parts[2], parts[3]]
    assert [text[link.start : link.end] for link in links(text)] == [parts[1]]


@pytest.mark.parametrize("piece", ["shop🔵com ", "moc.shop@anna ", "gmail: a.b1 ", "a n n a @ ", "then dot then "])
def test_work_is_linear(piece: str) -> None:
    assert_linear(lambda size: (piece * size)[:size], lambda text: (contacts(text), links(text)), 3_000)
