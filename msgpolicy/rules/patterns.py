"""Whether a regular expression of a ruleset compiles, and whether its time stays in proportion to the text.

`(a+)+` tries every way of dividing the text between the two repeats. What is already repeated must not be repeated
again, unless the inner repeat (`a++`) or a group around it (`(?>a+)`) keeps what it took.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

MAX_PATTERN = 5_000  # code points
MAX_COUNT = 1_000
MAX_COPIES = 10_000
MAX_GROUPS = 100  # one in the other
# A counted group that is repeated more often than this may not hold a repeat that can take all of it.
_FEW = 3

_COUNT = re.compile(r"\{\s*(\d*)\s*(?:(,)\s*(\d*)\s*)?\}")
_FUZZY = re.compile(r"\{[^{}]*[eids][^{}]*\}")
_NAMED = re.compile(r"\\(?:[pPNL]\{[^{}]*\}|[gL]<[^<>]*>|.)", re.DOTALL)
_SET_CLASS = re.compile(r"\[:\^?\w+:\]")
_GROUP = re.compile(
    r"\(\?(?:"
    r"(?P<comment>\#[^)]*\))"
    r"|(?P<recursion>R\)|[0-9]+\)|&\w+\)|P>\w+\))"
    r"|(?P<backreference>P=\w+\))"
    r"|(?P<atomic>>|<?[=!]|\([^)]*\))"
    r"|P?<\w+>|\||(?P<flags>[A-Za-z0-9-]*)(?P<end>[:)])"
    r")"
)


@lru_cache(maxsize=1024)
def pattern_mistake(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern, and how to mend it; None when it can be used."""
    if len(pattern) > MAX_PATTERN:
        return f"the pattern is longer than {MAX_PATTERN:,} characters", "use a list or a concept"
    mistake = _Reader(pattern).read()
    if mistake:
        return mistake
    try:
        regex.compile(pattern, cache_pattern=False)
    except regex.error as error:
        return f"the pattern does not compile: {error}", ""
    except (RecursionError, OverflowError, ValueError) as error:
        return f"the pattern does not compile: {error}", ""
    return None


class _Group:
    """What is known of an open group: of the alternative being read, and of those before it."""

    __slots__ = ("atomic", "copies", "loose", "open", "repeats", "solid", "solid_repeats", "start")

    def __init__(self, start: int, *, atomic: bool = False) -> None:
        self.start = start
        self.atomic = atomic  # takes its text once and keeps it
        self.copies = 1  # how often the most repeated part inside is written out
        self.open = False  # holds a repeat without end that may give text back
        self.loose = False  # an alternative is a repeat that may give text back and nothing else that must be there
        self.repeats = self.solid = self.solid_repeats = 0  # of this alternative

    def end_alternative(self) -> None:
        # The repeat itself may be what has to be there; anything besides separates the rounds.
        self.loose |= self.repeats > 0 and self.solid - min(self.solid_repeats, 1) <= 0
        self.repeats = self.solid = self.solid_repeats = 0


