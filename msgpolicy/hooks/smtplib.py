"""`smtplib.SMTP` and `smtplib.SMTP_SSL` that ask before they send: replace the import, keep the code.

Mail to relay addresses is judged in `sendmail` and `send_message`; other mail is sent as ever. What is not sent raises
errors that are `smtplib.SMTPDataError` too, with a code of the kind that a mail server would give.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from email.message import Message as Mail
from typing import Any

from msgpolicy.hooks.decision import Decision, HeldError, RefusedError
from msgpolicy.hooks.gate import Gate
from msgpolicy.hooks.plain import shared_gate


class SMTPRefusedError(RefusedError, smtplib.SMTPDataError):
    """The message breaks the policy: 550 5.7.1. Nothing was said to the server."""

    def __init__(self, decision: Decision) -> None:
        smtplib.SMTPDataError.__init__(self, 550, f"5.7.1 {', '.join(decision.rules) or decision.failure}")
        RefusedError.__init__(self, decision)


class SMTPHeldError(HeldError, smtplib.SMTPDataError):
    """The message waits for a person: 450 4.7.1. Nothing was said to the server."""

    def __init__(self, decision: Decision) -> None:
        smtplib.SMTPDataError.__init__(self, 450, f"4.7.1 {', '.join(decision.rules) or decision.failure}")
        HeldError.__init__(self, decision)


class _Judged(smtplib.SMTP):
    """What both classes add."""

    def __init__(self, *args: Any, gate: Gate | None = None, **kwargs: Any) -> None:
        """Like the class of the standard library.

        Args:
            gate: the one to ask; by default one for the whole process.
        """
        self._gate = gate or shared_gate()
        self._asked: dict[str, Any] = {}
        super().__init__(*args, **kwargs)

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
        *,
        context: Mapping[str, Any] | None = None,
        send_anyway: str | None = None,
        by: str | None = None,
    ) -> dict[str, tuple[int, bytes]]:
        """Like `smtplib.SMTP.sendmail`; the rest as in `Gate.decide`.

        Raises:
            SMTPHeldError: the message is to wait for a person.
            SMTPRefusedError: the message is not to be sent.
        """
        recipients = [to_addrs] if isinstance(to_addrs, str) else list(to_addrs)
        judged = [address for address in recipients if self._gate.is_judged([address])]
        if judged:
            asked = self._asked or {"context": context, "send_anyway": send_anyway, "by": by}
            # Who gets it is said by the call, not by the header.
            facts = {"recipient": judged[0], **(asked["context"] or {})}
            data = msg.encode("ascii") if isinstance(msg, str) else bytes(msg)
            decision = self._gate.decide(data, hook="smtplib", **{**asked, "context": facts})
            if decision.action == "hold":
                raise SMTPHeldError(decision)
            if decision.action == "refuse":
                raise SMTPRefusedError(decision)
        return super().sendmail(from_addr, recipients, msg, mail_options, rcpt_options)

    def send_message(
        self,
        msg: Mail,
        from_addr: str | None = None,
        to_addrs: str | Sequence[str] | None = None,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
        *,
        context: Mapping[str, Any] | None = None,
        send_anyway: str | None = None,
        by: str | None = None,
    ) -> dict[str, tuple[int, bytes]]:
        """Like `smtplib.SMTP.send_message`, which hands on to `sendmail`; the rest as in `Gate.decide`.

        Raises:
            SMTPHeldError: the message is to wait for a person.
            SMTPRefusedError: the message is not to be sent.
        """
        self._asked = {"context": context, "send_anyway": send_anyway, "by": by}
        try:
            return super().send_message(msg, from_addr, to_addrs, mail_options, rcpt_options)
        finally:
            self._asked = {}


class SMTP(_Judged):
    """`smtplib.SMTP` behind a gate."""


class SMTP_SSL(_Judged, smtplib.SMTP_SSL):  # noqa: N801, the name that it stands in for
    """`smtplib.SMTP_SSL` behind a gate."""
