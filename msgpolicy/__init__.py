"""msgpolicy: the linter for what a marketplace seller may write to a buyer."""

from msgpolicy._version import __version__
from msgpolicy.message import Account, Attachment, Buyer, History, Message, MessageError, Order
from msgpolicy.report import Report

__all__ = [
    "Account",
    "Attachment",
    "Buyer",
    "History",
    "Message",
    "MessageError",
    "Order",
    "Report",
    "__version__",
]
