"""Mailboxes at well-known providers without a sign: "annashop88 gmail com", "gmail: anna.shop", "anna at g mail"."""

from __future__ import annotations

from collections.abc import Iterator

from msgpolicy.facts.contacts.data import words
from msgpolicy.facts.contacts.rewording import Rewording
from msgpolicy.facts.contacts.view import ContactView
from msgpolicy.later import regex_later

_ACCOUNT = r"(?=[a-z+-]*(?:[0-9]|[._][a-z0-9]))[a-z0-9]++(?:[._+-]++[a-z0-9]++){0,5}+"
_AFTER = regex_later(rf"(?P<gap>[^A-Za-z0-9\n][^0-9\n]{{0,39}}?)(?<![A-Za-z0-9._@-])(?P<name>{_ACCOUNT})(?![\w@]|\.\w)")
_BEFORE = regex_later(
    r"(?r)(?<![\w.@-])(?P<name>[a-z0-9][a-z0-9._+-]{3,40}[a-z0-9])"
    r"(?P<gap>\s?[(\[{<,-]\s?|\s(?:(?:at|on|an|in|bei|auf|von|chez|sur|en|su|di|bij|op|na|w|på|hos|em|no|da|ở|tại|на|в)\s)?)"
)
# An ending that is written behind the provider.
_ENDING = regex_later(r"\s?(?:[.,]|[^\W\d_]{2,7}\s)?\s?(?:com|net|de|fr|es|it|nl|pl|se|ru|co|in|jp|cn|br)(?!\w)")
_WORD = regex_later(r"[^\W_]+")
# What may stand between the provider and the name of the mailbox.
_BETWEEN = words(
    """
    com is are s it under as name named user username id account address addr mail email my the our me
    unter als lautet ist heißt adresse konto nutzer benutzer sous est nom adresse compte bajo como es cuenta usuario
    dirección sotto è come utente indirizzo account onder naam adres pod jest to nazwa adres heter är kontot adressen
    é conta nome usuário endereço adı hesap hesabım hesabı adresim adresi kullanıcı di atas nama akun là tên địa chỉ
    """
)


def provider_names(view: ContactView) -> Iterator[Rewording]:
    """The name of a mailbox and its provider, joined by "@"; and providers whose names are written as they sound."""
    text = view.text
    at = 0
    for word in view.words:
        if word.tag != "provider" or word.start < at or not _STANDS_ALONE.match(text, word.start):
            continue
        at = word.end
        provider = word.detail
        if _ENDING.match(text, at):
            provider = provider.partition(".")[0]
        before = _BEFORE.match(text, max(word.start - 60, 0), word.start)
        if before and _is_account(before["name"]):
            yield Rewording(before.start("gap"), at, f"@{provider}")
            continue
        after = _AFTER.match(text, at, at + 90)
        if after and _links(after["gap"]) and (_is_account(after["name"]) or _is_number_at(word.detail, after["name"])):
            yield Rewording(word.start, after.end(), f"{after['name']}@{provider}")
        elif "." in word.detail:
            yield Rewording(word.start, at, word.detail.partition(".")[0])


# No part of an address.
_STANDS_ALONE = regex_later(r"(?<![A-Za-z0-9][._-]|[@A-Za-z0-9])")


def _is_account(name: str) -> bool:
    """Whether a word names a mailbox rather than a thing: letters, with digits or signs among them."""
    letters = sum(map(str.isalpha, name))
    return letters > 2 and not name.startswith("www.") and ("." in name or "_" in name or any(map(str.isdigit, name)))


def _links(gap: str) -> bool:
    """Whether only small words stand between; of other scripts than Latin, two words at most."""
    if any(char in gap for char in ".!?;"):
        return False
    found = _WORD.findall(gap.lower())
    foreign = [word for word in found if not word[0].isascii() and word not in _BETWEEN]
    return len(foreign) < 3 and all(word in _BETWEEN or word in foreign for word in found)


def _is_number_at(provider: str, name: str) -> bool:
    """Whether a number is the name of a mailbox, as in China."""
    return provider == "qq.com" and name.isdigit()
