"""What is wrong with a ruleset: every mistake of all its files at once, each with file, line, column and a caret."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from msgpolicy.rules.located import File, Node, find, setting_name
from msgpolicy.typed import Path, Problem

MAX_PROBLEMS = 1000
_WIDTH = 160  # of a shown source line, in code points
_WORDS = {"object": "a mapping", "array": "a list", "str": "a text", "null": "nothing", "int": "a whole number"}
_WORDS |= {"float": "a number", "bool": "true or false"}

# What is said of a key is shown at the key, and names it.
_OF_KEYS = ("unknown key", "unknown comparison")


class RulesetProblem(msgspec.Struct, frozen=True):
    """One mistake. Lines and columns count from 1; None where it stands in no file (a setting given by the caller).

    `excerpt_line` is the source line, shortened around the mistake, and `caret` the offset in it.
    """

    file: str
    line: int | None
    column: int | None
    message: str
    hint: str = ""
    excerpt_line: str = ""
    caret: int = 0

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")
        if self.excerpt_line.strip():
            text += f"\n    {self.excerpt_line}\n    {_blank(self.excerpt_line[: self.caret])}^"
        return text


class RulesetError(ValueError):
    """A ruleset that cannot be used. `problems` lists every mistake of all its files."""

    def __init__(self, problems: Iterable[RulesetProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.problems,))


class SettingError(RulesetError):
    """The ruleset is sound, but a setting that the caller gave is not."""


class Problems:
    """Collects mistakes; the same one is kept once, however often it is met."""

    def __init__(self) -> None:
        # Where the value of each setting stands; None for one that the caller gave, whose mistakes are in `given`.
        self.values: dict[str, Node | None] = {}
        self.given: Problems | None = None
        # What is no mistake, but does nothing; collected only where somebody asks for it.
        self.idle: Problems | None = None
        self._found: dict[tuple[str, int, str], RulesetProblem] = {}
        self._files: dict[str, int] = {}
        self._left_out = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found) + self._left_out

    def at(self, node: Node, message: str, hint: str = "") -> None:
        """A mistake at the start of a node."""
        self.report(node.file, node.index, message, hint)

    def at_path(self, node: Node, path: Path, message: str, hint: str = "", *, on_key: bool = False) -> None:
        """A mistake in the data of `node`, or where another file, or the caller, gave the setting it stands for."""
        place = find(node, path, on_key=on_key)
        name = setting_name(place)
        value = self.values.get(name.value or "") if name else None
        if name is None or name.value not in self.values or (value and value.file is place.file):
            self.at(place, message, hint)
        elif value is not None:
            # What the setting's name stands for continues the path.
            steps = next(index for index in range(len(path) + 1) if find(node, path[:index]) is place)
            self.at(find(value, path[steps:], on_key=on_key), message, hint)
        elif self.given is not None:
            self.given.outside(f"setting {name.value}", message, hint)

    def report(self, file: File, index: int, message: str, hint: str = "") -> None:
        """A mistake at a code point of a file."""
        key = (file.path, index, message)
        if key in self._found:
            return
        if len(self._found) >= MAX_PROBLEMS:
            self._left_out += 1
            return
        line, column = file.place(index)
        excerpt, caret = _excerpt(file.line(line), column - 1)
        self._files.setdefault(file.path, len(self._files))
        self._found[key] = RulesetProblem(file.path, line, column, message, hint, excerpt, caret)

    def of(self, node: Node, problems: Iterable[Problem], prefix: Path = ()) -> None:
        """Mistakes that typed records or conditions found in the data of `node`."""
        for problem in problems:
            last = problem.path[-1] if problem.path else None
            on_key = problem.message in _OF_KEYS or problem.message.startswith(f"{last!r} ")
            named = f"{problem.message} {last!r}" if problem.message in _OF_KEYS else problem.message
            hint = problem.hint or ("write it as 2026-11-01" if "date" in named.split() else "")
            self.at_path(node, (*prefix, *problem.path), _in_words(named), hint, on_key=on_key)

    def add(self, others: Problems) -> None:
        """Mistakes that were collected elsewhere."""
        for key, problem in others._found.items():
            if len(self._found) < MAX_PROBLEMS:
                self._files.setdefault(problem.file, len(self._files))
                self._found.setdefault(key, problem)
            elif key not in self._found:
                self._left_out += 1
        self._left_out += others._left_out

    def note_idle(self, node: Node, message: str, hint: str = "") -> None:
        """Something at a node that has no effect, for who asks for it."""
        if self.idle is not None:
            self.idle.at(node, message, hint)

    def outside(self, where: str, message: str, hint: str = "") -> None:
        """A mistake that stands in no file."""
        self._files.setdefault(where, len(self._files))
        self._found.setdefault((where, -1, message), RulesetProblem(where, None, None, message, hint))

    def sorted(self) -> list[RulesetProblem]:
        """All of them, file by file in the order in which the files were met, from top to bottom."""
        found = sorted(self._found.values(), key=lambda p: (self._files[p.file], p.line or 0, p.column or 0))
        if self._left_out:
            found.append(RulesetProblem("and more", None, None, f"{self._left_out} further mistakes are not shown"))
        return found


def _in_words(message: str) -> str:
    """msgspec's words for types, as people who write YAML say them."""
    missing = re.fullmatch(r"object missing required field (\w+)", message)
    if missing:
        return f"the key {missing[1]!r} is missing"
    found = re.fullmatch(r"expected (.+), got (\w+)", message)
    if not found:
        return message
    wanted = " or ".join(dict.fromkeys(_WORDS.get(word, word) for word in found[1].split(" | ")))
    return f"expected {wanted}, got {_WORDS.get(found[2], found[2])}"


def _excerpt(line: str, offset: int) -> tuple[str, int]:
    """At most _WIDTH code points of a line around an offset, safe to print, and the offset within."""
    start = 0 if len(line) <= _WIDTH or offset < _WIDTH // 2 else offset - _WIDTH // 2
    shown = "".join(char if char.isprintable() or char == "\t" else "·" for char in line[start : start + _WIDTH])
    return shown, min(offset - start, len(shown))


def _blank(text: str) -> str:
    """White space as wide as `text` on a terminal."""
    return "".join(_blank_for(char) for char in text)


def _blank_for(char: str) -> str:
    if char == "\t":
        return "\t"
    if unicodedata.combining(char):
        return ""
    return "  " if unicodedata.east_asian_width(char) in "WF" else " "
