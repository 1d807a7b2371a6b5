"""msgpolicy: the linter for what a marketplace seller may write to a buyer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgpolicy._version import __version__

if TYPE_CHECKING:
    from msgpolicy.fixing import FixError
    from msgpolicy.linter import Linter
    from msgpolicy.message import Account, Attachment, Buyer, History, Message, MessageError, Order
    from msgpolicy.report import Edit, Fix, Location, NotEvaluated, Receipt, Report, Signals, Violation
    from msgpolicy.rules import RulesetError, load_ruleset

__all__ = [
    "Account",
    "Attachment",
    "Buyer",
    "Edit",
    "Excuse",
    "Fix",
    "FixError",
    "History",
    "Linter",
    "Location",
    "Message",
    "MessageError",
    "NotEvaluated",
    "Order",
    "Receipt",
    "Report",
    "RulesetError",
    "Signals",
    "Suppressions",
    "Violation",
    "__version__",
    "load_ruleset",
    "load_suppressions",
]

# Loaded when first asked for, so that `import msgpolicy` and `msgpolicy --help` stay light.
_HOME = {
    "msgpolicy.fixing": ("FixError",),
    "msgpolicy.linter": ("Linter",),
    "msgpolicy.message": ("Account", "Attachment", "Buyer", "History", "Message", "MessageError", "Order"),
    "msgpolicy.report": ("Edit", "Fix", "Location", "NotEvaluated", "Receipt", "Report", "Signals", "Violation"),
    "msgpolicy.rules": ("RulesetError", "load_ruleset"),
    "msgpolicy.suppressions": ("Suppressions", "load_suppressions"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOME.items():
        if name in names:
            value = globals()[name] = getattr(import_module(module), name)
            return value
    raise AttributeError(f"module 'msgpolicy' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
