"""Hosts that pass themselves off as a marketplace: look-alike letters, slips of the pen, its name before another's."""

from __future__ import annotations

from functools import lru_cache

import regex

from msgpolicy.facts.contacts.data import words
from msgpolicy.facts.contacts.data.domain_endings import RESERVED
from msgpolicy.facts.contacts.look import look
from msgpolicy.facts.links.hosts import Host, host_in

# Names that are imitated. What they register themselves beside their own name is no imitation, nor is a store under
# "com.be", which is no public suffix.
BRANDS = ("amazon",)
OWN = words(
    """
    amazon.com.be media-amazon.com ssl-images-amazon.com images-amazon.com amazonaws.com amazonses.com amazonpay.com
    amazon-adsystem.com aboutamazon.com amazonlogistics.com amazonappservices.com amazonbusiness.com amazon.jobs
    amazontrust.com
    """
)
# Other names that happen to be near: the river, its basin, a maker of farm machines.
OTHERS = words("amazonas amazone amazonia amazonie amazonen amazons amazing mazon amazonian")
# What is put before or behind the name to make it look official.
_ADDED = words(
    """
    account accounts assist billing buyer care center client com contact customer customers customerservice deal
    deals delivery feedback gift gifts help helpdesk hilfe kundenservice login mail market marketplace my official
    online order orders parcel pay payment payments pl prime promo promotion protection rabatt refund refunds
    return returns review reviews reward rewards safety secure security seller sellers service services shop
    shopping signin soporte store support team the uk update us verify voucher www
    """
)
_LEET = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "2": "z"})
_PARTS = regex.compile(r"[^._-]+")


@lru_cache(1024)
def imitated(host: Host) -> str | None:
    """The name that the host imitates, or None. The brand's very name under a public suffix is no imitation."""
    if host.is_ip or host_in(host.ascii, OWN):
        return None
    labels = (host.registrable or "").split(".")
    suffix = host.suffix
    name = host.name[: -len(suffix) - 1] if suffix and host.name.endswith(suffix) else host.name
    shapes = [_shape(part) for part in _PARTS.findall(name) if part not in OTHERS]
    for brand in BRANDS:
        if labels[0] == brand and suffix not in RESERVED:
            continue
        if any(_imitates(shape, brand) for shape in shapes):
            return brand
    return None


def _shape(part: str) -> str:
    return look(part).lower().translate(_LEET).replace("rn", "m").replace("vv", "w")


def _imitates(shape: str, brand: str) -> bool:
    if brand in shape:
        before, _, behind = shape.partition(brand)
        if (not before or before in _ADDED) and (not behind or behind in _ADDED):
            return True
    return _one_slip(shape, brand)


def _one_slip(shape: str, brand: str) -> bool:
    """One letter left out, put in, or changed, or two exchanged; the first letter stands."""
    if abs(len(shape) - len(brand)) > 1 or shape[:1] != brand[0]:
        return False
    at = 0
    while at < min(len(shape), len(brand)) and shape[at] == brand[at]:
        at += 1
    rest, wanted = shape[at:], brand[at:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or rest[1:] == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
