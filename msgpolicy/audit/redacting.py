"""Keyed hashes in place of ids and addresses: whoever has the key can join and look up, nobody else can guess them."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile

from msgpolicy.inputs.errors import shown_name, unusable

KEY_NAME = "redaction.key"
KEY_BYTES = 32
_LEAST_KEY_BYTES = 16
# Hexadecimal digits: of a billion values, the odds that any two get the same hash are below one in a million.
_DIGITS = 20
_ID_DIGITS = 8

# What makes a path private.
_PRIVATE = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)")


class Pseudonyms:
    """What stands for private values in the tables: their keyed hash; without a key, they themselves."""

    def __init__(self, key: bytes | None) -> None:
        self._key = key

    @property
    def shown(self) -> bool:
        """Whether private values are shown as they are."""
        return self._key is None

    def message(self, value: str | None) -> str | None:
        """Of a message's or a thread's id; angle brackets do not count."""
        return self._of("message", value.strip("<>") if value else None)

    def order(self, value: str | None) -> str | None:
        """Of an order's id."""
        return self._of("order", value)

    def person(self, value: str | None) -> str | None:
        """Of a buyer's id, or of an address of anybody; case does not count."""
        return self._of("person", value.casefold() if value and self._key else value)

    def path(self, name: str) -> str:
        """A path in which addresses and order ids are hashes, so that different files stay different."""
        if self._key is None:
            return name
        return _PRIVATE.sub(lambda match: "~" + str(self._of("path", match.group())), name)

    def _of(self, what: str, value: str | None) -> str | None:
        if not value or self._key is None:
            return value or None
        return hmac.digest(self._key, f"{what}:{value}".encode("utf-8", "surrogatepass"), "sha256").hex()[:_DIGITS]


def key_id(key: bytes) -> str:
    """A name of the key, which tells nothing of it."""
    return hashlib.sha256(b"msgpolicy redaction key\0" + key).hexdigest()[:_ID_DIGITS]


def read_key(path: str) -> bytes:
    """The key in a file: its bytes, without white space at the ends.

    Raises:
        InputError: there is none, or it is too short to be one.
    """
    try:
        with open(path, "rb") as stream:
            key = stream.read(1024 * 1024).strip()
    except OSError as error:
        raise unusable(shown_name(path), f"the key cannot be read: {error.strerror}") from None
    if len(key) < _LEAST_KEY_BYTES:
        why = f"the key has {len(key)} bytes, and at least {_LEAST_KEY_BYTES} are needed"
        raise unusable(shown_name(path), why, "make one: python -c 'import secrets; print(secrets.token_hex(32))'")
    return key


def own_key(folder: str) -> bytes:
    """The key in the folder of an audit; made, for its owner only to read (mode 0600), if there is none.

    Raises:
        InputError: there is one that cannot be used.
        OSError: it cannot be written.
    """
    path = os.path.join(folder, KEY_NAME)
    if not os.path.exists(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{KEY_NAME}.", suffix=".tmp", dir=folder)  # mode 0600
        with open(handle, "wb") as stream:
            stream.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
        os.replace(temporary, path)
    return read_key(path)
