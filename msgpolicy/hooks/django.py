"""A Django e-mail backend that asks before it sends, and leaves the sending to another backend.

EMAIL_BACKEND = "msgpolicy.hooks.django.EmailBackend"
MSGPOLICY = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "GATE": "/etc/msgpolicy/gate.toml"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from msgpolicy.hooks.decision import Decision, sent_or_raise
from msgpolicy.hooks.gate import Gate
from msgpolicy.hooks.plain import shared_gate
from msgpolicy.typed import nearest

# The keys of the setting MSGPOLICY; docs/hooks-django.md tells what each is.
KEYS = ("BACKEND", "GATE", "CONTEXT", "HOLD")
DEFAULT_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def gate() -> Gate:
    """The gate of this process, for views and commands that switch dry run or reload."""
    given = _options().get("GATE")
    if given is None:
        return shared_gate()
    if isinstance(given, Gate):
        return given
    return _gate_of_file(str(given)) if isinstance(given, str | Path) else _gate_of(msgspec.json.encode(given))


@lru_cache(8)
def _gate_of_file(path: str) -> Gate:
    return Gate(path)


@lru_cache(8)
def _gate_of(settings_json: bytes) -> Gate:
    return Gate(msgspec.json.decode(settings_json))


class EmailBackend(BaseEmailBackend):  # type: ignore[misc]
    """Judges mail to relay addresses; other mail is handed on as it is.

    Of one call nothing is sent if one of its messages may not leave, so that a call that is repeated sends nothing
    twice. With `fail_silently`, which tells nobody, what may leave does.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        options = _options()
        self.wrapped = get_connection(options.get("BACKEND", DEFAULT_BACKEND), fail_silently=fail_silently, **kwargs)
        self._context = _function(options.get("CONTEXT"))
        self._hold = _function(options.get("HOLD"))

    def open(self) -> bool | None:
        """Opens the connection of the backend that sends."""
        opened: bool | None = self.wrapped.open()
        return opened

    def close(self) -> None:
        """Closes the connection of the backend that sends."""
        self.wrapped.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many messages were sent. A message that HOLD has taken is not counted, and no error.

        Raises:
            HeldError: a message is to wait for a person, and no HOLD takes it (not with `fail_silently`).
            RefusedError: a message is not to be sent (not with `fail_silently`).
        """
        messages = list(email_messages)
        decisions = [self._decide(message) for message in messages]
        if not self.fail_silently:
            for decision in decisions:
                if decision is not None and not (decision.action == "hold" and self._hold):
                    sent_or_raise(decision)
        leaving = []
        for message, decision in zip(messages, decisions, strict=True):
            if decision is None or decision.action == "send":
                leaving.append(message)
            elif decision.action == "hold" and self._hold:
                self._hold(message, decision)
        return (self.wrapped.send_messages(leaving) or 0) if leaving else 0

    def _decide(self, message: EmailMessage) -> Decision | None:
        """The decision; None where the message is none of the gate's business."""
        asked = gate()
        judged = [address for address in message.recipients() if asked.is_judged([address])]
        if not judged:
            return None
        known: Mapping[str, Any] = (self._context(message) if self._context else None) or {}
        return asked.decide(
            message.message(),
            context={"recipient": judged[0], **known},
            send_anyway=getattr(message, "send_anyway", None),
            by=getattr(message, "send_anyway_by", None),
            hook="django",
        )


def _options() -> Mapping[str, Any]:
    options: Mapping[str, Any] = getattr(settings, "MSGPOLICY", None) or {}
    for name in options:
        if name not in KEYS:
            raise ImproperlyConfigured(f"MSGPOLICY has no key {name!r} ({nearest(str(name), KEYS)})")
    return options


def _function(given: Any) -> Any:
    return import_string(given) if isinstance(given, str) else given
