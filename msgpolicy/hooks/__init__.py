"""In front of the send button: what asks msgpolicy before a message leaves."""

from msgpolicy.hooks.decision import Decision, HeldError, NotSentError, Override, Reason, RefusedError
from msgpolicy.hooks.gate import Gate
from msgpolicy.hooks.plain import before_sending
from msgpolicy.hooks.settings import Action, GateSettings, GateSettingsError

__all__ = [
    "Action",
    "Decision",
    "Gate",
    "GateSettings",
    "GateSettingsError",
    "HeldError",
    "NotSentError",
    "Override",
    "Reason",
    "RefusedError",
    "before_sending",
]
