"""Host names as a browser reads them: international names, odd notations of addresses, public suffixes, host lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import regex

from msgpolicy.facts.contacts.data.domain_endings import RESERVED

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


class Host(NamedTuple):
    """A host. `name` in Unicode, `ascii` as it is looked up (punycode); equal for most. `is_ip`: an address.

    `suffix` is the public suffix that it ends in (`co.uk`), a reserved ending (`example`), or None.
    """

    name: str
    ascii: str
    is_ip: bool = False
    suffix: str | None = None

    @property
    def registrable(self) -> str | None:
        """The name that somebody registered: the public suffix and one label; None when there is none."""
        if self.suffix is None or self.suffix == self.ascii:
            return None
        label = self.ascii[: -len(self.suffix) - 1].rpartition(".")[2]
        return f"{label}.{self.suffix}"


def read_host(written: str) -> Host | None:
    """The host that a browser would contact for what is written as one; None when it is none at all.

    Percent escapes, full-width letters, ideographic full stops, capitals, one trailing dot and numbers in any notation
    that browsers accept are undone.
    """
    return None if len(written) > 1024 else _read_host(written)


@lru_cache(1024)  # a message names few hosts, and some of them often
def _read_host(written: str) -> Host | None:
    if written.startswith("["):
        return _ipv6(written)
    text = unquote(written, errors="replace")
    name = _mapped(text)
    if name.endswith("."):
        name = name[:-1]
    if not name or _FORBIDDEN.search(name):
        return None
    numeric = _ipv4(name)
    if numeric is not None:
        return numeric
    if name.isascii():
        return Host(_to_unicode(name), name, False, public_suffix(name))
    ascii_name = ".".join(map(_to_punycode, name.split(".")))
    return Host(name, ascii_name, False, public_suffix(ascii_name))


def public_suffix(host: str) -> str | None:
    """The public suffix of an ASCII host in lower case, of ICANN's part of the list; None when it ends in no known one.

    The list's other part ("myshopify.com") is left out: what matters here is who sells names to all the world.
    """
    last = host.rpartition(".")[2]
    if last in RESERVED:
        return last
    if host != host.strip(".") or ".." in host:
        return None
    suffix = _suffixes().publicsuffix(host)
    return suffix if isinstance(suffix, str) else None


def host_in(host: str | None, hosts: frozenset[str], registrable: str | None = None) -> bool:
    """Whether an ASCII host, or a domain that it belongs to, is in the list. `registrable`: its own, where it is known.

    An entry `amazon.*` means amazon under any public suffix: `www.amazon.co.uk`, but not `amazon.shop.example`.
    """
    if not host:
        return False
    if any(parent in hosts for parent in domains(host)):
        return True
    under_any = _under_any_suffix(hosts)
    if not under_any:
        return False
    suffix = registrable.partition(".")[2] if registrable else public_suffix(host)
    if suffix is None or suffix in RESERVED or len(suffix) >= len(host):
        return False
    return any(parent in under_any for parent in domains(host[: -len(suffix) - 1]))


@lru_cache(64)
def _under_any_suffix(hosts: frozenset[str]) -> frozenset[str]:
    """What stands before `.*` in a list."""
    return frozenset(host.removesuffix(".*") for host in hosts if host.endswith(".*"))


def domains(host: str) -> Sequence[str]:
    """An ASCII host, and each domain that it belongs to."""
    found = [host]
    at = host.find(".")
    while at >= 0:
        found.append(host[at + 1 :])
        at = host.find(".", at + 1)
    return found


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False, only_icann=True)


# A part of an address as browsers read it.
_NUMBER = regex.compile(r"0x[0-9a-f]*|[0-9]+")
# Code points that no host has; a browser refuses the address.
_FORBIDDEN = regex.compile(r"[\x00-\x20\x7f#/:<>?@\[\\\]^|%]")
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))


def _mapped(text: str) -> str:
    """Mapped as UTS 46 does: width, case, dots, invisible characters. What it forbids is left as it is."""
    if text.isascii():
        return text.lower()
    import idna

    text = _INVISIBLE.sub("", text)
    try:
        return idna.uts46_remap(text, std3_rules=False)
    except UnicodeError:
        return unicodedata.normalize("NFKC", text.translate(_DOTS)).lower()


# Format characters; joiners count only in the scripts that need them, behind the sign that leaves out a vowel.
_INVISIBLE = regex.compile(r"(?<!\p{ccc=9})[\u200c\u200d]|[\p{Cf}--[\u200c\u200d]]", regex.VERSION1)


def _to_punycode(label: str) -> str:
    """A label as it is looked up; browsers look up any letters and signs, even those that nobody may register."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _to_unicode(name: str) -> str:
    """Punycode labels decoded, where they can be."""
    if "xn--" not in name:
        return name
    import idna

    labels = []
    for label in name.split("."):
        try:
            labels.append(idna.decode(label) if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def _ipv6(written: str) -> Host | None:
    import ipaddress

    try:
        address = ipaddress.IPv6Address(written.strip("[]"))
    except ValueError:
        return None
    return Host(f"[{address.compressed}]", f"[{address.compressed}]", True)


def _ipv4(name: str) -> Host | None:
    """The IPv4 address that a browser reads: one to four parts, each decimal, octal (0…) or hexadecimal (0x…)."""
    parts = name.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) and len(part) < 20 for part in parts):
        return None
    try:
        values = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(value > 255 for value in values[:-1]) or values[-1] >= 256 ** (5 - len(values)):
        return None
    address = values[-1] + sum(value << (24 - 8 * place) for place, value in enumerate(values[:-1]))
    dotted = ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0))
    return Host(dotted, dotted, True)


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)