class _Reader:
    """Reads a pattern from left to right; what is not well formed is left to the compiler."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = [_Group(0)]
        self.verbose = False

    def read(self) -> tuple[str, str] | None:
        pattern = self.pattern
        while self.at < len(pattern):
            start = self.at
            char = pattern[start]
            if self.verbose and (char.isspace() or char == "#"):
                end = pattern.find("\n", start) if char == "#" else start
                self.at = len(pattern) if end < 0 else end + 1
                continue
            atom = _Group(start)  # a single character: nothing inside
            if char == "(":
                mistake = self.open_group()
                if mistake:
                    return mistake
                if len(self.groups) > MAX_GROUPS:
                    return f"the pattern has more than {MAX_GROUPS} groups in each other", ""
                continue
            if char == "|":
                self.groups[-1].end_alternative()
                self.at += 1
                continue
            if char == ")":
                self.at += 1
                if len(self.groups) == 1:
                    return None
                atom = self.groups.pop()
                atom.end_alternative()
                if atom.atomic:
                    atom.open = atom.loose = False
            elif char == "[":
                self.skip_set()
            elif char == "\\":
                found = _NAMED.match(pattern, start)
                self.at = found.end() if found else len(pattern)
            else:
                self.at += 1
            mistake = self.quantified(atom)
            if mistake:
                return mistake
        return None

    def open_group(self) -> tuple[str, str] | None:
        found = _GROUP.match(self.pattern, self.at)
        if found is None:
            self.groups.append(_Group(self.at))
            self.at += 1
            return None
        start, self.at = self.at, found.end()
        if found["recursion"]:
            return "the pattern calls itself", "recursion is not used here"
        if found["comment"] or found["backreference"]:
            return None
        flags = found["flags"] or ""
        if "x" in flags.partition("-")[0]:
            self.verbose = True
        if found["end"] != ")":
            self.groups.append(_Group(start, atomic=bool(found["atomic"])))
        return None

    def skip_set(self) -> None:
        """To the end of a set; in the newer syntax (V1) sets may stand in sets."""
        nested = "V1" in self.pattern
        depth = 0
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            posix = _SET_CLASS.match(self.pattern, self.at)
            if posix and depth:
                self.at = posix.end()
                continue
            self.at += 2 if char == "\\" else 1
            if char == "[" and (nested or depth == 0):
                depth += 1
                if self.pattern.startswith("^", self.at):
                    self.at += 1
                if self.pattern.startswith("]", self.at):
                    self.at += 1
            elif char == "]":
                depth -= 1
                if depth == 0:
                    return

    def quantified(self, atom: _Group) -> tuple[str, str] | None:
        """Takes the quantifier after an atom, and books both in the group around."""
        low, high, keeps = self.quantifier()
        around = self.groups[-1]
        text = self.pattern[atom.start : self.at]
        shown = " ".join((text if len(text) <= 60 else text[:60] + "…").split("\n"))
        if _FUZZY.match(self.pattern, self.at):
            return f"'{shown}' is matched approximately", "approximate matching is not used here"
        if max(low, high or 0) > MAX_COUNT:
            return f"'{shown}' is repeated more than {MAX_COUNT:,} times", "write a smaller count"
        copies = atom.copies * max(low, high or 0, 1)
        if copies > MAX_COPIES:
            return f"'{shown}' is repeated more than {MAX_COPIES:,} times in all", "write smaller counts"
        around.copies = max(around.copies, copies)
        endless = high is None
        many = endless or (high or 0) > _FEW
        if not keeps and ((endless and atom.open) or (many and atom.loose)):
            hint = "make the inner repeat possessive, such as \\w++, or write the repeat once"
            return f"'{shown}' repeats what is already repeated", hint
        around.open |= not keeps and (endless or atom.open)
        if not keeps and (endless or atom.open or (high or 0) > max(low, 1)):
            around.repeats += 1
            around.solid_repeats += low > 0
        around.solid += low > 0
        return None

    def quantifier(self) -> tuple[int, int | None, bool]:
        """Fewest and most repeats (None: no end) of what was just read, and whether they keep their text."""
        rest = self.pattern[self.at : self.at + 1]
        bounds: tuple[int, int | None] = (1, 1)
        if rest and rest in "*+?":
            bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}[rest]
            self.at += 1
        elif (found := _COUNT.match(self.pattern, self.at)) and (found[1] or found[3]):
            low = int(found[1][:9] or 0)
            high = low if not found[2] else int(found[3][:9]) if found[3] else None
            bounds = (low, high)
            self.at = found.end()
        else:
            return 1, 1, False
        suffix = self.pattern[self.at : self.at + 1]
        if suffix and suffix in "+?":
            self.at += 1
        return *bounds, suffix == "+"
