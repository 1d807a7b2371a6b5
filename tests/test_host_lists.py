"""The lists of hosts that the rulesets name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from msgpolicy.facts.links.finding import classify_url
from msgpolicy.facts.links.hosts import host_in, read_host
from msgpolicy.facts.marketplaces import country_of

FOLDER = Path(__file__).parent.parent / "rulesets" / "lists"
NAMES = ["amazon-hosts", "carrier-hosts", "open-tracking-hosts", "url-shorteners"]


def items(name: str) -> frozenset[str]:
    return frozenset(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))["items"])


@pytest.mark.parametrize("name", NAMES)
def test_every_item_is_a_host_that_somebody_registered(name: str) -> None:
    for item in items(name):
        host = read_host(item)
        assert host is not None, item
        assert host.ascii == item
        assert host.registrable is not None, item


@pytest.mark.parametrize("name", NAMES)
def test_no_item_is_inside_another(name: str) -> None:
    hosts = items(name)
    for item in hosts:
        assert not host_in(item, hosts - {item}), item


def test_no_host_is_in_two_lists() -> None:
    seen: dict[str, str] = {}
    for name in NAMES:
        for item in items(name):
            assert item not in seen, f"{item} is in {name} and {seen[item]}"
            seen[item] = name


def test_every_store_is_amazons_own() -> None:
    stores = {item for item in items("amazon-hosts") if item.startswith("amazon.")}
    known = {store for store in stores if country_of(store)}
    assert len(known) >= 23
    assert stores - known <= {"amazon.cn"}
    for store in stores:
        assert classify_url(f"https://www.{store}/").lookalike_of is None


@pytest.mark.parametrize("host", ["bit.ly", "bl.ink", "rebrand.ly", "tinyurl.com", "t2m.io", "zpr.io", "yourls.org"])
def test_shorteners_that_mercado_libre_moderates(host: str) -> None:
    assert host in items("url-shorteners")


@pytest.mark.parametrize(
    "url",
    [
        "https://nolp.dhl.de/nextt-online-public/set_identcodes.do?idc=1",
        "https://www.ups.com/track?tracknum=1Z",
        "https://inpost.pl/sledzenie-przesylek",
        "https://www.royalmail.com/track",
        "https://jouw.postnl.nl/track-and-trace/3S",
        "https://k2k.sagawa-exp.co.jp/p/web/",
    ],
)
def test_tracking_pages_are_carriers(url: str) -> None:
    assert host_in(classify_url(url).ascii_host, items("carrier-hosts"))
