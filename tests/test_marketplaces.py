"""Amazon's marketplaces by site and id; the ids and countries are those of policy.md D14 to D16."""

from __future__ import annotations

import pytest

from msgpolicy.facts.marketplaces import country_of, site_of

PUBLISHED = """
CA A2EUQ1WTGCTBG2, US ATVPDKIKX0DER, MX A1AM78C64UM0Y8, BR A2Q3Y263D00KWC,
IE A28R8C7NBKEWEA, ES A1RKKUPIHCS9HS, GB A1F83G8C2ARO7P, FR A13V1IB3VIYZZH, BE AMEN7PMS3EDWL, NL A1805IZSGTT6HS,
DE A1PA6795UKMFR9, IT APJ6JRA9NG5V4, SE A2NODRKZP88ZB9, ZA AE08WJ6YKNBMC, PL A1C3SOZRARQ6R3, EG ARBP9OOSHTCHU,
TR A33AVAJ2PDY3EV, SA A17E79C6D8DWNP, AE A2VIGQ35RCS4UG, IN A21TJRUUN4KGV,
SG A19VAU5U5O7RUS, AU A39IBJ37TRP1C6, JP A1VC38T7YXB528
"""
IDS = [entry.split() for entry in PUBLISHED.split(",")]


@pytest.mark.parametrize(("country", "marketplace_id"), IDS)
def test_every_published_id(country: str, marketplace_id: str) -> None:
    assert country_of(marketplace_id) == country
    site = site_of(marketplace_id)
    assert site is not None
    assert country_of(site) == country


def test_no_two_share_a_site() -> None:
    assert len({site_of(marketplace_id) for _, marketplace_id in IDS}) == len(IDS) == 23


@pytest.mark.parametrize(
    ("written", "site", "country"),
    [
        ("amazon.de", "amazon.de", "DE"),
        (" WWW.Amazon.CO.UK ", "amazon.co.uk", "GB"),
        ("https://www.amazon.com.be/", "amazon.com.be", "BE"),
        ("http://amazon.fr/gp/help", "amazon.fr", "FR"),
        ("a1pa6795ukmfr9", "amazon.de", "DE"),
        ("amazon.com.evil.example", "amazon.com.evil.example", None),
        ("notamazon.de", "notamazon.de", None),
        ("ebay.de", "ebay.de", None),
        ("A1PA6795UKMFR", "a1pa6795ukmfr", None),
        ("", None, None),
        ("  ", None, None),
        (None, None, None),
    ],
)
def test_how_a_marketplace_may_be_written(written: str | None, site: str | None, country: str | None) -> None:
    assert (site_of(written), country_of(written)) == (site, country)
