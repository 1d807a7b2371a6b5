"""Patterns that are compiled when they are first used.

There are hundreds, a message needs a few dozen, and compiling one takes up to 20 ms: a quarter of the time in which a
process comes to its first verdict went into patterns that it never used. `regex_later` and `re_later` are for patterns
at the top of a module; what they give is used like a compiled pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

import regex


def regex_later(pattern: AnyStr, flags: int = 0) -> regex.Pattern[AnyStr]:
    """`regex.compile`, when the pattern is first used; a mistake in it shows only then."""
    return cast("regex.Pattern[AnyStr]", _Later(regex.compile, pattern, flags))


def re_later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, when the pattern is first used; a mistake in it shows only then."""
    return cast("re.Pattern[AnyStr]", _Later(re.compile, pattern, flags))


class _Later:
    """Stands for a pattern. Each of its methods is looked up once, then it is as fast as the pattern's own."""

    def __init__(self, compile_: Callable[[Any, int], Any], pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._compile = compile_
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":  # two threads may both make it, and either is good
            value = self._compile(self.pattern, self._flags)
        else:
            value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value
