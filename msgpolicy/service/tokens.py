"""Tokens: who sends one of them may ask."""

from __future__ import annotations

import hashlib
import hmac

# Characters; 16 random ones of base64 are 96 bits.
MIN_LENGTH = 16


class TokenError(Exception):
    """The tokens cannot be used; the text says why, and holds none of them."""


class Tokens:
    """The tokens in force; several at once, so that one can be replaced by another while both are in use."""

    def __init__(self, file: str | None = None, given: str = "") -> None:
        """The tokens in a file, one a line (blank lines and `#` comments aside), and those given, parted by blanks or
        commas.

        Raises:
            TokenError: the file cannot be read, holds none, or a token is too short or cannot stand in a header.
        """
        found = given.replace(",", " ").split()
        if file is not None:
            in_file = _in(file)
            if not in_file:
                raise TokenError(f"{file} holds no token")
            found += in_file
        for number, token in enumerate(found, start=1):
            if len(token) < MIN_LENGTH:
                raise TokenError(f"token {number} has fewer than {MIN_LENGTH} characters: openssl rand -base64 32")
            if not token.isascii() or not token.isprintable():
                raise TokenError(f"token {number} has characters that cannot stand in a header")
        # Digests are of one length, so that comparing tells nothing of a token's.
        self._digests = [_digest(token) for token in found]

    def __bool__(self) -> bool:
        return bool(self._digests)

    def accept(self, authorization: str | None) -> bool:
        """Whether a header `Authorization` carries one of them; without tokens, always."""
        if not self._digests:
            return True
        scheme, _, token = (authorization or "").partition(" ")
        digest = _digest(token.strip())
        known = [hmac.compare_digest(digest, other) for other in self._digests]
        return scheme.lower() == "bearer" and any(known)


def _in(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8") as stream:
            lines = [line.strip() for line in stream]
    except OSError as error:
        raise TokenError(f"the token file {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TokenError(f"the token file {file} is not text") from None
    return [line for line in lines if line and not line.startswith("#")]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
