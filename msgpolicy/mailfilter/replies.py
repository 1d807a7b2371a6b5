"""What a mail server is told of a decision: one line, which may end up in anybody's log or bounce."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from msgpolicy.hooks import Decision

# Bytes of a reply with its line end (RFC 5321, 4.5.3.1.5).
MAX_REPLY = 512


class Reply(NamedTuple):
    """A code, an enhanced status, and a text without line ends."""

    code: int
    status: str
    text: str

    def line(self) -> bytes:
        """As it goes over the wire, without the line end; cut where it is longer than a reply may be."""
        line = f"{self.code} {self.status} {self.text}".encode("utf-8", "replace")[: MAX_REPLY - 2]
        return line.decode("utf-8", "ignore").encode()


def reply_to(decision: Decision, utf8: bool = False) -> Reply | None:
    """What to say of a mail that is not to be sent; None where it is.

    A permanent refusal is said only of a mail that was judged: where msgpolicy failed it is temporary, whatever the
    settings say of failures (other than to send).

    Args:
        utf8: whether whoever reads it takes UTF-8 (SMTPUTF8); else it is ASCII.
    """
    if decision.action == "send":
        return None
    if decision.action == "refuse" and decision.judged == "refuse" and decision.reasons:
        return Reply(550, "5.7.1", one_line(f"refused by msgpolicy: {_why(decision)}", utf8))
    if decision.action == "hold" and decision.reasons:
        return Reply(450, "4.7.1", one_line(f"held by msgpolicy: {_why(decision)}", utf8))
    return Reply(
        451, "4.7.1", one_line(f"msgpolicy could not judge the mail: {decision.failure}, try again later", utf8)
    )


def rules_of(decision: Decision) -> str:
    """The rules that decided, or what failed, as a header may carry it."""
    return one_line(", ".join(decision.rules) or decision.failure or "", utf8=False)[:400]


def _why(decision: Decision) -> str:
    """Rules, and the first suggestion; where there is none, why there was no judgement."""
    rules = rules_of(decision) if decision.rules != ("*",) else ""
    suggestion = next((reason.suggestion for reason in decision.reasons if reason.suggestion), "")
    said = suggestion or next((reason.why for reason in decision.reasons if reason.why.startswith("not judged")), "")
    return ": ".join(part for part in (rules, said) if part)


def one_line(text: str, utf8: bool) -> str:
    """A text that cannot end a line, begin a header or act on a terminal; in ASCII unless `utf8`."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if utf8 or text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).encode("ascii", "replace").decode()
