"""Programs and markup without a name or a first line that tells: by lines that only they have.

A guess from two kinds of such lines at least; for files whose name says nothing of a text.
"""

from __future__ import annotations

import regex

__all__ = ["source_kind"]

# Lines, and code points of each, that are looked at.
_LINES = 400
_LINE = 200

# For each kind, lines of different sorts. What one sort matches counts once.
_SORTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "text/x-php",
        (r"<\?php\b", r"\$\w+\s*+=.*+;$", r"(?:public |private )?+function \w+\(.*+\)"),
    ),
    (
        "text/x-python",
        (
            r"(?:from [\w.]++ import [\w*(][\w, ()]*+|import [\w.]++(?: as \w++)?+(?:, [\w.]++)*+)(?:\s*+#.*+)?+$",
            r"(?:async )?+def \w++\(.*+",
            r"class \w++(?:\(.*+\))?+:$",
            r"(?:if|elif|for|while|with|try|except|else)\b.*+:$",
            r'(?:r|u)?+"""',
            r"(?:return|raise|yield|assert|print)\b.*+",
            r"@\w[\w.]*+(?:\(.*+)?+$",
            r"#(?: .*+)?+$",
            r"\w[\w.\[\]]*+(?:: [\w\[\], .]++)?+ = .++(?<![;,])$",
        ),
    ),
    (
        "application/x-powershell",
        (
            r"\$\w++\s*+=.*+(?<!;)$",
            r"(?:\$\w++\s*+=\s*+)?+(?:Get|Set|New|Remove|Invoke|Start|Write|Add|Import)-[A-Z]\w++\b.*+",
            r"param\s*+\(",
            r"\[(?:Net|System|IO)\.[\w.]++\]",
        ),
    ),
    (
        "text/javascript",
        (
            r"(?:export )?+(?:const|let|var) [\w{}, \[\]]++\s*+=.*+",
            r"(?:export )?+(?:default )?+(?:async )?+function\b\s*+\w*+\(.*+",
            r"[;!(]?+\(function\s*+\w*+\(.*+",
            r"import .*+from ['\"].*+",
            r".*+=>\s*+[{(].*+",
            r"['\"]use strict['\"];?+",
            r"(?:if|for|while|switch)\s*+\(.*+\)\s*+\{$",
            r"\}\s*+\)?+\(?+.*+\)?+;$",
            r"//.*+",
            r"[\w.$]++\(.*+\);$",
        ),
    ),
    (
        "text/vbscript",
        (
            r"(?i:dim|set) \w++(?:\s*+=.*+)?+$",
            r"(?i:.*\bCreateObject\(.*)",
            r"(?i:end (?:if|sub|function)|wscript\..*+|on error resume next)",
            r"(?i:(?:private |public )?+(?:sub|function) \w++.*+)",
        ),
    ),
    (
        "application/x-bat",
        (r"(?i:@?+echo (?:off|on)|@echo\b.*+)", r"(?i:set \w++=.*+|setlocal.*+|endlocal)", r"(?i:rem\b.*+|::.*+)",
         r"(?i:goto :?+\w++|if (?:not )?+(?:exist|errorlevel|\").*+|:\w++)$", r"(?i:(?:start|call|del|copy) .*%.*+)"),
    ),
    (
        "text/css",
        (r"@(?:media|import|font-face|charset|keyframes)\b.*+", r"[.#]?+[\w][^{}();]*+\{(?:.*+\})?+$",
         r"[a-z-]++\s*+:\s*+[^:;{}]++;(?:\s*+/\*.*+)?+$", r"--[\w-]++:.*+;$"),
    ),
    (
        "text/markdown",
        (r"#{1,6} \S.*+", r"(?:={3,}+|-{3,}+)$", r"[-*+] (?:\[[ x]\] )?+\S.*+", r"```\w*+$", r"\d++\. \S.*+",
         r".*\]\((?:https?:|[./#\w]).*+\).*+", r"\|.*+\|$", r"> .*+", r".*`[^`]++`.*+", r".*\*\*[^*]++\*\*.*+"),
    ),
)  # fmt: skip
_PATTERNS = tuple((kind, tuple(regex.compile(sort) for sort in sorts)) for kind, sorts in _SORTS)
# What only stands in a text of the kind; without one of these, lines that look like it prove nothing.
_NEEDED = {
    "text/x-python": (0, 1, 2),
    "text/x-php": (0,),
    "application/x-powershell": (1, 3),
    "text/javascript": (0, 1, 2, 3, 5),
    "text/vbscript": (1, 2, 3),
    "application/x-bat": (0, 1),
    "text/css": (0, 1),
    "text/markdown": (0, 3, 5),
}


def source_kind(text: str) -> str | None:
    """The media type of a program's or markup's source, of which `text` is the beginning; None for any other text."""
    lines = [line[:_LINE].strip() for line in text.split("\n", _LINES)[:_LINES]]
    lines = [line for line in lines if line]
    best, most = None, 1
    for kind, sorts in _PATTERNS:
        found = {number for number, sort in enumerate(sorts) if any(sort.match(line) for line in lines)}
        matching = sum(any(sort.match(line) for sort in sorts) for line in lines)
        if len(found) > most and found.intersection(_NEEDED[kind]) and 3 * matching >= len(lines):
            best, most = kind, len(found)
    return best
