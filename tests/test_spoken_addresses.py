"""Hosts and mailboxes with "." and "@" in words of many languages, and these words where they mean themselves."""

from __future__ import annotations

import pytest

from msgpolicy.facts.links.finding import find_text_links
from msgpolicy.facts.spans import Reading
from tests.contact_reading import contacts, shown


@pytest.mark.parametrize(
    ("text", "written", "host"),
    [
        ("Schauen Sie bei kessel-eck punkt de vorbei", "kessel-eck punkt de", "kessel-eck.de"),
        ("gehen Sie auf kesseleck punkt com und schauen Sie", "kesseleck punkt com", "kesseleck.com"),
        ("entra en tetera-azul punto es y mira", "tetera-azul punto es", "tetera-azul.es"),
        ("guarda su teierablu punto it per le misure", "teierablu punto it", "teierablu.it"),
        ("la notice est sur theierebleue point fr rubrique aide", "theierebleue point fr", "theierebleue.fr"),
        ("kijk op theepot punt nl voor meer", "theepot punt nl", "theepot.nl"),
        ("veja na loja chaleira ponto com ponto br agora", "chaleira ponto com ponto br", "chaleira.com.br"),
        ("zajrzyj na czajnik kropka pl po instrukcję", "czajnik kropka pl", "czajnik.pl"),
        ("titta på kittelboden punkt se under hjälp", "kittelboden punkt se", "kittelboden.se"),
        ("sitemiz caydanlik nokta com nokta tr üzerinden", "caydanlik nokta com nokta tr", "caydanlik.com.tr"),
        ("lihat di ketel-biru titik com ya kak", "ketel-biru titik com", "ketel-biru.com"),
        ("xem ở amtra chấm vn nhé", "amtra chấm vn", "amtra.vn"),
        ("смотрите на chajnik точка ру там", "chajnik точка ру", "chajnik.ru"),
        ("हमारी साइट ketli डॉट इन है", "ketli डॉट इन", "ketli.in"),
        ("हमारी साइट ketli डॉट in है", "ketli डॉट in", "ketli.in"),
        ("podívejte se na konvice tečka cz na návod", "konvice tečka cz", "konvice.cz"),
    ],
)
def test_link(text: str, written: str, host: str) -> None:
    (link,) = find_text_links(Reading("text", text, text))
    assert text[link.start : link.end] == written
    assert (link.link.ascii_host, link.link.obfuscated) == (host, True)


@pytest.mark.parametrize(
    ("text", "written", "address"),
    [
        ("anna et caydanlik nokta com adresine yazın", "anna et caydanlik nokta com", "anna@caydanlik.com"),
        ("kirim ke anna et ketelbiru titik com ya", "anna et ketelbiru titik com", "anna@ketelbiru.com"),
        ("mail: lan a còng amtra chấm vn", "lan a còng amtra chấm vn", "lan@amtra.vn"),
        ("anna zavináč konvice tečka cz", "anna zavináč konvice tečka cz", "anna@konvice.cz"),
        (
            "mon mail c'est anna tiret du bas k chez theierebleue point fr, merci",
            "anna tiret du bas k chez theierebleue point fr",
            "anna_k@theierebleue.fr",
        ),
        ("我的邮箱：anna 在 naver 点 com", "anna 在 naver 点 com", "anna@naver.com"),
    ],
)
def test_email(text: str, written: str, address: str) -> None:
    assert shown(text, contacts(text).emails) == [(written, address)]


@pytest.mark.parametrize(
    "text",
    [
        "Este punto es importante, cada punto de recogida también.",
        "Este e-mail punto es viejo, rendez-vous point de départ.",
        "In diesem Punkt de facto richtig, auf den Punkt com",
        "Un point me gêne, ce point est clair, chaque point de vente",
        "neste ponto com o cliente, cada ponto com calma",
        "bu nokta de önemli, o nokta com",
        "vid denna punkt se bilagan",
        "At that point us sellers have no choice, at this point it is late.",
        "The trial period net of fees, a period in which we wait.",
        "A T-shirt dot in the middle, the red dot in it",
        "early dot com days",
        "het punt de bal, elk punt is goed",
        "mỗi chấm com",
    ],
)
def test_no_link(text: str) -> None:
    assert find_text_links(Reading("text", text, text)) == []
    assert contacts(text).emails == ()


def test_a_turkish_verb_is_no_mailbox() -> None:
    assert contacts("ziyaret et caydanlik nokta com").emails == ()
