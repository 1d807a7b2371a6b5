"""What rules across messages need to know of one message, so that its body is read once (see docs/contract.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

import regex

from msgpolicy.facts.facts import Facts
from msgpolicy.facts.views import fold_phrase
from msgpolicy.message import Message
from msgpolicy.report import Signals

# Concepts whose names are part of the contract between lexicons and signals.
REVIEW_REQUEST = "ask-review"
STOP_REQUEST = "stop-request"

# Hexadecimal digits of the fingerprints; of different lengths, so that one cannot be mistaken for the other.
TEMPLATE_DIGITS, TEXT_DIGITS = 16, 24

# What differs between messages made from one template: addresses, numbers, and anything with a digit in it.
_VARIABLE = re.compile(r"(?<![^ \n])[^ \n\d@]*+[\d@][^ \n]*+")
_WORDS = regex.compile(r"[\p{L}\p{M}]++")


def read_signals(facts: Facts, concepts: Container[str]) -> Signals:
    """The signals of a message; None where the ruleset has no such concept."""
    return Signals(
        review_request=_asks(facts, REVIEW_REQUEST) if REVIEW_REQUEST in concepts else None,
        stop_request=_is_buyers(facts) and _asks(facts, STOP_REQUEST) if STOP_REQUEST in concepts else None,
        template=_template(facts),
        text=text_fingerprint(facts.message),
    )


def text_fingerprint(message: Message) -> str:
    """The fingerprint of exactly this message: its subject, text and HTML, and names and bytes of its attachments.

    Only line ends and the white space around a part do not count, for they change between a file and a mail.
    """
    digest = hashlib.sha256()
    for part in (message.subject, message.text, message.html):
        written = "" if part is None else part.replace("\r\n", "\n").replace("\r", "\n").strip()
        _add(digest, written.encode("utf-8", "surrogatepass"))
    for attachment in message.attachments or ():
        _add(digest, (attachment.filename or "").encode("utf-8", "surrogatepass"))
        _add(digest, b"" if attachment.content is None else hashlib.sha256(attachment.content).digest())
        _add(digest, str(attachment.byte_count).encode())
    return digest.hexdigest()[:TEXT_DIGITS]


def _add(digest: hashlib._Hash, data: bytes) -> None:
    """With its length, so that what stands in one part cannot be taken for another."""
    digest.update(len(data).to_bytes(8, "big"))
    digest.update(data)


def _is_buyers(facts: Facts) -> bool:
    """Whether a buyer wrote it: nobody else asks not to be written to."""
    return facts.message.direction == "buyer_to_seller"


def _asks(facts: Facts, concept: str) -> bool:
    bodies = ("text", "html")
    others = (item for item in facts.readings if item.reading.shown != "visible" or item.reading.part not in bodies)
    return any(reading.hits(concept) for reading in (*facts.own_bodies, *others))


def _template(facts: Facts) -> str | None:
    """A hash of the visible words without quotes, names, numbers and addresses; equal for messages of one template."""
    names = set(_words(fold_phrase(facts.lookup("buyer.name") or "")))
    for body in facts.own_bodies:
        words = [word for word in _words(body.view.text) if word not in names]
        if words:
            return hashlib.sha256(" ".join(words).encode()).hexdigest()[:TEMPLATE_DIGITS]
    return None


def _words(folded: str) -> list[str]:
    """The words of a text in the phrase view that all messages of one template have."""
    return _WORDS.findall(_VARIABLE.sub(" ", folded))
