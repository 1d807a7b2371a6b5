"""What a URL leads to, read as leniently as browsers and mail programs do (WHATWG URL, with its errors forgiven)."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, unquote

import regex

from msgpolicy.facts.contacts.data.chat_services import SERVICES
from msgpolicy.facts.contacts.data.domain_endings import PLAIN, RESERVED
from msgpolicy.facts.contacts.imitations import imitated
from msgpolicy.facts.links.hosts import Host, domains, read_host
from msgpolicy.later import regex_later

LinkKind = Literal[
    "web", "email", "phone", "messenger", "script", "data", "anchor", "relative", "cid", "file", "other", "placeholder"
]


class Link(NamedTuple):
    """What one URL says. Texts are empty, and other fields None, where the URL has no such part.

    kind: web (http, https, or without a scheme but with a host) · email (mailto:) · phone (tel:, sms:, …) · messenger
    (a chat link or a messenger's scheme) · script (javascript:, vbscript:) · data · anchor (#…) · relative · cid ·
    file · other (another scheme) · placeholder (a template's, in place of the URL or of its host)
    host, ascii_host: in Unicode and in punycode, lower case, without a trailing dot.
    registrable: the domain that somebody registered, None for addresses and unknown endings.
    secure: whether a connection would be encrypted; None where there is none or the scheme is not written.
    address: the mail address, phone number or chat handle that the link holds, normalized.
    service: the messenger, such as `whatsapp`.
    obfuscated: written so that the target is hard to see (escapes, odd notations of addresses, userinfo, …).
    lookalike_of: the name that the host imitates, such as `amazon`.
    """

    kind: LinkKind
    raw: str
    scheme: str = ""
    host: str = ""
    ascii_host: str = ""
    registrable: str | None = None
    is_ip: bool = False
    user_info: str = ""
    port: int | None = None
    path: str = ""
    query: str = ""
    secure: bool | None = None
    address: str = ""
    service: str = ""
    obfuscated: bool = False
    lookalike_of: str | None = None


# Longer URLs are cut for analysis, never for the report: what decides stands at the start.
_MAX_READ = 8192

_EDGES = "".join(map(chr, range(0x21)))
_IGNORED = str.maketrans(dict.fromkeys("\t\n\r"))
_SCHEME = regex_later(r"([A-Za-z][A-Za-z0-9+.-]{0,40}+):")
# {{x}} · {% x %} · %%x%% · [[x]] · ${x} · <%x%> · *|x|* · #x# · {x} · [x] · %x%
_PLACEHOLDER = (
    r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|%%[\w.:-]{1,80}%%|\[\[[^\]]{1,80}\]\]|\$\{[^}]{1,80}\}|<%.{0,200}?%>|"
    r"\*\|[^|]{1,80}\|\*|#\w{1,60}#|\{\w{1,60}\}|\[\w{1,60}\]|%(?![0-9a-f]{2}%)\w{1,40}%"
)
_IS_PLACEHOLDER = regex_later(rf"(?:https?:)?(?:/\s?/)?(?:{_PLACEHOLDER})", regex.IGNORECASE | regex.DOTALL)
_AUTHORITY = regex_later(r"[^/\\?#]*+")
_DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
_PHONE_SCHEMES = frozenset({"tel", "sms", "callto", "smsto", "mms", "fax", "facetime", "facetime-audio"})
_NOT_DIGITS = regex_later(r"[^\d+]")
_HIDDEN_BREAK = regex_later(r"[\t\n\r]")
_ODD = regex_later(r"[^\x21-\x7e]")


def classify_url(raw: str, *, base: str | None = None) -> Link:
    """What the URL in an attribute or in a text leads to. `base` is the document's, as given by <base href>.

    Never raises for what a URL contains.
    """
    text = raw[:_MAX_READ].strip(_EDGES).translate(_IGNORED)
    if _IS_PLACEHOLDER.match(text):
        return Link("placeholder", raw)
    if not text:
        return Link("relative", raw)
    if text[0] == "#":
        return Link("anchor", raw)
    match = _SCHEME.match(text)
    if match and not ("." in match[1] and text[match.end() : match.end() + 1].isdigit()):  # not host:port
        return _with_scheme(raw, match[1].lower(), text[match.end() :])
    if text[0] in "/\\" and text[1:2] in ("/", "\\"):
        return _web(raw, "", text)
    if base is not None:
        return _against(raw, base)
    if _is_bare_host(text):
        return _web(raw, "", text)
    path, _, query = text.partition("#")[0].partition("?")
    return Link("relative", raw, path=path, query=query)


def _is_bare_host(text: str) -> bool:
    """Whether a URL without scheme is meant as a host: "www.…", "shop.example/x". Mail programs complete it."""
    place = _AUTHORITY.match(text)
    host = read_host(_split_port(place.group())[0]) if place else None
    if host is None or host.suffix is None or host.registrable is None:
        return False
    ending = host.ascii.rpartition(".")[2]
    return host.ascii.startswith("www.") or ending in PLAIN or ending in RESERVED


def _with_scheme(raw: str, scheme: str, rest: str) -> Link:
    if scheme in ("http", "https", "ftp"):
        return _web(raw, scheme, rest)
    if scheme in ("hxxp", "hxxps"):
        return _web(raw, scheme.replace("x", "t"), rest)._replace(obfuscated=True)
    if scheme == "mailto":
        address = unquote(rest.partition("?")[0]).partition(",")[0].strip()
        return Link("email", raw, scheme, address=address.lower())
    if scheme in _PHONE_SCHEMES:
        number = _NOT_DIGITS.sub("", unquote(rest.partition("?")[0].partition(";")[0]))
        return Link("phone", raw, scheme, address=number)
    if scheme in _services_by_scheme():
        return Link("messenger", raw, scheme, service=_services_by_scheme()[scheme], address=_handle(rest))
    if scheme in ("javascript", "vbscript", "livescript"):
        return Link("script", raw, scheme)
    if scheme in ("data", "cid", "file"):
        return Link(scheme, raw, scheme)  # type: ignore[arg-type]
    return Link("other", raw, scheme)


def _web(raw: str, scheme: str, rest: str) -> Link:
    """A URL with a host: slashes in any number and slant, then [userinfo@]host[:port], then the rest."""
    slashes = len(rest) - len(rest.lstrip("/\\"))
    body = rest[slashes:]
    match = _AUTHORITY.match(body)
    assert match is not None
    user_info, at, place = match.group().rpartition("@")
    written, port = _split_port(place)
    host = read_host(written)
    path, _, query = body[match.end() :].partition("#")[0].replace("\\", "/").partition("?")
    if host is None:
        return Link("other", raw, scheme, path=path, query=query, obfuscated=True)
    kind: LinkKind = "web"
    service = _service_of(host)
    if service:
        kind = "messenger"
    odd = (
        bool(at)
        or "\\" in rest
        or (bool(scheme) and slashes != 2)
        or "%" in written
        or bool(_ODD.search(raw.strip(_EDGES)) and not _plain_letters(written, host))
        or (host.is_ip and not written.startswith("[") and written.rstrip(".") != host.ascii)
        or written.endswith(".")
        or bool(_HIDDEN_BREAK.search(raw.strip(_EDGES), 0, len(scheme) + slashes + len(written) + 1))
    )
    return Link(
        kind,
        raw,
        scheme,
        host.name,
        host.ascii,
        host.registrable,
        host.is_ip,
        user_info,
        None if port == _DEFAULT_PORTS.get(scheme) else port,
        path,
        query,
        {"https": True, "http": False, "ftp": False}.get(scheme),
        _chat_address(host, path, query) if service else "",
        service,
        odd,
        imitated(host),
    )


def _plain_letters(written: str, host: Host) -> bool:
    """Whether a host with letters beyond ASCII is written as itself: an international name, not a disguise."""
    return written.isascii() or written.lower() == host.name


def _split_port(place: str) -> tuple[str, int | None]:
    host, colon, digits = place.rpartition(":")
    if colon and (digits == "" or (digits.isascii() and digits.isdigit() and len(digits.lstrip("0")) <= 5)):
        return host, int(digits) if digits else None
    return place, None


def _against(raw: str, base: str) -> Link:
    """A relative URL in a document that names its base."""
    root = classify_url(base)
    if root.kind not in ("web", "messenger"):
        return Link("relative", raw)
    path, _, query = raw.strip(_EDGES).translate(_IGNORED).partition("#")[0].replace("\\", "/").partition("?")
    if not path.startswith("/"):
        path = root.path.rpartition("/")[0] + "/" + path
    return root._replace(raw=raw, path=path, query=query)


def _service_of(host: Host) -> str:
    services = _services_by_host()
    return next((services[domain] for domain in domains(host.ascii) if domain in services), "")


@cache
def _services_by_host() -> dict[str, str]:
    return {host: service.name for service in SERVICES for host in service.hosts}


@cache
def _services_by_scheme() -> dict[str, str]:
    return {scheme: service.name for service in SERVICES for scheme in service.schemes}


_CHAT_PATH_WORDS = frozenset(
    {"", "r", "ti", "p", "send", "s", "u", "joinchat", "qr", "message", "invite", "channel", "me"}
)


def _chat_address(host: Host, path: str, query: str) -> str:
    """The number or handle in a chat link: wa.me/48601234567, t.me/shop, line.me/R/ti/p/@shop."""
    phone = parse_qs(query[:500]).get("phone")
    if phone:
        return "+" + _NOT_DIGITS.sub("", phone[0]).lstrip("+")
    parts = [part for part in unquote(path[:300]).split("/") if part.lower() not in _CHAT_PATH_WORDS]
    if not parts:
        return ""
    if regex.fullmatch(r"\+?\d{7,15}", parts[0]):
        return "+" + parts[0].lstrip("+")
    return parts[0]


def _handle(rest: str) -> str:
    """The number or handle in a URL with a messenger's own scheme: whatsapp://send?phone=…, tg://resolve?domain=…"""
    path, _, query = rest.partition("?")
    fields = parse_qs(query[:500])
    for name in ("phone", "number"):
        if name in fields:
            return "+" + _NOT_DIGITS.sub("", fields[name][0]).lstrip("+")
    for name in ("domain", "id", "contact", "username"):
        if name in fields:
            return fields[name][0].lstrip("@")
    return path.strip("/").rpartition("/")[2]
