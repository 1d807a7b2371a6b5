"""Suppressions: a file of exceptions that people decided on, each with a reason, an author and an end."""

from msgpolicy.suppressions.apply import Notice, Suppression, Suppressions
from msgpolicy.suppressions.load import SuppressionsError, load_suppressions

__all__ = ["Notice", "Suppression", "Suppressions", "SuppressionsError", "load_suppressions"]
