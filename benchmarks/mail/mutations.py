"""Mails with damage: as lines, gateways and people who test filters do it."""

from __future__ import annotations

from random import Random

_TELLING = (
    b"<",
    b">",
    b"\r\n",
    b"\n\n",
    b"=",
    b"&",
    b'"',
    b"--",
    b"\0",
    b"\xff",
    b"{",
    b"}",
    b"/*",
    b"<!--",
    b"</",
    b";",
    b"\xf0\x9f",
)


def mutated(random: Random, data: bytes, other: bytes) -> bytes:
    """`data` with some damage done to it; `other` is a mail that pieces may be taken from."""
    for _ in range(random.choice((1, 1, 2, 5))):
        data = random.choice(_WAYS)(random, data, other)
    return data


def _at(random: Random, data: bytes) -> int:
    return random.randrange(len(data) + 1)


def _flipped(random: Random, data: bytes, _other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 20, 400)) if data else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(random: Random, data: bytes, _other: bytes) -> bytes:
    return data[: _at(random, data)]


def _holed(random: Random, data: bytes, _other: bytes) -> bytes:
    start = _at(random, data)
    return data[:start] + data[start + random.choice((1, 30, 3_000)) :]


def _repeated(random: Random, data: bytes, _other: bytes) -> bytes:
    start = _at(random, data)
    piece = data[start : start + random.choice((5, 50, 500))]
    return data[:start] + piece * random.choice((2, 20, 200)) + data[start:]


def _spliced(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: _at(random, data)] + other[_at(random, other) :]


def _sprinkled(random: Random, data: bytes, _other: bytes) -> bytes:
    for _ in range(random.choice((1, 10, 50))):
        start = _at(random, data)
        data = data[:start] + random.choice(_TELLING) + data[start:]
    return data


def _replaced(random: Random, data: bytes, _other: bytes) -> bytes:
    return data.replace(random.choice(_TELLING), random.choice(_TELLING), random.choice((1, 10, 100)))


_WAYS = (_flipped, _cut, _holed, _repeated, _spliced, _sprinkled, _replaced)
