"""Linters that tests share: one is immutable, and making it takes longer than most tests."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgpolicy import Linter


@cache
def linter(ruleset: str = "amazon", **options: Any) -> Linter:
    """The linter of a shipped ruleset; the options are the constructor's, as far as they can be hashed."""
    return Linter(ruleset, **options)
