"""Phone numbers that the policy allows since March 2021: of carrier or manufacturer, or for a warranty."""

from __future__ import annotations

import pytest

from msgpolicy import Message
from tests.linters import linter

ALLOWED = [
    ("amazon.com", "US", "For a repair under warranty please call the number (212) 555-0142."),
    ("amazon.de", "DE", "Die Garantie-Hotline erreichen Sie unter 030 23125 014."),
    ("amazon.fr", "FR", "Pour la garantie, le fabricant répond au 01 99 00 12 34."),
    ("amazon.es", "ES", "La garantía la atiende el fabricante en el 912 345 678."),
    ("amazon.it", "IT", "Per la garanzia il produttore risponde al numero 06 12345678."),
    ("amazon.nl", "NL", "Voor de garantie belt u met de fabrikant: 020 123 4567."),
    ("amazon.pl", "PL", "Infolinia gwarancyjna producenta to 22 123 45 67."),
    ("amazon.se", "SE", "Ring tillverkaren om garantin på 08-123 456 78."),
    ("amazon.com.br", "BR", "Para a garantia, ligue para o fabricante: (11) 2345-6789."),
    ("amazon.com.tr", "TR", "Garanti için üretici firmanın numarası 0212 345 67 89."),
    ("amazon.de", "RU", "По гарантии звоните производителю: 8 495 123-45-67."),
    ("amazon.co.jp", "JP", "メーカー保証の窓口は03-1234-5678です。"),
    ("amazon.cn", "CN", "保修请拨打厂家电话010-12345678。"),
    ("amazon.com", "KR", "제조사 보증 상담은 02-123-4567 입니다."),
    ("amazon.sa", "SA", "رقم الضمان لدى الشركة المصنعة هو 011 234 5678"),
    ("amazon.sg", "TH", "ศูนย์รับประกันของผู้ผลิต โทร 02-123-4567"),
    ("amazon.fr", "FR", "Le transporteur vous attend, appelez le livreur au 01 99 00 12 34."),
    ("amazon.it", "IT", "Il corriere non trova la casa: lo chiami al numero 06 12345678."),
    ("amazon.es", "ES", "El transportista le espera, su teléfono es el 912 345 678."),
    ("amazon.nl", "NL", "De koerier van DHL belt u, of u belt hem op 020 123 4567."),
    ("amazon.se", "SE", "Ring fraktbolaget på 08-123 456 78."),
    ("amazon.com.tr", "TR", "Kargo firmasının numarası 0212 345 67 89."),
    ("amazon.co.jp", "JP", "配送業者の電話番号は03-1234-5678です。"),
    ("amazon.cn", "CN", "快递公司的电话是010-12345678。"),
    ("amazon.in", "IN", "वारंटी के लिए निर्माता का नंबर 022 2278 1234 है।"),
]


def rules(marketplace: str, country: str, text: str, sent_at: str = "2026-11-01T10:00:00Z") -> set[str]:
    record = {
        "text": text,
        "kind": "proactive",
        "marketplace": marketplace,
        "buyer": {"country": country},
        "sent_at": sent_at,
    }
    return {violation.rule for violation in linter().check(Message.from_dict(record)).violations}


@pytest.mark.parametrize(("marketplace", "country", "text"), ALLOWED)
def test_beside_a_topic_that_allows_it(marketplace: str, country: str, text: str) -> None:
    assert "phone-number" not in rules(marketplace, country, text)
    assert "phone-number" in rules(marketplace, country, text, "2021-02-28T23:59:59Z")


@pytest.mark.parametrize(
    ("marketplace", "country", "text"),
    [
        ("amazon.fr", "FR", "Vous avez une garantie de deux ans. Pour toute question : 01 99 00 12 34."),
        ("amazon.it", "IT", "Hai due anni di garanzia. Chiamaci al numero 06 12345678."),
        ("amazon.co.jp", "JP", "保証は二年です。お電話は03-1234-5678まで。"),
        ("amazon.cn", "CN", "有两年保修。请拨打电话010-12345678。"),
        ("amazon.se", "SE", "Ring oss på 08-123 456 78."),
        # Their own workshop, depot or shop
        ("amazon.se", "SE", "Ring verkstaden på 08-123 456 78."),
        ("amazon.fr", "FR", "Appelez le 01 99 00 12 34 pour convenir d'un jour avec notre dépôt."),
        ("amazon.pl", "PL", "Serwis Nowak, Radom\ntel. 601 234 567"),
    ],
)
def test_in_another_sentence(marketplace: str, country: str, text: str) -> None:
    assert "phone-number" in rules(marketplace, country, text)
