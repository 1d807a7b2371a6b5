"""One function to call before anything is sent, for programs that fit none of the other hooks."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message as Mail
from functools import cache
from typing import Any

from msgpolicy.hooks.decision import Decision
from msgpolicy.hooks.gate import Gate
from msgpolicy.message import Message


@cache
def shared_gate() -> Gate:
    """The gate of hooks that were given none, made when first asked for: by MSGPOLICY_GATE, or else the defaults.

    Raises:
        GateSettingsError: the settings cannot be used.
        RulesetError: the ruleset cannot be used.
    """
    return Gate()


def before_sending(
    message: Message | Mapping[str, Any] | bytes | Mail,
    *,
    gate: Gate | None = None,
    context: Mapping[str, Any] | None = None,
    send_anyway: str | None = None,
    by: str | None = None,
) -> Decision:
    """Returns only where the message may be sent; call it in the line before the one that sends.

    Args:
        message: a record (also as plain data), or a mail.
        gate: the one to ask; by default one for the whole process.
        context: facts that a mail cannot carry, shaped like a record (mails only).
        send_anyway: why it is to be sent whatever is decided; counts where the settings allow it.
        by: who says so.

    Raises:
        HeldError: the message is to wait for a person.
        RefusedError: the message is not to be sent.
        MessageError: the plain data are no message record.
    """
    if isinstance(message, Mapping):
        message = Message.from_dict(message)
    return (gate or shared_gate()).require(message, context=context, send_anyway=send_anyway, by=by)
