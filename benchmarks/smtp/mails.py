"""Mails to a relay address, each from its number: clean ones of about 5 KB, and some that break the policy."""

from __future__ import annotations

from random import Random

RECIPIENT = b"a1b2c3d4e5f6g7h@marketplace.amazon.de"
_THINGS = ("kettle", "lamp", "chair", "tent", "drill", "saddle", "mixer", "clock", "rug", "shelf", "violin", "scale")
_PARTS = ("lid", "cable", "left leg", "handle", "battery cover", "third screw", "filter", "cushion", "bracket", "strap")
_SENTENCES = (
    "Thank you for your question about the {part} of the {thing}; we have looked at it for you.",
    "We are sorry that the {part} of the {thing} was missing in the parcel.",
    "The {part} of the {thing} can be cleaned with warm water and a soft cloth.",
    "You do not need to send the {thing} back; the {part} alone is replaced.",
    "The manual describes on page {number} how the {part} is put on.",
    "Before you mount the {part}, please take the {thing} off the wall.",
    "Our workshop has tested the {thing} for {number} hours without finding a fault.",
    "The {part} has to be turned {number} times until it sits firmly.",
    "If the {thing} makes a noise, the {part} is usually not tightened enough.",
    "The {thing} with its {part} weighs about {number} kilograms.",
    "The colour of the {part} may differ a little from the one of the {thing}.",
    "The {thing} can be used with or without the {part}.",
)


def violates(number: int) -> bool:
    """Whether a mail is made to break the policy: one in ten."""
    return number % 10 == 7


def mail(number: int, size: int = 5_000) -> bytes:
    """A mail as it goes over the wire, without its end; no two are alike."""
    random = Random(number)
    lines: list[str] = []
    length = 0
    while length < size:
        line = random.choice(_SENTENCES).format(
            thing=random.choice(_THINGS), part=random.choice(_PARTS), number=random.randrange(2, 28)
        )
        lines.append(line)
        length += len(line) + 2
    if violates(number):
        lines.insert(random.randrange(len(lines)), "Please call us at +1 206 555 0100 instead.")
    lines.append("..a line with a dot" if number % 3 else "")
    header = (
        f"From: service@shop.example\r\nTo: {RECIPIENT.decode()}\r\nMessage-ID: <{number}@shop.example>\r\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nSubject: Your order 305-1234567-1234567\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (header + "\r\n".join(lines) + "\r\n").encode()
