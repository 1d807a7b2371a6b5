"""An input that cannot be used: which file, line and column, why, and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason. `line` and `column` (code points) count from 1; `path` is the field that it is about, if any."""

    why: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        """What is wrong, without place and hint."""
        return f"{self.path}: {self.why}" if self.path else self.why


class InputError(Exception):
    """An input that cannot be used, for at least one reason. `line` is where its record starts, or where it breaks."""

    def __init__(self, file: str, troubles: Sequence[Trouble], *, line: int | None = None) -> None:
        self.file = file
        self.troubles = tuple(troubles)
        self.line = line if line is not None else self.troubles[0].line
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line for each reason: `file:line:column: why (hint)`."""
        out = []
        for trouble in self.troubles:
            line = trouble.line if trouble.line is not None else self.line
            place = [self.file] + [str(number) for number in (line, trouble.column) if number is not None]
            out.append(f"{':'.join(place)}: {trouble}" + (f" ({trouble.hint})" if trouble.hint else ""))
        return out

    def to_dict(self) -> dict[str, Any]:
        """The error record of the contract; `problems` gives each reason by itself."""
        first = self.troubles[0]
        source: dict[str, Any] = {"file": self.file}
        if self.line is not None:
            source["line"] = self.line
        return {
            "schema": 1,
            "error": {
                "why": "; ".join(str(trouble) for trouble in self.troubles),
                "hint": first.hint or None,
                "problems": [
                    {
                        "path": trouble.path or None,
                        "message": trouble.why,
                        "hint": trouble.hint or None,
                        "line": trouble.line,
                        "column": trouble.column,
                    }
                    for trouble in self.troubles
                ],
            },
            "source": source,
        }


def shown_name(name: str | os.PathLike[str]) -> str:
    """A file name as text that any output can hold: bytes that are not UTF-8 become backslash escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def unusable(file: str, why: str, hint: str = "", *, line: int | None = None, column: int | None = None) -> InputError:
    """An InputError with one reason."""
    return InputError(file, [Trouble(why, hint, line, column)])
