"""Sentences that follow a full stop without a space are no hosts; hosts that are announced or stand alone are."""

from __future__ import annotations

import pytest

from msgpolicy.facts.links.finding import find_text_links
from msgpolicy.facts.spans import Reading


def written(text: str) -> list[str]:
    return [text[link.start : link.end] for link in find_text_links(Reading("text", text, text))]


@pytest.mark.parametrize(
    "text",
    [
        "Está ligado por padrão.se quiser, avise",
        "Il est en attente.et voilà le colis",
        "Proszę to na pewno.to jest dobre",
        "El azul en breve.me avisa",
        "Look at it on sale.it is cheap",
        "Der Rest kommt von uns.es dauert",
        "Mettiamo tutto su ordine.se vuole",
        "De maat zit op het etiket.de rode past, en de blauwe ook",
        "Es el azul, de la talla que quiere.de nada y de parte",
        "Voilà.au plus vite",
        "det är på väg.se bilden",
        "bu ürün.de var",
        "bijv.de rode, d.w.z.morgen, bzw.in Blau, ggf.am Montag",
        "ok.pl check it",
        "Kessel GmbH&Co.KG, Firma d.o.o., S.p.A. und e.K.",
        "the guide is size-chart.pages, the sheet prices.numbers, a logo.ai",
    ],
)
def test_no_host(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Trova tutto su teierablu.it senza spese", "teierablu.it"),
        ("auf kesseleck.de finden Sie mehr", "kesseleck.de"),
        ("na mugshop.com você encontra, com frete", "mugshop.com"),
        ("besuchen Sie unseren Shop kesseleck.de und schauen Sie", "kesseleck.de"),
        ("our site mymugs.it has more", "mymugs.it"),
        ("mugs-24.de hat mehr", "mugs-24.de"),
        ("shop.mugs.de hat mehr", "shop.mugs.de"),
        ("kesseleck.de hat mehr", "kesseleck.de"),
    ],
)
def test_host(text: str, host: str) -> None:
    assert written(text) == [host]
