"""Judges web links: those that lead away from the marketplace, insecure ones, or ones to products.

Links are looked for in running text (also as bare domains) and in what HTML elements bear: `<a>`, `<area>`, `<form>`,
`<base>`, `<iframe>`, `<object>`, `<meta http-equiv="refresh">`. Links to mail addresses, phones and messengers are
contacts and judged by `contact-data`; an image's own source is no link, nor is the address of a device at the buyer's
home (`http://192.168.1.1`), which leads nowhere else. A link around an image alone is judged by
`linked-logo`. What an element opens without a host that can be read (`javascript:`, `data:`, `file:`, an app's own
scheme) is external: it is no secure link to the marketplace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import regex
from msgspec import Meta

from msgpolicy.checks.base import ConditionData, Hit, ListName, Pattern, Unknown
from msgpolicy.checks.base import Params as BaseParams
from msgpolicy.conditions import Condition, Outcome, compiled
from msgpolicy.facts.facts import Facts
from msgpolicy.facts.links.finding import Link, host_in, is_at_home
from msgpolicy.facts.links.placed import FoundLink
from msgpolicy.mending import Removals, secured
from msgpolicy.report import Fix


class Allowed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hosts that a secure link may lead to, where a condition holds; where it may hold, the link is left open."""

    hosts: ListName
    when: Annotated[ConditionData, Meta(description="Messages in which it is allowed.")]


class Params(BaseParams, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the check `link`."""

    find: Annotated[Literal["external", "insecure", "product"], Meta(description="Which links break the rule.")]
    own_hosts: Annotated[
        tuple[ListName, ...],
        Meta(description="Lists of hosts that belong to the marketplace; a fix makes insecure links to them secure."),
    ] = ()
    allowed: Annotated[tuple[Allowed, ...], Meta(description="Exceptions for external links.")] = ()
    shorteners: Annotated[ListName | None, Meta(description="List of link shorteners, for the evidence.")] = None
    product_paths: Annotated[
        tuple[Pattern, ...], Meta(description="Paths of product and storefront pages on the marketplace's hosts.")
    ] = ()


FILLS = {"host": "the host that the link leads to, or its scheme if it has none", "url": "the link as it was written"}

# What leads somewhere without a host, if an element bears it.
_HOSTLESS = frozenset({"script", "data", "file", "other"})
# Schemes that open nothing: a blank page, and what Apple's mail program puts around dates and addresses.
_IDLE_SCHEMES = frozenset({"about", "x-apple-data-detectors"})


class Prepared(NamedTuple):
    params: Params
    paths: tuple[Any, ...]
    allowed: tuple[tuple[str, Condition], ...]


def prepare(params: Params) -> Prepared:
    paths = tuple(regex.compile(path, regex.IGNORECASE) for path in params.product_paths)
    return Prepared(params, paths, tuple((entry.hosts, compiled(entry.when)) for entry in params.allowed))


def check(facts: Facts, prepared: Prepared) -> Iterator[Hit | Unknown]:
    needs: dict[str, None] = {}
    removals = Removals(facts, prepared.params.own_hosts)
    for part in facts.unread_links:
        yield Unknown(why="too-large", detail=f"{part} holds more addresses than are read")
    for found in facts.links:
        if found.link.kind != "web" and not _opens_without_host(found):
            continue
        breaks = _breaks(facts, prepared, found)
        if breaks.value:
            yield link_hit(found, facts, prepared.params.shorteners, _fix(facts, prepared.params, found, removals))
        needs |= dict.fromkeys(breaks.needs)
    if needs:
        yield Unknown(tuple(needs))


def _fix(facts: Facts, params: Params, found: FoundLink, removals: Removals) -> Fix | None:
    """An insecure link to the marketplace made secure; any other taken out, its text kept."""
    if params.find != "insecure":
        return removals.of_link(found)
    source = facts.lookup(found.place.part)
    if not isinstance(source, str) or not any(host_in(found.link, facts.lists[name]) for name in params.own_hosts):
        return None
    edit = secured(source, found.place)
    return Fix(safe=True, edits=(edit,)) if edit else None


def link_hit(found: FoundLink, facts: Facts, shorteners: str | None = None, fix: Fix | None = None) -> Hit:
    """The hit of a link, with what is known about where it leads."""
    link = found.link
    evidence: dict[str, Any] = {"host": link.host, "normalized": normalized(link), "obfuscated": link.obfuscated}
    if link.kind in _HOSTLESS:
        evidence["scheme"] = link.scheme
    if link.obfuscated:
        evidence["read_as"] = normalized(link)
    if link.user_info:
        evidence["user_info"] = True
    if link.lookalike_of:
        evidence["lookalike_of"] = link.lookalike_of
    if shorteners and host_in(link, facts.lists[shorteners]):
        evidence["shortener"] = True
    if found.attribute:
        evidence["attribute"] = found.attribute
    fills = {"host": link.host or f"{link.scheme}:", "url": link.raw}
    return Hit(found.place, fills, evidence, found.confidence, fix=fix)


def normalized(link: Link) -> str:
    """The address that a browser would open; of one without a host its scheme alone."""
    if link.kind in _HOSTLESS:
        return f"{link.scheme}:"
    query = f"?{link.query}" if link.query else ""
    return f"{link.scheme or 'https'}://{link.ascii_host or link.host}{link.path}{query}"


def _opens_without_host(found: FoundLink) -> bool:
    """Whether an element leads to something that has no host, or none that can be read."""
    return found.element is not None and found.link.kind in _HOSTLESS and found.link.scheme not in _IDLE_SCHEMES


def _breaks(facts: Facts, prepared: Prepared, found: FoundLink) -> Outcome:
    """Whether a link breaks the rule; not known where it depends on a fact that is missing."""
    params, link = prepared.params, found.link
    if link.kind in _HOSTLESS:
        return Outcome(params.find == "external")
    if found.element is None and not link.obfuscated and is_at_home(link):
        return Outcome(False)
    if params.find == "insecure":
        return Outcome(link.scheme == "http")
    own = any(host_in(link, facts.lists[name]) for name in params.own_hosts)
    if params.find == "product":
        return Outcome(own and any(path.search(link.path) for path in prepared.paths))
    if own or found.image_only:
        return Outcome(False)
    exceptions = [
        when.evaluate(facts.lookup)
        for hosts, when in prepared.allowed
        if link.secure and host_in(link, facts.lists[hosts])
    ]
    if any(exception.value for exception in exceptions):
        return Outcome(False)
    needs = tuple(need for exception in exceptions if exception.value is None for need in exception.needs)
    return Outcome(None, needs) if needs else Outcome(True)
