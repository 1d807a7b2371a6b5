"""Amazon's marketplaces: their sites, ids and countries (policy.md D14 to D16, from MARKETPLACE-IDS)."""

from __future__ import annotations

_SITES = {
    "amazon.ca": ("A2EUQ1WTGCTBG2", "CA"),
    "amazon.com": ("ATVPDKIKX0DER", "US"),
    "amazon.com.mx": ("A1AM78C64UM0Y8", "MX"),
    "amazon.com.br": ("A2Q3Y263D00KWC", "BR"),
    "amazon.ie": ("A28R8C7NBKEWEA", "IE"),
    "amazon.es": ("A1RKKUPIHCS9HS", "ES"),
    "amazon.co.uk": ("A1F83G8C2ARO7P", "GB"),
    "amazon.fr": ("A13V1IB3VIYZZH", "FR"),
    "amazon.com.be": ("AMEN7PMS3EDWL", "BE"),
    "amazon.nl": ("A1805IZSGTT6HS", "NL"),
    "amazon.de": ("A1PA6795UKMFR9", "DE"),
    "amazon.it": ("APJ6JRA9NG5V4", "IT"),
    "amazon.se": ("A2NODRKZP88ZB9", "SE"),
    "amazon.co.za": ("AE08WJ6YKNBMC", "ZA"),
    "amazon.pl": ("A1C3SOZRARQ6R3", "PL"),
    "amazon.eg": ("ARBP9OOSHTCHU", "EG"),
    "amazon.com.tr": ("A33AVAJ2PDY3EV", "TR"),
    "amazon.sa": ("A17E79C6D8DWNP", "SA"),
    "amazon.ae": ("A2VIGQ35RCS4UG", "AE"),
    "amazon.in": ("A21TJRUUN4KGV", "IN"),
    "amazon.sg": ("A19VAU5U5O7RUS", "SG"),
    "amazon.com.au": ("A39IBJ37TRP1C6", "AU"),
    "amazon.co.jp": ("A1VC38T7YXB528", "JP"),
}
_BY_ID = {marketplace_id: site for site, (marketplace_id, _) in _SITES.items()}


def site_of(marketplace: str | None) -> str | None:
    """The marketplace's site (`amazon.de`), given as a site, its URL, or Amazon's marketplace id; None: not known."""
    name = (marketplace or "").strip()
    host = name.lower().rpartition("://")[2].partition("/")[0].removeprefix("www.")
    return _BY_ID.get(name.upper()) or host or None


def country_of(marketplace: str | None) -> str | None:
    """The marketplace's country (ISO 3166-1 alpha-2); None when it is none of Amazon's."""
    _, country = _SITES.get(site_of(marketplace) or "", (None, None))
    return country
